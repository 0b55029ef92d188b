//! Rates of recurring revenue (F4.1 of the field study). Exact; an empty base is not measurable.

use super::{Movements, Mrr, Retention};
use crate::{Outcome, Ratio, Why};

/// Which arrivals the quick ratio counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuickRatio {
    /// New, expansion and reactivation.
    WithReactivation,
    /// New and expansion, as at Baremetrics.
    WithoutReactivation,
}

fn over(above: Result<Mrr, Why>, below: Mrr) -> Outcome<Ratio> {
    if below == Mrr::ZERO {
        return Outcome::NotMeasurable(Why::EmptyBase);
    }
    Outcome::from(above).and_then(|a| Outcome::from_option(Ratio::new(a.per_year(), below.per_year()), Why::TooLarge))
}

/// a ÷ b; nothing below the line is an empty base.
fn quotient(a: Ratio, b: Ratio) -> Outcome<Ratio> {
    if b.is_zero() {
        return Outcome::NotMeasurable(Why::EmptyBase);
    }
    Outcome::from_option(a.checked_div(b), Why::TooLarge)
}

fn count(n: i64, of: i64) -> Outcome<Ratio> {
    quotient(Ratio::from(n), Ratio::from(of))
}

impl Movements {
    fn churn_in_rates(&self) -> Result<Mrr, Why> {
        self.churn.minus(self.outside_rates.churn)
    }

    fn expansion_in_rates(&self) -> Result<Mrr, Why> {
        self.expansion.minus(self.outside_rates.expansion)
    }

    fn reactivation_in_rates(&self) -> Result<Mrr, Why> {
        self.reactivation.minus(self.outside_rates.reactivation)
    }

    fn gross_loss(&self) -> Result<Mrr, Why> {
        self.churn_in_rates()?.plus(self.contraction)?.minus(self.outside_rates.contraction)
    }

    /// Closing amount per month, in units of the currency.
    pub fn mrr(&self) -> Ratio {
        self.closing.to_ratio()
    }

    /// Closing amount per year, in units of the currency.
    pub fn arr(&self) -> Outcome<Ratio> {
        Outcome::from_option(self.mrr().checked_mul(Ratio::int(12)), Why::TooLarge)
    }

    /// Churn ÷ opening.
    pub fn mrr_churn_rate(&self) -> Outcome<Ratio> {
        over(self.churn_in_rates(), self.opening)
    }

    /// (Churn + contraction) ÷ opening.
    pub fn gross_mrr_churn_rate(&self) -> Outcome<Ratio> {
        over(self.gross_loss(), self.opening)
    }

    /// (Churn + contraction − expansion − reactivation) ÷ opening; below zero when the base grows by itself.
    pub fn net_mrr_churn_rate(&self) -> Outcome<Ratio> {
        let net =
            self.gross_loss().and_then(|l| l.minus(self.expansion_in_rates()?)?.minus(self.reactivation_in_rates()?));
        over(net, self.opening)
    }

    /// (Opening + expansion − contraction − churn) ÷ opening. Reactivation is not in it.
    pub fn nrr_monthly(&self) -> Outcome<Ratio> {
        over(self.gross_loss().and_then(|l| self.opening.plus(self.expansion_in_rates()?)?.minus(l)), self.opening)
    }

    /// (Opening − contraction − churn) ÷ opening: gross retention by movements. [`Retention::grr`] is the one
    /// by balances; over one step without changes in between they agree.
    pub fn grr_monthly(&self) -> Outcome<Ratio> {
        over(self.gross_loss().and_then(|l| self.opening.minus(l)), self.opening)
    }

    /// Average revenue per account: closing amount per month ÷ closing customers.
    pub fn arpa(&self) -> Outcome<Ratio> {
        quotient(self.mrr(), Ratio::from(self.customers.closing))
    }

    /// Arrivals ÷ (contraction + churn). Without losses it is not measurable, not infinite.
    pub fn quick_ratio(&self, variant: QuickRatio) -> Outcome<Ratio> {
        let arrivals = self.new.plus(self.expansion).and_then(|a| match variant {
            QuickRatio::WithReactivation => a.plus(self.reactivation),
            QuickRatio::WithoutReactivation => Ok(a),
        });
        Outcome::from(self.contraction.plus(self.churn)).and_then(|losses| over(arrivals, losses))
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
        let Outcome::Value(rate) = over(lost, m.opening) else { return Outcome::NotMeasurable(Why::TooLarge) };
        let rounded = rate.round_half_even(DECIMALS);
        let Some(so_far) = rounded.and_then(|r| r.checked_add(sum.unwrap_or(0))) else {
            return Outcome::NotMeasurable(Why::TooLarge);
        };
        sum = Some(so_far);
    }
    Outcome::from_option(sum.and_then(|s| Ratio::new(s, 10i128.pow(DECIMALS))), Why::EmptyBase)
}

impl Retention {
    /// Customers lost ÷ customers at the start.
    pub fn customer_churn_rate(&self) -> Outcome<Ratio> {
        count(self.churned, self.customers)
    }

    /// 1 − customer churn rate.
    pub fn retention_rate(&self) -> Outcome<Ratio> {
        self.customer_churn_rate().and_then(|r| Outcome::from_option(Ratio::ONE.checked_sub(r), Why::TooLarge))
    }

    /// Net revenue retention of the cohort: Σ now ÷ Σ then of the same customers.
    pub fn nrr(&self) -> Outcome<Ratio> {
        over(Ok(self.now), self.base)
    }

    /// Gross revenue retention of the cohort: Σ min(now, then) ÷ Σ then; never above 1.
    pub fn grr(&self) -> Outcome<Ratio> {
        over(Ok(self.kept), self.base)
    }
}

/// Lifetime value: revenue per account and month ÷ monthly customer churn rate. Nobody leaves: not
/// measurable, no hidden default.
pub fn ltv(arpa: Ratio, customer_churn_rate: Ratio) -> Outcome<Ratio> {
    quotient(arpa, customer_churn_rate)
}

/// Lifetime value with margin: revenue per account × gross margin ÷ monthly revenue churn rate.
pub fn ltv_with_margin(arpa: Ratio, gross_margin: Ratio, mrr_churn_rate: Ratio) -> Outcome<Ratio> {
    Outcome::from_option(arpa.checked_mul(gross_margin), Why::TooLarge).and_then(|a| quotient(a, mrr_churn_rate))
}

/// Cost to acquire a customer: (marketing spend + cost of sales) ÷ new customers.
pub fn cac(spend: Ratio, sales_cost: Ratio, new_customers: i64) -> Outcome<Ratio> {
    Outcome::from_option(spend.checked_add(sales_cost), Why::TooLarge)
        .and_then(|cost| quotient(cost, Ratio::from(new_customers)))
}

/// Lifetime value ÷ cost to acquire.
pub fn ltv_cac(ltv: Ratio, cac: Ratio) -> Outcome<Ratio> {
    quotient(ltv, cac)
}

/// Months of revenue per account that pay the cost to acquire one.
pub fn cac_payback(cac: Ratio, arpa: Ratio) -> Outcome<Ratio> {
    quotient(cac, arpa)
}
