//! Sales KPIs: the words of the field as types and pure functions.
//!
//! # Glossary
//!
//! * **Fact**: something that happened, with a date: a deal, a sale, a lead.
//! * **Measure**: an aggregation of facts (count, sum, histogram, balance).
//! * **Metric** (KPI): a measure or a formula over measures, defined once in [`metric::catalogue`].
//! * **Formula**: a metric of the organisation's own, as text; see [`formula`].
//! * **Period**: half-open range of days, `[from, to)`; see [`period`].
//! * **Rates**: what other currencies are worth in the reporting currency, by date; see [`exchange`].
//! * **Outcome**: a value, or the reason why there is none; see [`outcome`].
//! * **Target**: metric, who, period, direction and value, with its baseline and guardrails; see [`target`].
//! * **Recurring revenue** (MRR): the monthly amount of subscriptions, its movements and rates; see [`recurring`].
//! * **Objective**: what targets serve; a tree of organisation, team and person; see [`objective`].
//! * **Note**: the words beside the numbers; see [`note`].
//! * **Analysis**: what lies behind a KPI: why deals are won ([`winning`]), what channels bring ([`channel`]), what is
//!   in a basket ([`basket`]).
//! * **Webhook**: what an address outside is told of; see [`webhook`].
//! * **Policy**: who may do what; one table; see [`policy`].
//!
//! There is no clock, no file, no network and no randomness here: `today` is always an argument.

pub mod basket;
pub mod before_after;
pub mod change;
pub mod channel;
pub mod currency;
pub mod date;
pub mod exchange;
pub mod field;
pub mod format;
pub mod formula;
pub mod ids;
pub mod metric;
pub mod money;
pub mod note;
pub mod objective;
pub mod outcome;
pub mod period;
pub mod policy;
pub mod ratio;
pub mod read;
pub mod recurring;
pub mod roster;
pub mod stats;
mod sum;
pub mod target;
pub mod webhook;
pub mod winning;

pub use currency::Currency;
pub use date::{Date, Timestamp, Weekday};
pub use exchange::Rates;
pub use field::FieldError;
pub use format::Locale;
pub use ids::*;
pub use metric::{Answer, Figure, Measure, MeasureValue, MeasureValues, Metric, Unit};
pub use money::{Micros, Money};
pub use outcome::{Outcome, Why};
pub use period::{Calendar, Grain, Period};
pub use policy::Role;
pub use ratio::Ratio;
