//! The organisation's settings: its owner and administrators alone.

use app::caller::Role;
use serde_json::json;

use super::{Entry, Who, form, json as entry};

pub fn entries() -> Vec<Entry> {
    let admin = || Who::From { role: Role::Admin, names_thing: false };
    let field = |name, value: &str| (name, value.to_owned());
    vec![
        entry("settings/get", admin(), json!({"year": ""})),
        form(
            "settings/save",
            admin(),
            &[
                field("was", "Europe/Amsterdam en 1 1 1111100 dutch every_five_years 5"),
                field("time_zone", "Europe/Amsterdam"),
                field("locale", "en"),
                field("fiscal_start_month", "1"),
                field("week_start", "1"),
                field("monday", "true"),
                field("dutch", "true"),
                field("liberation_day", "every_five_years"),
                field("min_n", "5"),
            ],
        ),
        form("settings/add_holiday", admin(), &[field("day", "2017-03-01"), field("name", "Founders' day")]),
        form("settings/remove_holiday", admin(), &[field("day", "2017-04-27")]),
    ]
}
