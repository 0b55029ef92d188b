//! Errors as problem documents (RFC 9457), in the language asked for.

use app::{ApiError, FieldError};
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Locale;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::authz::Denied;
use crate::error::ServiceError;
use crate::import::text::say;
use crate::service::imports::BatchReport;

/// Media type of a problem document.
pub(super) const MIME: &str = "application/problem+json";

macro_rules! codes {
    ($($name:ident = $status:literal $text:literal,)*) => {
        /// What can go wrong. The name goes out and does not change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Code { $($name,)* }

        impl Code {
            #[cfg(test)]
            const ALL: &'static [Code] = &[$(Code::$name,)*];

            fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            fn status(self) -> u16 {
                match self { $(Code::$name => $status,)* }
            }
        }
    };
}

codes! {
    BadRequest = 400 "bad_request",
    BadJson = 400 "bad_json",
    NoToken = 401 "no_token",
    BadToken = 401 "bad_token",
    Forbidden = 403 "forbidden",
    ScopeMissing = 403 "scope_missing",
    NotFound = 404 "not_found",
    NoRoute = 404 "no_route",
    UnknownKind = 404 "unknown_kind",
    NotReadable = 404 "kind_not_readable",
    MethodNotAllowed = 405 "method_not_allowed",
    Conflict = 409 "conflict",
    InFlight = 409 "idempotency_key_in_flight",
    BodyTooLarge = 413 "body_too_large",
    TooManyRows = 413 "too_many_rows",
    UnsupportedMediaType = 415 "unsupported_media_type",
    Invalid = 422 "invalid",
    BadBody = 422 "bad_body",
    BadKey = 422 "bad_idempotency_key",
    KeyReused = 422 "idempotency_key_reused",
    RowsRejected = 422 "rows_rejected",
    BatchRefused = 422 "batch_refused",
    TooManyRequests = 429 "too_many_requests",
    Internal = 500 "internal",
    Unavailable = 503 "unavailable",
}

/// One remark on one part of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldProblem {
    /// The argument, or the field of the body.
    pub field: String,
    /// What is wrong with it, for people.
    pub message: String,
}

/// A problem document (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProblemBody {
    /// `urn:maatstaf:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What the status means, for people.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What went wrong, for people.
    pub detail: String,
    /// A code that does not change, for programs.
    pub code: String,
    /// Remarks on parts of the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// What was wrong with the rows of a batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<BatchReport>,
}

/// An error on its way out; it is worded when the language is known.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    code: Code,
    args: Vec<(&'static str, String)>,
    errors: Vec<FieldProblem>,
    remarks: Vec<FieldError>,
    report: Option<Box<BatchReport>>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    /// A problem without details.
    pub(super) fn new(code: Code) -> Self {
        let (args, errors, remarks, headers) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { code, args, errors, remarks, report: None, headers }
    }

    /// With a value for its sentence.
    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// With a header.
    pub(super) fn header(mut self, name: HeaderName, value: impl TryInto<HeaderValue>) -> Self {
        if let Ok(value) = value.try_into() {
            self.headers.push((name, value));
        }
        self
    }

    /// With the report of a batch.
    pub(super) fn report(mut self, report: BatchReport) -> Self {
        self.report = Some(Box::new(report));
        self
    }

    /// With a remark that is worded already.
    pub(super) fn remark(mut self, field: impl Into<String>, message: String) -> Self {
        self.errors.push(FieldProblem { field: field.into(), message });
        self
    }

    /// A remark on one part of the request, by the key of its text.
    pub(super) fn field(field: &str, key: &str) -> Self {
        Self { remarks: vec![FieldError::new(field, key)], ..Self::new(Code::Invalid) }
    }

    /// As [`Problem::field`], with values for the text.
    pub(super) fn field_with(field: &str, key: &str, args: &[(&str, &dyn ToString)]) -> Self {
        let remark = args.iter().fold(FieldError::new(field, key), |r, (name, value)| r.arg(name, value.to_string()));
        Self { remarks: vec![remark], ..Self::new(Code::Invalid) }
    }

    /// The server cannot answer right now; it says when to come back.
    pub(super) fn unavailable() -> Self {
        Self::new(Code::Unavailable).header(header::RETRY_AFTER, HeaderValue::from_static("2"))
    }

    /// Status and document in a language.
    pub(super) fn write(&self, locale: Locale) -> (StatusCode, String) {
        let code = self.code.as_str();
        let worded = self.remarks.iter().map(|remark| {
            let message = remark.args.iter().fold(crate::words::Words(locale).t(&remark.key), |text, (name, value)| {
                text.replace(&format!("%{{{name}}}"), value)
            });
            FieldProblem { field: remark.field.clone(), message }
        });
        let status = self.code.status();
        let body = ProblemBody {
            kind: format!("urn:maatstaf:problem:{code}"),
            title: say::<&str>(locale, &format!("api.title.{status}"), &[]),
            status,
            detail: say(locale, &format!("api.problem.{code}"), &self.args),
            code: code.to_owned(),
            errors: self.errors.iter().cloned().chain(worded).collect(),
            report: self.report.as_deref().cloned(),
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        // Only texts and numbers: it can be written.
        (status, serde_json::to_string(&body).unwrap_or_default())
    }
}

impl IntoResponse for Problem {
    /// The document is written by [`render`], which knows the language.
    fn into_response(self) -> Response {
        let mut response = StatusCode::from_u16(self.code.status()).unwrap_or_default().into_response();
        response.headers_mut().extend(self.headers.iter().cloned());
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes the document of an answer that is an error. What the framework refuses by itself gets one too.
pub(super) fn render(response: Response, locale: Locale) -> Response {
    let status = response.status();
    let is_written = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == MIME);
    if !(status.is_client_error() || status.is_server_error()) || is_written {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    let problem = parts.extensions.remove::<Problem>().unwrap_or_else(|| Problem::new(of_status(status)));
    let (status, text) = problem.write(locale);
    parts.status = status;
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MIME));
    Response::from_parts(parts, Body::from(text))
}

fn of_status(status: StatusCode) -> Code {
    match status.as_u16() {
        404 => Code::NoRoute,
        405 => Code::MethodNotAllowed,
        413 => Code::BodyTooLarge,
        415 => Code::UnsupportedMediaType,
        503 => Code::Unavailable,
        500..=599 => Code::Internal,
        _ => Code::BadRequest,
    }
}

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Self {
        match ApiError::from(error) {
            ApiError::Unauthenticated => Self::new(Code::BadToken),
            ApiError::Forbidden => Self::new(Code::Forbidden),
            ApiError::NotFound => Self::new(Code::NotFound),
            ApiError::Invalid(remarks) => Self { remarks, ..Self::new(Code::Invalid) },
            ApiError::Conflict(_) => Self::new(Code::Conflict),
            ApiError::TooMany(seconds) => Self::new(Code::TooManyRequests)
                .with("seconds", seconds)
                .header(header::RETRY_AFTER, HeaderValue::from(seconds)),
            ApiError::Unavailable => Self::unavailable(),
            ApiError::Internal(reference) => Self::new(Code::Internal).with("reference", reference),
            ApiError::Transport => Self::new(Code::Internal).with("reference", "–"),
        }
    }
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Self {
        ServiceError::from(denied).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_worded_in_both_languages() {
        for code in Code::ALL {
            let write = |locale| serde_json::from_str::<ProblemBody>(&Problem::new(*code).write(locale).1).unwrap();
            let (en, nl) = (write(Locale::En), write(Locale::Nl));
            for text in [&en.title, &en.detail, &nl.title, &nl.detail] {
                assert!(!text.starts_with("api."), "{text} has no text");
            }
            assert_ne!(en.detail, nl.detail, "{} is not translated", code.as_str());
        }
    }
}
