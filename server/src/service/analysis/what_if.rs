//! What if: the base over the coming months as the reader sets it, beside the course it is on today.

use app::analysis::api::{Block, CellView, Field, FormView};
use app::ui::ChartView;
use domain::read::{Decimal, Sign, read_number};
use domain::recurring::Movements;
use domain::recurring::what_if::{Assumptions, Estimate, MAX_MONTHS, Month, project, today};
use domain::{Locale, Outcome, Ratio, Unit, format};

use super::Page;
use super::cells::{block, chart_table, not_measurable};
use super::recurring::{cell, mrr};
use crate::chart::plain::{self, Series};

/// Months that are looked ahead where the reader sets none.
const AHEAD: u32 = 12;

/// What the reader typed, and what is wrong with it.
struct Typed {
    assumed: Assumptions,
    months: u32,
    fields: Vec<Field>,
    is_set: bool,
}

/// The form with what it leads to; none where there is no month to start from.
pub(super) fn form(page: &Page<'_>, months: &[Movements]) -> Option<FormView> {
    let c = page.c;
    let start = today(months).into_value()?;
    let typed = read(page, &start);
    let has_remarks = typed.fields.iter().any(|field| field.remark.is_some());
    let as_today = project(&start.assumptions, typed.months);
    let as_set = project(&typed.assumed, typed.months);
    let result = match (as_today, as_set) {
        (Outcome::Value(as_today), Outcome::Value(as_set)) if !has_remarks => {
            vec![course(page, &as_today, &as_set, typed.is_set)]
        }
        (_, Outcome::NotMeasurable(why)) if !has_remarks => {
            vec![Block { lead: not_measurable(c, why), ..block(c, "what_if", &[], Vec::new()) }]
        }
        _ => Vec::new(),
    };
    let result = result.into_iter().map(|block| {
        if block.table.as_ref().is_some_and(|t| t.rows.is_empty()) { Block { table: None, ..block } } else { block }
    });
    Some(FormView {
        title: c.words.t("found.what_if.title"),
        lead: c.words.tf("found.what_if.lead", &[("n", &months.len())]),
        fields: typed.fields,
        submit: c.words.t("found.what_if.show"),
        result: result.collect(),
    })
}

fn read(page: &Page<'_>, start: &domain::recurring::what_if::Today) -> Typed {
    let c = page.c;
    let q = page.query;
    let share = |e: &Estimate| format::percent(c.locale(), e.value, 2);
    let shares = |e: &Estimate| e.interval95.map(|(low, high)| format::interval_of(c.locale(), low, high, 1));
    let money = |units: Ratio| format::money_in_table(c.locale(), units, c.currency());
    let moneys = |e: &Estimate| {
        let round = |x: f64| Ratio::int(x.round() as i128);
        e.interval95.map(|(low, high)| format!("{} – {}", money(round(low)), money(round(high))))
    };
    let hint = |value: String, interval: Option<String>| match interval {
        Some(interval) => c.words.tf("found.what_if.today_between", &[("value", &value), ("interval", &interval)]),
        None => c.words.tf("found.what_if.today", &[("value", &value)]),
    };
    let field = |name: &str, typed: &str, hint: String, unit: String, remark: Option<&str>| Field {
        name: name.to_owned(),
        label: c.words.t(&format!("found.what_if.{name}")),
        hint,
        value: typed.to_owned(),
        unit,
        remark: remark.map(|key| c.words.t(key)),
    };
    let mut assumed = start.assumptions;
    let mut fields = Vec::new();
    let rates: [(&str, &str, &Estimate, &mut Ratio); 3] = [
        ("churn", &q.churn, &start.churn, &mut assumed.churn),
        ("contraction", &q.contraction, &start.contraction, &mut assumed.contraction),
        ("expansion", &q.expansion, &start.expansion, &mut assumed.expansion),
    ];
    for (name, typed, estimate, target) in rates {
        let remark = match number(c.locale(), typed).map(|n| n.and_then(as_share)) {
            None => None,
            Some(Some(share)) => {
                *target = share;
                None
            }
            Some(None) => Some("found.what_if.no_share"),
        };
        fields.push(field(name, typed, hint(share(estimate), shares(estimate)), "%".to_owned(), remark));
    }
    let remark = match number(c.locale(), &q.new).map(|n| n.filter(|units| units.signum() >= 0).and_then(mrr)) {
        None => None,
        Some(Some(new)) => {
            assumed.new = new;
            None
        }
        Some(None) => Some("found.what_if.no_amount"),
    };
    let unit = c.currency().code().to_owned();
    fields.push(field("new", &q.new, hint(money(start.new.value), moneys(&start.new)), unit, remark));
    let months = q.months.trim().parse::<u32>().ok().filter(|n| (1..=MAX_MONTHS).contains(n));
    let remark = (!q.months.trim().is_empty() && months.is_none()).then_some("found.what_if.no_months");
    let about = c.words.tf("found.what_if.months_hint", &[("most", &MAX_MONTHS), ("usual", &AHEAD)]);
    fields.push(field("months", &q.months, about, c.words.t("found.what_if.months_unit"), remark));
    let is_set = assumed != start.assumptions;
    Typed { assumed, months: months.unwrap_or(AHEAD), fields, is_set }
}

/// What was typed: none where nothing was, the inner none where it is no number.
fn number(locale: Locale, typed: &str) -> Option<Option<Ratio>> {
    let sign = match locale {
        Locale::En => Sign::Dot,
        Locale::Nl => Sign::Comma,
    };
    let typed = typed.trim();
    (!typed.is_empty())
        .then(|| read_number(typed.trim_end_matches('%').trim_end(), Some(sign)).ok().and_then(Decimal::to_ratio))
}

/// Percent as a share of at most everything.
fn as_share(percent: Ratio) -> Option<Ratio> {
    let share = percent.checked_div(Ratio::int(100))?;
    (share.signum() >= 0 && share <= Ratio::ONE).then_some(share)
}

fn course(page: &Page<'_>, as_today: &[Month], as_set: &[Month], is_set: bool) -> Block {
    let c = page.c;
    let label = |ahead: usize| c.words.tf("found.what_if.ahead", &[("n", &ahead)]);
    let rows = as_set.iter().zip(as_today).enumerate().map(|(i, (set, today))| {
        let amounts = [set.opening, set.new, set.expansion, set.contraction, set.churn, set.closing];
        let mut row = vec![CellView::text(label(i + 1))];
        row.extend(amounts.map(|amount| cell(page, amount)));
        row.extend(is_set.then(|| cell(page, today.closing)));
        row
    });
    let mut heads = vec![
        ("found.head.month", false),
        ("found.recurring.opening", true),
        ("found.head.plus_new", true),
        ("found.head.plus_expansion", true),
        ("found.head.minus_contraction", true),
        ("found.head.minus_churn", true),
        ("found.head.closing", true),
    ];
    heads.extend(is_set.then_some(("found.what_if.as_today", true)));
    let mut block = block(c, "what_if", &heads, rows.collect());
    let places: Vec<String> = (0..=as_set.len()).map(label).collect();
    let floats = |months: &[Month]| -> Vec<Option<f64>> {
        let first = months.first().map(|month| month.opening);
        let amounts = first.into_iter().chain(months.iter().map(|month| month.closing));
        amounts.map(|amount| Some(amount.to_ratio().to_f64())).collect()
    };
    let mut series = vec![Series {
        name: c.words.t("found.what_if.as_today"),
        colour: "ink-soft",
        values: floats(as_today),
        is_dashed: true,
    }];
    if is_set {
        let name = c.words.t("found.what_if.as_set");
        series.push(Series { name, colour: "accent", values: floats(as_set), is_dashed: false });
    }
    let money = |month: Option<&Month>| {
        let units = month.map(|month| month.closing.to_ratio()).unwrap_or(Ratio::ZERO);
        format::money_in_table(c.locale(), units, c.currency())
    };
    let key = if is_set { "found.what_if.leads_to" } else { "found.what_if.leads_today" };
    let args: [(&str, &dyn std::fmt::Display); 3] =
        [("n", &as_set.len()), ("set", &money(as_set.last())), ("today", &money(as_today.last()))];
    let title = c.words.tf(key, &args);
    let option = plain::lines(&places, &series, &plain::format_of(Unit::Money, c.currency()));
    let table = block.table.as_ref().map(chart_table).unwrap_or_default();
    block.lead = c.words.t("found.what_if.rule");
    block.chart = Some(ChartView { summary: title.clone(), title, option, table });
    block
}
