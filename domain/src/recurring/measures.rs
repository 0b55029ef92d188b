//! From the engine's figures to measures, over which the catalogue evaluates every rate of recurring revenue.

use super::{History, Movements, Mrr, Retention, months};
use crate::metric::{Measure, MeasureValue, MeasureValues};
use crate::{Date, Outcome, Period, Ratio, Why};

fn amount(mrr: Mrr) -> MeasureValue {
    MeasureValue::Exact(mrr.to_ratio())
}

impl Movements {
    /// Balances and movements as measures.
    pub fn measures(&self) -> MeasureValues {
        let (outside, customers) = (&self.outside_rates, &self.customers);
        let count = MeasureValue::Count;
        MeasureValues::from_iter([
            (Measure::MrrOpening, amount(self.opening)),
            (Measure::MrrNew, amount(self.new)),
            (Measure::MrrExpansion, amount(self.expansion)),
            (Measure::MrrContraction, amount(self.contraction)),
            (Measure::MrrChurn, amount(self.churn)),
            (Measure::MrrReactivation, amount(self.reactivation)),
            (Measure::MrrClosing, amount(self.closing)),
            (Measure::MrrExpansionOutsideRates, amount(outside.expansion)),
            (Measure::MrrReactivationOutsideRates, amount(outside.reactivation)),
            (Measure::MrrContractionOutsideRates, amount(outside.contraction)),
            (Measure::MrrChurnOutsideRates, amount(outside.churn)),
            (Measure::CustomersOpening, count(customers.opening)),
            (Measure::CustomersClosing, count(customers.closing)),
            (Measure::SubscribersNew, count(customers.new)),
            (Measure::SubscribersExpanded, count(customers.expansion)),
            (Measure::SubscribersBack, count(customers.reactivation)),
            (Measure::SubscribersContracted, count(customers.contraction)),
            (Measure::SubscribersLeft, count(customers.churn)),
        ])
    }
}

impl Retention {
    /// Of a period: the customers of its opening and those that its churn rate counts.
    pub fn measures(&self) -> MeasureValues {
        MeasureValues::from_iter([
            (Measure::CustomersOpening, MeasureValue::Count(self.customers)),
            (Measure::CustomersChurned, MeasureValue::Count(self.churned)),
        ])
    }

    /// Of the twelve months that end with a period ([`twelve_months`](super::twelve_months)).
    pub fn measures_of_year(&self) -> MeasureValues {
        MeasureValues::from_iter([
            (Measure::MrrYearAgo, amount(self.base)),
            (Measure::MrrYearAgoNow, amount(self.now)),
            (Measure::MrrYearAgoKept, amount(self.kept)),
            (Measure::CustomersYearAgo, MeasureValue::Count(self.customers)),
        ])
    }
}

/// The whole months of a period, month by month: what rates *of a month* are made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MonthByMonth {
    /// Customers at the start of each month, added up.
    pub customers: i64,
    /// Of those, the ones that each month's churn rate counts.
    pub churned: i64,
    /// Recurring revenue at the start of each month, added up.
    pub opening: Mrr,
    /// What each month lost with customers who left, as far as rates count it.
    pub lost: Mrr,
}

impl MonthByMonth {
    /// As measures.
    pub fn measures(&self) -> MeasureValues {
        MeasureValues::from_iter([
            (Measure::CustomerMonths, MeasureValue::Count(self.customers)),
            (Measure::CustomerMonthsLost, MeasureValue::Count(self.churned)),
            (Measure::MrrMonths, amount(self.opening)),
            (Measure::MrrMonthsLost, amount(self.lost)),
        ])
    }
}

/// The calendar months that lie wholly in a period. What a part of a month loses says nothing of what a month loses,
/// so it is in no rate of a month.
pub fn whole_months(period: Period) -> Vec<Period> {
    let is_first = |day: Date| day == day.first_of_month();
    months(period).into_iter().filter(|month| is_first(month.from()) && is_first(month.to())).collect()
}

impl History {
    /// Looks at each whole month of a period as far as it has passed. [`Why::NoWholeMonth`] where there is none: in a
    /// running month, a week, a range within a month.
    pub fn month_by_month(&self, period: Period) -> Outcome<MonthByMonth> {
        self.each(&whole_months(period)).into()
    }

    fn each(&self, months: &[Period]) -> Result<MonthByMonth, Why> {
        if months.is_empty() {
            return Err(Why::NoWholeMonth);
        }
        let mut all = MonthByMonth::default();
        for moved in self.movements(months).into_result()? {
            all.opening = all.opening.plus(moved.opening)?;
            all.lost = all.lost.plus(moved.churn)?.minus(moved.outside_rates.churn)?;
        }
        for month in months {
            let of = self.retention(*month).into_result()?;
            all.customers += of.customers;
            all.churned += of.churned;
        }
        Ok(all)
    }
}

/// Net churn by ChartMogul's daily method: Σ (1 − (closing − new) ÷ opening) over the steps, which should be
/// days. Each term is rounded half-even to twelve decimals, as exact fractions of many openings soon have no
/// common denominator. Steps without an opening are left out; not measurable if all are.
pub fn net_mrr_churn_by_step(steps: &[Movements]) -> Outcome<Ratio> {
    const DECIMALS: u32 = 12;
    let mut sum = None;
    for m in steps.iter().filter(|m| m.opening != Mrr::ZERO) {
        let lost = m.closing.minus(m.new).and_then(|kept| m.opening.minus(kept));
        let rate = lost.ok().and_then(|lost| Ratio::new(lost.per_year(), m.opening.per_year()));
        let rounded = rate.and_then(|r| r.round_half_even(DECIMALS));
        let Some(so_far) = rounded.and_then(|r| r.checked_add(sum.unwrap_or(0))) else {
            return Outcome::NotMeasurable(Why::TooLarge);
        };
        sum = Some(so_far);
    }
    Outcome::from_option(sum.and_then(|s| Ratio::new(s, 10i128.pow(DECIMALS))), Why::EmptyBase)
}
