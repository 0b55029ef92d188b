//! `/health/live` says that the process runs; `/health/ready` that it can do its work.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use sea_orm::ConnectionTrait as _;
use serde::Serialize;

use crate::db::Db;

/// Answer of a health check.
#[derive(Debug, Serialize)]
pub struct Health {
    status: &'static str,
    version: &'static str,
}

const fn health(status: &'static str) -> Health {
    Health { status, version: env!("CARGO_PKG_VERSION") }
}

/// The process runs.
pub async fn live() -> Json<Health> {
    Json(health("live"))
}

/// The database answers.
pub async fn ready(State(db): State<Db>) -> (StatusCode, Json<Health>) {
    match db.execute_unprepared("SELECT 1").await {
        Ok(_) => (StatusCode::OK, Json(health("ready"))),
        Err(error) => {
            tracing::warn!(%error, "database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, Json(health("database away")))
        }
    }
}
