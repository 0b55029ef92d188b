//! Whether two figures differ by more than chance, and how that is said.

use app::scorecard::api::Change;
use app::ui::Verdict;
use domain::metric::{Better, Interval, OverTime};
use domain::stats::{self, Added};
use domain::{Answer, Figure, Outcome, Period, Ratio, Unit, format};

use super::context::Context;
use super::face::Face;

/// Whether two answers of periods of the same length differ by more than chance, or than the metric ordinarily does from
/// month to month; not where nothing tells.
fn differs(
    (interval, unit, over_time): (Interval, Unit, OverTime),
    now: &Answer,
    before: &Answer,
    period: Period,
    months: &[f64],
) -> bool {
    let (Outcome::Value(a), Outcome::Value(b)) = (now.value, before.value) else { return false };
    let (a, b) = (a.to_f64(), b.to_f64());
    if interval == Interval::Wilson {
        let rates = now.rate().zip(before.rate());
        return rates.and_then(|(now, before)| stats::distinguishable(now, before)).unwrap_or(false);
    }
    if unit == Unit::Count && over_time == OverTime::Sum {
        return stats::counts_distinguishable(a, b).unwrap_or(false);
    }
    let added = match over_time {
        OverTime::Sum => Added::Summed,
        OverTime::LastOfPeriod => Added::RunsOn,
        OverTime::RecomputeFromParts => Added::Averaged,
    };
    let steps = f64::from(period.days()) / DAYS_OF_MONTH;
    stats::xmr(months).is_some_and(|limits| limits.is_unusual_change(a - b, steps, added))
}

/// Mean length of a month.
const DAYS_OF_MONTH: f64 = 365.25 / 12.0;

/// The change of a KPI since the period before. No value on either side: none, or the reason in words. `months` are its
/// values in whole months, by which ordinary wobble is told from news.
pub(super) fn change(
    c: &Context<'_>,
    face: &Face,
    now: &Answer,
    before: Option<(&Answer, Period)>,
    months: &[f64],
) -> Option<Change> {
    let (Outcome::Value(a), (before, period)) = (now.value, before?) else { return None };
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
    let differs = differs((face.interval, face.unit, face.over_time), now, before, period, months);
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
    use domain::metric::{MeasureValue, MeasureValues, catalogue, evaluate};
    use domain::{Measure, Period};

    use super::*;

    fn differ(id: &str, now: &[(Measure, i64)], before: &[(Measure, i64)], period: Period, months: &[f64]) -> bool {
        let metric = catalogue::find(id).unwrap();
        let answer = |given: &[(Measure, i64)]| {
            let value = |(m, n): &(Measure, i64)| match m.unit() {
                Unit::Money => (*m, MeasureValue::Money(i128::from(*n) * 1_000_000)),
                _ => (*m, MeasureValue::Count(*n)),
            };
            evaluate(metric, &given.iter().map(value).collect::<MeasureValues>())
        };
        let of = (metric.interval, metric.unit, metric.roll_up.time);
        differs(of, &answer(now), &answer(before), period, months)
    }

    #[test]
    fn small_samples_cannot_be_told_apart_and_large_ones_can() {
        let month = Period::month(2025, 3).unwrap();
        let rates = |k: i64, n: i64| [(Measure::DealsWon, k), (Measure::DealsLost, n - k)];
        assert!(!differ("win_rate", &rates(7, 10), &rates(5, 10), month, &[]));
        assert!(differ("win_rate", &rates(700, 1000), &rates(500, 1000), month, &[]));
        assert!(!differ("deals_won", &rates(12, 12), &rates(8, 8), month, &[]));
        assert!(differ("deals_won", &rates(60, 60), &rates(30, 30), month, &[]));
    }

    /// From the series the limits of which are published: neighbours differ by up to 9.81.
    #[test]
    fn money_differs_only_beyond_its_ordinary_wobble() {
        let months = [10.0, 12.0, 11.0, 14.0, 9.0, 13.0];
        let (month, quarter) =
            (Period::month(2025, 3).unwrap(), Period::new(day("2025-01-01"), day("2025-04-01")).unwrap());
        let revenue = |now, before, period, months: &[f64]| {
            differ("revenue", &[(Measure::AmountWon, now)], &[(Measure::AmountWon, before)], period, months)
        };
        assert!(!revenue(14, 9, month, &months), "an ordinary step is no news");
        assert!(revenue(24, 9, month, &months));
        assert!(!revenue(51, 36, quarter, &months), "three months wobble more than one");
        assert!(revenue(56, 36, quarter, &months));
        assert!(!revenue(1_000, 1, month, &months[..2]), "too short a history tells nothing");
        let value = |amount| [(Measure::AmountWon, amount), (Measure::DealsWon, 1)];
        assert!(!differ("avg_deal_value", &value(14), &value(9), quarter, &months));
        assert!(differ("avg_deal_value", &value(16), &value(9), quarter, &months), "a mean of three wobbles less");
    }

    fn day(text: &str) -> domain::Date {
        text.parse().unwrap()
    }
}
