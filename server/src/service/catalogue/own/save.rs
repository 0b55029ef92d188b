//! Saves a version of an own KPI, or takes one out of use, with its audit entry.

use app::ApiError;
use app::caller::Caller;
use app::catalogue::api::FormulaFields;
use app::error::FieldError;
use domain::metric::Perspective;
use domain::policy::{Action, Relation};
use sea_orm::DatabaseTransaction;
use serde_json::json;

use super::check::check;
use crate::authz::{Access, Denied};
use crate::entity::kpi_formula;
use crate::error::{ServiceError, ServiceResult};
use crate::kpi::{Frame, Own};
use crate::query;
use crate::service::Services;
use crate::service::organisation::{Actor, record};
use crate::words::Words;

/// Saves a new KPI or a new version of one, and gives its key.
pub(in crate::service::catalogue) async fn save(
    services: &Services,
    caller: &Caller,
    fields: FormulaFields,
) -> ServiceResult<String> {
    let txn = crate::db::write_txn(&services.state.db).await?;
    let own = editor(&txn, caller).await?;
    let stored = match fields.key.as_str() {
        "" => None,
        key => Some(own.latest(key).ok_or(Denied::NotFound)?),
    };
    if let Some(row) = stored.filter(|row| fields.version.trim() != row.version.to_string()) {
        let pairs = [("version", row.version.to_string()), ("formula", row.formula.clone())];
        let pairs = pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        return Err(ServiceError::Refused(ApiError::Conflict(pairs)));
    }
    let currency = Frame::load(&txn, caller.org_id).await?.currency;
    let checked = check(Words(caller.locale), &own, currency, caller.today, &fields);
    let errors: Vec<FieldError> = checked.others.into_iter().chain(checked.formula).collect();
    if !errors.is_empty() {
        return Err(errors.into());
    }
    let version = stored.map_or(1, |row| row.version.saturating_add(1));
    let now = services.state.clock.now();
    let row = kpi_formula::Model {
        org_id: caller.org_id.get(),
        key: checked.key.clone(),
        version,
        from_day: checked.from.map(|day| day.day_number()),
        name_en: fields.name_en.trim().to_owned(),
        name_nl: fields.name_nl.trim().to_owned(),
        explanation: fields.explanation.trim().to_owned(),
        formula: fields.formula.trim().to_owned(),
        better: fields.better,
        perspective: stored.and_then(|row| row.perspective.clone()),
        created_by: Some(caller.user_id.get()),
        created_at: now.0,
        retired_at: None,
    };
    let detail = json!({"key": row.key, "version": version, "from": checked.from, "formula": row.formula});
    query::formula::insert(&txn, row).await?;
    // What is kept of the organisation between requests holds the formulas.
    query::people::bump_data_version(&txn, caller.org_id.get()).await?;
    let actor = Actor { org_id: caller.org_id.get(), user_id: Some(caller.user_id.get()), via: "web" };
    record(&txn, actor, "kpi_formula.save", ("kpi_formula", None), detail, now).await?;
    txn.commit().await?;
    Ok(checked.key)
}

/// Puts a KPI on the scorecards under a perspective, or takes it from them.
pub(in crate::service::catalogue) async fn show(
    services: &Services,
    caller: &Caller,
    key: &str,
    perspective: &str,
) -> ServiceResult<()> {
    let txn = crate::db::write_txn(&services.state.db).await?;
    let own = editor(&txn, caller).await?;
    let row = own.latest(key).ok_or(Denied::NotFound)?;
    if !perspective.is_empty() && Perspective::from_code(perspective).is_none() {
        return Err(FieldError::new("perspective", "formula.error.perspective").into());
    }
    let now = services.state.clock.now();
    let detail = json!({"key": key, "from": row.perspective, "to": perspective});
    let perspective = Some(perspective.to_owned()).filter(|p| !p.is_empty());
    query::formula::show(&txn, caller.org_id.get(), key, perspective).await?;
    query::people::bump_data_version(&txn, caller.org_id.get()).await?;
    let actor = Actor { org_id: caller.org_id.get(), user_id: Some(caller.user_id.get()), via: "web" };
    record(&txn, actor, "kpi_formula.show", ("kpi_formula", None), detail, now).await?;
    txn.commit().await?;
    Ok(())
}

/// Takes a KPI out of use, unless another one needs it.
pub(in crate::service::catalogue) async fn retire(
    services: &Services,
    caller: &Caller,
    key: &str,
) -> ServiceResult<()> {
    let txn = crate::db::write_txn(&services.state.db).await?;
    let own = editor(&txn, caller).await?;
    own.latest(key).ok_or(Denied::NotFound)?;
    if let Some(user) = own.users_of(key).first() {
        let name = super::name(user, caller.locale);
        return Err(FieldError::new("", "formula.error.in_use").arg("other", name).into());
    }
    let now = services.state.clock.now();
    query::formula::retire(&txn, caller.org_id.get(), key, now).await?;
    query::people::bump_data_version(&txn, caller.org_id.get()).await?;
    let actor = Actor { org_id: caller.org_id.get(), user_id: Some(caller.user_id.get()), via: "web" };
    record(&txn, actor, "kpi_formula.retire", ("kpi_formula", None), json!({"key": key}), now).await?;
    txn.commit().await?;
    Ok(())
}

/// The own KPIs, for who may change them.
async fn editor(txn: &DatabaseTransaction, caller: &Caller) -> ServiceResult<Own> {
    let access = Access::load(txn, caller).await?;
    access.require(Action::ManageSettings, Relation::Organisation)?;
    Ok(Own::load(txn, caller.org_id.get()).await?)
}
