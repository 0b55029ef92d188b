//! One target with all about it.

use app::caller::Caller;
use app::targets::data::{Cascade, CounterView, May, TargetPage};
use domain::target::{Status, Target, Who, gap};
use domain::{Ratio, TargetId, format};
use sea_orm::ConnectionTrait;

use super::check::unit_sign;
use super::form::{check, find, is_closed};
use super::model::{Stored, fields};
use super::reading::read;
use super::rights::{may_change, sees};
use super::standing::{self, Standing};
use super::{around, change, read as lists, steps, words};
use crate::error::ServiceResult;
use crate::query;
use crate::service::desk::Desk;
use crate::state::AppState;

pub(super) async fn page(state: &AppState, caller: &Caller, id: TargetId) -> ServiceResult<TargetPage> {
    let db = &state.db;
    let desk = Desk::read(state, caller).await?;
    let stored = find(db, &desk, id.get()).await?;
    let reading = read(&desk, &fields(&stored, &desk), stored.target.is_personal);
    let check = check(db, &desk, &reading, Some(&stored)).await?;
    let definition = desk.definition(&stored.target.metric);
    let counter = steps::counter(db, &stored).await?;
    let may = may(db, &desk, &stored, counter.is_some()).await?;
    let changes = query::target::changes(db, desk.org(), stored.row.id).await?;
    let changes = change::views(db, &desk, &stored.target, &changes).await?;
    let counter = match counter {
        None => None,
        Some(counter) => {
            let names = query::note::user_names(db, counter.user).await?;
            Some(CounterView {
                who: names.into_values().next().unwrap_or_default(),
                value: words::value(&desk, definition.as_ref(), counter.value),
                comment: counter.comment,
            })
        }
    };
    let facts = facts(db, &desk, &stored.target).await?;
    let cascade = cascade(db, &desk, &stored).await?;
    let version = stored.row.version;
    let (why, unit) = (stored.target.why.clone(), unit_sign(&desk, definition.as_ref()));
    let milestones = stored.target.milestones.iter().map(|m| {
        let value = words::value(&desk, definition.as_ref(), m.value);
        (format::date(desk.locale(), m.day), value, String::new())
    });
    let milestones = milestones.collect();
    let standings = standing::of(db, &desk, vec![stored]).await?;
    let line = lists::lines(db, &desk, &standings).await?.into_iter().next();
    let line = line.ok_or(crate::authz::Denied::NotFound)?;
    Ok(TargetPage { line, version, facts, why, milestones, check, changes, counter, cascade, may, unit })
}

/// What the caller may do with the target as it stands now.
async fn may(db: &impl ConnectionTrait, desk: &Desk, stored: &Stored, is_countered: bool) -> ServiceResult<May> {
    let change = may_change(desk, stored) && !is_closed(desk, stored);
    Ok(May {
        edit: change,
        propose: change && stored.status == Status::Draft,
        answer: steps::answers(desk, stored) && !is_countered,
        settle: change && is_countered,
        record_agreement: !is_countered && steps::records(db, desk, stored).await?,
        cancel: change,
    })
}

/// What was agreed, field by field.
async fn facts(db: &impl ConnectionTrait, desk: &Desk, target: &Target) -> ServiceResult<Vec<(String, String)>> {
    let titles = change::titles(db, desk).await?;
    let definition = desk.definition(&target.metric);
    let grows = definition.as_ref().is_none_or(|m| m.grows);
    let shown = |field: &str, code: &str| match field {
        "why" | "milestones" | "guardrail_direction" | "guardrail_limit" | "direction" => false,
        "distribution" => grows,
        _ => !code.is_empty(),
    };
    let mut all: Vec<(String, String)> = change::flat(target)
        .into_iter()
        .filter(|(field, code)| shown(field, code))
        .map(|(field, code)| {
            let value = match field {
                "value" => words::asked(desk, definition.as_ref(), target.direction, target.value),
                "guardrail" => guardrail(desk, target),
                _ => change::in_words(desk, target, &titles, field, &code),
            };
            (format!("targets.field.{field}"), value)
        })
        .collect();
    all.retain(|(_, value)| !value.is_empty());
    Ok(all)
}

/// `Discount share ≤ 8 %`.
fn guardrail(desk: &Desk, target: &Target) -> String {
    let Some(g) = target.guardrails.first() else { return String::new() };
    let metric = desk.definition(&g.metric);
    format!("{} {}", desk.metric_name(&g.metric), words::asked(desk, metric.as_ref(), g.direction, g.limit))
}

/// The targets of the people below a team's target, and whether they add up to it.
async fn cascade(db: &impl ConnectionTrait, desk: &Desk, stored: &Stored) -> ServiceResult<Option<Cascade>> {
    let (Who::Team(team), Some(metric)) = (stored.target.who, desk.definition(&stored.target.metric)) else {
        return Ok(None);
    };
    let below = around::below(db, desk, team, &metric.id, stored.target.period).await?;
    // Names and targets of people are for those who see their figures; the sum is part of the total.
    let values: Vec<Ratio> = below.iter().map(|s| s.target.exact_value()).collect();
    let seen: Vec<Stored> = below.into_iter().filter(|s| sees(&desk.access, s.target.who)).collect();
    let covered: Vec<i64> = seen.iter().filter_map(|s| s.row.person_id).collect();
    let without = around::people_of(desk, team)
        .into_iter()
        .filter(|p| !covered.contains(p) && sees(&desk.access, Who::Person((*p).into())))
        .filter_map(|p| desk.frame.person_name(p.into()).map(str::to_owned))
        .collect();
    let t = &desk.texts;
    let sentence = if values.is_empty() {
        t.t("targets.cascade.none")
    } else if !metric.grows {
        t.t("targets.cascade.rate")
    } else {
        let sum = around::sum(seen.iter().map(|s| s.target.value)).unwrap_or(Ratio::ZERO);
        let all = values.iter().try_fold(Ratio::ZERO, |a, v| a.checked_add(*v)).unwrap_or(sum);
        let share = all.checked_div(stored.target.exact_value());
        let percent = share.map_or_else(String::new, |s| format::percent(desk.locale(), s, 0));
        let missing = gap(stored.target.exact_value(), &values).filter(|g| !g.is_zero());
        let gap = missing.map(|g| format::signed(g, words::exact(desk, Some(&metric), g))).unwrap_or_default();
        let text =
            t.tf("targets.cascade.sum", &[("sum", &words::exact(desk, Some(&metric), all)), ("percent", &percent)]);
        if gap.is_empty() { text } else { format!("{text} ({gap})") }
    };
    let standings: Vec<Standing> = standing::of(db, desk, seen).await?;
    let lines = lists::lines(db, desk, &standings).await?;
    Ok(Some(Cascade { sentence, lines, without }))
}
