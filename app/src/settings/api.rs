//! Data, server functions and port of this feature: what an organisation has set. Owner and administrators only.
#![allow(missing_docs, reason = "the macro makes a structure of each function; its fields are the arguments")]

use async_trait::async_trait;
use domain::Date;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

use crate::caller::Caller;
use crate::error::ApiResult;
use crate::port::{redirect, request};
use crate::route::Route;

/// The settings as typed. All text, so that nothing that was typed is ever lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsFields {
    /// The settings that the form was made from, in one line.
    pub was: String,
    /// IANA time zone in which dates are meant.
    pub time_zone: String,
    /// Default language of its people.
    pub locale: String,
    /// Month in which the fiscal year starts.
    pub fiscal_start_month: String,
    /// First day of the week, 1 = Monday to 7 = Sunday.
    pub week_start: String,
    /// Whether each weekday, from Monday, is worked.
    pub working_days: [bool; 7],
    /// Whether the Dutch public holidays are days off.
    pub dutch: bool,
    /// In which years 5 May is a day off.
    pub liberation_day: String,
    /// Smallest n for which a rate gets an arrow or a comparison.
    pub min_n: String,
}

/// Why a day is in the list of public holidays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayKind {
    /// By rule.
    Rule,
    /// The organisation's own.
    Own,
    /// By rule, but the organisation works.
    Worked,
}

/// A public holiday of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayRow {
    /// The day.
    pub day: Date,
    /// In words, with its weekday.
    pub label: String,
    /// Code of the rule's holiday; none of an own day.
    pub rule: Option<String>,
    /// Name of an own day.
    pub name: String,
    /// Why it is here.
    pub kind: HolidayKind,
}

/// Everything that the page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    /// What is set.
    pub fields: SettingsFields,
    /// The year of the holidays.
    pub year: i32,
    /// Public holidays of that year, by day.
    pub holidays: Vec<HolidayRow>,
}

/// What the server does for this feature.
#[async_trait]
pub trait SettingsPort: Send + Sync {
    /// What is set, with the holidays of a year; an empty year is this one.
    async fn settings(&self, caller: &Caller, year: String) -> ApiResult<SettingsView>;
    /// Keeps what was typed.
    async fn save_settings(&self, caller: &Caller, fields: SettingsFields) -> ApiResult<()>;
    /// Makes a day a day off: one of the organisation's own, or a rule's that it worked.
    async fn add_holiday(&self, caller: &Caller, day: String, name: String) -> ApiResult<Date>;
    /// Makes a holiday a day on which people work.
    async fn remove_holiday(&self, caller: &Caller, day: String) -> ApiResult<Date>;
}

/// What is set.
#[server(prefix = "/api", endpoint = "settings/get", input = Json)]
pub async fn get_settings(
    /// Year of the holidays; empty is this one.
    year: String,
) -> ApiResult<SettingsView> {
    let (caller, ports) = request().await?;
    ports.settings.settings(&caller, year).await
}

/// The boxes of the form: what is ticked is sent, with any text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ticked {
    monday: String,
    tuesday: String,
    wednesday: String,
    thursday: String,
    friday: String,
    saturday: String,
    sunday: String,
    dutch: String,
}

/// Keeps the settings.
#[server(prefix = "/api", endpoint = "settings/save")]
pub async fn save_settings(
    #[server(default)] was: String,
    #[server(default)] time_zone: String,
    #[server(default)] locale: String,
    #[server(default)] fiscal_start_month: String,
    #[server(default)] week_start: String,
    #[server(flatten)] ticked: Ticked,
    #[server(default)] liberation_day: String,
    #[server(default)] min_n: String,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    let Ticked { monday, tuesday, wednesday, thursday, friday, saturday, sunday, dutch } = ticked;
    let fields = SettingsFields {
        was,
        time_zone,
        locale,
        fiscal_start_month,
        week_start,
        working_days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday].map(|day| !day.is_empty()),
        dutch: !dutch.is_empty(),
        liberation_day,
        min_n,
    };
    ports.settings.save_settings(&caller, fields).await?;
    crate::ui::flash::flash("settings.saved");
    redirect(&Route::Settings.href());
    Ok(())
}

/// Makes a day a day off.
#[server(prefix = "/api", endpoint = "settings/add_holiday")]
pub async fn add_holiday(#[server(default)] day: String, #[server(default)] name: String) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    let day = ports.settings.add_holiday(&caller, day, name).await?;
    crate::ui::flash::flash("settings.saved");
    redirect(&of_year(day));
    Ok(())
}

/// Makes a holiday a day on which people work.
#[server(prefix = "/api", endpoint = "settings/remove_holiday")]
pub async fn remove_holiday(#[server(default)] day: String) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    let day = ports.settings.remove_holiday(&caller, day).await?;
    crate::ui::flash::flash("settings.saved");
    redirect(&of_year(day));
    Ok(())
}

/// The page with the holidays of a day's year.
fn of_year(day: Date) -> String {
    Route::Settings.url().q("year", day.year()).href()
}
