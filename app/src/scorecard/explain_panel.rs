//! Explain beside the page it was asked from: with JavaScript the numbers of this part open in a dialog
//! (`browser::explain`), without it they lead to the page of Explain.

use leptos::prelude::*;

use crate::i18n::use_locale;

/// Wraps the part of a page whose numbers open in the dialog.
#[component]
pub fn ExplainPanel(
    /// The part of the page.
    children: Children,
) -> impl IntoView {
    let l = use_locale();
    view! {
        <div class="explain-area">{children()}</div>
        <template id="explain-template">
            <dialog class="dialog" id="explain-dialog" aria-labelledby="explain-title">
                <header class="dialog-head">
                    <h2 id="explain-title">{l.t("explain.title")}</h2>
                    <button class="button link" type="button" data-close="">{l.t("ui.close")}</button>
                </header>
            </dialog>
        </template>
    }
}
