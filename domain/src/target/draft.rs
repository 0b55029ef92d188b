//! A target as it is typed, and how it becomes one that can be stored.

mod reader;

use serde::{Deserialize, Serialize};

use self::reader::Reader;
use super::{Definition, Direction, Distribution, Guardrail, Milestone, Target, Who};
use crate::field::FieldError;
use crate::metric::Unit;
use crate::{Calendar, Locale, Micros, ObjectiveId, Period};

/// Longest explanation, in characters.
const MAX_WHY: usize = 2000;

/// A target form as typed: every field is text, blank where nothing was typed. Numbers are in the reader's
/// notation; rates are in percent (`35` and `35 %` are the same).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TargetDraft {
    /// Id of the metric.
    pub metric: String,
    /// `organisation`, `team` or `person`; blank: by which id is given.
    pub level: String,
    /// Id of the team.
    pub team: String,
    /// Id of the person.
    pub person: String,
    /// Name of a period (`2017Q2`) or a range; blank: by `from` and `until`.
    pub period: String,
    /// First day.
    pub from: String,
    /// Last day, included.
    pub until: String,
    /// Code of a [`Direction`]; blank: the metric's better side.
    pub direction: String,
    /// Where one starts from.
    pub baseline: String,
    /// What is to be reached.
    pub value: String,
    /// What would be splendid.
    pub stretch: String,
    /// Code of a [`Distribution`]; blank: by working days.
    pub distribution: String,
    /// Values on the way.
    pub milestones: Vec<MilestoneDraft>,
    /// Id of the objective.
    pub objective: String,
    /// Why it matters.
    pub why: String,
    /// Id of the counter-metric.
    pub guardrail_metric: String,
    /// Code of its [`Direction`]; blank: the counter-metric's better side.
    pub guardrail_direction: String,
    /// Its limit.
    pub guardrail_limit: String,
    /// Share of the scorecard in percent.
    pub weight: String,
    /// Whether it is a personal goal.
    pub is_personal: bool,
}

/// A milestone as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MilestoneDraft {
    /// By this day.
    pub day: String,
    /// This value.
    pub value: String,
}

/// What can be read of an unfinished form; the same fields as [`Target`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Partial {
    pub metric: Option<Definition>,
    pub who: Option<Who>,
    pub period: Option<Period>,
    pub direction: Option<Direction>,
    pub baseline: Option<Micros>,
    pub value: Option<Micros>,
    pub stretch: Option<Micros>,
    pub milestones: Vec<Milestone>,
    pub distribution: Distribution,
    pub objective: Option<ObjectiveId>,
    pub why: String,
    pub guardrails: Vec<Guardrail>,
    pub weight: u8,
    pub is_personal: bool,
}

impl TargetDraft {
    /// Reads what can be read; a blank field is no error. `known` finds a KPI by its id.
    pub fn read(
        &self,
        calendar: &Calendar,
        locale: Locale,
        known: &dyn Fn(&str) -> Option<Definition>,
    ) -> (Partial, Vec<FieldError>) {
        let mut r = Reader::new(locale, known);
        let found = r.metric("metric", &self.metric);
        let metric = found.as_ref();
        let direction = r.direction("direction", &self.direction, metric);
        let partial = Partial {
            who: r.who(self),
            period: r.period(self, calendar),
            direction,
            baseline: r.value("baseline", &self.baseline, metric),
            value: r.value("value", &self.value, metric),
            stretch: r.value("stretch", &self.stretch, metric),
            milestones: self.milestones.iter().filter_map(|m| r.milestone(m, metric)).collect(),
            distribution: r
                .code("distribution", &self.distribution, "unknown_distribution", Distribution::from_code)
                .unwrap_or_default(),
            objective: r.code("objective", &self.objective, "bad_id", |s| s.parse().ok().map(ObjectiveId::new)),
            why: r.text("why", &self.why, MAX_WHY),
            guardrails: r.guardrail(self).into_iter().collect(),
            weight: r.weight(&self.weight),
            is_personal: self.is_personal,
            metric: found.clone(),
        };
        r.cross_check(&partial);
        (partial, r.errors)
    }

    /// Reads a finished form.
    ///
    /// # Errors
    /// One remark for each field that is missing or wrong.
    pub fn parse(
        &self,
        calendar: &Calendar,
        locale: Locale,
        known: &dyn Fn(&str) -> Option<Definition>,
    ) -> Result<Target, Vec<FieldError>> {
        let (partial, mut errors) = self.read(calendar, locale, known);
        match partial.finish() {
            Ok(target) if errors.is_empty() => Ok(target),
            Ok(_) => Err(errors),
            Err(missing) => {
                // A field that was typed wrongly is not also missing.
                errors.extend(missing.into_iter().filter(|m| !self.typed(&m.field)).collect::<Vec<_>>());
                Err(errors)
            }
        }
    }

    fn typed(&self, field: &str) -> bool {
        let text = match field {
            "metric" => &self.metric,
            "value" => &self.value,
            "direction" => &self.direction,
            "period" if self.period.trim().is_empty() => &self.from,
            "period" => &self.period,
            "who" if self.level.trim().is_empty() => &self.person,
            "who" => &self.level,
            _ => return false,
        };
        !text.trim().is_empty()
    }

    /// The form for a stored target, in the reader's notation.
    pub fn from_target(
        target: &Target,
        calendar: &Calendar,
        locale: Locale,
        known: &dyn Fn(&str) -> Option<Definition>,
    ) -> Self {
        let unit_of = |id: &str| known(id).map_or(Unit::Number, |m| m.unit);
        let unit = unit_of(&target.metric);
        let text = |v: Micros| input_text(v, unit, locale);
        let guardrail = target.guardrails.first();
        let guard_unit = guardrail.map_or(Unit::Number, |g| unit_of(&g.metric));
        let (team, person) = match target.who {
            Who::Organisation => (String::new(), String::new()),
            Who::Team(id) => (id.to_string(), String::new()),
            Who::Person(id) => (String::new(), id.to_string()),
        };
        Self {
            metric: target.metric.clone(),
            level: target.who.level().into(),
            team,
            person,
            period: target.period.name(calendar),
            from: target.period.from().to_string(),
            until: target.period.last().to_string(),
            direction: target.direction.code().into(),
            baseline: target.baseline.map(text).unwrap_or_default(),
            value: text(target.value),
            stretch: target.stretch.map(text).unwrap_or_default(),
            distribution: target.distribution.code().into(),
            milestones: target
                .milestones
                .iter()
                .map(|m| MilestoneDraft { day: m.day.to_string(), value: text(m.value) })
                .collect(),
            objective: target.objective.map(|o| o.to_string()).unwrap_or_default(),
            why: target.why.clone(),
            guardrail_metric: guardrail.map(|g| g.metric.clone()).unwrap_or_default(),
            guardrail_direction: guardrail.map(|g| g.direction.code().into()).unwrap_or_default(),
            guardrail_limit: guardrail.map(|g| input_text(g.limit, guard_unit, locale)).unwrap_or_default(),
            weight: target.weight.to_string(),
            is_personal: target.is_personal,
        }
    }
}

impl Partial {
    /// The target, if nothing needed is missing.
    ///
    /// # Errors
    /// A remark `required` for each missing field.
    pub fn finish(self) -> Result<Target, Vec<FieldError>> {
        let mut missing = Vec::new();
        let mut need = |field: &str, absent: bool| {
            if absent {
                missing.push(FieldError::new(field, "required"));
            }
        };
        need("metric", self.metric.is_none());
        need("who", self.who.is_none());
        need("period", self.period.is_none());
        need("direction", self.direction.is_none() && self.metric.is_some());
        need("value", self.value.is_none());
        match (self.metric, self.who, self.period, self.direction, self.value) {
            (Some(metric), Some(who), Some(period), Some(direction), Some(value)) => Ok(Target {
                metric: metric.id,
                who,
                period,
                direction,
                baseline: self.baseline,
                value,
                stretch: self.stretch,
                milestones: self.milestones,
                distribution: self.distribution,
                objective: self.objective,
                why: self.why,
                guardrails: self.guardrails,
                weight: self.weight,
                is_personal: self.is_personal,
            }),
            _ => Err(missing),
        }
    }
}

/// A value as it is typed: rates in percent, the reader's decimal sign, no thousands marks.
pub fn input_text(value: Micros, unit: Unit, locale: Locale) -> String {
    let shown = if unit.is_rate() { value.0.checked_mul(100).map_or(value, Micros) } else { value };
    shown.to_string().replace('.', &locale.decimal_sign().to_string())
}
