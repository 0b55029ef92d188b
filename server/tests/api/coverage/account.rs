//! Sign-in, sessions, invitations, setup.

use super::{Entry, Who, form};
use crate::support::World;

pub fn entries(w: &World) -> Vec<Entry> {
    let text = |t: &str| t.to_owned();
    vec![
        form("account/door", Who::Public, &[]),
        form("account/sign_in", Who::Public, &[("email", text("rep@example.com")), ("password", text("wrong"))]),
        form("account/set_up", Who::Public, &[("org_name", text("Late"))]),
        form("account/invitation", Who::Public, &[("token", text("none"))]),
        form("account/accept_invitation", Who::Public, &[("token", text("none"))]),
        form("account/join", Who::Own, &[("token", text("none"))]),
        form("account/reset_link", Who::Public, &[("token", text("none"))]),
        form("account/reset_password", Who::Public, &[("token", text("none"))]),
        form("account/view", Who::Everybody, &[]),
        form("account/rename", Who::Everybody, &[("name", text("New name"))]),
        form("account/change_password", Who::Everybody, &[("old_password", text("x"))]),
        form("account/end_session", Who::Own, &[("id", text("1"))]),
        form("account/end_all", Who::Everybody, &[]),
        form(
            "account/switch",
            Who::From { role: app::caller::Role::Viewer, names_thing: true },
            &[("org", w.org.to_string())],
        ),
    ]
}
