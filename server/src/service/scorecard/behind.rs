//! Lists of the facts behind a number.

use std::collections::BTreeSet;

use app::route::Route;
use app::scorecard::api::Link;
use domain::metric::FactKind;
use domain::policy::{Action, Relation};
use domain::{Measure, Period};

use super::context::{Context, Subject};
use crate::import::Kind;
use crate::kpi::{Who, made_of};
use crate::query::column::Table;

/// The lists of deals and of other facts, for who may see those of single people.
pub(super) fn records(
    c: &Context<'_>,
    subject: &Subject,
    period: Period,
    kpi: &str,
    measures: &BTreeSet<Measure>,
) -> Vec<Link> {
    let who = subject.who;
    if who.person.is_none() && who.team.is_some_and(|t| !c.sees_people_of(t)) {
        return Vec::new();
    }
    let mut tables = made_of::tables(measures);
    let deals = if tables.remove(&Table::Deals) { deals(c, subject, period, kpi) } else { Vec::new() };
    let targets = made_of::kinds(measures).contains(&FactKind::Targets).then_some(Kind::Targets);
    let kinds = tables.into_iter().filter_map(|table| Kind::parse(table.kind()).ok()).chain(targets);
    deals.into_iter().chain(kinds.filter_map(|kind| facts(c, subject, period, kind))).collect()
}

fn deals(c: &Context<'_>, subject: &Subject, period: Period, kpi: &str) -> Vec<Link> {
    let who = subject.who;
    let text = |id: Option<String>| id.unwrap_or_default();
    let link = |part: &&str| Link {
        label: c.words.t(&format!("deals.part.{part}")),
        href: Route::Deals
            .url()
            .q("person", text(who.person.map(|p| p.to_string())))
            .q("team", text(who.team.map(|t| t.to_string())))
            .q("period", period.name(&c.frame.calendar))
            .q("part", part)
            .href(),
    };
    parts(kpi).iter().map(link).collect()
}

/// Facts of a person, of the people of a team, or of everybody that the reader sees.
fn facts(c: &Context<'_>, subject: &Subject, period: Period, kind: Kind) -> Option<Link> {
    let who = subject.who;
    let is_anybodys = kind.facts().is_some_and(|(table, _)| table.person.is_some());
    // What is nobody's counts for the organisation only.
    if !is_anybodys && (who != Who::ALL || !c.access.allows(Action::Import, Relation::Unrelated)) {
        return None;
    }
    // A subscription stands on its first day, however long it counts.
    let from = if kind == Kind::Subscriptions { String::new() } else { period.from().to_string() };
    let href = Route::Facts(kind.name().to_owned())
        .url()
        .q("from", from)
        .q("to", period.last().min(c.today).to_string())
        .q("person", who.person.map(|p| p.to_string()).unwrap_or_default())
        .q("team", who.team.map(|t| t.to_string()).unwrap_or_default())
        .href();
    Some(Link { label: c.words.t(&format!("imports.kind.{}", kind.name())), href })
}

/// Lists of deals that a number is made of; the first is the number itself or what is above the line.
fn parts(metric: &str) -> &'static [&'static str] {
    match metric {
        "deals_lost" => &["lost"],
        "deals_open" | "pipeline_value" | "pipeline_weighted" => &["open"],
        "deals_disqualified" => &["disqualified"],
        "deals_pursued" | "win_rate_pursued" => &["won", "lost", "disqualified", "open"],
        "win_rate" | "win_rate_value" => &["won", "decided", "open"],
        "win_rate_disqualified" => &["won", "decided", "disqualified"],
        "win_rate_cohort" => &["cohort"],
        "sales_velocity" => &["open", "won", "decided"],
        _ => &["won"],
    }
}
