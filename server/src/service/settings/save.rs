//! Keeps what was typed, with its audit entry.

use app::caller::Caller;
use app::error::FieldError;
use app::settings::api::SettingsFields;
use app::{ApiError, i18n};
use domain::Weekday;
use domain::period::{Calendar, CalendarError, Holidays, LiberationDay};
use sea_orm::DatabaseTransaction;
use serde_json::json;

use super::editable;
use super::read::fields;
use crate::entity::organisation;
use crate::error::{ServiceError, ServiceResult};
use crate::kpi::calendar_of;
use crate::query;
use crate::service::Services;
use crate::service::organisation::{Actor, record};

/// See the module. The same settings again change nothing.
pub(super) async fn save(services: &Services, caller: &Caller, typed: &SettingsFields) -> ServiceResult<()> {
    let txn = crate::db::patiently(|| crate::db::write_txn(&services.state.db)).await?;
    let row = editable(&txn, caller).await?;
    let stored = fields(&row)?;
    if typed.was != stored.was {
        return Err(ServiceError::Refused(ApiError::Conflict(vec![("was".to_owned(), stored.was)])));
    }
    let mut errors = Vec::new();
    let mut refuse = |wrong: bool, field: &str, key: &str| {
        if wrong {
            errors.push(FieldError::new(field, key));
        }
    };
    refuse(jiff::tz::TimeZone::get(&typed.time_zone).is_err(), "time_zone", "setup.error.time_zone");
    let locale = app::page::parse_locale(&typed.locale).filter(|l| i18n::code(*l) == typed.locale);
    refuse(locale.is_none(), "locale", "setup.error.locale");
    let liberation_day = LiberationDay::from_code(&typed.liberation_day);
    refuse(liberation_day.is_none(), "liberation_day", "settings.error.liberation_day");
    let number = |text: &str, most: i16| text.trim().parse::<i16>().ok().filter(|n| (1..=most).contains(n));
    let (week_start, min_n) = (number(&typed.week_start, 7), number(&typed.min_n, 100));
    refuse(week_start.is_none(), "week_start", "settings.error.week_start");
    refuse(min_n.is_none(), "min_n", "settings.error.min_n");
    let fiscal_start_month = typed.fiscal_start_month.trim().parse::<u8>().unwrap_or(0);
    let before = calendar_of(&row)?;
    let calendar = Calendar {
        fiscal_start_month,
        week_start: Weekday::from_index(usize::try_from(week_start.unwrap_or(1) - 1).unwrap_or(0)),
        working_days: typed.working_days,
        holidays: Holidays {
            dutch: typed.dutch,
            liberation_day: liberation_day.unwrap_or_default(),
            ..before.holidays
        },
    };
    match calendar.check() {
        Ok(()) => {}
        Err(CalendarError::NoWorkingDays) => refuse(true, "monday", "settings.error.no_working_days"),
        Err(CalendarError::StartMonth) => refuse(true, "fiscal_start_month", "setup.error.fiscal_start_month"),
    }
    if !errors.is_empty() {
        return Err(errors.into());
    }
    let after = organisation::Model {
        time_zone: typed.time_zone.clone(),
        locale: typed.locale.clone(),
        fiscal_start_month: i16::from(fiscal_start_month),
        week_start: week_start.unwrap_or(row.week_start),
        working_days: bits(calendar.working_days),
        min_n: min_n.unwrap_or(row.min_n),
        holidays: Some(serde_json::to_string(&calendar.holidays)?),
        ..row
    };
    let now = fields(&after)?;
    if now.was == stored.was {
        return Ok(());
    }
    let detail = json!({ "before": stored, "after": now });
    keep(&txn, services, caller, after, "settings.save", detail).await?;
    txn.commit().await?;
    Ok(())
}

/// Writes the organisation's row with its audit entry, and has every open page and all that is kept follow.
pub(super) async fn keep(
    txn: &DatabaseTransaction,
    services: &Services,
    caller: &Caller,
    row: organisation::Model,
    action: &str,
    detail: serde_json::Value,
) -> ServiceResult<()> {
    let org = caller.org_id.get();
    query::organisation::set(txn, row).await?;
    query::people::bump_data_version(txn, org).await?;
    let actor = Actor { org_id: org, user_id: Some(caller.user_id.get()), via: "web" };
    record(txn, actor, action, ("organisation", Some(org)), detail, services.state.clock.now()).await
}

/// Working days as bits, Monday first.
fn bits(days: [bool; 7]) -> i16 {
    days.iter().rev().fold(0, |bits, works| bits << 1 | i16::from(*works))
}
