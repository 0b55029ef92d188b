//! Notes. Who writes about somebody stands above them; who answers is one of the two.

use app::caller::Role;
use serde_json::json;

use super::{Entry, Who, form, json as entry};
use crate::support::World;

pub fn entries(world: &World) -> Vec<Entry> {
    let from = |role| Who::From { role, names_thing: true };
    let note = [
        ("person", world.ria.to_string()),
        ("period", "2017Q3".to_owned()),
        ("kind", "learning".to_owned()),
        ("evidence", "Seen".to_owned()),
        ("visibility", "shared".to_owned()),
    ];
    vec![
        entry(
            "notes/list",
            from(Role::Manager),
            json!({"query": {"person": world.mia.to_string(), "period": "2017Q3"}}),
        ),
        form("notes/add", from(Role::Manager), &note),
        form(
            "notes/reply",
            from(Role::Rep),
            &[("note", world.note_manager.to_string()), ("text", "Thanks".to_owned())],
        ),
        form("notes/withdraw", from(Role::Rep), &[("note", world.note_rob.to_string())]),
    ]
}
