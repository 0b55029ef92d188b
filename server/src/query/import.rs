//! Reads imports, the mappings that are remembered, and the rows that were rejected.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use crate::entity::{import, import_mapping, import_rejected};

/// One import.
///
/// # Errors
/// When the database refuses.
pub async fn by_id(db: &impl ConnectionTrait, org: i64, id: i64) -> Result<Option<import::Model>, DbErr> {
    import::Entity::find_by_id((org, id)).one(db).await
}

/// Tells how many rows of an import are done, unless it has ended; gives the status that it has.
///
/// # Errors
/// When the database refuses.
pub async fn tell(db: &impl ConnectionTrait, (org, id): (i64, i64), rows: i64) -> Result<Option<String>, DbErr> {
    import::Entity::update_many()
        .col_expr(import::Column::RowsDone, Expr::value(rows))
        .filter(import::Column::OrgId.eq(org))
        .filter(import::Column::Id.eq(id))
        .filter(import::Column::Status.is_not_in(["done", "undone"]))
        .exec(db)
        .await?;
    let of = import::Entity::find_by_id((org, id)).select_only().column(import::Column::Status);
    of.into_tuple().one(db).await
}

/// The names of the files of some imports, by id.
///
/// # Errors
/// When the database refuses.
pub async fn file_names(
    db: &impl ConnectionTrait,
    org: i64,
    ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, String>, DbErr> {
    let ids: HashSet<i64> = ids.into_iter().collect();
    let of = import::Entity::find().filter(import::Column::OrgId.eq(org)).filter(import::Column::Id.is_in(ids));
    let columns = of.select_only().columns([import::Column::Id, import::Column::FileName]);
    Ok(columns.into_tuple().all(db).await?.into_iter().collect())
}

/// The newest imports of an organisation; of one user only, if given.
///
/// # Errors
/// When the database refuses.
pub async fn newest(
    db: &impl ConnectionTrait,
    org: i64,
    user: Option<i64>,
    limit: u64,
) -> Result<Vec<import::Model>, DbErr> {
    let mut select = import::Entity::find().filter(import::Column::OrgId.eq(org));
    if let Some(user) = user {
        select = select.filter(import::Column::UserId.eq(user));
    }
    select.order_by_desc(import::Column::Id).limit(limit).all(db).await
}

/// The mapping that was last used for files of a kind with this fingerprint.
///
/// # Errors
/// When the database refuses.
pub async fn mapping(
    db: &impl ConnectionTrait,
    org: i64,
    kind: &str,
    fingerprint: &str,
) -> Result<Option<import_mapping::Model>, DbErr> {
    import_mapping::Entity::find()
        .filter(import_mapping::Column::OrgId.eq(org))
        .filter(import_mapping::Column::Kind.eq(kind))
        .filter(import_mapping::Column::Fingerprint.eq(fingerprint))
        .one(db)
        .await
}

/// Keeps the rejected rows of an import in place of those of its last dry run.
///
/// # Errors
/// When the database refuses.
pub async fn keep_rejected(db: &impl ConnectionTrait, org: i64, id: i64, pieces: Vec<String>) -> Result<(), DbErr> {
    import_rejected::Entity::delete_many()
        .filter(import_rejected::Column::OrgId.eq(org))
        .filter(import_rejected::Column::ImportId.eq(id))
        .exec(db)
        .await?;
    for (piece, rows) in (0..).zip(pieces) {
        let model =
            import_rejected::ActiveModel { org_id: Set(org), import_id: Set(id), piece: Set(piece), rows: Set(rows) };
        import_rejected::Entity::insert(model).exec_without_returning(db).await?;
    }
    Ok(())
}

/// A piece of the rejected rows of an import; none behind the last.
///
/// # Errors
/// When the database refuses.
pub async fn rejected(
    db: &impl ConnectionTrait,
    org: i64,
    id: i64,
    piece: i32,
) -> Result<Option<import_rejected::Model>, DbErr> {
    import_rejected::Entity::find_by_id((org, id, piece)).one(db).await
}
