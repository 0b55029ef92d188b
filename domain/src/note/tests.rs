use super::*;
use crate::metric::{MeasureValue, MeasureValues, evaluate};
use crate::{Currency, Measure, Ratio};

fn draft() -> NoteDraft {
    NoteDraft {
        kind: "service_quality".into(),
        evidence: " Called back within the hour. ".into(),
        rubric: "4".into(),
        visibility: "shared".into(),
        metric: "win_rate".into(),
        period: "2017Q2".into(),
    }
}

#[test]
fn a_note_needs_evidence() {
    let note = draft().parse(&Calendar::default()).unwrap();
    assert_eq!((note.evidence.as_str(), note.rubric.map(Rubric::get)), ("Called back within the hour.", Some(4)));
    let codes = |d: NoteDraft| -> Vec<String> {
        d.parse(&Calendar::default()).unwrap_err().into_iter().map(|e| format!("{}:{}", e.field, e.code)).collect()
    };
    assert_eq!(codes(NoteDraft { evidence: " ".into(), ..draft() }), ["evidence:required"]);
    assert_eq!(codes(NoteDraft { evidence: "x".repeat(4001), ..draft() }), ["evidence:too_long"]);
    assert_eq!(
        codes(NoteDraft { rubric: "6".into(), metric: "x".into(), ..draft() }),
        ["rubric:rubric_range", "metric:unknown_metric"]
    );
    assert_eq!(
        codes(NoteDraft { kind: "x".into(), period: "x".into(), ..draft() }),
        ["kind:required", "period:period_syntax"]
    );
}

#[test]
fn a_snapshot_keeps_the_number_as_it_was() {
    let metric = catalogue::find("win_rate").unwrap();
    let values = MeasureValues::from_iter([
        (Measure::DealsWon, MeasureValue::Count(37)),
        (Measure::DealsLost, MeasureValue::Count(20)),
    ]);
    let period = Period::parse("2017Q2", &Calendar::default()).unwrap();
    let snapshot = Snapshot::of(metric, period, &evaluate(metric, &values), Ratio::new(7, 10), Currency::EUR, None);
    assert_eq!((snapshot.value.as_deref(), snapshot.target.as_deref()), (Some("0.649123"), Some("0.700000")));
    assert_eq!((snapshot.n, snapshot.formula_version, snapshot.currency), (Some(57), 1, None));
    let json = serde_json::to_string(&snapshot).unwrap();
    assert_eq!(serde_json::from_str::<Snapshot>(&json).unwrap(), snapshot);
}
