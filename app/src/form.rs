//! What a form sends beside its fields, and how it comes back.
//!
//! A form posts to the address of its own page, with the server function's path in the hidden field
//! `__fn`. `server::http::forms` calls the function, and on an error it renders the same page once more, at
//! the error's status, with a [`FormState`] that `ui::Form` and the fields in it read: nothing that was typed is lost.

use serde::{Deserialize, Serialize};

use crate::error::{ApiError, FieldError};

/// Name of the hidden field that holds the server function's path.
pub const FN_FIELD: &str = "__fn";
/// Name of the hidden field that tells two forms of one page apart.
pub const ID_FIELD: &str = "__form";

/// A form that came back: what was typed and what was wrong with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormState {
    /// Path of the server function, e.g. `/api/targets/create`.
    pub action: String,
    /// Which form of the page, if it has several with that action.
    pub id: String,
    /// What was typed, as (field, value); passwords are left out.
    pub values: Vec<(String, String)>,
    /// What went wrong.
    pub error: ApiError,
}

impl FormState {
    /// From the fields as they were sent; passwords are left out.
    pub fn of(action: String, fields: Vec<(String, String)>, error: ApiError) -> Self {
        let id = fields.iter().find(|(name, _)| name == ID_FIELD).map(|(_, value)| value.clone()).unwrap_or_default();
        let values =
            fields.into_iter().filter(|(name, _)| !name.starts_with("__") && !name.contains("password")).collect();
        Self { action, id, values, error }
    }

    /// What was typed in a field.
    pub fn value(&self, field: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// Whether a checkbox or one of several options was chosen.
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.values.iter().any(|(n, v)| n == field && v == value)
    }
}

/// The remarks of an error that belong to one field; an empty name gives those of the whole form.
pub fn remarks_on<'a>(error: &'a ApiError, field: &str) -> Vec<&'a FieldError> {
    match error {
        ApiError::Invalid(all) => all.iter().filter(|e| e.field == field).collect(),
        _ => Vec::new(),
    }
}
