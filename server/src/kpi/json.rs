//! Answers as JSON, for the API and the command line.

use domain::{Currency, Figure, Unit};
use serde_json::{Map, Number, Value, json};

use super::{Answered, Input, InputState, KpiRow, Missing};
use crate::words::Words;

/// `{"rows":[…],"facts":[…]}`: money as text with the currency's decimals, ratios and days with six decimals rounded half-even,
/// counts whole; what is not measurable is null beside the reason, and so is an interval that cannot be stated. Each row
/// names the kinds of fact that it is made of, of which `facts` says once how far they reach and what is missing.
pub fn to_json(answered: &Answered, currency: Currency, words: Words) -> Value {
    let row = |row: &KpiRow| {
        let inputs = answered.inputs.get(row.metric.id()).map_or(&[][..], Vec::as_slice);
        to_row(row, inputs, currency, words)
    };
    let mut facts: Vec<&InputState> = Vec::new();
    for state in answered.inputs.values().flatten() {
        if !facts.iter().any(|other| other.input == state.input) {
            facts.push(state);
        }
    }
    facts.sort_by_key(|state| Input::ALL.iter().position(|input| *input == state.input));
    let facts: Vec<Value> = facts.into_iter().map(|state| to_facts(state, words)).collect();
    json!({ "rows": answered.rows.iter().map(row).collect::<Vec<_>>(), "facts": facts })
}

/// How far the facts of a kind reach and what they lack.
fn to_facts(state: &InputState, words: Words) -> Value {
    let missing: Vec<Value> = state.missing().iter().map(|missing| to_missing(missing, words)).collect();
    json!({
        "kind": state.input.kind(),
        "last_day": state.last_day.map(|day| day.to_string()),
        "last_import": state.imported_at().map(|at| at.to_string()),
        "missing": missing,
    })
}

fn to_missing(missing: &Missing, words: Words) -> Value {
    let what = match missing {
        Missing::Facts => json!([]),
        Missing::Months(days) => days.iter().map(|d| format!("{}-{:02}", d.year(), d.month())).collect(),
        Missing::Spend(channels) => json!(channels),
        Missing::Rates(currencies) => json!(currencies),
    };
    json!({ "code": missing.code(), "what": what, "text": missing.text(words) })
}

fn to_row(row: &KpiRow, inputs: &[InputState], currency: Currency, words: Words) -> Value {
    let mut out = Map::new();
    let by: Map<String, Value> =
        row.by.iter().map(|label| (label.dimension.name().to_owned(), json!(label.text))).collect();
    out.insert("metric".into(), json!(row.metric.id()));
    if let Some(version) = row.version {
        out.insert("version".into(), json!(version));
    }
    out.insert("by".into(), Value::Object(by));
    let value = row.answer.value.as_ref().into_value().map_or(Value::Null, |figure| number(*figure, currency));
    out.insert("value".into(), value);
    if matches!(row.unit, Unit::Money | Unit::MoneyPerDay) {
        out.insert("currency".into(), json!(currency.code()));
    }
    out.insert("why".into(), row.answer.value.why().map_or(Value::Null, |why| json!(why.code())));
    out.insert("n".into(), json!(row.answer.n));
    let part = |figure: Option<Figure>| figure.map_or(Value::Null, |f| number(f, currency));
    out.insert("numerator".into(), part(row.answer.numerator));
    out.insert("denominator".into(), part(row.answer.denominator));
    let bound = |x: f64| format!("{x:.6}").parse::<f64>().ok().and_then(Number::from_f64).map(Value::Number);
    let interval = row.answer.interval95.and_then(|(low, high)| Some(json!([bound(low)?, bound(high)?])));
    out.insert("interval95".into(), interval.unwrap_or(Value::Null));
    if let Some(why) = row.answer.no_interval() {
        let text = words.t(&format!("said.no_interval.{}", why.code()));
        out.insert("no_interval".into(), json!({ "code": why.code(), "text": text }));
    }
    if row.flags.partial {
        out.insert("partial".into(), json!(true));
    }
    if row.flags.split {
        out.insert("split".into(), json!(true));
    }
    out.insert("made_of".into(), inputs.iter().map(|state| json!(state.input.kind())).collect());
    out.insert("complete".into(), json!(inputs.iter().all(|state| state.missing().is_empty())));
    Value::Object(out)
}

/// A figure as it goes out: money as text, whole numbers whole, everything else as a number of six decimals.
fn number(figure: Figure, currency: Currency) -> Value {
    let Some(text) = figure.to_plain(currency.digits()) else {
        return Value::Null;
    };
    if matches!(figure.unit, Unit::Money | Unit::MoneyPerDay) {
        return Value::String(text);
    }
    if !text.contains('.')
        && let Ok(whole) = text.parse::<i64>()
    {
        return json!(whole);
    }
    text.parse::<f64>().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
}
