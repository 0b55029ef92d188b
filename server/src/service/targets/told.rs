//! What webhooks are told of targets. A personal goal is its person's own, and nothing of it leaves the organisation.

use domain::target::{Status, Who};
use domain::webhook::Event;
use sea_orm::DatabaseTransaction;
use serde_json::{Value, json};

use super::model::Stored;
use crate::error::ServiceResult;
use crate::query;
use crate::service::desk::Desk;
use crate::webhook;

/// Tells of a target that was written in this transaction, and had this status before (none: it is new).
///
/// # Errors
/// When the database refuses.
pub(super) async fn tell(txn: &DatabaseTransaction, desk: &Desk, id: i64, before: Option<Status>) -> ServiceResult<()> {
    let Some(row) = query::target::by_id(txn, desk.org(), id).await?.filter(|row| !row.is_personal) else {
        return Ok(());
    };
    let stored = Stored::read(row)?;
    let Some(event) = Event::of_target(before, stored.status) else { return Ok(()) };
    let listening = webhook::listeners(txn, desk.org(), event).await?;
    webhook::tell(txn, &listening, event, &json!({ "target": data(desk, &stored) }), desk.now).await?;
    Ok(())
}

/// Exact values and codes: a program reads it.
fn data(desk: &Desk, stored: &Stored) -> Value {
    let target = &stored.target;
    let who = match target.who {
        Who::Organisation => json!({ "level": "organisation" }),
        Who::Team(id) => json!({ "level": "team", "id": id, "name": desk.frame.team_name(id) }),
        Who::Person(id) => json!({ "level": "person", "id": id, "name": desk.frame.person_name(id) }),
    };
    json!({
        "id": stored.row.id.to_string(), "metric": target.metric, "who": who,
        "from": target.period.from().to_string(), "to": target.period.to().to_string(),
        "direction": target.direction.code(), "value": target.value.to_string(), "currency": stored.row.currency,
        "status": stored.status.code(), "version": stored.row.version,
        "path": app::route::Route::Target(stored.row.id.into()).href(),
    })
}
