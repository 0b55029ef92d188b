//! Sign-in, sessions, invitations, password, preferences and first setup.

pub mod account_page;
pub mod api;
pub mod data;
pub mod invite_page;
pub mod login_page;
pub mod reset_page;
pub mod setup_page;

use leptos::prelude::*;

use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::{ButtonLink, EmptyState, PageHead};

pub use account_page::AccountPage;
pub use invite_page::InvitePage;
pub use login_page::{ForgotPage, LoginPage};
pub use reset_page::ResetPage;
pub use setup_page::{SetupPage, ZONES};

/// The page of a link that does not work any more; it was there, so the status says "gone".
#[component]
fn LinkIsOver(
    /// Text key of the reason.
    reason: &'static str,
) -> impl IntoView {
    let l = use_locale();
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(axum::http::StatusCode::GONE);
    }
    view! {
        <PageHead title=l.t("account.link.title")/>
        <EmptyState title=l.t(reason) text=l.t("account.link.help")>
            <ButtonLink href=Route::Login.href() label=l.t("ui.sign_in") external=true/>
        </EmptyState>
    }
}
