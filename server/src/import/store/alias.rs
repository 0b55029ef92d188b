//! Keys that facts had before they were corrected by hand.
//!
//! Where the key of a fact is made of what it says (its day, its person, its amount), a correction changes it. The file that
//! has the wrong line may come again: its old key is remembered, so that the line is not taken for another fact. What was
//! corrected stays as somebody corrected it. A key of the source's own (`external_id`) cannot be corrected.

use std::collections::HashSet;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::facts::Written;
use crate::entity::fact_alias;
use crate::entity::fact_alias::Column::{FactId, FactKey, Kind, OrgId};
use crate::import::fact::Table;
use crate::query::among::among_texts;

/// Remembers the key that a corrected fact had.
pub async fn remember(
    db: &impl ConnectionTrait,
    org_id: i64,
    table: &Table,
    old_key: &str,
    written: &Written,
) -> Result<(), DbErr> {
    if old_key == written.key {
        return Ok(());
    }
    let alias = fact_alias::ActiveModel {
        org_id: sea_orm::Set(org_id),
        kind: sea_orm::Set(table.name.to_owned()),
        fact_key: sea_orm::Set(old_key.to_owned()),
        fact_id: sea_orm::Set(written.after.id),
    };
    fact_alias::Entity::insert(alias)
        .on_conflict(OnConflict::columns([OrgId, Kind, FactKey]).update_column(FactId).to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Forgets the keys that a fact had.
pub async fn forget(db: &impl ConnectionTrait, org_id: i64, table: &Table, fact_id: i64) -> Result<(), DbErr> {
    let of = fact_alias::Entity::delete_many().filter(OrgId.eq(org_id)).filter(Kind.eq(table.name));
    of.filter(FactId.eq(fact_id)).exec(db).await?;
    Ok(())
}

/// Those of some keys that corrected facts had.
pub async fn among<'a>(
    db: &impl ConnectionTrait,
    org_id: i64,
    table: &Table,
    keys: impl Iterator<Item = &'a str>,
) -> Result<HashSet<String>, DbErr> {
    let of = || fact_alias::Entity::find().filter(OrgId.eq(org_id)).filter(Kind.eq(table.name));
    // Corrections are rare, new rows are not.
    if of().limit(1).one(db).await?.is_none() {
        return Ok(HashSet::new());
    }
    let found = of().filter(among_texts(db.get_database_backend(), "fact_key", keys));
    let keys: Vec<String> = found.select_only().column(FactKey).into_tuple().all(db).await?;
    Ok(keys.into_iter().collect())
}
