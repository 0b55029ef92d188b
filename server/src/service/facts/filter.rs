//! What a list of facts can be narrowed to: values that occur, in columns that hold few different ones.

use std::collections::BTreeSet;

use app::caller::Caller;
use app::facts::api::{FactFilter, FactsQuery};
use domain::read::Sign;
use domain::{PersonId, TeamId};

use super::fields::{Fact, Field};
use super::{Directory, kind_of};
use crate::error::ServiceResult;
use crate::import::Kind;
use crate::import::fact::{Sort, Table};
use crate::import::kind::field::{self, Names as _};
use crate::import::kind::{Column, Type};
use crate::import::store::facts::number;
use crate::kpi::Spans;
use crate::query::column::{ATTRIBUTES, TextColumn};
use crate::query::fact::Holds;
use crate::service::Services;
use crate::words::Words;

/// The newest facts, in which values are looked for.
const NEWEST: u64 = 500;
/// Different values that can be chosen from; a column with more is searched.
const MOST: usize = 40;
/// In an address: nothing stands in it.
const BLANK: &str = "-";

/// A column by which facts of a kind can be filtered, and how it is stored.
fn stored(kind: Kind, table: &Table, name: &str) -> Option<(&'static Column, &'static str, Sort)> {
    let (_, column) = field::columns(kind).find(|(_, column)| column.name == name)?;
    let has_values = matches!(column.ty, Type::Text(_) | Type::Id | Type::Choice(_) | Type::Flag | Type::Currency);
    if !has_values || column.name == "where" {
        return None;
    }
    let at = field::place(table, column)?;
    let (db, sort) = table.columns.get(at)?;
    Some((column, *db, *sort))
}

/// What the filters of an address ask for; names that are no column of the kind say nothing about facts.
pub(super) fn holds(kind: Kind, table: &Table, asked: &FactsQuery) -> Vec<Holds> {
    let known = asked.filters.iter().filter(|(_, value)| !value.is_empty());
    known
        .filter_map(|(name, value)| {
            let text = Some(value.clone()).filter(|value| value != BLANK);
            if let Some(own) = name.strip_prefix(ATTRIBUTES) {
                return TextColumn::from_name(name).map(|_| Holds::Own(own.to_owned(), text));
            }
            let (column, db, sort) = stored(kind, table, name)?;
            Some(match sort {
                Sort::Text => Holds::Text(db, text),
                // A value that is none of ours stands in no fact.
                Sort::Int => Holds::Number(db, text.map(|text| place_of(column.ty, &text).unwrap_or(-1))),
            })
        })
        .collect()
}

fn place_of(ty: Type, text: &str) -> Option<i64> {
    match ty {
        Type::Choice(all) => all.iter().position(|one| *one == text).and_then(|at| i64::try_from(at).ok()),
        Type::Flag => ["false", "true"].iter().position(|one| *one == text).and_then(|at| i64::try_from(at).ok()),
        _ => text.parse().ok(),
    }
}

/// The filters of an address in words, for the head of a file.
pub(super) fn said(kind: Kind, table: &Table, asked: &FactsQuery, caller: &Caller) -> Vec<(String, String)> {
    let words = Words(caller.locale);
    let told = asked.filters.iter().filter(|(_, value)| !value.is_empty()).filter_map(|(name, value)| {
        let field = match name.strip_prefix(ATTRIBUTES) {
            Some(own) => TextColumn::from_name(name).map(|_| Field::Own(own.to_owned())),
            None => stored(kind, table, name).map(|(column, ..)| Field::Ours(column)),
        }?;
        let value = if value == BLANK { words.t("facts.blank") } else { field.readable(caller, value.clone()) };
        Some((field.label(words, kind), value))
    });
    told.collect()
}

impl Services {
    /// The filters that a list offers: people and teams that may be seen, and values that occur in the newest facts.
    pub(super) async fn filters(
        &self,
        caller: &Caller,
        asked: &FactsQuery,
        people: Option<&Spans>,
        names: &Directory,
    ) -> ServiceResult<Vec<FactFilter>> {
        let (kind, table, _) = kind_of(&asked.kind)?;
        let all = FactsQuery { kind: asked.kind.clone(), ..FactsQuery::default() };
        let (newest, _) = self.find_facts(caller, &all, people.cloned(), NEWEST).await?;
        let newest: Vec<Fact> = newest.into_iter().map(Fact::of).collect::<ServiceResult<_>>()?;
        let mut filters = whose(table, asked, &newest, people, names);
        let own: BTreeSet<String> = newest.iter().flat_map(|fact| fact.own.keys().cloned()).collect();
        for field in Field::with(kind, own) {
            let name = field.name();
            let column = match &field {
                Field::Ours(column) => match stored(kind, table, &name) {
                    Some(_) => Some(*column),
                    None => continue,
                },
                Field::Own(_) => None,
            };
            let mut values: BTreeSet<String> = match column.map(|column| column.ty) {
                Some(Type::Choice(all)) => all.iter().map(|one| (*one).to_owned()).collect(),
                _ => newest.iter().map(|fact| field.text(table, fact, names, Sign::Dot)).collect(),
            };
            let is_blank = values.remove("");
            let chosen = asked.filters.get(&*name).cloned().unwrap_or_default();
            if (values.len() + usize::from(is_blank) < 2 || values.len() > MOST) && chosen.is_empty() {
                continue;
            }
            if !chosen.is_empty() && chosen != BLANK {
                values.insert(chosen.clone());
            }
            let mut options: Vec<(String, String)> =
                values.into_iter().take(MOST).map(|value| (value.clone(), field.readable(caller, value))).collect();
            if is_blank || chosen == BLANK {
                options.push((BLANK.to_owned(), Words(caller.locale).t("facts.blank")));
            }
            filters.push(FactFilter { name: name.into_owned(), value: chosen, options });
        }
        Ok(filters)
    }
}

/// Filters by person and team, of facts that may have one.
fn whose(
    table: &Table,
    asked: &FactsQuery,
    newest: &[Fact],
    people: Option<&Spans>,
    names: &Directory,
) -> Vec<FactFilter> {
    let Some(at) = table.person else { return Vec::new() };
    let mut ids: BTreeSet<i64> = newest.iter().filter_map(|fact| number(&fact.stored.cells, at)).collect();
    let is_seen = |id: &i64| people.is_none_or(|people| people.contains_key(&PersonId::new(*id)));
    ids.extend(asked.person.parse::<i64>().ok().filter(is_seen));
    // Two people may have the same name.
    let named: BTreeSet<(String, i64)> = ids.into_iter().filter_map(|id| Some((names.person(id)?, id))).collect();
    let person = FactFilter {
        name: "person".to_owned(),
        value: asked.person.clone(),
        options: named.into_iter().map(|(name, id)| (id.to_string(), name)).collect(),
    };
    // Who sees only some people finds their facts by name.
    let teams: Vec<TeamId> = if people.is_none() { names.teams() } else { Vec::new() };
    let mut paths: Vec<(String, String)> =
        teams.into_iter().filter_map(|id| Some((id.get().to_string(), names.team(id.get())?))).collect();
    paths.sort_by(|a, b| a.1.cmp(&b.1));
    let team = FactFilter { name: "team".to_owned(), value: asked.team.clone(), options: paths };
    // A control without what is asked for would say that nothing is.
    let is_honest = |filter: &FactFilter| match filter.value.as_str() {
        "" => filter.options.len() > 1,
        chosen => filter.options.iter().any(|(value, _)| value == chosen),
    };
    [person, team].into_iter().filter(is_honest).collect()
}
