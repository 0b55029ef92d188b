//! The first run: the organisation and its owner.

use domain::format::month_name;
use leptos::prelude::*;

use super::api::{MIN_PASSWORD, SetUp, look_at_door};
use crate::i18n::{code, use_locale};
use crate::ui::*;

/// Kinds of company; each is explained beside its button.
const TEMPLATES: [&str; 4] = ["saas", "consultancy", "agency", "retail"];

/// Currencies to choose from at the start.
const CURRENCIES: [&str; 16] =
    ["EUR", "GBP", "USD", "CHF", "DKK", "SEK", "NOK", "PLN", "CZK", "HUF", "RON", "CAD", "AUD", "NZD", "JPY", "ZAR"];

/// Time zones to choose from, west to east within each part of the world.
pub const ZONES: [&str; 38] = [
    "Europe/Amsterdam",
    "Europe/Brussels",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Luxembourg",
    "Europe/Zurich",
    "Europe/Vienna",
    "Europe/Madrid",
    "Europe/Rome",
    "Europe/Copenhagen",
    "Europe/Oslo",
    "Europe/Stockholm",
    "Europe/Prague",
    "Europe/Warsaw",
    "Europe/Budapest",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Europe/Athens",
    "Europe/Helsinki",
    "Europe/Bucharest",
    "Europe/Istanbul",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Toronto",
    "America/Sao_Paulo",
    "America/Paramaribo",
    "America/Curacao",
    "Africa/Johannesburg",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "UTC",
];

/// The setup page; not found as soon as there is an organisation.
#[component]
pub fn SetupPage() -> impl IntoView {
    view! {
        {loaded(look_at_door(), move |door| match door {
                    door if door.needs_setup => view! { <SetupForm/> }.into_any(),
                    _ => view! { <NotFound/> }.into_any(),
        })}
    }
}

#[component]
fn SetupForm() -> impl IntoView {
    let l = use_locale();
    let templates = TEMPLATES
        .map(|t| Choice::new(t, l.t(&format!("setup.template.{t}"))).hint(l.t(&format!("setup.template.{t}_hint"))))
        .to_vec();
    let currencies = CURRENCIES.map(|c| Choice::new(c, c)).to_vec();
    let zones = ZONES.map(|z| Choice::new(z, z.replace('_', " "))).to_vec();
    let months = (1..=12).map(|m| Choice::new(m, month_name(l.locale(), m))).collect();
    let languages = vec![Choice::new("nl", "Nederlands"), Choice::new("en", "English")];
    view! {
            <PageHead title=l.t("setup.title") lead=l.t("setup.lead")/>
            <Form action={to::<SetUp>()} native=true>
                <Card title=l.t("setup.organisation")>
                    <div class="stack">
                        <TextField name="org_name" label=l.t("setup.org_name") autocomplete="organization"/>
                        <RadioGroup
                            name="template"
                            label=l.t("setup.template.label")
                            hint=l.t("setup.template.hint")
                            options=templates
                            value="saas"
    />
                        <Select name="currency" label=l.t("setup.currency") hint=l.t("setup.currency_hint") options=currencies value="EUR"/>
                        <Select name="time_zone" label=l.t("setup.time_zone") options=zones value="Europe/Amsterdam"/>
                        <Select name="fiscal_start_month" label=l.t("setup.fiscal_start_month") options=months value="1"/>
                        <RadioGroup
                            name="locale"
                            label=l.t("setup.language")
                            hint=l.t("setup.language_hint")
                            options=languages
                            value=code(l.locale())
                            inline=true
    />
                    </div>
                </Card>
                <Card title=l.t("setup.owner")>
                    <div class="stack">
                        <TextField name="name" label=l.t("account.name") autocomplete="name"/>
                        <TextField name="email" label=l.t("account.email") kind="email" inputmode="email" autocomplete="username"/>
                        <TextField
                            name="password"
                            label=l.t("account.password")
                            hint=l.tf("account.password_hint", &[("min", &MIN_PASSWORD)])
                            kind="password"
                            autocomplete="new-password"
    />
                    </div>
                </Card>
                <Submit label=l.t("setup.submit")/>
            </Form>
        }
}
