//! The form: what stands in it, what can be chosen, and the check beside it.

use app::caller::Caller;
use app::targets::data::{TargetFields, TargetFormView};
use domain::metric::Better;
use domain::policy::{Action, Relation};
use domain::target::{Definition, Status, Who};
use domain::{Grain, ObjectiveId, Period, TargetId};
use sea_orm::ConnectionTrait;

use super::check::{Subject, unit_sign, view};
use super::model::{Stored, fields as fields_of, who_code};
use super::reading::{Reading, is_personal, parts_of, read};
use super::rights::{self, may_change, may_see};
use super::{around, past};
use crate::authz::Denied;
use crate::error::ServiceResult;
use crate::query;
use crate::service::desk::Desk;
use crate::state::AppState;

type Pairs = Vec<(String, String)>;

/// A stored target that the caller may see.
///
/// # Errors
/// Not found otherwise.
pub(super) async fn find(db: &impl ConnectionTrait, desk: &Desk, id: i64) -> ServiceResult<Stored> {
    let row = query::target::by_id(db, desk.org(), id).await?.ok_or(Denied::NotFound)?;
    let stored = Stored::read(row)?;
    if may_see(desk, &stored) { Ok(stored) } else { Err(Denied::NotFound.into()) }
}

/// Whom a form says that it is for, read alone because rights depend on it.
pub(super) fn who_of(fields: &TargetFields) -> Option<Who> {
    match fields.who.trim().split_once(':') {
        Some(("person", id)) => id.parse().ok().map(Who::Person),
        Some(("team", id)) => id.parse().ok().map(Who::Team),
        None if fields.who.trim() == "organisation" => Some(Who::Organisation),
        _ => None,
    }
}

pub(super) async fn load(state: &AppState, caller: &Caller, mut fields: TargetFields) -> ServiceResult<TargetFormView> {
    let db = &state.db;
    let desk = Desk::read(state, caller).await?;
    let stored = match fields.id.trim() {
        "" => None,
        id => Some(find(db, &desk, id.parse().map_err(|_| Denied::NotFound)?).await?),
    };
    if let Some(stored) = &stored {
        if !may_change(&desk, stored) {
            return Err(Denied::Forbidden.into());
        }
        // Nothing typed yet: the form starts with what is stored.
        if fields.version.trim().is_empty() {
            fields = fields_of(stored, &desk);
        }
        fields.personal = if stored.target.is_personal { "1".to_owned() } else { String::new() };
    }
    let who_choices = who_choices(&desk);
    if who_choices.is_empty() {
        return Err(Denied::Forbidden.into());
    }
    prefill(&desk, &mut fields, &who_choices);
    let who = who_of(&fields);
    let personal = is_personal(&desk, who, fields.personal == "1");
    if let Some(who) = who {
        rights::require_set(&desk, who, personal)?;
    }
    fields.personal = if personal { "1".to_owned() } else { String::new() };
    let reading = read(&desk, &fields, personal);
    let check = check(db, &desk, &reading, stored.as_ref()).await?;
    let (metric, period) = (reading.partial.metric.as_ref(), reading.partial.period);
    if let Some(direction) = reading.partial.direction.filter(|_| fields.direction.is_empty()) {
        direction.code().clone_into(&mut fields.direction);
    }
    let guardrail = desk.definition(&fields.guardrail);
    if let Some(guardrail) = guardrail.as_ref().filter(|_| fields.guardrail_direction.is_empty()) {
        let below = guardrail.better == Better::Down;
        fields.guardrail_direction = if below { "stay_below" } else { "stay_above" }.to_owned();
    }
    Ok(TargetFormView {
        id: stored.as_ref().map(|s| TargetId::new(s.row.id)),
        is_personal: personal,
        who: with_blank(who_choices, desk.texts.t("targets.form.who_none"), &fields.who),
        metrics: with_blank(desk.measurable(), desk.texts.t("targets.form.metric_none"), &fields.metric),
        periods: periods(&desk, &fields.period),
        objectives: around::objectives(db, &desk).await?,
        guardrails: guardrails(&desk, metric),
        parts: period.map(|p| parts_of(&desk, p)).unwrap_or_default(),
        unit: unit_sign(&desk, metric),
        guardrail_unit: unit_sign(&desk, guardrail.as_ref()),
        is_distributable: metric.is_none_or(|m| m.grows),
        check,
        fields,
    })
}

/// What the reader most likely wants, where nothing was chosen.
fn prefill(desk: &Desk, fields: &mut TargetFields, who: &Pairs) {
    if fields.period.trim().is_empty() {
        let quarter = Period::containing(desk.caller.today, Grain::Quarter, &desk.frame.calendar);
        fields.period = quarter.map(|p| p.name(&desk.frame.calendar)).unwrap_or_default();
    }
    if fields.distribution.trim().is_empty() {
        "working_days".clone_into(&mut fields.distribution);
    }
    if let (true, [(only, _)]) = (fields.who.trim().is_empty(), who.as_slice()) {
        only.clone_into(&mut fields.who);
    }
}

/// The check of a form or of a stored target.
///
/// # Errors
/// When the database refuses.
pub(super) async fn check(
    db: &impl ConnectionTrait,
    desk: &Desk,
    reading: &Reading,
    stored: Option<&Stored>,
) -> ServiceResult<app::targets::data::Check> {
    let partial = &reading.partial;
    let known = match (&partial.metric, partial.who, partial.period) {
        (Some(metric), Some(who), Some(period)) => Some(past::known(db, desk, metric, who, period).await?),
        _ => None,
    };
    let except = stored.map(|s| s.row.id);
    let context = around::context(db, desk, partial, known.as_ref(), except).await?;
    let objective = match partial.objective {
        Some(id) => title(db, desk, id).await?,
        None => None,
    };
    let subject = Subject {
        partial,
        known: known.as_ref(),
        context: &context,
        objective: objective.as_deref(),
        distributed: reading.distributed,
    };
    let mut check = view(desk, &subject);
    check.errors.clone_from(&reading.errors);
    Ok(check)
}

async fn title(db: &impl ConnectionTrait, desk: &Desk, id: ObjectiveId) -> ServiceResult<Option<String>> {
    let row = query::objective::by_id(db, desk.org(), id.get()).await?;
    Ok(row.filter(|o| around::may_see_objective(desk, o)).map(|o| o.title))
}

fn with_blank(mut pairs: Pairs, blank: String, chosen: &str) -> Pairs {
    if chosen.trim().is_empty() || !pairs.iter().any(|(value, _)| value == chosen) {
        pairs.insert(0, (String::new(), blank));
    }
    pairs
}

/// Whom the caller may set a target for: teams first, then people, by name.
pub(super) fn who_choices(desk: &Desk) -> Pairs {
    let access = &desk.access;
    let mut all = Pairs::new();
    if access.allows(Action::SetTarget, Relation::Organisation) {
        all.push((who_code(Who::Organisation), desk.texts.t("targets.whole_organisation")));
    }
    let mut teams: Vec<_> = desk.frame.tree.parents.keys().filter(|t| rights::sets(access, Who::Team(**t))).collect();
    teams.sort_by_key(|t| desk.frame.tree.path(**t).to_lowercase());
    all.extend(teams.into_iter().map(|t| (who_code(Who::Team(*t)), desk.frame.tree.path(*t))));
    let may = |who| rights::require_set(desk, who, false).is_ok() || rights::require_set(desk, who, true).is_ok();
    let mut people: Vec<_> = desk.frame.people.iter().filter(|(id, _)| may(Who::Person(**id))).collect();
    people.sort_by_key(|(_, member)| member.name.to_lowercase());
    all.extend(people.into_iter().map(|(id, member)| (who_code(Who::Person(*id)), member.name.clone())));
    all
}

/// Periods around today, the one that was chosen, and a free range.
fn periods(desk: &Desk, chosen: &str) -> Pairs {
    let (calendar, today) = (&desk.frame.calendar, desk.caller.today);
    let mut all: Vec<Period> = Vec::new();
    for (grain, back, ahead) in
        [(Grain::Quarter, 2, 4), (Grain::Month, 1, 3), (Grain::HalfYear, 0, 1), (Grain::Year, 0, 1)]
    {
        let Some(now) = Period::containing(today, grain, calendar) else { continue };
        let mut run: Vec<Period> = std::iter::successors(now.previous(), |p| p.previous()).take(back).collect();
        run.reverse();
        run.extend(std::iter::successors(Some(now), |p| p.next()).take(ahead + 1));
        all.extend(run);
    }
    let chosen = Period::parse(chosen, calendar).ok().filter(|p| !all.contains(p));
    all.extend(chosen);
    let mut pairs: Pairs = all.into_iter().map(|p| (p.name(calendar), desk.period_label(p))).collect();
    pairs.push(("free".to_owned(), desk.texts.t("targets.form.free")));
    pairs
}

/// Counter-metrics: those that the catalogue suggests for the metric come first.
fn guardrails(desk: &Desk, metric: Option<&Definition>) -> Pairs {
    let suggested = metric.map_or(&[][..], |m| m.guardrails);
    let mut all = vec![(String::new(), desk.texts.t("targets.form.guardrail_none"))];
    let known = |id: &str| crate::kpi::loaded().any(|m| m.id == id);
    for id in suggested.iter().filter(|id| known(id)) {
        let name = desk.texts.tf("targets.form.guardrail_suggested", &[("name", &desk.metric_name(id))]);
        all.push(((*id).to_owned(), name));
    }
    let own = metric.map_or("", |m| m.id.as_str());
    all.extend(desk.measurable().into_iter().filter(|(id, _)| id != own && !suggested.contains(&id.as_str())));
    all
}

/// Whether nothing can be changed any more.
pub(super) fn is_closed(desk: &Desk, stored: &Stored) -> bool {
    let ended = desk.caller.today >= stored.target.period.to();
    stored.status.is_final() || (ended && matches!(stored.status, Status::Agreed | Status::Running))
}
