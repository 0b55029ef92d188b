//! The page of the organisation's settings.

use domain::Weekday;
use domain::format::month_name;
use leptos::prelude::*;

use super::api::{SaveSettings, SettingsFields, SettingsView, get_settings};
use super::holidays::Holidays;
use crate::account::ZONES;
use crate::error::ApiError;
use crate::i18n::use_locale;
use crate::people::AdminTabs;
use crate::route::Route;
use crate::ui::address::query;
use crate::ui::form::FormContext;
use crate::ui::*;

/// Days on which a week may start.
const WEEK_STARTS: [Weekday; 3] = [Weekday::Monday, Weekday::Saturday, Weekday::Sunday];
/// In which years 5 May can be a day off.
const LIBERATION_DAYS: [&str; 3] = ["every_five_years", "every_year", "never"];

/// See the module.
#[component]
pub fn SettingsPage() -> impl IntoView {
    loaded(get_settings(query("year")), move |view| view! { <Page view/> })
}

#[component]
fn Page(view: SettingsView) -> impl IntoView {
    let l = use_locale();
    let dutch = view.fields.dutch;
    view! {
        <PageHead title=l.t("settings.title") lead=l.t("settings.lead")/>
        <AdminTabs current=Route::Settings/>
        <Settings fields=view.fields/>
        <Holidays year=view.year rows=view.holidays dutch/>
    }
}

#[component]
fn Settings(fields: SettingsFields) -> impl IntoView {
    let l = use_locale();
    let mut zones = ZONES.map(|z| Choice::new(z, z.replace('_', " "))).to_vec();
    // The command line takes any zone there is.
    if !ZONES.contains(&fields.time_zone.as_str()) {
        zones.push(Choice::new(&fields.time_zone, fields.time_zone.replace('_', " ")));
    }
    let months = (1..=12).map(|m| Choice::new(m, month_name(l.locale(), m))).collect::<Vec<_>>();
    let weekday = |day: Weekday| l.t(&format!("settings.weekday.{}", day.code()));
    let starts = WEEK_STARTS.map(|day| Choice::new(day.index() + 1, weekday(day))).to_vec();
    let languages = vec![Choice::new("nl", "Nederlands"), Choice::new("en", "English")];
    let years = LIBERATION_DAYS.map(|code| Choice::new(code, l.t(&format!("settings.liberation.{code}")))).to_vec();
    let days = Weekday::ALL.map(|day| (day.code(), weekday(day), fields.working_days[day.index()]));
    let boxes = move || {
        days.into_iter().map(|(name, label, checked)| view! { <Checkbox name label checked=checked/> }).collect_view()
    };
    view! {
        <Form action={to::<SaveSettings>()} id="settings">
            <Was was=fields.was/>
            <Card title=l.t("settings.general")>
                <div class="stack">
                    <Select
                        name="time_zone"
                        label=l.t("setup.time_zone")
                        hint=l.t("settings.time_zone_hint")
                        options=zones
                        value=fields.time_zone
                    />
                    <RadioGroup
                        name="locale"
                        label=l.t("settings.language")
                        hint=l.t("settings.language_hint")
                        options=languages
                        value=fields.locale
                        inline=true
                    />
                    <TextField
                        name="min_n"
                        label=l.t("settings.min_n")
                        hint=l.t("settings.min_n_hint")
                        inputmode="numeric"
                        short=true
                        value=fields.min_n
                    />
                </div>
            </Card>
            <Card title=l.t("settings.calendar")>
                <div class="stack">
                    <Select
                        name="fiscal_start_month"
                        label=l.t("setup.fiscal_start_month")
                        hint=l.t("settings.fiscal_hint")
                        options=months
                        value=fields.fiscal_start_month
                    />
                    <Select name="week_start" label=l.t("settings.week_start") options=starts value=fields.week_start/>
                    <fieldset class="field choices">
                        <legend class="field-label">{l.t("settings.working_days")}</legend>
                        <p class="field-hint">{l.t("settings.working_days_hint")}</p>
                        {boxes()}
                    </fieldset>
                    <Checkbox
                        name="dutch"
                        label=l.t("settings.dutch")
                        hint=l.t("settings.dutch_hint")
                        checked=fields.dutch
                    />
                    <Select
                        name="liberation_day"
                        label=l.t("settings.liberation.label")
                        options=years
                        value=fields.liberation_day
                    />
                </div>
            </Card>
            <Submit label=l.t("settings.save")/>
        </Form>
    }
}

/// The settings that the form was made from; after a conflict those that are stored now.
#[component]
fn Was(was: String) -> impl IntoView {
    let value = match expect_context::<FormContext>().error {
        Some(ApiError::Conflict(stored)) => stored.into_iter().find(|(n, _)| n == "was").map_or(was, |(_, v)| v),
        _ => was,
    };
    view! { <input type="hidden" name="was" value=value/> }
}
