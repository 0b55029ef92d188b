//! Remarks on a target that is well-formed and may still do harm. They warn and never block.

use serde::{Deserialize, Serialize};

use super::{Definition, Partial, gap};
use crate::metric::{Interval, Unit};
use crate::objective::Horizon;
use crate::{Ratio, stats};

/// A remark; the locale files hold the sentence under `lint.<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Remark {
    /// A count or an amount without any guardrail.
    VolumeWithoutQuality,
    /// Revenue without a guardrail on margin or discount.
    RevenueWithoutMargin,
    /// New customers without a guardrail on churn or retention.
    NewCustomersWithoutChurn,
    /// No objective above it.
    NoParent,
    /// The children's sum differs from the parent; negative: too little.
    ChildrenDoNotSum {
        /// Σ children − parent.
        gap: Ratio,
    },
    /// All targets of this person or team are short-term.
    OnlyShortHorizons,
    /// The last result plus a round percentage: whoever does well is asked for more.
    Ratchet {
        /// The whole percentage.
        percent: i64,
    },
    /// One metric weighs more than half of the scorecard.
    OverHalfWeight {
        /// Its weight in percent.
        percent: i64,
    },
    /// With so few facts, reaching it could not be told from luck.
    TooFewToTell {
        /// Facts in a usual period.
        n: i64,
    },
}

impl Remark {
    /// Stable code, the key in the locale files.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::VolumeWithoutQuality => "volume_without_quality",
            Self::RevenueWithoutMargin => "revenue_without_margin",
            Self::NewCustomersWithoutChurn => "new_customers_without_churn",
            Self::NoParent => "no_parent",
            Self::ChildrenDoNotSum { .. } => "children_do_not_sum",
            Self::OnlyShortHorizons => "only_short_horizons",
            Self::Ratchet { .. } => "ratchet",
            Self::OverHalfWeight { .. } => "over_half_weight",
            Self::TooFewToTell { .. } => "too_few_to_tell",
        }
    }
}

/// What surrounds a target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LintContext {
    /// Values of the targets below it; empty if it has none.
    pub children: Vec<Ratio>,
    /// Horizons of the objectives of all targets of this person or team, this one included.
    pub horizons: Vec<Horizon>,
    /// Weights of the other targets on the same scorecard.
    pub other_weights: Vec<u8>,
    /// Weights of other targets on the same metric.
    pub same_metric_weights: Vec<u8>,
    /// The last measured result.
    pub last_result: Option<Ratio>,
    /// Facts in a usual period.
    pub usual_n: Option<i64>,
}

/// Percentages that people add to the last result.
const ROUND: [i64; 12] = [1, 2, 3, 4, 5, 10, 15, 20, 25, 30, 40, 50];

/// All remarks on a target, finished or not.
pub fn lint(target: &Partial, context: &LintContext) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let guarded = |ids: &[&str]| target.guardrails.iter().any(|g| ids.contains(&g.metric.as_str()));
    if let Some(metric) = &target.metric {
        let up = target.direction.is_none_or(|d| d.is_up());
        if up && matches!(metric.unit, Unit::Count | Unit::Money | Unit::MoneyPerDay) && target.guardrails.is_empty() {
            remarks.push(Remark::VolumeWithoutQuality);
        }
        if up && metric.id.ends_with("revenue") && !guarded(&["discount_share", "gross_margin"]) {
            remarks.push(Remark::RevenueWithoutMargin);
        }
        let churn =
            ["customer_churn_rate", "retention_rate", "mrr_churn_rate", "gross_mrr_churn_rate", "sold_retention_90"];
        if metric.id == "new_customers" && !guarded(&churn) {
            remarks.push(Remark::NewCustomersWithoutChurn);
        }
    }
    if target.objective.is_none() && !target.is_personal {
        remarks.push(Remark::NoParent);
    }
    if let Some(value) = target.value
        && !context.children.is_empty()
        && let Some(gap) = gap(value.to_ratio(), &context.children).filter(|g| !g.is_zero())
    {
        remarks.push(Remark::ChildrenDoNotSum { gap });
    }
    if !context.horizons.is_empty() && context.horizons.iter().all(|h| *h == Horizon::Short) {
        remarks.push(Remark::OnlyShortHorizons);
    }
    remarks.extend(ratchet(target, context));
    remarks.extend(weight(target, context));
    remarks.extend(target.metric.as_ref().and_then(|m| too_few(m, target, context)));
    remarks
}

/// Last result + a round percentage, give or take the rounding of the amount.
fn ratchet(target: &Partial, context: &LintContext) -> Option<Remark> {
    let last = context.last_result.filter(|l| l.signum() > 0)?;
    let growth = target.value?.to_ratio().checked_div(last)?.checked_sub(Ratio::ONE)?.to_f64() * 100.0;
    let growth = if target.direction.is_none_or(|d| d.is_up()) { growth } else { -growth };
    let percent = ROUND.into_iter().find(|p| (growth - *p as f64).abs() < 0.05)?;
    Some(Remark::Ratchet { percent })
}

fn weight(target: &Partial, context: &LintContext) -> Option<Remark> {
    let sum = |weights: &[u8]| weights.iter().map(|w| i64::from(*w)).sum::<i64>();
    let own = i64::from(target.weight) + sum(&context.same_metric_weights);
    let all = i64::from(target.weight) + sum(&context.other_weights);
    // A scorecard of one target has nothing to be balanced against yet.
    if context.other_weights.is_empty() || all == 0 || own * 2 <= all {
        return None;
    }
    Some(Remark::OverHalfWeight { percent: own * 100 / all })
}

/// Whether a usual period has too few facts to tell the target from where one is now.
fn too_few(metric: &Definition, target: &Partial, context: &LintContext) -> Option<Remark> {
    let value = target.value?.to_ratio().to_f64();
    let base = context.last_result.or(target.baseline.map(|b| b.to_ratio()))?.to_f64();
    if metric.unit == Unit::Count {
        // Counts wobble by the square root of themselves (Poisson).
        let lucky = (value - base).powi(2) < 3.84 * base.max(1.0) && (value - base).abs() > f64::EPSILON;
        return lucky.then_some(Remark::TooFewToTell { n: base.round() as i64 });
    }
    let n = context.usual_n?;
    if metric.interval != Interval::Wilson {
        return None;
    }
    let (low, high) = stats::wilson95(((base * n as f64).round() as i64).clamp(0, n), n)?;
    let different = (value - base).abs() > f64::EPSILON;
    (different && low <= value && value <= high).then_some(Remark::TooFewToTell { n })
}
