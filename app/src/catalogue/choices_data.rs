//! The data of the organisation's choices.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// A question to which vendors give different answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoiceView {
    /// Its code.
    pub code: String,
    /// Codes of its options, the default first.
    pub options: Vec<String>,
    /// Code of what was chosen.
    pub chosen: String,
    /// Names of the KPIs that depend on it.
    pub kpis: Vec<String>,
}

/// One version of the choices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoicesVersion {
    /// Its number.
    pub version: i32,
    /// Day on which it was made.
    pub at: String,
    /// Who made it.
    pub by: String,
    /// Code of a choice and of the option that it was changed to.
    pub changed: Vec<(String, String)>,
}

/// All choices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoicesView {
    /// The version; 0 while nothing was chosen.
    pub version: i32,
    /// Whether the reader may change them.
    pub may_edit: bool,
    /// The choices.
    pub choices: Vec<ChoiceView>,
    /// Versions, the newest first.
    pub history: Vec<ChoicesVersion>,
}

/// Choices as they are sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoicesInput {
    /// The version that the form was made from.
    pub version: i32,
    /// Code of the option by code of the choice.
    pub choice: HashMap<String, String>,
}

/// A choice on which a KPI depends, with what it would be under the other options.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    /// Code of the choice.
    pub choice: String,
    /// Code of what was chosen.
    pub chosen: String,
    /// Codes of the other options with the value under each; none where there is nothing to compare.
    pub others: Vec<(String, String)>,
}
