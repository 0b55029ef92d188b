//! What crosses between server and screen for targets and objectives. Figures and sentences come
//! formatted in the reader's language; bare numbers are there only where something is drawn.

use std::collections::BTreeMap;

use domain::ids::{ObjectiveId, PersonId, TargetId, TeamId};
use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::ui::{BulletData, State};

/// One target in one line: in the list, on the scorecard, on the team board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetLine {
    /// The target.
    pub id: TargetId,
    /// Metric of the catalogue.
    pub metric: String,
    /// Its name.
    pub metric_name: String,
    /// Whom it is for, by name.
    pub who: String,
    /// The person it is for.
    pub person: Option<PersonId>,
    /// The team it is for.
    pub team: Option<TeamId>,
    /// Name of the period, as in the address.
    pub period: String,
    /// The period in words.
    pub period_label: String,
    /// Where it stands in its life, a code with its words under `targets.status`.
    pub status: String,
    /// A goal that the person set themselves.
    pub is_personal: bool,
    /// Weight in the scorecard, 0 to 100.
    pub weight: i16,
    /// What is to be reached, with its direction: `≥ 60 %`.
    pub value: String,
    /// How it stands today; none while it is a draft, was cancelled or has not begun.
    pub standing: Option<Standing>,
    /// Whether it waits for the reader: the person's answer, or the manager's after a counter-proposal.
    pub waits_for_reader: bool,
}

/// How a target stands today.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// In one word.
    pub state: State,
    /// Why, in a sentence.
    pub sentence: String,
    /// What was reached so far; the reason where that cannot be measured.
    pub actual: String,
    /// How many facts it rests on.
    pub n: Option<String>,
    /// Its 95 % interval.
    pub interval: Option<String>,
    /// What was to be expected by today.
    pub expected: Option<String>,
    /// Where it is heading at the end of the period, with its band.
    pub forecast: Option<String>,
    /// The same as a bar.
    pub bullet: BulletData,
    /// The counter-metric, if one was named.
    pub guardrail: Option<GuardrailView>,
}

/// A counter-metric and its limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GuardrailView {
    /// Its name.
    pub name: String,
    /// What it is now.
    pub actual: String,
    /// What it must not pass: `≤ 8 %`.
    pub limit: String,
    /// Whether it is broken, kept, or cannot be measured.
    pub state: State,
}

/// Which targets to list. All parts are codes as in the address; empty means no restriction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TargetFilter {
    /// `mine`, `team` (people and teams below the reader) or `all`; empty for what the reader most likely wants.
    pub whose: String,
    /// A status; empty for all but cancelled ones.
    pub status: String,
    /// Name of a period that they overlap.
    pub period: String,
    /// Only this person's.
    pub person: Option<PersonId>,
    /// Only this team's and its people's.
    pub team: Option<TeamId>,
}

/// The list with what can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetList {
    /// Those that match, running ones first.
    pub lines: Vec<TargetLine>,
    /// The filter that was used, its defaults filled in.
    pub filter: TargetFilter,
    /// Periods to choose from, as (name, words), newest first.
    pub periods: Vec<(String, String)>,
    /// Whose targets the reader can choose from: a part of `mine`, `team`, `all`.
    pub whose: Vec<String>,
    /// Whether the reader sets targets for others.
    pub may_set: bool,
    /// The person for whom the reader may set personal goals: themselves.
    pub me: Option<PersonId>,
}

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

/// One target with all about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetPage {
    /// The target and how it stands.
    pub line: TargetLine,
    /// Rises with each change.
    pub version: i64,
    /// What was agreed, as (text key of the label, value).
    pub facts: Vec<(String, String)>,
    /// Why it matters.
    pub why: String,
    /// Milestones as (day, value, reached so far).
    pub milestones: Vec<(String, String, String)>,
    /// SMART, remarks and history.
    pub check: Check,
    /// Every change, newest first.
    pub changes: Vec<ChangeView>,
    /// A counter-proposal that waits for the manager.
    pub counter: Option<CounterView>,
    /// The people's targets under a team's target.
    pub cascade: Option<Cascade>,
    /// What the reader may do with it.
    pub may: May,
    /// Unit behind figures, for the answer form.
    pub unit: String,
}

/// What the reader may do with a target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct May {
    /// Change it.
    pub edit: bool,
    /// Send a draft to the person.
    pub propose: bool,
    /// Agree or make a counter-proposal: the person.
    pub answer: bool,
    /// Accept the counter-proposal: who set it.
    pub settle: bool,
    /// Write down that the person, who does not sign in, agreed.
    pub record_agreement: bool,
    /// Cancel it.
    pub cancel: bool,
}

/// One change of a target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeView {
    /// Day and time.
    pub at: String,
    /// Who.
    pub who: String,
    /// What happened, a code with its words under `targets.change`.
    pub kind: String,
    /// What changed, as (name of the field, from, to).
    pub fields: Vec<(String, String, String)>,
    /// What was said.
    pub comment: String,
}

/// An open counter-proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CounterView {
    /// Who made it.
    pub who: String,
    /// The value proposed instead.
    pub value: String,
    /// Why.
    pub comment: String,
}

/// The targets below a team's target and whether they add up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cascade {
    /// "The people's targets come to 92 % of the team's".
    pub sentence: String,
    /// Their targets.
    pub lines: Vec<TargetLine>,
    /// People of the team without one, by name.
    pub without: Vec<String>,
}

/// The targets of a person in a period, for the scorecard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonTargets {
    /// Whose.
    pub person: PersonId,
    /// Name of the period.
    pub period: String,
    /// Their targets that overlap the period.
    pub lines: Vec<TargetLine>,
    /// "On track for 2 of 3 targets."
    pub verdict: String,
    /// Whether the reader may set a target for them.
    pub may_set: bool,
    /// Whether it is the reader, who may set personal goals.
    pub is_self: bool,
}

/// One objective in the tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObjectiveView {
    /// The objective.
    pub id: ObjectiveId,
    /// What is to be reached.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// Whose it is, by name; empty for the organisation's.
    pub who: String,
    /// `organisation`, `team` or `person`.
    pub level: String,
    /// `short` or `long`.
    pub horizon: String,
    /// Perspective of the balanced scorecard.
    pub perspective: String,
    /// How deep it hangs in the tree.
    pub depth: u32,
    /// Targets under it.
    pub targets: u32,
    /// Whether the reader may archive it.
    pub may_archive: bool,
}

/// The tree of objectives with what can be chosen for a new one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObjectiveTree {
    /// Parents before their children.
    pub objectives: Vec<ObjectiveView>,
    /// For whom the reader may make one, as (value, words); empty when they may not.
    pub who: Vec<Pair>,
}

/// A new objective as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ObjectiveFields {
    /// What is to be reached.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// `organisation`, `team:…` or `person:…`.
    pub who: String,
    /// Objective above it; empty for none.
    pub parent: String,
    /// `short` or `long`.
    pub horizon: String,
    /// Perspective.
    pub perspective: String,
}
