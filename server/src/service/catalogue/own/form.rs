//! The form of an own KPI with the check of what was typed, on the organisation's real data.

use app::caller::Caller;
use app::catalogue::api::{FormulaCheck, FormulaFields, FormulaFormView, FormulaQuery};
use domain::policy::{Action, Relation};
use domain::{Date, format};
use sea_orm::DatabaseConnection;

use super::check::{Checked, check};
use crate::authz::{Access, Denied};
use crate::entity::kpi_formula::Model;
use crate::error::ServiceResult;
use crate::kpi::{self, Kpi, OwnKpi};
use crate::service::Services;
use crate::service::catalogue::today::Values;
use crate::service::catalogue::{formula, why_not};
use crate::words::Words;

/// See the module.
pub(in crate::service::catalogue) async fn form(
    services: &Services,
    caller: &Caller,
    query: FormulaQuery,
) -> ServiceResult<FormulaFormView> {
    let db = &services.state.db;
    let access = Access::load(db, caller).await?;
    access.require(Action::ManageSettings, Relation::Organisation)?;
    let values = Values::open(db, &access).await?;
    let own = &values.frame.own;
    let stored = match query.key.as_str() {
        "" => None,
        key => Some(own.latest(key).ok_or(Denied::NotFound)?),
    };
    let words = Words(caller.locale);
    let is_open = query.typed.is_none();
    let mut fields =
        query.typed.unwrap_or_else(|| stored.map_or_else(FormulaFields::default, |row| of(row, caller.today)));
    fields.key = query.key;
    if let Some(row) = stored.filter(|_| fields.version.is_empty()) {
        fields.version = row.version.to_string();
    }
    if fields.better.is_empty() {
        fields.better = "up".to_owned();
    }
    let check = if is_open && stored.is_none() {
        FormulaCheck::default()
    } else {
        let checked = check(words, own, values.currency(), caller.today, &fields);
        say(db, &values, &fields, checked).await?
    };
    let name = stored.map(|row| super::name(row, caller.locale).to_owned()).unwrap_or_default();
    Ok(FormulaFormView { fields, name, check, scope: values.scope() })
}

/// What stands in the form when it is opened.
fn of(row: &Model, today: Date) -> FormulaFields {
    let earliest = row.from_day.map_or(today.day_number(), |from| today.day_number().max(from + 1));
    FormulaFields {
        key: row.key.clone(),
        version: row.version.to_string(),
        name_en: row.name_en.clone(),
        name_nl: row.name_nl.clone(),
        explanation: row.explanation.clone(),
        formula: row.formula.clone(),
        better: row.better.clone(),
        from: Date::from_day_number(earliest).unwrap_or(today).to_string(),
    }
}

/// What the check found, with the value that the formula has now.
async fn say(
    db: &DatabaseConnection,
    values: &Values,
    fields: &FormulaFields,
    checked: Checked,
) -> ServiceResult<FormulaCheck> {
    let (own, words) = (&values.frame.own, values.words);
    let Some(definitions) = checked.definitions else {
        let errors = if fields.formula.trim().is_empty() { Vec::new() } else { checked.formula };
        return Ok(FormulaCheck { errors, marked: checked.marked, ..FormulaCheck::default() });
    };
    let is_known = |name: &str| own.latest(name).is_some();
    // Of all own KPIs the one that is neither stored nor another's is the one being typed.
    let key = definitions.iter().map(|(name, ..)| name).find(|name| *name == checked.key || !is_known(name));
    let Some(key) = key.map(str::to_owned) else { return Ok(FormulaCheck::default()) };
    let typed = Kpi::Own(OwnKpi::typed(&key, &definitions));
    let period = values.period.as_slice();
    let value =
        match kpi::points(db, &values.frame, &values.viewer, std::slice::from_ref(&typed), values.who, period).await {
            Ok(points) => points.first().and_then(|point| point.answers.first()).map(|answer| {
                let exact = format::answer(words.0, answer, values.currency());
                exact.unwrap_or_else(|| why_not(words, answer.value.why().unwrap_or(domain::Why::NoData)))
            }),
            // Somebody who sees nobody's figures has no preview.
            Err(kpi::KpiError::Denied(_)) => None,
            Err(other) => return Err(other.into()),
        };
    Ok(FormulaCheck {
        words: formula::in_own_words(words, own, fields.formula.trim()),
        unit: typed.unit(values.viewer.today).code().to_owned(),
        value,
        ..FormulaCheck::default()
    })
}
