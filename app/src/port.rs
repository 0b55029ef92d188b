//! Where `app` ends and `server` begins: who calls, and the ports that answer.

use std::sync::Arc;

use axum::http::{HeaderValue, header, request::Parts};
use leptos::prelude::use_context;

pub use crate::account::api::AccountPort;
pub use crate::analysis::api::AnalysisPort;
pub use crate::caller::Caller;
pub use crate::catalogue::api::CataloguePort;
pub use crate::completeness::api::CompletenessPort;
use crate::error::{ApiError, ApiResult};
pub use crate::facts::api::FactsPort;
pub use crate::imports::api::ImportsPort;
pub use crate::notes::api::NotesPort;
pub use crate::people::api::PeoplePort;
pub use crate::scorecard::api::ScorecardPort;
pub use crate::settings::api::SettingsPort;
pub use crate::targets::api::TargetsPort;
pub use crate::tokens::api::TokensPort;
pub use crate::webhooks::api::WebhooksPort;

/// One implementation per feature; `server` makes it once and gives it to each request, as Leptos
/// context or as an Axum extension.
#[derive(Clone)]
pub struct Ports {
    /// Sign-in, sessions, invitations, setup.
    pub account: Arc<dyn AccountPort>,
    /// Teams, people, users.
    pub people: Arc<dyn PeoplePort>,
    /// Scorecard, team page, Explain, deals.
    pub scorecard: Arc<dyn ScorecardPort>,
    /// Before and after, and the analyses of each kind of company.
    pub analysis: Arc<dyn AnalysisPort>,
    /// What the organisation has set.
    pub settings: Arc<dyn SettingsPort>,
    /// What every KPI means and what it is now.
    pub catalogue: Arc<dyn CataloguePort>,
    /// How complete the facts are.
    pub completeness: Arc<dyn CompletenessPort>,
    /// Targets and objectives.
    pub targets: Arc<dyn TargetsPort>,
    /// Notes and check-ins.
    pub notes: Arc<dyn NotesPort>,
    /// Imports.
    pub imports: Arc<dyn ImportsPort>,
    /// Facts of the kinds that have no pages of their own.
    pub facts: Arc<dyn FactsPort>,
    /// API tokens.
    pub tokens: Arc<dyn TokensPort>,
    /// Webhooks.
    pub webhooks: Arc<dyn WebhooksPort>,
}

/// The signed-in caller and the ports; refuses who is not signed in.
pub async fn request() -> ApiResult<(Caller, Ports)> {
    let ports = ports()?;
    let caller = caller().ok_or(ApiError::Unauthenticated)?;
    Ok((caller, ports))
}

/// The ports alone, for the few calls that need no sign-in (sign in, setup, invitation, reset).
pub fn ports() -> ApiResult<Ports> {
    use_context::<Ports>()
        .or_else(|| parts().and_then(|p| p.extensions.get::<Ports>().cloned()))
        .ok_or_else(|| ApiError::Internal(String::new()))
}

/// Who calls, if signed in. The session middleware puts an `Option<Caller>` (or a `Caller`) in the request's extensions.
pub fn caller() -> Option<Caller> {
    let parts = parts()?;
    parts.extensions.get::<Option<Caller>>().cloned().flatten().or_else(|| parts.extensions.get::<Caller>().cloned())
}

/// The head of the request being answered: headers and extensions.
pub fn parts() -> Option<Parts> {
    use_context::<Parts>()
}

/// Adds a `Set-Cookie` header to the answer.
pub fn set_cookie(cookie: &str) {
    if let (Some(response), Ok(value)) = (use_context::<leptos_axum::ResponseOptions>(), HeaderValue::from_str(cookie))
    {
        response.append_header(header::SET_COOKIE, value);
    }
}

/// Leaves a secret for the next page. Only this browser gets it, for a minute, and no script can read it.
pub fn hand_over(name: &str, secret: &str) {
    set_cookie(&format!("{name}={secret}; Path=/; Max-Age=60; HttpOnly; SameSite=Strict"));
}

/// The secret that was left for this page, if any; the next page finds none.
pub fn handed_over(name: &str) -> Option<String> {
    let found = parts().and_then(|parts| crate::page::cookie(&parts, name));
    if found.is_some() {
        set_cookie(&format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"));
    }
    found
}

/// Sends the reader on after a form succeeded; the last thing a server function does.
pub fn redirect(url: &str) {
    leptos_axum::redirect(url);
}
