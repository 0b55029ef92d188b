//! A question as it is typed: on the command line and in an address of the API.

use domain::metric::catalogue;
use domain::{Date, Locale, Period, PersonId, TeamId};

use super::scope::{Viewer, Who, visible};
use super::{ATTRIBUTES, Dimension, Filter, Frame, Kpi, KpiQuery, Pair, TextColumn};
use crate::authz::Reach;

/// Filters of one question at most.
const MAX_FILTERS: usize = 20;
/// Names that a message lists.
const LISTED: usize = 50;

/// The arguments, as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Ids of KPIs, separated by commas.
    pub metrics: String,
    /// First day.
    pub from: String,
    /// Day after the last.
    pub to: String,
    /// What to break down by, separated by commas.
    pub by: Option<String>,
    /// A team's name or path.
    pub team: Option<String>,
    /// A person's name or key.
    pub person: Option<String>,
    /// Filters: column, separator, value.
    pub filters: Vec<String>,
    /// The two categories of attach rates: `from` and `to`, separator, category.
    pub with: Vec<String>,
    /// Day of balances.
    pub as_of: Option<String>,
    /// The sign between column and value of a filter: the command line has `=`, an address `:`.
    pub separator: char,
}

/// What is wrong with an argument. Its text is made in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{argument}: {key}")]
pub struct Fault {
    /// Name of the argument.
    pub argument: &'static str,
    key: &'static str,
    args: Vec<(&'static str, String)>,
}

impl Fault {
    fn new(argument: &'static str, key: &'static str) -> Self {
        Self { argument, key, args: Vec::new() }
    }

    /// The period has more than so many weeks, months and so on.
    pub fn too_many_parts(most: usize) -> Self {
        Self::new("by", "ask.too_many_parts").with("limit", most)
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// The sentence in a language.
    pub fn message(&self, locale: Locale) -> String {
        crate::import::text::say(locale, self.key, &self.args)
    }
}

/// The question that was typed. Names of people and teams are looked for among those that the viewer may see: others
/// are answered as if they did not exist.
///
/// # Errors
/// The first argument that cannot be understood; the text names what is known.
pub fn read(frame: &Frame, viewer: &Viewer, typed: &Typed) -> Result<KpiQuery, Fault> {
    let (from, to) = (day("from", &typed.from)?, day("to", &typed.to)?);
    let period = Period::new(from, to).map_err(|_| Fault::new("to", "ask.period_empty"))?;
    let who = Who {
        team: typed.team.as_deref().map(|text| team(frame, viewer, text)).transpose()?,
        person: typed.person.as_deref().map(|text| person(frame, viewer, text)).transpose()?,
    };
    if typed.filters.len() > MAX_FILTERS {
        return Err(Fault::new("where", "ask.too_many_filters").with("limit", MAX_FILTERS));
    }
    let filter = |text: &String| filter(text, typed.separator);
    let metrics = metrics(frame, &typed.metrics)?;
    Ok(KpiQuery {
        pair: pair(frame, &metrics, typed)?,
        by: typed.by.as_deref().map(dimensions).transpose()?.unwrap_or_default(),
        who,
        filters: typed.filters.iter().map(filter).collect::<Result<_, _>>()?,
        as_of: typed.as_of.as_deref().map(|text| day("as_of", text)).transpose()?,
        ..KpiQuery::new(metrics, period)
    })
}

fn day(argument: &'static str, text: &str) -> Result<Date, Fault> {
    text.parse().map_err(|_| Fault::new(argument, "ask.no_date").with("typed", short(text)))
}

fn metrics(frame: &Frame, ids: &str) -> Result<Vec<Kpi>, Fault> {
    let known = || {
        let own = frame.own.all_latest().map(|row| row.key.as_str());
        catalogue::all().iter().map(|m| m.id).chain(own).collect::<Vec<_>>().join(", ")
    };
    let mut found: Vec<Kpi> = Vec::new();
    for id in ids.split(',').map(str::trim).filter(|id| !id.is_empty()) {
        match Kpi::find(frame, id) {
            Some(kpi) if !found.iter().any(|known| known.id() == kpi.id()) => found.push(kpi),
            Some(_) => (),
            None => {
                return Err(Fault::new("metrics", "ask.no_metric").with("typed", short(id)).with("known", known()));
            }
        }
    }
    if found.is_empty() { Err(Fault::new("metrics", "ask.no_metrics").with("known", known())) } else { Ok(found) }
}

fn dimensions(text: &str) -> Result<Vec<Dimension>, Fault> {
    let mut found = Vec::new();
    for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let Some(dimension) = Dimension::from_name(name) else {
            let all = Dimension::all();
            let known: Vec<&str> = all.iter().map(Dimension::name).collect();
            let known = format!("{}, {ATTRIBUTES}NAME", known.join(", "));
            return Err(Fault::new("by", "ask.no_dimension").with("typed", short(name)).with("known", known));
        };
        if !found.contains(&dimension) {
            found.push(dimension);
        }
    }
    Ok(found)
}

/// The categories that some of the KPIs compare: both must be named, once each, and only where they are needed.
fn pair(frame: &Frame, metrics: &[Kpi], typed: &Typed) -> Result<Option<Pair>, Fault> {
    let needs = metrics.iter().find(|kpi| kpi.needs_pair(frame.revenue));
    let example = format!("from{0}A, to{0}B", typed.separator);
    let category = |name: &str| {
        let mut named = typed.with.iter().filter_map(|text| text.split_once(typed.separator));
        named.find(|(side, _)| side.trim() == name).map_or("", |(_, category)| category)
    };
    match needs {
        None if typed.with.is_empty() => Ok(None),
        None => Err(Fault::new("with", "ask.with_nothing")),
        Some(kpi) => {
            let pair = Pair::new(category("from"), category("to")).filter(|_| typed.with.len() == 2);
            let missing = || Fault::new("with", "ask.no_pair").with("metric", kpi.id()).with("example", example);
            pair.map(Some).ok_or_else(missing)
        }
    }
}

fn filter(text: &str, separator: char) -> Result<Filter, Fault> {
    let Some((name, value)) = text.split_once(separator) else {
        let example = format!("column{separator}value");
        return Err(Fault::new("where", "ask.no_filter").with("typed", short(text)).with("example", example));
    };
    let Some(column) = TextColumn::from_name(name.trim()) else {
        let known: Vec<&str> = TextColumn::ALL.iter().map(|c| c.name()).collect();
        let known = format!("{}, {ATTRIBUTES}NAME", known.join(", "));
        return Err(Fault::new("where", "ask.no_column").with("typed", short(name)).with("known", known));
    };
    Ok(Filter::new(column, (!value.is_empty()).then(|| value.to_owned())))
}

/// What was typed, cut to what a message can hold.
fn short(text: &str) -> String {
    if text.chars().count() > 80 { text.chars().take(79).chain(['…']).collect() } else { text.to_owned() }
}

/// The one thing that is called so: exactly, or else without regard to case.
fn one<T: Copy>(argument: &'static str, text: &str, all: &[(T, Vec<String>)]) -> Result<T, Fault> {
    let exactly = all.iter().filter(|(_, names)| names.iter().any(|n| n == text));
    let mut found: Vec<T> = exactly.map(|(id, _)| *id).collect();
    if found.is_empty() {
        let lower = text.to_lowercase();
        found = all.iter().filter(|(_, n)| n.iter().any(|n| n.to_lowercase() == lower)).map(|(id, _)| *id).collect();
    }
    let typed = short(text);
    match (found.as_slice(), argument) {
        ([only], _) => Ok(*only),
        ([], _) => {
            let mut known: Vec<&str> = all.iter().filter_map(|(_, n)| n.first()).map(String::as_str).collect();
            known.sort_unstable();
            let more = if known.len() > LISTED { ", …" } else { "" };
            known.truncate(LISTED);
            let key = if argument == "team" { "ask.no_team" } else { "ask.no_person" };
            Err(Fault::new(argument, key).with("typed", typed).with("known", format!("{}{more}", known.join(", "))))
        }
        (_, "team") => Err(Fault::new(argument, "ask.many_teams").with("typed", typed)),
        _ => Err(Fault::new(argument, "ask.many_people").with("typed", typed)),
    }
}

fn team(frame: &Frame, viewer: &Viewer, text: &str) -> Result<TeamId, Fault> {
    let seen = |id: TeamId| match &viewer.reach {
        Reach::All => true,
        Reach::Limited { teams, totals, .. } => teams.contains(&id) || totals.contains(&id),
    };
    let all: Vec<_> = frame
        .tree
        .names
        .iter()
        .filter(|(id, _)| seen(**id))
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

fn person(frame: &Frame, viewer: &Viewer, text: &str) -> Result<PersonId, Fault> {
    let visible = visible(frame, viewer, Who::ALL);
    let seen = |id: &PersonId| match &visible {
        Ok(None) => true,
        Ok(Some(spans)) => spans.contains_key(id),
        Err(_) => false,
    };
    let all: Vec<_> = frame.people.iter().filter(|(id, _)| seen(id)).collect();
    let by_key: Vec<_> = all.iter().map(|(id, p)| (**id, vec![p.key.clone()])).collect();
    let by_name: Vec<_> = all.iter().map(|(id, p)| (**id, vec![p.name.clone()])).collect();
    one("person", text, &by_key).or_else(|_| one("person", text, &by_name))
}
