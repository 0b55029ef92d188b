//! Teams, people, users and their roles.

pub mod api;
pub mod people_page;
pub mod person_page;
pub mod places;
pub mod teams_page;
pub mod user_card;
pub mod users_page;

use leptos::prelude::*;

use crate::i18n::Texts;
use crate::route::Route;
use crate::ui::{Choice, Tab, Tabs, address};
use api::Pick;

pub use people_page::PeoplePage;
pub use person_page::PersonPage;
pub use teams_page::TeamsPage;
pub use users_page::UsersPage;

/// Choices of a select that may stay empty.
fn choices(picks: &[Pick], none: String) -> Vec<Choice> {
    std::iter::once(Choice::new("", none)).chain(picks.iter().map(|p| Choice::new(&p.id, p.label.clone()))).collect()
}

/// As [`choices`], with a value that is no longer offered kept: an archived team of long ago, say.
fn choices_with(picks: &[Pick], none: String, value: &str, label: Option<&str>) -> Vec<Choice> {
    let mut all = choices(picks, none);
    if let Some(label) = label.filter(|_| !all.iter().any(|c| c.value == value)) {
        all.push(Choice::new(value, label));
    }
    all
}

/// The address of this page with a dialog open.
fn dialog_href(name: &str) -> String {
    address::here().q("dialog", name).href()
}

/// The name of the dialog that is open, without a beginning: `edit-12` gives `12` for `edit-`.
fn open_dialog(start: &str) -> Option<String> {
    address::query("dialog").strip_prefix(start).map(str::to_owned)
}

/// People, teams and users are three sides of one thing; users, tokens, webhooks and settings are for who manages them.
#[component]
pub fn AdminTabs(
    /// Which one is shown.
    current: Route,
) -> impl IntoView {
    use domain::policy::{Action, Relation, may, reach};
    let l: Texts = crate::i18n::use_locale();
    let role = crate::page::use_caller().map(|c| c.role);
    let manages = role.is_some_and(|r| may(r, Action::ManageUsers, Relation::Organisation).is_yes());
    let has_tokens = role.is_some_and(|r| !reach(r, Action::ManageTokens).is_empty());
    // A webhook hears of the whole organisation.
    let has_webhooks = role.is_some_and(|r| may(r, Action::ManageTokens, Relation::Organisation).is_yes());
    let sets = role.is_some_and(|r| may(r, Action::ManageSettings, Relation::Organisation).is_yes());
    let mut tabs = Vec::new();
    for (route, key) in [
        (Route::People, "people.tab.people"),
        (Route::TeamTree, "people.tab.teams"),
        (Route::Users, "people.tab.users"),
        (Route::Tokens, "people.tab.tokens"),
        (Route::Webhooks, "people.tab.webhooks"),
        (Route::Settings, "people.tab.settings"),
    ] {
        let shown = match route {
            Route::Users => manages,
            Route::Tokens => has_tokens,
            Route::Webhooks => has_webhooks,
            Route::Settings => sets,
            _ => true,
        };
        if shown {
            tabs.push(Tab { label: l.t(key), href: route.href(), current: route == current });
        }
    }
    view! { <Tabs label=l.t("people.tab.label") tabs/> }
}
