//! Every metric there is. An id is never deleted; a metric out of use is [`Status::Retired`](super::Status).

mod activity;
mod amounts;
mod basket;
mod channel;
mod counts;
mod customer_value;
mod cycle;
mod family;
mod loyalty;
mod net_retention;
mod pipeline;
mod quality;
mod quota;
mod recurring;
mod retention;
mod win_rate;

pub use family::{FAMILIES, Family, family_of};

use super::{Answer, MeasureValues, Metric, OverPeople, OverTime, RollUp, Template, evaluate};
use crate::{Outcome, Why};

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
    amounts::REVENUE_YTD,
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
    cycle::CYCLE_DAYS_LOST_MEAN,
    cycle::CYCLE_DAYS_LOST_MEDIAN,
    cycle::CYCLE_DAYS_CLOSED_MEAN,
    cycle::CYCLE_DAYS_CLOSED_MEDIAN,
    pipeline::SALES_VELOCITY,
    pipeline::PIPELINE_VALUE,
    pipeline::PIPELINE_WEIGHTED,
    amounts::DISCOUNT_SHARE,
    amounts::DEALS_GIVEN_AWAY,
    amounts::GROSS_MARGIN,
    recurring::MRR,
    recurring::ARR,
    recurring::MRR_NEW,
    recurring::MRR_EXPANSION,
    recurring::MRR_CONTRACTION,
    recurring::MRR_CHURN,
    recurring::MRR_REACTIVATION,
    recurring::ARPA,
    retention::MRR_CHURN_RATE,
    retention::GROSS_MRR_CHURN_RATE,
    retention::NET_MRR_CHURN_RATE,
    retention::NET_MRR_CHURN_RATE_DAILY,
    retention::MRR_CHURN_RATE_MONTHLY,
    retention::CUSTOMER_CHURN_RATE,
    retention::CUSTOMER_CHURN_RATE_MONTHLY,
    retention::RETENTION_RATE,
    net_retention::NRR,
    net_retention::GRR,
    net_retention::NRR_MONTHLY,
    net_retention::GRR_MONTHLY,
    net_retention::QUICK_RATIO,
    net_retention::QUICK_RATIO_WITHOUT_REACTIVATION,
    customer_value::NEW_CUSTOMERS,
    customer_value::NEW_CUSTOMERS_YTD,
    customer_value::CAC,
    customer_value::LTV,
    customer_value::LTV_MARGIN,
    customer_value::LTV_CAC,
    customer_value::CAC_PAYBACK,
    customer_value::SOLD_RETENTION_90,
    channel::CAMPAIGN_REVENUE,
    channel::SPEND,
    channel::LEADS,
    channel::CPL,
    channel::CPC,
    channel::CTR,
    channel::COST_PER_ORDER,
    channel::AOV,
    channel::LEAD_CONVERSION,
    channel::LEAD_TO_CUSTOMER,
    channel::ORDER_CONVERSION,
    channel::QUALIFIED_SHARE,
    channel::ROI,
    channel::ROAS,
    basket::SALES_REVENUE,
    basket::ATV,
    basket::UPT,
    basket::AVG_UNIT_PRICE,
    basket::ATTACH_RATE,
    basket::ATTACH_UNITS,
    basket::RETURN_RATE,
    basket::SALES_DISCOUNT_SHARE,
    loyalty::REPEAT_PURCHASE_RATE,
    loyalty::RETURNING_CUSTOMER_RATE,
    loyalty::REPURCHASE_RETENTION,
    activity::ACTIVITIES,
    activity::ACTIVITIES_CALL,
    activity::ACTIVITIES_MEETING,
    activity::ACTIVITIES_EMAIL,
    activity::ACTIVITIES_DEMO,
    activity::ACTIVITIES_PROPOSAL,
    activity::ACTIVITIES_OTHER,
    activity::REVENUE_PER_PERSON,
    activity::WON_PER_ACTIVITY,
    quality::CSAT,
    quality::NPS,
    quota::QUOTA_ATTAINMENT,
    quota::QUOTA_VARIANCE,
    quota::PIPELINE_COVERAGE,
    quota::NEEDED_COVERAGE,
    quota::EXPECTED_COVERAGE,
];

/// All metrics, in the order of the catalogue page.
pub fn all() -> &'static [Metric] {
    ALL
}

/// The metric with this id.
pub fn find(id: &str) -> Option<&'static Metric> {
    ALL.iter().find(|m| m.id == id)
}

/// The answer of the metric with this id over measures; one that does not exist does not apply.
pub fn answer(id: &str, values: &MeasureValues) -> Answer {
    find(id).map_or_else(|| Answer::of(Outcome::NotMeasurable(Why::NotApplicable)), |metric| evaluate(metric, values))
}

/// What `revenue` means to a kind of company: the metric of deals, of sales or of campaigns that it stands for.
pub fn revenue_of(template: Template) -> &'static Metric {
    match template {
        Template::Saas | Template::Consultancy => &amounts::DEALS_REVENUE,
        Template::Agency => &channel::CAMPAIGN_REVENUE,
        Template::Retail => &basket::SALES_REVENUE,
    }
}
