//! The main navigation: at the left, on a phone a bar at the bottom. It shows what the reader may do;
//! the same policy refuses the rest on the server.

use domain::policy::{Action, Relation, may, reach};
use leptos::prelude::*;

use crate::caller::Caller;
use crate::i18n::use_locale;
use crate::layout::preferences::Preferences;
use crate::layout::shortcuts::{Shortcuts, ShortcutsLink};
use crate::page::page_data;
use crate::route::Route;
use crate::ui::address::here;
use crate::ui::icon::{Glyph, Icon};

struct Item {
    route: Route,
    key: &'static str,
    glyph: Glyph,
    /// Goes there after `g`.
    letter: &'static str,
}

/// What the caller finds in the navigation, most used first.
fn items(caller: &Caller) -> Vec<Item> {
    let whole = |action| may(caller.role, action, Relation::Organisation).is_yes();
    let others = reach(caller.role, Action::SeeNumbers).iter().any(|r| *r != Relation::Own);
    let mut items = Vec::new();
    if let Some(person) = caller.person_id {
        items.push(Item {
            route: Route::Scorecard(person),
            key: "nav.scorecard",
            glyph: Glyph::Scorecard,
            letter: "s",
        });
    }
    if others {
        items.push(Item { route: Route::Teams, key: "nav.teams", glyph: Glyph::Team, letter: "t" });
    }
    items.push(Item { route: Route::Targets, key: "nav.targets", glyph: Glyph::Target, letter: "d" });
    items.push(Item { route: Route::Analysis, key: "nav.analysis", glyph: Glyph::Analysis, letter: "y" });
    if whole(Action::ReadCatalogue) {
        items.push(Item { route: Route::Kpis, key: "nav.kpis", glyph: Glyph::Catalogue, letter: "k" });
    }
    if whole(Action::ManagePeople) {
        items.push(Item { route: Route::People, key: "nav.people", glyph: Glyph::People, letter: "p" });
    }
    if !reach(caller.role, Action::Import).is_empty() {
        items.push(Item { route: Route::Imports, key: "nav.imports", glyph: Glyph::Import, letter: "i" });
    }
    items.push(Item { route: Route::Account, key: "nav.account", glyph: Glyph::Account, letter: "a" });
    items
}

/// See the module.
#[component]
pub fn Nav(
    /// Who looks.
    caller: Caller,
) -> impl IntoView {
    let l = use_locale();
    let path = here();
    let path = path.path();
    let has_keys = page_data().keys;
    let all = items(&caller);
    let shortcuts = all.iter().map(|item| (item.letter, item.key)).collect();
    let links = all
        .into_iter()
        .map(|item| {
            let href = item.route.href();
            let root = href.clone();
            let is_under = |root: &str| path == root || path.starts_with(&format!("{root}/"));
            // Stored facts are reached from what brought them in.
            let is_current = is_under(&root) || (item.route == Route::Imports && is_under("/facts"));
            let current = is_current.then_some("page");
            view! {
                <li>
                    <a href=href aria-current=current data-key=has_keys.then_some(item.letter)>
                        <Icon glyph=item.glyph/>
                        <span>{l.t(item.key)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="nav" aria-label=l.t("nav.label")>
            <a class="nav-brand" href=Route::Home.href()>
                <span>{l.t("ui.product")}</span>
                <span class="soft">{caller.org_name}</span>
            </a>
            <ul class="nav-items">{links}</ul>
            <div class="nav-foot">
                <p class="soft small">{caller.name}</p>
                <Preferences signed_in=true/>
                <ShortcutsLink/>
            </div>
        </nav>
        <Shortcuts pages=shortcuts/>
    }
}
