//! Reads subscriptions and exchange rates.

use domain::read::{Sign, read_number};
use domain::recurring::Part;
use domain::{Currency, Date, Micros, OrgId, PersonId, Rates, Ratio};
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

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

/// All subscriptions of an organisation, or all those of the customers to whom these people sold one: a rate of
/// exchange is held as long as a customer's service is unbroken, whoever sold its parts.
///
/// # Errors
/// When the database refuses or holds what is no day or currency.
pub async fn all(
    db: &impl ConnectionTrait,
    org: OrgId,
    people: Option<&[PersonId]>,
    texts: &[TextColumn],
) -> Result<Vec<Row>, DbErr> {
    let (table, backend) = (Table::Subscriptions, db.get_database_backend());
    let column = |name: &'static str| Expr::col(("subscription", name));
    let mut select = Query::select();
    for name in ["customer", "start_on", "end_on", "per_year_micros", "currency", "person_id", "cancelled_on", "part"] {
        select.expr(column(name));
    }
    select.exprs(texts.iter().map(|t| t.expr(table, backend)));
    select.from("subscription").and_where(column("org_id").eq(org.get()));
    if let Some(people) = people {
        let theirs = Query::select()
            .column("customer")
            .from("subscription")
            .and_where(Expr::col("org_id").eq(org.get()))
            .and_where(Expr::col("person_id").is_in(people.iter().map(|p| p.get())))
            .to_owned();
        select.and_where(column("customer").in_subquery(theirs));
    }
    let day = |number: i64| {
        let day = i32::try_from(number).ok().and_then(Date::from_day_number);
        day.ok_or_else(|| DbErr::Custom(format!("subscription: {number} is no day")))
    };
    let mut found = Vec::new();
    for row in db.query_all(&select).await? {
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
            texts: (8..8 + texts.len()).map(|i| row.try_get_by_index(i)).collect::<Result<_, _>>()?,
        });
    }
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
