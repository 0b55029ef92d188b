//! The kinds of facts as tables of columns: their names, what they hold, whether a row may lack them.
//!
//! A new kind is a new table here and a module that turns a bound row into its typed form.

pub mod activities;
pub mod campaign_days;
pub mod deals;
pub mod events;
pub mod field;
pub mod leads;
pub mod measurements;
pub mod people;
pub mod rates;
pub mod sales_lines;
pub mod satisfaction;
pub mod subscriptions;
mod suggest;
pub mod targets;

use super::bind::Row;
use super::fact::{Fact, Table};
use super::fault::{Code, Fault};
pub use suggest::{Confidence, Suggestion, suggest};

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A key: text that stays as it is written.
    Id,
    /// Text of at most so many characters.
    Text(usize),
    /// A calendar date.
    Date,
    /// An amount of money.
    Money,
    /// A percentage, `5` or `5 %`.
    Percent,
    /// A percentage of which a plain value between 0 and 1 may be meant as a fraction, so that it asks.
    Chance,
    /// One of our own values.
    Choice(&'static [&'static str]),
    /// One person, or several with shares.
    Credit,
    /// One person.
    Person,
    /// A team, or a path of teams.
    Team,
    /// An e-mail address.
    Email,
    /// A currency code.
    Currency,
    /// A whole number of things, zero or more.
    Count,
    /// A plain number.
    Number,
    /// Yes or no.
    Flag,
    /// A month: `2018-04`, `Apr-18`.
    Month,
    /// A quarter: `2018Q2`.
    Quarter,
    /// A person or a team.
    Who,
}

impl Type {
    /// Whether cells are read as dates.
    pub fn is_date(self) -> bool {
        matches!(self, Type::Date)
    }

    /// Whether cells are read as numbers.
    pub fn is_number(self) -> bool {
        matches!(self, Type::Money | Type::Percent | Type::Chance | Type::Count | Type::Number)
    }

    /// Whether cells name people.
    pub fn is_person(self) -> bool {
        matches!(self, Type::Credit | Type::Person)
    }
}

/// One column of ours.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Name in mapping files, on the command line and in the API.
    pub name: &'static str,
    /// Whether each row must have it.
    pub required: bool,
    /// What it holds.
    pub ty: Type,
    /// Names that other programs give it, folded (see [`super::mapping::fold`]), English and Dutch.
    pub synonyms: &'static [&'static str],
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $module:ident;)*) => {
        /// A kind of fact that files can bring.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind { $($(#[$doc])* $name,)* }

        impl Kind {
            /// All kinds, people first: the others name them.
            pub const ALL: &'static [Kind] = &[$(Kind::$name),*];

            /// Name on the command line.
            pub fn name(self) -> &'static str {
                match self { $(Kind::$name => $text,)* }
            }

            /// Its columns.
            pub fn columns(self) -> &'static [Column] {
                match self { $(Kind::$name => $module::COLUMNS,)* }
            }
        }
    };
}

kinds! {
    /// People with their teams and managers.
    People = "people", people;
    /// Deals.
    Deals = "deals", deals;
    /// Subscriptions.
    Subscriptions = "subscriptions", subscriptions;
    /// Results of campaigns by day.
    CampaignDays = "campaign_days", campaign_days;
    /// Leads.
    Leads = "leads", leads;
    /// Lines of sales.
    SalesLines = "sales_lines", sales_lines;
    /// Activities.
    Activities = "activities", activities;
    /// Answers of customers.
    Satisfaction = "satisfaction", satisfaction;
    /// Targets.
    Targets = "targets", targets;
    /// Figures of the organisation's own.
    Measurements = "measurements", measurements;
    /// Events.
    Events = "events", events;
    /// Exchange rates.
    Rates = "rates", rates;
}

impl Kind {
    /// Whether its facts may have columns of the organisation's own; people have none.
    pub fn has_own(self) -> bool {
        self != Self::People
    }

    /// The kind of a name.
    pub fn parse(name: &str) -> Result<Self, Fault> {
        let known = || Self::ALL.iter().map(|k| k.name()).collect::<Vec<_>>().join(", ");
        let found = Self::ALL.iter().copied().find(|k| k.name() == name);
        found.ok_or_else(|| Fault::new(Code::UnknownKind).with("name", name).with("known", known()))
    }

    /// The place of a column in [`Kind::columns`].
    pub fn column(self, name: &str) -> Option<usize> {
        self.columns().iter().position(|c| c.name == name)
    }

    /// The table that its facts are kept in and how a row is read; none of people and deals, which have stores of
    /// their own.
    pub fn facts(self) -> Option<(&'static Table, ReadFact)> {
        Some(match self {
            Kind::People | Kind::Deals => return None,
            Kind::Subscriptions => (&subscriptions::TABLE, subscriptions::read),
            Kind::CampaignDays => (&campaign_days::TABLE, campaign_days::read),
            Kind::Leads => (&leads::TABLE, leads::read),
            Kind::SalesLines => (&sales_lines::TABLE, sales_lines::read),
            Kind::Activities => (&activities::TABLE, activities::read),
            Kind::Satisfaction => (&satisfaction::TABLE, satisfaction::read),
            Kind::Targets => (&targets::TABLE, targets::read),
            Kind::Measurements => (&measurements::TABLE, measurements::read),
            Kind::Events => (&events::TABLE, events::read),
            Kind::Rates => (&rates::TABLE, rates::read),
        })
    }
}

/// Reads a row of a kind.
pub type ReadFact = fn(Row<'_>) -> Result<Fact, Fault>;

/// Characters of a key.
pub(crate) const ID: usize = 200;
/// Characters of a short text.
pub(crate) const SHORT: usize = 200;
/// Characters of a long text.
pub(crate) const LONG: usize = 500;

/// A column of a table.
const fn column(name: &'static str, ty: Type, synonyms: &'static [&'static str]) -> Column {
    Column { name, required: false, ty, synonyms }
}

/// A column that each row must have.
const fn required(name: &'static str, ty: Type, synonyms: &'static [&'static str]) -> Column {
    Column { name, required: true, ty, synonyms }
}
