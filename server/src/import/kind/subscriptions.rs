//! Subscriptions: customers that pay again and again.

use domain::recurring::Interval;

use super::{Column, ID, LONG, SHORT, Type, column, required};
use crate::import::bind::Row;
use crate::import::fact::{Cell, Fact, Identity, Named, Sort, Table};
use crate::import::fault::{Code, Fault};

/// How often a subscription is billed.
pub const INTERVALS: &[&str] = &["month", "quarter", "half_year", "year"];
/// What part of a customer's bill a line is.
pub const PARTS: &[&str] = &["plan", "discount", "one_off_discount", "usage"];
/// The same for the rules.
const EVERY: [Interval; 4] = [Interval::Month, Interval::Quarter, Interval::HalfYear, Interval::Year];

/// The columns of subscriptions.
pub const COLUMNS: &[Column] = &[
    required(
        "external_id",
        Type::Id,
        &["id", "subscriptionid", "abonnementid", "abonnementnummer", "contractid", "key"],
    ),
    required(
        "customer",
        Type::Text(LONG),
        &["customerid", "customername", "account", "client", "klant", "klantid", "klantnaam", "company"],
    ),
    required("start", Type::Date, &["startdate", "startson", "from", "begin", "startdatum", "ingangsdatum", "vanaf"]),
    column("end", Type::Date, &["enddate", "endson", "until", "einde", "einddatum", "tot"]),
    required(
        "amount",
        Type::Money,
        &["monthlyamount", "mrr", "price", "value", "bedrag", "maandbedrag", "prijs", "waarde", "fee"],
    ),
    column("interval", Type::Choice(INTERVALS), &["billinginterval", "period", "frequency", "termijn", "frequentie"]),
    column("plan", Type::Text(SHORT), &["planname", "product", "tier", "pakket", "abonnement"]),
    column("person", Type::Person, &["salesperson", "salesrep", "owner", "rep", "verkoper", "accountmanager"]),
    column("currency", Type::Currency, &["currencycode", "valuta", "munt"]),
    column("cancelled_on", Type::Date, &["cancelledon", "canceledon", "cancellationdate", "opzegdatum", "opgezegdop"]),
    column("part", Type::Choice(PARTS), &["linetype", "soort", "onderdeel"]),
];

const DB: &[(&str, Sort)] = &[
    ("external_id", Sort::Text),
    ("customer", Sort::Text),
    ("start_on", Sort::Int),
    ("end_on", Sort::Int),
    ("cancelled_on", Sort::Int),
    ("part", Sort::Text),
    ("amount_micros", Sort::Int),
    ("interval", Sort::Text),
    ("per_year_micros", Sort::Int),
    ("currency", Sort::Text),
    ("plan", Sort::Text),
    ("person_id", Sort::Int),
];

/// Where subscriptions are kept.
pub const TABLE: Table = Table {
    name: "subscription",
    columns: DB,
    day: Table::find(DB, "start_on"),
    person: Some(Table::find(DB, "person_id")),
    team: None,
    currency: Some(Table::find(DB, "currency")),
    foreign: None,
    convert: &[],
};

/// Reads a row. The amount is that of one interval, a month where the file names none.
pub fn read(row: Row<'_>) -> Result<Fact, Fault> {
    let [id, customer, start, end, amount, interval, plan, person, currency] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
    let [cancelled, part] = [9, 10];
    let key = row.required(id)?;
    row.checked(id, key, ID)?;
    let who = row.required(customer)?;
    let starts = row.date(start)?.ok_or_else(|| row.fault(start, Code::Blank))?;
    let ends = row.date(end)?;
    // A subscription that ends on the day it starts never was active: a cancellation on the same day.
    if let Some(ends) = ends.filter(|ends| *ends < starts) {
        return Err(row.fault(end, Code::EndBeforeStart).with("from", starts).with("to", ends));
    }
    let price = row.plain(amount)?.ok_or_else(|| row.fault(amount, Code::Blank))?;
    let out_of_range = || {
        let text = row.value(amount).unwrap_or_default();
        row.fault(amount, Code::OutOfRange).with("value", text).with("low", 0).with("high", "7e11")
    };
    if price.micros.0 < 0 {
        return Err(out_of_range());
    }
    let every = row.choice(interval)?.unwrap_or(0);
    let per_year = EVERY.get(every).and_then(|interval| interval.per_year(price.micros)).ok_or_else(out_of_range)?;
    let money = row.currency(currency, &[(amount, Some(price))])?;
    let kind_of_line = match row.choice(part)?.and_then(|at| PARTS.get(at)) {
        Some(name) => Cell::is(*name),
        None => Cell::text(row, part)?,
    };
    let cells = vec![
        Cell::is(key),
        Cell::is(who),
        Cell::day(starts),
        Cell::int(row, end, ends.map(|d| i64::from(d.day_number()))),
        Cell::int(row, cancelled, row.date(cancelled)?.map(|d| i64::from(d.day_number()))),
        kind_of_line,
        Cell::Int(Some(price.micros.0)),
        Cell::is(INTERVALS.get(every).copied().unwrap_or("month")),
        Cell::Int(Some(per_year.0)),
        money.map_or(Cell::Keep, |c| Cell::is(c.to_string())),
        Cell::text(row, plan)?,
        Cell::LATER,
    ];
    let fact = Fact::new(row, Identity::Key(vec![key.to_owned()]), cells)?;
    Ok(Fact { who: Named::person(row, person)?, rounded: price.rounded, ..fact })
}
