//! The step of values and people.

use std::collections::HashSet;

use app::caller::Caller;
use app::imports::api::{ValueField, ValueGroup, ValuesInput, ValuesStep};
use domain::ids::ImportId;

use super::Open;
use crate::error::ServiceResult;
use crate::import::detect::{Detected, Profile};
use crate::import::kind::Type;
use crate::import::mapping::{UnknownPeople, find_column};
use crate::import::store::directory::Directory;
use crate::import::table::Table;
use crate::import::{Kind, Mode};
use crate::service::Services;

/// Different values up to which a column of text is offered.
const FEW: usize = 30;

impl Services {
    pub(super) async fn values_step(&self, caller: &Caller, id: ImportId) -> ServiceResult<ValuesStep> {
        let open = self.open_import(caller, id).await?;
        let (table, found) = self.look_again(&open, caller.locale).await?;
        let people = Directory::load(&self.state.db, caller.org_id.get()).await?;
        let mut groups = Vec::new();
        let mut unknown: Vec<String> = Vec::new();
        for column in open.kind.columns() {
            let Some(profile) = profile(&open, &table, &found, column.name) else { continue };
            match column.ty {
                Type::Choice(choices) => groups.insert(0, group(&open, column.name, choices, profile)),
                Type::Text(_) if !profile.more_values && profile.values.len() <= FEW && !profile.values.is_empty() => {
                    groups.push(group(&open, column.name, &[], profile));
                }
                ty if ty.is_person() => {
                    // In a file of people the rows themselves bring the people in; only managers can be unknown.
                    let brings = open.kind == Kind::People && column.name == "person";
                    if !brings {
                        unknown.extend(strangers(&open, column.name, profile, &people));
                    }
                }
                _ => {}
            }
        }
        if open.kind == Kind::People
            && let Some(own) = profile(&open, &table, &found, "person")
        {
            let named: HashSet<&str> = own.values.iter().map(|(v, _)| v.as_str()).collect();
            unknown.retain(|name| !named.contains(name.as_str()));
        }
        unknown.sort();
        unknown.dedup();
        Ok(ValuesStep {
            id,
            file: open.row.file_name.clone(),
            kind: open.row.kind.clone(),
            groups,
            unknown_people: unknown,
            create_people: open.mapping.unknown_people == UnknownPeople::Create,
            mode: open.row.mode.clone(),
        })
    }

    pub(super) async fn keep_values(&self, caller: &Caller, input: ValuesInput) -> ServiceResult<()> {
        let mut open = self.open_import(caller, input.id).await?;
        if let Some(mode) = Mode::parse(&input.mode) {
            open.row.mode = mode.name().to_owned();
        }
        let mut mapping = open.mapping.clone();
        for (at, column) in &input.column {
            let (Some(theirs), Some(ours)) = (input.theirs.get(at), input.ours.get(at)) else { continue };
            if open.kind.column(column).is_none() {
                continue;
            }
            let values = mapping.values.entry(column.clone()).or_default();
            if ours.trim().is_empty() || ours == theirs {
                values.remove(theirs);
            } else {
                values.insert(theirs.clone(), ours.trim().to_owned());
            }
        }
        mapping.values.retain(|_, values| !values.is_empty());
        mapping.unknown_people = if input.create_people { UnknownPeople::Create } else { UnknownPeople::Reject };
        self.keep_mapping(&open, &mapping).await?;
        self.check(caller, Open { mapping, ..open }).await
    }
}

fn profile<'a>(open: &Open, table: &Table, found: &'a Detected, ours: &str) -> Option<&'a Profile> {
    let theirs = open.mapping.columns.get(ours)?;
    found.columns.get(find_column(table.header(), theirs).ok().flatten()?)
}

fn group(open: &Open, column: &str, choices: &[&str], profile: &Profile) -> ValueGroup {
    let known = open.mapping.values.get(column);
    let ours = |theirs: &str| {
        let mapped = known.and_then(|m| m.get(theirs)).cloned();
        let own = || choices.iter().find(|c| c.eq_ignore_ascii_case(theirs)).map(|c| (*c).to_owned());
        mapped.or_else(own).unwrap_or_default()
    };
    let values = profile.values.iter();
    ValueGroup {
        column: column.to_owned(),
        choices: choices.iter().map(|c| (*c).to_owned()).collect(),
        values: values
            .map(|(theirs, count)| ValueField { theirs: theirs.clone(), count: *count, ours: ours(theirs) })
            .collect(),
        more: profile.more_values,
    }
}

/// The people of a column whom nobody knows; of a split credit each name.
fn strangers(open: &Open, column: &str, profile: &Profile, people: &Directory) -> Vec<String> {
    let cells = profile.values.iter().map(|(cell, _)| open.mapping.value(column, cell));
    let names = cells.flat_map(|cell| {
        let split = cell.contains('=');
        cell.split(move |c| split && c == ';').map(move |part| match part.rsplit_once('=') {
            Some((name, _)) if split => name.trim(),
            _ => part.trim(),
        })
    });
    names.filter(|name| !name.is_empty() && matches!(people.find(name), Ok(None))).map(str::to_owned).collect()
}
