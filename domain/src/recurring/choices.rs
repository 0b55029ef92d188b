//! Where vendors disagree, the organisation chooses, and the choice is shown beside the figure.
//!
//! The table of the vendors is F4.1 of the field study. The defaults are those of the product's definitions.

use serde::{Deserialize, Serialize};

/// A customer without recurring revenue at both ends of a step who had some in between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JoinedAndLeft {
    /// In no movement and no rate, as at ProfitWell: month ends are compared.
    #[default]
    Ignored,
    /// In new (or reactivation) and in churn, but in no churn rate, as at ChartMogul.
    MovementsOnly,
    /// In new (or reactivation), in churn and in the churn rates, as at Baremetrics, Chargebee and Maxio.
    Counted,
}

/// The day on which a subscription that was cancelled stops to count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChurnBooked {
    /// The end of what was paid for, as at ProfitWell.
    #[default]
    EndOfTerm,
    /// The day of the cancellation, as at Maxio.
    Cancellation,
}

/// A customer who comes back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Returned {
    /// Reactivation, however long they were away, as at ProfitWell and Chargebee. Recurly's "after at least a
    /// month" mostly agrees, as an absence has to span the end of a step to be seen at all.
    #[default]
    Reactivation,
    /// Reactivation up to this many days after the first day without service, a new customer later, as at
    /// Maxio (90).
    NewAfter {
        /// Days of absence that still are a reactivation.
        days: u16,
    },
}

/// Discounts on a subscription.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Discounts {
    /// Every discount lowers the amount while it lasts, as at ProfitWell and Maxio.
    #[default]
    Subtracted,
    /// One-off coupons do not, lasting discounts do, as at Chargebee.
    OneOffIgnored,
}

/// Metered fees that recur.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UsageFees {
    /// Only the price of the plan counts, as at Lago.
    #[default]
    LeftOut,
    /// Recurring metered fees count, as at ProfitWell.
    Counted,
}

/// Several changes of one customer within a step, for example an upgrade taken back in the same month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithinStep {
    /// Only the ends of the step are compared, so that the changes net out.
    #[default]
    Net,
    /// Each day's change is a movement of its own; changes of one day still net out. Gross retention by
    /// movements is lower then than by the smaller of two balances.
    EachDay,
}

/// The rate at which a foreign amount is converted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExchangeRate {
    /// The rate of the day on which the customer's unbroken service in that currency began holds as long as
    /// it is unbroken: a rate that moves is no movement of the customer, as at ChartMogul.
    #[default]
    Held,
    /// The rate of the day on which each subscription starts: a renewal at the same foreign price shows the
    /// change of the rate as expansion or contraction.
    EachStart,
}

/// The organisation's answers. Absent fields are read as their defaults, so that an older stored version
/// stays readable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// Joined and left between two bounds.
    pub joined_and_left: JoinedAndLeft,
    /// When churn is booked.
    pub churn_booked: ChurnBooked,
    /// Return after churn.
    pub returned: Returned,
    /// Which discounts count.
    pub discounts: Discounts,
    /// Whether metered fees count.
    pub usage_fees: UsageFees,
    /// Several changes between two bounds.
    pub within_step: WithinStep,
    /// Which rate converts a foreign amount.
    pub exchange_rate: ExchangeRate,
}
