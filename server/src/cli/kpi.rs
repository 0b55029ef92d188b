//! `maatstaf kpi`: answers a question about KPIs, as a table or as JSON.

use anyhow::{Context as _, bail};
use clap::Args;
use domain::metric::{Metric, catalogue};
use domain::{Date, OrgId, Period, PersonId, TeamId};

use super::Operator;
use crate::kpi::{
    ATTRIBUTES, Dimension, Filter, Frame, KpiError, KpiQuery, TextColumn, Viewer, Who, ask, to_json, to_table,
};

/// Answers a question about KPIs.
#[derive(Debug, Args)]
pub struct Kpi {
    /// Metrics, separated by commas.
    ids: String,
    /// Organisation.
    #[arg(long)]
    org: String,
    /// First day (YYYY-MM-DD).
    #[arg(long)]
    from: String,
    /// Day after the last (YYYY-MM-DD).
    #[arg(long)]
    to: String,
    /// Break down by these, separated by commas: person, team, manager, week, month, quarter, year, a text column,
    /// or `attributes.NAME` of the facts.
    #[arg(long)]
    by: Option<String>,
    /// Only this team with everything below it: its name, or its path as `Region / East`.
    #[arg(long)]
    team: Option<String>,
    /// Only this person: their name or key.
    #[arg(long)]
    person: Option<String>,
    /// Only facts with this value: `column=value`; an empty value is blank. May be given more than once.
    #[arg(long = "where", value_name = "COLUMN=VALUE")]
    filters: Vec<String>,
    /// Day of balances (YYYY-MM-DD), in place of the period's end or today.
    #[arg(long)]
    as_of: Option<String>,
    /// Print JSON, as the API answers.
    #[arg(long)]
    json: bool,
}

/// Runs the subcommand.
///
/// # Errors
/// When an argument is not known; the message names those that are.
pub async fn run(operator: &Operator, kpi: Kpi) -> anyhow::Result<u8> {
    let org = operator.org(&kpi.org).await?;
    let today = operator.clock.today(&org.time_zone);
    let frame = Frame::load(&operator.db, OrgId::new(org.id)).await?;
    let viewer = Viewer::operator(frame.org, today);
    let query = question(&frame, &kpi)?;
    let rows = ask(&operator.db, &frame, &viewer, &query).await.map_err(|error| match error {
        KpiError::Db(db) => anyhow::Error::new(db).context("the database did not answer"),
        other => anyhow::Error::new(other),
    })?;
    let text = if kpi.json { format!("{}\n", to_json(&rows, frame.currency)) } else { to_table(&rows, frame.currency) };
    super::write_out(&text)?;
    Ok(0)
}

fn question(frame: &Frame, kpi: &Kpi) -> anyhow::Result<KpiQuery> {
    let period = Period::new(day("--from", &kpi.from)?, day("--to", &kpi.to)?)
        .context("--to is the day after the last and must come after --from")?;
    let who = Who {
        team: kpi.team.as_deref().map(|text| team(frame, text)).transpose()?,
        person: kpi.person.as_deref().map(|text| person(frame, text)).transpose()?,
    };
    Ok(KpiQuery {
        by: kpi.by.as_deref().map(dimensions).transpose()?.unwrap_or_default(),
        who,
        filters: kpi.filters.iter().map(|text| filter(text)).collect::<anyhow::Result<_>>()?,
        as_of: kpi.as_of.as_deref().map(|text| day("--as-of", text)).transpose()?,
        ..KpiQuery::new(metrics(&kpi.ids)?, period)
    })
}

fn day(option: &str, text: &str) -> anyhow::Result<Date> {
    text.parse().map_err(|error| anyhow::anyhow!("{option} {text}: {error}"))
}

fn metrics(ids: &str) -> anyhow::Result<Vec<&'static Metric>> {
    let known = || crate::kpi::loaded().map(|m| m.id).collect::<Vec<_>>().join(", ");
    let mut found: Vec<&'static Metric> = Vec::new();
    for id in ids.split(',').map(str::trim).filter(|id| !id.is_empty()) {
        match catalogue::find(id) {
            Some(metric) if !found.iter().any(|m| m.id == metric.id) => found.push(metric),
            Some(_) => (),
            None => bail!("no metric is called {id}; there are: {}", known()),
        }
    }
    if found.is_empty() { bail!("name at least one metric; there are: {}", known()) } else { Ok(found) }
}

fn dimensions(text: &str) -> anyhow::Result<Vec<Dimension>> {
    let mut found = Vec::new();
    for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let Some(dimension) = Dimension::from_name(name) else {
            let all = Dimension::all();
            let known: Vec<&str> = all.iter().map(Dimension::name).collect();
            bail!("--by {name}: not known; there are: {}, {ATTRIBUTES}NAME", known.join(", "));
        };
        if !found.contains(&dimension) {
            found.push(dimension);
        }
    }
    Ok(found)
}

fn filter(text: &str) -> anyhow::Result<Filter> {
    let Some((name, value)) = text.split_once('=') else {
        bail!("--where {text}: write column=value");
    };
    let Some(column) = TextColumn::from_name(name.trim()) else {
        let known: Vec<&str> = TextColumn::ALL.iter().map(|c| c.name()).collect();
        bail!("--where {name}: not a column; there are: {}, {ATTRIBUTES}NAME", known.join(", "));
    };
    Ok(Filter { column, value: (!value.is_empty()).then(|| value.to_owned()) })
}

/// The one thing that is called so: exactly, or else without regard to case.
fn one<T: Copy>(kind: &str, text: &str, all: &[(T, Vec<String>)]) -> anyhow::Result<T> {
    let exactly = all.iter().filter(|(_, names)| names.iter().any(|n| n == text));
    let mut found: Vec<T> = exactly.map(|(id, _)| *id).collect();
    if found.is_empty() {
        let lower = text.to_lowercase();
        found = all.iter().filter(|(_, n)| n.iter().any(|n| n.to_lowercase() == lower)).map(|(id, _)| *id).collect();
    }
    match found[..] {
        [only] => Ok(only),
        [] => {
            let mut known: Vec<&str> = all.iter().filter_map(|(_, n)| n.first()).map(String::as_str).collect();
            known.sort_unstable();
            let more = if known.len() > 50 { ", …" } else { "" };
            known.truncate(50);
            bail!("no {kind} is called {text}; there are: {}{more}", known.join(", "))
        }
        _ => bail!("more than one {kind} is called {text}: use the path of a team or the key of a person"),
    }
}

fn team(frame: &Frame, text: &str) -> anyhow::Result<TeamId> {
    let all: Vec<_> = frame
        .tree
        .names
        .iter()
        .map(|(id, name)| {
            let path = frame.tree.path(*id);
            let tight = path.replace(" / ", "/");
            (*id, vec![path, tight, name.clone()])
        })
        .collect();
    // A path is unique; a name may not be.
    let by_path: Vec<_> = all.iter().map(|(id, names)| (*id, names[..2].to_vec())).collect();
    one("team", text, &by_path).or_else(|_| one("team", text, &all))
}

fn person(frame: &Frame, text: &str) -> anyhow::Result<PersonId> {
    let by_key: Vec<_> = frame.people.iter().map(|(id, p)| (*id, vec![p.key.clone()])).collect();
    let by_name: Vec<_> = frame.people.iter().map(|(id, p)| (*id, vec![p.name.clone()])).collect();
    one("person", text, &by_key).or_else(|_| one("person", text, &by_name))
}
