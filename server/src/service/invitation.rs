//! Invitations: links that let somebody join, once, for a limited time. Only their hash is stored.

use domain::Timestamp;
use domain::policy::Role;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, ConnectionTrait};

use super::organisation::normal_email;
use crate::entity::invitation;
use crate::error::ServiceResult;

/// An invitation works for this long.
pub const LIFETIME_MS: i64 = 7 * 24 * 3_600_000;

/// Whom to invite, as what.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    /// Organisation.
    pub org_id: i64,
    /// Address it is meant for.
    pub email: String,
    /// Role that it gives.
    pub role: Role,
    /// Team to manage (manager), to see (viewer) or to join (rep).
    pub team_id: Option<i64>,
    /// The person that the new user is.
    pub person_id: Option<i64>,
    /// Who invites; none for the command line.
    pub created_by: Option<i64>,
}

/// Makes an invitation and returns the token of its link, which is not stored.
///
/// # Errors
/// When the address cannot be one, or the database refuses.
pub async fn create(db: &impl ConnectionTrait, new: NewInvitation, now: Timestamp) -> ServiceResult<String> {
    let token = crate::token::fresh();
    invitation::ActiveModel {
        org_id: Set(new.org_id),
        id: Set(crate::id::next()),
        token_hash: Set(crate::token::hash(&token)),
        email: Set(normal_email(&new.email)?),
        role: Set(new.role.code().to_owned()),
        team_id: Set(new.team_id),
        person_id: Set(new.person_id),
        created_by: Set(new.created_by),
        created_at: Set(now.0),
        expires_at: Set(now.0 + LIFETIME_MS),
        used_at: Set(None),
        revoked_at: Set(None),
    }
    .insert(db)
    .await?;
    Ok(token)
}
