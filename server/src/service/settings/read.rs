//! The settings as the page shows them.

use app::caller::Caller;
use app::settings::api::{HolidayKind, HolidayRow, SettingsFields, SettingsView};
use domain::period::Holidays;
use domain::{Date, Locale, format};

use super::editable;
use crate::authz::Denied;
use crate::entity::organisation;
use crate::error::ServiceResult;
use crate::kpi::{KpiError, calendar_of};
use crate::service::Services;

/// Years of which holidays are shown: those of which facts can be.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// See the module.
pub(super) async fn view(services: &Services, caller: &Caller, year: &str) -> ServiceResult<SettingsView> {
    let row = editable(&services.state.db, caller).await?;
    let year = match year {
        "" => caller.today.year(),
        year => year.parse().ok().filter(|year| YEARS.contains(year)).ok_or(Denied::NotFound)?,
    };
    let holidays = calendar_of(&row)?.holidays;
    Ok(SettingsView { fields: fields(&row)?, year, holidays: of_year(&holidays, year, caller.locale) })
}

/// What is set, as the form has it.
pub(super) fn fields(row: &organisation::Model) -> Result<SettingsFields, KpiError> {
    let calendar = calendar_of(row)?;
    let holidays = &calendar.holidays;
    let mut fields = SettingsFields {
        was: String::new(),
        time_zone: row.time_zone.clone(),
        locale: row.locale.clone(),
        fiscal_start_month: row.fiscal_start_month.to_string(),
        week_start: row.week_start.to_string(),
        working_days: calendar.working_days,
        dutch: holidays.dutch,
        liberation_day: holidays.liberation_day.code().to_owned(),
        min_n: row.min_n.to_string(),
    };
    fields.was = in_one_line(&fields);
    Ok(fields)
}

/// The settings in one line, by which a form knows whether somebody else has changed them since it was made.
fn in_one_line(fields: &SettingsFields) -> String {
    let days: String = fields.working_days.iter().map(|works| if *works { '1' } else { '0' }).collect();
    [
        fields.time_zone.as_str(),
        &fields.locale,
        &fields.fiscal_start_month,
        &fields.week_start,
        &days,
        if fields.dutch { "dutch" } else { "none" },
        &fields.liberation_day,
        &fields.min_n,
    ]
    .join(" ")
}

/// The holidays of a year, with those on which the organisation works.
fn of_year(holidays: &Holidays, year: i32, locale: Locale) -> Vec<HolidayRow> {
    let first = Date::from_ymd(year, 1, 1).ok();
    let days = (0..366).filter_map(|n| first?.add_days(n)).filter(|day| day.year() == year);
    days.filter_map(|day| {
        let (rule, own) = (holidays.rule(day), holidays.extra.get(&day));
        let kind = match (rule, own) {
            (_, Some(_)) => HolidayKind::Own,
            (Some(_), None) if holidays.removed.contains(&day) => HolidayKind::Worked,
            (Some(_), None) => HolidayKind::Rule,
            (None, None) => return None,
        };
        Some(HolidayRow {
            day,
            label: format::date_with_weekday(locale, day),
            rule: rule.map(|holiday| holiday.code().to_owned()),
            name: own.cloned().unwrap_or_default(),
            kind,
        })
    })
    .collect()
}
