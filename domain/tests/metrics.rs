//! The catalogue as data: invariants, worked examples, and the printed `docs/METRICS.md`.
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;

use domain::metric::{
    Answer, Empty, Example, Expected, Given, Histogram, Interval, Kind, MeasureValue, MeasureValues, Metric,
    OverPeople, OverTime, Status, Take, Timing, Unit, catalogue, evaluate,
};
use domain::{Measure, Outcome};

fn values(example: &Example) -> MeasureValues {
    let value = |given: &Given| match given {
        Given::Count(n) => MeasureValue::Count(*n),
        Given::Money(units) => MeasureValue::Money(i128::from(*units) * 1_000_000),
        Given::Days(days) => MeasureValue::Days(days.iter().copied().collect::<Histogram>()),
        Given::Not(why) => MeasureValue::Not(*why),
    };
    example.given.iter().map(|(m, g)| (*m, value(g))).collect()
}

fn answer(metric: &Metric, example: &Example) -> Answer {
    evaluate(metric, &values(example))
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
                    let counted = |m: &&Measure| m.unit() == Unit::Count;
                    assert!(
                        numerator.iter().all(|m| denominator.contains(m) && counted(&m) || *m == Measure::CohortWon),
                        "{}",
                        metric.id
                    );
                }
            }
            Kind::Simple(_, Take::Mean | Take::Median) | Kind::Derived(_) => {
                assert!(recompute, "{}", metric.id)
            }
            Kind::Simple(m, Take::Total) => {
                assert_eq!(metric.unit, m.unit(), "{}", metric.id);
                let balance = m.def().timing == Timing::Balance;
                assert_eq!(metric.roll_up.time == OverTime::LastOfPeriod, balance, "{}", metric.id);
            }
            Kind::Sum(all) => assert!(all.iter().all(|m| m.unit() == metric.unit), "{}", metric.id),
            Kind::Cumulative(m) => assert_eq!(metric.unit, m.unit()),
        }
    }
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
    let words = support::Words::read();
    let mut out = String::from(
        "# Metrics\n\nPrinted from the catalogue in `domain` by `UPDATE=1 cargo test -p domain`; do not edit.\n\n\
         A ratio is always Σ numerator ÷ Σ denominator. An empty base is *not measurable*, never 0.\n\
         Rounding happens once, half-even, when a value is shown.\n\n## Measures\n\n\
         | measure | aggregation | status | date | over time |\n|---|---|---|---|---|\n",
    );
    for m in Measure::ALL {
        let d = m.def();
        let status = d.status.iter().map(|s| s.code()).collect::<Vec<_>>().join(", ");
        writeln!(out, "| `{}` | {:?} | {status} | {:?} | {:?} |", d.id, d.aggregation, d.date, d.timing).unwrap();
    }
    for m in catalogue::all() {
        writeln!(out, "\n## `{}`: {} / {}\n", m.id, words.name("en", m.id), words.name("nl", m.id)).unwrap();
        writeln!(out, "{}\n\n{}\n", words.explain("en", m.id), words.explain("nl", m.id)).unwrap();
        writeln!(out, "| formula | `{}` |\n|---|---|", m.formula()).unwrap();
        writeln!(out, "| unit · better | {} · {:?} |", m.unit.code(), m.better).unwrap();
        let counted = m.counted.iter().map(|c| c.id()).collect::<Vec<_>>().join(" + ");
        writeln!(out, "| n | `{counted}` |").unwrap();
        writeln!(
            out,
            "| over time · people · teams | {:?} · {:?} · {:?} |",
            m.roll_up.time, m.roll_up.people, m.roll_up.teams
        )
        .unwrap();
        writeln!(out, "| nothing to measure | {} / {} |", words.nothing("en", m.id), words.nothing("nl", m.id))
            .unwrap();
        writeln!(out, "| interval | {:?} |\n| guardrails | {} |", m.interval, m.guardrails.join(", ")).unwrap();
        writeln!(
            out,
            "| perspective | {} |\n| status · version | {:?} · {} |",
            m.perspective.code(),
            m.status,
            m.version
        )
        .unwrap();
        writeln!(out, "\n| worked example | given | result |\n|---|---|---|").unwrap();
        for e in m.examples {
            let given: Vec<String> = e.given.iter().map(|(k, v)| format!("{} = {v:?}", k.id())).collect();
            let result = match e.expected {
                Expected::Value(v) => v.to_string(),
                Expected::Not(w) => format!("not measurable: {}", w.code()),
            };
            let given = if given.is_empty() { "nothing".to_string() } else { given.join("; ") };
            writeln!(out, "| {} | {given} | {result} |", e.source).unwrap();
        }
    }
    support::golden("docs/METRICS.md", &out);
}
