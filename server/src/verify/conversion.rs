//! Amounts in the reporting currency are what the facts' own amounts are worth by the rates.

use domain::{Currency, Date, Micros, Money, OrgId, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait as _, Order, Query};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::Check;
use crate::clock::day_in;
use crate::entity::deal;
use crate::import::fact::Table;
use crate::import::store::facts;
use crate::import::store::rates::Exchange;
use crate::import::{Kind, Org};
use crate::query;

/// Facts read at a time.
const PAGE: u64 = 1_000;
/// Differences that are told of a table.
const TOLD: u64 = 1_000;

pub(super) async fn check(db: &impl ConnectionTrait, org: OrgId) -> Result<Vec<Check>, DbErr> {
    let mut own = Check::new("amounts in the reporting currency stay as they are");
    let mut foreign = Check::new("amounts in other currencies are converted by the rate of their day");
    let Some(row) = query::organisation::by_id(db, org.get()).await? else { return Ok(vec![own, foreign]) };
    let org = Org { id: row.id, currency: row.currency };
    let exchange = Exchange::read(db, &org).await?;
    unchanged(db, &org, ("deal", "amount_micros", "reporting_micros"), &mut own).await?;
    deals(db, &org, &exchange, &mut foreign).await?;
    for table in Kind::ALL.iter().filter_map(|kind| kind.facts()).map(|(table, _)| table) {
        for (amount, converted) in table.convert {
            let names = (table.name, table.columns[*amount].0, table.columns[*converted].0);
            unchanged(db, &org, names, &mut own).await?;
        }
        if !table.convert.is_empty() {
            others(db, &org, &exchange, table, &mut foreign).await?;
        }
    }
    Ok(vec![own, foreign])
}

/// What is in the reporting currency already is its own conversion.
async fn unchanged(
    db: &impl ConnectionTrait,
    org: &Org,
    (table, amount, converted): (&'static str, &'static str, &'static str),
    check: &mut Check,
) -> Result<(), DbErr> {
    let own = || {
        let mut q = Query::select();
        q.from(table)
            .and_where(Expr::col("org_id").eq(org.id))
            .and_where(Expr::col("currency").eq(org.currency.as_str()))
            .and_where(Expr::col(amount).is_not_null());
        q
    };
    if let Some(row) = db.query_one(&own().expr(Expr::cust("COUNT(*)")).to_owned()).await? {
        check.compared += u64::try_from(row.try_get_by_index::<i64>(0)?).unwrap_or(0);
    }
    let is_other = Expr::col(converted).is_null().or(Expr::col(converted).not_equals(amount));
    for row in db.query_all(&own().column("id").and_where(is_other).limit(TOLD).to_owned()).await? {
        let id: i64 = row.try_get_by_index(0)?;
        check.differences.push(format!("{table} {id}: its amount and its reporting amount differ ({amount})"));
    }
    Ok(())
}

async fn deals(db: &impl ConnectionTrait, org: &Org, exchange: &Exchange, check: &mut Check) -> Result<(), DbErr> {
    let mut after = i64::MIN;
    loop {
        let page = deal::Entity::find()
            .filter(deal::Column::OrgId.eq(org.id))
            .filter(deal::Column::Currency.ne(org.currency.as_str()))
            .filter(deal::Column::Id.gt(after))
            .order_by_asc(deal::Column::Id)
            .limit(PAGE)
            .all(db)
            .await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id;
        for deal in &page {
            check.compare(is_worth(exchange, deal), || {
                format!("deal {}: its reporting amount is not what its amount is worth", deal.external_id)
            });
        }
    }
}

/// Whether a deal's reporting amount is what its amount is worth: on the day it was closed; of an open deal on the day of
/// its last write, or on one since, for it is converted again whenever rates change.
fn is_worth(exchange: &Exchange, deal: &deal::Model) -> bool {
    let Some(amount) = deal.amount_micros else { return deal.reporting_micros.is_none() };
    let Ok(currency) = deal.currency.parse::<Currency>() else { return deal.reporting_micros.is_none() };
    let money = Money { micros: Micros(amount), currency };
    let holds = |day: Date| {
        let worth = exchange.rates.convert(money, day).into_value().map(|money| money.micros.0);
        worth == deal.reporting_micros
    };
    match deal.closed_on.filter(|_| deal.status != 0).and_then(Date::from_day_number) {
        Some(day) => holds(day),
        None => {
            let written = day_in(Timestamp(deal.updated_at), &exchange.time_zone);
            holds(written) || exchange.rates.days(currency).filter(|day| *day > written).any(holds)
        }
    }
}

async fn others(
    db: &impl ConnectionTrait,
    org: &Org,
    exchange: &Exchange,
    table: &Table,
    check: &mut Check,
) -> Result<(), DbErr> {
    let mut after = i64::MIN;
    loop {
        let mut select = facts::select(table, org.id);
        select
            .and_where(Expr::col("currency").ne(org.currency.as_str()))
            .and_where(Expr::col("id").gt(after))
            .order_by("id", Order::Asc)
            .limit(PAGE);
        let page = facts::read(db, table, &select).await?;
        let Some((_, last)) = page.last() else { return Ok(()) };
        after = last.id;
        for (_, fact) in page {
            let mut cells = fact.cells.clone();
            facts::convert(&exchange.rates, table, &mut cells);
            check.compare(cells == fact.cells, || {
                format!("{} {}: its reporting amount is not what its amount is worth", table.name, fact.id)
            });
        }
    }
}
