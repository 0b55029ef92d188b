//! From the engine's answers to the rows of a scorecard.

use app::scorecard::api::{Change, Exact, Kpi as KpiRow, TeamRange};
use domain::{Answer, Outcome, Unit, Why, format};

use super::compare::change;
use super::context::{Context, Subject};
use super::face::Face;
use crate::kpi::{self, Kpi, Point, Range};
use crate::service::catalogue;

/// The value as text for a table, or why there is none.
pub(super) fn value(c: &Context<'_>, kpi: &Kpi, answer: &Answer) -> Result<String, String> {
    format::answer_in_table(c.locale(), answer, c.currency()).ok_or_else(|| why_of(c, kpi, answer))
}

/// As [`value`], whichever it is.
pub(super) fn text(c: &Context<'_>, kpi: &Kpi, answer: &Answer) -> String {
    value(c, kpi, answer).unwrap_or_else(|why| why)
}

/// The value to the cent, for Explain; or why there is none.
pub(super) fn exact(c: &Context<'_>, answer: &Answer) -> String {
    format::answer(c.locale(), answer, c.currency())
        .unwrap_or_else(|| catalogue::why_not(c.words, answer.value.why().unwrap_or(Why::NoData)))
}

/// The answer as a file holds it.
pub(super) fn exact_of(c: &Context<'_>, face: &Face, answer: &Answer) -> Exact {
    let value = answer.value.into_value().and_then(|figure| figure.to_plain(c.currency().digits()));
    Exact {
        metric: face.id.clone(),
        why: value.is_none().then(|| why_of(c, &face.kpi, answer)),
        value,
        n: answer.n,
        interval95: answer.interval95.map(|(low, high)| (format!("{low:.6}"), format!("{high:.6}"))),
    }
}

fn why_of(c: &Context<'_>, kpi: &Kpi, answer: &Answer) -> String {
    catalogue::why_of(c.words, &kpi.needed(c.frame.revenue), answer.value.why().unwrap_or(Why::NoData))
}

/// The interval as text, without decimals: it is no exacter than that.
pub(in crate::service) fn interval(c: &Context<'_>, answer: &Answer) -> Option<String> {
    let (low, high) = answer.interval95?;
    Some(format::interval_of(c.locale(), low, high, 0))
}

/// Number of facts, where it says more than the value itself.
pub(in crate::service) fn n(c: &Context<'_>, answer: &Answer) -> Option<String> {
    let unit = answer.value.value()?.unit;
    answer.n.filter(|_| unit != Unit::Count).map(|n| format::count(c.locale(), n))
}

/// A figure as the nearest float, for drawing.
pub(in crate::service) fn float(answer: &Answer) -> Option<f64> {
    match answer.value {
        Outcome::Value(figure) => Some(figure.to_f64()),
        Outcome::NotMeasurable(_) => None,
    }
}

/// Page that explains a KPI of a subject in a period.
pub(in crate::service) fn explain_href(c: &Context<'_>, id: &str, subject: &Subject, period: domain::Period) -> String {
    let text = |id: Option<String>| id.unwrap_or_default();
    app::route::Route::Explain(id.to_owned())
        .url()
        .q("person", text(subject.who.person.map(|p| p.to_string())))
        .q("team", text(subject.who.team.map(|t| t.to_string())))
        .q("period", period.name(&c.frame.calendar))
        .href()
}

/// The row of the KPI at `index`.
pub(super) fn row(
    c: &Context<'_>,
    face: &Face,
    index: usize,
    card: &kpi::Scorecard,
    subject: &Subject,
) -> Option<KpiRow> {
    let now = card.current.answers.get(index)?;
    let (value, why) = match value(c, &face.kpi, now) {
        Ok(value) => (Some(value), None),
        Err(why) => (None, Some(why)),
    };
    let spark: Vec<Option<f64>> = card.months.iter().map(|m| m.answers.get(index).and_then(float)).collect();
    Some(KpiRow {
        metric: face.id.clone(),
        name: face.name.clone(),
        value,
        why,
        n: n(c, now),
        interval: interval(c, now),
        spark_words: spark_words(c, &face.name, index, &card.months),
        spark_partial: card.months.last().is_some_and(|m| m.partial),
        spark,
        change: change_of(c, face, index, card),
        team: None,
        remarks: Vec::new(),
        explain: explain_href(c, &face.id, subject, card.current.period),
        exact: exact_of(c, face, now),
    })
}

/// The change of the KPI at `index` since the period before.
pub(super) fn change_of(c: &Context<'_>, face: &Face, index: usize, card: &kpi::Scorecard) -> Option<Change> {
    let before = card.previous.as_ref().and_then(|p| Some((p.answers.get(index)?, p.period)));
    let whole = card.months.iter().filter(|month| !month.partial);
    let months: Vec<f64> = whole.filter_map(|month| month.answers.get(index).and_then(float)).collect();
    change(c, face, card.current.answers.get(index)?, before, &months)
}

/// First, lowest, highest and last month in words.
fn spark_words(c: &Context<'_>, name: &str, index: usize, months: &[Point]) -> String {
    let known: Vec<(&Point, domain::Figure)> =
        months.iter().filter_map(|m| Some((m, m.answers.get(index)?.value.into_value()?))).collect();
    let low = known.iter().min_by_key(|(_, f)| f.exact);
    let high = known.iter().max_by_key(|(_, f)| f.exact);
    let (Some(low), Some(high), Some(last)) = (low, high, known.last()) else {
        return c.words.tf("said.spark.empty", &[("name", &name)]);
    };
    let month = |p: &Point| format::period_short(c.locale(), p.period, &c.frame.calendar);
    let text = |f: &domain::Figure| format::figure_in_table(c.locale(), f, c.currency());
    c.words.tf(
        "said.spark.words",
        &[
            ("name", &name),
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
pub(super) fn team_range(c: &Context<'_>, face: &Face, total: &Answer, range: Option<&Range>) -> TeamRange {
    let text = |f: &domain::Figure| format::figure_in_table(c.locale(), f, c.currency());
    TeamRange {
        total: self::text(c, &face.kpi, total),
        range: range.map(|r| format!("{} – {}", text(&r.low), text(&r.high))),
        people: range.map_or(0, |r| u32::try_from(r.people).unwrap_or(u32::MAX)),
    }
}
