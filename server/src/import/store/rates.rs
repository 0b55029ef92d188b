//! Exchange rates of an organisation, and amounts converted again after they changed.

use domain::OrgId;
use domain::exchange::Rates;
use sea_orm::sea_query::{Expr, ExprTrait as _, Order};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::Context;
use super::facts::Written;
use super::{deals, facts};
use crate::entity::deal;
use crate::import::fact::Table;
use crate::import::kind::Kind;
use crate::import::report::Org;
use crate::rollup::Changes;

/// Facts that are converted again at a time.
const BATCH: u64 = 500;

/// All rates of an organisation.
pub async fn load(db: &impl ConnectionTrait, org: &Org) -> Result<Rates, DbErr> {
    let reporting = org.currency.parse().map_err(|_| DbErr::Custom("organisation: no currency".to_owned()))?;
    crate::query::subscription::rates(db, OrgId::new(org.id), reporting).await
}

/// Converts again after a rate was changed by hand, in the transaction of the change.
pub async fn after_change(db: &impl ConnectionTrait, ctx: &mut Context) -> Result<(), DbErr> {
    let mut changes = Changes::begin(db, OrgId::new(ctx.org.id)).await?;
    convert_again(db, ctx, &mut changes).await?;
    // What follows raises the data version, for which others may wait while they hold what this waits for.
    ctx.flush(db).await?;
    changes.flush(db).await
}

/// Converts every amount in a foreign currency by the rates as they are now. Nobody's edit: facts keep the import
/// that wrote them.
pub async fn convert_again(db: &impl ConnectionTrait, ctx: &mut Context, changes: &mut Changes) -> Result<(), DbErr> {
    ctx.rates = load(db, &ctx.org).await?;
    ctx.touched.all_subscribers();
    for table in Kind::ALL.iter().filter_map(|k| k.facts()).map(|(table, _)| table).filter(|t| !t.convert.is_empty()) {
        of_table(db, ctx, table).await?;
    }
    of_deals(db, ctx, changes).await
}

async fn of_table(db: &impl ConnectionTrait, ctx: &mut Context, table: &Table) -> Result<(), DbErr> {
    let mut after = i64::MIN;
    loop {
        let mut select = facts::select(table, ctx.org.id);
        select
            .and_where(Expr::col("currency").ne(ctx.org.currency.as_str()))
            .and_where(Expr::col("id").gt(after))
            .order_by("id", Order::Asc)
            .limit(BATCH);
        let found = facts::read(db, table, &select).await?;
        let Some((_, last)) = found.last() else { return Ok(()) };
        after = last.id;
        let changed = found.into_iter().filter_map(|(key, old)| {
            let mut new = old.clone();
            facts::convert(ctx, table, &mut new.cells);
            (new != old).then_some(Written { key, before: Some(old), after: new })
        });
        let changed: Vec<Written> = changed.collect();
        facts::save(db, ctx, table, &changed).await?;
    }
}

async fn of_deals(db: &impl ConnectionTrait, ctx: &Context, changes: &mut Changes) -> Result<(), DbErr> {
    let mut after = i64::MIN;
    loop {
        let found = deal::Entity::find()
            .filter(deal::Column::OrgId.eq(ctx.org.id))
            .filter(deal::Column::Currency.ne(ctx.org.currency.as_str()))
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
