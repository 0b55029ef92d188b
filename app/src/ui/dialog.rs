//! A dialog whose being open is part of the URL (`?dialog=name`): a link opens it, back closes it, and
//! without JavaScript it is a block of the page.

use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};

use crate::i18n::use_locale;
use crate::route::Url;

/// The current address with a dialog open, or with none.
pub fn dialog_href(name: &str) -> String {
    let location = use_location();
    let query = location.query.get_untracked();
    let pairs = query.into_iter().map(|(n, v)| (n.to_string(), v));
    Url::from_parts(&location.pathname.get_untracked(), pairs).q("dialog", name).href()
}

/// See the module. Open it with a link to [`dialog_href`]`(name)`.
#[component]
pub fn Dialog(
    /// Its name in the URL.
    #[prop(into)]
    name: String,
    /// Its title.
    #[prop(into)]
    title: String,
    /// Its content, usually text and a form.
    children: ChildrenFn,
) -> impl IntoView {
    let l = use_locale();
    let query = use_location().query;
    let wanted = name.clone();
    let open = Memo::new(move |_| query.read().get("dialog").is_some_and(|d| d == wanted));
    let node = NodeRef::<html::Dialog>::new();
    let navigate = use_navigate();
    let close = Callback::new(move |()| {
        navigate(&dialog_href(""), leptos_router::NavigateOptions { scroll: false, ..Default::default() });
    });
    Effect::new(move || {
        if open.get()
            && let Some(dialog) = node.get()
        {
            // The server renders it open and in the flow; only here can it become modal.
            dialog.close();
            let _ = dialog.show_modal();
        }
    });
    let heading = format!("dialog-{name}");
    move || {
        open.get().then(|| {
            view! {
                <dialog
                    class="dialog"
                    open=true
                    node_ref=node
                    aria-labelledby=heading.clone()
                    on:cancel=move |event: leptos::ev::Event| {
                        event.prevent_default();
                        close.run(());
                    }
                >
                    <header class="dialog-head">
                        <h2 id=heading.clone()>{title.clone()}</h2>
                        <a class="button link" href=dialog_href("")>{l.t("ui.close")}</a>
                    </header>
                    {children()}
                </dialog>
            }
        })
    }
}
