//! What surrounds a target: objectives, the other targets of its owner, the targets below it.

use std::collections::BTreeMap;

use domain::objective::Horizon;
use domain::policy::Action;
use domain::target::{LintContext, Partial, Status, Who};
use domain::{Micros, Ratio, TeamId};
use sea_orm::ConnectionTrait;

use super::model::Stored;
use super::past::Known;
use super::rights::{self, relation, who_name};
use crate::entity::objective;
use crate::error::ServiceResult;
use crate::query;
use crate::service::desk::Desk;

/// Whose objective it is.
pub(crate) fn owner(row: &objective::Model) -> Who {
    match (row.level.as_str(), row.team_id, row.person_id) {
        ("person", _, Some(id)) => Who::Person(id.into()),
        ("team", Some(id), _) => Who::Team(id.into()),
        _ => Who::Organisation,
    }
}

/// Whether the caller may know of an objective. The organisation's are everybody's.
pub(crate) fn may_see_objective(desk: &Desk, row: &objective::Model) -> bool {
    match owner(row) {
        Who::Organisation => true,
        who => rights::sees(&desk.access, who) || desk.access.allows(Action::SetObjective, relation(&desk.access, who)),
    }
}

/// Objectives that a target can hang under, as (id, words).
///
/// # Errors
/// When the database refuses.
pub(super) async fn objectives(db: &impl ConnectionTrait, desk: &Desk) -> ServiceResult<Vec<(String, String)>> {
    let mut all = vec![(String::new(), desk.texts.t("targets.form.objective_none"))];
    for row in query::objective::active(db, desk.org()).await? {
        if may_see_objective(desk, &row) {
            let who = who_name(desk, owner(&row));
            all.push((row.id.to_string(), format!("{} ({who})", row.title)));
        }
    }
    Ok(all)
}

/// People of a team and of those below it, today or in the period.
pub(super) fn people_of(desk: &Desk, team: TeamId) -> Vec<i64> {
    let subtree = desk.frame.tree.subtree(team);
    let today = desk.caller.today.day_number();
    let inside = desk.frame.people.iter().filter(|(_, member)| {
        member.stays.iter().any(|s| s.from <= today && today < s.to && s.team.is_some_and(|t| subtree.contains(&t)))
    });
    inside.map(|(person, _)| person.get()).collect()
}

/// The targets of the people of a team on the same metric and period.
///
/// # Errors
/// When the database refuses.
pub(super) async fn below(
    db: &impl ConnectionTrait,
    desk: &Desk,
    team: TeamId,
    metric: &str,
    period: domain::Period,
) -> ServiceResult<Vec<Stored>> {
    let people = people_of(desk, team);
    let wanted = query::target::Wanted { period: Some(period), owners: Some((&people, &[])) };
    let rows = query::target::all(db, desk.org(), wanted).await?;
    let stored: Vec<Stored> = rows.into_iter().map(Stored::read).collect::<ServiceResult<_>>()?;
    Ok(stored
        .into_iter()
        .filter(|s| s.target.metric == metric && s.target.period == period && !s.target.is_personal)
        .filter(|s| !matches!(s.status, Status::Draft | Status::Cancelled))
        .collect())
}

/// What the linter looks at.
///
/// # Errors
/// When the database refuses.
pub(super) async fn context(
    db: &impl ConnectionTrait,
    desk: &Desk,
    partial: &Partial,
    known: Option<&Known>,
    except: Option<i64>,
) -> ServiceResult<LintContext> {
    let mut context = LintContext {
        last_result: known.and_then(|k| k.evidence.last()),
        usual_n: known.and_then(|k| k.evidence.usual_n()),
        ..Default::default()
    };
    let (Some(who), Some(period)) = (partial.who, partial.period) else { return Ok(context) };
    let (people, teams) = match who {
        Who::Person(id) => (vec![id.get()], Vec::new()),
        Who::Team(id) => (Vec::new(), vec![id.get()]),
        Who::Organisation => (Vec::new(), Vec::new()),
    };
    let wanted = query::target::Wanted { period: Some(period), owners: Some((&people, &teams)) };
    let others = query::target::all(db, desk.org(), wanted).await?;
    let others = others.into_iter().filter(|t| Some(t.id) != except && t.status != "cancelled");
    let objectives: BTreeMap<i64, objective::Model> =
        query::objective::active(db, desk.org()).await?.into_iter().map(|o| (o.id, o)).collect();
    let horizon = |id: Option<i64>| objectives.get(&id?).and_then(|o| Horizon::from_code(&o.horizon));
    context.horizons.extend(horizon(partial.objective.map(|o| o.get())));
    for other in others {
        let weight = u8::try_from(other.weight).unwrap_or(0);
        context.other_weights.push(weight);
        if partial.metric.as_ref().is_some_and(|m| m.id == other.metric) {
            context.same_metric_weights.push(weight);
        }
        context.horizons.extend(horizon(other.objective_id));
    }
    // One target alone says nothing of the balance of horizons.
    if context.other_weights.is_empty() {
        context.horizons.clear();
    }
    if let (Who::Team(team), Some(metric)) = (who, &partial.metric)
        && metric.grows
    {
        let children = below(db, desk, team, &metric.id, period).await?;
        context.children = children.iter().map(|s| s.target.exact_value()).collect();
    }
    Ok(context)
}

/// Sum of values.
pub(super) fn sum(values: impl IntoIterator<Item = Micros>) -> Option<Ratio> {
    values.into_iter().try_fold(Ratio::ZERO, |sum, v| sum.checked_add(v.to_ratio()))
}
