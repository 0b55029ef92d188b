//! Scorecard, team board, Explain, deals. Mia is seen by herself and above, not by those below her.

use app::caller::Role;
use serde_json::json;

use super::{Entry, Who, json as entry};
use crate::support::World;

pub fn entries(world: &World) -> Vec<Entry> {
    let who = || Who::From { role: Role::Manager, names_thing: true };
    let mia = world.mia.to_string();
    let deals = json!({"query": {"person": mia, "team": "", "period": "2017Q2", "part": "won", "column": "", "value": "",
        "after": ""}});
    vec![
        entry("scorecard/person", who(), json!({"query": {"person": mia, "period": "2017Q2", "trend": ""}})),
        entry(
            "scorecard/team",
            who(),
            json!({"query": {"team": world.sales.to_string(), "period": "2017Q2", "trend": ""}}),
        ),
        entry(
            "scorecard/explain",
            who(),
            json!({"query": {"metric": "win_rate", "person": mia, "team": "", "period": "2017Q2"}}),
        ),
        entry("deals/list", who(), deals),
        entry("deals/get", who(), json!({"id": world.deal.to_string()})),
    ]
}
