//! Targets and objectives. Ria stands below the manager and beside the rep.

use app::caller::Role;
use serde_json::json;

use super::{Entry, Who, form, json as entry};
use crate::support::World;

pub fn entries(world: &World) -> Vec<Entry> {
    let from = |role| Who::From { role, names_thing: true };
    let step = |id: i64| [("id", id.to_string()), ("version", "1".to_owned())];
    let with = |id: i64, name, value: &str| [step(id).to_vec(), vec![(name, value.to_owned())]].concat();
    let target = [
        ("who", format!("person:{}", world.ria)),
        ("metric", "win_rate".to_owned()),
        ("period", "2017Q3".to_owned()),
        ("value", "60".to_owned()),
        ("intent", "propose".to_owned()),
    ];
    let objective = [
        ("who", format!("team:{}", world.east)),
        ("title", "Fewer, better deals".to_owned()),
        ("horizon", "short".to_owned()),
        ("perspective", "process".to_owned()),
    ];
    let mia = json!({"person": world.mia.to_string(), "period": "2017Q3"});
    vec![
        entry("targets/list", Who::Everybody, json!({"filter": {}})),
        entry("targets/grid", from(Role::Manager), json!({"query": {"year": "2017", "team": world.east.to_string()}})),
        form(
            "targets/save_grid",
            from(Role::Manager),
            &[("year", "2017".to_owned()), ("team", world.east.to_string())],
        ),
        entry("targets/page", from(Role::Manager), json!({"id": world.target_ria.to_string()})),
        entry("targets/person", from(Role::Manager), mia),
        entry("targets/form", from(Role::Manager), json!({"fields": {"who": format!("person:{}", world.ria)}})),
        form("targets/save", from(Role::Manager), &target),
        form("targets/propose", from(Role::Manager), &step(world.target_ria)),
        form("targets/answer", from(Role::Rep), &with(world.target_rob, "answer", "agree")),
        form("targets/settle", from(Role::Manager), &step(world.target_rob)),
        form("targets/record", from(Role::Manager), &with(world.target_ria, "comment", "On Monday")),
        form("targets/cancel", from(Role::Manager), &with(world.target_ria, "reason", "Left")),
        entry("objectives/list", Who::Everybody, json!({})),
        form("objectives/create", from(Role::Manager), &objective),
        form("objectives/archive", from(Role::Manager), &[("id", world.objective.to_string())]),
    ]
}
