//! `POST /preferences` remembers language, theme and whether there are keyboard shortcuts, `POST /logout` ends the session: plain forms in the page frame.

use axum::Form;
use axum::extract::{Extension, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;
use serde::Deserialize;

use app::caller::Caller;

use crate::entity::user_account;
use crate::error::ServiceError;
use crate::http::session::{SessionToken, set_cookie, unavailable};
use crate::state::AppState;

/// What the form sends; each part may be missing.
#[derive(Debug, Deserialize)]
pub struct Preferences {
    theme: Option<String>,
    lang: Option<String>,
    keys: Option<String>,
    back: Option<String>,
}

/// Remembers them in cookies; language and theme also with the user when signed in.
pub async fn remember(
    State(state): State<AppState>,
    caller: Option<Extension<Option<Caller>>>,
    Form(form): Form<Preferences>,
) -> Response {
    let theme = form.theme.filter(|t| matches!(t.as_str(), "light" | "dark" | "system"));
    let lang = form.lang.filter(|l| app::page::parse_locale(l).is_some());
    let keys = form.keys.filter(|k| matches!(k.as_str(), "on" | "off"));
    if let Some(Extension(Some(caller))) = caller {
        let mut user = user_account::ActiveModel { id: Set(caller.user_id.get()), ..Default::default() };
        if let Some(theme) = &theme {
            user.theme = Set(Some(theme.clone()));
        }
        if let Some(lang) = &lang {
            user.locale = Set(Some(lang.clone()));
        }
        if (theme.is_some() || lang.is_some())
            && let Err(error) = user_account::Entity::update(user).exec(&state.db).await
        {
            return unavailable(&ServiceError::from(error).into());
        }
    }
    let mut response = redirect(form.back.as_deref());
    for (name, value) in [("theme", theme), ("lang", lang), ("keys", keys)] {
        if let Some(value) = value {
            let secure = if state.serve.is_tls() { "; Secure" } else { "" };
            let text = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax{secure}");
            if let Ok(header_value) = HeaderValue::from_str(&text) {
                response.headers_mut().append(header::SET_COOKIE, header_value);
            }
        }
    }
    response
}

/// Ends the session and forgets its cookie.
pub async fn log_out(State(state): State<AppState>, token: Option<Extension<SessionToken>>) -> Response {
    if let Some(Extension(token)) = token
        && let Err(error) = crate::session::end(&state.db, &token.0).await
    {
        return unavailable(&ServiceError::from(error).into());
    }
    let mut response = redirect(Some("/login"));
    if let Ok(value) = HeaderValue::from_str(&set_cookie("", state.serve.is_tls())) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// Sends the browser to a page of ours; anything else becomes the home page.
fn redirect(to: Option<&str>) -> Response {
    let is_ours =
        |t: &&str| t.starts_with('/') && !t.starts_with("//") && !t.contains('\\') && !t.chars().any(char::is_control);
    let ours = to.filter(is_ours);
    (StatusCode::SEE_OTHER, [(header::LOCATION, ours.unwrap_or("/").to_owned())]).into_response()
}
