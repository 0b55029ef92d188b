//! One fact as a form, and what it was before.

use app::caller::Caller;
use app::facts::api::{FactBefore, FactField, FactView};
use domain::Timestamp;
use domain::ids::FactId;

use super::fields::{Fact, Field};
use super::{Directory, kind_of, sign_of};
use crate::authz::Denied;
use crate::entity::fact_change;
use crate::error::{ServiceError, ServiceResult};
use crate::import::Kind;
use crate::import::fact::Table;
use crate::import::kind::{Column, Type};
use crate::import::store::change::from_json;
use crate::import::store::facts::{Stored, number};
use crate::query;
use crate::service::Services;
use crate::service::imports::Own;
use crate::words::Words;

/// Changes of a fact that are shown.
pub(super) const SHOWN: u64 = 50;

/// A fact if it is among those that the caller may correct, with its key.
pub(super) fn may_open(table: &Table, own: &Own, found: Option<(String, Stored)>) -> ServiceResult<(String, Stored)> {
    let is_own = |fact: &Stored| match own {
        None => true,
        Some(people) => {
            table.person.and_then(|at| number(&fact.cells, at)).is_some_and(|person| people.contains(&person))
        }
    };
    found.filter(|(_, fact)| is_own(fact)).ok_or(ServiceError::Denied(Denied::NotFound))
}

impl Services {
    pub(super) async fn see_fact(&self, caller: &Caller, kind: &str, id: Option<FactId>) -> ServiceResult<FactView> {
        let (kind, table, _) = kind_of(kind)?;
        let names = Directory::load(&self.state.db, caller.org_id.get()).await?;
        let sign = sign_of(caller);
        let (fact, history) = match id {
            None => {
                self.may_import(caller).await?;
                (None, Vec::new())
            }
            Some(id) => {
                let own = self.may_import(caller).await?;
                let found = query::fact::by_id(&self.state.db, table, caller.org_id, id.get()).await?;
                let (_, fact) = may_open(table, &own, found)?;
                let changes = query::fact::history(&self.state.db, table.name, caller.org_id, id.get(), SHOWN).await?;
                (Some(fact), changes)
            }
        };
        let fact = fact.map(Fact::of).transpose()?;
        let changed_at = fact.as_ref().map_or(0, |f| f.stored.updated_at);
        let mut fields = Field::all(&self.state.db, caller, kind).await?;
        add_own(&mut fields, fact.iter().flat_map(|fact| fact.own.keys()));
        let text = |field: &Field, fact: &Fact| field.text(table, fact, &names, sign);
        let stored = |field: &Field| fact.as_ref().map(|fact| text(field, fact)).unwrap_or_default();
        let mut view = form(kind, id, changed_at, &fields, stored);
        // Each change is told against what came of it.
        let mut after = fact.clone();
        let changers = self.changers(caller, &history).await?;
        for (change, by) in history.into_iter().zip(changers) {
            let Some(next) = after.take() else { break };
            let Some(before) = from_json(table, &next.stored, &change.before) else { break };
            let before = Fact::of(before)?;
            add_own(&mut fields, before.own.keys());
            let told = changed(&fields, |field| (text(field, &before), text(field, &next)));
            let at = domain::format::date(caller.locale, Timestamp(change.changed_at).date_utc());
            view.history.push(FactBefore { at, by, before: told });
            after = Some(before);
        }
        Ok(view)
    }

    /// The person or the file behind each of some changes.
    pub(super) async fn changers(&self, caller: &Caller, changes: &[fact_change::Model]) -> ServiceResult<Vec<String>> {
        let db = &self.state.db;
        let users = query::user::some(db, changes.iter().filter_map(|c| c.user_id)).await?;
        let imports = changes.iter().filter_map(|c| c.import_id);
        let files = query::import::file_names(db, caller.org_id.get(), imports).await?;
        let words = Words(caller.locale);
        let by = changes.iter().map(|change| {
            let user = change.user_id.and_then(|id| users.get(&id)).map(|user| user.name.clone());
            let file = || change.import_id.and_then(|id| files.get(&id));
            user.or_else(|| file().map(|file| words.tf("facts.by_import", &[("file", file)]))).unwrap_or_default()
        });
        Ok(by.collect())
    }
}

/// Own columns of a fact that are not among the fields yet.
pub(super) fn add_own<'a>(fields: &mut Vec<Field>, own: impl Iterator<Item = &'a String>) {
    for name in own {
        if !fields.iter().any(|field| matches!(field, Field::Own(known) if known == name)) {
            fields.push(Field::Own(name.clone()));
        }
    }
}

/// The form of a kind, without history.
pub(super) fn form(
    kind: Kind,
    id: Option<FactId>,
    changed_at: i64,
    fields: &[Field],
    value: impl Fn(&Field) -> String,
) -> FactView {
    let choices = |field: &Field| match field {
        Field::Ours(Column { ty: Type::Choice(all), .. }) => all.iter().map(|c| (*c).to_owned()).collect(),
        Field::Ours(Column { ty: Type::Flag, .. }) => ["true", "false"].map(str::to_owned).to_vec(),
        _ => Vec::new(),
    };
    let fields = fields.iter().map(|field| FactField {
        name: field.name().into_owned(),
        value: value(field),
        required: field.is_required(),
        choices: choices(field),
        is_date: matches!(field, Field::Ours(Column { ty: Type::Date, .. })),
    });
    FactView { kind: kind.name().to_owned(), id, fields: fields.collect(), changed_at, history: Vec::new() }
}

/// The fields that a change changed, with what stood in them before it; `both` gives a field before and after.
pub(super) fn changed(fields: &[Field], both: impl Fn(&Field) -> (String, String)) -> Vec<(String, String)> {
    let told = fields.iter().filter_map(|field| {
        let (before, after) = both(field);
        (before != after).then(|| (field.name().into_owned(), before))
    });
    told.collect()
}
