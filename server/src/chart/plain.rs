//! Charts of a few series over named places: lines, steps from an opening to a closing, bars, and paired dots.

use charming::Chart;
use charming::component::{Axis, Grid, Legend};
use charming::datatype::{CompositeValue, DataPoint, DataPointItem, NumericValue};
use charming::element::{
    AxisLabel, AxisLine, AxisTick, AxisType, Color, ItemStyle, LineStyle, LineStyleType, SplitLine, Symbol, Tooltip,
    Trigger,
};
use charming::series::{Bar, Line, Scatter};
use domain::{Currency, Unit};
use serde_json::{Value, json};

/// A series: its name, the token of its colour, and a value per place.
#[derive(Clone, Debug)]
pub struct Series<'a> {
    /// Name in the legend.
    pub name: String,
    /// Token of its colour, such as `accent`.
    pub colour: &'a str,
    /// Values; none leaves a gap.
    pub values: Vec<Option<f64>>,
    /// Drawn with dashes, so that it is told apart without colour too.
    pub is_dashed: bool,
}

/// One step of a chart from an opening to a closing.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its name.
    pub name: String,
    /// By how much; of the opening and the closing, what there is.
    pub by: f64,
    /// Whether it stands on the ground: the opening and the closing.
    pub is_whole: bool,
}

/// The format of a unit, by the names that the script knows.
pub fn format_of(unit: Unit, currency: Currency) -> String {
    match unit {
        Unit::Money | Unit::MoneyPerDay => format!("money:{}", currency.code()),
        Unit::Ratio => "percent:1".to_owned(),
        Unit::Count => "number:0".to_owned(),
        Unit::Days | Unit::Number => "number:2".to_owned(),
    }
}

/// Lines over places.
pub fn lines(places: &[String], series: &[Series<'_>], format: &str) -> String {
    let mut chart = frame(series.len() > 1).x_axis(named(places)).y_axis(measured());
    for one in series {
        let style = LineStyle::new().color(colour(one.colour)).width(2);
        let style = if one.is_dashed { style.type_(LineStyleType::Dashed) } else { style };
        chart = chart.series(
            Line::new()
                .name(one.name.clone())
                .symbol(if one.is_dashed { Symbol::Custom("emptyCircle".to_owned()) } else { Symbol::Circle })
                .symbol_size(7)
                .line_style(style)
                .item_style(ItemStyle::new().color(colour(one.colour)))
                .data(one.values.iter().map(|v| number(*v)).collect::<Vec<_>>()),
        );
    }
    finish(&chart, "yAxis", format)
}

/// Steps from an opening to a closing.
pub fn steps(steps: &[Step], format: &str) -> String {
    let (mut level, mut grounds, mut heights) = (0.0, Vec::new(), Vec::new());
    for step in steps {
        let from = if step.is_whole { 0.0 } else { level };
        level = from + step.by;
        let token = match step.by {
            _ if step.is_whole => "ink-soft",
            by if by < 0.0 => "bad",
            _ => "good",
        };
        grounds.push(number(Some(f64::min(from, level))));
        let bar = DataPointItem::new(number(Some(step.by.abs())));
        heights.push(DataPoint::Item(bar.item_style(ItemStyle::new().color(colour(token)))));
    }
    let names: Vec<String> = steps.iter().map(|step| step.name.clone()).collect();
    let ground = Bar::new().stack("steps").item_style(ItemStyle::new().opacity(0.0)).data(grounds);
    let chart = frame(false)
        .x_axis(named(&names))
        .y_axis(measured())
        .series(ground)
        .series(Bar::new().stack("steps").data(heights));
    let mut option = with_format(&chart, "yAxis", format);
    // The part that only lifts a step is nothing to read.
    if let Some(ground) = option.get_mut("series").and_then(|series| series.get_mut(0)) {
        ground["tooltip"] = json!({ "show": false });
        ground["silent"] = json!(true);
    }
    option.to_string()
}

/// Bars that lie, the first place on top.
pub fn bars(places: &[String], values: &[f64], format: &str) -> String {
    let data: Vec<CompositeValue> = values.iter().map(|v| number(Some(*v))).collect();
    let chart = frame(false)
        .x_axis(measured())
        .y_axis(named(places).inverse(true))
        .series(Bar::new().item_style(ItemStyle::new().color(colour("accent"))).data(data));
    finish(&chart, "xAxis", format)
}

/// Dots of several series beside each other, the first place on top.
pub fn dots(places: &[String], series: &[Series<'_>], format: &str) -> String {
    let mut chart = frame(true).x_axis(measured()).y_axis(named(places).inverse(true));
    for one in series {
        let dot = |(place, value): (&String, &Option<f64>)| {
            value.map(|v| CompositeValue::from(vec![number(Some(v)), CompositeValue::from(place.clone())]))
        };
        let data: Vec<CompositeValue> = places.iter().zip(&one.values).filter_map(dot).collect();
        let symbol = if one.is_dashed { Symbol::Diamond } else { Symbol::Circle };
        chart = chart.series(
            Scatter::new()
                .name(one.name.clone())
                .symbol(symbol)
                .symbol_size(12)
                .item_style(ItemStyle::new().color(colour(one.colour)))
                .data(data),
        );
    }
    let mut option = with_format(&chart, "xAxis", format);
    option["tooltip"]["trigger"] = json!("item");
    option.to_string()
}

fn frame(has_legend: bool) -> Chart {
    let top = if has_legend { 36 } else { 16 };
    let chart = Chart::new()
        .grid(Grid::new().left(8).right(24).top(top).bottom(8).contain_label(true))
        .tooltip(Tooltip::new().trigger(Trigger::Axis));
    if has_legend { chart.legend(Legend::new().top(0).left(0)) } else { chart }
}

fn named(places: &[String]) -> Axis {
    Axis::new()
        .type_(AxisType::Category)
        .data(places.to_vec())
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().show(false))
}

fn measured() -> Axis {
    Axis::new()
        .type_(AxisType::Value)
        .axis_label(AxisLabel::new())
        .split_line(SplitLine::new().line_style(LineStyle::new().color(colour("rule"))))
}

fn colour(token: &str) -> Color {
    Color::Value(format!("var(--{token})"))
}

fn number(value: Option<f64>) -> CompositeValue {
    CompositeValue::OptionalNumber(value.map(NumericValue::Float))
}

fn finish(chart: &Chart, axis: &str, format: &str) -> String {
    with_format(chart, axis, format).to_string()
}

/// Names the formats of axis and tooltip, which the library of options has no words for.
fn with_format(chart: &Chart, axis: &str, format: &str) -> Value {
    let mut option = serde_json::to_value(chart).unwrap_or_default();
    for (name, part) in [(axis, Some("axisLabel")), ("tooltip", None)] {
        let Some(found) = option.get_mut(name) else { continue };
        let found = if found.is_array() { &mut found[0] } else { found };
        match part {
            Some(part) => found[part]["fmt"] = json!(format),
            None => found["fmt"] = json!(format),
        }
    }
    option
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stand_where_the_one_before_ended() {
        let step = |name: &str, by: f64, is_whole: bool| Step { name: name.into(), by, is_whole };
        let all = [step("a", 100.0, true), step("b", 20.0, false), step("c", -50.0, false), step("d", 70.0, true)];
        let option: Value = serde_json::from_str(&steps(&all, "number:0")).unwrap();
        assert_eq!(option["series"][0]["data"], json!([0.0, 100.0, 70.0, 0.0]));
        let heights: Vec<&Value> =
            option["series"][1]["data"].as_array().unwrap().iter().map(|point| &point["value"]).collect();
        assert_eq!(heights, [&json!(100.0), &json!(20.0), &json!(50.0), &json!(70.0)]);
    }

    #[test]
    fn formats_are_named_for_the_script() {
        let places = ["x".to_owned(), "y".to_owned()];
        let series = [Series { name: "s".into(), colour: "accent", values: vec![Some(1.0), None], is_dashed: true }];
        for (option, axis) in [
            (lines(&places, &series, "percent:1"), "yAxis"),
            (dots(&places, &series, "percent:1"), "xAxis"),
            (bars(&places, &[1.0, 2.0], "percent:1"), "xAxis"),
        ] {
            let option: Value = serde_json::from_str(&option).unwrap();
            let axis = if option[axis].is_array() { &option[axis][0] } else { &option[axis] };
            assert_eq!(axis["axisLabel"]["fmt"], "percent:1", "{option}");
        }
    }
}
