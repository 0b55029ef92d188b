//! A form that is kept in the address: what it leads to stands below it, and it works without JavaScript.

use leptos::prelude::*;

use super::block::BlockView;
use super::data::{Field, FormView};
use crate::ui::Card;
use crate::ui::address::here;

/// See the module.
#[component]
pub fn AddressForm(
    /// The form and what it leads to.
    form: FormView,
) -> impl IntoView {
    let names: Vec<String> = form.fields.iter().map(|field| field.name.clone()).collect();
    let url = here().q("table", "").q("dialog", "");
    let kept: Vec<(String, String)> = url.pairs().iter().filter(|(name, _)| !names.contains(name)).cloned().collect();
    let hidden = kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let hidden = hidden.collect_view();
    let fields = form.fields.into_iter().map(|field| view! { <Input field/> }).collect_view();
    let action = format!("{}#what-if", url.path());
    let result = form.result.into_iter().map(|block| view! { <BlockView block/> }).collect_view();
    view! {
        <div id="what-if">
            <Card title=form.title>
                <p class="soft">{form.lead}</p>
                <form class="what-if" method="get" action=action>
                    {hidden}
                    {fields}
                    <button class="button secondary" type="submit">{form.submit}</button>
                </form>
            </Card>
            {result}
        </div>
    }
}

#[component]
fn Input(field: Field) -> impl IntoView {
    let id = format!("f-{}", field.name);
    let (hint, error) = (format!("{id}-hint"), format!("{id}-error"));
    let described = format!("{hint} {error}");
    let invalid = field.remark.is_some();
    view! {
        <div class="field" class:invalid=invalid>
            <label class="field-label" for=id.clone()>{field.label}" ("{field.unit}")"</label>
            <p class="field-hint" id=hint>{field.hint}</p>
            <input
                class="input"
                id=id
                name=field.name
                value=field.value
                inputmode="decimal"
                maxlength="20"
                aria-describedby=described
                aria-invalid=invalid.then_some("true")
            />
            <p class="field-error" id=error>{field.remark}</p>
        </div>
    }
}
