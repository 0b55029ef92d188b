//! Every metric there is. An id is never deleted; a metric out of use is [`Status::Retired`](super::Status).

mod amounts;
mod counts;
mod cycle;
mod pipeline;
mod win_rate;

use super::{Metric, OverPeople, OverTime, RollUp};

/// Events that are counted: added over time, counted again over people.
const COUNT: RollUp = RollUp { time: OverTime::Sum, people: OverPeople::Recount, teams: OverPeople::Recount };
/// Money by share: added over time and over people.
const SUM: RollUp = RollUp { time: OverTime::Sum, people: OverPeople::Sum, teams: OverPeople::Sum };
/// Ratios and means: never averaged.
const RECOMPUTE: RollUp = RollUp {
    time: OverTime::RecomputeFromParts,
    people: OverPeople::RecomputeFromParts,
    teams: OverPeople::RecomputeFromParts,
};
/// A count at one day.
const COUNT_BALANCE: RollUp =
    RollUp { time: OverTime::LastOfPeriod, people: OverPeople::Recount, teams: OverPeople::Recount };
/// Money at one day.
const MONEY_BALANCE: RollUp = RollUp { time: OverTime::LastOfPeriod, people: OverPeople::Sum, teams: OverPeople::Sum };

static ALL: &[Metric] = &[
    amounts::REVENUE,
    amounts::DEALS_REVENUE,
    counts::DEALS_WON,
    counts::DEALS_LOST,
    counts::DEALS_OPEN,
    counts::DEALS_DISQUALIFIED,
    counts::DEALS_PURSUED,
    win_rate::WIN_RATE,
    win_rate::WIN_RATE_PURSUED,
    win_rate::WIN_RATE_DISQUALIFIED,
    win_rate::WIN_RATE_VALUE,
    win_rate::WIN_RATE_COHORT,
    amounts::AVG_DEAL_VALUE,
    cycle::CYCLE_DAYS_MEAN,
    cycle::CYCLE_DAYS_MEDIAN,
    pipeline::SALES_VELOCITY,
    pipeline::PIPELINE_VALUE,
    pipeline::PIPELINE_WEIGHTED,
    amounts::DISCOUNT_SHARE,
];

/// All metrics, in the order of the catalogue page.
pub fn all() -> &'static [Metric] {
    ALL
}

/// The metric with this id.
pub fn find(id: &str) -> Option<&'static Metric> {
    ALL.iter().find(|m| m.id == id)
}
