//! Analyses: of Mia, whom those below her do not see; events are everybody's as far as they may know whom they touched.

use app::caller::Role;
use serde_json::json;

use super::{Entry, Who, json as entry};
use crate::support::World;

pub fn entries(world: &World) -> Vec<Entry> {
    let who = || Who::From { role: Role::Manager, names_thing: true };
    let mia = world.mia.to_string();
    vec![
        entry("analysis/get", who(), json!({"query": {"which": "winning", "person": mia, "period": "2016Q1"}})),
        entry("analysis/events", Who::Everybody, json!({})),
        entry("analysis/event", who(), json!({"query": {"id": world.event.to_string(), "person": mia}})),
    ]
}
