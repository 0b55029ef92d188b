//! Reads and writes webhooks and what they are told. Two nodes never send the same attempt: whoever changes the row
//! from unclaimed to claimed sends it.

use domain::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, UpdateMany,
};

use crate::entity::webhook_delivery::Column;
use crate::entity::{webhook, webhook_delivery};

/// Organisation and identifier of a delivery.
pub type Key = (i64, i64);

/// It waits for its first or next attempt.
pub const WAITING: &str = "waiting";
/// The receiver took it.
pub const DELIVERED: &str = "delivered";
/// It was given up.
pub const FAILED: &str = "failed";

/// The webhooks of an organisation, the newest first.
///
/// # Errors
/// When the database refuses.
pub async fn all(db: &impl ConnectionTrait, org: i64) -> Result<Vec<webhook::Model>, DbErr> {
    webhook::Entity::find()
        .filter(webhook::Column::OrgId.eq(org))
        .filter(webhook::Column::RemovedAt.is_null())
        .order_by_desc(webhook::Column::Id)
        .all(db)
        .await
}

/// One webhook that was not removed.
///
/// # Errors
/// When the database refuses.
pub async fn by_id(db: &impl ConnectionTrait, org: i64, id: i64) -> Result<Option<webhook::Model>, DbErr> {
    webhook::Entity::find_by_id((org, id)).filter(webhook::Column::RemovedAt.is_null()).one(db).await
}

/// As [`by_id`], held until the transaction ends.
///
/// # Errors
/// When the database refuses.
pub async fn hold(db: &impl ConnectionTrait, org: i64, id: i64) -> Result<Option<webhook::Model>, DbErr> {
    let one = webhook::Entity::find_by_id((org, id)).filter(webhook::Column::RemovedAt.is_null());
    one.lock_exclusive().one(db).await
}

/// How many webhooks an organisation has.
///
/// # Errors
/// When the database refuses.
pub async fn count(db: &impl ConnectionTrait, org: i64) -> Result<u64, DbErr> {
    webhook::Entity::find()
        .filter(webhook::Column::OrgId.eq(org))
        .filter(webhook::Column::RemovedAt.is_null())
        .count(db)
        .await
}

/// The latest deliveries of a webhook, the newest first.
///
/// # Errors
/// When the database refuses.
pub async fn deliveries(
    db: &impl ConnectionTrait,
    org: i64,
    webhook: i64,
    limit: u64,
) -> Result<Vec<webhook_delivery::Model>, DbErr> {
    webhook_delivery::Entity::find()
        .filter(Column::OrgId.eq(org))
        .filter(Column::WebhookId.eq(webhook))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// One delivery of a webhook.
///
/// # Errors
/// When the database refuses.
pub async fn delivery(
    db: &impl ConnectionTrait,
    key: Key,
    webhook: i64,
) -> Result<Option<webhook_delivery::Model>, DbErr> {
    webhook_delivery::Entity::find_by_id(key).filter(Column::WebhookId.eq(webhook)).one(db).await
}

/// The latest delivery of each of some webhooks.
///
/// # Errors
/// When the database refuses.
pub async fn latest(
    db: &impl ConnectionTrait,
    org: i64,
    webhooks: &[i64],
) -> Result<Vec<webhook_delivery::Model>, DbErr> {
    let newest: Vec<i64> = webhook_delivery::Entity::find()
        .select_only()
        .column_as(Column::Id.max(), "newest")
        .filter(Column::OrgId.eq(org))
        .filter(Column::WebhookId.is_in(webhooks.iter().copied()))
        .group_by(Column::WebhookId)
        .into_tuple()
        .all(db)
        .await?;
    let all = webhook_delivery::Entity::find().filter(Column::OrgId.eq(org)).filter(Column::Id.is_in(newest));
    all.all(db).await
}

/// Writes something that a webhook is to be told.
///
/// # Errors
/// When the database refuses.
pub async fn add_delivery(db: &impl ConnectionTrait, row: webhook_delivery::Model) -> Result<(), DbErr> {
    let row = row.into_active_model().reset_all();
    webhook_delivery::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// In no node's hands.
fn free(now: Timestamp) -> Condition {
    let claimed = Column::ClaimedUntil;
    Condition::any().add(claimed.is_null()).add(claimed.lte(now.0))
}

/// Waiting for an attempt that is due now, of a webhook that is sent to.
fn ready(now: Timestamp) -> Condition {
    let hook = Query::select()
        .expr(Expr::val(1))
        .from("webhook")
        .and_where(Expr::col(("webhook", "org_id")).equals(("webhook_delivery", "org_id")))
        .and_where(Expr::col(("webhook", "id")).equals(("webhook_delivery", "webhook_id")))
        .and_where(Expr::col(("webhook", "is_active")).eq(true))
        .and_where(Expr::col(("webhook", "removed_at")).is_null())
        .to_owned();
    Condition::all()
        .add(Column::Status.eq(WAITING))
        .add(Column::NextAt.lte(now.0))
        .add(free(now))
        .add(Expr::exists(hook))
}

/// The keys of what is due, whichever the organisation; what waits longest first.
///
/// # Errors
/// When the database refuses.
pub async fn due(db: &impl ConnectionTrait, now: Timestamp, limit: u64) -> Result<Vec<Key>, DbErr> {
    webhook_delivery::Entity::find()
        .select_only()
        .columns([Column::OrgId, Column::Id])
        .filter(ready(now))
        .order_by_asc(Column::NextAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await
}

/// One delivery, for a change.
fn change(key: Key) -> UpdateMany<webhook_delivery::Entity> {
    webhook_delivery::Entity::update_many().filter(Column::OrgId.eq(key.0)).filter(Column::Id.eq(key.1))
}

/// Takes a delivery that is due for one attempt; none when another node has it, or it is not due any more.
///
/// # Errors
/// When the database refuses.
pub async fn claim(
    db: &impl ConnectionTrait,
    key: Key,
    now: Timestamp,
    until: i64,
) -> Result<Option<webhook_delivery::Model>, DbErr> {
    let taken = change(key)
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .col_expr(Column::ClaimedUntil, Expr::value(until))
        .col_expr(Column::SentAt, Expr::value(now.0))
        .filter(ready(now))
        .exec(db)
        .await?;
    if taken.rows_affected == 0 {
        return Ok(None);
    }
    webhook_delivery::Entity::find_by_id(key).one(db).await
}

/// What came of an attempt.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// [`WAITING`], [`DELIVERED`] or [`FAILED`].
    pub status: &'static str,
    /// When it is tried again, if it waits.
    pub next_at: i64,
    /// HTTP status of the answer.
    pub response_code: Option<i32>,
    /// Beginning of the answer.
    pub response: Option<String>,
    /// Why there was no answer.
    pub fault: Option<&'static str>,
    /// When the receiver took it.
    pub delivered_at: Option<i64>,
}

/// Writes down what came of an attempt, unless its claim ran out and another one was made since.
///
/// # Errors
/// When the database refuses.
pub async fn finish(db: &impl ConnectionTrait, key: Key, attempts: i32, done: &Attempt) -> Result<(), DbErr> {
    change(key)
        .col_expr(Column::Status, Expr::value(done.status))
        .col_expr(Column::NextAt, Expr::value(done.next_at))
        .col_expr(Column::ClaimedUntil, Expr::value(None::<i64>))
        .col_expr(Column::ResponseCode, Expr::value(done.response_code))
        .col_expr(Column::Response, Expr::value(done.response.clone()))
        .col_expr(Column::Fault, Expr::value(done.fault))
        .col_expr(Column::DeliveredAt, Expr::value(done.delivered_at))
        .filter(Column::Status.eq(WAITING))
        .filter(Column::Attempts.eq(attempts))
        .exec(db)
        .await?;
    Ok(())
}

/// Leaves a receiver that does not answer alone until a moment.
///
/// # Errors
/// When the database refuses.
pub async fn postpone(db: &impl ConnectionTrait, org: i64, webhook: i64, until: i64) -> Result<(), DbErr> {
    webhook_delivery::Entity::update_many()
        .col_expr(Column::NextAt, Expr::value(until))
        .filter(Column::OrgId.eq(org))
        .filter(Column::WebhookId.eq(webhook))
        .filter(Column::Status.eq(WAITING))
        .filter(Column::NextAt.lt(until))
        .exec(db)
        .await?;
    Ok(())
}

/// Makes a delivery of a webhook due once more; false when it is being sent at this moment.
///
/// # Errors
/// When the database refuses.
pub async fn send_again(db: &impl ConnectionTrait, key: Key, now: Timestamp) -> Result<bool, DbErr> {
    let done = change(key)
        .col_expr(Column::Status, Expr::value(WAITING))
        .col_expr(Column::NextAt, Expr::value(now.0))
        .col_expr(Column::ClaimedUntil, Expr::value(None::<i64>))
        .filter(free(now))
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Gives up what still waits for a webhook.
///
/// # Errors
/// When the database refuses.
pub async fn give_up(db: &impl ConnectionTrait, org: i64, webhook: i64) -> Result<(), DbErr> {
    webhook_delivery::Entity::update_many()
        .col_expr(Column::Status, Expr::value(FAILED))
        .filter(Column::OrgId.eq(org))
        .filter(Column::WebhookId.eq(webhook))
        .filter(Column::Status.eq(WAITING))
        .exec(db)
        .await?;
    Ok(())
}

/// Removes what was made before a moment; gives its number.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(db: &impl ConnectionTrait, before: i64) -> Result<u64, DbErr> {
    let old = webhook_delivery::Entity::delete_many().filter(Column::MadeAt.lt(before));
    Ok(old.exec(db).await?.rows_affected)
}
