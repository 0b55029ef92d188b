//! A dialog whose being open is part of the URL (`?dialog=name`): a link opens it, back closes it, and
//! without JavaScript it is a block of the page.

use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};

use crate::i18n::use_locale;
use crate::ui::picker::use_url;

/// Addresses that open a dialog: `let open = use_dialog("name");` and `<a href=open>`.
pub fn use_dialog(name: &'static str) -> impl Fn() -> String + Copy + Send + Sync + 'static {
    let url = use_url();
    move || url().q("dialog", name).href()
}

/// See the module. Open it with a link to [`use_dialog`].
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
    let url = use_url();
    let close_href = use_dialog("");
    let close = Callback::new(move |()| {
        navigate(
            &untrack(url).q("dialog", "").href(),
            leptos_router::NavigateOptions { scroll: false, ..Default::default() },
        );
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
                        <a class="button link" href=close_href>{l.t("ui.close")}</a>
                    </header>
                    {children()}
                </dialog>
            }
        })
    }
}
