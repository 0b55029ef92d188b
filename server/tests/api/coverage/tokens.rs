//! API tokens. A manager makes and sees their own; the token in the input is the owner's.

use app::caller::Role;

use super::{Entry, Who, form, json};
use crate::support::World;

pub fn entries(world: &World) -> Vec<Entry> {
    let manager = || Who::From { role: Role::Manager, names_thing: false };
    vec![
        json("tokens/list", manager(), serde_json::json!({})),
        form(
            "tokens/create",
            manager(),
            &[("name", "Export".to_owned()), ("days", "30".to_owned()), ("read_kpi", "true".to_owned())],
        ),
        form("tokens/revoke", Who::From { role: Role::Admin, names_thing: true }, &[("id", world.token.to_string())]),
    ]
}
