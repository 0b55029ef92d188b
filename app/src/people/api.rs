//! Data, server functions and port of this feature: teams, people, users and their roles.

mod people;
mod teams;
mod users;

use async_trait::async_trait;

pub use people::*;
pub use teams::*;
pub use users::*;

use crate::caller::Caller;
use crate::error::ApiResult;
use domain::ids::{InvitationId, MembershipId, PersonId, TeamId};

/// What the server does for this feature; each method is one use case.
#[async_trait]
pub trait PeoplePort: Send + Sync {
    /// The teams that the caller may know of, as a tree.
    async fn teams(&self, caller: &Caller) -> ApiResult<TeamList>;
    /// Adds a team.
    async fn add_team(&self, caller: &Caller, name: String, parent: String) -> ApiResult<()>;
    /// Renames and moves a team.
    async fn save_team(&self, caller: &Caller, change: TeamChange) -> ApiResult<()>;
    /// Archives a team or brings it back.
    async fn archive_team(&self, caller: &Caller, id: TeamId, archived: bool) -> ApiResult<()>;

    /// The people that the caller may know of, filtered, a page of them.
    async fn people(&self, caller: &Caller, filter: PeopleFilter) -> ApiResult<PeoplePage>;
    /// One person with their places.
    async fn person(&self, caller: &Caller, id: PersonId) -> ApiResult<PersonView>;
    /// Adds a person, with a first place if a team or manager is given.
    async fn add_person(&self, caller: &Caller, new: PersonForm, place: PlaceForm) -> ApiResult<PersonId>;
    /// Changes a person's name, key and address.
    async fn save_person(&self, caller: &Caller, id: PersonId, form: PersonForm, seen: i64) -> ApiResult<()>;
    /// Gives a person a place from a day on; an open place before it ends there.
    async fn add_place(&self, caller: &Caller, person: PersonId, place: PlaceForm) -> ApiResult<()>;
    /// Changes a place.
    async fn save_place(&self, caller: &Caller, person: PersonId, place: PlaceForm, change: PlaceRef) -> ApiResult<()>;
    /// Removes a place that should never have been.
    async fn remove_place(&self, caller: &Caller, person: PersonId, place: PlaceRef) -> ApiResult<()>;

    /// Users and invitations; `handover` is the link to show once, from the cookie.
    async fn users(&self, caller: &Caller, handover: Option<String>) -> ApiResult<UsersPage>;
    /// Invites somebody; gives what the cookie carries to the next page.
    async fn invite(&self, caller: &Caller, form: InviteForm) -> ApiResult<String>;
    /// Withdraws an invitation.
    async fn revoke(&self, caller: &Caller, id: InvitationId) -> ApiResult<()>;
    /// Changes what a user is.
    async fn save_user(&self, caller: &Caller, id: MembershipId, change: UserChange) -> ApiResult<()>;
    /// Withdraws a user's access or gives it back.
    async fn set_user_active(&self, caller: &Caller, id: MembershipId, active: bool) -> ApiResult<()>;
    /// Lets a user manage or see a team.
    async fn grant(&self, caller: &Caller, id: MembershipId, team: String, kind: String) -> ApiResult<()>;
    /// Takes that back.
    async fn withdraw(&self, caller: &Caller, id: MembershipId, team: TeamId) -> ApiResult<()>;
    /// Makes a reset link; gives what the cookie carries to the next page.
    async fn make_reset_link(&self, caller: &Caller, id: MembershipId) -> ApiResult<String>;
}
