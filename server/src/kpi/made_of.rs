//! Where the facts that measures are made of stand.

use std::collections::BTreeSet;

use domain::Measure;
use domain::metric::FactKind;

use crate::query::column::Table;

/// The tables of facts of a kind; one of them is enough. People and targets are no facts with a day of their own.
pub fn tables_of(kind: FactKind) -> &'static [Table] {
    match kind {
        FactKind::Deals => &[Table::Deals],
        FactKind::Subscriptions => &[Table::Subscriptions],
        FactKind::CampaignDays => &[Table::CampaignDays],
        FactKind::Leads => &[Table::CampaignDays, Table::Leads],
        FactKind::SalesLines => &[Table::SalesLines],
        FactKind::Activities => &[Table::Activities],
        FactKind::Satisfaction => &[Table::Satisfaction],
        FactKind::Measurements => &[Table::Measurements],
        FactKind::Customers => &[Table::Deals, Table::Subscriptions, Table::SalesLines],
        FactKind::Targets | FactKind::People => &[],
    }
}

/// The kinds of fact of some measures.
pub fn kinds(measures: &BTreeSet<Measure>) -> BTreeSet<FactKind> {
    measures.iter().map(|measure| measure.def().fact).collect()
}

/// The tables that measures are made of.
pub fn tables(measures: &BTreeSet<Measure>) -> BTreeSet<Table> {
    kinds(measures).into_iter().flat_map(tables_of).copied().collect()
}
