//! The engine's figures against a plain count of every deal, one by one.

use std::collections::BTreeMap;

use domain::metric::catalogue;
use domain::{Date, OrgId, Period};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait as _, Order, Query};

use super::Check;
use crate::kpi::{Dimension, Frame, KpiError, KpiQuery, Viewer, ask};

/// Deals read at a time.
const PAGE: u64 = 20_000;

/// Won, lost and Σ micro-units won of one year.
type Year = (i128, i128, i128);

pub(super) async fn check(db: &impl ConnectionTrait, org: OrgId) -> Result<Vec<Check>, KpiError> {
    let mut check = Check::new("figures by year equal a count of every deal");
    let (years, has_gap) = count(db, org, &mut check).await?;
    let frame = Frame::load(db, org).await?;
    let viewer = Viewer::operator(org, Date::MAX);
    for (place, id) in ["deals_won", "deals_lost", "deals_revenue"].into_iter().enumerate() {
        for (year, counted) in &years {
            let Some(period) = Period::year(*year) else {
                continue;
            };
            let metrics = catalogue::find(id).into_iter().collect();
            let mut query = KpiQuery::new(metrics, period);
            // Two ways to the same figure: as a total, and month by month.
            for by in [Vec::new(), vec![Dimension::Time(domain::Grain::Month)]] {
                query.by = by;
                let rows = ask(db, &frame, &viewer, &query).await?;
                let expected = [counted.0 * 1_000_000, counted.1 * 1_000_000, counted.2][place];
                let figures = rows.iter().filter_map(|r| r.answer.value.value());
                let found: Option<i128> = figures.map(|f| f.exact.round_half_even(6)).sum();
                let is_measured = rows.iter().all(|r| r.answer.value.is_measured());
                if is_measured || !has_gap {
                    check.compare(found == Some(expected), || format!("{id} of {year}: {found:?}, counted {expected}"));
                }
            }
        }
    }
    Ok(vec![check])
}

/// Counts deal by deal; also whether any amount lacks a rate.
async fn count(
    db: &impl ConnectionTrait,
    org: OrgId,
    check: &mut Check,
) -> Result<(BTreeMap<i32, Year>, bool), KpiError> {
    let mut years: BTreeMap<i32, Year> = BTreeMap::new();
    let (mut after, mut has_gap) = (i64::MIN, false);
    loop {
        let page = Query::select()
            .columns(["id", "closed_on", "reporting_micros", "amount_micros"])
            .expr(Expr::cust("CAST(deal.status AS INTEGER)"))
            .from("deal")
            .and_where(Expr::col(("deal", "org_id")).eq(org.get()))
            .and_where(Expr::col(("deal", "id")).gt(after))
            .order_by(("deal", "id"), Order::Asc)
            .limit(PAGE)
            .to_owned();
        let rows = db.query_all(&page).await?;
        for row in &rows {
            after = row.try_get_by_index(0)?;
            check.compared += 1;
            let closed: Option<i32> = row.try_get_by_index(1)?;
            let reporting: Option<i64> = row.try_get_by_index(2)?;
            let status: i32 = row.try_get_by_index(4)?;
            let Some(day) = closed.and_then(Date::from_day_number).filter(|_| status != 0) else {
                continue;
            };
            let year = years.entry(day.year()).or_default();
            match status {
                1 => {
                    year.0 += 1;
                    year.2 += i128::from(reporting.unwrap_or(0));
                    has_gap |= reporting.is_none() && row.try_get_by_index::<Option<i64>>(3)?.is_some();
                }
                2 => year.1 += 1,
                _ => (),
            }
        }
        if u64::try_from(rows.len()).unwrap_or(0) < PAGE {
            return Ok((years, has_gap));
        }
    }
}
