//! Every measure there is.

use serde::{Deserialize, Serialize};

use super::DealStatus::{self, Disqualified, Lost, Open, Won};
use super::FactKind::{
    Activities, CampaignDays, Customers, Leads, Measurements, People, SalesLines, Satisfaction, Subscriptions, Targets,
};
use super::Test::{AtLeast, AtMost, Below, Is};
use super::{Aggregation, DateColumn, FactKind, MeasureDef, Timing};
use crate::Why;
use crate::metric::Unit;

/// A number of deals, by the day of closing.
const fn base(id: &'static str) -> MeasureDef {
    MeasureDef {
        id,
        fact: FactKind::Deals,
        aggregation: Aggregation::Count,
        status: &[],
        filled: None,
        only: &[],
        date: DateColumn::ClosedOn,
        timing: Timing::Additive,
        absent: None,
        part_of: None,
    }
}

/// An aggregation of other facts, by a date column.
const fn of(fact: FactKind, id: &'static str, aggregation: Aggregation, date: &'static str) -> MeasureDef {
    MeasureDef { fact, aggregation, date: DateColumn::On(date), ..base(id) }
}

/// A figure that an engine computes.
const fn engine(fact: FactKind, id: &'static str, figure: &'static str, unit: Unit) -> MeasureDef {
    MeasureDef { fact, aggregation: Aggregation::Engine { figure, unit }, date: DateColumn::ByEngine, ..base(id) }
}

macro_rules! measures {
    ($($(#[$doc:meta])* $name:ident = $base:expr => { $($field:ident: $value:expr),* $(,)? })*) => {
        /// An aggregation of facts. The name is the key; [`Measure::def`] says what it aggregates.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Measure {
            $($(#[$doc])* $name,)*
        }

        impl Measure {
            /// All.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// What it aggregates.
            pub const fn def(self) -> MeasureDef {
                match self {
                    $(Self::$name => MeasureDef { $($field: $value,)* ..$base },)*
                }
            }
        }
    };
}

measures! {
    /// Deals won, by the day of closing.
    DealsWon = base("deals_won") => { status: &[Won] }
    /// Deals lost, by the day of closing.
    DealsLost = base("deals_lost") => { status: &[Lost] }
    /// Deals disqualified, by the day of closing.
    DealsDisqualified = base("deals_disqualified") => { status: &[Disqualified] }
    /// Deals open on the day asked about.
    DealsOpen = base("deals_open") => { status: &[Open], date: DateColumn::BalanceDay, timing: Timing::Balance }
    /// Amount of deals won.
    AmountWon = base("amount_won") => { aggregation: Aggregation::SumMoney("amount"), status: &[Won] }
    /// Amount of deals lost.
    AmountLost = base("amount_lost") => { aggregation: Aggregation::SumMoney("amount"), status: &[Lost] }
    /// Amount of deals open on the day asked about.
    AmountOpen = base("amount_open") => { aggregation: Aggregation::SumMoney("amount"), status: &[Open], date: DateColumn::BalanceDay, timing: Timing::Balance }
    /// Amount × probability of deals open on the day asked about.
    AmountOpenWeighted = base("amount_open_weighted") => { aggregation: Aggregation::SumMoney("amount * probability"), status: &[Open], date: DateColumn::BalanceDay, timing: Timing::Balance, }
    /// Days from first contact (else creation) to closing, of deals won.
    CycleDaysWon = base("cycle_days_won") => {
        aggregation: Aggregation::Days { from: &["engaged_on", "created_on"], to: "closed_on" },
        status: &[Won],
    }
    /// Days from first contact (else creation) to closing, of deals lost.
    CycleDaysLost = base("cycle_days_lost") => {
        aggregation: Aggregation::Days { from: &["engaged_on", "created_on"], to: "closed_on" },
        status: &[Lost],
    }
    /// Days from first contact (else creation) to closing, of deals won or lost.
    CycleDaysClosed = base("cycle_days_closed") => {
        aggregation: Aggregation::Days { from: &["engaged_on", "created_on"], to: "closed_on" },
        status: &[Won, Lost],
    }
    /// Deals created in the period, whatever became of them.
    CohortCreated = base("cohort_created") => { status: &DealStatus::ALL, date: DateColumn::CreatedOrEngaged }
    /// Deals created in the period that have been won to date.
    CohortWon = base("cohort_won") => { status: &[Won], date: DateColumn::CreatedOrEngaged, part_of: Some(Measure::CohortCreated) }
    /// Discount given on deals won whose discount is known: list amount − amount. Of a deal given away, at 100 %, nothing
    /// tells the list amount.
    DiscountGiven = base("discount_given") => { aggregation: Aggregation::SumMoney("amount * discount_pct / (100 - discount_pct)"), status: &[Won], filled: Some("discount_pct"), only: &[("discount_pct", Below(100))] }
    /// Amount before discount of deals won whose discount is known and below 100 %.
    ListAmount = base("list_amount") => { aggregation: Aggregation::SumMoney("amount * 100 / (100 - discount_pct)"), status: &[Won], filled: Some("discount_pct"), only: &[("discount_pct", Below(100))] }
    /// Deals won whose discount is known and below 100 %.
    DealsDiscountKnown = base("deals_discount_known") => { status: &[Won], filled: Some("discount_pct"), only: &[("discount_pct", Below(100))] }
    /// Deals won at a discount of 100 %.
    DealsGivenAway = base("deals_given_away") => { status: &[Won], filled: Some("discount_pct"), only: &[("discount_pct", AtLeast(100))] }
    /// Monthly recurring revenue at the end of the day before the period.
    MrrOpening = engine(Subscriptions, "mrr_opening", "recurring::Movements::opening", Unit::Money) => { timing: Timing::Opening }
    /// Monthly amount of customers that pay for the first time.
    MrrNew = engine(Subscriptions, "mrr_new", "recurring::Movements::new", Unit::Money) => {}
    /// Rise of the monthly amount of customers that paid before and still do.
    MrrExpansion = engine(Subscriptions, "mrr_expansion", "recurring::Movements::expansion", Unit::Money) => {}
    /// Fall of the monthly amount of customers that still pay; a positive number.
    MrrContraction = engine(Subscriptions, "mrr_contraction", "recurring::Movements::contraction", Unit::Money) => {}
    /// Monthly amount lost with customers that no longer pay; a positive number.
    MrrChurn = engine(Subscriptions, "mrr_churn", "recurring::Movements::churn", Unit::Money) => {}
    /// The part of expansion that the organisation keeps out of its rates: of customers who joined and left in between.
    MrrExpansionOutsideRates = engine(Subscriptions, "mrr_expansion_outside_rates", "recurring::OutsideRates::expansion", Unit::Money) => {}
    /// The part of reactivation that the organisation keeps out of its rates: of customers who joined and left in between.
    MrrReactivationOutsideRates = engine(Subscriptions, "mrr_reactivation_outside_rates", "recurring::OutsideRates::reactivation", Unit::Money) => {}
    /// The part of contraction that the organisation keeps out of its rates: of customers who joined and left in between.
    MrrContractionOutsideRates = engine(Subscriptions, "mrr_contraction_outside_rates", "recurring::OutsideRates::contraction", Unit::Money) => {}
    /// The part of churn that the organisation keeps out of its rates: of customers who joined and left in between.
    MrrChurnOutsideRates = engine(Subscriptions, "mrr_churn_outside_rates", "recurring::OutsideRates::churn", Unit::Money) => {}
    /// Monthly amount of customers that pay again after they had stopped.
    MrrReactivation = engine(Subscriptions, "mrr_reactivation", "recurring::Movements::reactivation", Unit::Money) => {}
    /// Monthly recurring revenue at the end of the last day of the period.
    MrrClosing = engine(Subscriptions, "mrr_closing", "recurring::Movements::closing", Unit::Money) => { timing: Timing::Balance }
    /// Paying customers at the end of the day before the period.
    CustomersOpening = engine(Subscriptions, "customers_opening", "recurring::Retention::customers", Unit::Count) => { timing: Timing::Opening }
    /// Paying customers at the end of the last day of the period.
    CustomersClosing = engine(Subscriptions, "customers_closing", "recurring::Customers::closing", Unit::Count) => { timing: Timing::Balance }
    /// Paying customers of the opening that pay nothing at the end.
    CustomersChurned = engine(Subscriptions, "customers_churned", "recurring::Retention::churned", Unit::Count) => { timing: Timing::Recount, part_of: Some(Measure::CustomersOpening) }
    /// Customers that pay for the first time; over several months each month's.
    SubscribersNew = engine(Subscriptions, "subscribers_new", "recurring::Customers::new", Unit::Count) => {}
    /// Rises of the monthly amount of customers that paid before and still do.
    SubscribersExpanded = engine(Subscriptions, "subscribers_expanded", "recurring::Customers::expansion", Unit::Count) => {}
    /// Customers that pay again after they had stopped.
    SubscribersBack = engine(Subscriptions, "subscribers_back", "recurring::Customers::reactivation", Unit::Count) => {}
    /// Falls of the monthly amount of customers that still pay.
    SubscribersContracted = engine(Subscriptions, "subscribers_contracted", "recurring::Customers::contraction", Unit::Count) => {}
    /// Customers that stopped paying; over several months each month's.
    SubscribersLeft = engine(Subscriptions, "subscribers_left", "recurring::Customers::churn", Unit::Count) => {}
    /// Paying customers at the start of each month, added up over the whole months of the period.
    CustomerMonths = engine(Subscriptions, "customer_months", "recurring::MonthByMonth::customers", Unit::Count) => {}
    /// Of those, the ones that paid nothing at the end of their month.
    CustomerMonthsLost = engine(Subscriptions, "customer_months_lost", "recurring::MonthByMonth::churned", Unit::Count) => { part_of: Some(Measure::CustomerMonths) }
    /// Monthly recurring revenue at the start of each month, added up over the whole months of the period.
    MrrMonths = engine(Subscriptions, "mrr_months", "recurring::MonthByMonth::opening", Unit::Money) => {}
    /// Churn of those months, as far as it is in the rates.
    MrrMonthsLost = engine(Subscriptions, "mrr_months_lost", "recurring::MonthByMonth::lost", Unit::Money) => {}
    /// Net churn of each day as a share of what it opened with, added up over the days of the period.
    NetMrrChurnDaily = engine(Subscriptions, "net_mrr_churn_daily", "recurring::net_mrr_churn_by_step, day by day", Unit::Ratio) => { timing: Timing::Recount, absent: Some(Why::EmptyBase) }
    /// Monthly amount, twelve months before the end, of those who paid then.
    MrrYearAgo = engine(Subscriptions, "mrr_year_ago", "recurring::Retention::base, twelve months", Unit::Money) => { timing: Timing::Balance }
    /// What the same customers pay now.
    MrrYearAgoNow = engine(Subscriptions, "mrr_year_ago_now", "recurring::Retention::now, twelve months", Unit::Money) => { timing: Timing::Balance }
    /// What the same customers pay now, of each at most what they paid then.
    MrrYearAgoKept = engine(Subscriptions, "mrr_year_ago_kept", "recurring::Retention::kept, twelve months", Unit::Money) => { timing: Timing::Balance }
    /// Customers that paid twelve months before the end.
    CustomersYearAgo = engine(Subscriptions, "customers_year_ago", "recurring::Retention::customers, twelve months", Unit::Count) => { timing: Timing::Balance }
    /// Spend on campaigns; unknown where a channel reports none.
    Spend = of(CampaignDays, "spend", Aggregation::SumMoney("spend"), "date") => { absent: Some(Why::NoData) }
    /// How often advertisements were shown.
    Impressions = of(CampaignDays, "impressions", Aggregation::SumCount("impressions"), "date") => {}
    /// How often advertisements were clicked.
    Clicks = of(CampaignDays, "clicks", Aggregation::SumCount("clicks"), "date") => { part_of: Some(Measure::Impressions) }
    /// Orders that campaigns brought.
    Orders = of(CampaignDays, "orders", Aggregation::SumCount("orders"), "date") => { part_of: Some(Measure::Leads) }
    /// Revenue that campaigns brought; unknown where none is reported.
    CampaignRevenue = of(CampaignDays, "campaign_revenue", Aggregation::SumMoney("revenue"), "date") => { absent: Some(Why::NoData) }
    /// Leads, from records of their own or from campaign days.
    Leads = engine(Leads, "leads", "channel::Column::Leads", Unit::Count) => { part_of: Some(Measure::Clicks) }
    /// Leads found good enough to follow up.
    QualifiedLeads = engine(Leads, "qualified_leads", "channel::Column::QualifiedLeads", Unit::Count) => { part_of: Some(Measure::Leads) }
    /// Leads that became customers.
    LeadCustomers = engine(Leads, "lead_customers", "channel::Column::Customers", Unit::Count) => { part_of: Some(Measure::Leads) }
    /// Amount of sales, returns and adjustments left out.
    SalesRevenue = of(SalesLines, "sales_revenue", Aggregation::SumMoney("amount"), "date") => { only: &[("kind", Is("sale"))] }
    /// Transactions with a sale.
    Transactions = of(SalesLines, "transactions", Aggregation::Distinct("transaction"), "date") => { only: &[("kind", Is("sale"))], timing: Timing::Recount }
    /// Units sold.
    UnitsSold = of(SalesLines, "units_sold", Aggregation::SumNumber("quantity"), "date") => { only: &[("kind", Is("sale"))] }
    /// Amount of returns; a positive number, whichever sign the lines had.
    ReturnsAmount = of(SalesLines, "returns_amount", Aggregation::SumMoney("max(amount, -amount)"), "date") => { only: &[("kind", Is("return"))] }
    /// Discount given on sales whose list price is known.
    SalesDiscount = of(SalesLines, "sales_discount", Aggregation::SumMoney("discount"), "date") => { only: &[("kind", Is("sale"))], filled: Some("list_price") }
    /// What those sales would have been at the list price.
    SalesList = of(SalesLines, "sales_list", Aggregation::SumMoney("list_price * quantity"), "date") => { only: &[("kind", Is("sale"))], filled: Some("list_price") }
    /// Customers who bought; a blank customer is none.
    CustomersBuying = of(SalesLines, "customers_buying", Aggregation::Distinct("customer"), "date") => { only: &[("kind", Is("sale"))], timing: Timing::Recount }
    /// Customers with two or more transactions in the period.
    CustomersRepeating = engine(SalesLines, "customers_repeating", "basket.repeating", Unit::Count) => { timing: Timing::Recount, part_of: Some(Measure::CustomersBuying) }
    /// Customers of the period who also bought before it.
    CustomersReturning = engine(SalesLines, "customers_returning", "basket.returning", Unit::Count) => { timing: Timing::Recount, part_of: Some(Measure::CustomersBuying) }
    /// Customers who bought in the period before.
    CustomersPrevious = engine(SalesLines, "customers_previous", "basket.previous", Unit::Count) => { timing: Timing::Recount }
    /// Customers of the period before who bought again in this one.
    CustomersBoughtAgain = engine(SalesLines, "customers_bought_again", "basket.bought_again", Unit::Count) => { timing: Timing::Recount, part_of: Some(Measure::CustomersPrevious) }
    /// Transactions with the first of two categories asked about.
    AttachBase = engine(SalesLines, "attach_base", "basket.attach_base", Unit::Count) => { timing: Timing::Recount }
    /// Transactions with both categories.
    AttachBoth = engine(SalesLines, "attach_both", "basket.attach_both", Unit::Count) => { timing: Timing::Recount, part_of: Some(Measure::AttachBase) }
    /// Units sold of the first of two categories asked about.
    AttachUnitsBase = engine(SalesLines, "attach_units_base", "basket.attach_units_base", Unit::Number) => {}
    /// Units sold of the second.
    AttachUnitsSecond = engine(SalesLines, "attach_units_second", "basket.attach_units_second", Unit::Number) => {}
    /// Customers with their first ever win, subscription or purchase in the period.
    NewCustomers = engine(Customers, "new_customers", "customers.new", Unit::Count) => {}
    /// Customers that a person sold to ninety days or more ago.
    CustomersSold = engine(Customers, "customers_sold", "customers.sold", Unit::Count) => { timing: Timing::Recount }
    /// Those of them who still bought or paid ninety days on.
    CustomersSoldKept = engine(Customers, "customers_sold_kept", "customers.sold_kept", Unit::Count) => { timing: Timing::Recount, part_of: Some(Measure::CustomersSold) }
    /// Activities of every type.
    Activities = of(Activities, "activities", Aggregation::SumCount("count"), "date") => {}
    /// Calls.
    ActivitiesCall = of(Activities, "activities_call", Aggregation::SumCount("count"), "date") => { only: &[("type", Is("call"))], part_of: Some(Measure::Activities) }
    /// Meetings.
    ActivitiesMeeting = of(Activities, "activities_meeting", Aggregation::SumCount("count"), "date") => { only: &[("type", Is("meeting"))], part_of: Some(Measure::Activities) }
    /// E-mails.
    ActivitiesEmail = of(Activities, "activities_email", Aggregation::SumCount("count"), "date") => { only: &[("type", Is("e-mail"))], part_of: Some(Measure::Activities) }
    /// Demonstrations.
    ActivitiesDemo = of(Activities, "activities_demo", Aggregation::SumCount("count"), "date") => { only: &[("type", Is("demo"))], part_of: Some(Measure::Activities) }
    /// Proposals sent.
    ActivitiesProposal = of(Activities, "activities_proposal", Aggregation::SumCount("count"), "date") => { only: &[("type", Is("proposal"))], part_of: Some(Measure::Activities) }
    /// Activities of another type.
    ActivitiesOther = of(Activities, "activities_other", Aggregation::SumCount("count"), "date") => { only: &[("type", Is("other"))], part_of: Some(Measure::Activities) }
    /// People who were a member of a team on any day of the period.
    PeopleActive = of(People, "people_active", Aggregation::Distinct("person"), "from") => { timing: Timing::Recount }
    /// Σ of scores of customer satisfaction.
    CsatScore = of(Satisfaction, "csat_score", Aggregation::SumNumber("score"), "date") => { only: &[("scale", Is("csat"))] }
    /// Answers on customer satisfaction.
    CsatAnswers = of(Satisfaction, "csat_answers", Aggregation::Count, "date") => { only: &[("scale", Is("csat"))] }
    /// Answers on whether a customer would recommend.
    NpsAnswers = of(Satisfaction, "nps_answers", Aggregation::Count, "date") => { only: &[("scale", Is("nps"))] }
    /// Answers of 9 or 10.
    NpsPromoters = of(Satisfaction, "nps_promoters", Aggregation::Count, "date") => { only: &[("scale", Is("nps")), ("score", AtLeast(9))], part_of: Some(Measure::NpsAnswers) }
    /// Answers of 6 or less.
    NpsDetractors = of(Satisfaction, "nps_detractors", Aggregation::Count, "date") => { only: &[("scale", Is("nps")), ("score", AtMost(6))], part_of: Some(Measure::NpsAnswers) }
    /// Target on revenue.
    TargetRevenue = of(Targets, "target_revenue", Aggregation::SumMoney("value"), "from") => { only: &[("metric", Is("revenue"))], absent: Some(Why::NoData) }
    /// What selling cost, as the organisation's own measurement.
    SalesCost = of(Measurements, "sales_cost", Aggregation::SumMoney("value"), "date") => { only: &[("measure", Is("sales_cost"))], absent: Some(Why::Incomplete) }
    /// What the goods sold cost, as the organisation's own measurement; nothing where none is kept.
    CostOfGoods = of(Measurements, "cost_of_goods", Aggregation::SumMoney("value"), "date") => { only: &[("measure", Is("cost_of_goods"))] }
    /// The same where a margin is asked: not known where none is kept.
    CostOfGoodsKnown = of(Measurements, "cost_of_goods_known", Aggregation::SumMoney("value"), "date") => { only: &[("measure", Is("cost_of_goods"))], absent: Some(Why::Incomplete) }
}
