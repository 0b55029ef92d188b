//! From a session's token to the caller.

use app::caller::Caller;
use app::i18n::Locale;
use domain::policy::Role;
use domain::{OrgId, PersonId, UserId};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use crate::entity::{membership, organisation, user_account};
use crate::error::ServiceResult;
use crate::state::AppState;

/// The caller behind a session token; none if the session has ended, the user was disabled or belongs to no
/// organisation.
///
/// # Errors
/// When the database refuses.
pub async fn caller_of(state: &AppState, token: &str) -> ServiceResult<Option<Caller>> {
    let Some(session) = crate::session::find(&state.db, token, state.clock.now()).await? else {
        return Ok(None);
    };
    let user = user_account::Entity::find_by_id(session.user_id).one(&state.db).await?;
    let Some(user) = user.filter(|u| u.disabled_at.is_none()) else {
        return Ok(None);
    };
    let mut memberships = membership::Entity::find()
        .filter(membership::Column::UserId.eq(user.id))
        .filter(membership::Column::DisabledAt.is_null())
        .order_by_asc(membership::Column::CreatedAt);
    if let Some(org) = session.org_id {
        memberships = memberships.filter(membership::Column::OrgId.eq(org));
    }
    let Some(membership) = memberships.one(&state.db).await? else {
        return Ok(None);
    };
    let Some(org) = organisation::Entity::find_by_id(membership.org_id).one(&state.db).await? else {
        return Ok(None);
    };
    let Some(role) = Role::from_code(&membership.role) else {
        return Err(anyhow::anyhow!("membership {} has an unknown role", membership.id).into());
    };
    let locale = user.locale.as_deref().unwrap_or(&org.locale);
    let locale = app::page::parse_locale(locale).unwrap_or(Locale::En);
    Ok(Some(Caller {
        user_id: UserId::new(user.id),
        name: user.name,
        email: user.email,
        org_id: OrgId::new(org.id),
        org_name: org.name,
        role,
        locale,
        person_id: membership.person_id.map(PersonId::new),
        currency: org.currency,
        template: org.template,
        fiscal_start: u8::try_from(org.fiscal_start_month).unwrap_or(1),
        today: state.clock.today(&org.time_zone),
    }))
}
