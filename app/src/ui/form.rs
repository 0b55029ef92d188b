//! The form that posts to a server function; see [`crate::form`].

use leptos::context::Provider;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use leptos::server_fn::{Http, ServerFn};

use crate::error::ApiError;
use crate::form::{FN_FIELD, FormState, ID_FIELD};
use crate::i18n::use_locale;
use crate::page::page_data;

/// The server function that a form calls; see [`to`].
#[derive(Clone, Copy, Debug)]
pub struct Call(&'static str);

/// The call of a server function: `<Form action={to::<SaveTarget>()}>`. Only one with flat fields can be called by a form.
pub fn to<F>() -> Call
where
    F: ServerFn<Error = ApiError>,
    F::Protocol: TakesForms,
{
    Call(F::PATH)
}

/// How a server function takes its arguments when a form sends them.
pub trait TakesForms {}

impl<Output> TakesForms for Http<PostUrl, Output> {}

/// What the fields of a form read from it.
#[derive(Clone)]
pub struct FormContext {
    /// Starts the ids of the form's elements.
    pub id: String,
    /// The form as it came back.
    pub came_back: Option<FormState>,
    /// What is wrong with it.
    pub error: Option<ApiError>,
}

impl FormContext {
    /// Id of the control of a field.
    pub fn field_id(&self, name: &str) -> String {
        field_id(&self.id, name)
    }
}

fn field_id(form: &str, name: &str) -> String {
    if form.is_empty() { format!("f-{name}") } else { format!("f-{form}-{name}") }
}

/// A form for a server function whose fields are flat. Shows the summary of what is wrong on top.
///
/// On success the page of the form is shown anew, or the one that the function redirects to (`port::redirect`).
/// `native` leaves the post to the browser even with JavaScript: for whatever changes who is signed in or the language.
#[component]
pub fn Form(
    /// The call.
    action: Call,
    /// Tells apart several forms with the same action on one page.
    #[prop(optional, into)]
    id: String,
    /// CSS classes besides `form`.
    #[prop(optional, into)]
    class: String,
    /// See above.
    #[prop(optional)]
    native: bool,
    /// Address that shows this form for other values in its query: with JavaScript it is asked at each change.
    #[prop(optional_no_strip)]
    live: Option<String>,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView {
    let came_back = page_data().form.filter(|state| state.action == action.0 && state.id == id);
    let error = came_back.as_ref().map(|state| state.error.clone());
    let context = FormContext { id: id.clone(), came_back, error };
    let element = if id.is_empty() {
        None
    } else {
        Some(format!("form-{}-{id}", action.0.rsplit('/').next().unwrap_or_default()))
    };
    view! {
        <form id=element method="post" class=format!("form {class}") novalidate=true data-native=native.then_some("") data-live=live>
            <input type="hidden" name=FN_FIELD value=action.0/>
            <input type="hidden" name=ID_FIELD value=id/>
            <Provider value=context>
                <FormSummary/>
                {children()}
            </Provider>
        </form>
    }
}

/// What is wrong with the form, with links to the fields; the browser gives it the focus.
#[component]
pub fn FormSummary() -> impl IntoView {
    let l = use_locale();
    let form = expect_context::<FormContext>();
    let FormContext { id, error, .. } = form;
    error.map(|error| {
        let remarks = match &error {
            ApiError::Invalid(all) => all.clone(),
            _ => Vec::new(),
        };
        let items = remarks
            .into_iter()
            .map(|remark| {
                let text = l.remark(&remark);
                if remark.field.is_empty() {
                    view! { <li>{text}</li> }.into_any()
                } else {
                    let href = format!("#{}", field_id(&id, &remark.field));
                    view! { <li><a href=href rel="external">{text}</a></li> }.into_any()
                }
            })
            .collect_view();
        let title = match &error {
            ApiError::TooMany(seconds) => l.tf("error.too_many_seconds", &[("n", seconds)]),
            ApiError::Internal(id) if !id.is_empty() => {
                format!("{}. {}", l.t(error.key()), l.tf("error.reference", &[("id", id)]))
            }
            _ => l.t(error.key()),
        };
        let sign_in = (error == ApiError::Unauthenticated).then(|| {
            view! {
                <p>
                    <a href=crate::route::Route::Login.href() target="_blank" rel="external">{l.t("ui.sign_in_again")}</a>
                </p>
            }
        });
        view! {
            <div id=format!("{id}-summary") class="form-summary" role="alert" tabindex="-1">
                <p class="form-summary-title">{title}</p>
                <ul>{items}</ul>
                {sign_in}
            </div>
        }
    })
}

/// The form's main button.
#[component]
pub fn Submit(
    /// What happens, as a verb.
    #[prop(into)]
    label: String,
    /// `primary` unless told otherwise; `secondary`, `danger` or `link`.
    #[prop(default = "primary", into)]
    kind: &'static str,
    /// Name that is sent with this button, for forms with several.
    #[prop(optional, into)]
    name: Option<String>,
    /// Value that is sent with it.
    #[prop(optional, into)]
    value: Option<String>,
) -> impl IntoView {
    view! {
        <button type="submit" class=format!("button {kind}") name=name value=value>
            {label}
        </button>
    }
}
