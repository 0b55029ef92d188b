//! The organisation's own KPIs: the form, and what is said beside it.

use serde::{Deserialize, Serialize};

use super::data::Scope;
use crate::error::FieldError;

/// An own KPI as typed. All text, so that nothing that was typed is ever lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FormulaFields {
    /// The KPI that is changed; empty for a new one.
    pub key: String,
    /// The version that the form was made from.
    pub version: String,
    /// English name.
    pub name_en: String,
    /// Dutch name.
    pub name_nl: String,
    /// What it measures.
    pub explanation: String,
    /// The formula.
    pub formula: String,
    /// Code of the direction that is better.
    pub better: String,
    /// Day from which the new version holds.
    pub from: String,
}

impl FormulaFields {
    /// Sets a field by its name; others are left out.
    pub fn set(&mut self, name: &str, value: &str) {
        let field = match name {
            "key" => &mut self.key,
            "version" => &mut self.version,
            "name_en" => &mut self.name_en,
            "name_nl" => &mut self.name_nl,
            "explanation" => &mut self.explanation,
            "formula" => &mut self.formula,
            "better" => &mut self.better,
            "from" => &mut self.from,
            _ => return,
        };
        value.clone_into(field);
    }
}

/// What is asked of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormulaQuery {
    /// The KPI that is changed; empty for a new one.
    pub key: String,
    /// What was typed; none where the form is opened.
    pub typed: Option<FormulaFields>,
}

/// A place in the formula's text that is wrong: what stands before it, itself, what stands behind it.
pub type Marked = (String, String, String);

/// What can be said of a formula before it is saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormulaCheck {
    /// What is wrong with the formula; empty where nothing was typed yet.
    pub errors: Vec<FieldError>,
    /// Where.
    pub marked: Option<Marked>,
    /// The formula in words.
    pub words: String,
    /// Code of its unit.
    pub unit: String,
    /// What it would be now, or why it is nothing.
    pub value: Option<String>,
}

/// The form with everything beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormulaFormView {
    /// What stands in the fields.
    pub fields: FormulaFields,
    /// Name of the KPI that is changed; empty for a new one.
    pub name: String,
    /// The live check.
    pub check: FormulaCheck,
    /// Whose value the preview is, and of when.
    pub scope: Option<Scope>,
}

/// What is particular to an own KPI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnKpi {
    /// Whether the reader may change it.
    pub may_edit: bool,
    /// Versions, newest first, as (number, from when, formula).
    pub versions: Vec<(u32, String, String)>,
}
