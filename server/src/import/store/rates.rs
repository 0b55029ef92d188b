//! Exchange rates of an organisation, and amounts converted again after they changed.

use domain::OrgId;
use domain::exchange::Rates;
use sea_orm::sea_query::{Expr, ExprTrait as _, Order, Query};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::Context;
use super::facts::Written;
use super::{deals, facts};
use crate::entity::deal;
use crate::import::fact::Table;
use crate::import::kind::{Kind, subscriptions};
use crate::import::report::Org;
use crate::rollup::{Changes, Lock, MOST_NAMES};

/// Facts that are converted again at a time.
const BATCH: u64 = 500;

/// What amounts in other currencies are converted by: the rates, and where it is which day.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The rates.
    pub rates: Rates,
    /// The organisation's time zone: an open deal is worth what it is worth today.
    pub time_zone: String,
}

impl Exchange {
    /// Reads it, to count with.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn read(db: &impl ConnectionTrait, org: &Org) -> Result<Self, DbErr> {
        let time_zone = crate::query::organisation::by_id(db, org.id).await?.map(|org| org.time_zone);
        Ok(Self { rates: load(db, org).await?, time_zone: time_zone.unwrap_or_else(|| "UTC".to_owned()) })
    }

    /// Reads it in a transaction that writes facts of a kind. Until this ends nobody changes a rate: whoever does,
    /// converts what is stored then, and would not see what this transaction has converted by the rates before.
    ///
    /// # Errors
    /// When the database refuses or is busy.
    pub async fn hold(db: &impl ConnectionTrait, org: &Org, kind: Kind) -> Result<Self, DbErr> {
        let id = OrgId::new(org.id);
        if kind == Kind::Rates {
            // Deals are converted anew as well.
            Lock::Deals.hold(db, id).await?;
            Lock::Rates.hold(db, id).await?;
        } else {
            Lock::Rates.share(db, id).await?;
        }
        Self::read(db, org).await
    }
}

/// All rates of an organisation.
pub async fn load(db: &impl ConnectionTrait, org: &Org) -> Result<Rates, DbErr> {
    let reporting = org.currency.parse().map_err(|_| DbErr::Custom("organisation: no currency".to_owned()))?;
    crate::query::subscription::rates(db, OrgId::new(org.id), reporting).await
}

/// Converts again after a rate was changed by hand, in the transaction of the change, which holds the rates; whether that
/// raised the organisation's data version.
pub async fn after_change(db: &impl ConnectionTrait, ctx: &mut Context) -> Result<bool, DbErr> {
    let mut changes = Changes::begin(db, OrgId::new(ctx.org.id)).await?;
    convert_again(db, ctx, &mut changes).await?;
    // What follows raises the data version, for which others may wait while they hold what this waits for.
    ctx.flush(db).await?;
    changes.flush(db).await
}

/// Converts every amount in a currency of which a rate has changed since the transaction began by the rates as they are
/// now. Nobody's edit: facts keep the import that wrote them.
pub async fn convert_again(db: &impl ConnectionTrait, ctx: &mut Context, changes: &mut Changes) -> Result<(), DbErr> {
    let rates = load(db, &ctx.org).await?;
    let changed = rates.differing(&ctx.exchange.rates);
    ctx.exchange.rates = rates;
    if changed.is_empty() {
        return Ok(());
    }
    let currencies: Vec<String> = changed.iter().map(ToString::to_string).collect();
    subscribers(db, ctx, &currencies).await?;
    for table in Kind::ALL.iter().filter_map(|k| k.facts()).map(|(table, _)| table).filter(|t| !t.convert.is_empty()) {
        of_table(db, ctx, table, &currencies).await?;
    }
    of_deals(db, ctx, changes, &currencies).await
}

/// Recurring revenue is converted month by month: that of everybody who pays in one of the currencies is made anew.
async fn subscribers(db: &impl ConnectionTrait, ctx: &mut Context, currencies: &[String]) -> Result<(), DbErr> {
    let select = Query::select()
        .distinct()
        .column("customer")
        .from(subscriptions::TABLE.name)
        .and_where(Expr::col("org_id").eq(ctx.org.id))
        .and_where(Expr::col("currency").is_in(currencies.iter().map(String::as_str)))
        // From one more on all are made anew.
        .limit(MOST_NAMES as u64 + 1)
        .to_owned();
    for row in db.query_all(&select).await? {
        ctx.touched.subscriber(&row.try_get_by_index::<String>(0)?);
    }
    Ok(())
}

async fn of_table(
    db: &impl ConnectionTrait,
    ctx: &mut Context,
    table: &Table,
    currencies: &[String],
) -> Result<(), DbErr> {
    let mut after = i64::MIN;
    loop {
        let mut select = facts::select(table, ctx.org.id);
        select
            .and_where(Expr::col("currency").is_in(currencies.iter().map(String::as_str)))
            .and_where(Expr::col("id").gt(after))
            .order_by("id", Order::Asc)
            .limit(BATCH);
        let found = facts::read(db, table, &select).await?;
        let Some((_, last)) = found.last() else { return Ok(()) };
        after = last.id;
        let changed = found.into_iter().filter_map(|(key, old)| {
            let mut new = old.clone();
            facts::convert(&ctx.exchange.rates, table, &mut new.cells);
            (new != old).then_some(Written { key, before: Some(old), after: new })
        });
        let changed: Vec<Written> = changed.collect();
        facts::save(db, ctx, table, &changed).await?;
    }
}

async fn of_deals(
    db: &impl ConnectionTrait,
    ctx: &Context,
    changes: &mut Changes,
    currencies: &[String],
) -> Result<(), DbErr> {
    let mut after = i64::MIN;
    loop {
        let found = deal::Entity::find()
            .filter(deal::Column::OrgId.eq(ctx.org.id))
            .filter(deal::Column::Currency.is_in(currencies.iter().map(String::as_str)))
            .filter(deal::Column::Id.gt(after))
            .order_by_asc(deal::Column::Id)
            .limit(BATCH)
            .all(db)
            .await?;
        let Some(last) = found.last() else { return Ok(()) };
        after = last.id;
        deals::convert_again(db, ctx, changes, found).await?;
    }
}
