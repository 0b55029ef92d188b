//! Answers as a table for a terminal: one line per group, one column per metric.

use domain::{Currency, Unit};

use super::KpiRow;

/// An aligned table. What is not measurable shows its reason in brackets.
pub fn to_table(rows: &[KpiRow], currency: Currency) -> String {
    let Some(first) = rows.first() else {
        return String::from("no rows\n");
    };
    let mut metrics: Vec<&str> = Vec::new();
    for row in rows {
        if !metrics.contains(&row.metric.id()) {
            metrics.push(row.metric.id());
        }
    }
    let width = first.by.len();
    let mut lines: Vec<Vec<String>> = Vec::new();
    let mut head: Vec<String> = first.by.iter().map(|label| label.dimension.name().to_owned()).collect();
    head.extend(metrics.iter().map(|m| (*m).to_owned()));
    lines.push(head);
    let mut group = None;
    for row in rows {
        if group != Some(&row.by) {
            group = Some(&row.by);
            let mut line: Vec<String> =
                row.by.iter().map(|label| label.text.clone().unwrap_or_else(|| String::from("–"))).collect();
            line.resize(width + metrics.len(), String::new());
            lines.push(line);
        }
        let place = metrics.iter().position(|m| *m == row.metric.id());
        if let (Some(line), Some(place)) = (lines.last_mut(), place) {
            line[width + place] = cell(row, currency);
        }
    }
    layout(&lines, width)
}

fn cell(row: &KpiRow, currency: Currency) -> String {
    match row.answer.value.as_ref().into_result() {
        Ok(figure) => {
            let text = figure.to_plain(currency.digits()).unwrap_or_default();
            match figure.unit {
                Unit::Money | Unit::MoneyPerDay => format!("{text} {}", currency.code()),
                Unit::Ratio | Unit::Count | Unit::Days | Unit::Number => text,
            }
        }
        Err(why) => format!("({})", why.code()),
    }
}

/// Labels to the left, figures to the right, two spaces between.
fn layout(lines: &[Vec<String>], labels: usize) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |i: usize| lines.iter().filter_map(|l| l.get(i)).map(|c| c.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for line in lines {
        let cells =
            line.iter().zip(&widths).enumerate().map(|(i, (cell, width))| {
                if i < labels { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
            });
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}
