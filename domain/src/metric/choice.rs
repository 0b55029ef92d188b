//! Questions to which vendors give different answers; the organisation chooses, and Explain says what it chose.

use serde::{Deserialize, Serialize};

/// A choice of the organisation on which figures depend. The answers to the questions on recurring revenue are in
/// its own module; a metric only says which questions it depends on.
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
    ReturnAfterChurn,
    /// Whether discounts lower recurring revenue.
    Discounts,
    /// Whether changes shortly after each other are one.
    CloseEvents,
}

impl Choice {
    /// All.
    pub const ALL: [Self; 7] = [
        Self::RevenueOf,
        Self::LeadsFrom,
        Self::JoinedAndLeft,
        Self::ChurnBooked,
        Self::ReturnAfterChurn,
        Self::Discounts,
        Self::CloseEvents,
    ];

    /// Stable code, as in the organisation's settings and the locale files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::RevenueOf => "revenue_of",
            Self::LeadsFrom => "leads_from",
            Self::JoinedAndLeft => "joined_and_left",
            Self::ChurnBooked => "churn_booked",
            Self::ReturnAfterChurn => "return_after_churn",
            Self::Discounts => "discounts",
            Self::CloseEvents => "close_events",
        }
    }
}
