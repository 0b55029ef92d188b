//! Between a stored target and the domain's.

use std::collections::BTreeMap;

use app::targets::data::{MILESTONES, TargetFields};
use domain::target::{
    Direction, Distribution, Guardrail, Milestone, MilestoneDraft, Status, Target, TargetDraft, TargetPart, Who,
    input_text, monthly_parts,
};
use domain::{Calendar, Date, Micros, ObjectiveId, Period, PersonId, Ratio, TeamId};
use serde::{Deserialize, Serialize};

use crate::entity::target;
use crate::error::ServiceResult;
use crate::service::desk::Desk;

/// What the column `parts` holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Extra {
    /// Amounts by hand, one per month of the period, in millionths.
    pub parts: Vec<i64>,
    /// Values on the way.
    pub milestones: Vec<Milestone>,
}

/// A stored target, read.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    /// The row.
    pub row: target::Model,
    /// What is asked.
    pub target: Target,
    /// Amounts by hand.
    pub parts: Vec<i64>,
    /// Where it stands in its life, as stored.
    pub status: Status,
}

fn broken(row: &target::Model, what: &str) -> crate::error::ServiceError {
    anyhow::anyhow!("target {} has an unknown {what}", row.id).into()
}

impl Stored {
    /// Reads a row.
    ///
    /// # Errors
    /// When the row holds what no version of Maatstaf writes.
    pub(super) fn read(row: target::Model) -> ServiceResult<Self> {
        let extra: Extra = serde_json::from_str(&row.parts).unwrap_or_default();
        let who = match (row.level.as_str(), row.team_id, row.person_id) {
            ("person", _, Some(id)) => Who::Person(PersonId::new(id)),
            ("team", Some(id), _) => Who::Team(TeamId::new(id)),
            ("organisation", ..) => Who::Organisation,
            _ => return Err(broken(&row, "level")),
        };
        let bounds = (Date::from_day_number(row.from_day), Date::from_day_number(row.to_day));
        let period = match bounds {
            (Some(from), Some(to)) => Period::new(from, to).map_err(|_| broken(&row, "period"))?,
            _ => return Err(broken(&row, "period")),
        };
        let guardrail = row.guardrail_metric.clone().zip(row.guardrail_micros).map(|(metric, limit)| Guardrail {
            metric,
            direction: row
                .guardrail_direction
                .as_deref()
                .and_then(Direction::from_code)
                .unwrap_or(Direction::StayAbove),
            limit: Micros(limit),
        });
        let target = Target {
            metric: row.metric.clone(),
            who,
            period,
            direction: Direction::from_code(&row.direction).ok_or_else(|| broken(&row, "direction"))?,
            baseline: row.baseline_micros.map(Micros),
            value: Micros(row.value_micros),
            stretch: row.stretch_micros.map(Micros),
            milestones: extra.milestones,
            distribution: Distribution::from_code(&row.distribution).unwrap_or_default(),
            objective: row.objective_id.map(ObjectiveId::new),
            why: row.why.clone(),
            guardrails: guardrail.into_iter().collect(),
            weight: u8::try_from(row.weight).unwrap_or(0),
            is_personal: row.is_personal,
        };
        let status = Status::from_code(&row.status).ok_or_else(|| broken(&row, "status"))?;
        Ok(Self { target, parts: extra.parts, status, row })
    }

    /// Amounts by hand as parts of the period.
    pub(super) fn parts_by_hand(&self, calendar: &Calendar) -> Vec<TargetPart> {
        let weights: Vec<Ratio> = self.parts.iter().map(|p| Micros(*p).to_ratio()).collect();
        monthly_parts(self.target.period, &weights, calendar)
    }
}

/// Writes what is asked into a row; who made it, when and its status stay as they are.
pub(super) fn write(row: &mut target::Model, target: &Target, parts: Vec<i64>, desk: &Desk) -> ServiceResult<()> {
    let (team, person) = match target.who {
        Who::Organisation => (None, None),
        Who::Team(id) => (Some(id.get()), None),
        Who::Person(id) => (None, Some(id.get())),
    };
    let is_money = desk.definition(&target.metric).is_some_and(|m| m.unit == domain::Unit::Money);
    let guardrail = target.guardrails.first();
    row.metric = target.metric.clone();
    row.level = target.who.level().to_owned();
    (row.team_id, row.person_id) = (team, person);
    (row.from_day, row.to_day) = (target.period.from().day_number(), target.period.to().day_number());
    row.direction = target.direction.code().to_owned();
    row.baseline_micros = target.baseline.map(|b| b.0);
    row.value_micros = target.value.0;
    row.stretch_micros = target.stretch.map(|s| s.0);
    row.currency = is_money.then(|| desk.frame.currency.to_string());
    row.distribution = target.distribution.code().to_owned();
    row.parts = serde_json::to_string(&Extra { parts, milestones: target.milestones.clone() })?;
    row.objective_id = target.objective.map(|o| o.get());
    row.why = target.why.clone();
    row.guardrail_metric = guardrail.map(|g| g.metric.clone());
    row.guardrail_direction = guardrail.map(|g| g.direction.code().to_owned());
    row.guardrail_micros = guardrail.map(|g| g.limit.0);
    row.weight = i16::from(target.weight);
    row.is_personal = target.is_personal;
    Ok(())
}

/// `person:12`, `team:5` or `organisation`.
pub(super) fn who_code(who: Who) -> String {
    match who {
        Who::Organisation => "organisation".to_owned(),
        Who::Team(id) => format!("team:{id}"),
        Who::Person(id) => format!("person:{id}"),
    }
}

/// The form's fields as the domain reads them.
pub(super) fn draft(fields: &TargetFields, is_personal: bool) -> TargetDraft {
    let (level, id) = fields.who.trim().split_once(':').unwrap_or((fields.who.trim(), ""));
    let of = |name: &str| if level == name { id.to_owned() } else { String::new() };
    let is_free = fields.period.trim() == "free";
    let milestones = (1..=MILESTONES).map(|i| MilestoneDraft {
        day: fields.more(&format!("milestone{i}_date")).to_owned(),
        value: fields.more(&format!("milestone{i}_value")).to_owned(),
    });
    TargetDraft {
        metric: fields.metric.clone(),
        level: level.to_owned(),
        team: of("team"),
        person: of("person"),
        period: if is_free { String::new() } else { fields.period.clone() },
        from: if is_free { fields.from.clone() } else { String::new() },
        until: if is_free { fields.to.clone() } else { String::new() },
        direction: fields.direction.clone(),
        baseline: fields.baseline.clone(),
        value: fields.value.clone(),
        stretch: fields.stretch.clone(),
        distribution: fields.distribution.clone(),
        milestones: milestones.filter(|m| !(m.day.trim().is_empty() && m.value.trim().is_empty())).collect(),
        objective: fields.objective.clone(),
        why: fields.why.clone(),
        guardrail_metric: fields.guardrail.clone(),
        guardrail_direction: fields.guardrail_direction.clone(),
        guardrail_limit: if fields.guardrail.trim().is_empty() {
            String::new()
        } else {
            fields.guardrail_limit.clone()
        },
        weight: fields.weight.clone(),
        is_personal,
    }
}

/// The form of a stored target, in the reader's notation.
pub(super) fn fields(stored: &Stored, desk: &Desk) -> TargetFields {
    let (target, locale) = (&stored.target, desk.locale());
    let draft = TargetDraft::from_target(target, &desk.frame.calendar, locale, &|id| desk.definition(id));
    let unit = desk.definition(&target.metric).map_or(domain::Unit::Number, |m| m.unit);
    let mut more = BTreeMap::new();
    for (i, part) in stored.parts.iter().enumerate() {
        more.insert(format!("part{}", i + 1), input_text(Micros(*part), unit, locale));
    }
    for (i, milestone) in draft.milestones.iter().enumerate() {
        more.insert(format!("milestone{}_date", i + 1), milestone.day.clone());
        more.insert(format!("milestone{}_value", i + 1), milestone.value.clone());
    }
    // A period without a name of its own is shown by its days.
    let is_free = draft.period.contains("..");
    TargetFields {
        id: stored.row.id.to_string(),
        version: stored.row.version.to_string(),
        who: who_code(target.who),
        metric: draft.metric,
        direction: draft.direction,
        period: if is_free { "free".to_owned() } else { draft.period },
        from: draft.from,
        to: draft.until,
        baseline: draft.baseline,
        value: draft.value,
        stretch: draft.stretch,
        distribution: draft.distribution,
        objective: draft.objective,
        objective_new: String::new(),
        why: draft.why,
        guardrail: draft.guardrail_metric,
        guardrail_limit: draft.guardrail_limit,
        guardrail_direction: draft.guardrail_direction,
        weight: draft.weight,
        reason: String::new(),
        personal: if target.is_personal { "1".to_owned() } else { String::new() },
        more,
    }
}
