//! A new password by a link that a colleague handed over.

use leptos::prelude::*;

use super::LinkIsOver;
use super::api::{Link, MIN_PASSWORD, ResetPassword, ResetView, reset_link};
use crate::i18n::use_locale;
use crate::ui::address::param;
use crate::ui::*;

/// See the module.
#[component]
pub fn ResetPage() -> impl IntoView {
    let token = param("token").unwrap_or_default();
    view! {
        {loaded(reset_link(token.clone()), move |link| match link {
                    Link::Open(whose) => view! { <NewPassword whose token/> }.into_any(),
                    over => view! { <LinkIsOver reason=over.reason().unwrap_or("account.link.used")/> }.into_any(),
        })}
    }
}

#[component]
fn NewPassword(whose: ResetView, token: String) -> impl IntoView {
    let l = use_locale();
    view! {
            <PageHead title=l.t("account.reset.title") lead=l.tf("account.reset.lead", &[("name", &whose.name), ("email", &whose.email)])/>
            <Card>
                <Form action={to::<ResetPassword>()} native=true>
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
