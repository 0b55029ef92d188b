//! A price change of subscriptions: expected against actual revenue by plan, and who left because of it.

use std::collections::BTreeMap;

use app::analysis::api::{AnalysisView, Block, CellView, EventQuery, Field, FormView, Said};
use app::ui::Verdict as Mark;
use domain::before_after::{Difference, Verdict};
use domain::metric::Better;
use domain::read::{Decimal, Sign, read_number};
use domain::recurring::{PriceChange, PriceEffect, Retention, price_effect};
use domain::stats::{Rate, wilson95};
use domain::{Locale, Micros, Outcome, Period, Ratio, format};

use super::around::Around;
use super::cells::{block, bounds, count, money, not_measurable, points, rate, verdict};
use super::report::said;
use crate::error::ServiceResult;
use crate::kpi::{self, Book, TextColumn, Touch};

/// How much dearer a plan became: as most of those who stayed on it were charged, and how many these were.
struct Rise {
    plan: u32,
    ratio: Ratio,
    /// Of how many renewals it was read; none where the reader set it.
    seen: Option<(usize, usize)>,
}

/// Adds what a price change did, where there are subscriptions.
pub(super) async fn fill(page: &Around<'_>, query: &EventQuery, view: &mut AnalysisView) -> ServiceResult<()> {
    let c = page.c;
    let book = kpi::book(c.db(), &c.frame, &c.viewer, page.subject.who).await?;
    if book.subscriptions.is_empty() {
        return Ok(());
    }
    if let Some(why) = book.unknown {
        view.said.push(Said::alarm(c.words.tf("found.price.unknown", &[("why", &not_measurable(c, why))])));
    }
    let touched: Option<&str> = match &page.touch {
        Touch::Facts(filter) if filter.column == TextColumn::Plan => filter.value.as_deref(),
        _ => None,
    };
    let typed = typed(c.locale(), &query.rise);
    let rises = rises(&book, touched, page.periods.1, typed.flatten());
    view.form = Some(form(page, query, &book, &rises, typed == Some(None)));
    if rises.is_empty() {
        view.said.push(Said::plain(c.words.t("found.price.no_rise")));
        return Ok(());
    }
    let measure = |changes: &[PriceChange]| {
        price_effect(&book.subscriptions, c.frame.choices.recurring, changes, page.periods, c.frame.min_n)
    };
    let changes: Vec<PriceChange> = rises.iter().filter_map(change).collect();
    let whole = match measure(&changes) {
        Outcome::Value(whole) => whole,
        Outcome::NotMeasurable(why) => {
            view.said.push(Said::plain(not_measurable(c, why)));
            return Ok(());
        }
    };
    let each = rises.iter().zip(&changes).filter_map(|(rise, one)| {
        let name = usize::try_from(rise.plan).ok().and_then(|at| book.plans.get(at))?;
        Some((name.clone(), rise.ratio, measure(std::slice::from_ref(one)).into_value()?))
    });
    view.said.push(Said::plain(finding(page, &whole)));
    view.blocks.push(revenue(page, each.collect()));
    view.blocks.push(churn(page, &whole));
    Ok(())
}

/// What was typed: none where nothing was, the inner none where it is no percentage above −100.
fn typed(locale: Locale, text: &str) -> Option<Option<Ratio>> {
    let sign = match locale {
        Locale::En => Sign::Dot,
        Locale::Nl => Sign::Comma,
    };
    let text = text.trim().trim_end_matches('%').trim_end();
    let ratio = |percent: Ratio| Ratio::ONE.checked_add(percent.checked_div(Ratio::int(100))?);
    let read = || read_number(text, Some(sign)).ok().and_then(Decimal::to_ratio).and_then(ratio);
    (!text.is_empty()).then(|| read().filter(|ratio| ratio.signum() > 0 && *ratio < Ratio::int(100)))
}

/// The plans whose price changed, and by how much: read from customers whose subscription to a plan was followed, on a
/// day of the period, by another one to the same plan at another amount. The change that most of them had is the price's.
fn rises(book: &Book, only: Option<&str>, after: Period, typed: Option<Ratio>) -> Vec<Rise> {
    let mut found: BTreeMap<u32, BTreeMap<Ratio, usize>> = BTreeMap::new();
    let key = |s: &domain::recurring::Subscription| Some((s.customer, s.plan?, s.start));
    let starts: BTreeMap<_, _> = book.subscriptions.iter().filter_map(|s| Some((key(s)?, s.per_year.get()))).collect();
    for s in &book.subscriptions {
        let (Some(plan), Some(end)) = (s.plan, s.end) else { continue };
        let next = starts.get(&(s.customer, plan, end)).filter(|_| after.contains(end));
        let ratio = next.and_then(|next| Ratio::new((*next).into(), s.per_year.get().into()));
        if let Some(ratio) = ratio.filter(|ratio| ratio.signum() > 0) {
            *found.entry(plan).or_default().entry(ratio).or_default() += 1;
        }
    }
    let wanted = only.map(|name| book.plan(name));
    let plans = 0..u32::try_from(book.plans.len()).unwrap_or(u32::MAX);
    plans
        .filter(|plan| wanted.is_none_or(|wanted| wanted == Some(*plan)))
        .filter_map(|plan| {
            let seen = found.get(&plan);
            if let Some(ratio) = typed {
                return Some(Rise { plan, ratio, seen: None });
            }
            let all = seen?.values().sum();
            let (ratio, times) = seen?.iter().max_by_key(|(_, times)| **times)?;
            (*ratio != Ratio::ONE).then_some(Rise { plan, ratio: *ratio, seen: Some((*times, all)) })
        })
        .collect()
}

/// The rise as a price of one that became another.
fn change(rise: &Rise) -> Option<PriceChange> {
    let before = 1_000_000;
    let after = rise.ratio.checked_mul(Ratio::int(before.into()))?.round_half_even(0)?;
    Some(PriceChange { plan: rise.plan, before: Micros(before), after: Micros(i64::try_from(after).ok()?) })
}

fn form(page: &Around<'_>, query: &EventQuery, book: &Book, rises: &[Rise], is_wrong: bool) -> FormView {
    let c = page.c;
    let read: Vec<String> = rises
        .iter()
        .filter_map(|rise| {
            let (times, all) = rise.seen?;
            let plan = book.plans.get(usize::try_from(rise.plan).ok()?)?;
            let percent = percent(page, rise.ratio);
            let args: [(&str, &dyn std::fmt::Display); 4] =
                [("plan", plan), ("rise", &percent), ("times", &times), ("all", &all)];
            Some(c.words.tf("found.price.read", &args))
        })
        .collect();
    let hint = if read.is_empty() { c.words.t("found.price.hint") } else { read.join(" ") };
    let field = Field {
        name: "rise".to_owned(),
        label: c.words.t("found.price.rise"),
        hint,
        value: query.rise.clone(),
        unit: "%".to_owned(),
        remark: is_wrong.then(|| c.words.t("found.price.no_percent")),
    };
    FormView {
        title: c.words.t("found.price.form"),
        lead: c.words.t("found.price.form_lead"),
        fields: vec![field],
        submit: c.words.t("found.what_if.show"),
        result: Vec::new(),
    }
}

/// A ratio as a change: 6 ÷ 5 is +20 %.
fn percent(page: &Around<'_>, ratio: Ratio) -> String {
    let change = ratio.checked_sub(Ratio::ONE).unwrap_or(Ratio::ZERO);
    format::signed(change, format::percent(page.c.locale(), change, 1))
}

fn finding(page: &Around<'_>, effect: &PriceEffect) -> String {
    let c = page.c;
    let amount = |units: Ratio| money(c, units).text;
    let args: [(&str, &dyn std::fmt::Display); 4] = [
        ("expected", &amount(effect.expected.to_ratio())),
        ("actual", &amount(effect.actual.to_ratio())),
        ("shortfall", &amount(effect.shortfall.to_ratio())),
        ("n", &effect.touched.customers),
    ];
    let revenue = c.words.tf("found.price.revenue", &args);
    let Outcome::Value(extra) = effect.extra_churn else { return revenue };
    let (difference, interval) = (shift(page, extra.difference.value), between(page, extra.difference.interval95));
    let args: [(&str, &dyn std::fmt::Display); 2] = [("difference", &difference), ("interval", &interval)];
    let key = format!("found.price.churn.{}", said(extra.difference.verdict));
    format!("{revenue} {}", c.words.tf(&key, &args))
}

/// Expected against actual, plan by plan.
fn revenue(page: &Around<'_>, each: Vec<(String, Ratio, PriceEffect)>) -> Block {
    let c = page.c;
    let rows = each.into_iter().map(|(plan, rise, effect)| {
        let change = rise.checked_sub(Ratio::ONE);
        vec![
            CellView::text(plan),
            CellView { exact: change.and_then(|r| r.to_decimal(6)), ..CellView::text(percent(page, rise)) },
            count(c, effect.touched.customers),
            money(c, effect.touched.base.to_ratio()),
            money(c, effect.expected.to_ratio()),
            money(c, effect.actual.to_ratio()),
            money(c, effect.shortfall.to_ratio()),
        ]
    });
    let heads = [
        ("found.price.plan", false),
        ("found.price.rise", true),
        ("found.price.customers", true),
        ("found.price.base", true),
        ("found.price.expected", true),
        ("found.price.actual", true),
        ("found.price.shortfall", true),
    ];
    let mut block = block(c, "price", &heads, rows.collect());
    block.lead = c.words.t("found.price.revenue_lead");
    block
}

/// Who left since, of those touched and of the others.
fn churn(page: &Around<'_>, effect: &PriceEffect) -> Block {
    let c = page.c;
    let lost = |r: Retention| rate(c, Rate { k: r.lost, n: r.customers }, wilson95(r.lost, r.customers));
    let row = |key: &str, r: Retention| {
        let blank = CellView::default;
        vec![CellView::text(c.words.t(key)), count(c, r.lost), lost(r), blank(), blank()]
    };
    let mut rows = vec![row("found.price.touched", effect.touched), row("found.price.others", effect.others)];
    for (key, found) in [
        ("found.price.extra", effect.extra_churn.map(|found| found.difference)),
        ("found.price.against_before", effect.against_before.extra),
    ] {
        let (difference, words) = told(page, found);
        let blank = CellView::default;
        rows.push(vec![CellView::text(c.words.t(key)), blank(), blank(), difference, CellView::text(words)]);
    }
    let heads = [
        ("found.events.who", false),
        ("found.price.left", true),
        ("found.price.share_left", true),
        ("found.head.difference", true),
        ("found.head.verdict", false),
    ];
    let mut block = block(c, "price_churn", &heads, rows);
    block.lead = c.words.t("found.price.churn_lead");
    block
}

fn told(page: &Around<'_>, found: Outcome<Difference>) -> (CellView, String) {
    let c = page.c;
    let found = match found {
        Outcome::Value(found) => found,
        Outcome::NotMeasurable(why) => return (CellView::text("–"), not_measurable(c, why)),
    };
    let words = c.words.t(&format!("found.verdict.{}", said(found.verdict)));
    let mark = match found.verdict {
        Verdict::TooFew => return (CellView::text("–"), words),
        Verdict::CannotBeToldApart => Mark::Unclear,
        Verdict::Higher | Verdict::Lower => verdict(Better::Down, found.value),
    };
    let cell = CellView {
        interval: Some(between(page, found.interval95)),
        bounds: Some(bounds(found.interval95)),
        ..points(c, millionths(found.value), Some(mark))
    };
    (cell, words)
}

fn millionths(value: f64) -> Option<Ratio> {
    // Shares lie between −1 and 1.
    Ratio::new((value * 1e6).round() as i128, 1_000_000)
}

fn shift(page: &Around<'_>, value: f64) -> String {
    millionths(value).map_or_else(String::new, |exact| format::points(page.c.locale(), exact, 1))
}

fn between(page: &Around<'_>, (low, high): (f64, f64)) -> String {
    page.c.words.tf("found.between", &[("low", &shift(page, low)), ("high", &shift(page, high))])
}
