//! What an organisation has set: seen and changed by its owner and administrators.

mod holidays;
mod read;
mod save;

use app::ApiResult;
use app::caller::Caller;
use app::settings::api::{SettingsFields, SettingsPort, SettingsView};
use domain::Date;
use domain::policy::{Action, Relation};
use sea_orm::ConnectionTrait;

use super::Services;
use crate::authz::{Access, Denied};
use crate::entity::organisation;
use crate::error::ServiceResult;
use crate::query;

#[async_trait::async_trait]
impl SettingsPort for Services {
    async fn settings(&self, caller: &Caller, year: String) -> ApiResult<SettingsView> {
        Ok(read::view(self, caller, &year).await?)
    }

    async fn save_settings(&self, caller: &Caller, fields: SettingsFields) -> ApiResult<()> {
        Ok(save::save(self, caller, &fields).await?)
    }

    async fn add_holiday(&self, caller: &Caller, day: String, name: String) -> ApiResult<Date> {
        Ok(holidays::add(self, caller, &day, &name).await?)
    }

    async fn remove_holiday(&self, caller: &Caller, day: String) -> ApiResult<Date> {
        Ok(holidays::remove(self, caller, &day).await?)
    }
}

/// The caller's organisation, for who may change what it has set.
async fn editable(db: &impl ConnectionTrait, caller: &Caller) -> ServiceResult<organisation::Model> {
    let access = Access::load(db, caller).await?;
    access.require(Action::ManageSettings, Relation::Organisation)?;
    Ok(query::organisation::by_id(db, caller.org_id.get()).await?.ok_or(Denied::NotFound)?)
}
