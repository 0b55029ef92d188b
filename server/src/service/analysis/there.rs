//! Which analyses have facts.

use std::collections::{BTreeMap, BTreeSet};

use app::analysis::api::Which;
use domain::Date;
use domain::metric::Template;

use crate::authz::Reach;
use crate::error::ServiceResult;
use crate::query::column::Table;
use crate::query::completeness;
use crate::service::scorecard::context::Context;

/// The last day with facts of each analysis that has any the reader may see.
pub(super) struct There(BTreeMap<&'static str, Date>);

const fn table(which: Which) -> Table {
    match which {
        Which::Recurring => Table::Subscriptions,
        Which::Winning => Table::Deals,
        Which::Channels => Table::CampaignDays,
        Which::Baskets => Table::SalesLines,
    }
}

impl There {
    /// Looks in one statement.
    pub async fn read(c: &Context<'_>) -> ServiceResult<Self> {
        let tables: BTreeSet<Table> = Which::ALL.map(table).into_iter().collect();
        let days = completeness::last_days(c.db(), c.access.caller.org_id, &tables, c.today).await?;
        let days: BTreeMap<Table, Option<Date>> = tables.into_iter().zip(days).collect();
        // What campaigns cost and brought is the organisation's and nobody's.
        let is_seen = |which: &Which| *which != Which::Channels || c.viewer.reach == Reach::All;
        let found = Which::ALL.into_iter().filter(is_seen).filter_map(|which| {
            let day = days.get(&table(which)).copied().flatten()?;
            Some((which.code(), day))
        });
        Ok(Self(found.collect()))
    }

    /// Whether an analysis has facts.
    pub fn has(&self, which: Which) -> bool {
        self.0.contains_key(which.code())
    }

    /// The last day with facts of an analysis.
    pub fn last(&self, which: Which) -> Option<Date> {
        self.0.get(which.code()).copied()
    }

    /// The analyses that have facts, the one of the template first.
    pub fn tabs(&self, c: &Context<'_>) -> Vec<Which> {
        let first = match c.frame.template {
            Template::Saas => Which::Recurring,
            Template::Consultancy => Which::Winning,
            Template::Agency => Which::Channels,
            Template::Retail => Which::Baskets,
        };
        let others = Which::ALL.into_iter().filter(|which| *which != first);
        std::iter::once(first).chain(others).filter(|which| self.has(*which)).collect()
    }
}
