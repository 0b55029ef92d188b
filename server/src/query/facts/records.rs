//! The deals behind a number, newest first, page by page.

use std::collections::BTreeMap;

use domain::metric::DealStatus;
use domain::{Date, DealId, OrgId, Period, PersonId};
use sea_orm::sea_query::{Cond, Expr, ExprTrait as _, Order, Query};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::super::column::Table;
use super::statement::{BEGAN, FIRST_DAY};
use super::{Filter, status_of, stored_status};
use crate::entity::{deal, deal_credit};
use crate::query::search;

/// By which dates deals are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Decided in a period.
    Closed(Period),
    /// Began in a period.
    Began(Period),
    /// Open at the end of a day.
    OpenAt(Date),
}

/// Which deals, and from where on.
#[derive(Clone, Debug)]
pub struct RecordQuery<'a> {
    /// Whose deals.
    pub org: OrgId,
    /// By which dates.
    pub when: When,
    /// In one of these states; of a balance this does not matter.
    pub status: &'a [DealStatus],
    /// Credited to these people in these spans of days `[from, to)`; none: everybody's and nobody's.
    pub people: Option<&'a BTreeMap<PersonId, Vec<(i32, i32)>>>,
    /// Only deals with these values.
    pub filters: &'a [Filter],
    /// Only deals with this in one of their texts; empty is any.
    pub search: &'a str,
    /// After this place.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u64,
}

/// A place in a list of deals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The day by which the list is ordered.
    pub day: i32,
    /// The deal.
    pub id: DealId,
}

/// A deal as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealRow {
    /// Its place in the list.
    pub cursor: Cursor,
    /// Its key in the source.
    pub external_id: String,
    /// Who is credited, with their share in millionths.
    pub credits: Vec<(PersonId, i64)>,
    /// State today.
    pub status: DealStatus,
    /// Stage as the source names it.
    pub stage: Option<String>,
    /// Day it was created.
    pub created_on: Option<Date>,
    /// Day of first engagement.
    pub engaged_on: Option<Date>,
    /// Day it was closed.
    pub closed_on: Option<Date>,
    /// Amount in micro-units of its currency.
    pub amount_micros: Option<i64>,
    /// Currency of the amount.
    pub currency: String,
    /// Amount in the reporting currency; none without a rate.
    pub reporting_micros: Option<i64>,
    /// Customer.
    pub account: Option<String>,
    /// Product.
    pub product: Option<String>,
    /// Segment.
    pub segment: Option<String>,
    /// Where it came from.
    pub source: Option<String>,
    /// Why it was lost.
    pub lost_reason: Option<String>,
}

/// What is searched in.
const TEXTS: [&str; 11] = [
    "external_id",
    "account",
    "product",
    "segment",
    "stage",
    "source",
    "campaign",
    "lost_reason",
    "proposal_template",
    "country",
    "currency",
];

/// A page of the deals behind a number.
///
/// # Errors
/// When the database refuses.
pub async fn records(db: &impl ConnectionTrait, query: &RecordQuery<'_>) -> Result<Vec<DealRow>, DbErr> {
    let day = || match query.when {
        When::Closed(_) => Expr::cust("deal.closed_on"),
        When::Began(_) => Expr::cust(BEGAN),
        When::OpenAt(_) => Expr::cust(format!("COALESCE({FIRST_DAY}, 0)")),
    };
    let mut select = deal::Entity::find().filter(deal::Column::OrgId.eq(query.org.get()));
    match query.when {
        When::Closed(period) | When::Began(period) => {
            let states: Vec<i16> = query.status.iter().map(|s| stored_status(*s)).collect();
            select = select
                .filter(day().gte(period.from().day_number()))
                .filter(day().lt(period.to().day_number()))
                .filter(deal::Column::Status.is_in(states));
        }
        When::OpenAt(at) => {
            let first = || Expr::cust(FIRST_DAY);
            let open = Expr::cust("deal.status = 0").or(Expr::cust("deal.closed_on").gt(at.day_number()));
            select = select.filter(open).filter(first().is_null().or(first().lte(at.day_number())));
        }
    }
    if let Some(people) = query.people {
        select = select.filter(credited(query, people, &day));
    }
    for filter in query.filters {
        select = select.filter(filter.condition(Table::Deals, db.get_database_backend()));
    }
    if !query.search.is_empty() {
        select = select.filter(search::holds(db.get_database_backend(), TEXTS, query.search));
    }
    if let Some(after) = query.after {
        let same_day = day().eq(after.day).and(Expr::cust("deal.id").lt(after.id.get()));
        select = select.filter(day().lt(after.day).or(same_day));
    }
    let found = select
        .order_by(day(), Order::Desc)
        .order_by(Expr::cust("deal.id"), Order::Desc)
        .limit(query.limit)
        .all(db)
        .await?;
    let split: Vec<i64> = found.iter().filter(|d| d.is_split).map(|d| d.id).collect();
    let mut credits: BTreeMap<i64, Vec<(PersonId, i64)>> = BTreeMap::new();
    if !split.is_empty() {
        let rows = deal_credit::Entity::find()
            .filter(deal_credit::Column::OrgId.eq(query.org.get()))
            .filter(deal_credit::Column::DealId.is_in(split))
            .all(db)
            .await?;
        for row in rows {
            credits.entry(row.deal_id).or_default().push((PersonId::new(row.person_id), row.share_micros));
        }
    }
    Ok(found.into_iter().map(|deal| row(deal, query.when, &mut credits)).collect())
}

/// The deal is credited to one of the people on its day, wholly or in part.
fn credited(query: &RecordQuery<'_>, people: &BTreeMap<PersonId, Vec<(i32, i32)>>, day: &dyn Fn() -> Expr) -> Cond {
    let either = |owner: &dyn Fn() -> Expr| {
        let mut any = Cond::any();
        let whole = match query.when {
            When::Closed(p) | When::Began(p) => (p.from().day_number(), p.to().day_number()),
            When::OpenAt(d) => (d.day_number(), d.day_number() + 1),
        };
        let (mut always, mut never) = (Vec::new(), true);
        for (person, spans) in people {
            if spans.iter().any(|(from, to)| *from <= whole.0 && *to >= whole.1) {
                always.push(person.get());
                continue;
            }
            if matches!(query.when, When::OpenAt(_)) {
                continue;
            }
            for (from, to) in spans.iter().filter(|(from, to)| *from < whole.1 && *to > whole.0) {
                never = false;
                any = any.add(owner().eq(person.get()).and(day().gte(*from)).and(day().lt(*to)));
            }
        }
        if !always.is_empty() {
            any = any.add(owner().is_in(always));
        } else if never {
            any = any.add(Expr::cust("1 = 0"));
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

fn row(deal: deal::Model, when: When, credits: &mut BTreeMap<i64, Vec<(PersonId, i64)>>) -> DealRow {
    let date = |day: Option<i32>| day.and_then(Date::from_day_number);
    let first = match (deal.created_on, deal.engaged_on) {
        (Some(a), Some(b)) => Some(std::cmp::min(a, b)),
        (a, b) => a.or(b),
    };
    let day = match when {
        When::Closed(_) => deal.closed_on,
        When::Began(_) => deal.created_on.or(deal.engaged_on),
        When::OpenAt(_) => first,
    };
    let credits = match deal.person_id {
        Some(person) => vec![(PersonId::new(person), 1_000_000)],
        None => credits.remove(&deal.id).unwrap_or_default(),
    };
    DealRow {
        cursor: Cursor { day: day.unwrap_or(0), id: DealId::new(deal.id) },
        external_id: deal.external_id,
        credits,
        status: status_of(deal.status),
        stage: deal.stage,
        created_on: date(deal.created_on),
        engaged_on: date(deal.engaged_on),
        closed_on: date(deal.closed_on),
        amount_micros: deal.amount_micros,
        currency: deal.currency,
        reporting_micros: deal.reporting_micros,
        account: deal.account,
        product: deal.product,
        segment: deal.segment,
        source: deal.source,
        lost_reason: deal.lost_reason,
    }
}
