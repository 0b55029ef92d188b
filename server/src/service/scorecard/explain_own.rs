//! Everything behind the number of one of the organisation's own KPIs: its parts, each with its own explanation, and
//! what they bring with them.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::route::Route;
use app::scorecard::api::{ExplainQuery, Explanation, Variant};
use domain::formula::{Expr, Worked};
use domain::metric::{Choice, Metric, catalogue};
use domain::{Answer, Measure, Period, format};

use super::context::{Context, Subject};
use super::explain::{self, back, filters, interval};
use super::person::MONTHS;
use super::{behind, figures, largest, period, remarks};
use crate::authz::Denied;
use crate::chart::trend;
use crate::entity::kpi_formula::Model;
use crate::error::ServiceResult;
use crate::kpi::{self, About, Kpi, OwnKpi, Pair};
use crate::service::catalogue::formula::{each_id, in_own_words, own_name, signs};
use crate::service::catalogue::own::name;

/// See the module.
pub(super) async fn explain(c: &Context<'_>, own: Arc<OwnKpi>, query: ExplainQuery) -> ServiceResult<Explanation> {
    let period = period::of_address(c, &query.period)?;
    let subject = c.subject(&query.person, &query.team).await?;
    let pair = Pair::new(&query.from, &query.to);
    let about = About { who: subject.who, filters: &[], pair: pair.as_ref() };
    let last = period.last().min(c.today);
    let row = c.frame.own.on(own.key(), last).ok_or(Denied::NotFound)?;
    let metrics = own.metrics(last);
    let kpi = Kpi::Own(Arc::clone(&own));
    let all: Vec<Kpi> = std::iter::once(kpi.clone()).chain(metrics.iter().map(|m| Kpi::from(*m))).collect();
    let card = kpi::scorecard(c.db(), &c.frame, &c.viewer, &all, about, period, MONTHS).await?;
    let worked = kpi::work_out(c.db(), &c.frame, &c.viewer, &own, about, period).await?;
    let answer = worked.as_ref().map_or_else(Answer::nothing, |worked| worked.answer.clone());
    let needed = kpi.needed(c.frame.revenue);
    let (value, why) = match figures::value(c, &kpi, &answer) {
        Ok(value) => (Some(value), None),
        Err(_) => (None, Some(explain::why(c, &needed, &answer))),
    };
    let large = largest::of(c, subject.who, period, &all).await?;
    let facts = c.facts_of(&needed, period).await?;
    // The answers of the parts stand behind the KPI's own.
    let of_parts = kpi::Point { answers: card.current.answers.get(1..).unwrap_or_default().to_vec(), ..card.current };
    let mut said: Vec<String> = Vec::new();
    let parts_of = &all[1..];
    for remark in parts_of.iter().flat_map(|kpi| remarks::of(c, kpi, parts_of, &of_parts, large.as_ref())) {
        if !said.contains(&remark) {
            said.push(remark);
        }
    }
    let name = name(row, c.locale());
    let (words, currency, calendar) = (c.words, c.currency(), &c.frame.calendar);
    let ask = trend::Ask { words, currency, calendar, name, unit: kpi.unit(last), index: 0 };
    Ok(Explanation {
        metric: own.key().to_owned(),
        name: name.to_owned(),
        definition: row.explanation.clone(),
        scope: subject.name.clone(),
        back: back(c, &subject, period),
        period: period::view(c, period),
        value,
        why,
        formula: in_own_words(c.words, &c.frame.own, &row.formula),
        numbers: worked.as_ref().and_then(|worked| numbers(c, row, worked)).unwrap_or_default(),
        n: worked.as_ref().and_then(|worked| n(c, worked)),
        interval: interval(c, &answer, false),
        remarks: said,
        filters: filters(c, &needed, &choices(&metrics), pair.as_ref(), period),
        version: u32::try_from(row.version).unwrap_or(1),
        roll_up: c.words.t("said.roll_up.recompute"),
        as_of: facts.as_of,
        missing: facts.missing,
        parts: parts(c, worked.as_ref(), &subject, pair.as_ref(), period),
        variants: Vec::new(),
        guardrails: Vec::new(),
        trend: trend::chart(&ask, &card.months),
        records: behind::records(c, &subject, period, own.key(), &needed),
    })
}

/// The choices of the organisation on which any part depends.
fn choices(metrics: &[&'static Metric]) -> Vec<Choice> {
    Choice::ALL.iter().copied().filter(|choice| metrics.iter().any(|m| m.choices.contains(choice))).collect()
}

/// The formula with the numbers in it; none where a part has no value.
fn numbers(c: &Context<'_>, row: &Model, worked: &Worked) -> Option<String> {
    let expr = Expr::parse(&row.formula).ok()?;
    let mut values: BTreeMap<&str, String> = BTreeMap::new();
    for (name, answer) in &worked.parts {
        values.insert(name, format::answer(c.locale(), answer, c.currency())?);
    }
    let text = each_id(&signs(&expr), |id| values.get(id).cloned().unwrap_or_else(|| id.to_owned()));
    Some(format!("{text} = {}", figures::exact(c, &worked.answer)))
}

/// How many facts it rests on, and which part says so.
fn n(c: &Context<'_>, worked: &Worked) -> Option<String> {
    let n = worked.answer.n?;
    Some(match &worked.smallest {
        Some(part) => {
            let part = own_name(c.words, &c.frame.own, part);
            c.words.tf("said.n_smallest", &[("n", &format::count(c.locale(), n)), ("part", &part)])
        }
        None => c.words.tn("said.counted", n, &[]),
    })
}

/// The measures and KPIs that the formula names, with their values and the pages that explain them.
fn parts(
    c: &Context<'_>,
    worked: Option<&Worked>,
    subject: &Subject,
    pair: Option<&Pair>,
    period: Period,
) -> Vec<Variant> {
    let part = |(name, answer): &(String, Answer)| {
        let metric = catalogue::find(name);
        let measure = Measure::from_id(name).filter(|_| metric.is_none());
        let own = c.frame.own.latest(name);
        // A measure is explained where it is a KPI by itself.
        let explained = match (metric.or_else(|| measure?.metric()), own) {
            (Some(metric), _) => Some(metric.id),
            (None, Some(row)) => Some(row.key.as_str()),
            (None, None) => None,
        };
        let definition = match (metric, measure, own) {
            (Some(metric), ..) => c.words.t(&format!("metric.{}.explain", metric.id)),
            (None, Some(measure), _) => c.words.t(&format!("said.measure.{}", measure.id())),
            (None, None, Some(row)) => row.explanation.clone(),
            (None, None, None) => String::new(),
        };
        Variant {
            metric: name.clone(),
            name: own_name(c.words, &c.frame.own, name),
            definition,
            value: figures::exact(c, answer),
            numbers: answer.n.map(|n| format!("n\u{a0}=\u{a0}{}", format::count(c.locale(), n))).unwrap_or_default(),
            href: explained.map(|id| href(c, id, subject, pair, period)).unwrap_or_default(),
        }
    };
    worked.map(|worked| worked.parts.iter().map(part).collect()).unwrap_or_default()
}

fn href(c: &Context<'_>, id: &str, subject: &Subject, pair: Option<&Pair>, period: Period) -> String {
    let text = |id: Option<String>| id.unwrap_or_default();
    Route::Explain(id.to_owned())
        .url()
        .q("person", text(subject.who.person.map(|p| p.to_string())))
        .q("team", text(subject.who.team.map(|t| t.to_string())))
        .q("period", period.name(&c.frame.calendar))
        .q("from", pair.map_or("", Pair::from))
        .q("to", pair.map_or("", Pair::to))
        .href()
}
