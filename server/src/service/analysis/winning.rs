//! Winning and losing: under each definition, why deals are lost, what wins more often, and why the rate moved.

use std::collections::BTreeMap;

use app::analysis::api::{AnalysisView, Block, CellView, Said};
use app::ui::{ChartView, DotData, Verdict};
use domain::metric::{Better, Metric};
use domain::stats::{Mix, Part, Rate, mix_effect};
use domain::winning::{self, Pattern, decided, loss_reasons, patterns};
use domain::{Measure, MeasureValues, Period, Ratio, format};

use super::Page;
use super::cells::{answer, block, chart_table, count, explained, metric_name, outcome, points, rate, verdict};
use crate::chart::plain;
use crate::error::ServiceResult;
use crate::kpi::{self, About, TextColumn};
use crate::service::scorecard::context::Context;

/// Columns in which patterns are looked for.
const COLUMNS: [TextColumn; 6] = [
    TextColumn::ProposalTemplate,
    TextColumn::Segment,
    TextColumn::Source,
    TextColumn::Campaign,
    TextColumn::Product,
    TextColumn::Country,
];
/// Reasons and groups that are listed.
const LISTED: usize = 40;

type Groups = BTreeMap<Option<String>, MeasureValues>;

/// The groups of a column, now and in the period before.
struct Column {
    column: TextColumn,
    now: Vec<(Option<String>, Rate)>,
    before: BTreeMap<Option<String>, Rate>,
}

/// Fills the page.
pub(super) async fn fill(page: &Page<'_>, view: &mut AnalysisView) -> ServiceResult<()> {
    let c = page.c;
    let about = About::from(page.subject.who);
    let previous = page.period.same_part_of_previous(c.today);
    let mut periods = vec![page.period];
    periods.extend(previous);
    view.blocks.push(definitions(page, &periods).await?);
    let lost = [Measure::DealsLost, Measure::AmountLost];
    let column = TextColumn::LostReason;
    let of_reason = kpi::groups(c.db(), &c.frame, &c.viewer, about, &periods[..1], &lost, &column).await?;
    view.blocks.push(reasons(page, of_reason.into_iter().next().unwrap_or_default()));
    let mut columns = Vec::new();
    for column in COLUMNS {
        let counts = [Measure::DealsWon, Measure::DealsLost];
        let mut found = kpi::groups(c.db(), &c.frame, &c.viewer, about, &periods, &counts, &column).await?.into_iter();
        let now = rates(found.next().unwrap_or_default());
        let before = rates(found.next().unwrap_or_default()).into_iter().collect();
        // Of one group there is no rest.
        if now.iter().filter(|(_, rate)| rate.n > 0).count() > 1 {
            columns.push(Column { column, now, before });
        }
    }
    compare(page, &columns, view);
    if previous.is_some() {
        split(page, &columns, view);
    }
    Ok(())
}

fn rates(groups: Groups) -> Vec<(Option<String>, Rate)> {
    groups.into_iter().filter_map(|(key, values)| Some((key, decided(&values)?))).collect()
}

/// The win rate under each definition, now and before.
async fn definitions(page: &Page<'_>, periods: &[Period]) -> ServiceResult<Block> {
    let c = page.c;
    let all: Vec<&'static Metric> =
        winning::DEFINITIONS.into_iter().filter_map(domain::metric::catalogue::find).collect();
    let about = About::from(page.subject.who);
    let found = kpi::points(c.db(), &c.frame, &c.viewer, &all, about, periods).await?;
    let rows = all.iter().enumerate().map(|(i, metric)| {
        let at = |point: usize| found.get(point).and_then(|point| point.answers.get(i));
        let now = at(0).map(|now| explained(c, metric, now, &page.subject, page.period)).unwrap_or_default();
        let before = at(1).map(|before| answer(c, before)).unwrap_or_default();
        let means = CellView::text(c.words.t(&format!("metric.{}.explain", metric.id)));
        vec![metric_name(c, metric), now, before, means]
    });
    let heads = [
        ("found.head.definition", false),
        ("found.head.value", true),
        ("found.head.before", true),
        ("found.head.means", false),
    ];
    Ok(block(c, "definitions", &heads, rows.collect()))
}

/// Reasons of loss, the most frequent first, with the share that they and those above them make up.
fn reasons(page: &Page<'_>, groups: Groups) -> Block {
    let c = page.c;
    let found = loss_reasons(groups);
    let all: i64 = found.iter().map(|reason| reason.lost).sum();
    let mut so_far = 0;
    let (mut names, mut counts, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for reason in found.iter().take(LISTED) {
        so_far += reason.lost;
        let name = reason.reason.clone().unwrap_or_else(|| c.words.t("found.winning.no_reason"));
        let cumulated = CellView { n: None, ..rate(c, Rate { k: so_far, n: all }, None) };
        let share = CellView { n: None, ..answer(c, &reason.share) };
        let value_share = CellView { n: None, ..answer(c, &reason.amount_share) };
        let value = outcome(c, reason.amount);
        rows.push(vec![CellView::text(name.clone()), count(c, reason.lost), share, cumulated, value, value_share]);
        names.push(name);
        counts.push(reason.lost as f64);
    }
    let title = found.first().map(|most| {
        let name = most.reason.clone().unwrap_or_else(|| c.words.t("found.winning.no_reason"));
        let share = answer(c, &most.share).text;
        c.words.tf("found.winning.most", &[("reason", &name), ("share", &share), ("n", &all)])
    });
    let heads = [
        ("deals.field.lost_reason", false),
        ("found.head.lost", true),
        ("found.head.share", true),
        ("found.head.cumulated", true),
        ("found.head.value_lost", true),
        ("found.head.value_share", true),
    ];
    let mut block = block(c, "reasons", &heads, rows);
    match title {
        None => {
            block.table = None;
            block.lead = c.words.t("found.winning.none_lost");
        }
        Some(title) => {
            let table = block.table.as_ref().map(chart_table).unwrap_or_default();
            let option = plain::bars(&names, &counts, "number:0");
            block.chart = Some(ChartView { summary: title.clone(), title, option, table });
        }
    }
    block
}

fn field(c: &Context<'_>, column: &TextColumn) -> String {
    c.words.t(&format!("deals.field.{}", column.name()))
}

/// Which groups differ from the rest of their column beyond noise.
fn compare(page: &Page<'_>, columns: &[Column], view: &mut AnalysisView) {
    let c = page.c;
    let asked: Vec<Vec<(Option<String>, Rate)>> = columns.iter().map(|column| column.now.clone()).collect();
    let found = patterns(&asked, c.frame.min_n);
    let comparisons = found.iter().flatten().filter(|pattern| pattern.adjusted_p.is_some()).count();
    let (mut rows, mut differing) = (Vec::new(), Vec::new());
    for (column, patterns) in columns.iter().zip(&found) {
        let mut sorted: Vec<&Pattern<String>> = patterns.iter().filter(|pattern| pattern.rate.n > 0).collect();
        sorted.sort_by_key(|pattern| std::cmp::Reverse(pattern.rate.n));
        for pattern in sorted.into_iter().take(LISTED) {
            let name = pattern.key.clone().unwrap_or_else(|| c.words.t("deals.value_blank"));
            if matches!(pattern.verdict, winning::Verdict::Better | winning::Verdict::Worse) {
                differing.push(sentence(c, &field(c, &column.column), &name, pattern));
            }
            rows.push(row(page, &field(c, &column.column), name, pattern));
        }
    }
    let nothing = || c.words.tf("found.winning.no_pattern", &[("n", &comparisons)]);
    if differing.is_empty() && !rows.is_empty() {
        view.said.push(Said::plain(nothing()));
    }
    view.said.extend(differing.into_iter().map(Said::plain));
    let heads = [
        ("found.head.group", false),
        ("found.head.column", false),
        ("found.head.win_rate", true),
        ("found.head.rest", true),
        ("found.head.difference", true),
        ("found.head.verdict", false),
    ];
    let mut block = block(c, "patterns", &heads, rows);
    block.lead = c.words.tf("found.winning.patterns_lead", &[("n", &comparisons), ("min", &c.frame.min_n)]);
    if columns.is_empty() {
        block.table = None;
        block.lead = c.words.t("found.winning.no_columns");
    }
    view.blocks.push(block);
}

fn sentence(c: &Context<'_>, column: &str, name: &str, pattern: &Pattern<String>) -> String {
    let key = match pattern.verdict {
        winning::Verdict::Better => "found.winning.better",
        _ => "found.winning.worse",
    };
    let share = |rate: Rate| rate_text(c, rate);
    let rest = pattern.rest.map(share).unwrap_or_default();
    let args: [(&str, &dyn std::fmt::Display); 5] = [
        ("column", &column),
        ("group", &name),
        ("rate", &share(pattern.rate)),
        ("n", &pattern.rate.n),
        ("rest", &rest),
    ];
    c.words.tf(key, &args)
}

fn rate_text(c: &Context<'_>, found: Rate) -> String {
    rate(c, found, None).text
}

fn row(page: &Page<'_>, column: &str, name: String, pattern: &Pattern<String>) -> Vec<CellView> {
    let c = page.c;
    let own = rate(c, pattern.rate, pattern.interval95);
    let share = |rate: Rate| (rate.n > 0).then(|| rate.k as f64 / rate.n as f64);
    let is_told_apart = matches!(pattern.verdict, winning::Verdict::Better | winning::Verdict::Worse);
    let dots = DotData {
        value: share(pattern.rate),
        interval: pattern.interval95,
        group: pattern.rest.and_then(share),
        target: None,
        scale: (0.0, 1.0),
        unclear: !is_told_apart,
        label: format!("{name}: {}", own.text),
    };
    let (verdict, key) = match pattern.verdict {
        winning::Verdict::Better => (Some(Verdict::Better), "better"),
        winning::Verdict::Worse => (Some(Verdict::Worse), "worse"),
        winning::Verdict::CannotTell => (Some(Verdict::Unclear), "cannot_tell"),
        winning::Verdict::TooFew => (None, "too_few"),
    };
    // Fewer than the organisation's minimum say nothing of a difference.
    let difference = pattern.difference.filter(|_| pattern.verdict != winning::Verdict::TooFew);
    let interval = pattern.difference95.filter(|_| difference.is_some());
    let rest = pattern.rest.map(|rest| rate(c, rest, None)).unwrap_or_default();
    vec![
        CellView::text(name),
        CellView::text(column),
        CellView { dots: Some(dots), ..own },
        rest,
        CellView {
            interval: interval.map(|(low, high)| format::interval_of(c.locale(), low, high, 0)),
            bounds: interval.map(super::cells::bounds),
            ..points(c, difference, verdict)
        },
        CellView::text(c.words.t(&format!("found.verdict.{key}"))),
    ]
}

/// How much of the change of the rate comes from the groups' own rates, and how much from their mix.
fn split(page: &Page<'_>, columns: &[Column], view: &mut AnalysisView) {
    let c = page.c;
    let mut rows = Vec::new();
    for column in columns {
        let now: BTreeMap<&Option<String>, Rate> = column.now.iter().map(|(key, rate)| (key, *rate)).collect();
        let keys: std::collections::BTreeSet<&Option<String>> =
            now.keys().copied().chain(column.before.keys()).collect();
        let pair = |rate: Option<&Rate>| rate.map_or((0, 0), |rate| (rate.k, rate.n));
        let parts = keys.iter().map(|key| Part { before: pair(column.before.get(*key)), after: pair(now.get(*key)) });
        let Some(mix) = mix_effect(&parts.collect::<Vec<_>>()) else { continue };
        let name = field(c, &column.column);
        if mix.reversed {
            let change = format::points(c.locale(), mix.total, 1);
            view.said
                .push(Said::alarm(c.words.tf("found.winning.reversed", &[("column", &name), ("change", &change)])));
        }
        rows.push(mix_row(c, name, &mix));
    }
    let heads = [
        ("found.head.column", false),
        ("found.head.change", true),
        ("found.head.of_rates", true),
        ("found.head.of_mix", true),
        ("found.head.of_both", true),
        ("found.head.simpson", false),
    ];
    let is_empty = rows.is_empty();
    let mut block = block(c, "mix", &heads, rows);
    block.lead = c.words.t(if is_empty { "found.winning.no_mix" } else { "found.winning.mix_lead" });
    if is_empty {
        block.table = None;
    }
    view.blocks.push(block);
}

fn mix_row(c: &Context<'_>, name: String, mix: &Mix) -> Vec<CellView> {
    let cell = |part: Ratio| points(c, Some(part), None);
    let total = points(c, Some(mix.total), Some(verdict(Better::Up, mix.total.to_f64())));
    let alarm = if mix.reversed { "found.winning.is_reversed" } else { "found.winning.not_reversed" };
    vec![
        CellView::text(name),
        CellView { verdict: None, ..total },
        cell(mix.rate),
        cell(mix.mix),
        cell(mix.interaction),
        CellView::text(c.words.t(alarm)),
    ]
}
