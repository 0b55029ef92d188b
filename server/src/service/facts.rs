//! Facts as they are stored: lists, one fact with its history, correction and removal by hand.
//!
//! A form goes through the same reading as a row of a file: the same rules, the same words for what is wrong.

mod deals;
mod export;
mod fields;
mod filter;
mod list;
mod save;
mod view;

pub(in crate::service) use fields::{Fact, Field};
pub use list::place;

use std::collections::HashMap;

use app::caller::Caller;
use app::error::ApiResult;
use app::facts::api::{FactInput, FactList, FactView, FactsPort, FactsQuery};
use domain::format::Locale;
use domain::ids::FactId;
use domain::read::Sign;
use sea_orm::ConnectionTrait;

use super::Services;
use crate::authz::{Denied, TeamTree};
use crate::error::{ServiceError, ServiceResult};
use crate::import::Kind;
use crate::import::fact::Table;
use crate::import::kind::ReadFact;
use crate::import::kind::field::Names;
use crate::query;

/// A kind with pages of this module; another name is no such page.
pub(in crate::service) fn kind_of(name: &str) -> ServiceResult<(Kind, &'static Table, ReadFact)> {
    let kind = Kind::parse(name).ok();
    let found = kind.and_then(|kind| kind.facts().map(|(table, read)| (kind, table, read)));
    found.ok_or(ServiceError::Denied(Denied::NotFound))
}

/// The decimal sign that a reader types.
fn sign_of(caller: &Caller) -> Sign {
    match caller.locale {
        Locale::Nl => Sign::Comma,
        Locale::En => Sign::Dot,
    }
}

/// The names of people and teams of an organisation.
pub(in crate::service) struct Directory {
    people: HashMap<i64, String>,
    teams: TeamTree,
}

impl Directory {
    pub(in crate::service) async fn load(db: &impl ConnectionTrait, org: i64) -> ServiceResult<Self> {
        let people = query::people::people(db, org).await?.into_iter().map(|p| (p.id, p.key)).collect();
        Ok(Self { people, teams: TeamTree::load(db, org).await? })
    }

    /// All teams.
    fn teams(&self) -> Vec<domain::TeamId> {
        self.teams.names.keys().copied().collect()
    }
}

impl Names for Directory {
    fn person(&self, id: i64) -> Option<String> {
        self.people.get(&id).cloned()
    }

    fn team(&self, id: i64) -> Option<String> {
        let id = domain::TeamId::new(id);
        self.teams.names.contains_key(&id).then(|| self.teams.path(id))
    }
}

#[async_trait::async_trait]
impl FactsPort for Services {
    async fn list(&self, caller: &Caller, asked: FactsQuery) -> ApiResult<FactList> {
        Ok(self.list_facts(caller, asked).await?)
    }

    async fn fact(&self, caller: &Caller, kind: &str, id: Option<FactId>) -> ApiResult<FactView> {
        if kind == Kind::Deals.name() {
            return Ok(self.see_deal(caller, id).await?);
        }
        Ok(self.see_fact(caller, kind, id).await?)
    }

    async fn save(&self, caller: &Caller, input: FactInput) -> ApiResult<FactId> {
        if input.kind == Kind::Deals.name() {
            return Ok(self.save_deal(caller, input).await?);
        }
        Ok(self.save_fact(caller, input).await?)
    }

    async fn remove(&self, caller: &Caller, kind: &str, id: FactId) -> ApiResult<()> {
        if kind == Kind::Deals.name() {
            return Ok(self.remove_deal(caller, id).await?);
        }
        Ok(self.remove_fact(caller, kind, id).await?)
    }
}
