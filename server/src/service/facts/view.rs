//! One fact as a form, and what it was before.

use app::caller::Caller;
use app::facts::api::{FactBefore, FactField, FactView};
use domain::Timestamp;
use domain::ids::FactId;

use super::{Directory, kind_of, sign_of};
use crate::authz::Denied;
use crate::entity::fact_change;
use crate::error::{ServiceError, ServiceResult};
use crate::import::Kind;
use crate::import::fact::Table;
use crate::import::kind::{Column, Type, field};
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
        let text = |column: &Column, fact: &Stored| field::text(table, column, &fact.cells, &names, sign);
        let changed_at = fact.as_ref().map_or(0, |f| f.updated_at);
        let column = |name: &str| kind.columns().iter().find(|c| c.name == name);
        let stored = |name: &str| Some(text(column(name)?, fact.as_ref()?));
        let mut view = form(kind, id, changed_at, |name| stored(name).unwrap_or_default());
        // Each change is told against what came of it.
        let mut after = fact.clone();
        let changers = self.changers(caller, &history).await?;
        for (change, by) in history.into_iter().zip(changers) {
            let Some(next) = after.take() else { break };
            let Some(before) = from_json(table, &next, &change.before) else { break };
            let of = |fact: &Stored, name: &str| column(name).map(|c| text(c, fact)).unwrap_or_default();
            let told = changed(kind, |name| (of(&before, name), of(&next, name)));
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

/// The form of a kind, without history.
pub(super) fn form(kind: Kind, id: Option<FactId>, changed_at: i64, value: impl Fn(&str) -> String) -> FactView {
    let fields = field::columns(kind).map(|(_, column)| FactField {
        name: column.name.to_owned(),
        value: value(column.name),
        required: column.required,
        choices: match column.ty {
            Type::Choice(all) => all.iter().map(|c| (*c).to_owned()).collect(),
            Type::Flag => ["true", "false"].map(str::to_owned).to_vec(),
            _ => Vec::new(),
        },
        is_date: column.ty == Type::Date,
    });
    FactView { kind: kind.name().to_owned(), id, fields: fields.collect(), changed_at, history: Vec::new() }
}

/// The fields that a change changed, with what stood in them before it; `both` gives a field before and after.
pub(super) fn changed(kind: Kind, both: impl Fn(&str) -> (String, String)) -> Vec<(String, String)> {
    let told = field::columns(kind).filter_map(|(_, column)| {
        let (before, after) = both(column.name);
        (before != after).then(|| (column.name.to_owned(), before))
    });
    told.collect()
}
