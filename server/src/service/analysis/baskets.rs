//! Baskets: what transactions are worth, what is bought together, what lifts them, and who comes back.

use app::analysis::api::{AnalysisView, Block, CellView, Picker, Said};
use app::scorecard::api::Pick;
use app::ui::{DotData, Verdict};
use domain::basket::{CategoryEffect, Contents};
use domain::metric::{Metric, catalogue};
use domain::{Answer, Ratio, format};

use super::Page;
use super::cells::{answer, block, count, explained, metric_name, outcome};
use crate::authz::Denied;
use crate::error::ServiceResult;
use crate::kpi::{self, About, Bought, Dimension, KpiError, KpiQuery, TextColumn};

/// Of the whole.
const TOTALS: [&str; 9] = [
    "sales_revenue",
    "atv",
    "upt",
    "avg_unit_price",
    "repeat_purchase_rate",
    "returning_customer_rate",
    "repurchase_retention",
    "return_rate",
    "sales_discount_share",
];
/// Of each group.
const EACH: [&str; 5] = ["sales_revenue", "atv", "upt", "avg_unit_price", "return_rate"];
/// Categories that are set against each other, those of the most transactions.
const MATRIX: usize = 8;
/// Categories whose effect is listed.
const LISTED: usize = 30;

fn metrics(ids: &[&str]) -> Vec<&'static Metric> {
    ids.iter().filter_map(|id| catalogue::find(id)).collect()
}

/// Fills the page.
pub(super) async fn fill(page: &Page<'_>, view: &mut AnalysisView) -> ServiceResult<()> {
    let c = page.c;
    view.blocks.push(totals(page).await?);
    let groups = [
        ("shop", Dimension::Text(TextColumn::Shop)),
        ("category", Dimension::Text(TextColumn::Category)),
        ("person", Dimension::Person),
    ];
    let chosen = groups.iter().find(|(name, _)| *name == page.query.by).unwrap_or(&groups[0]);
    let word = |name: &str| c.words.t(&format!("found.baskets.by.{name}"));
    view.pickers.push(Picker {
        name: "by".to_owned(),
        label: c.words.t("found.baskets.by_label"),
        current: chosen.0.to_owned(),
        options: groups.iter().map(|(name, _)| Pick { value: (*name).to_owned(), label: word(name) }).collect(),
    });
    view.blocks.push(by(page, chosen.0, chosen.1.clone()).await?);
    let bought = kpi::bought(c.db(), &c.frame, &c.viewer, page.subject.who, page.period).await?;
    together(page, &bought, view);
    Ok(())
}

/// All transactions, now and in the period before.
async fn totals(page: &Page<'_>) -> ServiceResult<Block> {
    let c = page.c;
    let all = metrics(&TOTALS);
    let mut periods = vec![page.period];
    periods.extend(page.period.same_part_of_previous(c.today));
    let about = About::from(page.subject.who);
    let found = kpi::points(c.db(), &c.frame, &c.viewer, &all, about, &periods).await?;
    let rows = all.iter().enumerate().map(|(i, metric)| {
        let at = |point: usize| found.get(point).and_then(|point| point.answers.get(i));
        let now = at(0).map(|now| explained(c, metric, now, &page.subject, page.period)).unwrap_or_default();
        let before = at(1).map(|before| answer(c, before)).unwrap_or_default();
        vec![metric_name(c, metric), now, before]
    });
    let heads = [("found.head.metric", false), ("found.head.value", true), ("found.head.before", true)];
    let mut block = block(c, "totals", &heads, rows.collect());
    block.lead = c.words.t("found.baskets.totals_lead");
    Ok(block)
}

/// Each shop, category or person by name. Who may see a total only gets no people.
async fn by(page: &Page<'_>, name: &str, by: Dimension) -> ServiceResult<Block> {
    let c = page.c;
    let mut query = KpiQuery::new(metrics(&EACH), page.period);
    query.by = vec![by];
    query.who = page.subject.who;
    query.so_far = true;
    let rows = match kpi::ask(c.db(), &c.frame, &c.viewer, &query).await {
        Err(KpiError::Denied(Denied::NotFound)) => Vec::new(),
        rows => rows?,
    };
    let rows = rows.chunk_by(|a, b| a.by == b.by).map(|rows| {
        let label = rows.first().and_then(|row| row.by.first()).and_then(|label| label.text.clone());
        let mut row = vec![CellView::text(label.unwrap_or_else(|| c.words.t("deals.value_blank")))];
        let of = |id: &&str| rows.iter().find(|row| row.metric.id() == *id).map(|row| answer(c, &row.answer));
        row.extend(EACH.iter().map(|id| of(id).unwrap_or_default()));
        row
    });
    let titles: Vec<String> = EACH.iter().map(|id| format!("metric.{id}.short")).collect();
    let head = format!("found.baskets.by.{name}");
    let heads: Vec<(&str, bool)> =
        std::iter::once((head.as_str(), false)).chain(titles.iter().map(|title| (title.as_str(), true))).collect();
    let mut block = block(c, "by", &heads, rows.collect());
    block.lead = c.words.t(&format!("found.baskets.by_lead.{name}"));
    if block.table.as_ref().is_some_and(|table| table.rows.is_empty()) {
        block.table = None;
        block.lead = c.words.t("found.baskets.by_none");
    }
    Ok(block)
}

/// A category with its effect on the transactions that hold it.
struct Category<'b> {
    number: u32,
    name: &'b str,
    effect: CategoryEffect,
}

/// What is bought together, and which category lifts a transaction.
fn together(page: &Page<'_>, bought: &Bought, view: &mut AnalysisView) {
    let Bought { contents, categories } = bought;
    let mut all: Vec<Category<'_>> = contents
        .categories()
        .filter_map(|number| {
            let name = categories.get(usize::try_from(number).ok()?)?;
            Some(Category { number, name, effect: contents.effect_of(number) })
        })
        .collect();
    all.sort_by_key(|category| std::cmp::Reverse(category.effect.with.n));
    all.truncate(LISTED);
    let c = page.c;
    if all.len() < 2 {
        view.said.push(Said::plain(c.words.t("found.baskets.one_category")));
        return;
    }
    let matrix = matrix(page, contents, &all[..all.len().min(MATRIX)], view);
    view.blocks.push(matrix);
    view.said.extend(lifts(page, &all));
    view.blocks.push(effects(page, &all));
}

/// Of the transactions with the category of a row, those that also hold the category of a column.
fn matrix(page: &Page<'_>, contents: &Contents, shown: &[Category<'_>], view: &mut AnalysisView) -> Block {
    let c = page.c;
    let mut strongest: Option<(&str, &str, Answer)> = None;
    let mut rows = Vec::new();
    for row in shown {
        let attached = contents.attached_to(row.number);
        let mut cells = vec![CellView::text(row.name), count(c, row.effect.with.n.unwrap_or(0))];
        for column in shown {
            let found = attached.iter().find(|one| one.category == column.number);
            cells.push(found.map_or_else(|| CellView::text("–"), |one| CellView { n: None, ..answer(c, &one.rate) }));
            let value = |answer: &Answer| answer.value.into_value().map(|figure| figure.exact);
            if let Some(one) = found.filter(|one| one.rate.n.is_some_and(|n| n >= c.frame.min_n))
                && strongest.as_ref().is_none_or(|(_, _, best)| value(best) < value(&one.rate))
            {
                strongest = Some((row.name, column.name, one.rate.clone()));
            }
        }
        rows.push(cells);
    }
    if let Some((from, to, rate)) = strongest {
        let cell = answer(c, &rate);
        let (n, interval) = (cell.n.unwrap_or(0), cell.interval.unwrap_or_default());
        let args: [(&str, &dyn std::fmt::Display); 5] =
            [("from", &from), ("to", &to), ("rate", &cell.text), ("interval", &interval), ("n", &n)];
        view.said.push(Said::plain(c.words.tf("found.baskets.together", &args)));
    }
    let mut block = block(c, "attach", &[("found.head.category", false), ("found.head.transactions", true)], rows);
    if let Some(table) = block.table.as_mut() {
        table.head.extend(shown.iter().map(|category| (category.name.to_owned(), true)));
    }
    block.lead = c.words.t("found.baskets.attach_lead");
    block
}

/// Whether the baskets of both sides can be told apart.
fn verdict(page: &Page<'_>, effect: &CategoryEffect) -> &'static str {
    let enough = |answer: &Answer| answer.n.is_some_and(|n| n >= page.c.frame.min_n);
    match effect.difference95 {
        _ if !enough(&effect.with) || !enough(&effect.without) => "too_few",
        Some((low, _)) if low > 0.0 => "larger",
        Some((_, high)) if high < 0.0 => "smaller",
        _ => "cannot_tell",
    }
}

/// The category whose baskets are larger by the most, beyond noise.
fn lifts(page: &Page<'_>, all: &[Category<'_>]) -> Option<Said> {
    let c = page.c;
    let exact = |category: &&Category<'_>| category.effect.difference.into_value().map(|figure| figure.exact);
    let told = all.iter().filter(|category| verdict(page, &category.effect) == "larger");
    let most = told.max_by_key(exact)?;
    let (difference, own) = (exact(&most)?, most.effect.own.value.into_value()?.exact);
    let money = |units: Ratio| format::money_in_table(c.locale(), units, c.currency());
    let interval = most.effect.difference95.map(|bounds| between(page, bounds)).unwrap_or_default();
    let args: [(&str, &dyn std::fmt::Display); 5] = [
        ("category", &most.name),
        ("difference", &money(difference)),
        ("interval", &interval),
        ("own", &money(own)),
        ("n", &most.effect.with.n.unwrap_or(0)),
    ];
    let key = if difference > own { "found.baskets.lifts_more" } else { "found.baskets.lifts" };
    Some(Said::plain(c.words.tf(key, &args)))
}

/// An interval of money in whole units.
fn between(page: &Page<'_>, (low, high): (f64, f64)) -> String {
    let c = page.c;
    let money = |x: f64| format::money_in_table(c.locale(), Ratio::int(x.round() as i128), c.currency());
    format!("{} – {}", money(low), money(high))
}

fn effects(page: &Page<'_>, all: &[Category<'_>]) -> Block {
    let c = page.c;
    let ends = || all.iter().filter_map(|category| category.effect.difference95);
    let scale = (ends().map(|(low, _)| low).fold(0.0, f64::min), ends().map(|(_, high)| high).fold(0.0, f64::max));
    let rows = all.iter().map(|category| {
        let effect = &category.effect;
        let found = verdict(page, effect);
        let difference = outcome(c, effect.difference);
        let mark = match found {
            "larger" => Some(Verdict::Better),
            "smaller" => Some(Verdict::Worse),
            "cannot_tell" => Some(Verdict::Unclear),
            _ => None,
        };
        let dots = DotData {
            value: effect.difference.into_value().map(|figure| figure.to_f64()),
            interval: effect.difference95,
            group: Some(0.0),
            target: None,
            scale,
            unclear: !matches!(found, "larger" | "smaller"),
            label: format!("{}: {}", category.name, difference.text),
        };
        let difference = CellView {
            interval: effect.difference95.map(|bounds| between(page, bounds)),
            bounds: effect.difference95.map(super::cells::bounds),
            dots: Some(dots),
            verdict: mark,
            ..difference
        };
        // With too few nothing is said of the difference.
        let difference = if mark.is_some() { difference } else { CellView::text("–") };
        vec![
            CellView::text(category.name),
            answer(c, &effect.with),
            answer(c, &effect.without),
            difference,
            CellView { n: None, ..answer(c, &effect.own) },
            CellView::text(c.words.t(&format!("found.verdict.{found}"))),
        ]
    });
    let heads = [
        ("found.head.category", false),
        ("found.head.atv_with", true),
        ("found.head.atv_without", true),
        ("found.head.difference", true),
        ("found.head.own", true),
        ("found.head.verdict", false),
    ];
    let mut block = block(c, "effect", &heads, rows.collect());
    block.lead = c.words.t("found.baskets.effect_lead");
    block
}
