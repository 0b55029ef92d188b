//! People: who sells, in which team, under whom, since when.

use super::{Column, LONG, SHORT, Type, column, required};
use crate::import::bind::Row;
use crate::import::fault::{Code, Fault};
use domain::Date;

/// The columns of people.
pub const COLUMNS: &[Column] = &[
    required(
        "person",
        Type::Person,
        &[
            "name",
            "naam",
            "fullname",
            "salesagent",
            "salesperson",
            "salesrep",
            "rep",
            "agent",
            "seller",
            "employee",
            "medewerker",
            "verkoper",
            "persoon",
            "accountmanager",
            "vertegenwoordiger",
            "volledigenaam",
        ],
    ),
    column("email", Type::Email, &["mail", "emailaddress", "mailadres", "emailadres", "workemail"]),
    required(
        "team",
        Type::Team,
        &[
            "regionaloffice",
            "office",
            "region",
            "department",
            "salesteam",
            "afdeling",
            "regio",
            "kantoor",
            "vestiging",
            "group",
            "groep",
            "shop",
            "winkel",
        ],
    ),
    column(
        "manager",
        Type::Person,
        &["salesmanager", "teamlead", "teamleader", "leidinggevende", "teamleider", "reportsto", "supervisor", "lead"],
    ),
    column(
        "from",
        Type::Date,
        &["startdate", "since", "hiredate", "joined", "van", "vanaf", "begindatum", "startdatum", "indienst"],
    ),
    column("to", Type::Date, &["enddate", "until", "left", "tot", "totenmet", "einddatum", "uitdienst"]),
];

/// Places of the columns in [`COLUMNS`].
pub mod at {
    #![allow(missing_docs, reason = "each is named as its column")]
    pub const PERSON: usize = 0;
    pub const EMAIL: usize = 1;
    pub const TEAM: usize = 2;
    pub const MANAGER: usize = 3;
    pub const FROM: usize = 4;
    pub const TO: usize = 5;
}

use at::*;

/// A person as a row tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// Line of the file.
    pub line: u64,
    /// Name or own key.
    pub person: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Team, from the top of the tree down.
    pub team: Vec<String>,
    /// The manager's name or own key.
    pub manager: Option<String>,
    /// First day in the team; none means since ever.
    pub from: Option<Date>,
    /// Day after the last day in the team.
    pub to: Option<Date>,
}

/// Reads a row.
pub fn read(row: Row<'_>) -> Result<PersonRow, Fault> {
    let person = row.required(PERSON)?.to_owned();
    let email = row.text(EMAIL)?.map(str::to_lowercase);
    if let Some(address) = email.as_deref().filter(|a| !is_address(a)) {
        return Err(row.fault(EMAIL, Code::BadEmail).with("value", address));
    }
    let path = row.value(TEAM).ok_or_else(|| row.fault(TEAM, Code::Blank))?;
    row.checked(TEAM, path, LONG)?;
    let team: Vec<String> =
        path.split(" / ").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
    if team.is_empty() {
        return Err(row.fault(TEAM, Code::Blank));
    }
    if let Some(long) = team.iter().find(|part| part.chars().count() > SHORT) {
        return Err(row.fault(TEAM, Code::TextTooLong).with("limit", SHORT).with("value", long));
    }
    let manager = row.text(MANAGER)?.map(str::to_owned);
    if manager.as_deref() == Some(person.as_str()) {
        return Err(row.fault(MANAGER, Code::ManagerCycle).with("person", person));
    }
    let (from, to) = (row.date(FROM)?, row.date(TO)?);
    if let (Some(from), Some(to)) = (from, to)
        && to <= from
    {
        return Err(row.fault(TO, Code::EndBeforeStart).with("from", from).with("to", to));
    }
    Ok(PersonRow { line: row.line(), person, email, team, manager, from, to })
}

/// One `@` with something on both sides and a dot behind it, no blanks: more is known only by sending mail.
fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains('@') && !host.starts_with('.') && !host.ends_with('.')
    }) && !text.contains(char::is_whitespace)
}
