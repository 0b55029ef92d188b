//! The public holidays of a year: by rule, the organisation's own, and those on which it works.

use leptos::prelude::*;

use super::api::{AddHoliday, HolidayKind, HolidayRow, RemoveHoliday};
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::*;

/// See the module.
#[component]
pub fn Holidays(
    /// Of which year.
    year: i32,
    /// By day.
    rows: Vec<HolidayRow>,
    /// Whether the Dutch rules apply.
    dutch: bool,
) -> impl IntoView {
    let l = use_locale();
    let title = l.tf("settings.holidays.title", &[("year", &year)]);
    let of = |year: i32| Route::Settings.url().q("year", year).href();
    let columns = vec![
        Column::text(l.t("settings.holidays.day")),
        Column::text(l.t("settings.holidays.name")),
        Column::text(l.t("settings.holidays.kind")),
        Column::text(l.t("settings.holidays.change")),
    ];
    let is_empty = rows.is_empty();
    let body = rows.into_iter().map(|row| view! { <Row row/> }).collect_view();
    view! {
        <Card title=title.clone()>
            <p class="form-actions">
                <ButtonLink href=of(year - 1) label=(year - 1).to_string()/>
                <ButtonLink href=of(year + 1) label=(year + 1).to_string()/>
            </p>
            {(!dutch).then(|| view! { <p class="soft">{l.t("settings.holidays.no_rules")}</p> })}
            {if is_empty {
                view! { <p class="soft">{l.t("settings.holidays.none")}</p> }.into_any()
            } else {
                view! { <Table caption=title quiet=true columns>{body}</Table> }.into_any()
            }}
            <Form action={to::<AddHoliday>()} id="add-holiday">
                <TextField name="day" kind="date" short=true label=l.t("settings.holidays.own_day")/>
                <TextField name="name" label=l.t("settings.holidays.own_name")/>
                <Submit label=l.t("settings.holidays.add")/>
            </Form>
        </Card>
    }
}

#[component]
fn Row(row: HolidayRow) -> impl IntoView {
    let l = use_locale();
    let name = row
        .rule
        .as_ref()
        .filter(|_| row.kind != HolidayKind::Own)
        .map_or(row.name, |code| l.t(&format!("holiday.{code}")));
    let kind = match row.kind {
        HolidayKind::Rule => "rule",
        HolidayKind::Own => "own",
        HolidayKind::Worked => "worked",
    };
    let (day, label) = (row.day.to_string(), row.label.clone());
    let change = if row.kind == HolidayKind::Worked {
        view! {
            <Form action={to::<AddHoliday>()} id=format!("off-{day}")>
                <Hidden name="day" value=day.clone()/>
                <Submit label=l.tf("settings.holidays.off", &[("day", &row.label)]) kind="secondary"/>
            </Form>
        }
        .into_any()
    } else {
        let key = if row.kind == HolidayKind::Own { "settings.holidays.remove" } else { "settings.holidays.work" };
        view! {
            <Form action={to::<RemoveHoliday>()} id=format!("on-{day}")>
                <Hidden name="day" value=day.clone()/>
                <Submit label=l.tf(key, &[("day", &row.label)]) kind="secondary"/>
            </Form>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row">{label}</th>
            <td>{name}</td>
            <td>{l.t(&format!("settings.holidays.{kind}"))}</td>
            <td>{change}</td>
        </tr>
    }
}
