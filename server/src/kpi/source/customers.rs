//! New customers, and whether those who were sold to are still there ninety days on.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{Measure, MeasureValue};
use sea_orm::ConnectionTrait;

use super::sweep::Sweep;
use super::{Source, count};
use crate::kpi::KpiError;
use crate::kpi::cells::{Cells, Place, Plan};
use crate::query::kept_customers::Day;
use crate::query::{customers, kept_customers};

/// So long after a sale one looks whether the customer is still there.
const DAYS: i64 = 90;

pub(super) async fn read(db: &impl ConnectionTrait, plan: &Plan<'_>, cells: &mut Cells<'_>) -> Result<(), KpiError> {
    let Some(sweep) = Sweep::of(plan) else { return Ok(()) };
    if plan.measures.contains(&Measure::NewCustomers) {
        let mut sums: BTreeMap<Place, i128> = BTreeMap::new();
        let new = if sweep.reads_stored_customers() {
            kept_customers::new(db, &sweep.customers()).await?
        } else {
            customers::new(db, &sweep.customers()).await?
        };
        for group in new {
            for place in sweep.places(&group) {
                *sums.entry(place).or_default() += i128::from(group.count);
            }
        }
        for (place, n) in sums {
            cells.put(&place, Source::Customers, Measure::NewCustomers, count(n));
        }
    }
    if [Measure::CustomersSold, Measure::CustomersSoldKept].iter().any(|m| plan.measures.contains(m)) {
        sold(db, plan, cells, &sweep).await?;
    }
    Ok(())
}

/// Customers of a cell by the last sale to them that is ninety days old, or older. Kept is who bought, won or paid on
/// or after the ninetieth day after it.
async fn sold(
    db: &impl ConnectionTrait,
    plan: &Plan<'_>,
    cells: &mut Cells<'_>,
    sweep: &Sweep<'_>,
) -> Result<(), KpiError> {
    let old_enough = i64::from(plan.today.day_number()) - DAYS;
    let mut last_sales: BTreeMap<Place, HashMap<String, i64>> = BTreeMap::new();
    for group in customers::sold_to(db, &sweep.customers(), old_enough).await? {
        let (Some(customer), Some(day)) = (sweep.text(&group, 0), group.marks[0]) else { continue };
        for place in sweep.places(&group) {
            let last = last_sales.entry(place).or_default().entry(customer.to_owned()).or_insert(day);
            *last = day.max(*last);
        }
    }
    if last_sales.is_empty() {
        return Ok(());
    }
    let last_days = if sweep.reads_stored_customers() {
        let names: BTreeSet<&str> = last_sales.values().flat_map(HashMap::keys).map(String::as_str).collect();
        kept_customers::days_of(db, plan.frame.org, Day::Last, names).await?
    } else {
        customers::last_days(db, plan.frame.org, plan.frame.choices.recurring.usage_fees).await?
    };
    for (place, sales) in last_sales {
        let is_kept = |(customer, day): &(&String, &i64)| last_days.get(*customer).is_some_and(|l| *l >= **day + DAYS);
        let kept = sales.iter().filter(is_kept).count();
        for (measure, n) in [(Measure::CustomersSold, sales.len()), (Measure::CustomersSoldKept, kept)] {
            let value: MeasureValue = count(n as i128);
            cells.put(&place, Source::Customers, measure, value);
        }
    }
    Ok(())
}
