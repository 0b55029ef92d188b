//! Figures and deals for files: not rounded, with what an honest reader needs beside them.

use std::collections::BTreeMap;

use app::caller::Caller;
use app::scorecard::api::{DealsQuery, Exact, Kpi as KpiRow, ScorecardQuery, TeamQuery};
use domain::{Date, Micros};

use super::context::Context;
use super::face::Face;
use super::{board, deals, person as card};
use crate::entity::deal;
use crate::error::ServiceResult;
use crate::export::Cell;
use crate::kpi::{ATTRIBUTES, Kpi};
use crate::query;
use crate::service::Services;
use crate::service::export::{PIECE, Table, columns, unit};

const COLUMNS: [&str; 11] =
    ["who", "perspective", "metric", "id", "value", "unit", "n", "low", "high", "why", "version"];

/// What a file of deals has beside the columns of the page.
const MORE: [&str; 14] = [
    "stage",
    "created_on",
    "engaged_on",
    "closed_on",
    "original",
    "currency",
    "segment",
    "source",
    "campaign",
    "lost_reason",
    "proposal_template",
    "discount",
    "probability",
    "country",
];

/// The deals behind a number, with these columns of the organisation's own.
pub async fn deals(
    services: &Services,
    caller: &Caller,
    mut query: DealsQuery,
    own: &[String],
) -> ServiceResult<Table> {
    let c = Context::load(services, caller).await?;
    let asked = deals::asked(&c, &mut query).await?;
    let found = asked.deals(&c, PIECE).await?;
    let ids = found.deals.iter().map(|deal| deal.cursor.id.get());
    let whole = query::deal::some(c.db(), caller.org_id.get(), ids).await?;
    let mut more = BTreeMap::new();
    for deal in whole {
        more.insert(deal.id, more_of(&deal, own)?);
    }
    let rows = found.deals.iter().map(|deal| {
        let text = |text: &Option<String>| Cell::text(text.as_deref().unwrap_or_default());
        let mut cells = vec![
            Cell::text(&deal.external_id),
            text(&deal.account),
            text(&deal.product),
            Cell::text(deals::credited(&c, &deal.credits)),
            Cell::text(deals::status_word(&c, deal.status)),
            Cell::day(deals::began(deal)),
            Cell::day(deals::closed(deal)),
            deals::days(deal).map_or(Cell::Blank, |n| Cell::count(i64::from(n))),
            Cell::number(deals::counted(deal, &asked.subject).and_then(|a| a.to_decimal(c.currency().digits()))),
        ];
        // One that was removed since the page was read has only what the page says.
        let blank = || vec![Cell::Blank; MORE.len() + own.len()];
        cells.extend(more.remove(&deal.cursor.id.get()).unwrap_or_else(blank));
        cells
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let heads = deals::heads(&c).into_iter().map(|head| head.label);
    let more = MORE.iter().map(|name| c.words.t(&format!("deals.field.{name}")));
    let own = own.iter().map(|name| format!("{ATTRIBUTES}{name}"));
    let field = |name: &str| match name.strip_prefix(ATTRIBUTES) {
        Some(own) => own.to_owned(),
        None if name.is_empty() => String::new(),
        None => c.words.t(&format!("deals.field.{name}")),
    };
    Ok(Table {
        title: c.words.tf("deals.title", &[("who", &asked.subject.name)]),
        about: vec![
            (c.words.t("ui.period"), period(&c, asked.period)),
            (c.words.t("deals.part_label"), c.words.t(&format!("deals.part.{}", query.part))),
            (field("segment"), query.segment),
            (field("source"), query.source),
            (field(&query.column), query.value),
            (c.words.t("export.search"), query.search),
            (c.words.t("export.currency"), c.currency().code().to_owned()),
        ],
        metrics: vec![asked.metric.id.to_owned()],
        columns: heads.chain(more).chain(own).collect(),
        rows,
        next: found.next.map(|cursor| format!("{}.{}", cursor.day, cursor.id)),
    })
}

/// What [`MORE`] and the own columns hold of a deal.
fn more_of(deal: &deal::Model, own: &[String]) -> ServiceResult<Vec<Cell>> {
    let text = |text: &Option<String>| Cell::text(text.as_deref().unwrap_or_default());
    let day = |day: Option<i32>| Cell::day(day.and_then(Date::from_day_number));
    let number = |micros: Option<i64>| Cell::number(micros.map(|n| Micros(n).to_string()));
    let named = query::own::of_json(deal.attributes.as_deref())?;
    let all = [
        text(&deal.stage),
        day(deal.created_on),
        day(deal.engaged_on),
        day(deal.closed_on),
        number(deal.amount_micros),
        Cell::text(&deal.currency),
        text(&deal.segment),
        text(&deal.source),
        text(&deal.campaign),
        text(&deal.lost_reason),
        text(&deal.proposal_template),
        number(deal.discount_micros),
        number(deal.probability_micros),
        text(&deal.country),
    ];
    let own = own.iter().map(|name| Cell::text(named.get(name).map(String::as_str).unwrap_or_default()));
    Ok(all.into_iter().chain(own).collect())
}

fn period(c: &Context<'_>, period: domain::Period) -> String {
    let last = domain::format::date(c.locale(), period.last());
    let days = format!("{} – {last}", domain::format::date(c.locale(), period.from()));
    format!("{} ({days})", period.name(&c.frame.calendar))
}

/// A person's scorecard.
pub async fn person(services: &Services, caller: &Caller, query: ScorecardQuery) -> ServiceResult<Table> {
    let c = Context::load(services, caller).await?;
    let found = card::scorecard(&c, query).await?;
    let rows = found.perspectives.iter().flat_map(|p| p.kpis.iter().map(|kpi| row(&c, caller, &found.name, kpi)));
    let rows = rows.collect();
    let kpis = found.perspectives.iter().flat_map(|p| &p.kpis);
    Ok(Table {
        title: c.words.tf("scorecard.title_of", &[("name", &found.name)]),
        about: about(&c, &found.period, found.as_of),
        metrics: kpis.map(|kpi| kpi.metric.clone()).collect(),
        columns: columns(c.words, &COLUMNS),
        rows,
        next: None,
    })
}

/// A team's board: its own figures, then its people's, then those of the teams below.
pub async fn team(services: &Services, caller: &Caller, query: TeamQuery) -> ServiceResult<Table> {
    let c = Context::load(services, caller).await?;
    let found = board::board(&c, query).await?;
    let mut rows: Vec<Vec<Cell>> = found.totals.iter().map(|kpi| row(&c, caller, &found.name, kpi)).collect();
    let people = found.people.iter().flat_map(|people| &people.rows);
    for line in people.chain(&found.subteams.rows) {
        rows.extend(line.exact.iter().map(|exact| exact_row(&c, caller, &line.name, exact)));
    }
    Ok(Table {
        title: found.name.clone(),
        about: about(&c, &found.period, found.as_of),
        metrics: found.totals.iter().map(|kpi| kpi.metric.clone()).collect(),
        columns: columns(c.words, &COLUMNS),
        rows,
        next: None,
    })
}

/// Period, how much of it has passed, and what the data reaches to.
fn about(c: &Context<'_>, period: &app::scorecard::api::PeriodView, as_of: String) -> Vec<(String, String)> {
    vec![
        (c.words.t("ui.period"), format!("{} ({})", period.name, period.days)),
        (c.words.t("export.partial"), period.partial.clone().unwrap_or_default()),
        (c.words.t("export.as_of"), as_of),
    ]
}

fn row(c: &Context<'_>, caller: &Caller, who: &str, kpi: &KpiRow) -> Vec<Cell> {
    exact_row(c, caller, who, &kpi.exact)
}

fn exact_row(c: &Context<'_>, caller: &Caller, who: &str, exact: &Exact) -> Vec<Cell> {
    let face = Kpi::find(&c.frame, &exact.metric).and_then(|kpi| Face::of(c, kpi, c.today));
    let face = face.as_ref();
    let (low, high) = exact.interval95.clone().unzip();
    let perspective = face.map(|f| c.words.t(&format!("scorecard.perspective.{}", f.perspective.code())));
    vec![
        Cell::text(who),
        Cell::text(perspective.unwrap_or_default()),
        Cell::text(face.map(|f| f.name.as_str()).unwrap_or_default()),
        Cell::text(&exact.metric),
        Cell::number(exact.value.clone()),
        Cell::text(face.map(|f| unit(c.words, caller, f.unit.code())).unwrap_or_default()),
        exact.n.map_or(Cell::Blank, Cell::count),
        Cell::number(low),
        Cell::number(high),
        Cell::text(exact.why.as_deref().unwrap_or_default()),
        Cell::number(face.map(|f| f.version.clone())),
    ]
}
