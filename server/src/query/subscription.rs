//! Reads subscriptions and exchange rates.

use domain::read::{Sign, read_number};
use domain::recurring::{Part, Priced, Subscription};
use domain::{Currency, Date, Micros, OrgId, PersonId, Rates, Ratio};
use sea_orm::sea_query::{Expr, ExprTrait as _, Order, Query, SelectStatement};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use super::among::among_texts;
use super::column::{Table, TextColumn};
use crate::entity::exchange_rate;

/// A subscription as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The customer.
    pub customer: String,
    /// First day of service.
    pub start: Date,
    /// First day without service.
    pub end: Option<Date>,
    /// Day of the cancellation, if known.
    pub cancelled: Option<Date>,
    /// What part of the bill it is.
    pub part: Part,
    /// Amount per year in its currency.
    pub per_year: Micros,
    /// The currency.
    pub currency: Currency,
    /// Who sold it.
    pub person: Option<PersonId>,
    /// Values of the text columns asked.
    pub texts: Vec<Option<String>>,
}

impl Row {
    /// Whether it ever ran; what did not is in no figure.
    pub fn ran(&self) -> bool {
        self.end.is_none_or(|end| self.start < end)
    }

    /// The subscription as the rules of `domain` take it, of a customer with this number.
    pub fn priced(&self, customer: u32) -> Priced {
        let subscription = Subscription {
            end: self.end,
            cancelled: self.cancelled,
            part: self.part,
            ..Subscription::new(customer, self.start, self.per_year)
        };
        Priced { subscription, currency: self.currency }
    }
}

/// All subscriptions of an organisation that ever ran, or all those of the customers to whom these people sold one: a
/// rate of exchange is held as long as a customer's service is unbroken, whoever sold its parts. By customer.
///
/// # Errors
/// When the database refuses or holds what is no day or currency.
pub async fn all(
    db: &impl ConnectionTrait,
    org: OrgId,
    people: Option<&[PersonId]>,
    texts: &[TextColumn],
) -> Result<Vec<Row>, DbErr> {
    let backend = db.get_database_backend();
    let mut wanted = select(org);
    wanted.exprs(texts.iter().map(|t| t.expr(Table::Subscriptions, backend)));
    if let Some(people) = people {
        wanted.and_where(column("customer").in_subquery(customers_of(org, people)));
    }
    read(db, &wanted, texts.len()).await
}

/// All subscriptions of these customers that ever ran, by customer.
///
/// # Errors
/// As [`all`].
pub async fn of_customers(db: &impl ConnectionTrait, org: OrgId, names: &[&str]) -> Result<Vec<Row>, DbErr> {
    let mut wanted = select(org);
    wanted.and_where(among_texts(db.get_database_backend(), "customer", names.iter().copied()));
    read(db, &wanted, 0).await
}

/// The same of the customers that another statement names.
///
/// # Errors
/// As [`all`].
pub async fn of_those(db: &impl ConnectionTrait, org: OrgId, names: SelectStatement) -> Result<Vec<Row>, DbErr> {
    let mut wanted = select(org);
    wanted.and_where(column("customer").in_subquery(names));
    read(db, &wanted, 0).await
}

/// Names customers to whom these people sold something.
pub fn customers_of(org: OrgId, people: &[PersonId]) -> SelectStatement {
    Query::select()
        .column("customer")
        .from("subscription")
        .and_where(Expr::col("org_id").eq(org.get()))
        .and_where(Expr::col("person_id").is_in(people.iter().map(|p| p.get())))
        .to_owned()
}

/// The subscriptions of the next so many customers, by customer, and the last of these customers; nobody at the end.
///
/// # Errors
/// As [`all`].
pub async fn page(
    db: &impl ConnectionTrait,
    org: OrgId,
    after: Option<&str>,
    customers: u64,
) -> Result<(Vec<Row>, Option<String>), DbErr> {
    let later = |s: &mut SelectStatement| {
        if let Some(after) = after {
            s.and_where(column("customer").gt(after));
        }
    };
    let mut names = Query::select();
    names.distinct().expr(column("customer")).from("subscription").and_where(column("org_id").eq(org.get()));
    later(&mut names);
    names.order_by(("subscription", "customer"), Order::Asc).limit(customers);
    let names = db.query_all(&names).await?;
    let Some(last) = names.last() else { return Ok((Vec::new(), None)) };
    let last: String = last.try_get_by_index(0)?;
    let mut wanted = select(org);
    later(&mut wanted);
    wanted.and_where(column("customer").lte(last.as_str()));
    Ok((read(db, &wanted, 0).await?, Some(last)))
}

fn column(name: &'static str) -> Expr {
    Expr::col(("subscription", name))
}

fn select(org: OrgId) -> SelectStatement {
    let mut select = Query::select();
    for name in ["customer", "start_on", "end_on", "per_year_micros", "currency", "person_id", "cancelled_on", "part"] {
        select.expr(column(name));
    }
    select.from("subscription").and_where(column("org_id").eq(org.get()));
    select
}

async fn read(db: &impl ConnectionTrait, select: &SelectStatement, texts: usize) -> Result<Vec<Row>, DbErr> {
    let day = |number: i64| {
        let day = i32::try_from(number).ok().and_then(Date::from_day_number);
        day.ok_or_else(|| DbErr::Custom(format!("subscription: {number} is no day")))
    };
    let mut found = Vec::new();
    for row in db.query_all(select).await? {
        let currency: String = row.try_get_by_index(4)?;
        let currency = currency.trim().parse();
        found.push(Row {
            customer: row.try_get_by_index(0)?,
            start: day(row.try_get_by_index(1)?)?,
            end: row.try_get_by_index::<Option<i64>>(2)?.map(day).transpose()?,
            per_year: Micros(row.try_get_by_index(3)?),
            currency: currency.map_err(|_| DbErr::Custom("subscription: no currency".into()))?,
            person: row.try_get_by_index::<Option<i64>>(5)?.map(PersonId::new),
            cancelled: row.try_get_by_index::<Option<i64>>(6)?.map(day).transpose()?,
            part: part(row.try_get_by_index(7)?),
            texts: (8..8 + texts).map(|i| row.try_get_by_index(i)).collect::<Result<_, _>>()?,
        });
    }
    found.retain(Row::ran);
    found.sort_by(|a, b| a.customer.cmp(&b.customer));
    Ok(found)
}

/// A plan unless it says otherwise.
fn part(stored: Option<String>) -> Part {
    match stored.as_deref() {
        Some("discount") => Part::Discount,
        Some("one_off_discount") => Part::OneOffDiscount,
        Some("usage") => Part::Usage,
        _ => Part::Plan,
    }
}

/// Every exchange rate of an organisation.
///
/// # Errors
/// When the database refuses or holds what is no rate.
pub async fn rates(db: &impl ConnectionTrait, org: OrgId, reporting: Currency) -> Result<Rates, DbErr> {
    let mut rates = Rates::new(reporting);
    let rows = exchange_rate::Entity::find().filter(exchange_rate::Column::OrgId.eq(org.get())).all(db).await?;
    for row in rows {
        let wrong = || DbErr::Custom(format!("exchange_rate {}: not a rate", row.id));
        let currency: Currency = row.currency.trim().parse().map_err(|_| wrong())?;
        let day = i32::try_from(row.day).ok().and_then(Date::from_day_number).ok_or_else(wrong)?;
        // A rate of the reporting currency itself says nothing.
        if currency != reporting {
            rates.set(currency, day, exact(&row.rate).ok_or_else(wrong)?).map_err(|_| wrong())?;
        }
    }
    Ok(rates)
}

/// A rate as it is stored: a decimal with a point.
fn exact(stored: &str) -> Option<Ratio> {
    read_number(stored, Some(Sign::Dot)).ok()?.to_ratio()
}
