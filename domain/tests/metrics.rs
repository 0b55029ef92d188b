//! The catalogue as data: invariants, worked examples, and the printed `docs/METRICS.md`.
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;

use domain::formula::{Expr, Vocabulary};
use domain::metric::{
    Answer, Compiled, Empty, Example, Expected, FactKind, Figure, Interval, Kind, MeasureValue, MeasureValues, Metric,
    OverPeople, OverTime, Status, Take, Template, Timing, Unit, catalogue, evaluate,
};
use domain::{Currency, Measure, Outcome, Ratio, Why};

fn answer(metric: &Metric, example: &Example) -> Answer {
    metric.work_out(example)
}

#[test]
fn every_worked_example_comes_out() {
    for metric in catalogue::all() {
        for example in metric.examples {
            let got = answer(metric, example).value;
            match example.expected {
                Expected::Not(why) => {
                    assert_eq!(got.why(), Some(why), "{}: {}", metric.id, example.source)
                }
                Expected::Value(text) => {
                    let decimals = text.split_once('.').map_or(0, |(_, f)| f.len() as u32);
                    let got = got.into_result().map(|f| f.exact.to_decimal(decimals).unwrap());
                    assert_eq!(got.as_deref(), Ok(text), "{}: {}", metric.id, example.source);
                }
            }
        }
    }
}

#[test]
fn ids_are_unique_and_snake_case() {
    let ids: BTreeSet<_> = catalogue::all().iter().map(|m| m.id).collect();
    assert_eq!(ids.len(), catalogue::all().len());
    let measures: BTreeSet<_> = Measure::ALL.iter().map(|m| m.id()).collect();
    assert_eq!(measures.len(), Measure::ALL.len());
    for id in ids.iter().chain(&measures) {
        assert!(id.starts_with(|c: char| c.is_ascii_lowercase()), "{id}");
        assert!(id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'), "{id}");
    }
    for m in Measure::ALL {
        assert_eq!(Measure::from_id(m.id()), Some(*m));
        assert_eq!(serde_json::to_value(m).unwrap(), m.id());
    }
}

#[test]
fn examples_are_enough_and_include_the_empty_case() {
    for metric in catalogue::all().iter().filter(|m| m.status == Status::Active) {
        assert!(metric.examples.len() >= 3, "{}", metric.id);
        let empty = evaluate(metric, &MeasureValues::new()).value;
        match metric.empty {
            Empty::Zero => assert!(matches!(empty, Outcome::Value(f) if f.exact.is_zero()), "{}", metric.id),
            Empty::NotMeasurable => assert!(!empty.is_measured(), "{}", metric.id),
        }
        assert!(metric.examples.iter().any(|e| answer(metric, e).value == empty), "{}: no empty case", metric.id);
    }
}

#[test]
fn every_reference_exists_and_nothing_refers_to_itself() {
    fn visit(metric: &Metric, path: &mut Vec<&'static str>) {
        assert!(!path.contains(&metric.id), "cycle: {path:?} → {}", metric.id);
        path.push(metric.id);
        for part in metric.parts() {
            visit(part, path);
        }
        path.pop();
    }
    for metric in catalogue::all() {
        if let Kind::Derived(terms) = metric.kind {
            assert_eq!(metric.parts().len(), terms.len(), "{}: unknown part", metric.id);
        }
        visit(metric, &mut Vec::new());
        assert!(!metric.guardrails.is_empty(), "{}: a target on it needs a counter-metric", metric.id);
        for id in metric.guardrails {
            assert!(catalogue::find(id).is_some() && *id != metric.id, "{}: guardrail {id}", metric.id);
        }
        assert!(metric.version >= 1 && !metric.counted.is_empty() && !metric.templates.is_empty());
    }
}

#[test]
fn roll_up_and_unit_follow_from_the_kind() {
    for metric in catalogue::all() {
        let recompute = metric.roll_up.time == OverTime::RecomputeFromParts
            && metric.roll_up.people == OverPeople::RecomputeFromParts;
        match metric.kind {
            Kind::Ratio { numerator, denominator } | Kind::Cohort { numerator, denominator } => {
                assert!(recompute, "{}: a ratio is never added or averaged", metric.id);
                let units = |all: &[Measure]| all.iter().map(|m| m.unit().code()).collect::<BTreeSet<_>>();
                assert_eq!((units(numerator).len(), units(denominator).len()), (1, 1), "{}: mixed units", metric.id);
                if metric.interval == Interval::Wilson {
                    let within = |m: &Measure| {
                        m.unit() == Unit::Count
                            && (denominator.contains(m) || m.def().part_of.is_some_and(|w| denominator.contains(&w)))
                    };
                    assert!(numerator.iter().all(within), "{}: not a share", metric.id);
                }
            }
            Kind::Formula(text) => {
                assert!(recompute, "{}", metric.id);
                let unit = Expr::parse(text).unwrap().check(&Vocabulary::catalogue(Currency::EUR)).unwrap();
                // A plain number may be anything that is counted, such as months of money ÷ money.
                let plain = metric.unit == Unit::Number && matches!(unit, Unit::Count | Unit::Ratio);
                assert!(unit == metric.unit || plain, "{}: {unit:?}", metric.id);
            }
            Kind::Simple(_, Take::Mean | Take::Median) | Kind::Derived(_) => {
                assert!(recompute, "{}", metric.id)
            }
            Kind::Simple(m, Take::Total) => {
                assert_eq!(metric.unit, m.unit(), "{}", metric.id);
                let balance = m.def().timing == Timing::Balance;
                assert_eq!(metric.roll_up.time == OverTime::LastOfPeriod, balance, "{}", metric.id);
                assert_ne!(m.def().timing, Timing::Opening, "{}: cannot be added", metric.id);
                // What is counted again, or is a rate by itself, is no sum of parts.
                assert!(recompute || m.def().timing != Timing::Recount, "{}: cannot be added", metric.id);
            }
            Kind::Sum(all) => assert!(all.iter().all(|m| m.unit() == metric.unit), "{}", metric.id),
            Kind::Cumulative(m) => {
                assert_eq!((metric.unit, m.def().timing), (m.unit(), Timing::Additive), "{}", metric.id);
                assert_eq!(metric.roll_up.time, OverTime::LastOfPeriod, "{}: it holds what came before", metric.id);
            }
        }
    }
}

#[test]
fn a_family_answers_one_question_in_several_ways() {
    let mut seen = BTreeSet::new();
    for family in catalogue::FAMILIES {
        assert!(family.metrics.len() > 1, "{}", family.id);
        let metrics: Vec<&Metric> = family.metrics.iter().map(|id| catalogue::find(id).unwrap()).collect();
        for metric in metrics {
            assert!(seen.insert(metric.id), "{} is in two families", metric.id);
            assert_eq!(catalogue::family_of(metric.id), Some(family));
        }
    }
    assert_eq!(catalogue::family_of("spend"), None);
}

#[test]
fn an_answer_carries_its_parts() {
    let metric = catalogue::find("win_rate").unwrap();
    let a = answer(metric, &metric.examples[1]);
    assert_eq!(a.n, Some(57));
    assert_eq!(a.numerator.unwrap().to_plain(2).as_deref(), Some("37"));
    assert_eq!(a.denominator.unwrap().to_plain(2).as_deref(), Some("57"));
    let (low, high) = a.interval95.unwrap();
    assert_eq!((format!("{low:.6}"), format!("{high:.6}")), ("0.519419".into(), "0.759996".into()));
    assert_eq!(serde_json::from_str::<Answer>(&serde_json::to_string(&a).unwrap()).unwrap(), a);
}

#[test]
fn numbers_too_large_are_refused_not_wrong() {
    let mut v = MeasureValues::new();
    v.set(Measure::AmountWon, MeasureValue::Money(i128::MAX));
    v.add(Measure::AmountWon, &MeasureValue::Money(1));
    v.set(Measure::DealsWon, MeasureValue::Count(i64::MAX));
    v.set(Measure::DealsLost, MeasureValue::Count(i64::MAX));
    v.set(Measure::CycleDaysWon, MeasureValue::Days([(i32::MAX, i64::MAX), (1, i64::MAX)].into_iter().collect()));
    for metric in catalogue::all() {
        let _ = evaluate(metric, &v);
    }
    let revenue = evaluate(catalogue::find("revenue").unwrap(), &v);
    assert_eq!(revenue.value.why().map(|w| w.code()), Some("too_large"));
    let rate = evaluate(catalogue::find("win_rate").unwrap(), &v);
    assert_eq!(rate.n, None, "n does not wrap");
}

#[test]
fn metrics_md_is_what_the_catalogue_prints() {
    use std::fmt::Write;
    let (words, sources) = (support::Words::read(), support::Sources::read());
    let mut out = String::from(
        "# Metrics\n\nPrinted from the catalogue in `domain` by `UPDATE=1 cargo test -p domain`; do not edit.\n\n\
         A ratio is always Σ numerator ÷ Σ denominator. An empty base is *not measurable*, never 0.\n\
         Rounding happens once, half-even, when a value is shown.\n\n## Measures\n\n\
         | measure | facts | aggregation | only | date | over time |\n|---|---|---|---|---|---|\n",
    );
    for m in Measure::ALL {
        let d = m.def();
        let status = d.status.iter().map(|s| s.code().to_string());
        let only = d.only.iter().map(|(column, test)| format!("{column} {test:?}"));
        let filled = d.filled.iter().map(|column| format!("{column} filled"));
        let only = status.chain(only).chain(filled).collect::<Vec<_>>().join(", ");
        writeln!(out, "| `{}` | {:?} | {:?} | {only} | {:?} | {:?} |", d.id, d.fact, d.aggregation, d.date, d.timing)
            .unwrap();
    }
    for m in catalogue::all() {
        writeln!(out, "\n## `{}`: {} / {}\n", m.id, words.name("en", m.id), words.name("nl", m.id)).unwrap();
        writeln!(out, "{}\n\n{}\n", words.explain("en", m.id), words.explain("nl", m.id)).unwrap();
        writeln!(out, "| {} | `{}` |\n|---|---|", row("formula", "formule"), m.formula()).unwrap();
        writeln!(out, "| {} | {} |", row("kind", "soort"), kind(m)).unwrap();
        let better = format!("{:?}", m.better).to_lowercase();
        writeln!(out, "| {} | {} · {better} |", row("unit · better", "eenheid · beter"), m.unit.code()).unwrap();
        let ids = |all: &mut dyn Iterator<Item = Measure>| all.map(|c| format!("`{}`", c.id())).collect::<Vec<_>>();
        let measures = ids(&mut m.computed().into_iter()).join(", ");
        writeln!(out, "| {} | {measures} |", row("measures", "metingen")).unwrap();
        let counted = ids(&mut m.counted.iter().copied()).join(" + ");
        writeln!(out, "| n | {counted} |").unwrap();
        writeln!(
            out,
            "| {} | {:?} · {:?} · {:?} |",
            row("over time · people · teams", "over tijd · mensen · teams"),
            m.roll_up.time,
            m.roll_up.people,
            m.roll_up.teams
        )
        .unwrap();
        let nothing = row("nothing to measure", "niets te meten");
        writeln!(out, "| {nothing} | {} / {} |", words.nothing("en", m.id), words.nothing("nl", m.id)).unwrap();
        writeln!(out, "| {} | {:?} |", row("interval", "interval"), m.interval).unwrap();
        writeln!(out, "| {} | {} |", row("guardrails", "tegenwichten"), m.guardrails.join(", ")).unwrap();
        let templates = m.templates.iter().map(|t| t.code()).collect::<Vec<_>>().join(", ");
        writeln!(out, "| {} | {templates} |", row("templates", "soorten bedrijf")).unwrap();
        if let Some(family) = catalogue::family_of(m.id) {
            let others = family.metrics.iter().filter(|id| **id != m.id).copied().collect::<Vec<_>>().join(", ");
            writeln!(out, "| {} | {}: {others} |", row("beside it", "ernaast"), family.id).unwrap();
        }
        writeln!(out, "| {} | {} |", row("perspective", "perspectief"), m.perspective.code()).unwrap();
        writeln!(out, "| {} | {:?} · {} |", row("status · version", "status · versie"), m.status, m.version).unwrap();
        if !m.choices.is_empty() {
            let choices = m.choices.iter().map(|c| c.code()).collect::<Vec<_>>().join(", ");
            writeln!(out, "| {} | {choices} |", row("depends on the choices", "hangt af van de keuzen")).unwrap();
        }
        let example = row("worked example", "rekenvoorbeeld");
        let (given, result) = (row("given", "gegeven"), row("result", "uitkomst"));
        writeln!(out, "\n| {example} | {given} | {result} |\n|---|---|---|").unwrap();
        for e in m.examples {
            let given: Vec<String> = e.given.iter().map(|(k, v)| format!("{} = {v:?}", k.id())).collect();
            let result = match e.expected {
                Expected::Value(v) => v.to_string(),
                Expected::Not(w) => format!("{}: {}", row("not measurable", "niet meetbaar"), w.code()),
            };
            let given = if given.is_empty() { row("nothing", "niets") } else { given.join("; ") };
            writeln!(out, "| {} | {given} | {result} |", row(e.source, sources.nl(e.source))).unwrap();
        }
    }
    support::golden("docs/METRICS.md", &out);
}

#[test]
fn every_source_of_an_example_is_said_in_dutch_and_no_other() {
    let used: BTreeSet<&str> = catalogue::all().iter().flat_map(|m| m.examples).map(|e| e.source).collect();
    let sources = support::Sources::read();
    let said: BTreeSet<&str> = sources.all().map(String::as_str).collect();
    assert_eq!(said, used);
}

/// A label in both languages.
fn row(en: &str, nl: &str) -> String {
    if en == nl { en.to_owned() } else { format!("{en} / {nl}") }
}

/// The kind of a metric in both languages.
fn kind(metric: &Metric) -> String {
    match metric.kind {
        Kind::Simple(..) | Kind::Sum(_) => row("simple", "enkelvoudig"),
        Kind::Ratio { .. } => row("ratio", "verhouding"),
        Kind::Cohort { .. } => row("cohort", "cohort"),
        Kind::Cumulative(_) => row("cumulative: since the fiscal year began", "cumulatief: sinds het boekjaar begon"),
        Kind::Derived(_) | Kind::Formula(_) => row("derived", "afgeleid"),
    }
}

/// Every KPI that the product promises, by id; what-if and before/after are no metrics but studies of them.
const PROMISED: &str = "revenue deals_revenue sales_revenue campaign_revenue deals_won deals_lost deals_open \
    deals_pursued win_rate win_rate_pursued win_rate_disqualified win_rate_value win_rate_cohort avg_deal_value \
    cycle_days_mean cycle_days_median sales_velocity pipeline_value pipeline_weighted pipeline_coverage \
    quota_attainment mrr arr mrr_new mrr_expansion mrr_contraction mrr_churn mrr_reactivation mrr_churn_rate \
    gross_mrr_churn_rate net_mrr_churn_rate customer_churn_rate retention_rate repurchase_retention nrr grr \
    nrr_monthly grr_monthly arpa quick_ratio quick_ratio_without_reactivation ltv cac ltv_cac cac_payback spend leads \
    cpl cpc ctr cost_per_order aov lead_conversion lead_to_customer order_conversion qualified_share roi roas atv upt avg_unit_price \
    attach_rate attach_units repeat_purchase_rate returning_customer_rate new_customers activities activities_call \
    activities_meeting activities_email activities_demo activities_proposal activities_other revenue_per_person \
    won_per_activity csat nps return_rate discount_share sold_retention_90 revenue_ytd new_customers_ytd \
    cycle_days_lost_mean cycle_days_lost_median cycle_days_closed_mean cycle_days_closed_median needed_coverage \
    expected_coverage quota_variance net_mrr_churn_rate_daily mrr_churn_rate_monthly gross_margin ltv_margin deals_given_away";

#[test]
fn every_promised_kpi_is_in_the_catalogue() {
    let missing: Vec<_> = PROMISED.split_whitespace().filter(|id| catalogue::find(id).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for template in Template::ALL {
        assert!(catalogue::find(catalogue::revenue_of(template).id).is_some());
        assert!(catalogue::all().iter().filter(|m| m.templates.contains(&template)).count() >= 10, "{template:?}");
    }
}

#[test]
fn a_name_that_is_both_a_measure_and_a_metric_means_the_same() {
    for metric in catalogue::all() {
        if let Some(measure) = Measure::from_id(metric.id) {
            assert_eq!(metric.kind, Kind::Simple(measure, Take::Total), "{}", metric.id);
        }
    }
}

#[test]
fn metrics_say_which_facts_they_need() {
    let facts = |id| catalogue::find(id).unwrap().facts().into_iter().collect::<Vec<_>>();
    assert_eq!(facts("win_rate"), [FactKind::Deals]);
    assert_eq!(facts("arr"), [FactKind::Subscriptions]);
    assert_eq!(
        facts("ltv_cac"),
        [FactKind::Subscriptions, FactKind::CampaignDays, FactKind::Measurements, FactKind::Customers]
    );
    assert_eq!(facts("pipeline_coverage"), [FactKind::Deals, FactKind::Targets]);
}

#[test]
fn a_formula_shows_its_parts_and_its_interval() {
    let metric = catalogue::find("retention_rate").unwrap();
    let a = answer(metric, &metric.examples[0]);
    assert_eq!(a.numerator, Some(Figure::new(90.into(), Unit::Count)));
    assert_eq!(a.denominator, Some(Figure::new(100.into(), Unit::Count)));
    let (low, high) = a.interval95.unwrap();
    assert!(low < 0.9 && 0.9 < high && high < 1.0);
    assert_eq!(a.n, Some(100));
}

#[test]
fn an_own_formula_is_computed_over_measures_and_metrics() {
    let vocabulary = Vocabulary::catalogue(Currency::EUR);
    let read = |text: &str| Compiled::new(Expr::parse(text).unwrap(), &vocabulary).unwrap();
    let mut v = MeasureValues::new();
    v.set(Measure::AmountWon, MeasureValue::Money(1_000_000_000));
    v.set(Measure::DealsWon, MeasureValue::Count(3));
    v.set(Measure::ActivitiesCall, MeasureValue::Count(40));
    let per_call = read("revenue / activities.call");
    let answer = per_call.answer(&v, |_| None);
    assert_eq!((per_call.unit(), answer.value), (Unit::Money, Outcome::Value(Figure::new(25.into(), Unit::Money))));
    assert_eq!(answer.numerator, Some(Figure::new(1000.into(), Unit::Money)));
    assert_eq!(answer.denominator, Some(Figure::new(40.into(), Unit::Count)));
    let none = read("win_rate / coalesce(cpl / cpl, 1) + avg_deal_value / spend").answer(&v, |_| None);
    assert_eq!(none.value.why().map(|w| w.code()), Some("no_data"), "spend is not known, which is not 0");
    let other = read("win_rate * 2").answer(&v, |name| (name == "win_rate").then_some(Outcome::Value(4.into())));
    assert_eq!(other.value, Outcome::Value(Figure::new(8.into(), Unit::Ratio)));
    let wrong = |text: &str| Compiled::new(Expr::parse(text).unwrap(), &vocabulary).unwrap_err().problem.code();
    assert_eq!(wrong("revenue + deals_won"), "unit_mismatch");
    assert_eq!(wrong("revenue + 5 USD"), "currency_mismatch");
    assert_eq!(wrong("revenu"), "unknown_name");
}

/// The published velocities over 30 and 90 days (F4.2), from the KPI itself and not from a value that was rounded first.
#[test]
fn sales_velocity_over_days_is_not_rounded_in_between() {
    let velocity = catalogue::find("sales_velocity").unwrap();
    for (source, days, expected) in [("mavenlb.com", 30, "83333.33"), ("winsabove", 90, "209353.85")] {
        let example = velocity.examples.iter().find(|e| e.source.starts_with(source)).unwrap();
        let formula = Expr::parse(&format!("sales_velocity * {days}")).unwrap();
        let formula = Compiled::new(formula, &Vocabulary::catalogue(Currency::EUR)).unwrap();
        let answer = formula.answer(&example.values(), |_| None).value.into_value().unwrap();
        assert_eq!(answer.to_plain(2).as_deref(), Some(expected), "{source}");
    }
}

#[test]
fn different_customers_of_two_cells_are_not_added() {
    let cell = |n| MeasureValues::from_iter([(Measure::CustomersBuying, MeasureValue::Count(n))]);
    let mut both = cell(3);
    both.merge(&cell(4));
    assert_eq!(both.get(Measure::CustomersBuying), MeasureValue::Not(Why::NotApplicable));
    let mut same = MeasureValues::new();
    same.merge(&cell(3));
    assert_eq!(same, cell(3));
}

#[test]
fn a_share_of_a_micro_is_kept() {
    let mut v = MeasureValues::new();
    let third = MeasureValue::Exact(Ratio::new(500, 3).unwrap());
    v.add(Measure::MrrClosing, &third);
    v.add(Measure::MrrClosing, &third);
    v.add(Measure::MrrClosing, &MeasureValue::Money(1_000_000));
    assert_eq!(v.get(Measure::MrrClosing), MeasureValue::Exact(Ratio::new(1003, 3).unwrap()));
    let json = serde_json::to_string(&v).unwrap();
    assert_eq!(serde_json::from_str::<MeasureValues>(&json).unwrap(), v);
    v.add(Measure::MrrClosing, &MeasureValue::Count(1));
    assert_eq!(v.get(Measure::MrrClosing), MeasureValue::Not(Why::NotApplicable));
}
