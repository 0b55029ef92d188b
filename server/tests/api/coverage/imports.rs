//! The import wizard. A manager imports for the people below and sees own imports only; others' are the admin's.

use app::caller::Role;
use serde_json::json;

use super::{Entry, Who, form, json as entry};
use crate::support::World;

pub fn entries(world: &World) -> Vec<Entry> {
    let who = || Who::From { role: Role::Admin, names_thing: true };
    let id = world.import.to_string();
    let columns =
        [("columns[external_id]", "external_id"), ("columns[person]", "person"), ("columns[status]", "status")];
    let mut mapping = vec![("id", id.clone())];
    mapping.extend(columns.map(|(ours, theirs)| (ours, theirs.to_owned())));
    vec![
        entry("imports/list", Who::From { role: Role::Manager, names_thing: false }, json!({})),
        entry("imports/columns", who(), json!({ "id": id })),
        form("imports/save_columns", who(), &mapping),
        entry("imports/values", who(), json!({ "id": id })),
        form("imports/save_mapping", who(), &[("id", id.clone()), ("mapping", own_names(&columns))]),
        form("imports/save_values", who(), &[("id", id.clone())]),
        entry("imports/status", who(), json!({ "id": id })),
        form("imports/commit", who(), &[("id", id.clone())]),
        form("imports/cancel", who(), &[("id", id.clone())]),
        form("imports/undo", who(), &[("id", id)]),
    ]
}

/// The text of a mapping with these columns.
fn own_names(columns: &[(&str, &str)]) -> String {
    let lines = columns.iter().map(|(ours, theirs)| {
        let ours = ours.trim_start_matches("columns[").trim_end_matches(']');
        format!("{ours} = \"{theirs}\"\n")
    });
    format!("[columns]\n{}", lines.collect::<String>())
}
