//! Everything behind one number.

use std::collections::BTreeMap;

use app::route::Route;
use app::scorecard::api::{ExplainQuery, Explanation, Link, Variant};
use domain::metric::{FactKind, Metric, OverTime, catalogue};
use domain::{Answer, Period, format};

use super::context::{Context, Subject, metric};
use super::person::MONTHS;
use super::{figures, largest, period, remarks};
use crate::chart::trend;
use crate::error::ServiceResult;
use crate::kpi;
use crate::service::catalogue::formula::{each_id, in_words};

/// Metrics that answer the same question under different definitions.
const FAMILIES: [&[&str]; 4] = [
    &["win_rate", "win_rate_pursued", "win_rate_disqualified", "win_rate_value", "win_rate_cohort"],
    &["cycle_days_mean", "cycle_days_median"],
    &["pipeline_value", "pipeline_weighted"],
    &["revenue", "deals_revenue"],
];
/// Counts that formulas are made of.
const PARTS: [&str; 6] =
    ["deals_won", "deals_lost", "deals_open", "deals_disqualified", "deals_revenue", "pipeline_value"];

/// Measures that have no metric of their own name, but the same value as one.
const SAME: [(&str, &str); 2] = [("amount_won", "deals_revenue"), ("amount_open", "pipeline_value")];

/// See the module.
pub(super) async fn explain(c: &Context<'_>, query: ExplainQuery) -> ServiceResult<Explanation> {
    let metric = metric(&query.metric)?;
    let period = period::of_address(c, &query.period)?;
    let subject = c.subject(&query.person, &query.team).await?;
    let family = FAMILIES.iter().find(|f| f.contains(&metric.id)).copied().unwrap_or_default();
    let mut all: Vec<&'static Metric> = vec![metric];
    let parts = metric.parts();
    let others = family.iter().chain(metric.guardrails).chain(&PARTS).copied().chain(parts.iter().map(|m| m.id));
    for id in others {
        if let Some(other) = catalogue::find(id).filter(|o| !all.iter().any(|m| m.id == o.id)) {
            all.push(other);
        }
    }
    let card = kpi::scorecard(c.db(), &c.frame, &c.viewer, &all, subject.who, period, MONTHS).await?;
    let answers: BTreeMap<&str, &Answer> = all.iter().map(|m| m.id).zip(&card.current.answers).collect();
    let large = largest::of(c, subject.who, period).await?;
    let page = Page { c, answers: &answers, subject: &subject, period };
    let Some(answer) = answers.get(metric.id).copied() else {
        return Err(crate::authz::Denied::NotFound.into());
    };
    let (value, why) = match figures::value(c, answer) {
        Ok(value) => (Some(value), None),
        Err(why) => (None, Some(why)),
    };
    let ask = trend::Ask { words: c.words, currency: c.currency(), calendar: &c.frame.calendar, metric, index: 0 };
    let variants = family.iter().filter_map(|id| catalogue::find(id)).map(|m| page.variant(m, metric));
    let mut variants: Vec<Variant> = variants.collect();
    variants.sort_by_key(|v| !v.href.is_empty());
    let guardrails = metric.guardrails.iter().filter(|id| !family.contains(id));
    Ok(Explanation {
        metric: metric.id.to_owned(),
        name: c.name(metric),
        definition: c.words.t(&format!("metric.{}.explain", metric.id)),
        scope: subject.name.clone(),
        back: format!("{}?period={}", subject.home, app::route::encode(&period.name(&c.frame.calendar))),
        period: period::view(c, period),
        value,
        why,
        formula: in_words(c.words, &kpi::formula(c.frame.revenue, metric)),
        numbers: page.numbers(metric),
        n: answer.n.map(|n| c.words.tn("said.facts", n, &[])),
        interval: interval(c, answer),
        remarks: remarks::of(c, metric, &all, &card.current, large.as_ref()),
        filters: filters(c, metric, period),
        version: metric.version,
        roll_up: c.words.t(&format!("said.roll_up.{}", roll_up(metric))),
        as_of: c.as_of(),
        variants: if variants.len() > 1 { variants } else { Vec::new() },
        guardrails: guardrails.filter_map(|id| catalogue::find(id)).map(|m| page.variant(m, metric)).collect(),
        trend: trend::chart(&ask, &card.months),
        records: page.records(metric),
    })
}

/// What is counted, and of a period that has not ended until when.
fn filters(c: &Context<'_>, metric: &Metric, period: Period) -> Vec<String> {
    let measures = kpi::needed(c.frame.revenue, metric);
    let counted = measures.iter().map(|m| c.words.t(&format!("said.measure.{}", m.id())));
    let until = period
        .elapsed(c.today)
        .filter(|_| period.is_partial(c.today))
        .map(|so_far| c.words.tf("said.up_to", &[("date", &format::date(c.locale(), so_far.last()))]));
    counted.chain(until).collect()
}

fn roll_up(metric: &Metric) -> &'static str {
    match metric.roll_up.time {
        OverTime::Sum => "sum",
        OverTime::LastOfPeriod => "last",
        OverTime::RecomputeFromParts => "recompute",
    }
}

/// The interval in words.
fn interval(c: &Context<'_>, answer: &Answer) -> Option<String> {
    let text = figures::interval(c, answer)?;
    let key = if answer.n.unwrap_or(0) < c.frame.min_n { "said.interval.too_few" } else { "said.interval.words" };
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
            figures::explain_href(c, metric, self.subject, self.period)
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

    /// Lists of deals behind the number, for who may see single deals; none where it is made of other facts.
    fn records(&self, metric: &Metric) -> Vec<Link> {
        let c = self.c;
        if kpi::needed(c.frame.revenue, metric).iter().all(|m| m.def().fact != FactKind::Deals) {
            return Vec::new();
        }
        let who = self.subject.who;
        if who.person.is_none() && who.team.is_some_and(|t| !c.sees_people_of(t)) {
            return Vec::new();
        }
        let text = |id: Option<String>| id.unwrap_or_default();
        let link = |part: &&str| Link {
            label: c.words.t(&format!("deals.part.{part}")),
            href: Route::Deals
                .url()
                .q("person", text(who.person.map(|p| p.to_string())))
                .q("team", text(who.team.map(|t| t.to_string())))
                .q("period", self.period.name(&c.frame.calendar))
                .q("part", part)
                .href(),
        };
        parts(metric.id).iter().map(link).collect()
    }
}

/// Lists of deals that a number is made of; the first is the number itself or what is above the line.
fn parts(metric: &str) -> &'static [&'static str] {
    match metric {
        "deals_lost" => &["lost"],
        "deals_open" | "pipeline_value" | "pipeline_weighted" => &["open"],
        "deals_disqualified" => &["disqualified"],
        "deals_pursued" | "win_rate_pursued" => &["won", "lost", "disqualified", "open"],
        "win_rate" | "win_rate_value" => &["won", "decided", "open"],
        "win_rate_disqualified" => &["won", "decided", "disqualified"],
        "win_rate_cohort" => &["cohort"],
        "sales_velocity" => &["open", "won", "decided"],
        _ => &["won"],
    }
}
