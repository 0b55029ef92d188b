//! Whether two figures differ by more than chance, and how that is said.

use app::scorecard::api::Change;
use app::ui::Verdict;
use domain::metric::{Better, Interval};
use domain::{Answer, Figure, Outcome, Ratio, Unit, format};

use super::context::Context;
use super::face::Face;

/// The two-sided 95 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Whether two shares can be told apart: Newcombe's interval of their difference, made of both Wilson
/// intervals, does not hold 0.
pub(super) fn shares_differ(a: (f64, (f64, f64)), b: (f64, (f64, f64))) -> bool {
    let ((p, (p_low, p_high)), (q, (q_low, q_high))) = (a, b);
    let low = p - q - ((p - p_low).powi(2) + (q_high - q).powi(2)).sqrt();
    let high = p - q + ((p_high - p).powi(2) + (q - q_low).powi(2)).sqrt();
    low > 0.0 || high < 0.0
}

/// Whether two counts of equally long periods can be told apart.
fn counts_differ(a: f64, b: f64) -> bool {
    (a - b).abs() > Z * (a + b).sqrt()
}

fn share(answer: &Answer) -> Option<(f64, (f64, f64))> {
    Some((answer.value.value()?.to_f64(), answer.interval95?))
}

/// The change of a KPI since the period before. No value on either side: none, or the reason in words.
pub(super) fn change(c: &Context<'_>, face: &Face, now: &Answer, before: Option<&Answer>) -> Option<Change> {
    let (Outcome::Value(a), before) = (now.value, before?) else { return None };
    let words = c.words;
    let Outcome::Value(b) = before.value else {
        return Some(Change {
            text: words.t("said.change.nothing_before"),
            verdict: Verdict::Unclear,
            before: String::new(),
        });
    };
    let was = words.tf("said.change.was", &[("value", &format::figure_in_table(c.locale(), &b, c.currency()))]);
    let difference = a.exact.checked_sub(b.exact)?;
    if difference.is_zero() {
        return Some(Change { text: words.t("said.change.same"), verdict: Verdict::Same, before: was });
    }
    let Some(text) = size(c, a, b, difference) else {
        return Some(Change { text: words.t("said.change.from_zero"), verdict: Verdict::Unclear, before: was });
    };
    // Of a count the facts it rests on are the count itself: the larger of both decides.
    let n = match a.unit {
        Unit::Count => now.n.max(before.n),
        _ => now.n.min(before.n),
    };
    if n.is_some_and(|n| n < c.frame.min_n) {
        let text = words.tf("said.change.too_few", &[("n", &n.unwrap_or(0))]);
        return Some(Change { text, verdict: Verdict::Unclear, before: was });
    }
    let differs = match (face.interval, a.unit) {
        (Interval::Wilson, _) => share(now).zip(share(before)).is_none_or(|(a, b)| shares_differ(a, b)),
        (Interval::None, Unit::Count) => counts_differ(a.to_f64(), b.to_f64()),
        (Interval::None, _) => true,
    };
    let verdict = match (differs, face.better, difference.signum() > 0) {
        (false, ..) => Verdict::Unclear,
        (true, Better::Up, true) | (true, Better::Down, false) => Verdict::Better,
        (true, Better::Up, false) | (true, Better::Down, true) => Verdict::Worse,
        (true, Better::Neither, _) => Verdict::Same,
    };
    let text = if differs { text } else { words.tf("said.change.unclear", &[("change", &text)]) };
    Some(Change { text, verdict, before: was })
}

/// How large a change is: points of a rate, percent of everything else; none from zero or below.
fn size(c: &Context<'_>, now: Figure, before: Figure, difference: Ratio) -> Option<String> {
    if now.unit.is_rate() {
        return Some(format::points(c.locale(), difference, 1));
    }
    if before.exact.signum() <= 0 {
        return None;
    }
    let share = difference.checked_div(before.exact)?;
    Some(format::signed(share, format::percent(c.locale(), share, 0)))
}

#[cfg(test)]
mod tests {
    use domain::stats::wilson95;

    use super::*;

    fn rate(k: i64, n: i64) -> (f64, (f64, f64)) {
        (k as f64 / n as f64, wilson95(k, n).unwrap())
    }

    #[test]
    fn small_samples_cannot_be_told_apart_and_large_ones_can() {
        assert!(!shares_differ(rate(7, 10), rate(5, 10)));
        assert!(shares_differ(rate(700, 1000), rate(500, 1000)));
        // Newcombe's own example: 56 of 70 against 48 of 80 gives 0.0524 to 0.3339.
        assert!(shares_differ(rate(56, 70), rate(48, 80)));
    }

    #[test]
    fn counts_differ_only_beyond_their_own_scatter() {
        assert!(!counts_differ(12.0, 8.0));
        assert!(counts_differ(60.0, 30.0));
    }
}
