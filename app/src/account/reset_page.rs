//! A new password by a link that a colleague handed over.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::LinkIsOver;
use super::api::{Link, MIN_PASSWORD, ResetPassword, ResetView, reset_link};
use crate::i18n::use_locale;
use crate::ui::*;

/// See the module.
#[component]
pub fn ResetPage() -> impl IntoView {
    let params = use_params_map();
    let token = move || params.read().get("token").unwrap_or_default();
    let link = Resource::new(token, reset_link);
    view! {
        <Suspense fallback=|| view! { <Skeleton lines=4/> }>
            {move || Suspend::new(async move {
                match link.await {
                    Ok(Link::Open(whose)) => view! { <NewPassword whose token=token()/> }.into_any(),
                    Ok(over) => view! { <LinkIsOver reason=over.reason().unwrap_or("account.link.used")/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn NewPassword(whose: ResetView, token: String) -> impl IntoView {
    let l = use_locale();
    let action = ServerAction::<ResetPassword>::new();
    view! {
        <PageHead title=l.t("account.reset.title") lead=l.tf("account.reset.lead", &[("name", &whose.name), ("email", &whose.email)])/>
        <Card>
            <Form action native=true>
                <Hidden name="token" value=token/>
                <input class="visually-hidden" type="text" autocomplete="username" value=whose.email readonly tabindex="-1" aria-hidden="true"/>
                <TextField
                    name="password"
                    label=l.t("account.new_password")
                    hint=l.tf("account.password_hint", &[("min", &MIN_PASSWORD)])
                    kind="password"
                    autocomplete="new-password"
                />
                <Submit label=l.t("account.reset.submit")/>
            </Form>
        </Card>
    }
}
