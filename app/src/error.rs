//! The one error that crosses the wire, and the HTTP status it answers with.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// What every server function and port method returns.
pub type ApiResult<T> = Result<T, ApiError>;

/// What went wrong, as far as a person can do something about it; never how the server works inside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ApiError {
    /// Nobody is signed in.
    #[error("please sign in")]
    Unauthenticated,
    /// Signed in, visible, but not allowed.
    #[error("you may not do that")]
    Forbidden,
    /// Does not exist, or may not be seen.
    #[error("not found")]
    NotFound,
    /// The form has remarks; what was typed stays.
    #[error("please check the marked fields")]
    Invalid(Vec<FieldError>),
    /// Someone else changed the same thing first; holds what is stored now, as (field, value).
    #[error("someone else changed this")]
    Conflict(Vec<(String, String)>),
    /// Too many attempts; holds the seconds to wait.
    #[error("too many attempts; try again in {0} s")]
    TooMany(u32),
    /// The database is busy or away; nothing was lost and trying again is right.
    #[error("the server cannot answer now; try again")]
    Unavailable,
    /// An error of ours; holds the request id under which it is logged.
    #[error("something went wrong; reference {0}")]
    Internal(String),
    /// No answer, or none that could be read.
    #[error("no answer from the server")]
    Transport,
}

/// One remark on one field of a form. `key` is a text key (see `locales/`), `args` fill its placeholders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Name of the form field; empty for a remark on the whole form.
    pub field: String,
    /// Text key of the remark.
    pub key: String,
    /// Values for the placeholders of the text.
    pub args: Vec<(String, String)>,
}

impl FieldError {
    /// A remark without placeholders.
    pub fn new(field: &str, key: &str) -> Self {
        Self { field: field.to_owned(), key: key.to_owned(), args: Vec::new() }
    }

    /// Adds the value of one placeholder.
    #[must_use]
    pub fn arg(mut self, name: &str, value: impl ToString) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }
}

impl From<FieldError> for ApiError {
    fn from(error: FieldError) -> Self {
        Self::Invalid(vec![error])
    }
}

impl ApiError {
    /// One remark on one field.
    pub fn field(field: &str, key: &str) -> Self {
        FieldError::new(field, key).into()
    }

    /// The HTTP status of this error; the only place that decides it.
    pub fn status(&self) -> u16 {
        match self {
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict(_) => 409,
            Self::Invalid(_) => 422,
            Self::TooMany(_) => 429,
            Self::Internal(_) => 500,
            Self::Transport => 502,
            Self::Unavailable => 503,
        }
    }

    /// Text key of what to tell the reader, under `error.`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "error.unauthenticated",
            Self::Forbidden => "error.forbidden",
            Self::NotFound => "error.not_found",
            Self::Invalid(_) => "error.invalid",
            Self::Conflict(_) => "error.conflict",
            Self::TooMany(_) => "error.too_many",
            Self::Unavailable => "error.unavailable",
            Self::Internal(_) => "error.internal",
            Self::Transport => "error.transport",
        }
    }

    /// Sets the status of the answer that is being made. Pages call it (through `ErrorView`) for
    /// their subject; a failing side block leaves the page at 200.
    pub fn set_status(&self) {
        use axum::http::StatusCode;
        if let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
            response.set_status(StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            // The caller sent something that is not this function's arguments: their mistake, not ours.
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Invalid(Vec::new())
            }
            _ => Self::Transport,
        }
    }

    /// Server functions serialise their error only at their own address, not when a page calls them
    /// while it is rendered, so this is where their status is set.
    fn ser(&self) -> leptos::server_fn::Bytes {
        self.set_status();
        leptos::server_fn::Bytes::from(serde_json::to_vec(self).unwrap_or_default())
    }

    fn de(data: leptos::server_fn::Bytes) -> Self {
        serde_json::from_slice(&data).unwrap_or(Self::Transport)
    }
}
