//! Where measures come from: each kind of fact is read in one statement, or a few, and put into the cells it belongs
//! to.

mod activities;
mod campaigns;
mod customers;
mod leads;
mod lines;
mod measurements;
mod people;
mod sales;
mod satisfaction;
mod subscriptions;
mod sweep;
mod targets;

use std::collections::BTreeSet;

use domain::metric::FactKind;
use domain::{Currency, Date, Measure, MeasureValue, Outcome, Why};
use sea_orm::ConnectionTrait;

use super::KpiError;
use super::cells::{Cells, Plan};
use super::measures::family_of;
use super::scope::Scope;
use crate::query::column::Table;
use crate::query::facts::Family;
use crate::query::presence::{Wanted, present};

pub(super) use leads::in_records;
pub(super) use lines::Lines;
pub(super) use people::people_active;
pub(super) use subscriptions::Subscribed;
pub(super) use targets::Targets;

/// What a measure is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// Deals, by these dates.
    Deals(Family),
    /// Subscriptions.
    Subscriptions,
    /// Results of campaigns.
    Campaigns,
    /// Leads, of records or campaigns.
    Leads,
    /// Lines of sales.
    Sales,
    /// All that tells of customers.
    Customers,
    /// What people did.
    Activities,
    /// Memberships of teams.
    People,
    /// Answers of customers.
    Satisfaction,
    /// Targets.
    Targets,
    /// Figures of the organisation's own.
    Measurements,
}

impl Source {
    /// What a measure is made of.
    pub(super) fn of(measure: Measure) -> Self {
        match measure.def().fact {
            // Every measure of deals has dates by which it takes them; a test sees to it.
            FactKind::Deals => Self::Deals(family_of(measure).unwrap_or(Family::Closed)),
            FactKind::Subscriptions => Self::Subscriptions,
            FactKind::CampaignDays => Self::Campaigns,
            FactKind::Leads => Self::Leads,
            FactKind::SalesLines => Self::Sales,
            FactKind::Activities => Self::Activities,
            FactKind::Satisfaction => Self::Satisfaction,
            FactKind::Targets => Self::Targets,
            FactKind::Measurements => Self::Measurements,
            FactKind::People => Self::People,
            FactKind::Customers => Self::Customers,
        }
    }

    /// Whether both are the same kind of fact, whichever dates it is taken by.
    pub(super) fn is_like(self, other: Self) -> bool {
        self == other || matches!((self, other), (Self::Deals(_), Self::Deals(_)))
    }

    /// The kinds of fact of which the organisation must have any; without all of them there is no data. None where
    /// nothing counts as nothing.
    fn wanted(self) -> Vec<Wanted> {
        let any = |table| Wanted { table, of_customers: false };
        let customers = |table| Wanted { table, of_customers: true };
        match self {
            Self::Subscriptions => vec![any(Table::Subscriptions)],
            // Leads without spend make spend incomplete.
            Self::Campaigns | Self::Leads => vec![any(Table::CampaignDays), any(Table::Leads)],
            Self::Sales => vec![any(Table::SalesLines)],
            Self::Customers => {
                vec![customers(Table::Deals), customers(Table::Subscriptions), customers(Table::SalesLines)]
            }
            Self::Activities => vec![any(Table::Activities)],
            Self::Satisfaction => vec![any(Table::Satisfaction)],
            Self::Deals(_) | Self::People | Self::Targets | Self::Measurements => Vec::new(),
        }
    }
}

/// Reads all that a plan needs beside deals.
pub(super) async fn read(db: &impl ConnectionTrait, plan: &Plan<'_>, cells: &mut Cells<'_>) -> Result<(), KpiError> {
    let sources: BTreeSet<Source> = plan.measures.iter().map(|m| Source::of(*m)).collect();
    let wanted: BTreeSet<Wanted> = sources.iter().flat_map(|s| s.wanted()).collect();
    let there = present(db, plan.frame.org, &Vec::from_iter(wanted)).await?;
    let has = |table: Table| there.contains(&Wanted { table, of_customers: false });
    // Campaigns name nobody: of people and teams they say nothing, which is not the same as 0.
    let of_campaigns = has(Table::CampaignDays) && matches!(plan.scope, Scope::Everybody);
    for source in &sources {
        let wanted = source.wanted();
        let is_there = match source {
            Source::Campaigns => of_campaigns,
            _ => wanted.is_empty() || wanted.iter().any(|w| there.contains(w)),
        };
        if !is_there {
            no_data(plan, cells, *source);
            continue;
        }
        match source {
            Source::Subscriptions => subscriptions::read(db, plan, cells).await?,
            Source::Sales => sales::read(db, plan, cells).await?,
            Source::Customers => customers::read(db, plan, cells).await?,
            Source::Activities => activities::read(db, plan, cells).await?,
            Source::Satisfaction => satisfaction::read(db, plan, cells).await?,
            Source::Measurements => measurements::read(db, plan, cells).await?,
            Source::Targets => cells.set_targets(Targets::read(db, plan).await?),
            // Deals are read before, people with the frame, campaigns and leads together.
            Source::Deals(_) | Source::People | Source::Campaigns | Source::Leads => (),
        }
    }
    if sources.contains(&Source::Campaigns) || sources.contains(&Source::Leads) {
        let in_records = in_records(plan.frame.choices.leads_from, has(Table::Leads));
        let is_read = sources.contains(&Source::Campaigns) || !in_records;
        let spending = if is_read && of_campaigns {
            campaigns::read(db, plan, cells, in_records).await?
        } else {
            campaigns::Spending::default()
        };
        let is_kept = if in_records { has(Table::Leads) } else { of_campaigns };
        if !is_kept {
            no_data(plan, cells, Source::Leads);
        } else if in_records {
            leads::read(db, plan, cells, has(Table::CampaignDays).then_some(&spending)).await?;
        } else if plan.measures.contains(&Measure::LeadCustomers) {
            cells.set_unknown(Measure::LeadCustomers, MeasureValue::Not(Why::NoData));
        }
    }
    Ok(())
}

/// The measures of a source of which the organisation has no fact at all.
fn no_data(plan: &Plan<'_>, cells: &mut Cells<'_>, source: Source) {
    for measure in plan.measures.iter().filter(|m| Source::of(**m) == source) {
        cells.set_unknown(*measure, MeasureValue::Not(Why::NoData));
    }
}

/// A sum of money in micro-units, of which some facts may have no exchange rate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Money {
    micros: i128,
    unconverted: i64,
}

impl Money {
    /// Adds a sum of facts of which some may not be converted.
    fn add(&mut self, micros: i128, unconverted: i64) {
        // Sums of i64 over fewer than 2⁶³ facts fit.
        self.micros += micros;
        self.unconverted += unconverted;
    }

    fn value(self, missing: Option<(Currency, Date)>) -> MeasureValue {
        if self.unconverted > 0 { MeasureValue::Not(missing_rate(missing)) } else { MeasureValue::Money(self.micros) }
    }
}

/// Why an amount has no value, with the first currency and day that lack a rate.
fn missing_rate(missing: Option<(Currency, Date)>) -> Why {
    missing.map_or(Why::NoData, |(currency, date)| Why::MissingRate { currency, date })
}

/// A count that came back as a wide sum.
fn count(n: i128) -> MeasureValue {
    i64::try_from(n).map_or(MeasureValue::Not(Why::TooLarge), MeasureValue::Count)
}

/// A number from its millionths.
fn number(millionths: i128) -> MeasureValue {
    let exact = domain::Ratio::new(millionths, i128::from(domain::money::MICROS_PER_UNIT));
    Outcome::from_option(exact, Why::TooLarge).into_result().map_or_else(MeasureValue::Not, MeasureValue::Exact)
}
