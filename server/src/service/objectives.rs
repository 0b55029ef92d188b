//! Objectives: a tree of organisation, team and person.

use std::collections::BTreeMap;

use app::FieldError;
use app::caller::Caller;
use app::targets::data::{ObjectiveFields, ObjectiveTree, ObjectiveView};
use domain::objective::{Level, Node, ObjectiveDraft, check_parent};
use domain::policy::{Action, Relation};
use domain::target::Who;
use domain::{ObjectiveId, PersonId, TeamId};
use sea_orm::DatabaseTransaction;
use serde_json::json;

use super::desk::Desk;
use super::organisation::{Actor, record};
use super::targets::{exists, may_see_objective, owner, relation, who_name};
use crate::authz::Denied;
use crate::entity::objective;
use crate::error::{ServiceError, ServiceResult};
use crate::query;
use crate::state::AppState;

fn may_set(desk: &Desk, who: Who) -> bool {
    desk.access.allows(Action::SetObjective, relation(&desk.access, who))
}

pub(super) async fn tree(state: &AppState, caller: &Caller) -> ServiceResult<ObjectiveTree> {
    let desk = Desk::read(state, caller).await?;
    let counts = query::target::count_by_objective(&state.db, desk.org()).await?;
    let rows: Vec<objective::Model> = query::objective::active(&state.db, desk.org())
        .await?
        .into_iter()
        .filter(|row| may_see_objective(&desk, row))
        .collect();
    let mut objectives = Vec::with_capacity(rows.len());
    for root in rows.iter().filter(|r| !rows.iter().any(|p| Some(p.id) == r.parent_id)) {
        walk(&desk, &rows, &counts, root, 0, &mut objectives);
    }
    Ok(ObjectiveTree { objectives, who: who_choices(&desk) })
}

/// An objective and those below it, parents first. The tree has no cycles, so this ends.
fn walk(
    desk: &Desk,
    rows: &[objective::Model],
    counts: &BTreeMap<i64, u32>,
    row: &objective::Model,
    depth: u32,
    out: &mut Vec<ObjectiveView>,
) {
    let who = owner(row);
    out.push(ObjectiveView {
        id: ObjectiveId::new(row.id),
        title: row.title.clone(),
        why: row.why.clone(),
        who: if who == Who::Organisation { String::new() } else { who_name(desk, who) },
        level: row.level.clone(),
        horizon: row.horizon.clone(),
        perspective: row.perspective.clone(),
        depth,
        targets: counts.get(&row.id).copied().unwrap_or(0),
        may_archive: may_set(desk, who),
    });
    for child in rows.iter().filter(|r| r.parent_id == Some(row.id)) {
        walk(desk, rows, counts, child, depth + 1, out);
    }
}

/// For whom the caller may make an objective.
fn who_choices(desk: &Desk) -> Vec<(String, String)> {
    let mut all = Vec::new();
    if desk.access.allows(Action::SetObjective, Relation::Organisation) {
        all.push(("organisation".to_owned(), who_name(desk, Who::Organisation)));
    }
    let mut teams: Vec<TeamId> = desk.frame.tree.parents.keys().copied().collect();
    teams.retain(|t| may_set(desk, Who::Team(*t)));
    teams.sort_by_key(|t| desk.frame.tree.path(*t).to_lowercase());
    all.extend(teams.into_iter().map(|t| (format!("team:{t}"), desk.frame.tree.path(t))));
    let mut people: Vec<PersonId> = desk.frame.people.keys().copied().collect();
    people.retain(|p| may_set(desk, Who::Person(*p)));
    people.sort_by_key(|p| desk.frame.person_name(*p).unwrap_or_default().to_lowercase());
    all.extend(people.into_iter().map(|p| (format!("person:{p}"), who_name(desk, Who::Person(p)))));
    all
}

fn read_who(text: &str) -> Option<Who> {
    match text.trim().split_once(':') {
        Some(("team", id)) => id.parse().ok().map(Who::Team),
        Some(("person", id)) => id.parse().ok().map(Who::Person),
        _ => (text.trim() == "organisation").then_some(Who::Organisation),
    }
}

fn remark(field: &str, code: &str) -> FieldError {
    FieldError::new(field, &format!("objectives.error.{code}"))
}

pub(super) async fn create(state: &AppState, caller: &Caller, fields: ObjectiveFields) -> ServiceResult<ObjectiveId> {
    let txn = crate::db::write_txn(&state.db).await?;
    let desk = Desk::open(state, &txn, caller).await?;
    let who = read_who(&fields.who);
    if let Some(who) = who {
        let relation = relation(&desk.access, who);
        let known = desk.access.allows(Action::SeeNumbers, relation) || may_set(&desk, who);
        if !exists(&desk, who) || !known {
            return Err(Denied::NotFound.into());
        }
        desk.access.require(Action::SetObjective, relation)?;
    } else if who_choices(&desk).is_empty() {
        return Err(Denied::Forbidden.into());
    }
    let ObjectiveFields { title, why, horizon, perspective, .. } = fields;
    let mut errors = Vec::new();
    let parsed = ObjectiveDraft { title, why, horizon, perspective }.parse();
    if let Err(all) = &parsed {
        errors.extend(all.iter().map(|e| FieldError { args: e.args.clone(), ..remark(&e.field, &e.code) }));
    }
    if who.is_none() {
        errors.push(remark("who", "who"));
    }
    let id = crate::id::next();
    let parent = parent(&txn, &desk, id, who, &fields.parent, &mut errors).await?;
    let (Ok(objective), Some(who), true) = (parsed, who, errors.is_empty()) else { return Err(errors.into()) };
    let (team_id, person_id) = match who {
        Who::Organisation => (None, None),
        Who::Team(id) => (Some(id.get()), None),
        Who::Person(id) => (None, Some(id.get())),
    };
    let row = objective::Model {
        org_id: desk.org(),
        id,
        title: objective.title,
        why: objective.why,
        level: who.level().to_owned(),
        team_id,
        person_id,
        parent_id: parent,
        horizon: objective.horizon.code().to_owned(),
        perspective: objective.perspective.code().to_owned(),
        created_by: Some(caller.user_id.get()),
        created_at: desk.now.0,
        archived_at: None,
    };
    query::objective::insert(&txn, row).await?;
    audit(&txn, &desk, "objective.create", id).await?;
    txn.commit().await?;
    Ok(ObjectiveId::new(id))
}

/// The objective above, if it may stand there.
async fn parent(
    txn: &DatabaseTransaction,
    desk: &Desk,
    id: i64,
    who: Option<Who>,
    text: &str,
    errors: &mut Vec<FieldError>,
) -> ServiceResult<Option<i64>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let rows = query::objective::active(txn, desk.org()).await?;
    let tree: BTreeMap<ObjectiveId, Node> = rows
        .iter()
        .filter(|row| may_see_objective(desk, row))
        .filter_map(|row| {
            let level = Level::from_code(&row.level)?;
            Some((ObjectiveId::new(row.id), Node { parent: row.parent_id.map(ObjectiveId::new), level }))
        })
        .collect();
    let above = text.trim().parse::<ObjectiveId>().ok();
    let level = who.and_then(|w| Level::from_code(w.level()));
    match (above, level) {
        (None, _) => errors.push(remark("parent", "unknown_parent")),
        (Some(above), Some(level)) => {
            if let Err(error) = check_parent(&tree, ObjectiveId::new(id), level, Some(above)) {
                errors.push(remark("parent", error.code()));
            }
        }
        (Some(_), None) => {}
    }
    Ok(above.map(|a| a.get()))
}

pub(super) async fn archive(state: &AppState, caller: &Caller, id: ObjectiveId) -> ServiceResult<()> {
    let txn = crate::db::write_txn(&state.db).await?;
    let desk = Desk::open(state, &txn, caller).await?;
    let row = query::objective::by_id(&txn, desk.org(), id.get()).await?;
    let row = row.filter(|r| may_see_objective(&desk, r)).ok_or(Denied::NotFound)?;
    if !may_set(&desk, owner(&row)) {
        return Err(ServiceError::Denied(Denied::Forbidden));
    }
    query::objective::archive(&txn, desk.org(), id.get(), desk.now).await?;
    audit(&txn, &desk, "objective.archive", id.get()).await?;
    txn.commit().await?;
    Ok(())
}

async fn audit(txn: &DatabaseTransaction, desk: &Desk, action: &str, id: i64) -> ServiceResult<()> {
    let actor = Actor { org_id: desk.org(), user_id: Some(desk.caller.user_id.get()), via: "web" };
    record(txn, actor, action, ("objective", Some(id)), json!({}), desk.now).await
}
