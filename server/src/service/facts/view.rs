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
use crate::words::Words;

/// Changes of a fact that are shown.
const SHOWN: u64 = 50;

impl Services {
    /// A fact that the caller may correct, with its key.
    pub(super) async fn open_fact(
        &self,
        caller: &Caller,
        table: &'static Table,
        id: FactId,
    ) -> ServiceResult<(String, Stored)> {
        let own = self.may_import(caller).await?;
        let found = query::fact::by_id(&self.state.db, table, caller.org_id, id.get()).await?;
        let is_own = |fact: &Stored| match &own {
            None => true,
            Some(people) => {
                table.person.and_then(|at| number(&fact.cells, at)).is_some_and(|person| people.contains(&person))
            }
        };
        found.filter(|(_, fact)| is_own(fact)).ok_or(ServiceError::Denied(Denied::NotFound))
    }

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
                let (_, fact) = self.open_fact(caller, table, id).await?;
                let changes = query::fact::history(&self.state.db, table, caller.org_id, id.get(), SHOWN).await?;
                (Some(fact), changes)
            }
        };
        let text = |column: &Column, fact: &Stored| field::text(table, column, &fact.cells, &names, sign);
        let fields = field::columns(kind).map(|(_, column)| FactField {
            name: column.name.to_owned(),
            value: fact.as_ref().map(|fact| text(column, fact)).unwrap_or_default(),
            required: column.required,
            choices: match column.ty {
                Type::Choice(all) => all.iter().map(|c| (*c).to_owned()).collect(),
                Type::Flag => ["true", "false"].map(str::to_owned).to_vec(),
                _ => Vec::new(),
            },
            is_date: column.ty == Type::Date,
        });
        let fields = fields.collect();
        let mut shown = Vec::new();
        // Each change is told against what came of it.
        let mut after = fact.clone();
        let changers = self.changers(caller, &history).await?;
        for (change, by) in history.into_iter().zip(changers) {
            let Some(next) = after.take() else { break };
            let Some(before) = from_json(table, &next, &change.before) else { break };
            let told = differences(kind, &before, &next, &text);
            let at = domain::format::date(caller.locale, Timestamp(change.changed_at).date_utc());
            shown.push(FactBefore { at, by, before: told });
            after = Some(before);
        }
        Ok(FactView {
            kind: kind.name().to_owned(),
            id,
            fields,
            changed_at: fact.map_or(0, |f| f.updated_at),
            history: shown,
        })
    }

    /// The person or the file behind each of some changes.
    async fn changers(&self, caller: &Caller, changes: &[fact_change::Model]) -> ServiceResult<Vec<String>> {
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

fn differences(
    kind: Kind,
    before: &Stored,
    after: &Stored,
    text: &impl Fn(&Column, &Stored) -> String,
) -> Vec<(String, String)> {
    field::columns(kind)
        .map(|(_, column)| (column.name.to_owned(), text(column, before), text(column, after)))
        .filter(|(_, old, new)| old != new)
        .map(|(name, old, _)| (name, old))
        .collect()
}
