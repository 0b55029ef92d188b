//! Leads: people and companies who may become customers.

use super::{Column, ID, SHORT, Type, column, required};
use crate::import::bind::Row;
use crate::import::fact::{Cell, Fact, Identity, Named, Sort, Table};
use crate::import::fault::{Code, Fault};

/// The columns of leads.
pub const COLUMNS: &[Column] = &[
    required("external_id", Type::Id, &["id", "leadid", "leadnummer", "key", "recordid"]),
    required(
        "created_on",
        Type::Date,
        &["createddate", "created", "createdat", "date", "datum", "aangemaakt", "aanmaakdatum"],
    ),
    column("channel", Type::Text(SHORT), &["kanaal", "medium"]),
    column("campaign", Type::Text(SHORT), &["campaignname", "campagne", "utmcampaign"]),
    column("source", Type::Text(SHORT), &["leadsource", "bron", "leadbron", "herkomst", "utmsource"]),
    column(
        "person",
        Type::Person,
        &["assignedrep", "assignedto", "owner", "leadowner", "salesrep", "salesperson", "rep", "verkoper", "eigenaar"],
    ),
    column("status", Type::Text(SHORT), &["leadstatus", "state", "stage", "fase"]),
    column("deal", Type::Id, &["opportunityid", "dealid", "opportunity", "kansid", "dealnummer"]),
    column("qualified", Type::Flag, &["isqualified", "mql", "sql", "gekwalificeerd"]),
];

const DB: &[(&str, Sort)] = &[
    ("external_id", Sort::Text),
    ("created_on", Sort::Int),
    ("channel", Sort::Text),
    ("campaign", Sort::Text),
    ("source", Sort::Text),
    ("person_id", Sort::Int),
    ("status", Sort::Text),
    ("deal", Sort::Text),
    ("qualified", Sort::Int),
];

/// Where leads are kept.
pub const TABLE: Table = Table {
    name: "lead",
    columns: DB,
    day: Table::find(DB, "created_on"),
    person: Some(Table::find(DB, "person_id")),
    team: None,
    currency: None,
    foreign: None,
    convert: &[],
};

/// Reads a row.
pub fn read(row: Row<'_>) -> Result<Fact, Fault> {
    let [id, created, channel, campaign, source, person, status, deal, qualified] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
    let key = row.required(id)?;
    row.checked(id, key, ID)?;
    let day = row.date(created)?.ok_or_else(|| row.fault(created, Code::Blank))?;
    let cells = vec![
        Cell::is(key),
        Cell::day(day),
        Cell::text(row, channel)?,
        Cell::text(row, campaign)?,
        Cell::text(row, source)?,
        Cell::LATER,
        Cell::text(row, status)?,
        Cell::text(row, deal)?,
        Cell::int(row, qualified, row.flag(qualified)?.map(i64::from)),
    ];
    let fact = Fact::new(row, Identity::Key(vec![key.to_owned()]), cells)?;
    Ok(Fact { who: Named::person(row, person)?, ..fact })
}
