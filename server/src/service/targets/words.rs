//! A target and its verdict in the reader's words.

use app::targets::data::{GuardrailView, Standing as StandingView, TargetLine};
use app::ui::{BulletData, State};
use domain::metric::{Figure, Unit};
use domain::target::{Definition, Direction, Judgement, Reason, Status, Who};
use domain::{Micros, Ratio, TargetId, format};

use super::rights::who_name;
use super::standing::{Going, Standing};
use crate::service::desk::Desk;

/// A value that somebody set, as text: never rounded, money without cents where there are none.
pub(super) fn value(desk: &Desk, metric: Option<&Definition>, micros: Micros) -> String {
    let set = Figure::new(micros.to_ratio(), metric.map_or(Unit::Number, |m| m.unit));
    if set.exact.denominator() == 1 {
        desk.figure(&set)
    } else {
        format::figure(desk.locale(), &set, desk.frame.currency)
    }
}

/// An exact number in a metric's unit, as text; a part of a count with its decimals.
pub(super) fn exact(desk: &Desk, metric: Option<&Definition>, exact: Ratio) -> String {
    let unit = metric.map_or(Unit::Number, |m| m.unit);
    let unit = if unit == Unit::Count && exact.denominator() != 1 { Unit::Number } else { unit };
    desk.figure(&Figure::new(exact, unit))
}

/// An estimate in a metric's unit, as text: counts without decimals, rates whole percents.
pub(super) fn estimate(desk: &Desk, metric: &Definition, number: f64) -> String {
    let places: u32 = match metric.unit {
        Unit::Ratio => 2,
        Unit::Days | Unit::Number => 1,
        Unit::Money | Unit::MoneyPerDay | Unit::Count => 0,
    };
    let scale = 10_i128.pow(places);
    #[expect(clippy::cast_possible_truncation, reason = "an estimate for display")]
    let whole = (number * scale as f64).round() as i128;
    let rounded = Ratio::new(whole, scale).unwrap_or(Ratio::ZERO);
    match metric.unit {
        Unit::Ratio => format::percent(desk.locale(), rounded, 0),
        Unit::Money | Unit::MoneyPerDay => {
            let text = format::money(desk.locale(), rounded, desk.frame.currency);
            let cents = format!("{}00", desk.locale().decimal_sign());
            text.strip_suffix(cents.as_str()).map_or(text.clone(), str::to_owned)
        }
        Unit::Count | Unit::Days | Unit::Number => desk.figure(&Figure::new(rounded, metric.unit)),
    }
}

/// `≥ 60 %`.
pub(super) fn asked(desk: &Desk, metric: Option<&Definition>, direction: Direction, micros: Micros) -> String {
    let sign = if direction.is_up() { "≥" } else { "≤" };
    format!("{sign}\u{a0}{}", value(desk, metric, micros))
}

/// The shape and word of a verdict.
fn state(judgement: Judgement) -> State {
    match judgement {
        Judgement::NotStarted => State::NotStarted,
        Judgement::OnTrack => State::OnTrack,
        Judgement::AtRisk => State::AtRisk,
        Judgement::OffTrack => State::OffTrack,
        Judgement::Reached => State::Reached,
        Judgement::ReachedGuardrailBroken => State::GuardrailBroken,
        Judgement::Missed => State::Missed,
        Judgement::NotMeasurable => State::NotMeasurable,
        Judgement::TooFew => State::TooFew,
    }
}

/// Why the verdict is what it is, as a sentence.
fn because(desk: &Desk, standing: &Standing, going: &Going) -> String {
    let key = format!("targets.judge.{}", going.progress.reason.code());
    let t = &desk.texts;
    match going.progress.reason {
        Reason::PeriodAhead => {
            let day = format::date(desk.locale(), standing.stored.target.period.from());
            t.tf(&key, &[("day", &day)])
        }
        Reason::GuardrailBroken => {
            let name = going.guardrail.as_ref().map(|(m, ..)| desk.metric_name(&m.id)).unwrap_or_default();
            let running = if going.progress.judgement == Judgement::AtRisk { "_running" } else { "" };
            t.tf(&format!("{key}{running}"), &[("guardrail", &name)])
        }
        Reason::NoFigure => t.tf(&key, &[("why", &desk.answer(&going.answer))]),
        Reason::FewFacts => t.tf(&key, &[("n", &going.answer.n.unwrap_or(0))]),
        _ => t.t(&key),
    }
}

/// How a target goes, for the screen.
fn view(desk: &Desk, standing: &Standing, going: &Going) -> StandingView {
    let (target, progress, metric) = (&standing.stored.target, &going.progress, &going.metric);
    let locale = desk.locale();
    let actual = progress.actual.into_value();
    let grows = metric.grows;
    let runs = target.period.contains(desk.caller.today);
    let forecast = progress.forecast.filter(|_| runs && grows).map(|f| {
        let value = estimate(desk, metric, f.value);
        match f.band {
            Some((low, high)) => {
                format!("{value} ({}–{})", estimate(desk, metric, low), estimate(desk, metric, high))
            }
            None => value,
        }
    });
    let expected = progress.expected.filter(|_| runs && grows);
    let guardrail = going.guardrail.as_ref().zip(target.guardrails.first()).map(|((m, answer, broken), g)| {
        let state = match (answer.value.is_measured(), broken) {
            (false, _) => State::NotMeasurable,
            (true, true) => State::LimitBroken,
            (true, false) => State::LimitKept,
        };
        GuardrailView {
            name: desk.metric_name(&m.id),
            actual: desk.answer(answer),
            limit: asked(desk, Some(m), g.direction, g.limit),
            state,
        }
    });
    let bullet = BulletData {
        actual: actual.map(Ratio::to_f64),
        target: progress.target.to_f64(),
        pace: expected.map(Ratio::to_f64),
        stretch: target.stretch.map(|s| s.to_ratio().to_f64()),
        forecast: progress.forecast.and_then(|f| f.band).filter(|_| runs),
        label: String::new(),
    };
    let mut view = StandingView {
        state: state(progress.judgement),
        sentence: because(desk, standing, going),
        actual: desk.answer(&going.answer),
        // Of a count, n is the figure itself.
        n: going.answer.n.filter(|_| metric.unit != Unit::Count).map(|n| format::count(locale, n)),
        interval: going.answer.interval95.map(|(low, high)| format::interval_of(locale, low, high, 0)),
        prorated: (progress.target != target.exact_value()).then(|| exact(desk, Some(metric), progress.target)),
        expected: expected.map(|e| estimate(desk, metric, e.to_f64())),
        forecast,
        bullet,
        guardrail,
    };
    let asked = asked(desk, Some(metric), target.direction, target.value);
    view.bullet.label =
        desk.texts.tf("targets.bullet", &[("value", &asked), ("figures", &app::targets::figures(desk.texts, &view))]);
    view
}

/// One target in one line. `waits` says whether it waits for the reader.
pub(super) fn line(desk: &Desk, standing: &Standing, waits: bool) -> TargetLine {
    let (row, target) = (&standing.stored.row, &standing.stored.target);
    let definition = desk.definition(&target.metric);
    let metric = definition.as_ref();
    let (person, team) = match target.who {
        Who::Organisation => (None, None),
        Who::Team(team) => (None, Some(team)),
        Who::Person(person) => (Some(person), None),
    };
    let shown = !matches!(standing.status, Status::Draft | Status::Cancelled);
    TargetLine {
        id: TargetId::new(row.id),
        metric: target.metric.clone(),
        metric_name: desk.metric_name(&target.metric),
        who: who_name(desk, target.who),
        person,
        team,
        period: target.period.name(&desk.frame.calendar),
        period_label: desk.period_label(target.period),
        status: standing.status.code().to_owned(),
        is_personal: target.is_personal,
        weight: row.weight,
        value: asked(desk, metric, target.direction, target.value),
        standing: standing.progress.as_ref().filter(|_| shown).map(|going| view(desk, standing, going)),
        exact_value: target.value.to_string(),
        exact_actual: standing
            .progress
            .as_ref()
            .filter(|_| shown)
            .and_then(|going| going.answer.value.into_value()?.to_plain(desk.frame.currency.digits())),
        waits_for_reader: waits,
    }
}
