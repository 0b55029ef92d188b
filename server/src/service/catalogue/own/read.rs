//! Own KPIs as the catalogue shows them: lines of the list, and the page of one.

use app::caller::Caller;
use app::catalogue::api::{CatalogueQuery, KpiDetail, KpiLine, OwnKpi};
use domain::formula::Expr;
use domain::policy::{Action, Relation};
use domain::{Date, Locale, Outcome, Ratio, Unit, format};
use sea_orm::DatabaseConnection;

use super::{Own, PLAIN, define, name, values_of};
use crate::authz::{Access, Denied};
use crate::entity::kpi_formula::Model;
use crate::error::ServiceResult;
use crate::service::catalogue::today::Values;
use crate::service::catalogue::{first_sentence, formula};
use crate::words::Words;

/// The own KPIs that a query finds. They belong to no kind of company and no perspective.
pub(in crate::service::catalogue) async fn lines(
    db: &DatabaseConnection,
    caller: &Caller,
    query: &CatalogueQuery,
    own: &Own,
    values: &Values,
) -> ServiceResult<Vec<KpiLine>> {
    if !query.template.is_empty() || !query.perspective.is_empty() {
        return Ok(Vec::new());
    }
    let asked = query.q.to_lowercase();
    let fits = |row: &&Model| {
        let text = [&row.key, &row.name_en, &row.name_nl, &row.explanation].map(|t| t.to_lowercase()).join(" ");
        asked.split_whitespace().all(|word| text.contains(word))
    };
    let rows: Vec<&Model> = own.in_force(caller.today).filter(fits).collect();
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let known = Known::of(db, caller, own, values).await?;
    let line = |row: &Model| {
        let (unit, value) = known.find(&row.key);
        KpiLine {
            id: row.key.clone(),
            name: name(row, caller.locale).to_owned(),
            summary: first_sentence(&row.explanation),
            unit: unit.code().to_owned(),
            better: row.better.clone(),
            today: value.and_then(|value| values.own(unit, value)),
            loaded: true,
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// The page of one, retired ones included: their addresses stay.
pub(in crate::service::catalogue) async fn detail(
    db: &DatabaseConnection,
    access: &Access,
    own: &Own,
    values: &Values,
    key: &str,
) -> ServiceResult<KpiDetail> {
    let caller = &access.caller;
    let words = Words(caller.locale);
    let versions = own.versions(key);
    let row = own.on(key, caller.today).or_else(|| versions.first()).ok_or(Denied::NotFound)?;
    let known = Known::of(db, caller, own, values).await?;
    let (unit, value) = known.find(key);
    let other = Locale::ALL.into_iter().find(|l| *l != caller.locale).unwrap_or(caller.locale);
    let retired = row.retired_at.is_some();
    let may_edit = !retired && access.allows(Action::ManageSettings, Relation::Organisation);
    let version = |row: &Model| (number(row.version), since(words, row.from_day), row.formula.clone());
    Ok(KpiDetail {
        id: row.key.clone(),
        name: name(row, caller.locale).to_owned(),
        other_name: (name(row, other).to_owned(), other.code().to_owned()),
        explanation: row.explanation.clone(),
        formula: formula::in_own_words(words, own, &row.formula),
        formula_ids: Expr::parse(&row.formula).map_or_else(|_| row.formula.clone(), |expr| expr.to_string()),
        unit: unit.code().to_owned(),
        better: row.better.clone(),
        over_time: words.t("said.roll_up.recompute"),
        over_people: words.t("said.over_people.recompute"),
        nothing: String::new(),
        guardrails: Vec::new(),
        templates: Vec::new(),
        definitions: Vec::new(),
        choices_version: 0,
        perspective: String::new(),
        version: number(row.version),
        retired,
        example: None,
        today: value.and_then(|value| values.own(unit, value)),
        loaded: true,
        scope: values.scope(),
        own: Some(OwnKpi { may_edit, versions: versions.iter().rev().map(version).collect() }),
    })
}

/// Units and values of the own KPIs in force.
struct Known(std::collections::BTreeMap<String, (Unit, Option<Outcome<Ratio>>)>);

impl Known {
    async fn of(db: &DatabaseConnection, caller: &Caller, own: &Own, values: &Values) -> ServiceResult<Self> {
        let vocabulary = own.vocabulary(values.currency());
        // Versions that do not fit together, on a day between two changes, have no value.
        let Ok(definitions) = define(own.in_force(caller.today), &vocabulary) else {
            return Ok(Self(std::collections::BTreeMap::new()));
        };
        let found = values_of(db, values, &definitions).await?.unwrap_or_default();
        let value =
            |(key, _, unit): (&str, &Expr, Unit)| (key.to_owned(), (unit, found.get(key).map(|(_, value)| *value)));
        Ok(Self(definitions.iter().map(value).collect()))
    }

    fn find(&self, key: &str) -> (Unit, Option<Outcome<Ratio>>) {
        self.0.get(key).copied().unwrap_or((PLAIN, None))
    }
}

fn number(version: i32) -> u32 {
    u32::try_from(version).unwrap_or(1)
}

/// From when a version holds, in words.
fn since(words: Words, from: Option<i32>) -> String {
    match from.and_then(Date::from_day_number) {
        Some(day) => words.tf("formula.since", &[("day", &format::date(words.0, day))]),
        None => words.t("formula.since_ever"),
    }
}
