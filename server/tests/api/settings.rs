//! The organisation's settings: what they change, what is refused, and what is written down.

use app::scorecard::api::Scorecard;
use app::settings::api::{HolidayKind, SettingsView};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::{Value, json};
use server::entity::{audit, organisation};

use crate::support::{Answer, Persona, Site, date};

async fn see(who: &Persona, year: &str) -> SettingsView {
    who.post_json("settings/get", &json!({"year": year})).await.assert(200).json()
}

/// Posts the form as it stands with these fields otherwise; a field without a value is left out.
async fn save(who: &Persona, changed: &[(&str, Option<&str>)]) -> Answer {
    let now = see(who, "").await.fields;
    let mut fields = vec![
        ("was", now.was),
        ("time_zone", now.time_zone),
        ("locale", now.locale),
        ("fiscal_start_month", now.fiscal_start_month),
        ("week_start", now.week_start),
        ("liberation_day", now.liberation_day),
        ("min_n", now.min_n),
    ];
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    fields.extend(days.iter().zip(now.working_days).filter(|(_, on)| *on).map(|(day, _)| (*day, "true".to_owned())));
    fields.extend(now.dutch.then(|| ("dutch", "true".to_owned())));
    for (name, value) in changed {
        fields.retain(|(field, _)| field != name);
        fields.extend(value.map(|value| (*name, value.to_owned())));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    who.post("settings/save", &fields).await
}

async fn stored(site: &Site) -> organisation::Model {
    organisation::Entity::find_by_id(site.world.org).one(site.db()).await.unwrap().unwrap()
}

async fn details(site: &Site, action: &str) -> Vec<Value> {
    let rows = audit::Entity::find().filter(audit::Column::Action.eq(action)).all(site.db()).await.unwrap();
    rows.iter().map(|row| serde_json::from_str(&row.detail).unwrap()).collect()
}

async fn card(site: &Site, period: &str) -> Answer {
    let query = json!({"query": {"person": site.world.rob.to_string(), "period": period, "trend": ""}});
    site.owner().await.post_json("scorecard/person", &query).await
}

#[tokio::test]
async fn another_fiscal_year_moves_quarters_and_no_day_of_a_fact() {
    let site = Site::new().await;
    let owner = site.owner().await;
    let before = stored(&site).await.data_version;
    let days = async |period: &str| card(&site, period).await.assert(200).json::<Scorecard>().period.days;
    let calendar = days("2017Q2").await;
    assert!(calendar.contains("1\u{a0}Apr\u{a0}2017"), "{calendar}");
    save(&owner, &[("fiscal_start_month", Some("4"))]).await.assert(200);
    let row = stored(&site).await;
    assert_eq!((row.fiscal_start_month, row.data_version > before), (4, true));
    // FY2017 ends in March 2017: its second quarter is July to September 2016. Kept pages follow at once.
    let fiscal = days("FY2017Q2").await;
    assert!(fiscal.contains("1\u{a0}Jul\u{a0}2016"), "{fiscal}");
    assert_eq!(days("2017Q2").await, calendar, "the calendar's quarters keep their name");
    let told = details(&site, "settings.save").await;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (&told[0]["before"]["fiscal_start_month"], &told[0]["after"]["fiscal_start_month"]),
        (&json!("1"), &json!("4"))
    );
    // The same again is no change.
    save(&owner, &[]).await.assert(200);
    assert_eq!((details(&site, "settings.save").await.len(), stored(&site).await.data_version), (1, row.data_version));
}

#[tokio::test]
async fn a_calendar_without_working_days_is_refused_with_a_clear_message() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let none = ["monday", "tuesday", "wednesday", "thursday", "friday"].map(|day| (day, None));
    save(&admin, &none).await.assert(422).assert_has("settings.error.no_working_days");
    assert_eq!(stored(&site).await.working_days, 0b1_1111);
    for (field, value) in [
        ("time_zone", "Europe/Atlantis"),
        ("locale", "tlh"),
        ("fiscal_start_month", "13"),
        ("week_start", "0"),
        ("min_n", "0"),
        ("min_n", "101"),
        ("min_n", "many"),
        ("liberation_day", "sometimes"),
    ] {
        save(&admin, &[(field, Some(value))]).await.assert(422).assert_has(&format!("\"field\":\"{field}\""));
    }
    assert!(details(&site, "settings.save").await.is_empty());
}

#[tokio::test]
async fn everything_that_is_set_is_kept_and_shown() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let changed = [
        ("time_zone", Some("America/Paramaribo")),
        ("locale", Some("nl")),
        ("week_start", Some("7")),
        ("saturday", Some("true")),
        ("monday", None),
        ("dutch", None),
        ("liberation_day", Some("every_year")),
        ("min_n", Some("8")),
    ];
    save(&admin, &changed).await.assert(200);
    let fields = see(&admin, "").await.fields;
    assert_eq!(fields.working_days, [false, true, true, true, true, true, false]);
    assert_eq!((fields.time_zone.as_str(), fields.locale.as_str()), ("America/Paramaribo", "nl"));
    assert_eq!((fields.week_start.as_str(), fields.min_n.as_str(), fields.dutch), ("7", "8", false));
    assert_eq!(fields.liberation_day, "every_year");
    assert!(see(&admin, "2017").await.holidays.is_empty(), "the rules are switched off");
    let page = admin.get("/settings").await.assert(200);
    // Nobody chose a language, so the page speaks the organisation's.
    page.assert_has("Feestdagen in 2017").assert_has("De Nederlandse feestdagen staan uit");
}

#[tokio::test]
async fn holidays_are_worked_on_added_and_removed() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let of = async |year: &str| {
        let rows = see(&admin, year).await.holidays;
        rows.into_iter().map(|row| (row.day.to_string(), row.kind)).collect::<Vec<_>>()
    };
    let has = |all: &[(String, HolidayKind)], day: &str| all.iter().find(|(d, _)| d == day).map(|(_, kind)| *kind);
    let year = of("2017").await;
    assert_eq!(year.len(), 9);
    assert_eq!(has(&year, "2017-04-27"), Some(HolidayKind::Rule));
    admin.post("settings/remove_holiday", &[("day", "2017-04-27")]).await.assert(200);
    admin.post("settings/add_holiday", &[("day", "2017-03-02"), ("name", "Founders' day")]).await.assert(200);
    let year = of("2017").await;
    assert_eq!(has(&year, "2017-04-27"), Some(HolidayKind::Worked));
    assert_eq!(has(&year, "2017-03-02"), Some(HolidayKind::Own));
    let roster = server::roster::Rosters::default();
    let frame = roster.of(site.db(), domain::OrgId::new(site.world.org)).await.unwrap().frame.clone();
    assert!(frame.calendar.is_working_day(date("2017-04-27")) && !frame.calendar.is_working_day(date("2017-03-02")));
    admin.get("/settings?year=2017").await.assert(200).assert_has("Founders' day").assert_has("King's Day");
    // A year later the rule holds again.
    assert_eq!(has(&of("2018").await, "2018-04-27"), Some(HolidayKind::Rule));
    admin.post("settings/add_holiday", &[("day", "2017-04-27"), ("name", "")]).await.assert(200);
    admin.post("settings/remove_holiday", &[("day", "2017-03-02")]).await.assert(200);
    let year = of("2017").await;
    assert_eq!((has(&year, "2017-04-27"), has(&year, "2017-03-02")), (Some(HolidayKind::Rule), None));
    for (path, day, name) in [
        ("settings/add_holiday", "2017-03-02", ""),
        ("settings/add_holiday", "yesterday", "X"),
        ("settings/remove_holiday", "2017-03-02", ""),
        ("settings/remove_holiday", "", ""),
    ] {
        admin.post(path, &[("day", day), ("name", name)]).await.assert(422);
    }
    assert_eq!(details(&site, "settings.remove_holiday").await.len(), 2);
    for year in ["1", "x", "99999"] {
        admin.get(&format!("/settings?year={year}")).await.assert(404);
    }
}

#[tokio::test]
async fn of_two_who_change_the_settings_the_second_is_told() {
    let site = Site::new().await;
    let (owner, admin) = (site.owner().await, site.admin().await);
    let was = see(&owner, "").await.fields.was;
    save(&admin, &[("min_n", Some("9"))]).await.assert(200);
    save(&owner, &[("was", Some(&was)), ("min_n", Some("7"))]).await.assert(409);
    assert_eq!(stored(&site).await.min_n, 9);
    for persona in [site.manager().await, site.rep().await, site.viewer().await] {
        let status = persona.get("/settings").await.status;
        assert!(status == 403 || status == 404, "{status}");
    }
    site.other_tenant().await.get("/settings").await.assert(200).assert_lacks("Acme");
}
