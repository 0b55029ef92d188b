//! What campaigns cost and brought. A column that a row does not state is not zero: spend is incomplete where a row
//! states what it brought and not what it cost.

use std::collections::{BTreeMap, BTreeSet};

use domain::channel::{ChannelFact, Column, Totals};
use domain::{Currency, Date, Figure, Measure, MeasureValue, Micros, Outcome, Unit, Why};
use sea_orm::ConnectionTrait;

use super::sweep::Sweep;
use super::{Source, missing_rate};
use crate::kpi::KpiError;
use crate::kpi::cells::{Cells, Place, Plan};
use crate::query::aggregate::{self, Group, Sum};
use crate::query::campaign;
use crate::query::column::Table;

/// Channels of which spend is stated, by cell.
pub(super) type Spending = BTreeMap<Place, BTreeSet<Option<String>>>;

const SPEND_BIT: i64 = 1;

/// What a row may bring, beside which spend must be stated.
const BROUGHT: [Column; 6] =
    [Column::Impressions, Column::Clicks, Column::Leads, Column::QualifiedLeads, Column::Orders, Column::Revenue];

pub(super) async fn read(
    db: &impl ConnectionTrait,
    plan: &Plan<'_>,
    cells: &mut Cells<'_>,
    in_records: bool,
) -> Result<Spending, KpiError> {
    let mut spending = Spending::new();
    let Some(sweep) = Sweep::of(plan) else { return Ok(spending) };
    let groups = sweep.kept(db, &campaign::KEPT).await?;
    let is_unconverted = |g: &Group| [0, 6].into_iter().any(|i| stated(g, i) && g.sums[i].stated < g.count);
    let missing = if groups.iter().any(is_unconverted) {
        aggregate::first_of(db, plan.frame.org, Table::CampaignDays, campaign::UNCONVERTED).await?
    } else {
        None
    };
    let mut totals: BTreeMap<Place, Totals> = BTreeMap::new();
    for group in &groups {
        let fact = fact(group, missing, in_records);
        for place in sweep.places(group) {
            if group.marks[0].unwrap_or(0) & SPEND_BIT != 0 {
                let channel = sweep.text(group, 0).map(str::to_owned);
                spending.entry(place.clone()).or_default().insert(channel);
            }
            totals.entry(place).or_default().add(&fact);
        }
    }
    for (place, totals) in totals {
        let is_incomplete =
            BROUGHT.iter().any(|c| totals.total_beside(Column::Spend, *c).why() == Some(Why::Incomplete));
        let spend = if is_incomplete { MeasureValue::Not(Why::Incomplete) } else { value(totals.total(Column::Spend)) };
        cells.put(&place, Source::Campaigns, Measure::Spend, spend);
        for (measure, column) in [
            (Measure::Impressions, Column::Impressions),
            (Measure::Clicks, Column::Clicks),
            (Measure::Orders, Column::Orders),
            (Measure::CampaignRevenue, Column::Revenue),
        ] {
            cells.put(&place, Source::Campaigns, measure, value(totals.total(column)));
        }
        if !in_records {
            cells.put(&place, Source::Leads, Measure::Leads, value(totals.total(Column::Leads)));
            cells.put(&place, Source::Leads, Measure::QualifiedLeads, value(totals.total(Column::QualifiedLeads)));
        }
    }
    Ok(spending)
}

fn stated(group: &Group, column: usize) -> bool {
    group.marks[0].unwrap_or(0) >> column & 1 == 1
}

/// A group of rows that state the same columns, as one fact.
fn fact(group: &Group, missing: Option<(Currency, Date)>, in_records: bool) -> ChannelFact {
    let too_large = Outcome::NotMeasurable(Why::TooLarge);
    let sum = |i: usize| stated(group, i).then(|| group.sums[i]);
    let money = |i: usize| {
        sum(i).map(|Sum { total, stated }| {
            if stated < group.count {
                return Outcome::NotMeasurable(missing_rate(missing));
            }
            i64::try_from(total).map_or(too_large, |m| Outcome::Value(Micros(m)))
        })
    };
    // More than an i64 of clicks nobody counts.
    let count = |i: usize| sum(i).and_then(|s| i64::try_from(s.total).ok());
    let of_campaigns = !in_records;
    ChannelFact {
        spend: money(0),
        impressions: count(1),
        clicks: count(2),
        leads: count(3).filter(|_| of_campaigns),
        qualified_leads: count(4).filter(|_| of_campaigns),
        customers: None,
        orders: count(5),
        revenue: money(6),
    }
}

fn value(total: Outcome<Figure>) -> MeasureValue {
    match total {
        Outcome::Value(figure) if figure.unit == Unit::Count => super::count(figure.exact.numerator()),
        Outcome::Value(figure) => MeasureValue::Exact(figure.exact),
        Outcome::NotMeasurable(why) => MeasureValue::Not(why),
    }
}
