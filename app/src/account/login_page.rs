//! Signing in, and what to do without the password.

use leptos::prelude::*;
use leptos_router::components::Redirect;

use super::api::{SignIn, look_at_door};
use crate::i18n::use_locale;
use crate::page::use_caller;
use crate::route::Route;
use crate::ui::address::query;
use crate::ui::*;

/// Signing in. Whoever is signed in goes home; while there is no organisation, the first visitor makes it.
#[component]
pub fn LoginPage() -> impl IntoView {
    if use_caller().is_some() {
        return view! { <Redirect path=Route::Home.href()/> }.into_any();
    }
    loaded(look_at_door(), |door| {
        if door.needs_setup {
            view! { <Redirect path=Route::Setup.href()/> }.into_any()
        } else {
            view! { <SignInForm/> }.into_any()
        }
    })
    .into_any()
}

#[component]
fn SignInForm() -> impl IntoView {
    let l = use_locale();
    let next = query("next");
    view! {
        <PageHead title=l.t("account.sign_in.title") lead=l.t("account.sign_in.lead")/>
        <Card>
            <Form action={to::<SignIn>()} native=true>
                <Hidden name="next" value=next/>
                <TextField name="email" label=l.t("account.email") kind="email" inputmode="email" autocomplete="username"/>
                <TextField name="password" label=l.t("account.password") kind="password" autocomplete="current-password"/>
                <div class="row spread">
                    <Submit label=l.t("account.sign_in.submit")/>
                    <a href=Route::Forgot.href()>{l.t("account.sign_in.forgot")}</a>
                </div>
            </Form>
        </Card>
    }
}

/// What to do without the password: there is no mail server, so a colleague hands the link over.
#[component]
pub fn ForgotPage() -> impl IntoView {
    let l = use_locale();
    view! {
        <PageHead title=l.t("account.forgot.title") lead=l.t("account.forgot.lead")/>
        <Card>
            <div class="stack">
                <p>{l.t("account.forgot.how")}</p>
                <p class="soft">{l.t("account.forgot.operator")}</p>
                <p>
                    <ButtonLink href=Route::Login.href() label=l.t("account.forgot.back")/>
                </p>
            </div>
        </Card>
    }
}
