//! Teams, people, users.

use app::caller::Role;
use app::people::api::PeopleFilter;

use super::{Entry, Who, form, json};
use crate::support::World;

const ADMIN: Who = Who::From { role: Role::Admin, names_thing: true };
const ADMIN_ADDS: Who = Who::From { role: Role::Admin, names_thing: false };

pub fn entries(w: &World) -> Vec<Entry> {
    let text = |t: &str| t.to_owned();
    let id = |n: i64| n.to_string();
    let seen = format!("{},,,", w.west);
    vec![
        form("people/teams", Who::Everybody, &[]),
        form("people/add_team", ADMIN_ADDS, &[("name", text("North"))]),
        form(
            "people/save_team",
            ADMIN,
            &[
                ("id", id(w.west)),
                ("name", text("Far west")),
                ("parent", id(w.sales)),
                ("was_name", text("West")),
                ("was_parent", id(w.sales)),
            ],
        ),
        form("people/archive_team", ADMIN, &[("id", id(w.west)), ("archived", text("true"))]),
        json("people/list", Who::Everybody, serde_json::json!({ "filter": PeopleFilter::default() })),
        form("people/person", ADMIN, &[("id", id(w.wim))]),
        form("people/add_person", ADMIN_ADDS, &[("name", text("Nina New"))]),
        form("people/save_person", ADMIN, &[("id", id(w.wim)), ("name", text("Wim")), ("seen", text("0"))]),
        form("people/add_place", ADMIN, &[("person", id(w.wim)), ("team", id(w.east)), ("from", text("2017-01-01"))]),
        form(
            "people/save_place",
            ADMIN,
            &[("person", id(w.wim)), ("id", id(w.wim_place)), ("seen", seen.clone()), ("team", id(w.east))],
        ),
        form("people/remove_place", ADMIN, &[("person", id(w.wim)), ("id", id(w.wim_place)), ("seen", seen)]),
        form("people/users", ADMIN_ADDS, &[]),
        form("people/invite", ADMIN_ADDS, &[("email", text("new@example.com")), ("role", text("rep"))]),
        form("people/revoke", ADMIN, &[("id", id(w.invitation))]),
        form(
            "people/save_user",
            ADMIN,
            &[
                ("id", id(w.rep_membership)),
                ("role", text("viewer")),
                ("was_role", text("rep")),
                ("was_person", id(w.rob)),
            ],
        ),
        form("people/set_user_active", ADMIN, &[("id", id(w.rep_membership)), ("active", text("false"))]),
        form(
            "people/grant",
            ADMIN,
            &[("id", id(w.manager_membership)), ("team", id(w.west)), ("kind", text("manages"))],
        ),
        form("people/withdraw", ADMIN, &[("id", id(w.manager_membership)), ("team", id(w.east))]),
        form("people/make_reset_link", ADMIN, &[("id", id(w.rep_membership))]),
    ]
}
