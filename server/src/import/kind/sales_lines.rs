//! Lines of sales: what stands on receipts. Exact duplicates of a line are lines of their own.

use domain::Micros;
use domain::basket::{LineKind, line_amount};

use super::{Column, ID, LONG, SHORT, Type, column, required};
use crate::import::bind::Row;
use crate::import::cell::Number;
use crate::import::fact::{Cell, Fact, Identity, Named, Sort, Table};
use crate::import::fault::{Code, Fault};

/// Kinds of line, in the order of the numbers they are stored as.
pub const KINDS: &[&str] = &["sale", "return", "adjustment"];
/// The same for the rules.
const LINE_KINDS: [LineKind; 3] = [LineKind::Sale, LineKind::Return, LineKind::Adjustment];

/// The columns of sales lines.
pub const COLUMNS: &[Column] = &[
    required(
        "transaction",
        Type::Id,
        &[
            "transactionid",
            "invoiceno",
            "invoice",
            "orderid",
            "receipt",
            "order",
            "bon",
            "bonnummer",
            "factuurnummer",
            "ordernummer",
        ],
    ),
    required(
        "date",
        Type::Date,
        &["invoicedate", "orderdate", "saledate", "transactiondate", "day", "datum", "verkoopdatum", "besteldatum"],
    ),
    required("quantity", Type::Number, &["qty", "units", "aantal", "stuks"]),
    column("unit_price", Type::Money, &["unitprice", "price", "stukprijs", "prijs"]),
    column("amount", Type::Money, &["sales", "total", "lineamount", "bedrag", "omzet", "totaal", "regelbedrag"]),
    column("customer", Type::Text(LONG), &["customerid", "customername", "client", "klant", "klantid", "klantnaam"]),
    column(
        "person",
        Type::Person,
        &["salesperson", "salesrep", "seller", "employee", "cashier", "verkoper", "medewerker"],
    ),
    column("shop", Type::Text(SHORT), &["store", "branch", "location", "winkel", "filiaal", "vestiging"]),
    column(
        "product",
        Type::Text(LONG),
        &["productname", "stockcode", "sku", "item", "description", "artikel", "subcategory"],
    ),
    column("category", Type::Text(SHORT), &["productcategory", "department", "categorie", "afdeling"]),
    column("country", Type::Text(SHORT), &["countryname", "land"]),
    column("channel", Type::Text(SHORT), &["saleschannel", "kanaal"]),
    column("list_price", Type::Money, &["listprice", "rrp", "adviesprijs", "catalogusprijs"]),
    column("discount", Type::Money, &["discountamount", "korting", "kortingsbedrag"]),
    column("kind", Type::Choice(KINDS), &["linetype", "type", "soort"]),
    column("currency", Type::Currency, &["currencycode", "valuta", "munt"]),
];

const DB: &[(&str, Sort)] = &[
    ("receipt", Sort::Text),
    ("day", Sort::Int),
    ("quantity_micros", Sort::Int),
    ("unit_price_micros", Sort::Int),
    ("amount_micros", Sort::Int),
    ("reporting_micros", Sort::Int),
    ("customer", Sort::Text),
    ("person_id", Sort::Int),
    ("shop", Sort::Text),
    ("product", Sort::Text),
    ("category", Sort::Text),
    ("country", Sort::Text),
    ("channel", Sort::Text),
    ("list_micros", Sort::Int),
    ("list_reporting_micros", Sort::Int),
    ("discount_micros", Sort::Int),
    ("discount_reporting_micros", Sort::Int),
    ("kind", Sort::Int),
    ("currency", Sort::Text),
];

/// Where sales lines are kept.
pub const TABLE: Table = Table {
    name: "sales_line",
    columns: DB,
    day: Table::find(DB, "day"),
    person: Some(Table::find(DB, "person_id")),
    team: None,
    currency: Some(Table::find(DB, "currency")),
    foreign: None,
    convert: &[
        (Table::find(DB, "amount_micros"), Table::find(DB, "reporting_micros")),
        (Table::find(DB, "list_micros"), Table::find(DB, "list_reporting_micros")),
        (Table::find(DB, "discount_micros"), Table::find(DB, "discount_reporting_micros")),
    ],
};

const TRANSACTION: usize = 0;
const DATE: usize = 1;
const QUANTITY: usize = 2;
const UNIT_PRICE: usize = 3;
const AMOUNT: usize = 4;
const CUSTOMER: usize = 5;
const PERSON: usize = 6;
const SHOP: usize = 7;
const PRODUCT: usize = 8;
const CATEGORY: usize = 9;
const COUNTRY: usize = 10;
const CHANNEL: usize = 11;
const LIST_PRICE: usize = 12;
const DISCOUNT: usize = 13;
const KIND: usize = 14;
const CURRENCY: usize = 15;

/// Reads a row. Returns are kept below zero, whichever sign the file gives them. A line that is no return and whose
/// quantity or price is zero or less is an adjustment.
pub fn read(row: Row<'_>) -> Result<Fact, Fault> {
    let receipt = row.required(TRANSACTION)?;
    row.checked(TRANSACTION, receipt, ID)?;
    let day = row.date(DATE)?.ok_or_else(|| row.fault(DATE, Code::Blank))?;
    let quantity = row.plain(QUANTITY)?.ok_or_else(|| row.fault(QUANTITY, Code::Blank))?;
    let (price, given) = (row.plain(UNIT_PRICE)?, row.plain(AMOUNT)?);
    let times = |price: Number, column: usize| {
        let text = row.value(column).unwrap_or_default();
        let fault =
            || row.fault(column, Code::OutOfRange).with("value", text).with("low", "-9e12").with("high", "9e12");
        line_amount(quantity.micros, price.micros).map(|m| m.0).ok_or_else(fault)
    };
    let amount = match (given, price) {
        (Some(amount), _) => amount.micros.0,
        (None, Some(price)) => times(price, UNIT_PRICE)?,
        (None, None) => return Err(row.fault(UNIT_PRICE, Code::Blank)),
    };
    let named = row.choice(KIND)?.and_then(|at| LINE_KINDS.get(at)).copied().unwrap_or(LineKind::Sale);
    let kind = named.counting(quantity.micros, Some(Micros(amount)));
    let (list_price, discount) = (row.plain(LIST_PRICE)?, row.plain(DISCOUNT)?);
    let list = list_price.map(|p| times(p, LIST_PRICE)).transpose()?;
    let discount = discount.map(|d| d.micros.0);
    let (list, discount) = match (list, discount) {
        (Some(list), None) => (Some(list), list.checked_sub(amount)),
        (None, Some(off)) => (amount.checked_add(off), Some(off)),
        both => both,
    };
    let signed = |n: i64| if kind == LineKind::Return { -n.saturating_abs() } else { n };
    let money = row.currency(CURRENCY, &[(UNIT_PRICE, price), (AMOUNT, given), (LIST_PRICE, list_price)])?;
    let listed = |value: Option<i64>| {
        if row.provides(LIST_PRICE) || row.provides(DISCOUNT) { Cell::Int(value.map(signed)) } else { Cell::Keep }
    };
    let cells = vec![
        Cell::is(receipt),
        Cell::day(day),
        Cell::Int(Some(signed(quantity.micros.0))),
        Cell::micros(row, UNIT_PRICE, price),
        Cell::Int(Some(signed(amount))),
        Cell::LATER,
        Cell::text(row, CUSTOMER)?,
        Cell::LATER,
        Cell::text(row, SHOP)?,
        Cell::text(row, PRODUCT)?,
        Cell::text(row, CATEGORY)?,
        Cell::text(row, COUNTRY)?,
        Cell::text(row, CHANNEL)?,
        listed(list),
        Cell::LATER,
        listed(discount),
        Cell::LATER,
        Cell::Int(LINE_KINDS.iter().position(|k| *k == kind).and_then(|at| i64::try_from(at).ok())),
        money.map_or(Cell::Keep, |c| Cell::is(c.to_string())),
    ];
    // What makes the line this one, as it is stored: a line that is read out is the same line when it comes in again,
    // whether its price or its amount is told. Customer, shop and country can be set right by a later file.
    let text = |column: usize| row.value(column).unwrap_or_default().to_owned();
    let content = vec![
        receipt.to_owned(),
        day.to_string(),
        text(PRODUCT),
        text(CATEGORY),
        signed(quantity.micros.0).to_string(),
        signed(amount).to_string(),
    ];
    let rounded = [Some(quantity), price, given].into_iter().flatten().any(|n| n.rounded);
    let fact = Fact::new(row, Identity::Content(content), cells)?;
    Ok(Fact { who: Named::person(row, PERSON)?, rounded, ..fact })
}
