//! Teams, people, users and their roles: the implementation of `PeoplePort`.

mod invite;
mod people_list;
mod person;
mod place;
mod teams;
mod users;
mod users_list;

use app::caller::Caller;
use app::error::ApiResult;
use app::people::api::{
    InviteForm, PeopleFilter, PeoplePage, PeoplePort, PersonForm, PersonView, Pick, PlaceForm, PlaceRef, TeamChange,
    TeamList, UserChange, UsersPage,
};
use domain::ids::{InvitationId, MembershipId, PersonId, TeamId};

use super::Services;
use super::organisation::Actor;
use crate::authz::TeamTree;
use crate::entity::team;

#[async_trait::async_trait]
impl PeoplePort for Services {
    async fn teams(&self, caller: &Caller) -> ApiResult<TeamList> {
        Ok(teams::list(&self.state, caller).await?)
    }

    async fn add_team(&self, caller: &Caller, name: String, parent: String) -> ApiResult<()> {
        Ok(teams::add(&self.state, caller, &name, &parent).await?)
    }

    async fn save_team(&self, caller: &Caller, change: TeamChange) -> ApiResult<()> {
        Ok(teams::save(&self.state, caller, change).await?)
    }

    async fn archive_team(&self, caller: &Caller, id: TeamId, archived: bool) -> ApiResult<()> {
        Ok(teams::archive(&self.state, caller, id, archived).await?)
    }

    async fn people(&self, caller: &Caller, filter: PeopleFilter) -> ApiResult<PeoplePage> {
        Ok(people_list::list(&self.state, caller, filter).await?)
    }

    async fn person(&self, caller: &Caller, id: PersonId) -> ApiResult<PersonView> {
        Ok(person::show(&self.state, caller, id).await?)
    }

    async fn add_person(&self, caller: &Caller, new: PersonForm, place: PlaceForm) -> ApiResult<PersonId> {
        Ok(person::add(&self.state, caller, new, place).await?)
    }

    async fn save_person(&self, caller: &Caller, id: PersonId, form: PersonForm, seen: i64) -> ApiResult<()> {
        Ok(person::save(&self.state, caller, id, form, seen).await?)
    }

    async fn add_place(&self, caller: &Caller, person: PersonId, place: PlaceForm) -> ApiResult<()> {
        Ok(place::add(&self.state, caller, person, place).await?)
    }

    async fn save_place(&self, caller: &Caller, person: PersonId, place: PlaceForm, change: PlaceRef) -> ApiResult<()> {
        Ok(place::save(&self.state, caller, person, place, change).await?)
    }

    async fn remove_place(&self, caller: &Caller, person: PersonId, place: PlaceRef) -> ApiResult<()> {
        Ok(place::remove(&self.state, caller, person, place).await?)
    }

    async fn users(&self, caller: &Caller, handover: Option<String>) -> ApiResult<UsersPage> {
        Ok(users_list::list(&self.state, caller, handover).await?)
    }

    async fn invite(&self, caller: &Caller, form: InviteForm) -> ApiResult<String> {
        Ok(invite::invite(&self.state, caller, form).await?)
    }

    async fn revoke(&self, caller: &Caller, id: InvitationId) -> ApiResult<()> {
        Ok(invite::revoke(&self.state, caller, id).await?)
    }

    async fn save_user(&self, caller: &Caller, id: MembershipId, change: UserChange) -> ApiResult<()> {
        Ok(users::save(&self.state, caller, id, change).await?)
    }

    async fn set_user_active(&self, caller: &Caller, id: MembershipId, active: bool) -> ApiResult<()> {
        Ok(users::set_active(&self.state, caller, id, active).await?)
    }

    async fn grant(&self, caller: &Caller, id: MembershipId, team: String, kind: String) -> ApiResult<()> {
        Ok(users::grant(&self.state, caller, id, &team, &kind).await?)
    }

    async fn withdraw(&self, caller: &Caller, id: MembershipId, team: TeamId) -> ApiResult<()> {
        Ok(users::withdraw(&self.state, caller, id, team).await?)
    }

    async fn make_reset_link(&self, caller: &Caller, id: MembershipId) -> ApiResult<String> {
        Ok(users::make_reset_link(&self.state, caller, id).await?)
    }
}

/// The caller as the one who did it, for the audit log.
fn actor(caller: &Caller) -> Actor<'static> {
    Actor { org_id: caller.org_id.get(), user_id: Some(caller.user_id.get()), via: "web" }
}

/// Teams to choose, written as paths, without the archived ones.
fn team_picks(tree: &TeamTree, teams: &[team::Model]) -> Vec<Pick> {
    let mut picks: Vec<Pick> = teams
        .iter()
        .filter(|t| t.archived_at.is_none())
        .map(|t| Pick { id: t.id.to_string(), label: tree.path(TeamId::new(t.id)) })
        .collect();
    picks.sort_by_cached_key(|p| crate::query::people::sort_key(&p.label));
    picks
}

/// A value of a select: none when empty, an error when it is no identifier.
fn parse_pick<T: std::str::FromStr>(field: &str, text: &str) -> Result<Option<T>, app::FieldError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    text.trim().parse().map(Some).map_err(|_| app::FieldError::new(field, "people.error.choice"))
}
