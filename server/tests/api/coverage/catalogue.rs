//! The KPI catalogue: definitions are everybody's, values are those that the reader sees anyway.

use serde_json::json;

use super::{Entry, Who, json as entry};

pub fn entries() -> Vec<Entry> {
    vec![
        entry("kpis/list", Who::Everybody, json!({"query": {"q": "", "template": "", "perspective": ""}})),
        entry("kpis/get", Who::Everybody, json!({"id": "win_rate"})),
    ]
}
