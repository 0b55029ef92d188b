//! The page for a new target.

use leptos::prelude::*;

use super::api::target_form;
use super::data::{TargetFields, TargetFormView};
use super::form::TargetForm;
use crate::form::FormState;
use crate::i18n::use_locale;
use crate::page::page_data;
use crate::route::Route;
use crate::ui::address::here;
use crate::ui::{Crumb, PageHead, loaded};

/// The fields of the address; those of a form that came back go before them.
fn fields_of(pairs: Vec<(String, String)>) -> TargetFields {
    let mut fields = TargetFields::default();
    for (name, value) in &pairs {
        // Short names for links from other pages.
        match name.as_str() {
            "person" => fields.set("who", &format!("person:{value}")),
            "team" => fields.set("who", &format!("team:{value}")),
            _ => fields.set(name, value),
        }
    }
    let back = page_data().form.filter(|f: &FormState| f.action == "/api/targets/save");
    for (name, value) in back.iter().flat_map(|f| &f.values) {
        fields.set(name, value);
    }
    fields
}

/// The query of the address as fields.
pub(super) fn fields_in_address() -> TargetFields {
    fields_of(here().pairs().to_vec())
}

/// See the module. Whom it is for, the metric and the period can come with the address.
#[component]
pub fn NewTargetPage() -> impl IntoView {
    loaded(target_form(fields_in_address()), move |view| view! { <New view/> })
}

#[component]
fn New(view: TargetFormView) -> impl IntoView {
    let l = use_locale();
    let title = l.t(if view.is_personal { "targets.new_personal" } else { "targets.new" });
    let crumbs = vec![Crumb::new(l.t("targets.title"), Route::Targets)];
    view! {
        <PageHead title lead=l.t("targets.form.lead") crumbs/>
        <TargetForm view/>
    }
}
