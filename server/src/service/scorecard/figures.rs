//! From the engine's answers to the rows of a scorecard.

use app::scorecard::api::{Exact, Kpi, TeamRange};
use domain::metric::Metric;
use domain::{Answer, Outcome, Unit, Why, format};

use super::compare::change;
use super::context::{Context, Subject};
use crate::kpi::{self, Point, Range};

/// The value as text for a table, or why there is none.
pub(super) fn value(c: &Context<'_>, answer: &Answer) -> Result<String, String> {
    format::answer_in_table(c.locale(), answer, c.currency()).ok_or_else(|| why_not(c, answer))
}

/// As [`value`], whichever it is.
pub(super) fn text(c: &Context<'_>, answer: &Answer) -> String {
    value(c, answer).unwrap_or_else(|why| why)
}

/// The value to the cent, for Explain; or why there is none.
pub(super) fn exact(c: &Context<'_>, answer: &Answer) -> String {
    format::answer(c.locale(), answer, c.currency()).unwrap_or_else(|| why_not(c, answer))
}

/// The answer as a file holds it.
pub(super) fn exact_of(c: &Context<'_>, metric: &Metric, answer: &Answer) -> Exact {
    let value = answer.value.into_value().and_then(|figure| figure.to_plain(c.currency().digits()));
    Exact {
        metric: metric.id.to_owned(),
        why: value.is_none().then(|| why_not(c, answer)),
        value,
        n: answer.n,
        interval95: answer.interval95.map(|(low, high)| (format!("{low:.6}"), format!("{high:.6}"))),
    }
}

fn why_not(c: &Context<'_>, answer: &Answer) -> String {
    let reason = match answer.value.why().unwrap_or(Why::NoData) {
        Why::MissingRate { currency, date } => {
            let day = format::date(c.locale(), date);
            c.words.tf("said.why.missing_rate", &[("currency", &currency.code()), ("date", &day)])
        }
        why => c.words.t(&format!("said.why.{}", why.code())),
    };
    c.words.tf("said.not_measurable", &[("why", &reason)])
}

/// The interval as text, without decimals: it is no exacter than that.
pub(super) fn interval(c: &Context<'_>, answer: &Answer) -> Option<String> {
    let (low, high) = answer.interval95?;
    Some(format::interval_of(c.locale(), low, high, 0))
}

/// Number of facts, where it says more than the value itself.
pub(super) fn n(c: &Context<'_>, answer: &Answer) -> Option<String> {
    let unit = answer.value.value()?.unit;
    answer.n.filter(|_| unit != Unit::Count).map(|n| format::count(c.locale(), n))
}

/// A figure as the nearest float, for drawing.
pub(super) fn float(answer: &Answer) -> Option<f64> {
    match answer.value {
        Outcome::Value(figure) => Some(figure.to_f64()),
        Outcome::NotMeasurable(_) => None,
    }
}

/// Page that explains a metric of a subject in a period.
pub(super) fn explain_href(c: &Context<'_>, metric: &Metric, subject: &Subject, period: domain::Period) -> String {
    let text = |id: Option<String>| id.unwrap_or_default();
    app::route::Route::Explain(metric.id.to_owned())
        .url()
        .q("person", text(subject.who.person.map(|p| p.to_string())))
        .q("team", text(subject.who.team.map(|t| t.to_string())))
        .q("period", period.name(&c.frame.calendar))
        .href()
}

/// The row of the metric at `index`.
pub(super) fn row(
    c: &Context<'_>,
    metric: &'static Metric,
    index: usize,
    card: &kpi::Scorecard,
    subject: &Subject,
) -> Option<Kpi> {
    let now = card.current.answers.get(index)?;
    let before = card.previous.as_ref().and_then(|p| Some((p.answers.get(index)?, p.period)));
    let (value, why) = match value(c, now) {
        Ok(value) => (Some(value), None),
        Err(why) => (None, Some(why)),
    };
    let whole = card.months.iter().filter(|month| !month.partial);
    let months: Vec<f64> = whole.filter_map(|month| month.answers.get(index).and_then(float)).collect();
    let spark: Vec<Option<f64>> = card.months.iter().map(|m| m.answers.get(index).and_then(float)).collect();
    Some(Kpi {
        metric: metric.id.to_owned(),
        name: c.name(metric),
        value,
        why,
        n: n(c, now),
        interval: interval(c, now),
        spark_words: spark_words(c, metric, index, &card.months),
        spark_partial: card.months.last().is_some_and(|m| m.partial),
        spark,
        change: change(c, metric, now, before, &months),
        team: None,
        remarks: Vec::new(),
        explain: explain_href(c, metric, subject, card.current.period),
        exact: exact_of(c, metric, now),
    })
}

/// First, lowest, highest and last month in words.
fn spark_words(c: &Context<'_>, metric: &Metric, index: usize, months: &[Point]) -> String {
    let known: Vec<(&Point, domain::Figure)> =
        months.iter().filter_map(|m| Some((m, m.answers.get(index)?.value.into_value()?))).collect();
    let low = known.iter().min_by_key(|(_, f)| f.exact);
    let high = known.iter().max_by_key(|(_, f)| f.exact);
    let (Some(low), Some(high), Some(last)) = (low, high, known.last()) else {
        return c.words.tf("said.spark.empty", &[("name", &c.name(metric))]);
    };
    let month = |p: &Point| format::period_short(c.locale(), p.period, &c.frame.calendar);
    let text = |f: &domain::Figure| format::figure_in_table(c.locale(), f, c.currency());
    c.words.tf(
        "said.spark.words",
        &[
            ("name", &c.name(metric)),
            ("low", &text(&low.1)),
            ("low_month", &month(low.0)),
            ("high", &text(&high.1)),
            ("high_month", &month(high.0)),
            ("last", &text(&last.1)),
            ("last_month", &month(last.0)),
        ],
    )
}

/// The team's figure with the range of its people.
pub(super) fn team_range(c: &Context<'_>, total: &Answer, range: Option<&Range>) -> TeamRange {
    let text = |f: &domain::Figure| format::figure_in_table(c.locale(), f, c.currency());
    TeamRange {
        total: self::text(c, total),
        range: range.map(|r| format!("{} – {}", text(&r.low), text(&r.high))),
        people: range.map_or(0, |r| u32::try_from(r.people).unwrap_or(u32::MAX)),
    }
}
