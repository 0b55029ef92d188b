//! The KPI catalogue: definitions from `domain`, worded for the reader, with today's values from the one KPI engine.

mod choices;
mod example;
mod find;
pub(in crate::service) mod formula;
pub(in crate::service) mod own;
mod page;
mod today;

use std::collections::BTreeSet;

use app::ApiResult;
use app::caller::Caller;
use app::catalogue::api::{
    Catalogue, CataloguePort, CatalogueQuery, ChoicesInput, ChoicesView, FormulaFields, FormulaFormView, FormulaQuery,
    KpiDetail, KpiGroup, KpiLine, KpiQuery, Related,
};
use domain::metric::{Better, FactKind, Metric, OverPeople, OverTime, Perspective, Status, Template};
use domain::policy::{Action, Relation};
use domain::{Locale, Measure, Why, format};

use super::Services;
use crate::authz::Access;
use crate::error::ServiceResult;
use crate::kpi::Kpi;
use crate::words::Words;
use today::Values;

#[async_trait::async_trait]
impl CataloguePort for Services {
    async fn catalogue(&self, caller: &Caller, query: CatalogueQuery) -> ApiResult<Catalogue> {
        let found = find::find(&query)?;
        let access = reader(self, caller).await?;
        let mut values = Values::open(&self.state.db, &access).await?;
        let own_rows: Vec<_> = own::read::found(&query, &values.frame.own, caller.today);
        let own_kpis = own_rows.iter().filter_map(|row| Some((*row, Kpi::find(&values.frame, &row.key)?)));
        let own_kpis: Vec<_> = own_kpis.map(|(row, kpi)| (row.clone(), kpi)).collect();
        let all = found.iter().map(|metric| Kpi::from(*metric)).chain(own_kpis.iter().map(|(_, kpi)| kpi.clone()));
        let asked: Vec<Kpi> = all.filter(|kpi| !kpi.needs_pair(values.frame.revenue)).collect();
        values.ask(&self.state.db, &asked).await?;
        let own_lines: Vec<_> = own_kpis.iter().map(|(row, kpi)| own::read::line(&values, row, kpi)).collect();
        let groups = Perspective::ALL.into_iter().filter_map(|perspective| {
            let kpis: Vec<KpiLine> =
                found.iter().filter(|m| m.perspective == perspective).map(|m| line(m, &values)).collect();
            (!kpis.is_empty()).then(|| KpiGroup { perspective: perspective.code().to_owned(), kpis })
        });
        let found_own = own_lines.len();
        let own_group = (found_own > 0).then(|| KpiGroup { perspective: String::new(), kpis: own_lines });
        let groups = own_group.into_iter().chain(groups).collect();
        Ok(Catalogue {
            query,
            groups,
            found: count(found.len() + found_own),
            all: count(find::active().count() + values.frame.own.all_latest().count()),
            templates: Template::ALL.iter().map(|t| t.code().to_owned()).collect(),
            perspectives: Perspective::ALL.iter().map(|p| p.code().to_owned()).collect(),
            may_add: access.allows(Action::ManageSettings, Relation::Organisation),
            scope: values.scope(),
        })
    }

    async fn kpi(&self, caller: &Caller, query: KpiQuery) -> ApiResult<KpiDetail> {
        let access = reader(self, caller).await?;
        Ok(page::page(&self.state.db, &access, query).await?)
    }

    async fn formula_form(&self, caller: &Caller, query: FormulaQuery) -> ApiResult<FormulaFormView> {
        Ok(own::form::form(self, caller, query).await?)
    }

    async fn save_formula(&self, caller: &Caller, fields: FormulaFields) -> ApiResult<String> {
        Ok(own::save::save(self, caller, fields).await?)
    }

    async fn show_formula(&self, caller: &Caller, key: String, perspective: String) -> ApiResult<()> {
        Ok(own::save::show(self, caller, &key, &perspective).await?)
    }

    async fn retire_formula(&self, caller: &Caller, key: String) -> ApiResult<()> {
        Ok(own::save::retire(self, caller, &key).await?)
    }

    async fn choices(&self, caller: &Caller) -> ApiResult<ChoicesView> {
        Ok(choices::view(self, caller).await?)
    }

    async fn save_choices(&self, caller: &Caller, input: ChoicesInput) -> ApiResult<()> {
        Ok(choices::save(self, caller, input).await?)
    }
}

/// The caller, if they may read the catalogue.
async fn reader(services: &Services, caller: &Caller) -> ServiceResult<Access> {
    let access = Access::load(&services.state.db, caller).await?;
    access.require(Action::ReadCatalogue, Relation::Organisation)?;
    Ok(access)
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn name(words: Words, id: &str) -> String {
    words.t(&format!("metric.{id}.name"))
}

fn line(metric: &'static Metric, values: &Values) -> KpiLine {
    let (words, kpi) = (values.words, Kpi::from(metric));
    KpiLine {
        id: metric.id.to_owned(),
        name: name(words, metric.id),
        summary: first_sentence(&words.t(&format!("metric.{}.explain", metric.id))),
        unit: metric.unit.code().to_owned(),
        better: better(metric).to_owned(),
        today: values.today(&kpi),
        version: metric.version,
        needs_pair: kpi.needs_pair(values.frame.revenue),
    }
}

/// The definition of a KPI; its values are added by who asks for them.
fn detail(metric: &'static Metric, values: &Values) -> KpiDetail {
    let words = values.words;
    let formula_ids = metric.formula();
    let other = Locale::ALL.into_iter().find(|l| *l != words.0).unwrap_or(words.0);
    let related = |id: &&str| Related { id: (*id).to_owned(), name: name(words, id) };
    KpiDetail {
        id: metric.id.to_owned(),
        name: name(words, metric.id),
        other_name: (name(Words(other), metric.id), other.code().to_owned()),
        explanation: words.t(&format!("metric.{}.explain", metric.id)),
        formula: formula::in_words(words, &formula_ids),
        formula_ids,
        unit: metric.unit.code().to_owned(),
        better: better(metric).to_owned(),
        over_time: words.t(&format!("said.roll_up.{}", over_time(metric))),
        over_people: words.t(&format!("said.over_people.{}", over_people(metric))),
        nothing: words.t(&format!("metric.{}.nothing", metric.id)),
        guardrails: metric.guardrails.iter().map(related).collect(),
        templates: metric.templates.iter().map(|t| t.code().to_owned()).collect(),
        choices_version: values.frame.choices_version,
        perspective: metric.perspective.code().to_owned(),
        version: metric.version,
        retired: metric.status == Status::Retired,
        example: example::shown(words, values.currency(), metric),
        scope: values.scope(),
        ..KpiDetail::default()
    }
}

/// The sentence that says what a figure is; the rest is on its own page.
fn first_sentence(text: &str) -> String {
    text.split_once(". ").map_or_else(|| text.to_owned(), |(first, _)| format!("{first}."))
}

/// The code of the direction that is better.
pub(super) fn better(metric: &Metric) -> &'static str {
    match metric.better {
        Better::Up => "up",
        Better::Down => "down",
        Better::Neither => "neither",
    }
}

fn over_time(metric: &Metric) -> &'static str {
    match metric.roll_up.time {
        OverTime::Sum => "sum",
        OverTime::LastOfPeriod => "last",
        OverTime::RecomputeFromParts => "recompute",
    }
}

fn over_people(metric: &Metric) -> &'static str {
    match metric.roll_up.people {
        OverPeople::Sum => "sum",
        OverPeople::Recount => "recount",
        OverPeople::RecomputeFromParts => "recompute",
    }
}

/// Why a KPI has no value, in words: only of deals anything is decided.
pub(in crate::service) fn why_of(words: Words, measures: &BTreeSet<Measure>, why: Why) -> String {
    let is_of_deals = measures.iter().all(|m| m.def().fact == FactKind::Deals);
    if why == Why::EmptyBase && !is_of_deals {
        return words.tf("said.not_measurable", &[("why", &words.t("said.nothing_counted"))]);
    }
    why_not(words, why)
}

/// Why there is no value, in words.
pub(in crate::service) fn why_not(words: Words, why: Why) -> String {
    let reason = match why {
        Why::MissingRate { currency, date } => {
            let day = format::date(words.0, date);
            words.tf("said.why.missing_rate", &[("currency", &currency.code()), ("date", &day)])
        }
        why => words.t(&format!("said.why.{}", why.code())),
    };
    words.tf("said.not_measurable", &[("why", &reason)])
}
