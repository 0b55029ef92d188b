//! The shares of a split deal add up to the whole, in parts per million and in money.

use std::collections::BTreeMap;

use domain::OrgId;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use super::Check;
use crate::entity::deal_credit;

pub(super) async fn check(db: &impl ConnectionTrait, org: OrgId) -> Result<Vec<Check>, DbErr> {
    let mut credits: BTreeMap<i64, Vec<deal_credit::Model>> = BTreeMap::new();
    for credit in deal_credit::Entity::find().filter(deal_credit::Column::OrgId.eq(org.get())).all(db).await? {
        credits.entry(credit.deal_id).or_default().push(credit);
    }
    let split = Query::select()
        .columns(["id", "external_id", "amount_micros", "reporting_micros", "person_id"])
        .from("deal")
        .and_where(Expr::col(("deal", "org_id")).eq(org.get()))
        .and_where(Expr::cust("deal.is_split"))
        .to_owned();
    let mut shares = Check::new("shares of a split deal add up to the whole");
    let mut money = Check::new("amounts of a split deal add up to the whole");
    for row in db.query_all(&split).await? {
        let id: i64 = row.try_get_by_index(0)?;
        let name: String = row.try_get_by_index(1)?;
        let parts = credits.remove(&id).unwrap_or_default();
        let owner: Option<i64> = row.try_get_by_index(4)?;
        let total: i128 = parts.iter().map(|c| i128::from(c.share_micros)).sum();
        let is_positive = parts.iter().all(|c| c.share_micros > 0);
        shares.compare(total == 1_000_000 && is_positive && owner.is_none(), || {
            format!("deal {name}: shares sum to {total} of 1 000 000")
        });
        let sum = |part: fn(&deal_credit::Model) -> Option<i64>| -> Option<i128> {
            parts.iter().map(|c| part(c).map(i128::from)).sum()
        };
        for (column, whole, sum) in [
            ("amount", row.try_get_by_index::<Option<i64>>(2)?, sum(|c| c.amount_micros)),
            ("reporting amount", row.try_get_by_index::<Option<i64>>(3)?, sum(|c| c.reporting_micros)),
        ] {
            money.compare(whole.map(i128::from) == sum, || format!("deal {name}: the parts of its {column} differ"));
        }
    }
    for id in credits.keys() {
        shares.differences.push(format!("deal {id} has shares but is not split"));
    }
    Ok(vec![shares, money])
}
