//! Why a question about KPIs has no answer.

use sea_orm::DbErr;

use crate::authz::Denied;
use crate::error::ServiceError;

/// Why a question about KPIs has no answer.
#[derive(Debug, thiserror::Error)]
pub enum KpiError {
    /// The caller may not see any of it, or it does not exist.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The period holds too many weeks, months … to list.
    #[error("the period has more than {0} parts: choose a shorter period or longer parts")]
    TooManyParts(usize),
    /// The organisation's settings cannot be read as what they must be.
    #[error("the organisation's {0} is not valid")]
    Organisation(&'static str),
    /// The database refused or is away.
    #[error("database")]
    Db(#[from] DbErr),
}

impl From<KpiError> for ServiceError {
    fn from(error: KpiError) -> Self {
        match error {
            KpiError::Denied(denied) => Self::Denied(denied),
            KpiError::Db(db) => Self::Db(db),
            KpiError::TooManyParts(_) => Self::field("period", "error.period_too_long"),
            other @ KpiError::Organisation(_) => Self::Internal(other.into()),
        }
    }
}
