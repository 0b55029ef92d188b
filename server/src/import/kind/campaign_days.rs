//! Campaign days: what a campaign cost and brought on a channel on one day. A blank cell is not stated, which is not 0.

use super::{Column, SHORT, Type, column, required};
use crate::import::bind::Row;
use crate::import::fact::{Cell, Fact, Identity, Sort, Table};
use crate::import::fault::{Code, Fault};

/// The columns of campaign days.
pub const COLUMNS: &[Column] = &[
    required("date", Type::Date, &["day", "cdate", "datum", "dag", "reportdate"]),
    required("campaign", Type::Text(SHORT), &["campaignname", "campagne", "campagnenaam", "adcampaign"]),
    column("channel", Type::Text(SHORT), &["kanaal", "medium", "platform", "network"]),
    column("category", Type::Text(SHORT), &["categorie", "channelgroup", "type"]),
    column("spend", Type::Money, &["cost", "costs", "markspent", "adspend", "amountspent", "kosten", "uitgaven"]),
    column("impressions", Type::Count, &["views", "vertoningen", "impressies"]),
    column("clicks", Type::Count, &["linkclicks", "klikken", "kliks"]),
    column("leads", Type::Count, &["newleads", "aanvragen"]),
    column("qualified_leads", Type::Count, &["mql", "mqls", "sql", "gekwalificeerdeleads"]),
    column("orders", Type::Count, &["sales", "purchases", "conversions", "bestellingen", "aankopen"]),
    column("revenue", Type::Money, &["conversionvalue", "income", "omzet", "opbrengst"]),
    column("currency", Type::Currency, &["currencycode", "valuta", "munt"]),
];

const DB: &[(&str, Sort)] = &[
    ("day", Sort::Int),
    ("campaign", Sort::Text),
    ("channel", Sort::Text),
    ("category", Sort::Text),
    ("spend_micros", Sort::Int),
    ("spend_reporting_micros", Sort::Int),
    ("impressions", Sort::Int),
    ("clicks", Sort::Int),
    ("leads", Sort::Int),
    ("qualified_leads", Sort::Int),
    ("orders", Sort::Int),
    ("revenue_micros", Sort::Int),
    ("revenue_reporting_micros", Sort::Int),
    ("currency", Sort::Text),
];

/// Where campaign days are kept.
pub const TABLE: Table = Table {
    name: "campaign_day",
    columns: DB,
    day: Table::find(DB, "day"),
    person: None,
    team: None,
    currency: Some(Table::find(DB, "currency")),
    foreign: None,
    convert: &[
        (Table::find(DB, "spend_micros"), Table::find(DB, "spend_reporting_micros")),
        (Table::find(DB, "revenue_micros"), Table::find(DB, "revenue_reporting_micros")),
    ],
};

/// Reads a row.
pub fn read(row: Row<'_>) -> Result<Fact, Fault> {
    let [date, campaign, channel, category] = [0, 1, 2, 3];
    let [spend, impressions, clicks, leads, qualified, orders, revenue, currency] = [4, 5, 6, 7, 8, 9, 10, 11];
    let day = row.date(date)?.ok_or_else(|| row.fault(date, Code::Blank))?;
    let name = row.required(campaign)?;
    let (cost, earned) = (row.plain(spend)?, row.plain(revenue)?);
    let money = row.currency(currency, &[(spend, cost), (revenue, earned)])?;
    let cells = vec![
        Cell::day(day),
        Cell::is(name),
        Cell::text(row, channel)?,
        Cell::text(row, category)?,
        Cell::micros(row, spend, cost),
        Cell::LATER,
        Cell::count(row, impressions)?,
        Cell::count(row, clicks)?,
        Cell::count(row, leads)?,
        Cell::count(row, qualified)?,
        Cell::count(row, orders)?,
        Cell::micros(row, revenue, earned),
        Cell::LATER,
        money.map_or(Cell::Keep, |c| Cell::is(c.to_string())),
    ];
    let on = row.text(channel)?.unwrap_or_default().to_owned();
    let fact = Fact::new(row, Identity::Key(vec![day.to_string(), name.to_owned(), on]), cells)?;
    Ok(Fact { rounded: cost.is_some_and(|n| n.rounded) || earned.is_some_and(|n| n.rounded), ..fact })
}
