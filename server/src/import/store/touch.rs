//! Which days and customers facts touch.

use sea_orm::sea_query::{Expr, ExprTrait as _, LockType, Query};
use sea_orm::{ConnectionTrait, DbErr};

use super::facts::{Stored, number, text};
use crate::import::fact::{Sort, Table};
use crate::import::kind::{activities, campaign_days, leads, measurements, sales_lines, satisfaction, subscriptions};
use crate::query::among::among_ids;
use crate::query::column::Table as Kind;
use crate::rollup::{MOST_NAMES, Touched};

/// The kinds of fact of which figures are stored.
const KINDS: [(&str, Kind); 7] = [
    (activities::TABLE.name, Kind::Activities),
    (campaign_days::TABLE.name, Kind::CampaignDays),
    (leads::TABLE.name, Kind::Leads),
    (measurements::TABLE.name, Kind::Measurements),
    (sales_lines::TABLE.name, Kind::SalesLines),
    (satisfaction::TABLE.name, Kind::Satisfaction),
    (subscriptions::TABLE.name, Kind::Subscriptions),
];
/// Those that tell of customers.
const OF_CUSTOMERS: [Kind; 2] = [Kind::SalesLines, Kind::Subscriptions];
const CUSTOMER: (&str, Sort) = ("customer", Sort::Text);

/// Adds what a fact touches as it is to be.
pub(super) fn add(touched: &mut Touched, table: &Table, fact: &Stored) {
    let Some(kind) = kind_of(table) else { return };
    if let Some(day) = number(&fact.cells, table.day) {
        touched.day(kind, day);
    }
    let customer = table.columns.iter().position(|column| *column == CUSTOMER);
    if let Some(name) = customer.and_then(|at| text(&fact.cells, at)) {
        name_of(touched, kind, name);
    }
}

/// Adds what facts touch as they are, before they are changed. On PostgreSQL they stay so until then: what was read of
/// them before may be older than what somebody else has written since.
pub(super) async fn add_stored(
    db: &impl ConnectionTrait,
    touched: &mut Touched,
    table: &Table,
    org_id: i64,
    ids: impl Iterator<Item = i64>,
) -> Result<(), DbErr> {
    let (Some(kind), ids) = (kind_of(table), Vec::from_iter(ids)) else { return Ok(()) };
    if ids.is_empty() {
        return Ok(());
    }
    let mut select = Query::select();
    select
        .column(kind.day())
        .from(table.name)
        .and_where(Expr::col("org_id").eq(org_id))
        .and_where(among_ids(db.get_database_backend(), "id", ids))
        .lock(LockType::Update);
    if OF_CUSTOMERS.contains(&kind) {
        select.column(CUSTOMER.0);
    }
    for row in db.query_all(&select).await? {
        touched.day(kind, row.try_get_by_index(0)?);
        if OF_CUSTOMERS.contains(&kind)
            && let Some(name) = row.try_get_by_index::<Option<String>>(1)?
        {
            name_of(touched, kind, &name);
        }
    }
    Ok(())
}

/// Adds what all facts touch that an import was the last to write.
pub(super) async fn add_import(
    db: &impl ConnectionTrait,
    touched: &mut Touched,
    table: &Table,
    org_id: i64,
    import_id: i64,
) -> Result<(), DbErr> {
    let Some(kind) = kind_of(table) else { return Ok(()) };
    let select = |column: &'static str| {
        let mut s = Query::select();
        s.distinct()
            .column(column)
            .from(table.name)
            .and_where(Expr::col("org_id").eq(org_id))
            .and_where(Expr::col("import_id").eq(import_id))
            .and_where(Expr::col(column).is_not_null());
        if column == CUSTOMER.0 {
            // From one more on all are made anew.
            s.limit(MOST_NAMES as u64 + 1);
        }
        s
    };
    for row in db.query_all(&select(kind.day())).await? {
        touched.day(kind, row.try_get_by_index(0)?);
    }
    if OF_CUSTOMERS.contains(&kind) {
        for row in db.query_all(&select(CUSTOMER.0)).await? {
            name_of(touched, kind, &row.try_get_by_index::<String>(0)?);
        }
    }
    Ok(())
}

fn name_of(touched: &mut Touched, kind: Kind, name: &str) {
    match kind {
        Kind::Subscriptions => touched.subscriber(name),
        Kind::SalesLines => touched.customer(name),
        _ => (),
    }
}

fn kind_of(table: &Table) -> Option<Kind> {
    KINDS.iter().find(|(name, _)| *name == table.name).map(|(_, kind)| *kind)
}
