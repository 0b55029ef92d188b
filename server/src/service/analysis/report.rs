//! Before and after in a table, a chart and a sentence.

use app::analysis::api::{AnalysisView, Block, CellView, Said};
use app::ui::{ChartView, Verdict as Mark};
use domain::before_after::{Comparison, Difference, Effect, Verdict, effect};
use domain::metric::Better;
use domain::{Figure, Outcome, Period, Ratio, Unit, Why, format};

use super::around::{Around, name};
use super::cells::{answer, block, bounds, chart_table, not_measurable, verdict};
use super::observed::{Form, Seen, compared};
use crate::chart::plain::{self, Series};
use crate::kpi::{Kpi, Point};

fn better(kpi: &Kpi) -> Better {
    match kpi {
        Kpi::Catalogue(metric) => metric.better,
        Kpi::Own(_) => Better::Neither,
    }
}

/// How a comparison is worded.
pub(super) struct Report<'a> {
    pub page: &'a Around<'a>,
    pub kpi: &'a Kpi,
    pub form: Form,
    pub unit: Unit,
}

impl Report<'_> {
    pub fn block(&self, touched: &Seen<'_>, others: Option<&Seen<'_>>, view: &mut AnalysisView) -> Block {
        let c = self.page.c;
        let minimum = c.frame.min_n;
        let one = compared(touched, minimum);
        let two = others.map(|others| compared(others, minimum));
        let both = others.and_then(|others| Some(effect(touched.group()?, others.group()?, minimum)));
        let label = |key: &str| c.words.t(&format!("found.events.{key}"));
        let everything = others.is_none();
        let first = label(if everything { "everything" } else { "touched" });
        let mut rows = vec![self.row(first.clone(), touched, one)];
        if let (Some(others), Some(two)) = (others, two) {
            rows.push(self.row(label("others"), others, two));
            let extra = both.map_or(Outcome::NotMeasurable(Why::EmptyBase), |both: Effect| both.extra);
            let (difference, words) = self.difference(extra);
            rows.push(vec![
                CellView::text(label("extra")),
                CellView::default(),
                CellView::default(),
                difference,
                CellView::text(words),
            ]);
        }
        let name = name(c, self.kpi);
        let finding = self.finding(&name, one, both.map(|both| both.extra));
        view.said.push(Said::plain(finding.clone()));
        let (before, after) = self.page.periods;
        let heads = [
            ("found.events.who", false),
            ("found.events.before", true),
            ("found.events.after", true),
            ("found.head.difference", true),
            ("found.head.verdict", false),
        ];
        let mut block = block(c, "kpi", &heads, rows);
        block.title = name;
        let days = |period: Period| format::period(c.locale(), period, &c.frame.calendar);
        let args: [(&str, &dyn std::fmt::Display); 3] =
            [("before", &days(before)), ("after", &days(after)), ("n", &before.days())];
        let form = c.words.t(&format!("found.events.form.{}", self.form.code()));
        block.lead = format!("{} {form}", c.words.tf("found.events.windows", &args));
        block.chart = self.slopes(&block, first, touched, others, one, two, finding);
        block
    }

    fn row(&self, who: String, seen: &Seen<'_>, compared: Outcome<Comparison>) -> Vec<CellView> {
        let c = self.page.c;
        let value = |side: &Point| side.answers.first().map(|found| answer(c, found)).unwrap_or_default();
        let (difference, words) = self.difference(compared.map(|found| found.difference));
        let difference = CellView { n: None, ..difference };
        vec![CellView::text(who), value(seen.before), value(seen.after), difference, CellView::text(words)]
    }

    /// A difference with its interval, and what may be said of it. Too few say nothing.
    fn difference(&self, found: Outcome<Difference>) -> (CellView, String) {
        let c = self.page.c;
        let found = match found {
            Outcome::Value(found) => found,
            Outcome::NotMeasurable(why) => return (CellView::text("–"), not_measurable(c, why)),
        };
        let mark = match found.verdict {
            Verdict::Higher | Verdict::Lower => Some(verdict(better(self.kpi), found.value)),
            Verdict::CannotBeToldApart => Some(Mark::Unclear),
            Verdict::TooFew => None,
        };
        let words = c.words.t(&format!("found.verdict.{}", said(found.verdict)));
        if mark.is_none() {
            return (CellView::text("–"), words);
        }
        let cell = CellView {
            text: self.signed(found.value),
            interval: Some(self.interval(found.interval95)),
            bounds: Some(bounds(found.interval95)),
            exact: Some(format!("{:.6}", found.value)),
            verdict: mark,
            ..CellView::default()
        };
        (cell, words)
    }

    fn is_rate(&self) -> bool {
        self.unit.is_rate()
    }

    /// A difference with its sign: points of a rate, else in the unit of the KPI, of totals per week.
    fn signed(&self, value: f64) -> String {
        let c = self.page.c;
        let Some(exact) = nearest(value) else { return "–".to_owned() };
        if self.is_rate() {
            return format::points(c.locale(), exact, 1);
        }
        let text = self.plain(exact);
        let text = format::signed(exact, text);
        if self.form == Form::PerStep { c.words.tf("found.events.per_week", &[("value", &text)]) } else { text }
    }

    fn plain(&self, exact: Ratio) -> String {
        let c = self.page.c;
        match self.unit {
            Unit::Money | Unit::MoneyPerDay => format::money(c.locale(), exact, c.currency()),
            Unit::Count => format::number(c.locale(), exact, 1),
            unit => format::figure(c.locale(), &Figure::new(exact, unit), c.currency()),
        }
    }

    fn interval(&self, (low, high): (f64, f64)) -> String {
        let c = self.page.c;
        if self.is_rate() {
            let points = |x: f64| nearest(x).map_or_else(String::new, |exact| format::points(c.locale(), exact, 1));
            return c.words.tf("found.between", &[("low", &points(low)), ("high", &points(high))]);
        }
        let text = |x: f64| nearest(x).map_or_else(String::new, |exact| self.plain(exact));
        c.words.tf("found.between", &[("low", &text(low)), ("high", &text(high))])
    }

    /// What was found, in a sentence.
    fn finding(&self, name: &str, touched: Outcome<Comparison>, extra: Option<Outcome<Difference>>) -> String {
        let c = self.page.c;
        let (found, of) = match extra {
            Some(extra) => (extra, "extra"),
            None => (touched.map(|found| found.difference), "alone"),
        };
        let Outcome::Value(found) = found else {
            return c.words.tf("found.events.found.not_measurable", &[("kpi", &name)]);
        };
        let args: [(&str, &dyn std::fmt::Display); 3] =
            [("kpi", &name), ("difference", &self.signed(found.value)), ("interval", &self.interval(found.interval95))];
        c.words.tf(&format!("found.events.found.{of}.{}", said(found.verdict)), &args)
    }

    /// A line from before to after, of those touched and of the others.
    fn slopes(
        &self,
        block: &Block,
        first: String,
        touched: &Seen<'_>,
        others: Option<&Seen<'_>>,
        one: Outcome<Comparison>,
        two: Option<Outcome<Comparison>>,
        title: String,
    ) -> Option<ChartView> {
        let c = self.page.c;
        let ends = |seen: &Seen<'_>, compared: Outcome<Comparison>| -> Vec<Option<f64>> {
            let float = |side: &Point| {
                let figure = side.answers.first()?.value.into_value()?;
                Some(figure.to_f64())
            };
            match compared.into_value().filter(|_| self.form == Form::PerStep) {
                Some(found) => vec![Some(found.base), Some(found.value)],
                None => vec![float(seen.before), float(seen.after)],
            }
        };
        let values = ends(touched, one);
        if values.iter().any(Option::is_none) {
            return None;
        }
        let mut series = vec![Series { name: first, colour: "accent", values, is_dashed: false }];
        if let Some((others, two)) = others.zip(two) {
            let name = c.words.t("found.events.others");
            series.push(Series { name, colour: "ink-soft", values: ends(others, two), is_dashed: true });
        }
        let places = [c.words.t("found.events.before"), c.words.t("found.events.after")];
        let option = plain::lines(&places, &series, &plain::format_of(self.unit, c.currency()));
        let table = block.table.as_ref().map(chart_table).unwrap_or_default();
        Some(ChartView { summary: title.clone(), title, option, table })
    }
}

/// The key of a verdict's words.
pub(super) const fn said(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Higher => "higher",
        Verdict::Lower => "lower",
        Verdict::CannotBeToldApart => "cannot_tell",
        Verdict::TooFew => "too_few",
    }
}

/// An estimate in millionths, to be shown.
fn nearest(value: f64) -> Option<Ratio> {
    let scaled = (value * 1e6).round();
    (scaled.is_finite() && scaled.abs() < 1e30).then(|| Ratio::new(scaled as i128, 1_000_000)).flatten()
}
