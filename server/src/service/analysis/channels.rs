//! Channels and campaigns: what a lead costs, what becomes of it, and where the budget goes.

use std::collections::{BTreeMap, BTreeSet};

use app::analysis::api::{AnalysisView, Block, CellView, Picker, Said};
use app::scorecard::api::Pick;
use app::ui::ChartView;
use domain::channel::{BudgetShare, ChannelFact, Column, Totals, budget_shares};
use domain::metric::{Metric, catalogue};
use domain::{Answer, Micros, Outcome, Ratio, Unit, Why, format};

use super::Page;
use super::cells::{answer, block, chart_table, points};
use crate::chart::plain::{self, Series};
use crate::error::ServiceResult;
use crate::kpi::{self, Dimension, KpiQuery, KpiRow, TextColumn};

/// The columns of the tables.
const SHOWN: [&str; 9] = [
    "spend",
    "leads",
    "cpl",
    "qualified_share",
    "lead_to_customer",
    "order_conversion",
    "campaign_revenue",
    "roi",
    "roas",
];
const SPEND: usize = 0;
const LEADS: usize = 1;
const QUALIFIED: usize = 3;
const REVENUE: usize = 6;
const ROI: usize = 7;
const ROAS: usize = 8;
/// What the share of the budget is set against.
const RESULTS: [(&str, Column); 3] =
    [("revenue", Column::Revenue), ("leads", Column::Leads), ("qualified", Column::QualifiedLeads)];

/// A channel with its answers, in the order of [`SHOWN`].
struct Group {
    names: Vec<Option<String>>,
    answers: Vec<Answer>,
}

/// Fills the page.
pub(super) async fn fill(page: &Page<'_>, view: &mut AnalysisView) -> ServiceResult<()> {
    let c = page.c;
    let channels = groups(page, &[TextColumn::Channel]).await?;
    let campaigns = groups(page, &[TextColumn::Campaign, TextColumn::Channel]).await?;
    if channels.is_empty() {
        view.said.push(Said::plain(c.words.t("found.channels.none")));
        return Ok(());
    }
    incomplete(page, &channels, view);
    losing(page, &channels, view);
    view.blocks.push(table(page, "channels", &["found.head.channel"], &channels));
    let chosen = RESULTS.into_iter().find(|(name, _)| *name == page.query.by);
    let has_revenue = channels.iter().any(|group| group.answers[REVENUE].value.is_measured());
    let (name, column) = chosen.unwrap_or(if has_revenue { RESULTS[0] } else { RESULTS[1] });
    let word = |name: &str| c.words.t(&format!("found.channels.result.{name}"));
    view.pickers.push(Picker {
        name: "by".to_owned(),
        label: c.words.t("found.channels.result_label"),
        current: name.to_owned(),
        options: RESULTS.map(|(name, _)| Pick { value: name.to_owned(), label: word(name) }).into(),
    });
    shares(page, &channels, column, &word(name), view);
    view.blocks.push(table(page, "campaigns", &["found.head.campaign", "found.head.channel"], &campaigns));
    Ok(())
}

async fn groups(page: &Page<'_>, by: &[TextColumn]) -> ServiceResult<Vec<Group>> {
    let c = page.c;
    let metrics: Vec<&'static Metric> = SHOWN.into_iter().filter_map(catalogue::find).collect();
    let mut query = KpiQuery::new(metrics, page.period);
    query.by = by.iter().cloned().map(Dimension::Text).collect();
    query.who = page.subject.who;
    query.so_far = true;
    let rows = kpi::ask(c.db(), &c.frame, &c.viewer, &query).await?;
    let mut found: Vec<Group> = Vec::new();
    for rows in rows.chunk_by(|a, b| a.by == b.by) {
        let names = rows.first().map(|row| row.by.iter().map(|label| label.text.clone()).collect());
        let of = |id: &&str| rows.iter().find(|row| row.metric.id() == *id).map_or(Answer::nothing(), answer_of);
        let answers: Vec<Answer> = SHOWN.iter().map(of).collect();
        // A value that occurs in other kinds of fact alone is no channel of a campaign.
        if answers[SPEND].value.why() != Some(Why::NoData) || answers[LEADS].value.is_measured() {
            found.push(Group { names: names.unwrap_or_default(), answers });
        }
    }
    Ok(found)
}

fn answer_of(row: &KpiRow) -> Answer {
    row.answer.clone()
}

fn name(page: &Page<'_>, name: Option<&Option<String>>) -> String {
    name.cloned().flatten().unwrap_or_else(|| page.c.words.t("deals.value_blank"))
}

fn table(page: &Page<'_>, id: &str, names: &[&'static str], groups: &[Group]) -> Block {
    let c = page.c;
    let rows = groups.iter().map(|group| {
        let mut row: Vec<CellView> =
            (0..names.len()).map(|at| CellView::text(name(page, group.names.get(at)))).collect();
        row.extend(group.answers.iter().map(|found| short(page, found)));
        row
    });
    let titles: Vec<String> = SHOWN.iter().map(|id| format!("metric.{id}.short")).collect();
    let heads: Vec<(&str, bool)> =
        names.iter().map(|head| (*head, false)).chain(titles.iter().map(|title| (title.as_str(), true))).collect();
    let mut block = block(c, id, &heads, rows.collect());
    block.lead = c.words.t(&format!("found.channels.{id}_lead"));
    block
}

/// As a figure; the most frequent reasons in a word.
fn short(page: &Page<'_>, found: &Answer) -> CellView {
    let words = page.c.words;
    match found.value.why() {
        Some(Why::Incomplete) => CellView::text(words.t("found.channels.incomplete")),
        Some(Why::NoData) => CellView::text(words.t("found.channels.no_data")),
        Some(_) | None => answer(page.c, found),
    }
}

/// Channels whose costs are not all known.
fn incomplete(page: &Page<'_>, channels: &[Group], view: &mut AnalysisView) {
    let lacking = channels.iter().filter(|group| group.answers[SPEND].value.why() == Some(Why::Incomplete));
    let names: Vec<String> = lacking.map(|group| name(page, group.names.first())).collect();
    if !names.is_empty() {
        let words = page.c.words;
        view.said.push(Said::alarm(words.tf("found.channels.lacking", &[("channels", &names.join(", "))])));
    }
}

/// Channels that bring back less than they cost.
fn losing(page: &Page<'_>, channels: &[Group], view: &mut AnalysisView) {
    let c = page.c;
    for group in channels {
        let roi = group.answers[ROI].value.into_value().filter(|figure| figure.exact.signum() < 0);
        if let Some(roi) = roi {
            let channel = name(page, group.names.first());
            let args: [(&str, &dyn std::fmt::Display); 4] = [
                ("channel", &channel),
                ("roi", &format::figure_in_table(c.locale(), &roi, c.currency())),
                ("spend", &answer(c, &group.answers[SPEND]).text),
                ("revenue", &answer(c, &group.answers[REVENUE]).text),
            ];
            view.said.push(Said::plain(c.words.tf("found.channels.loses", &args)));
        }
    }
}

/// The parts of a group as the domain sets them side by side; none where its costs are not known.
fn totals(group: &Group, result: Column) -> Option<Totals> {
    let micros = |at: usize| {
        let units = group.answers[at].value.into_value()?.exact;
        let micros = units.checked_mul(Ratio::int(i128::from(domain::money::MICROS_PER_UNIT)))?.round_half_even(0)?;
        Some(Outcome::Value(Micros(i64::try_from(micros).ok()?)))
    };
    let count = |figure: Option<domain::Figure>| i64::try_from(figure?.exact.numerator()).ok();
    let fact = ChannelFact {
        spend: micros(SPEND),
        leads: count(group.answers[LEADS].value.into_value()),
        qualified_leads: count(group.answers[QUALIFIED].numerator),
        revenue: micros(REVENUE),
        ..ChannelFact::default()
    };
    let states = match result {
        Column::Leads => fact.leads.is_some(),
        Column::QualifiedLeads => fact.qualified_leads.is_some(),
        _ => fact.revenue.is_some(),
    };
    if fact.spend.is_none() || !states {
        return None;
    }
    let mut totals = Totals::default();
    totals.add(&fact);
    Some(totals)
}

/// Share of the budget against share of the result, of channels of which both are known.
fn shares(page: &Page<'_>, channels: &[Group], result: Column, word: &str, view: &mut AnalysisView) {
    let c = page.c;
    let key = |group: &Group| group.names.first().cloned().flatten();
    let known: BTreeMap<Option<String>, Totals> =
        channels.iter().filter_map(|group| Some((key(group), totals(group, result)?))).collect();
    let left_out: BTreeSet<String> =
        channels.iter().filter(|g| !known.contains_key(&key(g))).map(|g| name(page, g.names.first())).collect();
    let found = budget_shares(&known, result);
    let rows = found.iter().map(|one| {
        let gap = points(c, one.gap.into_value(), None);
        vec![CellView::text(name(page, Some(&one.key))), short(page, &one.budget), short(page, &one.result), gap]
    });
    let heads = [
        ("found.head.channel", false),
        ("found.head.budget_share", true),
        ("found.head.result_share", true),
        ("found.head.gap", true),
    ];
    let mut block = block(c, "shares", &heads, rows.collect());
    let mut lead = c.words.tf("found.channels.shares_lead", &[("result", &word)]);
    if !left_out.is_empty() {
        let names: Vec<String> = left_out.into_iter().collect();
        lead = format!("{lead} {}", c.words.tf("found.channels.left_out", &[("channels", &names.join(", "))]));
    }
    block.lead = lead;
    let advice = advice(page, channels, &found, word);
    if found.len() > 1 {
        let places: Vec<String> = found.iter().map(|one| name(page, Some(&one.key))).collect();
        let float = |answer: &Answer| answer.value.into_value().map(|figure| figure.to_f64());
        let series = [
            Series {
                name: c.words.t("found.head.budget_share"),
                colour: "ink-soft",
                values: found.iter().map(|one| float(&one.budget)).collect(),
                is_dashed: true,
            },
            Series {
                name: format!("{} ({word})", c.words.t("found.head.result_share")),
                colour: "accent",
                values: found.iter().map(|one| float(&one.result)).collect(),
                is_dashed: false,
            },
        ];
        let title = advice.clone().unwrap_or_else(|| c.words.t("found.channels.shares_title"));
        let option = plain::dots(&places, &series, &plain::format_of(Unit::Ratio, c.currency()));
        let table = block.table.as_ref().map(chart_table).unwrap_or_default();
        block.chart = Some(ChartView { summary: title.clone(), title, option, table });
    }
    view.said.extend(advice.map(Said::plain));
    view.blocks.push(block);
}

/// Where budget could move, in words: from what brings less than its part to what brings more.
fn advice(page: &Page<'_>, channels: &[Group], found: &[BudgetShare<String>], word: &str) -> Option<String> {
    let c = page.c;
    let gaps = || found.iter().filter_map(|one| Some((one, one.gap.into_value()?)));
    let (least, gap) = gaps().min_by_key(|(_, gap)| *gap)?;
    let (most, more) = gaps().max_by_key(|(_, gap)| *gap)?;
    if gap.signum() >= 0 || more.signum() <= 0 {
        return None;
    }
    let share = |found: &Answer| answer(c, found).text;
    let back = |one: &BudgetShare<String>| {
        let group = channels.iter().find(|group| group.names.first() == Some(&one.key))?;
        let roas = group.answers[ROAS].value.into_value()?;
        Some(format::money(c.locale(), roas.exact, c.currency()))
    };
    let (from, to) = (name(page, Some(&least.key)), name(page, Some(&most.key)));
    let args: [(&str, &dyn std::fmt::Display); 7] = [
        ("from", &from),
        ("to", &to),
        ("result", &word),
        ("from_budget", &share(&least.budget)),
        ("from_result", &share(&least.result)),
        ("to_budget", &share(&most.budget)),
        ("to_result", &share(&most.result)),
    ];
    let text = c.words.tf("found.channels.move", &args);
    Some(match back(least).zip(back(most)) {
        Some((less, more)) => {
            let args: [(&str, &dyn std::fmt::Display); 4] =
                [("from", &from), ("to", &to), ("less", &less), ("more", &more)];
            format!("{text} {}", c.words.tf("found.channels.back", &args))
        }
        None => text,
    })
}
