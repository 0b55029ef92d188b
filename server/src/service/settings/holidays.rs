//! Days off of the organisation's own, and holidays on which it works.

use app::caller::Caller;
use app::error::FieldError;
use domain::Date;
use domain::period::Holidays;
use serde_json::json;

use super::{editable, save};
use crate::entity::organisation;
use crate::error::ServiceResult;
use crate::kpi::calendar_of;
use crate::service::Services;

/// Most characters of a day's name.
const NAME: usize = 100;
/// Most days of its own that an organisation may have, in all years together.
const MOST: usize = 1_000;

/// Makes a day a day off: a rule's on which the organisation worked again, any other one of its own.
pub(super) async fn add(services: &Services, caller: &Caller, day: &str, name: &str) -> ServiceResult<Date> {
    change(services, caller, day, "settings.add_holiday", |holidays, day| {
        let name = name.trim();
        if holidays.removed.remove(&day) {
            return Ok(());
        }
        if name.is_empty() || name.chars().count() > NAME {
            return Err(FieldError::new("name", "settings.error.holiday_name"));
        }
        if holidays.extra.len() >= MOST {
            return Err(FieldError::new("day", "settings.error.too_many_holidays"));
        }
        holidays.extra.insert(day, name.to_owned());
        Ok(())
    })
    .await
}

/// Makes a holiday a day on which people work: one of the organisation's own is forgotten, a rule's set apart.
pub(super) async fn remove(services: &Services, caller: &Caller, day: &str) -> ServiceResult<Date> {
    change(services, caller, day, "settings.remove_holiday", |holidays, day| {
        if holidays.extra.remove(&day).is_some() {
            return Ok(());
        }
        if holidays.rule(day).is_none() {
            return Err(FieldError::new("day", "settings.error.no_holiday"));
        }
        holidays.removed.insert(day);
        Ok(())
    })
    .await
}

async fn change(
    services: &Services,
    caller: &Caller,
    day: &str,
    action: &str,
    change: impl FnOnce(&mut Holidays, Date) -> Result<(), FieldError>,
) -> ServiceResult<Date> {
    let txn = crate::db::patiently(|| crate::db::write_txn(&services.state.db)).await?;
    let row = editable(&txn, caller).await?;
    let day: Date = day.trim().parse().map_err(|_| FieldError::new("day", "settings.error.holiday_day"))?;
    let mut holidays = calendar_of(&row)?.holidays;
    change(&mut holidays, day)?;
    let detail = json!({ "day": day, "name": holidays.extra.get(&day) });
    let row = organisation::Model { holidays: Some(serde_json::to_string(&holidays)?), ..row };
    save::keep(&txn, services, caller, row, action, detail).await?;
    txn.commit().await?;
    Ok(day)
}
