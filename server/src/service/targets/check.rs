//! The SMART check, the linter and the history in the reader's words.

use app::targets::data::{Check, History, HistoryPoint, Letter as LetterView};
use domain::metric::Unit;
use domain::target::{Achievability, Definition, Direction, Letter, LintContext, Partial, Remark, Who, check, lint};
use domain::{Answer, Date, Grain, Period, Ratio, format};

use super::past::Known;
use super::rights::who_name;
use super::words;
use crate::service::desk::Desk;

/// What the check is made from.
#[derive(Debug)]
pub(super) struct Subject<'a> {
    /// What could be read of the form.
    pub partial: &'a Partial,
    /// The own history, if metric, who and period are known.
    pub known: Option<&'a Known>,
    /// What surrounds it.
    pub context: &'a LintContext,
    /// Title of the objective.
    pub objective: Option<&'a str>,
    /// Sum of the parts by hand.
    pub distributed: Option<Ratio>,
}

/// Everything beside the form; the errors are added by who read the fields.
pub(super) fn view(desk: &Desk, subject: &Subject<'_>) -> Check {
    let today = desk.caller.today;
    let nothing =
        domain::target::Evidence { history: Vec::new(), today, data_as_of: None, member_from: None, member_to: None };
    let evidence = subject.known.map_or(&nothing, |k| &k.evidence);
    let letters = check(subject.partial, evidence).map(|result| {
        let mut sentences = said(desk, subject, result.letter);
        // Without metric, person or period nothing can be known of data and history: one lack is enough.
        let unknown = subject.known.is_none();
        sentences.extend(
            result
                .missing
                .iter()
                .map(|m| m.code())
                .filter(|code| !(unknown && matches!(*code, "baseline" | "data" | "fresh_data" | "history")))
                .map(|code| desk.texts.t(&format!("targets.smart.lacks.{code}"))),
        );
        LetterView { code: letter_code(result.letter).to_owned(), is_complete: result.complete, sentences }
    });
    let total = subject.partial.value.map(|v| v.to_ratio());
    let distributed = subject.distributed.zip(total).map(|(sum, total)| {
        let text = |r| words::exact(desk, subject.partial.metric.as_ref(), r);
        desk.texts.tf("targets.form.distributed", &[("sum", &text(sum)), ("total", &text(total))])
    });
    Check {
        letters: letters.into(),
        remarks: lint(subject.partial, subject.context).iter().map(|r| remark(desk, subject.partial, r)).collect(),
        errors: Vec::new(),
        history: subject.known.map(|known| history(desk, subject.partial, known)),
        distributed,
    }
}

fn letter_code(letter: Letter) -> &'static str {
    match letter {
        Letter::Specific => "s",
        Letter::Measurable => "m",
        Letter::Achievable => "a",
        Letter::Relevant => "r",
        Letter::TimeBound => "t",
    }
}

/// What is there, letter by letter.
fn said(desk: &Desk, subject: &Subject<'_>, letter: Letter) -> Vec<String> {
    match letter {
        Letter::Specific => specific(desk, subject.partial),
        Letter::Measurable => measurable(desk, subject),
        Letter::Achievable => achievable(desk, subject),
        Letter::Relevant => {
            let title = subject.objective.map(|title| desk.texts.tf("targets.smart.objective", &[("title", &title)]));
            title.into_iter().collect()
        }
        Letter::TimeBound => time_bound(desk, subject.partial),
    }
}

fn specific(desk: &Desk, partial: &Partial) -> Vec<String> {
    let both = partial.metric.as_ref().zip(partial.who);
    let text = both.map(|(metric, who): (&Definition, Who)| {
        let (name, who) = (desk.metric_name(&metric.id), who_name(desk, who));
        desk.texts.tf("targets.smart.specific", &[("metric", &name), ("who", &who)])
    });
    text.into_iter().collect()
}

fn with_n(desk: &Desk, key: &str, answer: &Answer) -> String {
    let n = answer.n.map(|n| desk.texts.tf("targets.smart.n_in_brackets", &[("n", &format::count(desk.locale(), n))]));
    desk.texts.tf(key, &[("value", &desk.answer(answer)), ("n", &n.unwrap_or_default())])
}

fn measurable(desk: &Desk, subject: &Subject<'_>) -> Vec<String> {
    let Some(metric) = &subject.partial.metric else { return Vec::new() };
    let currency = desk.frame.currency.to_string();
    let unit = desk.texts.tf(&format!("targets.smart.unit_name.{}", metric.unit.code()), &[("currency", &currency)]);
    let mut all = vec![desk.texts.tf("targets.smart.unit", &[("unit", &unit)])];
    let Some(known) = subject.known else { return all };
    all.extend(known.answers.last().map(|(_, answer)| with_n(desk, "targets.smart.previous", answer)));
    all.extend(known.year_before.as_ref().map(|(_, answer)| with_n(desk, "targets.smart.year_before", answer)));
    let day = known.evidence.data_as_of.map(|d: Date| format::date(desk.locale(), d));
    all.extend(day.map(|day| desk.texts.tf("targets.smart.data_as_of", &[("day", &day)])));
    all
}

fn achievable(desk: &Desk, subject: &Subject<'_>) -> Vec<String> {
    let (Some(known), Some(direction)) = (subject.known, subject.partial.direction) else { return Vec::new() };
    let Some(place) = Achievability::of(subject.partial, &known.evidence) else { return Vec::new() };
    let mut all = Vec::new();
    if place.periods > 0 {
        all.push(times_met(desk, subject.partial, direction, known));
    }
    if let Some(best) = place.best {
        let best = words::exact(desk, subject.partial.metric.as_ref(), best);
        let growth = place.needed_growth.filter(|g| g.signum() > 0);
        all.push(match growth {
            None => desk.texts.tf("targets.smart.best_before", &[("best", &best)]),
            Some(growth) => {
                let key = if direction.is_up() { "targets.smart.needs_growth" } else { "targets.smart.needs_less" };
                let growth = format::percent(desk.locale(), growth, 0);
                desk.texts.tf(key, &[("best", &best), ("growth", &growth)])
            }
        });
    }
    if place.n > 0 {
        all.push(desk.texts.tf("targets.smart.rests_on", &[("n", &format::count(desk.locale(), place.n))]));
    }
    // A rate does not shrink with the time that somebody is there.
    if let Some(prorated) = place.prorated.filter(|_| subject.partial.metric.as_ref().is_some_and(|m| m.grows)) {
        let value = words::exact(desk, subject.partial.metric.as_ref(), prorated);
        all.push(desk.texts.tf("targets.smart.prorated", &[("value", &value)]));
    }
    all
}

/// "In 3 of the last 8 quarters."
fn times_met(desk: &Desk, partial: &Partial, direction: Direction, known: &Known) -> String {
    let measured = known.evidence.measured();
    let value = partial.value.map(|v| v.to_ratio());
    let met = measured.iter().filter(|past| value.is_some_and(|v| direction.is_met(**past, v))).count();
    let grain = known.grain.map_or("other", Grain::code);
    let periods = desk.texts.t(&format!("targets.smart.periods.{grain}"));
    desk.texts.tf("targets.smart.reached_before", &[("n", &met), ("total", &measured.len()), ("periods", &periods)])
}

fn time_bound(desk: &Desk, partial: &Partial) -> Vec<String> {
    let Some(period) = partial.period else { return Vec::new() };
    let calendar = &desk.frame.calendar;
    let rest = Period::new(desk.caller.today.max(period.from()), period.to()).ok();
    let left = rest.map_or(0, |p| p.working_days_in(calendar));
    let label = desk.period_label(period);
    let days = period.working_days_in(calendar);
    let args: [(&str, &dyn std::fmt::Display); 3] = [("label", &label), ("working_days", &days), ("left", &left)];
    let mut all = vec![desk.texts.tf("targets.smart.period", &args)];
    if !partial.milestones.is_empty() {
        all.push(desk.texts.tf("targets.smart.milestones", &[("n", &partial.milestones.len())]));
    }
    all
}

fn remark(desk: &Desk, partial: &Partial, remark: &Remark) -> String {
    let key = format!("targets.lint.{}", remark.code());
    match remark {
        Remark::ChildrenDoNotSum { gap } => {
            let gap = format::signed(*gap, words::exact(desk, partial.metric.as_ref(), *gap));
            desk.texts.tf(&key, &[("gap", &gap)])
        }
        Remark::Ratchet { percent } | Remark::OverHalfWeight { percent } => {
            desk.texts.tf(&key, &[("percent", percent)])
        }
        Remark::TooFewToTell { n } => desk.texts.tf(&key, &[("n", n)]),
        _ => desk.texts.t(&key),
    }
}

/// The own history with the value drawn on it.
fn history(desk: &Desk, partial: &Partial, known: &Known) -> History {
    let value = partial.value.map(|v| v.to_ratio());
    let direction = partial.direction;
    let points = known.answers.iter().map(|(period, answer)| {
        let exact = answer.value.as_ref().map(|f| f.exact).into_value();
        HistoryPoint {
            label: format::period_short(desk.locale(), *period, &desk.frame.calendar),
            value: exact.map(Ratio::to_f64),
            text: desk.answer(answer),
            n: answer.n.map_or_else(|| "–".to_owned(), |n| format::count(desk.locale(), n)),
            reached: match (exact, value, direction) {
                (Some(exact), Some(value), Some(direction)) => Some(direction.is_met(exact, value)),
                _ => None,
            },
        }
    });
    let line_label = partial
        .value
        .map(|v| desk.texts.tf("targets.history.line", &[("value", &words::value(desk, partial.metric.as_ref(), v))]));
    let sentence = match (value, direction) {
        (Some(_), Some(direction)) if !known.evidence.measured().is_empty() => {
            Some(times_met(desk, partial, direction, known))
        }
        _ => None,
    };
    History {
        points: points.collect(),
        line: value.map(Ratio::to_f64),
        line_label: line_label.unwrap_or_default(),
        sentences: sentence.into_iter().collect(),
    }
}

/// Unit behind a field: `%`, `€`, `dagen`; nothing for counts.
pub(super) fn unit_sign(desk: &Desk, metric: Option<&Definition>) -> String {
    match metric.map(|m| m.unit) {
        Some(Unit::Ratio) => "%".to_owned(),
        Some(Unit::Money | Unit::MoneyPerDay) => {
            desk.frame.currency.sign().map_or_else(|| desk.frame.currency.to_string(), str::to_owned)
        }
        Some(Unit::Days) => desk.texts.t("targets.smart.unit_name.days"),
        Some(Unit::Count | Unit::Number) | None => String::new(),
    }
}
