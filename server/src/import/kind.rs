//! The kinds of facts as tables of columns: their names, what they hold, whether a row may lack them.
//!
//! A new kind is a new table here and a module that turns a bound row into its typed form.

pub mod deals;
pub mod people;
mod suggest;

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
}

impl Type {
    /// Whether cells are read as dates.
    pub fn is_date(self) -> bool {
        matches!(self, Type::Date)
    }

    /// Whether cells are read as numbers.
    pub fn is_number(self) -> bool {
        matches!(self, Type::Money | Type::Percent | Type::Chance)
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

/// A kind of fact that files can bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// People with their teams and managers.
    People,
    /// Deals.
    Deals,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 2] = [Kind::People, Kind::Deals];

    /// Name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Kind::People => "people",
            Kind::Deals => "deals",
        }
    }

    /// The kind of a name.
    pub fn parse(name: &str) -> Result<Self, Fault> {
        let known = || Self::ALL.map(Kind::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|k| k.name() == name)
            .ok_or_else(|| Fault::new(Code::UnknownKind).with("name", name).with("known", known()))
    }

    /// Its columns.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Kind::People => people::COLUMNS,
            Kind::Deals => deals::COLUMNS,
        }
    }

    /// The place of a column in [`Kind::columns`].
    pub fn column(self, name: &str) -> Option<usize> {
        self.columns().iter().position(|c| c.name == name)
    }
}

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
