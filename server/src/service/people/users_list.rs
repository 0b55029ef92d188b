//! The page of users: who signs in, as what, with which teams; open invitations; a link that was just made.

use std::collections::{BTreeMap, BTreeSet};

use app::caller::Caller;
use app::people::api::{Handover, InvitationRow, Pick, TeamGrant, UserRow, UsersPage};
use app::route::Route;
use domain::policy::{Action, Relation, Role, may_grant};
use domain::{InvitationId, MembershipId, PersonId, TeamId};

use super::{team_picks, teams};
use crate::authz::Access;
use crate::entity::{membership, user_account};
use crate::error::ServiceResult;
use crate::query::{link, people as query, user};
use crate::service::when;
use crate::state::AppState;

/// Users and invitations of the organisation.
pub async fn list(state: &AppState, caller: &Caller, handover: Option<String>) -> ServiceResult<UsersPage> {
    let db = &state.db;
    let access = Access::load(db, caller).await?;
    access.require(Action::ManageUsers, Relation::Organisation)?;
    let org = access.org();
    let zone = when::zone_of(db, org).await?;
    let memberships = query::memberships(db, org).await?;
    let users = user::some(db, memberships.iter().map(|m| m.user_id)).await?;
    let people = query::people(db, org).await?;
    let accesses = query::accesses(db, org).await?;
    let last_seen = last_seen(state, org, &memberships).await?;
    let mut rows: Vec<UserRow> = memberships
        .iter()
        .filter_map(|m| {
            let user = users.get(&m.user_id)?;
            let role = Role::from_code(&m.role)?;
            let person = m.person_id.and_then(|id| people.iter().find(|p| p.id == id));
            let mut teams: Vec<TeamGrant> = accesses
                .iter()
                .filter(|a| a.membership_id == m.id)
                .map(|a| TeamGrant {
                    team: TeamId::new(a.team_id),
                    path: access.tree.path(TeamId::new(a.team_id)),
                    manages: a.kind == "manages",
                })
                .collect();
            teams.sort_by_cached_key(|t| query::sort_key(&t.path));
            Some(UserRow {
                id: MembershipId::new(m.id),
                name: user.name.clone(),
                email: user.email.clone(),
                role,
                person: person.map(|p| (PersonId::new(p.id), p.name.clone())),
                teams,
                last_seen: last_seen.get(&m.user_id).map(|ms| when::in_zone(*ms, &zone)),
                is_disabled: m.disabled_at.is_some(),
                is_self: m.user_id == caller.user_id.get(),
                may_change: may_grant(caller.role, role).is_yes(),
            })
        })
        .collect();
    rows.sort_by_cached_key(|u| (u.is_disabled, query::sort_key(&u.name), u.id));
    let taken: BTreeSet<i64> = memberships.iter().filter_map(|m| m.person_id).collect();
    let free = people.iter().filter(|p| !taken.contains(&p.id));
    let (tree, all_teams) = teams::tree_and_teams(db, org).await?;
    Ok(UsersPage {
        users: rows,
        invitations: invitations(state, &access, &users, &zone).await?,
        roles: Role::ALL.into_iter().filter(|r| may_grant(caller.role, *r).is_yes()).collect(),
        teams: team_picks(&tree, &all_teams),
        people: free.map(|p| Pick { id: p.id.to_string(), label: p.name.clone() }).collect(),
        handover: match handover {
            None => None,
            Some(value) => read_handover(state, org, &memberships, &value, &zone).await?,
        },
    })
}

/// Last use of each user in this organisation; what they do elsewhere stays unsaid.
async fn last_seen(state: &AppState, org: i64, users: &[membership::Model]) -> ServiceResult<BTreeMap<i64, i64>> {
    let sessions = user::sessions_in(&state.db, org, users.iter().map(|m| m.user_id)).await?;
    let mut last = BTreeMap::new();
    for s in sessions {
        let at = last.entry(s.user_id).or_insert(s.last_seen_at);
        *at = s.last_seen_at.max(*at);
    }
    Ok(last)
}

async fn invitations(
    state: &AppState,
    access: &Access,
    users: &BTreeMap<i64, user_account::Model>,
    zone: &str,
) -> ServiceResult<Vec<InvitationRow>> {
    let now = state.clock.now().0;
    let rows = link::open_invitations(&state.db, access.org()).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(InvitationRow {
                id: InvitationId::new(row.id),
                role: Role::from_code(&row.role)?,
                team: row.team_id.map(|t| access.tree.path(TeamId::new(t))),
                invited_by: row.created_by.and_then(|id| users.get(&id)).map(|u| u.name.clone()),
                until: when::last_day(row.expires_at, zone),
                is_expired: row.expires_at <= now,
                email: row.email,
            })
        })
        .collect())
}

/// The link that the cookie carries, if it is one of this organisation and still unused.
async fn read_handover(
    state: &AppState,
    org: i64,
    users: &[membership::Model],
    value: &str,
    zone: &str,
) -> ServiceResult<Option<Handover>> {
    let Some((kind, token)) = value.split_once('.') else { return Ok(None) };
    let (email, expires_at, route) = if kind == "invite" {
        let row = link::invitation_of(&state.db, org, token).await?;
        let Some(row) = row.filter(|r| r.used_at.is_none()) else { return Ok(None) };
        (row.email, row.expires_at, Route::Invite(token.to_owned()))
    } else {
        let row = link::reset(&state.db, token).await?;
        let Some(row) = row.filter(|r| r.used_at.is_none() && users.iter().any(|m| m.user_id == r.user_id)) else {
            return Ok(None);
        };
        let user = user::by_id(&state.db, row.user_id).await?;
        (user.map(|u| u.email).unwrap_or_default(), row.expires_at, Route::Reset(token.to_owned()))
    };
    Ok(Some(Handover {
        link: format!("{}{}", state.serve.base_url(), route.href()),
        email,
        is_reset: kind != "invite",
        until: when::last_day(expires_at, zone),
    }))
}
