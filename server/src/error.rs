//! Errors of the server: what went wrong inside, and what a person is told of it.

use app::{ApiError, FieldError};
use sea_orm::DbErr;

use crate::authz::Denied;
use crate::password::PasswordError;

/// What services return.
pub type ServiceResult<T> = Result<T, ServiceError>;

/// Why a service could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The caller may not, or may not know.
    #[error("denied")]
    Denied(#[from] Denied),
    /// Something for the person to put right; goes out as it is.
    #[error("refused")]
    Refused(ApiError),
    /// The database refused or is away.
    #[error("database")]
    Db(#[from] DbErr),
    /// Hashing failed.
    #[error("password")]
    Password(#[from] PasswordError),
    /// Anything else that is our fault.
    #[error("internal")]
    Internal(#[from] anyhow::Error),
}

impl ServiceError {
    /// One remark on one form field.
    pub fn field(field: &str, key: &str) -> Self {
        Self::Refused(ApiError::field(field, key))
    }
}

impl From<ApiError> for ServiceError {
    fn from(error: ApiError) -> Self {
        Self::Refused(error)
    }
}

impl From<FieldError> for ServiceError {
    fn from(error: FieldError) -> Self {
        Self::Refused(error.into())
    }
}

impl From<Vec<FieldError>> for ServiceError {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::Refused(ApiError::Invalid(errors))
    }
}

impl From<serde_json::Error> for ServiceError {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}

/// Tells the person what they can act on. Our own faults are logged here, once, under the reference they are given.
impl From<ServiceError> for ApiError {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Denied(Denied::NotFound) => Self::NotFound,
            ServiceError::Denied(Denied::Forbidden) => Self::Forbidden,
            ServiceError::Refused(api) => api,
            ServiceError::Db(db) if crate::db::is_unavailable(&db) => {
                tracing::warn!(error = %db, "database busy or away");
                Self::Unavailable
            }
            other => {
                let reference: String =
                    crate::token::fresh().chars().filter(char::is_ascii_alphanumeric).take(10).collect();
                let mut chain = vec![other.to_string()];
                let mut source = std::error::Error::source(&other);
                while let Some(cause) = source {
                    chain.push(cause.to_string());
                    source = cause.source();
                }
                tracing::error!(reference, error = chain.join(": "), "request failed");
                Self::Internal(reference)
            }
        }
    }
}
