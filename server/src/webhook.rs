//! Webhooks: addresses outside that are told what happens. What is to be told is written in the transaction of the deed,
//! and sent afterwards by whichever node takes it first ([`work`]).

pub mod address;
pub mod send;
pub mod sign;
pub mod work;

use domain::Timestamp;
use domain::webhook::Event;
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::{Value, json};

use crate::entity::{webhook, webhook_delivery};
use crate::query;

/// How every secret begins, so that people and secret scanners know one when they see it.
pub const PREFIX: &str = "mws_";

/// How long deliveries are kept.
const KEPT_MS: i64 = 30 * 24 * 3_600_000;

/// The webhooks of an organisation that are told of an event.
///
/// # Errors
/// When the database refuses.
pub async fn listeners(db: &impl ConnectionTrait, org: i64, event: Event) -> Result<Vec<webhook::Model>, DbErr> {
    let mut all = query::webhook::all(db, org).await?;
    all.retain(|hook| hook.is_active && hook.events.split(' ').any(|code| code == event.code()));
    Ok(all)
}

/// Writes down what some webhooks are to be told, in the transaction of the deed.
///
/// # Errors
/// When the database refuses.
pub async fn tell(
    db: &impl ConnectionTrait,
    hooks: &[webhook::Model],
    event: Event,
    data: &Value,
    now: Timestamp,
) -> Result<(), DbErr> {
    for hook in hooks {
        let id = crate::id::next();
        let body = json!({
            "id": id.to_string(), "event": event.code(), "at": moment(now), "organisation": hook.org_id.to_string(),
            "data": data,
        });
        let row = webhook_delivery::Model {
            org_id: hook.org_id,
            id,
            webhook_id: hook.id,
            event: event.code().to_owned(),
            payload: body.to_string(),
            status: query::webhook::WAITING.to_owned(),
            attempts: 0,
            next_at: now.0,
            claimed_until: None,
            response_code: None,
            response: None,
            fault: None,
            made_at: now.0,
            sent_at: None,
            delivered_at: None,
        };
        query::webhook::add_delivery(db, row).await?;
    }
    Ok(())
}

/// A moment as RFC 3339 writes it, in UTC; its number where no calendar reaches.
fn moment(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(|_| at.0.to_string(), |t| t.to_string())
}
