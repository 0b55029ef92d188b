//! The KPI catalogue: definitions are everybody's, values are those that the reader sees anyway.

use app::caller::Role;
use serde_json::json;

use super::{Entry, Who, form, json as entry};

pub fn entries() -> Vec<Entry> {
    let admin = |names_thing| Who::From { role: Role::Admin, names_thing };
    vec![
        entry("kpis/list", Who::Everybody, json!({"query": {"q": "", "template": "", "perspective": ""}})),
        entry("kpis/form", admin(false), json!({"query": {"key": "", "typed": null}})),
        form(
            "kpis/save",
            admin(false),
            &[
                ("name_en", "Covered".into()),
                ("name_nl", "Gedekt".into()),
                ("explanation", "Covered".into()),
                ("formula", "revenue / 2".into()),
                ("better", "up".into()),
            ],
        ),
        form("kpis/show", admin(true), &[("key", "own_share".into()), ("perspective", "growth".into())]),
        form("kpis/retire", admin(true), &[("key", "own_share".into())]),
        entry("kpis/choices", Who::Everybody, json!({})),
        form("kpis/save_choices", admin(false), &[("version", "0".into()), ("choice[leads_from]", "records".into())]),
        entry("kpis/get", Who::Everybody, json!({"id": "win_rate"})),
    ]
}
