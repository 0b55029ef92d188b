//! Fields that are chosen with a click: radio buttons and checkboxes.

use leptos::prelude::*;

use super::{Choice, parts};
use crate::ui::form::FormContext;

/// One of a few, all in sight.
#[component]
pub fn RadioGroup(
    /// Name as sent.
    #[prop(into)]
    name: String,
    /// Question above.
    #[prop(into)]
    label: String,
    /// What can be chosen.
    options: Vec<Choice>,
    /// A word of help.
    #[prop(optional, into)]
    hint: String,
    /// Value to start with.
    #[prop(optional, into)]
    value: String,
    /// Beside each other instead of below.
    #[prop(optional)]
    inline: bool,
) -> impl IntoView {
    let parts = parts(&name, !hint.is_empty());
    let value = parts.typed.clone().unwrap_or(value);
    let remark = parts.remark;
    let invalid = remark.is_some();
    let (first_id, hint_id, error_id) = (parts.id.clone(), format!("{}-hint", parts.id), format!("{}-error", parts.id));
    let boxes = options
        .into_iter()
        .enumerate()
        .map(|(i, option)| {
            // The first carries the field's id, so that the summary's link lands on it.
            let id = if i == 0 { first_id.clone() } else { format!("{first_id}-{i}") };
            let checked = option.value == value;
            let hint = (!option.hint.is_empty()).then(|| view! { <span class="field-hint">{option.hint}</span> });
            view! {
                <div class="choice">
                    <input type="radio" id=id.clone() name=name.clone() value=option.value checked=checked/>
                    <label for=id>{option.label} {hint}</label>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset
            id=format!("{first_id}-field")
            class="field choices"
            class:inline=inline
            class:invalid=invalid
            aria-describedby=parts.described_by
        >
            <legend class="field-label">{label}</legend>
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            <div class="choices-list">{boxes}</div>
            <p class="field-error" id=error_id>{remark}</p>
        </fieldset>
    }
}

/// Yes or no. Unchecked boxes are not sent: the server function's argument is `#[server(default)] bool`
/// or an optional text.
#[component]
pub fn Checkbox(
    /// Name as sent.
    #[prop(into)]
    name: String,
    /// Label behind.
    #[prop(into)]
    label: String,
    /// A word of help.
    #[prop(optional, into)]
    hint: String,
    /// What is sent when checked.
    #[prop(default = "true".to_owned(), into)]
    value: String,
    /// Checked to start with.
    #[prop(optional)]
    checked: bool,
) -> impl IntoView {
    let came_back = use_context::<FormContext>().and_then(|f| f.came_back);
    let checked = came_back.map_or(checked, |s| s.has(&name, &value));
    let parts = parts(&name, !hint.is_empty());
    let remark = parts.remark;
    let invalid = remark.is_some();
    let [hint_id, error_id, frame_id] = ["hint", "error", "field"].map(|part| format!("{}-{part}", parts.id));
    view! {
        <div id=frame_id class="field" class:invalid=invalid>
            <div class="choice">
                <input type="checkbox" id=parts.id.clone() name=name value=value checked=checked aria-describedby=parts.described_by/>
                <label for=parts.id>{label}</label>
            </div>
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            <p class="field-error" id=error_id>{remark}</p>
        </div>
    }
}
