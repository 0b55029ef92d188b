//! What changed: written as codes and exact values, read in the reader's words.

use app::targets::data::ChangeView;
use domain::target::{Definition, Direction, Distribution, Status, Target};
use domain::{Date, Micros, Period, Timestamp, format};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use super::words;
use crate::entity::target_change;
use crate::error::ServiceResult;
use crate::query;
use crate::service::desk::Desk;

/// One field, before and after. Values are codes, ids or millionths.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FieldChange {
    /// Name, as in the form.
    pub field: String,
    /// Before; empty for nothing.
    pub from: String,
    /// After; empty for nothing.
    pub to: String,
}

/// A target as codes, field by field.
pub(super) fn flat(target: &Target) -> Vec<(&'static str, String)> {
    let micros = |m: Option<Micros>| m.map(|m| m.0.to_string()).unwrap_or_default();
    let guardrail = target.guardrails.first();
    let milestones: Vec<String> = target.milestones.iter().map(|m| format!("{}={}", m.day, m.value.0)).collect();
    vec![
        ("who", super::model::who_code(target.who)),
        ("metric", target.metric.clone()),
        ("direction", target.direction.code().to_owned()),
        ("period", target.period.to_string()),
        ("baseline", micros(target.baseline)),
        ("value", target.value.0.to_string()),
        ("stretch", micros(target.stretch)),
        ("distribution", target.distribution.code().to_owned()),
        ("milestones", milestones.join(";")),
        ("objective", target.objective.map(|o| o.to_string()).unwrap_or_default()),
        ("why", target.why.clone()),
        ("guardrail", guardrail.map(|g| g.metric.clone()).unwrap_or_default()),
        ("guardrail_direction", guardrail.map(|g| g.direction.code().to_owned()).unwrap_or_default()),
        ("guardrail_limit", guardrail.map(|g| g.limit.0.to_string()).unwrap_or_default()),
        ("weight", target.weight.to_string()),
    ]
}

/// What differs between two versions.
pub(super) fn between(before: &Target, after: &Target) -> Vec<FieldChange> {
    flat(before)
        .into_iter()
        .zip(flat(after))
        .filter(|((_, from), (_, to))| from != to)
        .map(|((field, from), (_, to))| FieldChange { field: field.to_owned(), from, to })
        .collect()
}

/// Whether a change needs to be agreed again: what is asked, not the words around it.
pub(super) fn is_of_substance(changes: &[FieldChange]) -> bool {
    changes.iter().any(|c| !matches!(c.field.as_str(), "why" | "objective" | "weight"))
}

/// Titles of objectives by id, for the words of changes.
type Titles = std::collections::BTreeMap<String, String>;

/// Every objective's title.
///
/// # Errors
/// When the database refuses.
pub(super) async fn titles(db: &impl ConnectionTrait, desk: &Desk) -> ServiceResult<Titles> {
    let all = query::objective::active(db, desk.org()).await?;
    Ok(all.into_iter().map(|o| (o.id.to_string(), o.title)).collect())
}

/// A code or value in the reader's words. `target` tells the units.
pub(super) fn in_words(desk: &Desk, target: &Target, titles: &Titles, field: &str, code: &str) -> String {
    if code.is_empty() {
        return String::new();
    }
    let t = &desk.texts;
    let micros = |metric: Option<Definition>| {
        code.parse().map_or_else(|_| code.to_owned(), |m| words::value(desk, metric.as_ref(), Micros(m)))
    };
    match field {
        "metric" | "guardrail" => desk.metric_name(code),
        "direction" | "guardrail_direction" if Direction::from_code(code).is_some() => {
            t.t(&format!("targets.direction.{code}"))
        }
        "distribution" if Distribution::from_code(code).is_some() => t.t(&format!("targets.distribution.{code}")),
        "status" if Status::from_code(code).is_some() => t.t(&format!("targets.status.{code}")),
        "baseline" | "value" | "stretch" => micros(desk.definition(&target.metric)),
        "guardrail_limit" => micros(target.guardrails.first().and_then(|g| desk.definition(&g.metric))),
        "period" => {
            Period::parse(code, &desk.frame.calendar).map_or_else(|_| code.to_owned(), |p| desk.period_label(p))
        }
        "objective" => titles.get(code).cloned().unwrap_or_default(),
        "weight" => format!("{code}\u{a0}%"),
        "milestones" => milestones(desk, target, code),
        "who" => super::rights::who_name(desk, who(code).unwrap_or(target.who)),
        _ => code.to_owned(),
    }
}

fn who(code: &str) -> Option<domain::target::Who> {
    use domain::target::Who;
    match code.split_once(':') {
        Some(("person", id)) => id.parse().ok().map(Who::Person),
        Some(("team", id)) => id.parse().ok().map(Who::Team),
        _ => (code == "organisation").then_some(Who::Organisation),
    }
}

fn milestones(desk: &Desk, target: &Target, code: &str) -> String {
    let one = |text: &str| -> Option<String> {
        let (day, value) = text.split_once('=')?;
        let value = words::value(desk, desk.definition(&target.metric).as_ref(), Micros(value.parse().ok()?));
        Some(format!("{}: {value}", format::date(desk.locale(), day.parse::<Date>().ok()?)))
    };
    code.split(';').filter_map(one).collect::<Vec<_>>().join("; ")
}

/// Writes down a change.
///
/// # Errors
/// When the database refuses.
pub(super) async fn write(
    db: &impl ConnectionTrait,
    desk: &Desk,
    target: i64,
    kind: &str,
    changes: &[FieldChange],
    comment: &str,
) -> ServiceResult<()> {
    let row = target_change::Model {
        org_id: desk.org(),
        id: crate::id::next(),
        target_id: target,
        at: desk.now.0,
        user_id: Some(desk.caller.user_id.get()),
        kind: kind.to_owned(),
        changes: serde_json::to_string(changes)?,
        comment: comment.trim().to_owned(),
    };
    Ok(query::target::insert_change(db, row).await?)
}

/// Day and time of a moment, in universal time.
pub(super) fn moment(desk: &Desk, at: i64) -> String {
    let at = Timestamp(at);
    let (hour, minute, _) = at.time_utc();
    format!("{}, {hour:02}:{minute:02}", format::date(desk.locale(), at.date_utc()))
}

/// Changes as they are read.
///
/// # Errors
/// When the database refuses.
pub(super) async fn views(
    db: &impl ConnectionTrait,
    desk: &Desk,
    target: &Target,
    rows: &[target_change::Model],
) -> ServiceResult<Vec<ChangeView>> {
    let names = query::note::user_names(db, rows.iter().filter_map(|r| r.user_id)).await?;
    let titles = titles(db, desk).await?;
    let view = |row: &target_change::Model| {
        let fields: Vec<FieldChange> = serde_json::from_str(&row.changes).unwrap_or_default();
        let said = |field: &str, code: &str| in_words(desk, target, &titles, field, code);
        ChangeView {
            at: moment(desk, row.at),
            who: row.user_id.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
            kind: row.kind.clone(),
            fields: fields.iter().map(|c| (c.field.clone(), said(&c.field, &c.from), said(&c.field, &c.to))).collect(),
            comment: row.comment.clone(),
        }
    };
    Ok(rows.iter().map(view).collect())
}
