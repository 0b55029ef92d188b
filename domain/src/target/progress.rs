//! How a target goes, in one word and one reason.

use serde::{Deserialize, Serialize};

use super::{
    Definition, Direction, Forecast, Judgement, Reason, Target, TargetPart, attainment, expected_share_of_part,
    forecast_rate, forecast_total, prorate_to,
};
use crate::metric::Answer;
use crate::{Calendar, Date, Outcome, Period, Ratio, Why};

/// A guardrail with the counter-metric's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GuardrailReading {
    /// On which side of the limit it must stay.
    pub direction: Direction,
    /// The limit.
    pub limit: Ratio,
    /// The counter-metric now; not measurable is not broken.
    pub actual: Outcome<Ratio>,
}

impl GuardrailReading {
    /// Whether the limit is broken; a value at the limit is not.
    pub fn is_broken(&self) -> bool {
        matches!(self.actual, Outcome::Value(a) if !self.direction.is_met(a, self.limit))
    }
}

/// Everything that a verdict is made of.
#[derive(Clone, Debug)]
pub struct ProgressInput<'a> {
    /// The target.
    pub target: &'a Target,
    /// Its metric's definition.
    pub metric: &'a Definition,
    /// The metric over the part of the period that has passed.
    pub answer: &'a Answer,
    /// The part of the target's period in which the person is there: who joins or leaves owes a part of what grows.
    /// Elsewhere the period itself.
    pub there: Period,
    /// The day of asking.
    pub today: Date,
    /// The organisation's calendar.
    pub calendar: &'a Calendar,
    /// Parts by hand, or last year's months.
    pub parts: &'a [TargetPart],
    /// Values of past periods of the same length, for the band.
    pub past: &'a [f64],
    /// Guardrails with their readings.
    pub guardrails: &'a [GuardrailReading],
    /// Fewest facts on which a rate or mean is judged.
    pub min_n: i64,
}

/// How a target goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// The verdict.
    pub judgement: Judgement,
    /// Why.
    pub reason: Reason,
    /// What is to be reached: the target's value, of what grows for the part of the period that the person is there.
    pub target: Ratio,
    /// The value so far.
    pub actual: Outcome<Ratio>,
    /// Expected by now; of rates, means and balances the target itself.
    pub expected: Option<Ratio>,
    /// Share of the period that is behind us, by the target's distribution.
    pub share_elapsed: Option<Ratio>,
    /// Actual ÷ target.
    pub attainment: Outcome<Ratio>,
    /// The end of the period if it goes on so.
    pub forecast: Option<Forecast>,
    /// Whether a guardrail is broken.
    pub guardrail_broken: bool,
}

/// Judges a target on a day.
pub fn progress(input: &ProgressInput<'_>) -> Progress {
    let (period, whole) = (input.target.period, input.target.exact_value());
    let actual = input.answer.value.as_ref().map(|f| f.exact);
    let grows = input.metric.grows;
    // A rate, mean or balance does not shrink with the time that somebody is there.
    let there = if grows { input.there } else { period };
    let target = prorate_to(whole, period, there).unwrap_or(whole);
    let distribution = input.target.distribution;
    let share = expected_share_of_part(distribution, period, there, input.today, input.calendar, input.parts);
    // Past periods were whole ones.
    let scale = f64::from(there.days()) / f64::from(period.days());
    let past: Vec<f64> = input.past.iter().map(|value| value * scale).collect();
    let expected = if grows { share.and_then(|s| target.checked_mul(s)) } else { Some(target) };
    let forecast = match actual {
        Outcome::Value(a) if grows => share.and_then(|s| forecast_total(a, s, &past)),
        Outcome::Value(a) => Some(forecast_rate(a, input.answer.interval95)),
        Outcome::NotMeasurable(_) => None,
    };
    let broken = input.guardrails.iter().any(GuardrailReading::is_broken);
    let (judgement, reason) = judge(input, there, target, expected, forecast.as_ref());
    let (judgement, reason) = match judgement {
        Judgement::Reached if broken => (Judgement::ReachedGuardrailBroken, Reason::GuardrailBroken),
        Judgement::OnTrack if broken => (Judgement::AtRisk, Reason::GuardrailBroken),
        other => (other, reason),
    };
    Progress {
        judgement,
        reason,
        target,
        actual,
        expected,
        share_elapsed: share,
        attainment: actual.and_then(|a| attainment(input.target.direction, a, target)),
        forecast,
        guardrail_broken: broken,
    }
}

fn judge(
    input: &ProgressInput<'_>,
    there: Period,
    target: Ratio,
    expected: Option<Ratio>,
    forecast: Option<&Forecast>,
) -> (Judgement, Reason) {
    let (period, direction) = (input.target.period, input.target.direction);
    if input.today < there.from() {
        return (Judgement::NotStarted, Reason::PeriodAhead);
    }
    let actual = match input.answer.value.as_ref().map(|f| f.exact) {
        Outcome::Value(a) => a,
        Outcome::NotMeasurable(Why::NotStarted) => return (Judgement::NotStarted, Reason::PeriodAhead),
        Outcome::NotMeasurable(_) => return (Judgement::NotMeasurable, Reason::NoFigure),
    };
    let met = direction.is_met(actual, target);
    if input.today >= period.to() {
        return if met { (Judgement::Reached, Reason::ValueMet) } else { (Judgement::Missed, Reason::PeriodEnded) };
    }
    if !input.metric.grows {
        let few = input.answer.n.is_some_and(|n| n < input.min_n);
        return if few {
            (Judgement::TooFew, Reason::FewFacts)
        } else {
            judge_level(direction, actual, target, input.answer)
        };
    }
    match (direction.is_up(), met) {
        (true, true) => (Judgement::Reached, Reason::ValueMet),
        (false, false) => (Judgement::OffTrack, Reason::LimitPassed),
        (true, false) | (false, true) => judge_pace(direction, actual, target, expected, forecast),
    }
}

/// A value that stands by itself: on which side of the target, and by more than noise?
fn judge_level(direction: Direction, actual: Ratio, target: Ratio, answer: &Answer) -> (Judgement, Reason) {
    let t = target.to_f64();
    let good = direction.is_met(actual, target);
    let within = match answer.interval95 {
        Some((low, high)) => low <= t && t <= high,
        // Without an interval: within a tenth of the target.
        None => (actual.to_f64() - t).abs() <= t.abs() / 10.0,
    };
    match (good, within) {
        (true, false) => (Judgement::OnTrack, Reason::ClearlyGood),
        (true, true) => (Judgement::OnTrack, Reason::GoodWithinNoise),
        (false, true) => (Judgement::AtRisk, Reason::BadWithinNoise),
        (false, false) => (Judgement::OffTrack, Reason::ClearlyBad),
    }
}

/// A value that grows: against the pace line, and can it still end well?
fn judge_pace(
    direction: Direction,
    actual: Ratio,
    target: Ratio,
    expected: Option<Ratio>,
    forecast: Option<&Forecast>,
) -> (Judgement, Reason) {
    let Some(expected) = expected else {
        return (Judgement::NotMeasurable, Reason::NoFigure);
    };
    if direction.is_met(actual, expected) {
        return (Judgement::OnTrack, Reason::AheadOfPace);
    }
    let t = target.to_f64();
    let ends_well = |value: f64| if direction.is_up() { value >= t } else { value <= t };
    if let Some((low, high)) = forecast.and_then(|f| f.band)
        && ends_well(if direction.is_up() { high } else { low })
    {
        return (Judgement::AtRisk, Reason::BehindPaceWithinBand);
    }
    let tenth = Ratio::new(1, 10).and_then(|t| expected.checked_mul(t)).unwrap_or(Ratio::ZERO);
    let slack = if direction.is_up() { expected.checked_sub(tenth) } else { expected.checked_add(tenth) };
    match slack {
        Some(line) if direction.is_met(actual, line) => (Judgement::AtRisk, Reason::SlightlyBehindPace),
        _ => (Judgement::OffTrack, Reason::BehindPace),
    }
}
