//! Leads, where the organisation keeps records of them.

use std::collections::{BTreeMap, BTreeSet};

use domain::metric::LeadsFrom;
use domain::{Measure, MeasureValue, Why};
use sea_orm::ConnectionTrait;

use super::campaigns::Spending;
use super::sweep::Sweep;
use super::{Source, count};
use crate::kpi::KpiError;
use crate::kpi::cells::{Cells, Place, Plan};
use crate::query::lead;

/// Whether leads are counted in records of their own: as the organisation chose, else as soon as it keeps any.
pub(in crate::kpi) const fn in_records(chosen: LeadsFrom, has_records: bool) -> bool {
    match chosen {
        LeadsFrom::Kept => has_records,
        LeadsFrom::Records => true,
        LeadsFrom::CampaignDays => false,
    }
}

#[derive(Default)]
struct Found {
    leads: i128,
    /// Of how many somebody said whether they are worth pursuing.
    judged: i128,
    qualified: i128,
    customers: i128,
    channels: BTreeSet<Option<String>>,
}

/// Reads records of leads. Spend is incomplete where a channel has leads and states none; `spending` is none where
/// the organisation keeps no spend at all.
pub(super) async fn read(
    db: &impl ConnectionTrait,
    plan: &Plan<'_>,
    cells: &mut Cells<'_>,
    spending: Option<&Spending>,
) -> Result<(), KpiError> {
    let Some(sweep) = Sweep::of(plan) else { return Ok(()) };
    let mut all: BTreeMap<Place, Found> = BTreeMap::new();
    for group in sweep.kept(db, &lead::KEPT).await? {
        let n = i128::from(group.count);
        for place in sweep.places(&group) {
            let found = all.entry(place).or_default();
            found.leads += n;
            found.judged += if group.marks[0].is_some() { n } else { 0 };
            found.qualified += if group.marks[0] == Some(1) { n } else { 0 };
            found.customers += group.sums[0].total;
            found.channels.insert(sweep.text(&group, 0).map(str::to_owned));
        }
    }
    for (place, found) in all {
        cells.put(&place, Source::Leads, Measure::Leads, count(found.leads));
        let qualified = if found.judged > 0 { count(found.qualified) } else { MeasureValue::Not(Why::NoData) };
        cells.put(&place, Source::Leads, Measure::QualifiedLeads, qualified);
        cells.put(&place, Source::Leads, Measure::LeadCustomers, count(found.customers));
        let is_spent = |spending: &Spending| spending.get(&place).is_some_and(|paid| found.channels.is_subset(paid));
        if spending.is_some_and(|s| !is_spent(s)) {
            cells.put(&place, Source::Leads, Measure::Spend, MeasureValue::Not(Why::Incomplete));
        }
    }
    Ok(())
}
