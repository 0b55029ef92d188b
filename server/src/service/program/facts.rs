//! All facts of a kind that somebody may see, page by page, with the names and spellings in which they can be sent back.

use std::collections::BTreeMap;

use app::caller::Caller;
use app::facts::api::FactsQuery;
use domain::PersonId;
use domain::read::Sign;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::ServiceResult;
use crate::kpi::Spans;
use crate::service::Services;
use crate::service::facts::{Directory, Fact, Field, kind_of};

/// A page of facts, those of the newest days first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Of each fact its columns by our names, `attributes.NAME` for the organisation's own; null where nothing stands.
    pub facts: Vec<BTreeMap<String, Option<String>>>,
    /// `after` of the next page; none on the last.
    pub next: Option<String>,
}

impl Services {
    /// A page of the facts of a kind that the caller may correct; at most `limit`, after the place `after`.
    ///
    /// # Errors
    /// Not found for a kind that has ways of its own; forbidden for who brings no facts in; or the database refuses.
    pub async fn facts(&self, caller: &Caller, kind: &str, after: &str, limit: u64) -> ServiceResult<Facts> {
        let asked = FactsQuery { kind: kind.to_owned(), after: after.to_owned(), ..FactsQuery::default() };
        let own = self.may_import(caller).await?;
        let ever = |person: i64| (PersonId::new(person), vec![(i32::MIN, i32::MAX)]);
        let people: Option<Spans> = own.map(|own| own.into_iter().map(ever).collect());
        let (found, next) = self.find_facts(caller, &asked, people, limit).await?;
        let (kind, table, _) = kind_of(kind)?;
        let names = Directory::load(&self.state.db, caller.org_id.get()).await?;
        let mut facts = Vec::with_capacity(found.len());
        for fact in found {
            let fact = Fact::of(fact)?;
            let fields = Field::with(kind, fact.own.keys().cloned().collect());
            let columns = fields.into_iter().map(|field| {
                let text = field.text(table, &fact, &names, Sign::Dot);
                (field.name().into_owned(), Some(text).filter(|text| !text.is_empty()))
            });
            facts.push(columns.collect());
        }
        Ok(Facts { facts, next })
    }
}
