//! Lists of targets: all that a caller may see, a person's, a team board's.

use std::collections::{BTreeMap, BTreeSet};

use app::caller::Caller;
use app::targets::data::{PersonTargets, TargetFilter, TargetLine, TargetList};
use domain::policy::{Action, Relation};
use domain::target::{Judgement, Status, Who};
use domain::{Grain, Period, PersonId};
use sea_orm::ConnectionTrait;

use super::model::Stored;
use super::rights::{self, may_change, may_see, relation};
use super::standing::{self, Standing, needs_attention};
use super::{around, form, steps, words};
use crate::authz::Denied;
use crate::error::{ServiceError, ServiceResult};
use crate::query;
use crate::query::target::Wanted;
use crate::service::desk::Desk;
use crate::state::AppState;

/// More than this nobody reads in one list; the filters narrow it, and a file holds them all.
const MOST: usize = 200;

fn stored(rows: Vec<crate::entity::target::Model>) -> ServiceResult<Vec<Stored>> {
    rows.into_iter().map(Stored::read).collect()
}

/// Lines of standings, with what waits for the reader.
///
/// # Errors
/// When the database refuses.
pub(super) async fn lines(db: &impl ConnectionTrait, desk: &Desk, all: &[Standing]) -> ServiceResult<Vec<TargetLine>> {
    let proposed: Vec<i64> = all.iter().filter(|s| s.status == Status::Proposed).map(|s| s.stored.row.id).collect();
    let countered: BTreeSet<i64> = query::target::countered(db, desk.org(), &proposed).await?.into_iter().collect();
    let waits = |s: &Standing| {
        let is_countered = countered.contains(&s.stored.row.id);
        if is_countered { may_change(desk, &s.stored) } else { steps::answers(desk, &s.stored) }
    };
    Ok(all.iter().map(|s| words::line(desk, s, waits(s))).collect())
}

/// Running ones first, then what comes, then what was.
fn order(status: Status) -> u8 {
    match status {
        Status::Running => 0,
        Status::Proposed => 1,
        Status::Agreed => 2,
        Status::Draft => 3,
        Status::Reached | Status::Missed => 4,
        Status::Cancelled => 5,
    }
}

/// Targets from the one at `skip` on, at most [`MOST`], and where the next ones begin.
///
/// # Errors
/// When the period is none, or the database refuses.
pub(in crate::service) async fn list(
    state: &AppState,
    caller: &Caller,
    mut filter: TargetFilter,
    skip: usize,
) -> ServiceResult<(TargetList, Option<usize>)> {
    let db = &state.db;
    let desk = Desk::read(state, caller).await?;
    let whose = whose(&desk);
    if !whose.contains(&filter.whose) {
        let leads = ["team", "mine", "all"].iter().find(|w| whose.iter().any(|x| x == *w));
        filter.whose = leads.map(|w| (*w).to_owned()).unwrap_or_default();
    }
    let period = match filter.period.trim() {
        "" => None,
        name => Some(desk.period(name).ok_or_else(|| ServiceError::field("period", "targets.error.period_syntax"))?),
    };
    let people: Vec<i64> = match (filter.person, filter.team) {
        (Some(person), _) => vec![person.get()],
        (None, Some(team)) => around::people_of(&desk, team),
        (None, None) => Vec::new(),
    };
    let teams: Vec<i64> = filter.team.iter().map(|t| t.get()).collect();
    let narrowed = filter.person.is_some() || filter.team.is_some();
    let owners = narrowed.then_some((people.as_slice(), teams.as_slice()));
    let rows = stored(query::target::all(db, desk.org(), Wanted { period, owners }).await?)?;
    let periods = periods(&desk, &rows);
    let mut rows: Vec<Stored> =
        rows.into_iter().filter(|s| may_see(&desk, s) && (narrowed || is_of(&desk, &filter.whose, s))).collect();
    let next = Some(skip.saturating_add(MOST)).filter(|next| rows.len() > *next);
    rows = rows.into_iter().skip(skip).take(MOST).collect();
    let mut all = standing::of(db, &desk, rows).await?;
    all.retain(|s| match filter.status.as_str() {
        "" => s.status != Status::Cancelled,
        wanted => s.status.code() == wanted,
    });
    all.sort_by_key(|s| (order(s.status), std::cmp::Reverse(s.stored.target.period.to()), s.stored.row.id));
    let lines = lines(db, &desk, &all).await?;
    let me = caller.person_id.filter(|_| desk.access.allows(Action::SetPersonalGoal, Relation::Own));
    let may_set = form::who_choices(&desk).iter().any(|(code, _)| me.is_none_or(|m| *code != format!("person:{m}")));
    Ok((TargetList { lines, filter, periods, whose, may_set, me }, next))
}

/// Whose targets the caller can choose from.
fn whose(desk: &Desk) -> Vec<String> {
    let mut all = Vec::new();
    if desk.caller.person_id.is_some() {
        all.push("mine".to_owned());
    }
    if !desk.access.below.is_empty() || !desk.access.managed.is_empty() {
        all.push("team".to_owned());
    }
    all.push("all".to_owned());
    all
}

fn is_of(desk: &Desk, whose: &str, stored: &Stored) -> bool {
    let relation = relation(&desk.access, stored.target.who);
    match whose {
        "mine" => relation == Relation::Own,
        "team" => relation == Relation::Below,
        _ => true,
    }
}

/// Periods that have targets, newest first, and the current quarter.
fn periods(desk: &Desk, rows: &[Stored]) -> Vec<(String, String)> {
    let mut all: BTreeSet<Period> = rows.iter().filter(|s| may_see(desk, s)).map(|s| s.target.period).collect();
    all.extend(Period::containing(desk.caller.today, Grain::Quarter, &desk.frame.calendar));
    all.into_iter().rev().map(|p| (p.name(&desk.frame.calendar), desk.period_label(p))).collect()
}

pub(super) async fn of_person(
    state: &AppState,
    caller: &Caller,
    person: PersonId,
    period: &str,
) -> ServiceResult<PersonTargets> {
    let db = &state.db;
    let desk = Desk::read(state, caller).await?;
    let who = Who::Person(person);
    if !rights::exists(&desk, who) || !rights::sees(&desk.access, who) {
        return Err(Denied::NotFound.into());
    }
    let period = desk.period(period).ok_or_else(|| ServiceError::field("period", "targets.error.period_syntax"))?;
    let people = [person.get()];
    let wanted = Wanted { period: Some(period), owners: Some((&people, &[])) };
    let rows = stored(query::target::all(db, desk.org(), wanted).await?)?;
    let rows = rows.into_iter().filter(|s| may_see(&desk, s) && s.status != Status::Cancelled).collect();
    let mut all = standing::of(db, &desk, rows).await?;
    // The heaviest first; personal goals last.
    all.sort_by_key(|s| (s.stored.target.is_personal, std::cmp::Reverse(s.stored.row.weight), s.stored.row.id));
    let is_self = caller.person_id == Some(person);
    Ok(PersonTargets {
        person,
        period: period.name(&desk.frame.calendar),
        verdict: verdict(&desk, &all),
        lines: lines(db, &desk, &all).await?,
        may_set: rights::require_set(&desk, who, false).is_ok(),
        is_self: is_self && desk.access.allows(Action::SetPersonalGoal, Relation::Own),
    })
}

/// "On track for 2 of 3 targets. Look at: Revenue."
fn verdict(desk: &Desk, all: &[Standing]) -> String {
    let judged: Vec<(&Standing, Judgement)> = all
        .iter()
        .filter(|s| !matches!(s.status, Status::Draft | Status::Proposed))
        .filter_map(|s| Some((s, s.progress.as_ref()?.progress.judgement)))
        .filter(|(_, j)| *j != Judgement::NotStarted)
        .collect();
    let good = judged.iter().filter(|(_, j)| matches!(j, Judgement::OnTrack | Judgement::Reached)).count();
    let t = &desk.texts;
    let total = judged.len();
    let mut sentence = match (good, total) {
        (_, 0) => return t.t("targets.verdict.none"),
        (1, 1) => t.t("targets.verdict.one"),
        (n, total) if n == total => t.tf("targets.verdict.all", &[("total", &total)]),
        (n, total) => t.tf("targets.verdict.some", &[("n", &n), ("total", &total)]),
    };
    let names: Vec<String> = judged
        .iter()
        .filter(|(_, j)| needs_attention(*j))
        .map(|(s, _)| desk.metric_name(&s.stored.target.metric))
        .collect();
    if !names.is_empty() {
        sentence = format!("{sentence} {}", t.tf("targets.verdict.attention", &[("names", &names.join(", "))]));
    }
    sentence
}

pub(super) async fn of_people(
    state: &AppState,
    caller: &Caller,
    people: &[PersonId],
    period: Period,
) -> ServiceResult<BTreeMap<PersonId, Vec<TargetLine>>> {
    let db = &state.db;
    let desk = Desk::read(state, caller).await?;
    let seen: Vec<i64> =
        people.iter().filter(|p| rights::sees(&desk.access, Who::Person(**p))).map(|p| p.get()).collect();
    let wanted = Wanted { period: Some(period), owners: Some((&seen, &[])) };
    let rows = stored(query::target::all(db, desk.org(), wanted).await?)?;
    let shown = |s: &Stored| !matches!(s.status, Status::Draft | Status::Cancelled) && !s.target.is_personal;
    let all = standing::of(db, &desk, rows.into_iter().filter(shown).collect()).await?;
    let mut found: BTreeMap<PersonId, Vec<TargetLine>> = BTreeMap::new();
    for line in lines(db, &desk, &all).await? {
        if let Some(person) = line.person {
            found.entry(person).or_default().push(line);
        }
    }
    Ok(found)
}
