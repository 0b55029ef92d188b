//! What the SMART form shows and sends.

use std::collections::BTreeMap;

use domain::ids::TargetId;
use serde::{Deserialize, Serialize};

use crate::error::FieldError;

/// A target as typed. All text, so that nothing that was typed is ever lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TargetFields {
    /// The target, empty for a new one.
    pub id: String,
    /// The version that the form was made from.
    pub version: String,
    /// `person:…`, `team:…` or `organisation`.
    pub who: String,
    /// Metric.
    pub metric: String,
    /// `reach`, `stay_above`, `stay_below` or `reach_at_most`; empty for the metric's natural one.
    pub direction: String,
    /// Name of a period, or `free`.
    pub period: String,
    /// First day of a free period.
    pub from: String,
    /// Last day of a free period.
    pub to: String,
    /// Value at the start.
    pub baseline: String,
    /// Value to reach.
    pub value: String,
    /// Value beyond it.
    pub stretch: String,
    /// `even`, `working_days`, `seasonal` or `by_hand`.
    pub distribution: String,
    /// Objective that it serves.
    pub objective: String,
    /// Title of a new objective, made together with the target.
    pub objective_new: String,
    /// Why it matters.
    pub why: String,
    /// Counter-metric.
    pub guardrail: String,
    /// Limit of the counter-metric.
    pub guardrail_limit: String,
    /// `stay_above` or `stay_below`; empty for the counter-metric's natural one.
    pub guardrail_direction: String,
    /// Weight, 0 to 100.
    pub weight: String,
    /// Why it was changed.
    pub reason: String,
    /// `1` for a personal goal.
    pub personal: String,
    /// `part1` … for a distribution by hand, `milestone1_date`, `milestone1_value` ….
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

/// How many milestones the form offers.
pub const MILESTONES: usize = 3;

impl TargetFields {
    /// One of the numbered fields; empty if it was not sent.
    pub fn more(&self, name: &str) -> &str {
        self.more.get(name).map_or("", String::as_str)
    }

    /// The fields of an address or a form that came back; unknown ones that are no numbered fields are left out.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut out = Self::default();
        for (name, value) in pairs {
            out.set(name, value);
        }
        out
    }

    /// Sets one field by its name.
    pub fn set(&mut self, name: &str, value: &str) {
        let slot = match name {
            "id" => &mut self.id,
            "version" => &mut self.version,
            "who" => &mut self.who,
            "metric" => &mut self.metric,
            "direction" => &mut self.direction,
            "period" => &mut self.period,
            "from" => &mut self.from,
            "to" => &mut self.to,
            "baseline" => &mut self.baseline,
            "value" => &mut self.value,
            "stretch" => &mut self.stretch,
            "distribution" => &mut self.distribution,
            "objective" => &mut self.objective,
            "objective_new" => &mut self.objective_new,
            "why" => &mut self.why,
            "guardrail" => &mut self.guardrail,
            "guardrail_limit" => &mut self.guardrail_limit,
            "guardrail_direction" => &mut self.guardrail_direction,
            "weight" => &mut self.weight,
            "reason" => &mut self.reason,
            "personal" => &mut self.personal,
            _ if name.starts_with("part") || name.starts_with("milestone") => {
                self.more.entry(name.to_owned()).or_default()
            }
            _ => return,
        };
        value.clone_into(slot);
    }
}

/// What can be chosen: what is sent and what is read.
pub type Pair = (String, String);

/// The form with everything beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetFormView {
    /// What stands in the fields: as typed, with proposals where nothing was typed.
    pub fields: TargetFields,
    /// The target that is changed; none for a new one.
    pub id: Option<TargetId>,
    /// Whether it is the reader's own personal goal.
    pub is_personal: bool,
    /// Whom it can be for.
    pub who: Vec<Pair>,
    /// Metrics to choose from.
    pub metrics: Vec<Pair>,
    /// Periods to choose from; the last is `free`.
    pub periods: Vec<Pair>,
    /// Objectives to hang it under.
    pub objectives: Vec<Pair>,
    /// Counter-metrics; those that the catalogue suggests come first.
    pub guardrails: Vec<Pair>,
    /// Parts of the period to distribute over, as (field, words).
    pub parts: Vec<Pair>,
    /// Unit of the metric behind its figures: `%`, `€`, `dagen`; empty for counts.
    pub unit: String,
    /// Unit of the counter-metric.
    pub guardrail_unit: String,
    /// Whether the value accrues over the period, so that it can be distributed.
    pub is_distributable: bool,
    /// What was found about it.
    pub check: Check,
}

/// What is complete and what is missing, what history says, what to think about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// S, M, A, R, T in this order.
    pub letters: Vec<Letter>,
    /// Remarks of the linter, as sentences; they never block.
    pub remarks: Vec<String>,
    /// Fields that cannot be read.
    pub errors: Vec<FieldError>,
    /// The own history of the person or team.
    pub history: Option<History>,
    /// "Distributed 90 of 120", when by hand.
    pub distributed: Option<String>,
}

/// One letter of SMART.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    /// `s`, `m`, `a`, `r` or `t`.
    pub code: String,
    /// Whether nothing is missing.
    pub is_complete: bool,
    /// What is there and what is missing, in words.
    pub sentences: Vec<String>,
}

/// Past values of the metric for the same person or team.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// What was reached, oldest first.
    pub points: Vec<HistoryPoint>,
    /// The proposed value on the same scale.
    pub line: Option<f64>,
    /// The proposed value, formatted.
    pub line_label: String,
    /// "In 3 of the last 8 quarters", and what growth it asks for.
    pub sentences: Vec<String>,
}

/// One past period.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HistoryPoint {
    /// The period in words.
    pub label: String,
    /// The value on the scale of the drawing.
    pub value: Option<f64>,
    /// The value, formatted; the reason where it is missing.
    pub text: String,
    /// How many facts it rests on.
    pub n: String,
    /// Whether the proposed value was reached then.
    pub reached: Option<bool>,
}
