//! One figure over months: a line with the band in which it ordinarily moves.

use app::ui::{ChartTable, ChartView};
use charming::Chart;
use charming::component::{Axis, Grid};
use charming::datatype::{CompositeValue, NumericValue};
use charming::element::{
    AreaStyle, AxisLabel, AxisLine, AxisTick, AxisType, Color, ItemStyle, LineStyle, LineStyleType, SplitLine, Symbol,
    Tooltip, Trigger,
};
use charming::series::Line;
use domain::{Calendar, Currency, Unit, format};
use serde_json::{Value, json};

use crate::kpi::Point;
use crate::words::Words;

/// Fewest months for limits that mean anything.
const FEWEST_FOR_LIMITS: usize = 6;

/// Which figure of the points, and how to say it.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The reader's words.
    pub words: Words,
    /// Currency of money.
    pub currency: Currency,
    /// The organisation's calendar.
    pub calendar: &'a Calendar,
    /// Name of the KPI.
    pub name: &'a str,
    /// Its unit.
    pub unit: Unit,
    /// Where it stands among the answers of each point.
    pub index: usize,
}

/// Centre and limits of ordinary movement (XmR): mean ± 2.66 × mean moving range of the months that have ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// The mean.
    pub centre: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

impl Limits {
    /// Limits of a series; none of a short one. Nothing here falls below `floor`.
    pub fn of(values: &[f64], floor: f64) -> Option<Self> {
        if values.len() < FEWEST_FOR_LIMITS {
            return None;
        }
        let centre = values.iter().sum::<f64>() / values.len() as f64;
        let moves: f64 = values.windows(2).map(|w| (w[1] - w[0]).abs()).sum();
        let reach = 2.66 * moves / (values.len() - 1) as f64;
        Some(Self { centre, low: (centre - reach).max(floor), high: centre + reach })
    }

    /// Whether a value lies outside.
    pub fn is_outside(&self, value: f64) -> bool {
        value < self.low || value > self.high
    }
}

/// The chart of one figure over months, with its table and its finding.
pub fn chart(ask: &Ask<'_>, points: &[Point]) -> ChartView {
    let w = ask.words;
    let name = ask.name;
    let figure = |p: &Point| p.answers.get(ask.index).and_then(|a| a.value.into_value());
    let values: Vec<Option<f64>> = points.iter().map(|p| figure(p).map(|f| f.to_f64())).collect();
    let ended: Vec<f64> = points.iter().zip(&values).filter(|(p, _)| !p.partial).filter_map(|(_, v)| *v).collect();
    let mut limits = Limits::of(&ended, 0.0);
    if let Some(limits) = limits.as_mut().filter(|_| ask.unit == Unit::Ratio) {
        limits.high = limits.high.min(1.0);
    }
    let title = title(ask, points, &values, limits, name);
    if values.iter().all(Option::is_none) {
        let summary = w.tf("said.trend.nothing", &[("name", &name)]);
        return ChartView { title, summary, ..ChartView::default() };
    }
    let months: Vec<String> = points.iter().map(|p| format::period_short(w.0, p.period, ask.calendar)).collect();
    ChartView {
        summary: summary(ask, points, name, limits),
        option: option(ask, &months, points, &values, limits, name),
        table: table(ask, &months, points, name),
        title,
    }
}

fn title(ask: &Ask<'_>, points: &[Point], values: &[Option<f64>], limits: Option<Limits>, name: &str) -> String {
    let w = ask.words;
    let Some(limits) = limits else {
        return w.tf("said.trend.title", &[("name", &name)]);
    };
    let outside: Vec<String> = points
        .iter()
        .zip(values)
        .filter(|(p, v)| !p.partial && v.is_some_and(|v| limits.is_outside(v)))
        .map(|(p, _)| format::period_short(w.0, p.period, ask.calendar))
        .collect();
    if outside.is_empty() {
        w.tf("said.trend.ordinary", &[("name", &name)])
    } else {
        w.tf("said.trend.outside", &[("name", &name), ("months", &outside.join(", "))])
    }
}

fn summary(ask: &Ask<'_>, points: &[Point], name: &str, limits: Option<Limits>) -> String {
    let w = ask.words;
    let text = |p: &Point| p.answers.get(ask.index).and_then(|a| format::answer(w.0, a, ask.currency));
    let known: Vec<(&Point, String)> = points.iter().filter_map(|p| Some((p, text(p)?))).collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else { return String::new() };
    let month = |p: &Point| format::period_short(w.0, p.period, ask.calendar);
    let key = if limits.is_some() { "said.trend.summary_limits" } else { "said.trend.summary" };
    w.tf(
        key,
        &[
            ("name", &name),
            ("first", &first.1),
            ("first_month", &month(first.0)),
            ("last", &last.1),
            ("last_month", &month(last.0)),
        ],
    )
}

fn table(ask: &Ask<'_>, months: &[String], points: &[Point], name: &str) -> ChartTable {
    let w = ask.words;
    let has_n = ask.unit != Unit::Count;
    let has_interval = points.iter().any(|p| p.answers.get(ask.index).is_some_and(|a| a.interval95.is_some()));
    let mut head = vec![w.t("said.trend.month"), name.to_owned()];
    if has_n {
        head.push(w.t("said.trend.n"));
    }
    if has_interval {
        head.push(w.t("said.trend.interval"));
    }
    let rows = months
        .iter()
        .zip(points)
        .filter_map(|(month, point)| {
            let answer = point.answers.get(ask.index)?;
            let value = format::answer(w.0, answer, ask.currency);
            let month = if point.partial { w.tf("said.trend.so_far", &[("month", month)]) } else { month.clone() };
            let mut row = vec![month, value.unwrap_or_else(|| "–".to_owned())];
            if has_n {
                row.push(answer.n.map_or_else(|| "–".to_owned(), |n| format::count(w.0, n)));
            }
            if has_interval {
                row.push(answer.interval95.map_or_else(|| "–".to_owned(), |(a, b)| format::interval_of(w.0, a, b, 0)));
            }
            Some(row)
        })
        .collect();
    ChartTable { head, rows }
}

fn colour(token: &str) -> Color {
    Color::Value(format!("var(--{token})"))
}

fn number(value: Option<f64>) -> CompositeValue {
    CompositeValue::OptionalNumber(value.map(NumericValue::Float))
}

fn option(
    ask: &Ask<'_>,
    months: &[String],
    points: &[Point],
    values: &[Option<f64>],
    limits: Option<Limits>,
    name: &str,
) -> String {
    let open = points.last().is_some_and(|p| p.partial);
    // The month that has not ended hangs on a dashed line with a hollow point.
    let ended = if open { values.len().saturating_sub(1) } else { values.len() };
    let solid: Vec<CompositeValue> = values.iter().enumerate().map(|(i, v)| number(v.filter(|_| i < ended))).collect();
    let mut chart = Chart::new()
        .grid(Grid::new().left(8).right(16).top(16).bottom(8).contain_label(true))
        .tooltip(Tooltip::new().trigger(Trigger::Axis))
        .x_axis(
            Axis::new()
                .type_(AxisType::Category)
                .data(months.to_vec())
                .axis_line(AxisLine::new().show(false))
                .axis_tick(AxisTick::new().show(false)),
        )
        .y_axis(
            Axis::new()
                .type_(AxisType::Value)
                .axis_label(AxisLabel::new())
                .split_line(SplitLine::new().line_style(LineStyle::new().color(colour("rule")))),
        );
    if let Some(limits) = limits {
        chart = chart.series(band(months.len(), limits.low, None)).series(band(
            months.len(),
            limits.high - limits.low,
            Some(0.12),
        ));
    }
    chart = chart.series(
        Line::new()
            .name(name)
            .symbol(Symbol::Circle)
            .symbol_size(6)
            .line_style(LineStyle::new().color(colour("accent")).width(2))
            .item_style(ItemStyle::new().color(colour("accent")))
            .data(solid),
    );
    if open {
        let from = ended.saturating_sub(1);
        let dashed: Vec<CompositeValue> =
            values.iter().enumerate().map(|(i, v)| number(v.filter(|_| i >= from))).collect();
        chart = chart.series(
            Line::new()
                .name(ask.words.tf("said.trend.so_far", &[("month", &name)]))
                .symbol(Symbol::Custom("emptyCircle".to_owned()))
                .symbol_size(7)
                .line_style(LineStyle::new().color(colour("accent")).width(2).type_(LineStyleType::Dashed))
                .item_style(ItemStyle::new().color(colour("accent")))
                .data(dashed),
        );
    }
    // Without a month before it the open month keeps its own point.
    let has_start = open && ended > 0 && values.get(ended - 1).is_some_and(Option::is_some);
    finish(serde_json::to_value(&chart).unwrap_or_default(), ask, has_start)
}

/// An invisible line, or the faint area stacked on it.
fn band(months: usize, height: f64, opacity: Option<f64>) -> Line {
    let line = Line::new()
        .stack("band")
        .symbol(Symbol::None)
        .silent(true)
        .line_style(LineStyle::new().opacity(0.0))
        .data(vec![number(Some(height)); months]);
    match opacity {
        None => line,
        Some(opacity) => line.area_style(AreaStyle::new().color(colour("ink-soft")).opacity(opacity)),
    }
}

/// Names the formats of axis and tooltip, which the library of options has no words for.
fn finish(mut option: Value, ask: &Ask<'_>, open: bool) -> String {
    let fmt = match ask.unit {
        Unit::Money | Unit::MoneyPerDay => format!("money:{}", ask.currency.code()),
        Unit::Ratio => "percent:1".to_owned(),
        Unit::Count => "number:0".to_owned(),
        Unit::Days | Unit::Number => "number:1".to_owned(),
    };
    let first = |value: &mut Value| -> Option<()> {
        let axis = if value.is_array() { value.get_mut(0)? } else { value };
        axis.as_object_mut()?.entry("axisLabel").or_insert_with(|| json!({}))["fmt"] = json!(fmt);
        Some(())
    };
    if let Some(axis) = option.get_mut("yAxis") {
        first(axis);
    }
    if let Some(tooltip) = option.get_mut("tooltip") {
        let tooltip = if tooltip.is_array() { &mut tooltip[0] } else { tooltip };
        tooltip["fmt"] = json!(fmt);
    }
    for series in option.get_mut("series").and_then(Value::as_array_mut).into_iter().flatten() {
        if series.get("stack").is_some() {
            series["tooltip"] = json!({ "show": false });
        }
        // The dashed line starts at the last month that has ended, whose point is already there.
        if series["lineStyle"]["type"] == "dashed"
            && let Some(start) = series["data"].as_array_mut().and_then(|d| d.iter_mut().find(|v| !v.is_null()))
            && open
        {
            *start = json!({ "value": start.clone(), "symbol": "none" });
        }
    }
    option.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_those_of_a_worked_example() {
        // Moving ranges 2, 2, 2, 2, 2: mean 11, reach 5.32.
        let limits = Limits::of(&[10.0, 12.0, 10.0, 12.0, 10.0, 12.0], 0.0).unwrap();
        assert!((limits.centre - 11.0).abs() < 1e-9);
        assert!((limits.low - 5.68).abs() < 1e-9 && (limits.high - 16.32).abs() < 1e-9);
        assert!(limits.is_outside(17.0) && !limits.is_outside(12.0));
        assert_eq!(Limits::of(&[1.0, 2.0], 0.0), None);
    }
}
