//! Fields of a form: label, hint, control, remark. They keep what was typed when the form comes back.

mod choice;

use leptos::prelude::*;

use crate::error::ApiError;
use crate::form::remarks_on;
use crate::i18n::use_locale;
use crate::ui::form::FormContext;

pub use choice::{Checkbox, RadioGroup};

/// One option of a select or a group of radio buttons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A word of help below a radio button; selects leave it out.
    pub hint: String,
}

impl Choice {
    /// An option without help.
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into(), hint: String::new() }
    }

    /// Adds help.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// What all kinds of fields share.
#[derive(Clone)]
struct Parts {
    id: String,
    described_by: Option<String>,
    remark: Option<String>,
    typed: Option<String>,
}

fn parts(name: &str, has_hint: bool) -> Parts {
    let l = use_locale();
    let form = use_context::<FormContext>();
    let id = form.as_ref().map_or_else(|| format!("f-{name}"), |f| f.field_id(name));
    let hint = has_hint.then(|| format!("{id}-hint"));
    let described_by =
        Some([hint, form.is_some().then(|| format!("{id}-error"))].into_iter().flatten().collect::<Vec<_>>().join(" "))
            .filter(|ids| !ids.is_empty());
    let typed = form.as_ref().and_then(|f| f.came_back.as_ref()).and_then(|s| s.value(name)).map(str::to_owned);
    let error = form.and_then(|f| f.error);
    let remark = error.and_then(|error| match &error {
        ApiError::Conflict(stored) => {
            stored.iter().find(|(field, _)| field == name).map(|(_, value)| l.tf("ui.stored_now", &[("value", value)]))
        }
        _ => remarks_on(&error, name).first().map(|r| l.remark(r)),
    });
    Parts { id, described_by, remark, typed }
}

/// Hint and remark around a control.
#[component]
fn Frame(
    parts: Parts,
    label: String,
    hint: String,
    optional: bool,
    #[prop(optional)] wide: bool,
    children: Children,
) -> impl IntoView {
    let l = use_locale();
    let remark = parts.remark;
    let invalid = remark.is_some();
    let error_id = format!("{}-error", parts.id);
    let hint_id = format!("{}-hint", parts.id);
    // By its name the browser finds it again when what stands before it is gone; what is being typed stays.
    let frame_id = format!("{}-field", parts.id);
    view! {
        <div id=frame_id class=if wide { "field wide" } else { "field" } class:invalid=invalid>
            <label class="field-label" for=parts.id>
                {label}
                {optional.then(|| view! { <span class="soft">" "{l.t("ui.optional")}</span> })}
            </label>
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            {children()}
            <p class="field-error" id=error_id>{remark}</p>
        </div>
    }
}

/// One line of text, a number, a date, a password.
#[component]
pub fn TextField(
    /// Name as sent.
    #[prop(into)]
    name: String,
    /// Label above.
    #[prop(into)]
    label: String,
    /// A word of help between label and control.
    #[prop(optional, into)]
    hint: String,
    /// Value to start with.
    #[prop(optional, into)]
    value: String,
    /// HTML type; numbers that people type in their own notation stay `text` with an `inputmode`.
    #[prop(default = "text", into)]
    kind: &'static str,
    /// `decimal`, `numeric`, `email`.
    #[prop(optional, into)]
    inputmode: Option<&'static str>,
    /// As in HTML; `off` unless told otherwise.
    #[prop(default = "off", into)]
    autocomplete: &'static str,
    /// Says "optional" beside the label.
    #[prop(optional)]
    optional: bool,
    /// Unit behind the control, e.g. `€` or `%`; an empty one is left out.
    #[prop(optional, into)]
    unit: Option<String>,
    /// Half as wide: numbers, dates.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let parts = parts(&name, !hint.is_empty());
    let value = if kind == "password" { String::new() } else { parts.typed.clone().unwrap_or(value) };
    let (id, described_by) = (parts.id.clone(), parts.described_by.clone());
    let invalid = parts.remark.is_some().then_some("true");
    view! {
        <Frame parts label hint optional>
            <div class="control" class:short=short>
                <input
                    class="input"
                    id=id
                    name=name
                    type=kind
                    value=value
                    inputmode=inputmode
                    autocomplete=autocomplete
                    aria-required=(!optional).then_some("true")
                    aria-describedby=described_by
                    aria-invalid=invalid
                />
                {unit.filter(|u| !u.is_empty()).map(|unit| view! { <span class="control-unit">{unit}</span> })}
            </div>
        </Frame>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// Name as sent.
    #[prop(into)]
    name: String,
    /// Label above.
    #[prop(into)]
    label: String,
    /// A word of help.
    #[prop(optional, into)]
    hint: String,
    /// Text to start with.
    #[prop(optional, into)]
    value: String,
    /// Lines shown.
    #[prop(default = 4)]
    rows: u32,
    /// Says "optional" beside the label.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let parts = parts(&name, !hint.is_empty());
    let value = parts.typed.clone().unwrap_or(value);
    let (id, described_by) = (parts.id.clone(), parts.described_by.clone());
    let invalid = parts.remark.is_some().then_some("true");
    view! {
        <Frame parts label hint optional wide=true>
            <textarea
                class="input"
                id=id
                name=name
                rows=rows
                aria-required=(!optional).then_some("true")
                aria-describedby=described_by
                aria-invalid=invalid
            >
                {value}
            </textarea>
        </Frame>
    }
}

/// One of a list.
#[component]
pub fn Select(
    /// Name as sent.
    #[prop(into)]
    name: String,
    /// Label above.
    #[prop(into)]
    label: String,
    /// What can be chosen; an empty value stands for "nothing chosen".
    options: Vec<Choice>,
    /// A word of help.
    #[prop(optional, into)]
    hint: String,
    /// Value to start with.
    #[prop(optional, into)]
    value: String,
    /// Says "optional" beside the label.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let parts = parts(&name, !hint.is_empty());
    let value = parts.typed.clone().unwrap_or(value);
    let (id, described_by) = (parts.id.clone(), parts.described_by.clone());
    let invalid = parts.remark.is_some().then_some("true");
    view! {
        <Frame parts label hint optional>
            <select
                class="input"
                id=id
                name=name
                aria-describedby=described_by
                aria-invalid=invalid
            >
                {options
                    .into_iter()
                    .map(|o| view! { <option selected=o.value == value value=o.value>{o.label}</option> })
                    .collect_view()}
            </select>
        </Frame>
    }
}

/// A value that goes along unseen.
#[component]
pub fn Hidden(
    /// Name as sent.
    #[prop(into)]
    name: String,
    /// The value.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}
