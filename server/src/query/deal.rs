//! Reads and writes single deals. Nothing else writes the tables `deal` and `deal_credit`: what is written here goes
//! into the stored sums as well ([`crate::rollup`]).

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IdenStatic as _,
    IntoActiveModel as _, Iterable as _, ModelTrait as _, QueryFilter as _, QueryOrder as _,
};

use crate::entity::{deal, deal_credit};
use crate::query::among::among_ids;
use crate::query::bulk;
use crate::rollup::Changes;

/// Deals a statement: within the number of values that both databases bind.
const CHUNK: usize = 1_000;

/// One deal.
///
/// # Errors
/// When the database refuses.
pub async fn by_id(db: &impl ConnectionTrait, org: i64, id: i64) -> Result<Option<deal::Model>, DbErr> {
    deal::Entity::find_by_id((org, id)).one(db).await
}

/// Some deals.
///
/// # Errors
/// When the database refuses.
pub async fn some(
    db: &impl ConnectionTrait,
    org: i64,
    ids: impl IntoIterator<Item = i64>,
) -> Result<Vec<deal::Model>, DbErr> {
    deal::Entity::find().filter(deal::Column::OrgId.eq(org)).filter(deal::Column::Id.is_in(ids)).all(db).await
}

/// Who is credited with a deal.
///
/// # Errors
/// When the database refuses.
pub async fn credits(db: &impl ConnectionTrait, org: i64, id: i64) -> Result<Vec<deal_credit::Model>, DbErr> {
    credits_of(db, org, [id]).await
}

/// Who is credited with some deals, in order of deals.
///
/// # Errors
/// When the database refuses.
pub async fn credits_of(
    db: &impl ConnectionTrait,
    org: i64,
    ids: impl IntoIterator<Item = i64>,
) -> Result<Vec<deal_credit::Model>, DbErr> {
    deal_credit::Entity::find()
        .filter(deal_credit::Column::OrgId.eq(org))
        .filter(deal_credit::Column::DealId.is_in(ids))
        .order_by_asc(deal_credit::Column::DealId)
        .order_by_asc(deal_credit::Column::PersonId)
        .all(db)
        .await
}

/// A deal as it is stored, as it is to be, and the shares of one whose credit is split.
#[derive(Clone, Debug)]
pub struct Written {
    /// As it is stored; none: it is new.
    pub before: Option<deal::Model>,
    /// As it is to be.
    pub after: deal::Model,
    /// Its shares; empty unless its credit is split.
    pub credits: Vec<deal_credit::Model>,
}

/// Writes new and changed deals of one organisation with their shares. Flush `changes` before you commit.
///
/// # Errors
/// When the database refuses.
pub async fn save(db: &impl ConnectionTrait, changes: &mut Changes, rows: Vec<Written>) -> Result<(), DbErr> {
    use deal::Column::{CreatedAt, ExternalId, Id, OrgId};
    let mut rows = rows.into_iter();
    loop {
        let (mut models, mut shared, mut credits) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows.by_ref().take(CHUNK) {
            changes.add(row.before.as_ref(), Some(&row.after));
            shared.extend(row.before.filter(|d| d.is_split));
            credits.extend(row.credits.into_iter().map(|c| c.into_active_model().reset_all()));
            models.push(deal::Column::iter().map(|column| row.after.get(column)).collect());
        }
        if models.is_empty() {
            return changes.flush_if_large(db).await;
        }
        let columns: Vec<&str> = deal::Column::iter().map(|column| column.as_str()).collect();
        let changing = deal::Column::iter().filter(|c| !matches!(c, OrgId | Id | ExternalId | CreatedAt));
        let or_change = OnConflict::columns([OrgId, Id]).update_columns(changing).to_owned();
        bulk::insert(db, "deal", &columns, models, or_change).await?;
        remove_credits(db, &shared).await?;
        if !credits.is_empty() {
            deal_credit::Entity::insert_many(credits).exec_without_returning(db).await?;
        }
    }
}

/// Removes deals of one organisation with their shares. Flush `changes` before you commit.
///
/// # Errors
/// When the database refuses, or something still refers to one of them.
pub async fn remove(db: &impl ConnectionTrait, changes: &mut Changes, deals: &[deal::Model]) -> Result<(), DbErr> {
    for chunk in deals.chunks(CHUNK) {
        let shared: Vec<deal::Model> = chunk.iter().filter(|d| d.is_split).cloned().collect();
        remove_credits(db, &shared).await?;
        for deal in chunk {
            changes.add(Some(deal), None);
        }
        deal::Entity::delete_many()
            .filter(deal::Column::OrgId.is_in(chunk.first().map(|d| d.org_id)))
            .filter(among_ids(db.get_database_backend(), "id", chunk.iter().map(|d| d.id)))
            .exec(db)
            .await?;
    }
    changes.flush_if_large(db).await
}

async fn remove_credits(db: &impl ConnectionTrait, deals: &[deal::Model]) -> Result<(), DbErr> {
    let Some(org) = deals.first().map(|d| d.org_id) else {
        return Ok(());
    };
    deal_credit::Entity::delete_many()
        .filter(deal_credit::Column::OrgId.eq(org))
        .filter(deal_credit::Column::DealId.is_in(deals.iter().map(|d| d.id)))
        .exec(db)
        .await
        .map(|_| ())
}
