//! What crosses between server and screen for targets and objectives. Figures and sentences come
//! formatted in the reader's language; bare numbers are there only where something is drawn.

mod form;
mod grid;
mod objectives;

use domain::ids::{PersonId, TargetId, TeamId};
use serde::{Deserialize, Serialize};

use crate::ui::{BulletData, State};

pub use form::*;
pub use grid::*;
pub use objectives::*;

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
    /// What is to be reached as a plain number, for a file.
    pub exact_value: String,
    /// What was reached so far as a plain number; none where that cannot be measured.
    pub exact_actual: Option<String>,
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
    /// What is to be reached in proportion, of somebody who is not there for the whole period.
    pub prorated: Option<String>,
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
