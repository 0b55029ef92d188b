//! What must be said beside a figure so that it is not misread.

use domain::{Ratio, Unit, format, stats};

use super::context::Context;
use super::face::is_of_deals_won;
use super::largest::Largest;
use crate::kpi::{Kpi, Point};

fn count_of(all: &[Kpi], point: &Point, id: &str) -> i64 {
    let at = all.iter().position(|kpi| kpi.id() == id).and_then(|i| point.answers.get(i));
    at.and_then(|a| a.n).unwrap_or(0)
}

/// Remarks of one figure; `all` are the KPIs that `point` answers.
pub(super) fn of(c: &Context<'_>, kpi: &Kpi, all: &[Kpi], point: &Point, largest: Option<&Largest>) -> Vec<String> {
    let mut said = Vec::new();
    match kpi.id() {
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
        _ if is_of_deals_won(c, kpi) => {
            let total =
                all.iter().position(|other| other == kpi).and_then(|i| point.answers.get(i)?.value.into_value());
            if let (Some(largest), Some(total)) = (largest, total) {
                said.extend(large(c, largest, total.exact));
            }
        }
        _ => {}
    }
    if point.split && matches!(kpi, Kpi::Catalogue(metric) if metric.unit == Unit::Count) {
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
