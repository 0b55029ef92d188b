//! The list of people: searched, filtered, paged, as far as the caller may know of them.

use std::collections::{BTreeMap, BTreeSet};

use app::caller::Caller;
use app::people::api::{PER_PAGE, PeopleFilter, PeoplePage, PersonRow, Pick};
use domain::policy::{Action, Relation};
use domain::{Date, PersonId, TeamId};

use super::{team_picks, teams};
use crate::authz::{Access, Reach};
use crate::entity::{person, team_membership};
use crate::error::ServiceResult;
use crate::query::people as query;
use crate::state::AppState;

/// A page of the people that the caller may know of.
pub async fn list(state: &AppState, caller: &Caller, filter: PeopleFilter) -> ServiceResult<PeoplePage> {
    let db = &state.db;
    let access = Access::load(db, caller).await?;
    let org = access.org();
    let may_edit = access.allows(Action::ManagePeople, Relation::Organisation);
    let everybody = query::people(db, org).await?;
    let names: BTreeMap<i64, &str> = everybody.iter().map(|p| (p.id, p.name.as_str())).collect();
    let users: BTreeSet<i64> = query::memberships(db, org).await?.iter().filter_map(|m| m.person_id).collect();
    let mut places: BTreeMap<i64, Vec<team_membership::Model>> = BTreeMap::new();
    for place in query::places(db, org).await? {
        places.entry(place.person_id).or_default().push(place);
    }
    let wanted = filter.team.map(|team| access.tree.subtree(team));
    let needle = filter.search.trim().to_lowercase();
    let known: Vec<&person::Model> = everybody.iter().filter(|p| may_know(&access, p.id)).collect();
    let all = i64::try_from(known.len()).unwrap_or(i64::MAX);
    let rows: Vec<PersonRow> = known
        .into_iter()
        .filter(|p| matches(p, &needle))
        .filter_map(|p| {
            let last = current(places.get(&p.id).map_or(&[], Vec::as_slice), caller.today);
            let stay = last.map(query::stay_of);
            let is_here = stay.is_some_and(|s| s.holds_on(caller.today));
            let in_team = wanted.as_ref().is_none_or(|w| stay.and_then(|s| s.team).is_some_and(|t| w.contains(&t)));
            let in_state = match filter.state.as_str() {
                "all" => true,
                "left" => !is_here,
                _ => is_here || last.is_none(),
            };
            (in_team && in_state).then(|| PersonRow {
                id: PersonId::new(p.id),
                name: p.name.clone(),
                key: (p.key != p.name).then(|| p.key.clone()),
                email: p.email.clone(),
                team: stay.and_then(|s| s.team).map(|t| access.tree.path(t)),
                manager: stay.and_then(|s| s.manager).and_then(|m| names.get(&m.get())).map(|&n| n.to_owned()),
                is_here,
                since: stay.and_then(|s| s.from),
                last: stay.and_then(|s| s.to).and_then(|d| d.add_days(-1)).filter(|_| !is_here),
                has_user: users.contains(&p.id),
            })
        })
        .collect();
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let per_page = PER_PAGE as usize;
    let pages = rows.len().div_ceil(per_page).max(1);
    let page = (filter.page.max(1) as usize).min(pages);
    let managers = if may_edit {
        everybody.iter().map(|p| Pick { id: p.id.to_string(), label: p.name.clone() }).collect()
    } else {
        Vec::new()
    };
    let (tree, all_teams) = teams::tree_and_teams(db, org).await?;
    let visible = teams::visible_teams(&access);
    let seen: Vec<_> =
        all_teams.into_iter().filter(|t| visible.as_ref().is_none_or(|v| v.contains(&TeamId::new(t.id)))).collect();
    Ok(PeoplePage {
        rows: rows.into_iter().skip((page - 1) * per_page).take(per_page).collect(),
        total,
        all,
        page: u32::try_from(page).unwrap_or(1),
        teams: team_picks(&tree, &seen),
        managers,
        may_edit,
    })
}

/// Whether the caller may know of a person.
pub fn may_know(access: &Access, person: i64) -> bool {
    match access.reach() {
        Reach::All => true,
        Reach::Limited { people, .. } => people.contains(&PersonId::new(person)),
    }
}

fn matches(person: &person::Model, needle: &str) -> bool {
    needle.is_empty()
        || [Some(&person.name), Some(&person.key), person.email.as_ref()]
            .into_iter()
            .flatten()
            .any(|text| text.to_lowercase().contains(needle))
}

/// The place that holds today, or else the last one that has begun, or else the next.
pub fn current(places: &[team_membership::Model], today: Date) -> Option<&team_membership::Model> {
    let day = today.day_number();
    places
        .iter()
        .find(|p| query::stay_of(p).holds_on(today))
        .or_else(|| places.iter().filter(|p| p.from_day.is_none_or(|d| d <= day)).max_by_key(|p| p.from_day))
        .or_else(|| places.iter().min_by_key(|p| p.from_day))
}
