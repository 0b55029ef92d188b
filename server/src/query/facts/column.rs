//! Text columns of deals, by which figures can be broken down and filtered.

use sea_orm::sea_query::{Expr, ExprTrait as _};

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// A text column of deals.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum TextColumn {
            $($(#[$doc])* $name,)*
        }

        impl TextColumn {
            /// All.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Name, as in files, on the command line and in the API.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            pub(super) fn expr(self) -> Expr {
                match self {
                    $(Self::$name => Expr::cust(concat!("deal.", $text)),)*
                }
            }
        }
    };
}

columns! {
    /// Customer.
    Account = "account",
    /// Product.
    Product = "product",
    /// Segment.
    Segment = "segment",
    /// Where the deal came from.
    Source = "source",
    /// Campaign.
    Campaign = "campaign",
    /// Why it was lost.
    LostReason = "lost_reason",
    /// Proposal template used.
    ProposalTemplate = "proposal_template",
    /// Country.
    Country = "country",
    /// Stage as the source names it.
    Stage = "stage",
    /// Currency of the amount.
    Currency = "currency",
}

impl TextColumn {
    /// The column of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|c| c.name() == name)
    }
}

/// Only deals with this value in this column; none means blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The column.
    pub column: TextColumn,
    /// The value.
    pub value: Option<String>,
}

impl Filter {
    pub(super) fn condition(&self) -> Expr {
        match &self.value {
            Some(value) => self.column.expr().eq(value.as_str()),
            None => self.column.expr().is_null(),
        }
    }
}
