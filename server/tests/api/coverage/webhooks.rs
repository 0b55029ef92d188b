//! Webhooks hear of the whole organisation: owners and admins alone.

use app::caller::Role;

use super::{Entry, Who, form, json};
use crate::support::World;

pub fn entries(world: &World) -> Vec<Entry> {
    let admin = |names_thing| Who::From { role: Role::Admin, names_thing };
    let id = world.webhook.to_string();
    let one = |path| form(path, admin(true), &[("id", id.clone())]);
    let url = |end: &str| format!("https://hooks.example.com/{end}");
    vec![
        json("webhooks/list", admin(false), serde_json::json!({})),
        one("webhooks/see"),
        form("webhooks/create", admin(false), &[("url", url("other")), ("target_agreed", "true".to_owned())]),
        form(
            "webhooks/update",
            admin(true),
            &[("id", id.clone()), ("url", url("new")), ("target_closed", "true".to_owned())],
        ),
        one("webhooks/renew"),
        one("webhooks/pause"),
        one("webhooks/resume"),
        one("webhooks/remove"),
        one("webhooks/test"),
        form("webhooks/again", admin(true), &[("id", id.clone()), ("delivery", world.delivery.to_string())]),
    ]
}
