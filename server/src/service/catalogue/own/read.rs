//! Own KPIs as the catalogue shows them: lines of the list, and the page of one.

use app::catalogue::api::{CatalogueQuery, KpiDetail, KpiLine, OwnKpi};
use domain::formula::Expr;
use domain::policy::{Action, Relation};
use domain::{Date, Locale, format};

use super::name;
use crate::authz::{Access, Denied};
use crate::entity::kpi_formula::Model;
use crate::error::ServiceResult;
use crate::kpi::{Kpi, Own, PLAIN};
use crate::service::catalogue::today::Values;
use crate::service::catalogue::{first_sentence, formula};
use crate::words::Words;

/// The own KPIs that a query finds. They belong to no kind of company and no perspective.
pub(in crate::service::catalogue) fn found<'a>(query: &CatalogueQuery, own: &'a Own, today: Date) -> Vec<&'a Model> {
    if !query.template.is_empty() || !query.perspective.is_empty() {
        return Vec::new();
    }
    let asked = query.q.to_lowercase();
    let fits = |row: &&Model| {
        let text = [&row.key, &row.name_en, &row.name_nl, &row.explanation].map(|t| t.to_lowercase()).join(" ");
        asked.split_whitespace().all(|word| text.contains(word))
    };
    own.in_force(today).filter(fits).collect()
}

/// A line of the list.
pub(in crate::service::catalogue) fn line(values: &Values, row: &Model, kpi: &Kpi) -> KpiLine {
    KpiLine {
        id: row.key.clone(),
        name: name(row, values.words.0).to_owned(),
        summary: first_sentence(&row.explanation),
        unit: kpi.unit(values.viewer.today).code().to_owned(),
        better: row.better.clone(),
        today: values.today(kpi),
        version: number(row.version),
        needs_pair: kpi.needs_pair(values.frame.revenue),
    }
}

/// The page of one, retired ones included: their addresses stay. Its values are added by who asks for them.
pub(in crate::service::catalogue) fn detail(access: &Access, values: &Values, key: &str) -> ServiceResult<KpiDetail> {
    let caller = &access.caller;
    let (words, own) = (values.words, &values.frame.own);
    let versions = own.versions(key);
    let row = own.on(key, caller.today).or_else(|| versions.first()).ok_or(Denied::NotFound)?;
    let unit = own.find(key, values.currency()).map_or(PLAIN, |kpi| kpi.unit(caller.today));
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
        version: number(row.version),
        retired,
        scope: values.scope(),
        own: Some(OwnKpi { may_edit, versions: versions.iter().rev().map(version).collect() }),
        perspective: row.perspective.clone().unwrap_or_default(),
        ..KpiDetail::default()
    })
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
