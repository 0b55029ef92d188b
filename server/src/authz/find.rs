//! Looks a single thing up for a caller: it comes back authorized, or as "not found", or as "forbidden".

use domain::policy::Action;
use domain::{PersonId, TeamId};
use sea_orm::{ConnectionTrait, EntityTrait as _};

use super::{Access, Authorized, Denied};
use crate::entity::{person, team};
use crate::error::{ServiceError, ServiceResult};

/// A person of the caller's organisation, for an action.
///
/// # Errors
/// Not found if there is none or the caller may not know; forbidden if they may see but not do this.
pub async fn find_person(
    db: &impl ConnectionTrait,
    access: &Access,
    id: PersonId,
    action: Action,
) -> ServiceResult<Authorized<person::Model>> {
    let relation = access.relation_to_person(id);
    if !access.allows(Action::SeeNumbers, relation) && !access.allows(action, relation) {
        return Err(ServiceError::Denied(Denied::NotFound));
    }
    let row = person::Entity::find_by_id((access.org(), id.get())).one(db).await?.ok_or(Denied::NotFound)?;
    access.require(action, relation)?;
    Ok(Authorized(row))
}

/// A team of the caller's organisation, for an action.
///
/// # Errors
/// Not found if there is none or the caller may not know; forbidden if they may see but not do this.
pub async fn find_team(
    db: &impl ConnectionTrait,
    access: &Access,
    id: TeamId,
    action: Action,
) -> ServiceResult<Authorized<team::Model>> {
    let relation = access.relation_to_team(id);
    let visible = access.allows(Action::SeeNumbers, relation) || access.allows(Action::SeeTeamTotal, relation);
    if !visible && !access.allows(action, relation) {
        return Err(ServiceError::Denied(Denied::NotFound));
    }
    let row = team::Entity::find_by_id((access.org(), id.get())).one(db).await?.ok_or(Denied::NotFound)?;
    access.require(action, relation)?;
    Ok(Authorized(row))
}
