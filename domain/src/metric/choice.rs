//! Questions to which vendors give different answers; the organisation chooses, and Explain says what it chose.

use serde::{Deserialize, Serialize};

/// A choice of the organisation on which figures depend. Those on recurring revenue have the code of their field in
/// the recurring module's choices; the answers are kept there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Which facts revenue is made of: deals, sales or campaigns.
    RevenueOf,
    /// Where leads are counted: in records of their own or in campaign days.
    LeadsFrom,
    /// Whether customers who joined and left within the period count as lost.
    JoinedAndLeft,
    /// When churn is booked: at the end of the paid term, or when it is cancelled.
    ChurnBooked,
    /// When a customer who comes back is new again.
    Returned,
    /// Whether discounts lower recurring revenue.
    Discounts,
    /// Whether metered fees count in recurring revenue.
    UsageFees,
    /// Whether several changes of a customer shortly after each other are one.
    WithinStep,
    /// Which rate converts recurring revenue in a foreign currency.
    ExchangeRate,
}

impl Choice {
    /// Stable code, as in the organisation's settings and the locale files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::RevenueOf => "revenue_of",
            Self::LeadsFrom => "leads_from",
            Self::JoinedAndLeft => "joined_and_left",
            Self::ChurnBooked => "churn_booked",
            Self::Returned => "returned",
            Self::Discounts => "discounts",
            Self::UsageFees => "usage_fees",
            Self::WithinStep => "within_step",
            Self::ExchangeRate => "exchange_rate",
        }
    }
}
