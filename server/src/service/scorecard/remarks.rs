//! What must be said beside a figure so that it is not misread.

use domain::metric::Metric;
use domain::{Measure, Ratio, format, stats};

use super::context::Context;
use super::largest::Largest;
use crate::kpi::{Point, needed};

fn count_of(all: &[&'static Metric], point: &Point, id: &str) -> i64 {
    let at = all.iter().position(|m| m.id == id).and_then(|i| point.answers.get(i));
    at.and_then(|a| a.n).unwrap_or(0)
}

/// Remarks of one figure; `all` are the metrics that `point` answers.
pub(super) fn of(
    c: &Context<'_>,
    metric: &Metric,
    all: &[&'static Metric],
    point: &Point,
    largest: Option<&Largest>,
) -> Vec<String> {
    let mut said = Vec::new();
    match metric.id {
        "win_rate" => {
            for id in ["deals_open", "deals_disqualified"] {
                let n = count_of(all, point, id);
                if n > 0 {
                    said.push(c.words.tn(&format!("said.left_out.{id}"), n, &[]));
                }
            }
        }
        "discount_share" => {
            let n = count_of(all, point, "deals_given_away");
            if n > 0 {
                said.push(c.words.tn("said.left_out.deals_given_away", n, &[]));
            }
        }
        "revenue" | "deals_revenue" if needed(c.frame.revenue, metric).contains(&Measure::AmountWon) => {
            let total =
                all.iter().position(|m| m.id == metric.id).and_then(|i| point.answers.get(i)?.value.into_value());
            if let (Some(largest), Some(total)) = (largest, total) {
                said.extend(large(c, largest, total.exact));
            }
        }
        _ => {}
    }
    if point.split && metric.unit == domain::Unit::Count {
        said.push(c.words.t("said.split"));
    }
    said
}

fn large(c: &Context<'_>, largest: &Largest, total: Ratio) -> Option<String> {
    let share = stats::share_of_largest(largest.amount, total)?;
    let args: [(&str, &dyn std::fmt::Display); 2] =
        [("deal", &largest.name), ("share", &format::percent(c.locale(), share, 0))];
    // Of a single deal everybody sees that it is the whole.
    (stats::is_concentrated(share) && largest.of > 1).then(|| c.words.tf("said.large", &args))
}
