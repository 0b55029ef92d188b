//! The names of an organisation's own columns: they stand in the facts, so that they are looked for in the newest of them
//! and in what files were read by.

use std::collections::{BTreeMap, BTreeSet};

use domain::OrgId;
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, Order, Query};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::column::ATTRIBUTES;
use crate::entity::import;
use crate::import::{Kind, Mapping};

/// Facts and imports that are looked through.
const NEWEST: u64 = 500;

/// The names of a kind's own columns, without `attributes.` before them.
///
/// # Errors
/// When the database refuses.
pub async fn names(
    db: &impl ConnectionTrait,
    org: OrgId,
    kind: Kind,
    table: &'static str,
) -> Result<BTreeSet<String>, DbErr> {
    let newest = Query::select()
        .column("attributes")
        .from(table)
        .and_where(Expr::col("org_id").eq(org.get()))
        .order_by("id", Order::Desc)
        .limit(NEWEST)
        .to_owned();
    let select = Query::select()
        .distinct()
        .column("attributes")
        .from_subquery(newest, Alias::new("newest"))
        .and_where(Expr::col("attributes").is_not_null())
        .to_owned();
    let mut found = BTreeSet::new();
    for row in db.query_all(&select).await? {
        found.extend(of_json(Some(&row.try_get_by_index::<String>(0)?))?.into_keys());
    }
    let mappings: Vec<String> = import::Entity::find()
        .select_only()
        .column(import::Column::Mapping)
        .filter(import::Column::OrgId.eq(org.get()))
        .filter(import::Column::Kind.eq(kind.name()))
        .filter(import::Column::Status.eq("done"))
        .order_by_desc(import::Column::Id)
        .limit(NEWEST)
        .into_tuple()
        .all(db)
        .await?;
    let different: BTreeSet<String> = mappings.into_iter().collect();
    // What was written by an older version may be read no more: its columns stand in the facts.
    for mapping in different.iter().filter_map(|text| Mapping::parse(text).ok()) {
        let ours = mapping.columns.keys().chain(mapping.constants.keys());
        found.extend(ours.filter_map(|name| name.strip_prefix(ATTRIBUTES)).map(str::to_owned));
    }
    Ok(found)
}

/// The own columns of a fact as they are stored.
///
/// # Errors
/// When they are no texts by name.
pub fn of_json(attributes: Option<&str>) -> Result<BTreeMap<String, String>, DbErr> {
    let Some(text) = attributes else { return Ok(BTreeMap::new()) };
    serde_json::from_str(text).map_err(|error| DbErr::Json(error.to_string()))
}
