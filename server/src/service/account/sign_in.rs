//! Signing in: the same words and the same time for an unknown user, a disabled one and a wrong password.

use app::ApiError;
use app::FieldError;
use app::account::api::{Head, Started};
use sea_orm::ConnectionTrait;

use super::guard;
use crate::entity::{membership, user_account};
use crate::error::{ServiceError, ServiceResult};
use crate::http::session::set_cookie;
use crate::password::MAX_LENGTH;
use crate::query;
use crate::state::AppState;

/// Checks e-mail address and password and starts a session.
pub async fn sign_in(
    state: &AppState,
    head: &Head,
    email: &str,
    password: String,
    next: &str,
) -> ServiceResult<Started> {
    let email = email.trim().to_lowercase();
    let mut remarks = Vec::new();
    if email.is_empty() {
        remarks.push(FieldError::new("email", "account.error.email_missing"));
    }
    if password.is_empty() {
        remarks.push(FieldError::new("password", "account.error.password_missing"));
    }
    if !remarks.is_empty() {
        return Err(remarks.into());
    }
    let user = check_password(state, head, &email, password).await?;
    let Some(user) = user else {
        return Err(ServiceError::field("", "account.error.sign_in"));
    };
    let Some(place) = first_place(&state.db, user.id).await? else {
        return Err(ServiceError::field("", "account.error.no_place"));
    };
    let cookie = start(&state.db, state, head, user.id, place.org_id).await?;
    Ok(Started { cookie, next: own_path(next).unwrap_or("/").to_owned() })
}

/// The user of an address if the password is theirs and they are not disabled. Counts what fails.
pub async fn check_password(
    state: &AppState,
    head: &Head,
    email: &str,
    password: String,
) -> ServiceResult<Option<user_account::Model>> {
    let address = guard::origin(head).address;
    guard::attempt(state, email, &address).await?;
    let user = query::user::by_email(&state.db, email).await?;
    let usable = user.filter(|u| u.disabled_at.is_none());
    let stored = usable.as_ref().and_then(|u| u.password_hash.clone());
    let fits = password.chars().count() <= MAX_LENGTH && state.passwords.verify(password, stored).await?;
    if fits {
        guard::succeeded(state, email).await?;
        Ok(usable)
    } else {
        guard::failed(state, &address).await?;
        Ok(None)
    }
}

/// The organisation that a user works in after signing in: the first they joined.
pub async fn first_place(db: &impl ConnectionTrait, user: i64) -> ServiceResult<Option<membership::Model>> {
    Ok(query::membership::living_of_user(db, None, user).await?)
}

/// Starts a session in this browser, in place of the one it had; gives the cookie.
pub async fn start(
    db: &impl ConnectionTrait,
    state: &AppState,
    head: &Head,
    user: i64,
    org: i64,
) -> ServiceResult<String> {
    let origin = guard::origin(head);
    let token = crate::session::start(db, user, Some(org), &origin, guard::token(head), state.clock.now()).await?;
    Ok(set_cookie(&token, state.serve.is_tls()))
}

/// A path of ours to go on to; anything that could lead elsewhere is none.
pub fn own_path(next: &str) -> Option<&str> {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.chars().any(char::is_control)
        && !next.starts_with("/login")
        && !next.starts_with("/api/");
    ours.then_some(next)
}

/// A remark on a password that may not be chosen.
pub fn check_new_password(field: &str, password: &str, email: &str) -> Result<(), FieldError> {
    let length = password.chars().count();
    let min = crate::password::MIN_LENGTH;
    if length < min {
        return Err(FieldError::new(field, "account.error.password_short").arg("min", min));
    }
    if length > MAX_LENGTH {
        return Err(FieldError::new(field, "account.error.password_long").arg("max", MAX_LENGTH));
    }
    let lower = password.to_lowercase();
    let first = lower.chars().next();
    let guessable = lower == email
        || lower.chars().all(|c| Some(c) == first)
        || EASY.iter().any(|easy| lower.starts_with(easy) && length <= easy.len() + 3);
    if guessable { Err(FieldError::new(field, "account.error.password_easy")) } else { Ok(()) }
}

/// Beginnings that every list of guesses holds.
const EASY: [&str; 10] = [
    "password",
    "welkom",
    "welcome",
    "wachtwoord",
    "qwertyuiop",
    "1234567890",
    "0123456789",
    "iloveyou",
    "maatstaf",
    "letmein",
];

/// What is said when a link cannot be used any more between looking and using.
pub fn link_is_over(reason: Option<&str>) -> ServiceError {
    ServiceError::Refused(ApiError::field("", reason.unwrap_or("account.link.used")))
}

#[cfg(test)]
mod tests {
    use super::{check_new_password, own_path};

    #[test]
    fn only_own_paths_are_followed() {
        assert_eq!(own_path("/teams?x=1"), Some("/teams?x=1"));
        for bad in ["//evil.example", "https://evil.example", "/\\evil.example", "", "/a\nb", "/login?next=/", "/api/x"]
        {
            assert_eq!(own_path(bad), None, "{bad}");
        }
    }

    #[test]
    fn passwords_that_everybody_guesses_are_refused() {
        for bad in ["short", "aaaaaaaaaaaaa", "Password123", "Wachtwoord1", "ann@example.com"] {
            assert!(check_new_password("p", bad, "ann@example.com").is_err(), "{bad}");
        }
        assert!(check_new_password("p", "correct horse", "ann@example.com").is_ok());
    }
}
