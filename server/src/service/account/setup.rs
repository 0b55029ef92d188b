//! The first organisation and its owner. Works only while there is neither an organisation nor a user.

use app::account::api::{Door, Head, SetUpForm, Started};
use app::{ApiError, FieldError};
use domain::policy::Role;
use sea_orm::{ConnectionTrait, DbBackend};

use super::sign_in::{check_new_password, start};
use crate::authz::Denied;
use crate::error::{ServiceError, ServiceResult};
use crate::query;
use crate::service::organisation::{self, Actor, NewOrganisation};
use crate::state::AppState;

/// Says whether the first visitor must make the organisation.
pub async fn door(state: &AppState) -> ServiceResult<Door> {
    Ok(Door { needs_setup: is_empty(&state.db).await? })
}

async fn is_empty(db: &impl ConnectionTrait) -> ServiceResult<bool> {
    Ok(!query::organisation::any(db).await? && !query::user::any(db).await?)
}

/// Makes the organisation and its owner, and signs the owner in.
pub async fn set_up(state: &AppState, head: &Head, form: SetUpForm) -> ServiceResult<Started> {
    // Before any hashing: once set up, this address does nothing for anybody.
    if !is_empty(&state.db).await? {
        return Err(Denied::NotFound.into());
    }
    let mut remarks = check_owner(&form);
    let hash = if remarks.is_empty() { Some(state.passwords.hash(form.password.clone()).await?) } else { None };
    let now = state.clock.now();
    let txn = crate::db::write_txn(&state.db).await?;
    if txn.get_database_backend() == DbBackend::Postgres {
        // Two first visitors: the second waits here and then finds that it is done.
        txn.execute_unprepared("LOCK TABLE organisation IN EXCLUSIVE MODE").await?;
    }
    if !is_empty(&txn).await? {
        return Err(Denied::NotFound.into());
    }
    let made = match organisation::create(&txn, new_organisation(&form), now).await {
        Ok(org) => Some(org),
        Err(ServiceError::Refused(ApiError::Invalid(found))) => {
            remarks.splice(0..0, found.into_iter().map(in_this_form));
            None
        }
        Err(other) => return Err(other),
    };
    let (Some(org), Some(hash)) = (made, hash) else {
        return Err(remarks.into());
    };
    let user = organisation::user_of(&txn, &form.email, &form.name, Some(hash), now).await?;
    organisation::join(&txn, org.id, user.id, Role::Owner, None, now).await?;
    let actor = Actor { org_id: org.id, user_id: Some(user.id), via: "web" };
    let detail = serde_json::json!({ "slug": org.slug, "template": org.template });
    organisation::record(&txn, actor, "organisation.create", ("organisation", Some(org.id)), detail, now).await?;
    let cookie = start(&txn, state, head, user.id, org.id).await?;
    txn.commit().await?;
    Ok(Started { cookie, next: "/people/teams".to_owned() })
}

fn new_organisation(form: &SetUpForm) -> NewOrganisation {
    // A name without a single Latin letter still needs a short name.
    let slug = if organisation::slug_of(&form.org_name).is_empty() { "organisation" } else { "" };
    NewOrganisation {
        name: form.org_name.clone(),
        slug: slug.to_owned(),
        template: form.template.clone(),
        currency: form.currency.trim().to_uppercase(),
        time_zone: form.time_zone.trim().to_owned(),
        locale: form.locale.clone(),
        fiscal_start_month: form.fiscal_start_month.trim().parse().unwrap_or(0),
        is_demo: false,
    }
}

fn check_owner(form: &SetUpForm) -> Vec<FieldError> {
    let mut remarks = Vec::new();
    if form.name.trim().is_empty() {
        remarks.push(FieldError::new("name", "account.error.name"));
    }
    let email = organisation::normal_email(&form.email);
    if let Err(remark) = &email {
        remarks.push(remark.clone());
    }
    remarks.extend(check_new_password("password", &form.password, &email.unwrap_or_default()).err());
    remarks
}

/// The organisation's name is `org_name` here, because `name` is the owner's.
fn in_this_form(remark: FieldError) -> FieldError {
    match remark.field.as_str() {
        "name" | "slug" => FieldError { field: "org_name".to_owned(), ..remark },
        _ => remark,
    }
}
