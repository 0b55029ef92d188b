//! The team tree: shown as far as the caller may know it, changed by who manages people.

use std::collections::{BTreeMap, BTreeSet};

use app::ApiError;
use app::caller::Caller;
use app::people::api::{TeamChange, TeamList, TeamRow};
use domain::TeamId;
use domain::policy::{Action, Relation};
use domain::roster::would_loop;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, DatabaseTransaction, DbErr, IntoActiveModel as _};

use super::{actor, parse_pick};
use crate::authz::{Access, Denied, Reach, TeamTree};
use crate::entity::team;
use crate::error::{ServiceError, ServiceResult};
use crate::query::{people as query, user};
use crate::service::organisation::record;
use crate::state::AppState;

/// The teams that the caller may know of, parents before children.
pub async fn list(state: &AppState, caller: &Caller) -> ServiceResult<TeamList> {
    let db = &state.db;
    let access = Access::load(db, caller).await?;
    let org = access.org();
    let may_edit = access.allows(Action::ManagePeople, Relation::Organisation);
    let rows = query::teams(db, org).await?;
    let visible = visible_teams(&access);
    let mut members: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    for place in query::places(db, org).await? {
        if let Some(team) = place.team_id.filter(|_| query::stay_of(&place).holds_on(caller.today)) {
            members.entry(team).or_default().insert(place.person_id);
        }
    }
    let managers = managers_by_team(state, org).await?;
    let mut teams = Vec::new();
    let mut open: Vec<(i64, u32)> = children(&rows, None).into_iter().rev().map(|id| (id, 0)).collect();
    while let Some((id, depth)) = open.pop() {
        let Some(row) = rows.iter().find(|t| t.id == id) else { continue };
        let key = TeamId::new(id);
        let is_visible = visible.as_ref().is_none_or(|v| v.contains(&key));
        // Below a team that may not be known, roots begin again.
        let next = if is_visible { depth + 1 } else { depth };
        open.extend(children(&rows, Some(id)).into_iter().rev().map(|child| (child, next)));
        if !is_visible || (row.archived_at.is_some() && !may_edit) {
            continue;
        }
        let below: BTreeSet<i64> = access
            .tree
            .subtree(key)
            .iter()
            .flat_map(|t| members.get(&t.get()).into_iter().flatten().copied())
            .collect();
        teams.push(TeamRow {
            id: key,
            name: row.name.clone(),
            path: access.tree.path(key),
            parent: row.parent_id.map(TeamId::new),
            depth,
            people: count(members.get(&id).map_or(0, BTreeSet::len)),
            people_below: count(below.len()),
            managers: managers.get(&id).cloned().unwrap_or_default(),
            is_archived: row.archived_at.is_some(),
            may_open: true,
        });
    }
    Ok(TeamList { teams, may_edit })
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Teams that the caller may know of; none means all.
pub fn visible_teams(access: &Access) -> Option<BTreeSet<TeamId>> {
    match access.reach() {
        Reach::All => None,
        Reach::Limited { teams, totals, .. } => Some(teams.union(&totals).copied().collect()),
    }
}

/// Children of a team, by name.
fn children(rows: &[team::Model], parent: Option<i64>) -> Vec<i64> {
    let mut found: Vec<&team::Model> = rows.iter().filter(|t| t.parent_id == parent).collect();
    found.sort_by_cached_key(|t| (t.archived_at.is_some(), query::sort_key(&t.name), t.id));
    found.into_iter().map(|t| t.id).collect()
}

/// Names of the users who manage each team.
async fn managers_by_team(state: &AppState, org: i64) -> ServiceResult<BTreeMap<i64, Vec<String>>> {
    let memberships = query::memberships(&state.db, org).await?;
    let accesses = query::accesses(&state.db, org).await?;
    let users = user::some(&state.db, memberships.iter().map(|m| m.user_id)).await?;
    let mut managers: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for access in accesses.iter().filter(|a| a.kind == "manages") {
        let user = memberships
            .iter()
            .find(|m| m.id == access.membership_id && m.disabled_at.is_none())
            .and_then(|m| users.get(&m.user_id));
        if let Some(user) = user {
            managers.entry(access.team_id).or_default().push(user.name.clone());
        }
    }
    for names in managers.values_mut() {
        names.sort_by_cached_key(|n| query::sort_key(n));
    }
    Ok(managers)
}

/// Starts a change of the organisation's people: one transaction, one at a time, by who may.
pub async fn begin(state: &AppState, caller: &Caller, action: Action) -> ServiceResult<(DatabaseTransaction, Access)> {
    let txn = crate::db::write_txn(&state.db).await?;
    query::hold(&txn, caller.org_id.get()).await?;
    let access = Access::load(&txn, caller).await?;
    access.require(action, Relation::Organisation)?;
    Ok((txn, access))
}

/// A team of the organisation, to change; archived ones too.
pub async fn find(txn: &DatabaseTransaction, access: &Access, id: TeamId) -> ServiceResult<team::Model> {
    Ok(query::team(txn, access.org(), id.get()).await?.ok_or(Denied::NotFound)?)
}

/// A team that can be chosen in a form: of the organisation and not archived.
pub async fn choose(
    txn: &DatabaseTransaction,
    access: &Access,
    field: &str,
    text: &str,
) -> ServiceResult<Option<team::Model>> {
    let Some(id) = parse_pick::<TeamId>(field, text)? else { return Ok(None) };
    match query::team(txn, access.org(), id.get()).await? {
        Some(team) if team.archived_at.is_none() => Ok(Some(team)),
        _ => Err(ServiceError::field(field, "people.error.choice")),
    }
}

fn check_name(name: &str) -> ServiceResult<&str> {
    let name = name.trim();
    // The sign separates the names of a path in files and lists.
    if name.is_empty() || name.chars().count() > 80 || name.contains('/') {
        return Err(ServiceError::field("name", "people.error.team_name"));
    }
    Ok(name)
}

fn name_taken(error: DbErr) -> ServiceError {
    if crate::db::is_duplicate(&error) {
        ServiceError::field("name", "people.error.team_name_taken")
    } else {
        error.into()
    }
}

/// Adds a team.
pub async fn add(state: &AppState, caller: &Caller, name: &str, parent: &str) -> ServiceResult<()> {
    let (txn, access) = begin(state, caller, Action::ManagePeople).await?;
    let name = check_name(name)?;
    let parent = choose(&txn, &access, "parent", parent).await?.map(|t| t.id);
    let now = state.clock.now();
    let row = team::ActiveModel {
        org_id: Set(access.org()),
        id: Set(crate::id::next()),
        name: Set(name.to_owned()),
        parent_id: Set(parent),
        archived_at: Set(None),
        created_at: Set(now.0),
    };
    let row = row.insert(&txn).await.map_err(name_taken)?;
    let detail = serde_json::json!({ "name": name, "parent": parent });
    record(&txn, actor(caller), "team.add", ("team", Some(row.id)), detail, now).await?;
    query::bump_data_version(&txn, access.org()).await?;
    txn.commit().await?;
    Ok(())
}

/// Renames and moves a team. When somebody else did meanwhile, their change stands and is shown.
pub async fn save(state: &AppState, caller: &Caller, change: TeamChange) -> ServiceResult<()> {
    let (txn, access) = begin(state, caller, Action::ManagePeople).await?;
    let row = find(&txn, &access, change.id).await?;
    let name = check_name(&change.name)?;
    let now_parent = row.parent_id.map(|p| p.to_string()).unwrap_or_default();
    if row.name != change.was_name || now_parent != change.was_parent {
        let parent = row.parent_id.map_or_else(|| "–".to_owned(), |p| access.tree.path(TeamId::new(p)));
        let stored = vec![("name".to_owned(), row.name), ("parent".to_owned(), parent)];
        return Err(ServiceError::Refused(ApiError::Conflict(stored)));
    }
    let parent = if change.parent == now_parent {
        row.parent_id
    } else {
        choose(&txn, &access, "parent", &change.parent).await?.map(|t| t.id)
    };
    if would_loop(&access.tree.parents, change.id, parent.map(TeamId::new)) {
        return Err(ServiceError::field("parent", "people.error.team_loop"));
    }
    let detail = serde_json::json!({
        "name": { "from": row.name, "to": name }, "parent": { "from": row.parent_id, "to": parent }
    });
    let mut update = row.into_active_model();
    update.name = Set(name.to_owned());
    update.parent_id = Set(parent);
    update.update(&txn).await.map_err(name_taken)?;
    let now = state.clock.now();
    record(&txn, actor(caller), "team.change", ("team", Some(change.id.get())), detail, now).await?;
    query::bump_data_version(&txn, access.org()).await?;
    txn.commit().await?;
    Ok(())
}

/// Archives a team that nobody is in any more, or brings it back. Its history stays either way.
pub async fn archive(state: &AppState, caller: &Caller, id: TeamId, archived: bool) -> ServiceResult<()> {
    let (txn, access) = begin(state, caller, Action::ManagePeople).await?;
    let row = find(&txn, &access, id).await?;
    if archived {
        check_empty(&txn, &access, id, caller).await?;
    } else if let Some(parent) = row.parent_id {
        let parent = find(&txn, &access, TeamId::new(parent)).await?;
        if parent.archived_at.is_some() {
            return Err(ServiceError::field("", "people.error.parent_archived"));
        }
    }
    let now = state.clock.now();
    let mut update = row.into_active_model();
    update.archived_at = Set(archived.then_some(now.0));
    update.update(&txn).await?;
    let action = if archived { "team.archive" } else { "team.restore" };
    record(&txn, actor(caller), action, ("team", Some(id.get())), serde_json::json!({}), now).await?;
    txn.commit().await?;
    Ok(())
}

/// Refuses while people or living teams are in it, now or from a later day on; says how many.
async fn check_empty(txn: &DatabaseTransaction, access: &Access, id: TeamId, caller: &Caller) -> ServiceResult<()> {
    let people: BTreeSet<i64> = query::places(txn, access.org())
        .await?
        .iter()
        .filter(|p| p.team_id == Some(id.get()) && p.to_day.is_none_or(|d| d > caller.today.day_number()))
        .map(|p| p.person_id)
        .collect();
    let teams = query::living_teams_below(txn, access.org(), id.get()).await?;
    if people.is_empty() && teams == 0 {
        return Ok(());
    }
    Err(app::FieldError::new("", "people.error.team_not_empty").arg("people", people.len()).arg("teams", teams).into())
}

/// The tree and the teams of an organisation, for selects.
pub async fn tree_and_teams(
    db: &impl sea_orm::ConnectionTrait,
    org: i64,
) -> ServiceResult<(TeamTree, Vec<team::Model>)> {
    let teams = query::teams(db, org).await?;
    Ok((TeamTree::load(db, org).await?, teams))
}
