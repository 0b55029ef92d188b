//! Measures and metrics (KPIs) as data, and the one path that evaluates them.
//!
//! A [`Measure`] is an aggregation of facts: the store computes it. A [`Metric`] is a formula over
//! measures: only [`evaluate`] computes it. A ratio is always Σ numerator ÷ Σ denominator, so groups roll
//! up by adding their [`MeasureValues`] and evaluating again, never by averaging answers.
//!
//! To add a KPI: add its measures, if new, to [`Measure`]; add a definition with three worked examples to
//! a file under `catalogue/`; add its words to the `metric.*` locale files; run the tests with `UPDATE=1`.

pub mod catalogue;
mod choice;
mod compiled;
mod definition;
mod evaluate;
mod example;
mod figure;
mod formula;
mod histogram;
mod measure;
mod template;
mod values;

pub use choice::{Choice, Choices, LeadsFrom, RevenueOf};
pub use compiled::Compiled;
pub use definition::{
    Better, Empty, Example, Expected, Given, Interval, Kind, Metric, OverPeople, OverTime, Perspective, RollUp, Status,
    Take, Template, Term,
};
pub use evaluate::{Answer, NoInterval, evaluate, measured, value_of};
pub use figure::{Figure, Unit};
pub use histogram::Histogram;
pub use measure::{Aggregation, DateColumn, DealStatus, FactKind, Measure, MeasureDef, Test, Timing};
pub use template::{Shown, shown};
pub use values::{MeasureValue, MeasureValues};
