//! Recurring revenue: does the base grow or leak, and what keeps it?

use app::analysis::api::{AnalysisView, Block, CellView, Said};
use app::ui::ChartView;
use domain::metric::{Metric, catalogue};
use domain::recurring::{Movements, Mrr, OutsideRates};
use domain::{Answer, Grain, Period, Ratio, Unit, format};

use super::cells::{answer, block, chart_table, explained, metric_name, money};
use super::{Page, what_if};
use crate::authz::Denied;
use crate::chart::plain::{self, Step};
use crate::error::ServiceResult;
use crate::kpi::{self, About, Point};

/// Movements, then what there is at the end.
const MOVES: [&str; 6] = ["mrr_new", "mrr_expansion", "mrr_reactivation", "mrr_contraction", "mrr_churn", "mrr"];
/// The first that take away.
const DOWN: usize = 3;
const CLOSING: usize = 5;
/// What keeps the base.
const KEPT: [&str; 10] = [
    "nrr",
    "grr",
    "nrr_monthly",
    "grr_monthly",
    "retention_rate",
    "customer_churn_rate",
    "gross_mrr_churn_rate",
    "net_mrr_churn_rate",
    "quick_ratio",
    "arpa",
];
/// Months of the table, and of the rates with which a projection starts.
const MONTHS: usize = 12;

fn metrics(ids: &[&str]) -> Vec<&'static Metric> {
    ids.iter().filter_map(|id| catalogue::find(id)).collect()
}

/// Fills the page.
pub(super) async fn fill(page: &Page<'_>, view: &mut AnalysisView) -> ServiceResult<()> {
    let c = page.c;
    let (moves, kept) = (metrics(&MOVES), metrics(&KEPT));
    let all: Vec<&'static Metric> = moves.iter().chain(&kept).copied().collect();
    let until = page.period.last().min(c.today.max(page.period.from()));
    let previous = page.period.same_part_of_previous(c.today);
    let eve = |period: Period| period.from().add_days(-1).and_then(Period::day);
    let months = Period::series(until, Grain::Month, MONTHS, &c.frame.calendar);
    let first = months.first().copied().ok_or(Denied::NotFound)?;
    // The period, the day before it, the day before the months, the months, and the period before.
    let mut periods = vec![page.period];
    periods.extend(eve(page.period));
    periods.extend(eve(first));
    periods.extend(&months);
    periods.extend(previous);
    let about = About::from(page.subject.who);
    let points = kpi::points(c.db(), &c.frame, &c.viewer, &all, about, &periods).await?;
    let [now, before, before_months, rest @ ..] = points.as_slice() else { return Err(Denied::NotFound.into()) };
    let (by_month, earlier) = rest.split_at(months.len().min(rest.len()));

    view.said.extend(found(page, before, now));
    view.blocks.push(bridge(page, before, now));
    view.blocks.push(monthly(page, before_months, by_month));
    view.blocks.push(retention(page, &kept, now, earlier.first()));
    let ended: Vec<Movements> = movements(before_months, by_month.iter().filter(|point| !point.partial));
    view.form = what_if::form(page, &ended);
    Ok(())
}

fn at(point: &Point, index: usize) -> Option<&Answer> {
    point.answers.get(index)
}

fn units(point: &Point, index: usize) -> Option<Ratio> {
    at(point, index)?.value.into_value().map(|figure| figure.exact)
}

/// What happened, in a sentence.
fn found(page: &Page<'_>, before: &Point, now: &Point) -> Option<Said> {
    let c = page.c;
    let (opening, closing) = (units(before, CLOSING)?, units(now, CLOSING)?);
    let text = |units: Ratio| money(c, units).text;
    let sum = |range: std::ops::Range<usize>| {
        range.map(|i| units(now, i)).try_fold(Ratio::ZERO, |sum, part| sum.checked_add(part?))
    };
    let key = match closing.checked_sub(opening)?.signum() {
        1 => "found.recurring.grew",
        -1 => "found.recurring.shrank",
        _ => "found.recurring.same",
    };
    let args: [(&str, &dyn std::fmt::Display); 4] = [
        ("opening", &text(opening)),
        ("closing", &text(closing)),
        ("up", &text(sum(0..DOWN)?)),
        ("down", &text(sum(DOWN..CLOSING)?)),
    ];
    Some(Said::plain(c.words.tf(key, &args)))
}

/// From opening to closing.
fn bridge(page: &Page<'_>, before: &Point, now: &Point) -> Block {
    let c = page.c;
    let name = |key: &str| c.words.t(&format!("found.recurring.{key}"));
    let mut rows = vec![named(name("opening"), at(before, CLOSING).map(|found| answer(c, found)))];
    let mut steps: Vec<Step> = Vec::new();
    let float = |point: &Point, index: usize| units(point, index).map(Ratio::to_f64);
    let step = |name: String, by: Option<f64>, is_whole: bool| by.map(|by| Step { name, by, is_whole });
    steps.extend(step(name("opening"), float(before, CLOSING), true));
    for (index, id) in MOVES.iter().enumerate() {
        let Some(metric) = catalogue::find(id) else { continue };
        let is_closing = index == CLOSING;
        let sign = if (DOWN..CLOSING).contains(&index) { -1.0 } else { 1.0 };
        let label = if is_closing { name("closing") } else { c.words.t(&format!("metric.{id}.short")) };
        steps.extend(step(label.clone(), float(now, index).map(|by| by * sign), is_closing));
        let cell = at(now, index).map(|found| explained(c, metric, found, &page.subject, page.period));
        let sign = match index {
            CLOSING => "=",
            DOWN.. => "−",
            _ => "+",
        };
        rows.push(named(format!("{sign} {label}"), cell));
    }
    let heads = [("found.head.movement", false), ("found.head.amount", true)];
    let mut block = block(c, "bridge", &heads, rows);
    let table = block.table.as_ref().map(chart_table).unwrap_or_default();
    let option = plain::steps(&steps, &plain::format_of(Unit::Money, c.currency()));
    let summary = found(page, before, now).map(|said| said.text).unwrap_or_default();
    block.chart = Some(ChartView { title: c.words.t("found.recurring.bridge"), summary, option, table });
    block
}

fn named(name: String, cell: Option<CellView>) -> Vec<CellView> {
    vec![CellView::text(name), cell.unwrap_or_default()]
}

/// Month by month: each line adds up.
fn monthly(page: &Page<'_>, before: &Point, months: &[Point]) -> Block {
    let c = page.c;
    let mut opening = before;
    let mut rows = Vec::new();
    for point in months {
        let name = format::period_short(c.locale(), point.period, &c.frame.calendar);
        let name = if point.partial { c.words.tf("said.trend.so_far", &[("month", &name)]) } else { name };
        let mut row = vec![CellView::text(name)];
        row.extend(at(opening, CLOSING).map(|found| CellView { n: None, ..answer(c, found) }));
        row.extend(point.answers.iter().take(MOVES.len()).map(|found| answer(c, found)));
        rows.push(row);
        opening = point;
    }
    rows.reverse();
    let heads = [
        ("found.head.month", false),
        ("found.recurring.opening", true),
        ("found.head.plus_new", true),
        ("found.head.plus_expansion", true),
        ("found.head.plus_reactivation", true),
        ("found.head.minus_contraction", true),
        ("found.head.minus_churn", true),
        ("found.head.closing", true),
    ];
    let mut block = block(c, "months", &heads, rows);
    block.lead = c.words.t("found.recurring.months_lead");
    block
}

/// What keeps the base, against the period before.
fn retention(page: &Page<'_>, kept: &[&'static Metric], now: &Point, earlier: Option<&Point>) -> Block {
    let c = page.c;
    let rows = kept.iter().enumerate().map(|(i, metric)| {
        let value = |point: &Point, period: Period| {
            let found = at(point, MOVES.len() + i);
            found.map(|found| explained(c, metric, found, &page.subject, period)).unwrap_or_default()
        };
        let before = earlier.map(|point| CellView { href: None, ..value(point, point.period) });
        vec![metric_name(c, metric), value(now, page.period), before.unwrap_or_default()]
    });
    let heads = [("found.head.metric", false), ("found.head.value", true), ("found.head.before", true)];
    let mut block = block(c, "retention", &heads, rows.collect());
    block.lead = c.words.t("found.recurring.retention_lead");
    block
}

/// Months of the engine as movements that the what-if starts from; up to the first that is not known.
fn movements<'p>(before: &Point, months: impl Iterator<Item = &'p Point>) -> Vec<Movements> {
    let mut opening = units(before, CLOSING).and_then(mrr);
    let mut all = Vec::new();
    for point in months {
        let part = |index: usize| units(point, index).and_then(mrr);
        let found = opening.zip(part(CLOSING)).and_then(|(opening, closing)| {
            Some(Movements {
                period: point.period,
                opening,
                new: part(0)?,
                expansion: part(1)?,
                reactivation: part(2)?,
                contraction: part(3)?,
                churn: part(4)?,
                closing,
                outside_rates: OutsideRates::default(),
                customers: domain::recurring::Customers::default(),
            })
        });
        opening = part(CLOSING);
        all.extend(found);
    }
    all
}

/// Units of the currency per month as the engine holds them.
pub(super) fn mrr(units: Ratio) -> Option<Mrr> {
    let year = units.checked_mul(Ratio::int(12 * i128::from(domain::money::MICROS_PER_UNIT)))?;
    Some(Mrr::of_year(year.round_half_even(0)?))
}

/// An amount of the engine as a cell.
pub(super) fn cell(page: &Page<'_>, amount: Mrr) -> CellView {
    money(page.c, amount.to_ratio())
}
