//! A remark on one field of a form, as a code that the locale files turn into words.

use serde::{Deserialize, Serialize};

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{field}: {code}")]
pub struct FieldError {
    /// Name of the form field; empty for a remark on the whole form.
    pub field: String,
    /// Stable code of the remark.
    pub code: String,
    /// Values for the placeholders of the text.
    pub args: Vec<(String, String)>,
}

impl FieldError {
    /// A remark without placeholders.
    pub fn new(field: &str, code: &str) -> Self {
        Self { field: field.to_owned(), code: code.to_owned(), args: Vec::new() }
    }

    /// Adds the value of one placeholder.
    #[must_use]
    pub fn arg(mut self, name: &str, value: impl ToString) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }
}
