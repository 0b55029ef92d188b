//! Everything behind one number.

use std::collections::{BTreeMap, BTreeSet};

use app::scorecard::api::{ExplainQuery, Explanation, Variant};
use domain::metric::{Choice, FactKind, Metric, OverTime, catalogue};
use domain::{Answer, Measure, Period, Why, format};

use super::context::{Context, Subject};
use super::person::MONTHS;
use super::{behind, figures, largest, period, remarks};
use crate::authz::Denied;
use crate::chart::trend;
use crate::error::ServiceResult;
use crate::kpi::{self, About, Kpi, Pair};
use crate::service::catalogue::formula::{each_id, in_words};
use crate::service::catalogue::why_of;

/// Counts that formulas are made of.
const PARTS: [&str; 6] =
    ["deals_won", "deals_lost", "deals_open", "deals_disqualified", "deals_revenue", "pipeline_value"];

/// Measures that have no metric of their own name, but the same value as one.
const SAME: [(&str, &str); 2] = [("amount_won", "deals_revenue"), ("amount_open", "pipeline_value")];

/// See the module.
pub(super) async fn explain(c: &Context<'_>, query: ExplainQuery) -> ServiceResult<Explanation> {
    match Kpi::find(&c.frame, &query.metric).ok_or(Denied::NotFound)? {
        Kpi::Catalogue(metric) => of_metric(c, metric, query).await,
        Kpi::Own(own) => super::explain_own::explain(c, own, query).await,
    }
}

async fn of_metric(c: &Context<'_>, metric: &'static Metric, query: ExplainQuery) -> ServiceResult<Explanation> {
    let period = period::of_address(c, &query.period)?;
    let subject = c.subject(&query.person, &query.team).await?;
    let pair = Pair::new(&query.from, &query.to);
    let family = catalogue::family_of(metric.id).map(|family| family.metrics).unwrap_or_default();
    let mut all: Vec<&'static Metric> = vec![metric];
    let parts = metric.parts();
    let others = family.iter().chain(metric.guardrails).chain(&PARTS).copied().chain(parts.iter().map(|m| m.id));
    for id in others {
        if let Some(other) = catalogue::find(id).filter(|o| !all.iter().any(|m| m.id == o.id)) {
            all.push(other);
        }
    }
    let about = About { who: subject.who, filters: &[], pair: pair.as_ref() };
    let kpis: Vec<Kpi> = all.iter().map(|m| Kpi::from(*m)).collect();
    let card = kpi::scorecard(c.db(), &c.frame, &c.viewer, &kpis, about, period, MONTHS).await?;
    let answers: BTreeMap<&str, &Answer> = all.iter().map(|m| m.id).zip(&card.current.answers).collect();
    let large = largest::of(c, subject.who, period, &kpis).await?;
    let page = Page { c, answers: &answers, subject: &subject, period };
    let Some(answer) = answers.get(metric.id).copied() else {
        return Err(Denied::NotFound.into());
    };
    let needed = kpi::needed(c.frame.revenue, metric);
    let facts = c.facts_of(&needed, period).await?;
    let (value, why) = match figures::value(c, &Kpi::from(metric), answer) {
        Ok(value) => (Some(value), None),
        Err(_) => (None, Some(why(c, &needed, answer))),
    };
    let (words, currency, calendar) = (c.words, c.currency(), &c.frame.calendar);
    let ask = trend::Ask { words, currency, calendar, name: &c.name(metric), unit: metric.unit, index: 0 };
    let variants = family.iter().filter_map(|id| catalogue::find(id)).map(|m| page.variant(m, metric));
    let mut variants: Vec<Variant> = variants.collect();
    variants.sort_by_key(|v| !v.href.is_empty());
    let guardrails = metric.guardrails.iter().filter(|id| !family.contains(id));
    let is_of_deals = metric.counted.iter().all(|m| m.def().fact == FactKind::Deals);
    Ok(Explanation {
        metric: metric.id.to_owned(),
        name: c.name(metric),
        definition: c.words.t(&format!("metric.{}.explain", metric.id)),
        scope: subject.name.clone(),
        back: back(c, &subject, period),
        period: period::view(c, period),
        value,
        why,
        formula: in_words(c.words, &kpi::formula(c.frame.revenue, metric)),
        numbers: page.numbers(metric),
        n: answer.n.map(|n| c.words.tn(if is_of_deals { "said.facts" } else { "said.counted" }, n, &[])),
        interval: interval(c, answer, is_of_deals),
        remarks: remarks::of(c, &Kpi::from(metric), &kpis, &card.current, large.as_ref()),
        filters: filters(c, &needed, metric.choices, pair.as_ref(), period),
        version: metric.version,
        roll_up: c.words.t(&format!("said.roll_up.{}", roll_up(metric))),
        as_of: facts.as_of,
        missing: facts.missing,
        parts: Vec::new(),
        variants: if variants.len() > 1 { variants } else { Vec::new() },
        guardrails: guardrails.filter_map(|id| catalogue::find(id)).map(|m| page.variant(m, metric)).collect(),
        trend: trend::chart(&ask, &card.months),
        records: behind::records(c, &subject, period, metric.id, &needed),
    })
}

/// Why a number is not measurable.
pub(super) fn why(c: &Context<'_>, measures: &BTreeSet<Measure>, answer: &Answer) -> String {
    why_of(c.words, measures, answer.value.why().unwrap_or(Why::NoData))
}

/// The scorecard or board that a number stands on.
pub(super) fn back(c: &Context<'_>, subject: &Subject, period: Period) -> String {
    format!("{}?period={}", subject.home, app::route::encode(&period.name(&c.frame.calendar)))
}

/// What is counted, what the organisation chose where vendors disagree, and of a period that has not ended until when.
pub(super) fn filters(
    c: &Context<'_>,
    measures: &BTreeSet<Measure>,
    choices: &[Choice],
    pair: Option<&Pair>,
    period: Period,
) -> Vec<String> {
    let counted = measures.iter().map(|m| c.words.t(&format!("said.measure.{}", m.id())));
    let compared =
        pair.filter(|_| measures.contains(&Measure::AttachBase) || measures.contains(&Measure::AttachUnitsBase));
    let compared = compared.map(|p| c.words.tf("said.pair", &[("from", &p.from()), ("to", &p.to())]));
    let until = period
        .elapsed(c.today)
        .filter(|_| period.is_partial(c.today))
        .map(|so_far| c.words.tf("said.up_to", &[("date", &format::date(c.locale(), so_far.last()))]));
    counted.chain(compared).chain(choices.iter().map(|choice| chosen(c, *choice))).chain(until).collect()
}

/// What the organisation chose, with the version of its choices.
fn chosen(c: &Context<'_>, choice: Choice) -> String {
    let (code, version) = (choice.code(), c.frame.choices_version);
    let title = c.words.t(&format!("choices.{code}.title"));
    let option = c.words.t(&format!("choices.{code}.{}", c.frame.choices.chosen(choice)));
    let key = if version == 0 { "said.choice_default" } else { "said.choice" };
    c.words.tf(key, &[("title", &title), ("option", &option), ("version", &version)])
}

fn roll_up(metric: &Metric) -> &'static str {
    match metric.roll_up.time {
        OverTime::Sum => "sum",
        OverTime::LastOfPeriod => "last",
        OverTime::RecomputeFromParts => "recompute",
    }
}

/// The interval in words, or why none is stated; of what is not measurable neither.
pub(super) fn interval(c: &Context<'_>, answer: &Answer, is_of_deals: bool) -> Option<String> {
    let Some(text) = figures::interval(c, answer) else {
        let why = answer.no_interval().filter(|_| answer.value.is_measured())?;
        return Some(c.words.t(&format!("said.no_interval.{}", why.code())));
    };
    let key = match (answer.n.unwrap_or(0) < c.frame.min_n, is_of_deals) {
        (true, true) => "said.interval.too_few",
        (false, true) => "said.interval.words",
        (true, false) => "said.interval_few",
        (false, false) => "said.interval_other",
    };
    Some(c.words.tf(key, &[("interval", &text), ("n", &answer.n.unwrap_or(0))]))
}

struct Page<'a> {
    c: &'a Context<'a>,
    answers: &'a BTreeMap<&'a str, &'a Answer>,
    subject: &'a Subject,
    period: Period,
}

impl Page<'_> {
    /// The value of a measure or metric, if it is among the answers.
    fn known(&self, id: &str) -> Option<String> {
        let id = SAME.iter().find(|(measure, _)| *measure == id).map_or(id, |(_, metric)| metric);
        format::answer(self.c.locale(), self.answers.get(id)?, self.c.currency())
    }

    /// The formula with the numbers in it: `37 ÷ (37 + 20) = 64.9 %`.
    fn numbers(&self, metric: &Metric) -> String {
        let Some(answer) = self.answers.get(metric.id) else { return String::new() };
        let c = self.c;
        let value = figures::exact(c, answer);
        let formula = kpi::formula(c.frame.revenue, metric);
        let mut complete = true;
        let text = each_id(&formula, |id| {
            self.known(id).unwrap_or_else(|| {
                complete = false;
                String::new()
            })
        });
        let figure = |f: &domain::Figure| format::figure(c.locale(), f, c.currency());
        if complete && formula.contains(' ') {
            return format!("{text} = {value}");
        }
        match (&answer.numerator, &answer.denominator) {
            (Some(above), Some(below)) => format!("{} ÷ {} = {value}", figure(above), figure(below)),
            _ if formula.starts_with("median") => {
                c.words.tf("said.median_of", &[("n", &answer.n.unwrap_or(0)), ("value", &value)])
            }
            _ => value,
        }
    }

    fn variant(&self, metric: &'static Metric, explained: &Metric) -> Variant {
        let c = self.c;
        let href = if metric.id == explained.id {
            String::new()
        } else {
            figures::explain_href(c, metric.id, self.subject, self.period)
        };
        Variant {
            metric: metric.id.to_owned(),
            name: c.name(metric),
            definition: c.words.t(&format!("metric.{}.explain", metric.id)),
            value: self.answers.get(metric.id).map(|a| figures::exact(c, a)).unwrap_or_default(),
            numbers: self.numbers(metric),
            href,
        }
    }
}
