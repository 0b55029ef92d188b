//! The form that posts to a server function, with and without JavaScript; see [`crate::form`].

use leptos::context::Provider;
use leptos::ev::SubmitEvent;
use leptos::form::FromFormData;
use leptos::html;
use leptos::prelude::*;
use leptos::server_fn::client::Client;
use leptos::server_fn::codec::PostUrl;
use leptos::server_fn::error::IntoAppError;
use leptos::server_fn::request::ClientReq;
use leptos::server_fn::{Http, ServerFn};
use serde::de::DeserializeOwned;

use crate::error::ApiError;
use crate::form::{FN_FIELD, FormState, ID_FIELD};
use crate::i18n::use_locale;
use crate::page::page_data;

/// What the fields of a form read from it.
#[derive(Clone)]
pub struct FormContext {
    /// Starts the ids of the form's elements.
    pub id: String,
    /// The form as it came back from a post without JavaScript.
    pub came_back: Option<FormState>,
    /// What went wrong last.
    pub error: Signal<Option<ApiError>>,
    /// Whether an answer is awaited.
    pub pending: Signal<bool>,
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
/// On success the function either redirects (`port::redirect`) or the page's resources follow
/// `action.version()`. `native` leaves the post to the browser even with JavaScript: for whatever
/// changes who is signed in or the language, because that needs a new page.
#[component]
pub fn Form<F, Output>(
    /// The call.
    action: ServerAction<F>,
    /// Tells apart several forms with the same action on one page.
    #[prop(optional, into)]
    id: String,
    /// CSS classes besides `form`.
    #[prop(optional, into)]
    class: String,
    /// Empties the fields after success.
    #[prop(optional)]
    reset: bool,
    /// See above.
    #[prop(optional)]
    native: bool,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView
where
    F: DeserializeOwned + ServerFn<Protocol = Http<PostUrl, Output>, Error = ApiError> + Clone + Send + Sync + 'static,
    <<F::Client as Client<F::Error>>::Request as ClientReq<F::Error>>::FormData: From<web_sys::FormData>,
    F::Output: Send + Sync + 'static,
    F::Client: Client<ApiError>,
{
    let value = action.value();
    let came_back = page_data().form.filter(|s| s.action == F::url() && s.id == id && is_first_page());
    let first_error = came_back.as_ref().map(|s| s.error.clone());
    let error = Signal::derive(move || match &*value.read() {
        Some(Ok(_)) => None,
        Some(Err(error)) => Some(error.clone()),
        None => first_error.clone(),
    });
    let node = NodeRef::<html::Form>::new();
    let context =
        FormContext { id: id.clone(), came_back, error, pending: Signal::derive(move || action.pending().get()) };

    let on_submit = move |event: SubmitEvent| {
        if native || event.default_prevented() {
            return;
        }
        event.prevent_default();
        if action.pending().get_untracked() {
            return;
        }
        match F::from_event(&event) {
            Ok(input) => {
                action.dispatch(input);
            }
            Err(error) => {
                use leptos::server_fn::error::ServerFnErrorErr;
                value.set(Some(Err(ServerFnErrorErr::Args(error.to_string()).into_app_error())));
            }
        }
    };
    Effect::new(move || {
        if matches!(&*value.read(), Some(Ok(_))) {
            crate::ui::flash::take_flash();
            if let Some(form) = node.get_untracked().filter(|_| reset) {
                form.reset();
            }
        }
    });

    view! {
        <form node_ref=node method="post" class=format!("form {class}") on:submit=on_submit novalidate=true>
            <input type="hidden" name=FN_FIELD value=F::url()/>
            <input type="hidden" name=ID_FIELD value=id/>
            <Provider value=context>
                <FormSummary/>
                {children()}
            </Provider>
        </form>
    }
}

/// Whether this is still the page that the server sent: a form that came back belongs to it alone.
fn is_first_page() -> bool {
    #[cfg(feature = "hydrate")]
    {
        use_context::<FirstPage>().is_none_or(|first| first.0.get_value())
    }
    #[cfg(not(feature = "hydrate"))]
    true
}

/// True until the reader navigates inside the browser.
#[derive(Clone, Copy)]
pub struct FirstPage(pub StoredValue<bool>);

/// What is wrong with the form, with links to the fields; takes the focus when it appears.
#[component]
pub fn FormSummary() -> impl IntoView {
    let l = use_locale();
    let form = expect_context::<FormContext>();
    let error = form.error;
    let id = form.id;
    let node = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if error.read().is_some()
            && let Some(element) = node.get()
        {
            // Focus is a courtesy; a browser that refuses loses nothing.
            let _ = element.focus();
        }
    });
    move || {
        error.get().map(|error| {
            let remarks = match &error {
                ApiError::Invalid(all) => all.clone(),
                _ => Vec::new(),
            };
            let id = id.clone();
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
                <div class="form-summary" role="alert" tabindex="-1" node_ref=node>
                    <p class="form-summary-title">{title}</p>
                    <ul>{items}</ul>
                    {sign_in}
                </div>
            }
        })
    }
}

/// The form's main button: says so while an answer is awaited.
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
    let pending = use_context::<FormContext>().map(|form| form.pending);
    let busy = move || pending.is_some_and(|p| p.get());
    view! {
        <button type="submit" class=format!("button {kind}") name=name value=value aria-busy=move || busy().then_some("true")>
            {label}
        </button>
    }
}

/// Asks a page's resources again after an action succeeded: they take `refresh` as their source. A refused form
/// leaves them alone, so that nothing that was typed is drawn over.
pub fn refresh_on<F>(action: ServerAction<F>, refresh: RwSignal<u32>)
where
    F: ServerFn<Error = ApiError> + Clone + Send + Sync + 'static,
    F::Output: Send + Sync + 'static,
{
    let value = action.value();
    Effect::new(move || {
        if matches!(&*value.read(), Some(Ok(_))) {
            // The form itself may be gone by now: success closes its dialog.
            crate::ui::flash::take_flash();
            refresh.update(|n| *n += 1);
        }
    });
}
