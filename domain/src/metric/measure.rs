//! Measures: aggregations of facts, defined once for every store.

use serde::{Deserialize, Serialize};

use super::Unit;

/// Kinds of fact that a measure may aggregate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// Deals (opportunities).
    Deals,
}

/// State of a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DealStatus {
    /// Not decided yet.
    Open,
    /// Won.
    Won,
    /// Lost.
    Lost,
    /// Left out because it never was an opportunity.
    Disqualified,
}

impl DealStatus {
    /// All.
    pub const ALL: [Self; 4] = [Self::Open, Self::Won, Self::Lost, Self::Disqualified];

    /// Stable code, as in files, the API and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Disqualified => "disqualified",
        }
    }

    /// The inverse of [`DealStatus::code`]; case and surrounding spaces are ignored.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code().eq_ignore_ascii_case(code.trim()))
    }
}

/// The date that puts a fact into a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateColumn {
    /// The day the deal was decided.
    ClosedOn,
    /// The day the deal was created, or else engaged: the cohort it belongs to.
    CreatedOrEngaged,
    /// The day asked about: the deal was created or engaged by then, or is undated, and had not been
    /// closed by then. The forecast closing date of an open deal is ignored.
    BalanceDay,
}

/// How facts become one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aggregation {
    /// Number of facts; a deal with split credit counts whole for each person and once in a total.
    Count,
    /// Σ of a money column, of a person their share of it; in the reporting currency.
    SumMoney(&'static str),
    /// Whole days between two dates, as a histogram, so that mean and median stay exact in any roll-up.
    Days {
        /// First existing one of these columns is the start.
        from: &'static [&'static str],
        /// The end.
        to: &'static str,
    },
}

/// Whether values of successive periods may be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timing {
    /// Events of a period: January + February is both months.
    Additive,
    /// A state at one day: over time the last one counts, over people the sum.
    Balance,
}

/// What a measure aggregates, complete enough for a store to compute it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasureDef {
    /// Stable name.
    pub id: &'static str,
    /// The kind of fact.
    pub fact: FactKind,
    /// How facts become a value.
    pub aggregation: Aggregation,
    /// Facts with one of these statuses; of a [`Timing::Balance`] the status on the day asked about.
    pub status: &'static [DealStatus],
    /// Only facts where this column is filled.
    pub filled: Option<&'static str>,
    /// The date that puts a fact into the period.
    pub date: DateColumn,
    /// Whether it adds up over time.
    pub timing: Timing,
}

const fn base(id: &'static str) -> MeasureDef {
    MeasureDef {
        id,
        fact: FactKind::Deals,
        aggregation: Aggregation::Count,
        status: &[],
        filled: None,
        date: DateColumn::ClosedOn,
        timing: Timing::Additive,
    }
}

macro_rules! measures {
    ($($(#[$doc:meta])* $name:ident = $id:literal { $($field:ident: $value:expr),* $(,)? })*) => {
        /// An aggregation of facts. The name is the key; [`Measure::def`] says what it aggregates.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Measure {
            $($(#[$doc])* $name,)*
        }

        impl Measure {
            /// All.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// What it aggregates.
            pub const fn def(self) -> MeasureDef {
                match self {
                    $(Self::$name => MeasureDef { $($field: $value,)* ..base($id) },)*
                }
            }
        }
    };
}

use DealStatus::{Disqualified, Lost, Open, Won};

measures! {
    /// Deals won, by the day of closing.
    DealsWon = "deals_won" { status: &[Won] }
    /// Deals lost, by the day of closing.
    DealsLost = "deals_lost" { status: &[Lost] }
    /// Deals disqualified, by the day of closing.
    DealsDisqualified = "deals_disqualified" { status: &[Disqualified] }
    /// Deals open on the day asked about.
    DealsOpen = "deals_open" { status: &[Open], date: DateColumn::BalanceDay, timing: Timing::Balance }
    /// Amount of deals won.
    AmountWon = "amount_won" { aggregation: Aggregation::SumMoney("amount"), status: &[Won] }
    /// Amount of deals lost.
    AmountLost = "amount_lost" { aggregation: Aggregation::SumMoney("amount"), status: &[Lost] }
    /// Amount of deals open on the day asked about.
    AmountOpen = "amount_open" { aggregation: Aggregation::SumMoney("amount"), status: &[Open], date: DateColumn::BalanceDay, timing: Timing::Balance }
    /// Amount × probability of deals open on the day asked about.
    AmountOpenWeighted = "amount_open_weighted" { aggregation: Aggregation::SumMoney("amount * probability"), status: &[Open], date: DateColumn::BalanceDay, timing: Timing::Balance, }
    /// Days from first contact (else creation) to closing, of deals won.
    CycleDaysWon = "cycle_days_won" {
        aggregation: Aggregation::Days { from: &["engaged_on", "created_on"], to: "closed_on" },
        status: &[Won],
    }
    /// Deals created in the period, whatever became of them.
    CohortCreated = "cohort_created" { status: &DealStatus::ALL, date: DateColumn::CreatedOrEngaged }
    /// Deals created in the period that have been won to date.
    CohortWon = "cohort_won" { status: &[Won], date: DateColumn::CreatedOrEngaged }
    /// Discount given on deals won whose discount is known: list amount − amount.
    DiscountGiven = "discount_given" { aggregation: Aggregation::SumMoney("amount * discount_pct / (100 - discount_pct)"), status: &[Won], filled: Some("discount_pct") }
    /// Amount before discount of deals won whose discount is known.
    ListAmount = "list_amount" { aggregation: Aggregation::SumMoney("amount * 100 / (100 - discount_pct)"), status: &[Won], filled: Some("discount_pct") }
    /// Deals won whose discount is known.
    DealsDiscountKnown = "deals_discount_known" { status: &[Won], filled: Some("discount_pct") }
}

impl Measure {
    /// Stable name, as in the API and in snapshots.
    pub const fn id(self) -> &'static str {
        self.def().id
    }

    /// The inverse of [`Measure::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|m| m.id() == id)
    }

    /// The unit of its total.
    pub const fn unit(self) -> Unit {
        match self.def().aggregation {
            Aggregation::Count => Unit::Count,
            Aggregation::SumMoney(_) => Unit::Money,
            Aggregation::Days { .. } => Unit::Days,
        }
    }
}
