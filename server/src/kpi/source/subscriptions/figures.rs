//! The figures of recurring revenue of one group in one window, and the cell they are put into.

use domain::metric::FactKind;
use domain::recurring::{MonthByMonth, Movements, Mrr, Retention};
use domain::{Measure, MeasureValue, Outcome, Ratio, Why};

use crate::kpi::cells::{Cells, Place, Plan};
use crate::kpi::source::{Source, count};

/// The figures of a window; those of other customers can be added to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    /// Amounts in micro-units per year.
    pub opening: i128,
    pub new: i128,
    pub expansion: i128,
    pub contraction: i128,
    pub churn: i128,
    pub churn_outside_rates: i128,
    pub expansion_outside_rates: i128,
    pub reactivation_outside_rates: i128,
    pub contraction_outside_rates: i128,
    pub reactivation: i128,
    pub closing: i128,
    pub year_ago: i128,
    pub year_ago_now: i128,
    pub year_ago_kept: i128,
    /// Customers.
    pub customers_opening: i128,
    pub customers_closing: i128,
    pub customers_churned: i128,
    pub customers_year_ago: i128,
    /// Customers of each movement.
    pub count_new: i128,
    pub count_expansion: i128,
    pub count_reactivation: i128,
    pub count_contraction: i128,
    pub count_churn: i128,
    /// Customers and amounts month by month; not known of a window that holds no whole month.
    pub has_whole_month: bool,
    pub customer_months: i128,
    pub customer_months_lost: i128,
    pub mrr_months: i128,
    pub mrr_months_lost: i128,
    /// Net churn day by day, which no sum of others' can be made of.
    pub net_churn_daily: Option<Outcome<Ratio>>,
}

impl Figures {
    /// From what the engine says.
    pub(super) fn of(
        total: &Movements,
        balance: &Movements,
        stayed: &Retention,
        monthly: Option<&MonthByMonth>,
        year: &Retention,
    ) -> Self {
        let months = monthly.copied().unwrap_or_default();
        let (outside, moved) = (&total.outside_rates, &total.customers);
        Self {
            opening: total.opening.per_year(),
            new: total.new.per_year(),
            expansion: total.expansion.per_year(),
            contraction: total.contraction.per_year(),
            churn: total.churn.per_year(),
            churn_outside_rates: outside.churn.per_year(),
            expansion_outside_rates: outside.expansion.per_year(),
            reactivation_outside_rates: outside.reactivation.per_year(),
            contraction_outside_rates: outside.contraction.per_year(),
            reactivation: total.reactivation.per_year(),
            closing: balance.closing.per_year(),
            year_ago: year.base.per_year(),
            year_ago_now: year.now.per_year(),
            year_ago_kept: year.kept.per_year(),
            customers_opening: total.customers.opening.into(),
            customers_closing: balance.customers.closing.into(),
            customers_churned: stayed.churned.into(),
            customers_year_ago: year.customers.into(),
            count_new: moved.new.into(),
            count_expansion: moved.expansion.into(),
            count_reactivation: moved.reactivation.into(),
            count_contraction: moved.contraction.into(),
            count_churn: moved.churn.into(),
            has_whole_month: monthly.is_some(),
            customer_months: months.customers.into(),
            customer_months_lost: months.churned.into(),
            mrr_months: months.opening.per_year(),
            mrr_months_lost: months.lost.per_year(),
            net_churn_daily: None,
        }
    }

    /// Those of both. No sum of amounts of fewer than 2⁶³ subscriptions comes near the bounds.
    pub(super) fn plus(self, other: &Self) -> Self {
        let add = i128::saturating_add;
        Self {
            opening: add(self.opening, other.opening),
            new: add(self.new, other.new),
            expansion: add(self.expansion, other.expansion),
            contraction: add(self.contraction, other.contraction),
            churn: add(self.churn, other.churn),
            churn_outside_rates: add(self.churn_outside_rates, other.churn_outside_rates),
            reactivation: add(self.reactivation, other.reactivation),
            closing: add(self.closing, other.closing),
            year_ago: add(self.year_ago, other.year_ago),
            year_ago_now: add(self.year_ago_now, other.year_ago_now),
            year_ago_kept: add(self.year_ago_kept, other.year_ago_kept),
            customers_opening: add(self.customers_opening, other.customers_opening),
            customers_closing: add(self.customers_closing, other.customers_closing),
            customers_churned: add(self.customers_churned, other.customers_churned),
            customers_year_ago: add(self.customers_year_ago, other.customers_year_ago),
            expansion_outside_rates: add(self.expansion_outside_rates, other.expansion_outside_rates),
            reactivation_outside_rates: add(self.reactivation_outside_rates, other.reactivation_outside_rates),
            contraction_outside_rates: add(self.contraction_outside_rates, other.contraction_outside_rates),
            count_new: add(self.count_new, other.count_new),
            count_expansion: add(self.count_expansion, other.count_expansion),
            count_reactivation: add(self.count_reactivation, other.count_reactivation),
            count_contraction: add(self.count_contraction, other.count_contraction),
            count_churn: add(self.count_churn, other.count_churn),
            has_whole_month: self.has_whole_month || other.has_whole_month,
            customer_months: add(self.customer_months, other.customer_months),
            customer_months_lost: add(self.customer_months_lost, other.customer_months_lost),
            mrr_months: add(self.mrr_months, other.mrr_months),
            mrr_months_lost: add(self.mrr_months_lost, other.mrr_months_lost),
            // Asked for, all customers are walked over together and none is stored apart.
            net_churn_daily: self.net_churn_daily.or(other.net_churn_daily),
        }
    }

    /// Puts them into a cell.
    pub(super) fn put(&self, cells: &mut Cells<'_>, place: &Place) {
        let money = |micros: i128| MeasureValue::Exact(Mrr::of_year(micros).to_ratio());
        let monthly = |value| if self.has_whole_month { value } else { MeasureValue::Not(Why::NoWholeMonth) };
        let all = [
            (Measure::MrrOpening, money(self.opening)),
            (Measure::MrrNew, money(self.new)),
            (Measure::MrrExpansion, money(self.expansion)),
            (Measure::MrrContraction, money(self.contraction)),
            (Measure::MrrChurn, money(self.churn)),
            (Measure::MrrChurnOutsideRates, money(self.churn_outside_rates)),
            (Measure::MrrExpansionOutsideRates, money(self.expansion_outside_rates)),
            (Measure::MrrReactivationOutsideRates, money(self.reactivation_outside_rates)),
            (Measure::MrrContractionOutsideRates, money(self.contraction_outside_rates)),
            (Measure::MrrReactivation, money(self.reactivation)),
            (Measure::MrrClosing, money(self.closing)),
            (Measure::MrrYearAgo, money(self.year_ago)),
            (Measure::MrrYearAgoNow, money(self.year_ago_now)),
            (Measure::MrrYearAgoKept, money(self.year_ago_kept)),
            (Measure::CustomersOpening, count(self.customers_opening)),
            (Measure::CustomersClosing, count(self.customers_closing)),
            (Measure::CustomersChurned, count(self.customers_churned)),
            (Measure::CustomersYearAgo, count(self.customers_year_ago)),
            (Measure::SubscribersNew, count(self.count_new)),
            (Measure::SubscribersExpanded, count(self.count_expansion)),
            (Measure::SubscribersBack, count(self.count_reactivation)),
            (Measure::SubscribersContracted, count(self.count_contraction)),
            (Measure::SubscribersLeft, count(self.count_churn)),
            (Measure::CustomerMonths, monthly(count(self.customer_months))),
            (Measure::CustomerMonthsLost, monthly(count(self.customer_months_lost))),
            (Measure::MrrMonths, monthly(money(self.mrr_months))),
            (Measure::MrrMonthsLost, monthly(money(self.mrr_months_lost))),
        ];
        if let Some(daily) = self.net_churn_daily {
            let value = daily.into_result().map_or_else(MeasureValue::Not, MeasureValue::Exact);
            cells.put(place, Source::Subscriptions, Measure::NetMrrChurnDaily, value);
        }
        for (measure, value) in all {
            cells.put(place, Source::Subscriptions, measure, value);
        }
    }
}

/// Says of a cell why its figures are not known.
pub(super) fn not_known(plan: &Plan<'_>, cells: &mut Cells<'_>, place: &Place, why: Why) {
    for measure in plan.measures.iter().filter(|m| m.def().fact == FactKind::Subscriptions) {
        cells.put(place, Source::Subscriptions, *measure, MeasureValue::Not(why));
    }
}

/// Whether the plan asks for the measures that look twelve months back.
pub(super) fn asks_year(plan: &Plan<'_>) -> bool {
    let all = [Measure::MrrYearAgo, Measure::MrrYearAgoNow, Measure::MrrYearAgoKept, Measure::CustomersYearAgo];
    all.iter().any(|m| plan.measures.contains(m))
}

/// Whether the plan asks how many customers left, which compares both ends of a window.
pub(super) fn asks_churned(plan: &Plan<'_>) -> bool {
    plan.measures.contains(&Measure::CustomersChurned)
}

/// Whether the plan asks what was lost month by month.
pub(super) fn asks_monthly(plan: &Plan<'_>) -> bool {
    let all = [Measure::CustomerMonths, Measure::CustomerMonthsLost, Measure::MrrMonths, Measure::MrrMonthsLost];
    all.iter().any(|m| plan.measures.contains(m))
}

/// Whether the plan asks what was lost day by day, which no stored sum tells.
pub(super) fn asks_daily(plan: &Plan<'_>) -> bool {
    plan.measures.contains(&Measure::NetMrrChurnDaily)
}
