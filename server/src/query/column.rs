//! Text columns of facts, by which figures can be broken down and filtered.

use std::sync::Arc;

use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, ExprTrait as _};

/// Kinds of fact, as tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Deals, by the day of closing.
    Deals,
    /// Subscriptions, by the first day.
    Subscriptions,
    /// What campaigns cost and brought on a day.
    CampaignDays,
    /// Leads, by the day of creation.
    Leads,
    /// Lines of sales, returns and adjustments.
    SalesLines,
    /// What people did.
    Activities,
    /// Answers of customers.
    Satisfaction,
    /// Figures of the organisation's own.
    Measurements,
}

impl Table {
    /// Name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deals => "deal",
            Self::Subscriptions => "subscription",
            Self::CampaignDays => "campaign_day",
            Self::Leads => "lead",
            Self::SalesLines => "sales_line",
            Self::Activities => "activity",
            Self::Satisfaction => "satisfaction",
            Self::Measurements => "measurement",
        }
    }

    /// The kind, as files and the command line name it.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Deals => "deals",
            Self::Subscriptions => "subscriptions",
            Self::CampaignDays => "campaign_days",
            Self::Leads => "leads",
            Self::SalesLines => "sales_lines",
            Self::Activities => "activities",
            Self::Satisfaction => "satisfaction",
            Self::Measurements => "measurements",
        }
    }

    /// The column of a fact's day.
    pub const fn day(self) -> &'static str {
        match self {
            Self::Deals => "closed_on",
            Self::Subscriptions => "start_on",
            Self::Leads => "created_on",
            Self::CampaignDays | Self::SalesLines | Self::Activities | Self::Satisfaction | Self::Measurements => "day",
        }
    }

    /// Whether its facts can be a person's; what is nobody's belongs to the organisation only.
    pub const fn has_person(self) -> bool {
        !matches!(self, Self::CampaignDays)
    }
}

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident = $text:literal { $($table:ident = $column:literal),* };)*) => {
        /// A text column, which some kinds of fact have; of the others it is blank.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum TextColumn {
            $($(#[$doc])* $name,)*
            /// A column of the organisation's own, by its full name: `attributes.landing_page`.
            Attribute(Arc<str>),
        }

        impl TextColumn {
            /// All but the organisation's own.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Name, as in files, on the command line and in the API.
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$name => $text,)*
                    Self::Attribute(name) => name,
                }
            }

            /// The column of a table that holds it.
            fn stored(&self, table: Table) -> Option<&'static str> {
                match self {
                    $(Self::$name => match table {
                        $(Table::$table => Some($column),)*
                        _ => None,
                    },)*
                    Self::Attribute(_) => None,
                }
            }
        }
    };
}

columns! {
    /// Customer of a deal.
    Account = "account" { Deals = "account" };
    /// Product.
    Product = "product" { Deals = "product", SalesLines = "product" };
    /// Segment.
    Segment = "segment" { Deals = "segment" };
    /// Where a deal or lead came from.
    Source = "source" { Deals = "source", Leads = "source" };
    /// Campaign.
    Campaign = "campaign" { Deals = "campaign", CampaignDays = "campaign", Leads = "campaign" };
    /// Why a deal was lost.
    LostReason = "lost_reason" { Deals = "lost_reason" };
    /// Proposal template used.
    ProposalTemplate = "proposal_template" { Deals = "proposal_template" };
    /// Country.
    Country = "country" { Deals = "country", SalesLines = "country" };
    /// Stage of a deal as the source names it.
    Stage = "stage" { Deals = "stage" };
    /// Currency of the amount.
    Currency = "currency" { Deals = "currency", Subscriptions = "currency", CampaignDays = "currency", SalesLines = "currency" };
    /// Plan of a subscription.
    Plan = "plan" { Subscriptions = "plan" };
    /// Customer of a subscription or sale, or who answered.
    Customer = "customer" { Subscriptions = "customer", SalesLines = "customer", Satisfaction = "customer" };
    /// Channel of a campaign, lead or sale.
    Channel = "channel" { CampaignDays = "channel", Leads = "channel", SalesLines = "channel" };
    /// Category of a campaign or of what was sold.
    Category = "category" { CampaignDays = "category", SalesLines = "category" };
    /// State of a lead as the source names it.
    Status = "status" { Leads = "status" };
    /// Transaction of a sale.
    Transaction = "transaction" { SalesLines = "receipt" };
    /// Shop.
    Shop = "shop" { SalesLines = "shop" };
    /// Type of activity.
    Type = "type" { Activities = "activity_type" };
    /// Scale of an answer.
    Scale = "scale" { Satisfaction = "scale" };
    /// What is measured.
    Measure = "measure" { Measurements = "measure" };
}

/// Before the name of a column of the organisation's own.
pub const ATTRIBUTES: &str = "attributes.";
/// More letters than this has no name of a column.
const LONGEST_NAME: usize = 200;

impl TextColumn {
    /// The column of a name. A name of the organisation's own has no quotation mark and no backslash.
    pub fn from_name(name: &str) -> Option<Self> {
        let known = Self::ALL.iter().find(|c| c.name() == name);
        known.cloned().or_else(|| {
            let own = name.strip_prefix(ATTRIBUTES)?;
            let is_plain = !own.is_empty() && own.len() <= LONGEST_NAME && !own.contains(['"', '\\', '\0']);
            is_plain.then(|| Self::Attribute(name.into()))
        })
    }

    /// All of a kind of fact but the organisation's own.
    pub fn of(table: Table) -> impl Iterator<Item = &'static Self> {
        Self::ALL.iter().filter(move |c| c.stored(table).is_some())
    }

    /// Its value in a statement on a table; of a table that lacks it NULL.
    pub(super) fn expr(&self, table: Table, backend: DbBackend) -> Expr {
        if let Some(column) = self.stored(table) {
            return Expr::col((table.name(), column));
        }
        let Self::Attribute(name) = self else {
            return Expr::cust("CAST(NULL AS TEXT)");
        };
        own_text(table.name(), name.strip_prefix(ATTRIBUTES).unwrap_or(name), backend)
    }
}

/// The value of a column of the organisation's own in a statement on a table of facts.
pub(super) fn own_text(table: &str, name: &str, backend: DbBackend) -> Expr {
    // The name comes from whoever asks: it is bound and never becomes part of the statement.
    if crate::db::is_sqlite(backend) {
        Expr::cust_with_values(format!("json_extract({table}.attributes, ?)"), [format!("$.\"{name}\"")])
    } else {
        Expr::cust_with_values(format!("CAST({table}.attributes AS jsonb) ->> $1"), [name.to_owned()])
    }
}

/// Only facts with this value in this column; none means blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The column.
    pub column: TextColumn,
    /// The value.
    pub value: Option<String>,
}

impl Filter {
    pub(super) fn condition(&self, table: Table, backend: DbBackend) -> Expr {
        let column = self.column.expr(table, backend);
        match &self.value {
            Some(value) => column.eq(value.as_str()),
            None => column.is_null(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for column in TextColumn::ALL {
            assert_eq!(TextColumn::from_name(column.name()).as_ref(), Some(column));
        }
        let own = TextColumn::from_name("attributes.landing page").unwrap();
        assert_eq!(own.name(), "attributes.landing page");
        for wrong in ["", "colour", "attributes.", "attributes.a\"b", "attributes.a\\b", "Attributes.a"] {
            assert_eq!(TextColumn::from_name(wrong), None, "{wrong}");
        }
        assert!(TextColumn::of(Table::Deals).any(|c| *c == TextColumn::Account));
        assert!(TextColumn::of(Table::Deals).all(|c| *c != TextColumn::Customer));
    }
}
