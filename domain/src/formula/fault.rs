//! What is wrong with a formula, and where.

use serde::{Deserialize, Serialize};

use crate::{Currency, FieldError};

/// A part of the formula's text, in bytes: `[start, end)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// First byte behind it.
    pub end: usize,
}

impl Span {
    /// From the start of one to the end of the other.
    pub(super) fn to(self, other: Self) -> Self {
        Self { start: self.start, end: other.end }
    }

    /// The same part in characters of the text, as an editor counts them.
    pub fn chars(self, text: &str) -> (usize, usize) {
        let before = |byte: usize| text.char_indices().take_while(|(at, _)| *at < byte).count();
        (before(self.start), before(self.end))
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Problem {
    /// Nothing there.
    Empty,
    /// More bytes than [`MAX_LENGTH`](super::MAX_LENGTH).
    TooLong,
    /// More nested parentheses than [`MAX_DEPTH`](super::MAX_DEPTH).
    TooDeep,
    /// More numbers, names and signs than [`MAX_NODES`](super::MAX_NODES).
    TooManyParts,
    /// A sign that has no meaning here.
    UnknownCharacter,
    /// A number with two dots, a comma for the decimals, or more than eighteen digits.
    BadNumber,
    /// A number, a name or an opening parenthesis is missing.
    ValueExpected,
    /// Two values beside each other without a sign between them.
    OperatorExpected,
    /// A parenthesis is not closed.
    Unclosed,
    /// A closing parenthesis or a comma too many.
    Unopened,
    /// No function has this name.
    UnknownFunction {
        /// The nearest that exists.
        suggestion: Option<String>,
    },
    /// No measure or metric has this name.
    UnknownName {
        /// The nearest that exists.
        suggestion: Option<String>,
    },
    /// The metric is out of use.
    Retired,
    /// Units that cannot be added, subtracted or compared.
    UnitMismatch {
        /// Unit on the left.
        left: String,
        /// Unit on the right.
        right: String,
    },
    /// An amount in another currency than the organisation reports in.
    CurrencyMismatch {
        /// The currency of the amount.
        found: Currency,
        /// The organisation's.
        reporting: Currency,
    },
    /// The result has a unit that means nothing, such as money × money.
    MeaninglessUnit {
        /// The unit.
        unit: String,
    },
    /// A division by a constant that is zero.
    DividesByZero,
    /// The formula refers to itself, perhaps by way of others.
    Circular {
        /// The names on the way round, the first one again at the end.
        path: Vec<String>,
    },
    /// The name of the formula is no name: letters, digits and underscores, not the name of a function.
    BadName,
    /// The name belongs to a metric or a measure already.
    NameTaken,
    /// More definitions than [`MAX_DEFINITIONS`](super::MAX_DEFINITIONS).
    TooManyDefinitions,
}

impl Problem {
    /// Stable code, the key of the remark in the locale files.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::TooDeep => "too_deep",
            Self::TooManyParts => "too_many_parts",
            Self::UnknownCharacter => "unknown_character",
            Self::BadNumber => "bad_number",
            Self::ValueExpected => "value_expected",
            Self::OperatorExpected => "operator_expected",
            Self::Unclosed => "unclosed",
            Self::Unopened => "unopened",
            Self::UnknownFunction { .. } => "unknown_function",
            Self::UnknownName { .. } => "unknown_name",
            Self::Retired => "retired",
            Self::UnitMismatch { .. } => "unit_mismatch",
            Self::CurrencyMismatch { .. } => "currency_mismatch",
            Self::MeaninglessUnit { .. } => "meaningless_unit",
            Self::DividesByZero => "divides_by_zero",
            Self::Circular { .. } => "circular",
            Self::BadName => "bad_name",
            Self::NameTaken => "name_taken",
            Self::TooManyDefinitions => "too_many_definitions",
        }
    }

    /// Values for the placeholders of the remark.
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::UnknownFunction { suggestion } | Self::UnknownName { suggestion } => {
                suggestion.iter().map(|s| ("suggestion", s.clone())).collect()
            }
            Self::UnitMismatch { left, right } => vec![("left", left.clone()), ("right", right.clone())],
            Self::CurrencyMismatch { found, reporting } => {
                vec![("found", found.code().to_owned()), ("reporting", reporting.code().to_owned())]
            }
            Self::MeaninglessUnit { unit } => vec![("unit", unit.clone())],
            Self::Circular { path } => vec![("path", path.join(" → "))],
            Self::Empty
            | Self::TooLong
            | Self::TooDeep
            | Self::TooManyParts
            | Self::UnknownCharacter
            | Self::BadNumber
            | Self::ValueExpected
            | Self::OperatorExpected
            | Self::Unclosed
            | Self::Unopened
            | Self::Retired
            | Self::DividesByZero
            | Self::BadName
            | Self::NameTaken
            | Self::TooManyDefinitions => Vec::new(),
        }
    }
}

/// What is wrong with a formula, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{} at {}..{}", .problem.code(), .at.start, .at.end)]
pub struct Fault {
    /// What is wrong.
    #[serde(flatten)]
    pub problem: Problem,
    /// The part of the text that it is about.
    pub at: Span,
}

impl Fault {
    /// A fault at a place.
    pub(super) fn new(problem: Problem, at: Span) -> Self {
        Self { problem, at }
    }

    /// As a remark on a field of a form: code `formula_<code>`, with the part of the text (`part`), its first
    /// character from 1 (`position`) and what the problem names.
    pub fn remark(&self, field: &str, text: &str) -> FieldError {
        let part = text.get(self.at.start..self.at.end).unwrap_or_default();
        let remark = FieldError::new(field, &format!("formula_{}", self.problem.code()))
            .arg("part", part)
            .arg("position", self.at.chars(text).0 + 1);
        self.problem.args().into_iter().fold(remark, |r, (name, value)| r.arg(name, value))
    }
}
