//! From a session's token to the caller.

use app::caller::Caller;
use app::i18n::Locale;
use domain::policy::Role;
use domain::{OrgId, PersonId, UserId};

use crate::error::ServiceResult;
use crate::query;
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
    caller_in(state, session.org_id, session.user_id).await
}

/// A user as the caller in an organisation, or in the first they joined; none if the user was disabled there.
///
/// # Errors
/// When the database refuses.
pub async fn caller_in(state: &AppState, org: Option<i64>, user: i64) -> ServiceResult<Option<Caller>> {
    let user = query::user::by_id(&state.db, user).await?;
    let Some(user) = user.filter(|u| u.disabled_at.is_none()) else {
        return Ok(None);
    };
    let Some(membership) = query::membership::living_of_user(&state.db, org, user.id).await? else {
        return Ok(None);
    };
    let Some(org) = query::organisation::by_id(&state.db, membership.org_id).await? else {
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
        data_version: org.data_version,
        page_version: org.page_version,
    }))
}
