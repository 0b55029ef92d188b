//! Reads all deals of an organisation page by page.

use std::collections::BTreeMap;

use domain::{Date, OrgId, PersonId};
use sea_orm::sea_query::{Cond, Expr, ExprTrait as _, Query};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use crate::entity::deal;

/// Which deals of an organisation, in the order in which they were first brought in.
#[derive(Clone, Debug)]
pub struct DealPage<'a> {
    /// Whose deals.
    pub org: OrgId,
    /// Credited to these people in these spans of days `[from, to)`; none: everybody's and nobody's.
    pub people: Option<&'a BTreeMap<PersonId, Vec<(i32, i32)>>>,
    /// The day that an open deal counts for.
    pub today: Date,
    /// After this deal.
    pub after: Option<i64>,
    /// At most so many.
    pub limit: u64,
}

/// A page of deals, by rising identifier: one that is added while pages are read comes at the end.
///
/// # Errors
/// When the database refuses.
pub async fn page(db: &impl ConnectionTrait, page: &DealPage<'_>) -> Result<Vec<deal::Model>, DbErr> {
    let mut select = deal::Entity::find().filter(deal::Column::OrgId.eq(page.org.get()));
    if let Some(people) = page.people {
        select = select.filter(credited(people, page.today.day_number()));
    }
    if let Some(after) = page.after {
        select = select.filter(deal::Column::Id.gt(after));
    }
    select.order_by_asc(deal::Column::Id).limit(page.limit).all(db).await
}

/// The deal is credited to one of the people on its day, wholly or in part.
fn credited(people: &BTreeMap<PersonId, Vec<(i32, i32)>>, today: i32) -> Cond {
    // Of an open deal closed_on is a forecast.
    let day =
        || Expr::cust(format!("CASE WHEN deal.status = 0 THEN {today} ELSE COALESCE(deal.closed_on, {today}) END"));
    let either = |owner: &dyn Fn() -> Expr| {
        let is_ever = |spans: &Vec<(i32, i32)>| spans.contains(&(i32::MIN, i32::MAX));
        let ever: Vec<i64> = people.iter().filter(|(_, spans)| is_ever(spans)).map(|(p, _)| p.get()).collect();
        let mut any = Cond::any().add(owner().is_in(ever));
        for (person, spans) in people.iter().filter(|(_, spans)| !is_ever(spans)) {
            for (from, to) in spans {
                any = any.add(owner().eq(person.get()).and(day().gte(*from)).and(day().lt(*to)));
            }
        }
        any
    };
    let shared = Query::select()
        .expr(Expr::cust("1"))
        .from("deal_credit")
        .and_where(Expr::cust("deal_credit.org_id = deal.org_id AND deal_credit.deal_id = deal.id"))
        .cond_where(either(&|| Expr::cust("deal_credit.person_id")))
        .to_owned();
    Cond::any().add(either(&|| Expr::cust("deal.person_id"))).add(Expr::cust("deal.is_split").and(Expr::exists(shared)))
}
