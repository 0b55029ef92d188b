//! Which keys do what, and the switch that turns them off; `browser::keys` acts on them.

use leptos::prelude::*;

use crate::i18n::use_locale;
use crate::page::page_data;
use crate::ui::Dialog;
use crate::ui::address::here;

/// Opens the list; `?` does the same.
#[component]
pub fn ShortcutsLink() -> impl IntoView {
    let l = use_locale();
    let href = here().q("dialog", "keys").href();
    let key = page_data().keys.then_some("?");
    view! { <a class="small soft needs-script" href=href data-key=key>{l.t("keys.title")}</a> }
}

/// The list.
#[component]
pub fn Shortcuts(
    /// Letter after `g` and text key of each page of the navigation.
    pages: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let l = use_locale();
    let is_on = page_data().keys;
    let go = pages
        .into_iter()
        .map(|(letter, key)| view! { <div><dt><kbd>"g"</kbd> " " <kbd>{letter}</kbd></dt><dd>{l.t(key)}</dd></div> })
        .collect_view();
    let (note, switch, value) =
        if is_on { ("keys.on", "keys.turn_off", "off") } else { ("keys.off", "keys.turn_on", "on") };
    view! {
        <Dialog name="keys" title=l.t("keys.title")>
            <dl class="facts">
                <div><dt><kbd>"/"</kbd></dt><dd>{l.t("keys.search")}</dd></div>
                {go}
                <div><dt><kbd>"?"</kbd></dt><dd>{l.t("keys.list")}</dd></div>
            </dl>
            <form class="form" method="post" action="/preferences" data-native="">
                <input type="hidden" name="back" value=here().q("dialog", "").href()/>
                <p class="soft">{l.t(note)}</p>
                <button class="button secondary" name="keys" value=value>{l.t(switch)}</button>
            </form>
        </Dialog>
    }
}
