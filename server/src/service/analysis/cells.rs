//! Cells and heads of tables.

use app::analysis::api::{Block, CellView, TableView};
use app::ui::Verdict;
use domain::metric::{Better, Metric};
use domain::stats::Rate;
use domain::{Answer, Figure, Outcome, Period, Ratio, Unit, Why, format};

use crate::service::catalogue::why_not;
use crate::service::scorecard::context::{Context, Subject};
use crate::service::scorecard::figures;

/// The value as text for a table, or why there is none.
fn text(c: &Context<'_>, answer: &Answer) -> String {
    format::answer_in_table(c.locale(), answer, c.currency())
        .unwrap_or_else(|| why_not(c.words, answer.value.why().unwrap_or(Why::NoData)))
}

/// An answer with n and interval.
pub(super) fn answer(c: &Context<'_>, answer: &Answer) -> CellView {
    let unit = answer.value.value().map(|figure| figure.unit);
    CellView {
        text: text(c, answer),
        n: answer.n.filter(|_| unit.is_some_and(|unit| unit != Unit::Count)),
        interval: figures::interval(c, answer),
        bounds: answer.interval95.map(bounds),
        exact: answer.value.into_value().and_then(|figure| plain(c, figure)),
        ..CellView::default()
    }
}

/// The same, with the way to where it comes from.
pub(super) fn explained(
    c: &Context<'_>,
    metric: &'static Metric,
    found: &Answer,
    subject: &Subject,
    period: Period,
) -> CellView {
    CellView { href: Some(figures::explain_href(c, metric.id, subject, period)), ..answer(c, found) }
}

/// The name of a metric, with the way to what it means.
pub(super) fn metric_name(c: &Context<'_>, metric: &Metric) -> CellView {
    let href = app::route::Route::Kpi(metric.id.to_owned()).href();
    CellView { text: c.name(metric), href: Some(href), ..CellView::default() }
}

/// A figure, or why there is none.
pub(super) fn outcome(c: &Context<'_>, value: Outcome<Figure>) -> CellView {
    match value {
        Outcome::Value(figure) => CellView {
            text: format::figure_in_table(c.locale(), &figure, c.currency()),
            exact: plain(c, figure),
            ..CellView::default()
        },
        Outcome::NotMeasurable(why) => CellView::text(not_measurable(c, why)),
    }
}

/// An amount of money.
pub(super) fn money(c: &Context<'_>, units: Ratio) -> CellView {
    outcome(c, Outcome::Value(Figure::new(units, Unit::Money)))
}

/// A whole number.
pub(super) fn count(c: &Context<'_>, n: i64) -> CellView {
    CellView { text: format::count(c.locale(), n), exact: Some(n.to_string()), ..CellView::default() }
}

/// So many of so many, with n and interval.
pub(super) fn rate(c: &Context<'_>, rate: Rate, interval95: Option<(f64, f64)>) -> CellView {
    let share = Ratio::new(rate.k.into(), rate.n.into());
    CellView {
        text: share.map_or_else(|| not_measurable(c, Why::EmptyBase), |share| format::percent(c.locale(), share, 1)),
        n: Some(rate.n),
        interval: interval95.map(|(low, high)| format::interval_of(c.locale(), low, high, 0)),
        bounds: interval95.map(bounds),
        exact: share.and_then(|share| share.to_decimal(6)),
        ..CellView::default()
    }
}

/// A difference of rates in percentage points.
pub(super) fn points(c: &Context<'_>, difference: Option<Ratio>, verdict: Option<Verdict>) -> CellView {
    CellView {
        text: difference.map_or_else(|| "–".to_owned(), |d| format::points(c.locale(), d, 1)),
        exact: difference.and_then(|d| d.to_decimal(6)),
        verdict,
        ..CellView::default()
    }
}

/// Why there is no value, in words.
pub(super) fn not_measurable(c: &Context<'_>, why: Why) -> String {
    text(c, &Answer { value: Outcome::NotMeasurable(why), ..Answer::nothing() })
}

/// What a difference means where this direction is better.
pub(super) fn verdict(better: Better, difference: f64) -> Verdict {
    match (better, difference) {
        (Better::Neither, _) => Verdict::Same,
        (_, 0.0) => Verdict::Same,
        (Better::Up, d) if d > 0.0 => Verdict::Better,
        (Better::Down, d) if d < 0.0 => Verdict::Better,
        (Better::Up | Better::Down, _) => Verdict::Worse,
    }
}

/// The bounds of an interval as plain numbers.
pub(super) fn bounds((low, high): (f64, f64)) -> (String, String) {
    (format!("{low:.6}"), format!("{high:.6}"))
}

fn plain(c: &Context<'_>, figure: Figure) -> Option<String> {
    figure.to_plain(c.currency().digits())
}

/// A table under a title; heads are keys of texts, and whether they stand above figures.
pub(super) fn block(c: &Context<'_>, id: &str, heads: &[(&str, bool)], rows: Vec<Vec<CellView>>) -> Block {
    let head = heads.iter().map(|(key, number)| (c.words.t(key), *number)).collect();
    Block {
        id: id.to_owned(),
        title: c.words.t(&format!("found.block.{id}")),
        table: Some(TableView { head, rows }),
        ..Block::default()
    }
}

/// The same numbers as a chart's table.
pub(super) fn chart_table(table: &TableView) -> app::ui::ChartTable {
    let text = |cell: &CellView| {
        let n = cell.n.map(|n| format!(" (n = {n})")).unwrap_or_default();
        format!("{}{n}", cell.text)
    };
    app::ui::ChartTable {
        head: table.head.iter().map(|(head, _)| head.clone()).collect(),
        rows: table.rows.iter().map(|row| row.iter().map(text).collect()).collect(),
    }
}
