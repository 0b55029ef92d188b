//! Facts: everybody lists those behind the figures they see; who may import corrects them, a manager those of own people.

use app::caller::Role;
use serde_json::json;

use super::{Entry, Who, form, json as entry};
use crate::support::World;

pub fn entries(world: &World) -> Vec<Entry> {
    let admin = || Who::From { role: Role::Admin, names_thing: true };
    let id = world.fact.to_string();
    let kind = || ("kind", "activities".to_owned());
    let query = json!({ "kind": "activities", "search": "", "from": "", "to": "", "person": "", "after": "" });
    let mut fields = vec![kind(), ("id", id.clone())];
    let values = [("fields[date]", "2017-03-02"), ("fields[person]", "Wim West"), ("fields[type]", "call")];
    fields.extend(values.map(|(name, value)| (name, value.to_owned())));
    vec![
        entry("facts/list", Who::Everybody, json!({ "query": query })),
        entry("facts/fact", admin(), json!({ "kind": "activities", "id": id })),
        form("facts/save", admin(), &fields),
        form("facts/remove", admin(), &[kind(), ("id", id)]),
    ]
}
