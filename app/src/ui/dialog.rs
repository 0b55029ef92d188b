//! A dialog whose being open is part of the URL (`?dialog=name`): a link opens it, back closes it. The server renders
//! it as a block of the page; with JavaScript it becomes modal (`browser::dialog`).

use leptos::prelude::*;

use crate::i18n::use_locale;
use crate::ui::address::{here, query};

/// See the module. Open it with a link to `here().q("dialog", name)`.
#[component]
pub fn Dialog(
    /// Its name in the URL.
    #[prop(into)]
    name: String,
    /// Its title.
    #[prop(into)]
    title: String,
    /// Its content, usually text and a form.
    children: Children,
) -> impl IntoView {
    let l = use_locale();
    let heading = format!("dialog-{name}");
    (query("dialog") == name).then(|| {
        let (id, label) = (format!("{heading}-box"), heading.clone());
        view! {
            <dialog class="dialog" id=id open=true aria-labelledby=label>
                <header class="dialog-head">
                    <h2 id=heading>{title}</h2>
                    <a class="button link" data-close="" href=here().q("dialog", "").href()>{l.t("ui.close")}</a>
                </header>
                {children()}
            </dialog>
        }
    })
}
