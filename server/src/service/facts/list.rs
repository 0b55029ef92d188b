//! A page of facts.

use app::FieldError;
use app::caller::Caller;
use app::facts::api::{FactList, FactRow, FactsQuery};
use domain::ids::FactId;
use domain::{Date, format};

use super::{Directory, kind_of, sign_of};
use crate::error::{ServiceError, ServiceResult};
use crate::import::kind::field::Names as _;
use crate::import::kind::{Column, Type, field};
use crate::import::store::facts::{Stored, number};
use crate::query::fact::{self, Wanted};
use crate::service::Services;
use crate::words::Words;

/// Facts of a page.
const PAGE: u64 = 50;
/// Characters of what is searched for.
const SEARCH: usize = 100;

impl Services {
    pub(super) async fn list_facts(&self, caller: &Caller, asked: FactsQuery) -> ServiceResult<FactList> {
        let (found, next) = self.find_facts(caller, &asked, PAGE).await?;
        let (kind, table, _) = kind_of(&asked.kind)?;
        let search = searched(&asked);
        let names = Directory::load(&self.state.db, caller.org_id.get()).await?;
        let sign = sign_of(caller);
        let all: Vec<&Column> = field::columns(kind).map(|(_, column)| column).collect();
        let text = |column: &Column, cells: &[_]| field::text(table, column, cells, &names, sign);
        // A column that is empty on the whole page only takes room.
        let columns: Vec<&Column> = all
            .into_iter()
            .filter(|column| column.required || found.iter().any(|fact| !text(column, &fact.cells).is_empty()))
            .collect();
        let rows = found.iter().map(|fact| FactRow {
            id: FactId::new(fact.id),
            cells: columns.iter().map(|column| readable(caller, column, text(column, &fact.cells))).collect(),
        });
        Ok(FactList {
            rows: rows.collect(),
            numeric: columns.iter().map(|c| matches!(c.ty, Type::Money | Type::Number | Type::Count)).collect(),
            columns: columns.iter().map(|c| c.name.to_owned()).collect(),
            next,
            // Named only by facts that may be seen.
            person_name: asked
                .person
                .parse()
                .ok()
                .filter(|_| !found.is_empty())
                .and_then(|id| names.person(id))
                .unwrap_or_default(),
            query: FactsQuery { search, ..asked },
        })
    }

    /// Facts that the caller may see, and the place of the next ones.
    pub(in crate::service) async fn find_facts(
        &self,
        caller: &Caller,
        asked: &FactsQuery,
        most: u64,
    ) -> ServiceResult<(Vec<Stored>, Option<String>)> {
        let own = self.may_import(caller).await?;
        let (_, table, _) = kind_of(&asked.kind)?;
        let people: Option<Vec<i64>> = match asked.person.as_str() {
            "" => own.map(|people| people.into_iter().collect()),
            // Somebody whose facts may not be seen has none, like somebody who does not exist.
            one => {
                let one = one.parse().ok().filter(|id| own.as_ref().is_none_or(|own| own.contains(id)));
                Some(one.into_iter().collect())
            }
        };
        let wanted = Wanted {
            org: caller.org_id,
            people: people.as_deref(),
            search: &searched(asked),
            from: day("from", &asked.from)?,
            to: day("to", &asked.to)?,
            after: place(&asked.after),
            limit: most + 1,
        };
        let mut found = fact::page(&self.state.db, table, &wanted).await?;
        let more = found.len() as u64 > most;
        if more {
            found.pop();
        }
        let next = found.last().filter(|_| more).map(|last| {
            let day = number(&last.cells, table.day).unwrap_or_default();
            format!("{day}.{}", last.id)
        });
        Ok((found, next))
    }
}

/// What is searched for.
fn searched(asked: &FactsQuery) -> String {
    asked.search.trim().chars().take(SEARCH).collect()
}

fn day(field: &str, text: &str) -> ServiceResult<Option<Date>> {
    if text.is_empty() {
        return Ok(None);
    }
    let bad = |_| ServiceError::from(app::ApiError::from(FieldError::new(field, "form.date")));
    text.parse().map(Some).map_err(bad)
}

/// Day and id; anything else starts at the beginning.
pub fn place(text: &str) -> Option<(i64, i64)> {
    let (day, id) = text.split_once('.')?;
    Some((day.parse().ok()?, id.parse().ok()?))
}

/// A text as it stands in a list: days and our own values in the reader's language.
fn readable(caller: &Caller, column: &Column, text: String) -> String {
    match column.ty {
        Type::Date => text.parse().map(|day| format::date(caller.locale, day)).unwrap_or(text),
        Type::Choice(_) | Type::Flag if !text.is_empty() => {
            Words(caller.locale).t(&format!("imports.choice.{}.{text}", column.name))
        }
        _ => text,
    }
}
