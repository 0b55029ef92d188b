//! Whether an own KPI may be saved as it was typed, and if not, why and where.

use app::FieldError;
use app::catalogue::api::{FormulaFields, Marked};
use domain::formula::{Definitions, Expr, Fault, Problem};
use domain::{Currency, Date};

use crate::entity::kpi_formula::Model;
use crate::kpi::Own;
use crate::words::Words;

/// Most characters of a name.
const NAME: usize = 100;
/// Most characters of an explanation.
const EXPLANATION: usize = 2_000;
/// Names that addresses of other pages have.
const RESERVED: [&str; 2] = ["new", "edit"];
/// What stands for the key of a KPI that has no name yet.
const UNNAMED: &str = "unnamed_kpi";

/// See the module.
#[derive(Debug, Default)]
pub(in crate::service::catalogue) struct Checked {
    /// Name by which it is referred to.
    pub key: String,
    /// Day from which it holds; none: since ever.
    pub from: Option<Date>,
    /// Remarks on the formula.
    pub formula: Vec<FieldError>,
    /// Where the formula is wrong.
    pub marked: Option<Marked>,
    /// Remarks on the other fields.
    pub others: Vec<FieldError>,
    /// All own KPIs with this one; none where the formula is wrong.
    pub definitions: Option<Definitions>,
}

/// Checks what was typed against the catalogue and the other own KPIs. `today` is the first day for a new version.
pub(in crate::service::catalogue) fn check(
    words: Words,
    own: &Own,
    currency: Currency,
    today: Date,
    fields: &FormulaFields,
) -> Checked {
    let mut checked = Checked::default();
    checked.others.extend(names(fields));
    let stored = own.latest(&fields.key);
    checked.key = stored.map_or_else(|| key_of(&fields.name_en), |row| row.key.clone());
    if stored.is_none() && (!own.versions(&checked.key).is_empty() || RESERVED.contains(&checked.key.as_str())) {
        checked.others.push(remark("name_en", "formula.error.name_taken"));
    }
    match stored.map(|row| first_day(row, today, &fields.from)) {
        Some(Ok(day)) => checked.from = Some(day),
        Some(Err(key)) => checked.others.push(remark("from", key)),
        None => {}
    }
    formula(words, own, currency, fields, &mut checked);
    checked
}

fn formula(words: Words, own: &Own, currency: Currency, fields: &FormulaFields, checked: &mut Checked) {
    let text = fields.formula.trim();
    let expr = match Expr::parse(text) {
        Ok(expr) => expr,
        Err(fault) => return refuse(words, checked, &fault, text),
    };
    let key = if checked.key.is_empty() { UNNAMED.to_owned() } else { checked.key.clone() };
    let others = own.all_latest().filter(|row| row.key != key);
    let parsed = others.filter_map(|row| Some((row.key.clone(), Expr::parse(&row.formula).ok()?)));
    let all = parsed.chain([(key.clone(), expr)]).collect();
    match Definitions::check(&all, &own.vocabulary(currency)) {
        Ok(definitions) => checked.definitions = Some(definitions),
        Err(wrong) if wrong.name == key => match wrong.fault.problem {
            Problem::NameTaken | Problem::BadName => {
                if !checked.others.iter().any(|e| e.field == "name_en") {
                    checked.others.push(remark("name_en", "formula.error.name_taken"));
                }
            }
            _ => refuse(words, checked, &wrong.fault, text),
        },
        Err(wrong) => {
            let error = match &wrong.fault.problem {
                Problem::Circular { path } => remark("formula", "formula.error.circular").arg("path", path.join(" → ")),
                _ => remark("formula", "formula.error.breaks_other").arg("other", wrong.name),
            };
            checked.formula.push(error);
        }
    }
}

/// Says what is wrong with the formula and where.
fn refuse(words: Words, checked: &mut Checked, fault: &Fault, text: &str) {
    let found = fault.remark("formula", text);
    let suggested = found.args.iter().any(|(name, _)| name == "suggestion");
    let code = found.code.trim_start_matches("formula_");
    let key = format!("formula.error.{code}{}", if suggested { "_suggested" } else { "" });
    let mut error = FieldError::new("formula", &key);
    for (name, value) in found.args {
        let value = if matches!(name.as_str(), "left" | "right" | "unit") { unit(words, &value) } else { value };
        error = error.arg(&name, value);
    }
    checked.formula.push(error);
    let cut = |from: usize, to: usize| text.get(from..to).unwrap_or_default().to_owned();
    checked.marked = Some((cut(0, fault.at.start), cut(fault.at.start, fault.at.end), cut(fault.at.end, text.len())));
}

/// A unit of a remark in words; one without a name as it is.
fn unit(words: Words, code: &str) -> String {
    let key = format!("formula.unit_name.{code}");
    let text = words.t(&key);
    if text == key { code.to_owned() } else { text }
}

fn remark(field: &str, key: &str) -> FieldError {
    FieldError::new(field, key)
}

fn names(fields: &FormulaFields) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for (field, text) in [("name_en", &fields.name_en), ("name_nl", &fields.name_nl)] {
        if text.trim().is_empty() || text.chars().count() > NAME {
            errors.push(remark(field, "formula.error.name"));
        }
    }
    if fields.explanation.trim().is_empty() || fields.explanation.chars().count() > EXPLANATION {
        errors.push(remark("explanation", "formula.error.explanation"));
    }
    if !["up", "down", "neither"].contains(&fields.better.as_str()) {
        errors.push(remark("better", "formula.error.better"));
    }
    errors
}

/// The day from which a new version holds: not in the past, and later than the version before it.
fn first_day(latest: &Model, today: Date, typed: &str) -> Result<Date, &'static str> {
    let day: Date = typed.trim().parse().map_err(|_| "formula.error.from")?;
    if day < today {
        return Err("formula.error.from_past");
    }
    if latest.from_day.is_some_and(|from| day.day_number() <= from) {
        return Err("formula.error.from_not_later");
    }
    Ok(day)
}

/// The key of a KPI: its English name in small letters, digits and underscores.
fn key_of(name: &str) -> String {
    let mut key = String::new();
    for c in name.trim().to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with('_') {
            key.push('_');
        }
    }
    key.truncate(60);
    let key = key.trim_end_matches('_');
    if key.starts_with(|c: char| c.is_ascii_digit()) { format!("kpi_{key}") } else { key.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::key_of;

    #[test]
    fn keys_are_names_that_formulas_can_use() {
        assert_eq!(key_of("Revenue per call"), "revenue_per_call");
        assert_eq!(key_of(" 90-day value! "), "kpi_90_day_value");
        assert_eq!(key_of("€"), "");
    }
}
