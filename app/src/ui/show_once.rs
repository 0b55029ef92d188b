//! A secret that cannot be read again: to copy by button, or by hand without JavaScript.

use leptos::prelude::*;

use crate::ui::Card;

/// See the module.
#[component]
pub fn ShowOnce(
    /// Title.
    #[prop(into)]
    title: String,
    /// What it is for.
    #[prop(into)]
    text: String,
    /// Identifier of the element that holds it.
    id: &'static str,
    /// What it is, for screen readers.
    #[prop(into)]
    label: String,
    /// The secret.
    value: String,
    /// What the button says.
    #[prop(into)]
    copy: String,
    /// What it says afterwards.
    #[prop(into)]
    copied: String,
    /// That it is not shown again.
    #[prop(into)]
    note: String,
) -> impl IntoView {
    view! {
        <Card title class="handover">
            <div class="stack" role="status">
                <p>{text}</p>
                <label class="visually-hidden" for=id>{label}</label>
                <div class="row">
                    <input class="input grow" id=id type="text" readonly value=value/>
                    <button type="button" class="button secondary needs-script" data-copy=format!("#{id}") data-copied=copied>
                        {copy}
                    </button>
                </div>
                <p class="soft">{note}</p>
            </div>
        </Card>
    }
}
