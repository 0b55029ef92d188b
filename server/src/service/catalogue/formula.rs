//! Formulas as people read them: ids as names, or as numbers.

use domain::formula::Expr;

use super::own;
use crate::kpi::Own;
use crate::words::Words;

/// A formula's ids as names.
pub(in crate::service) fn in_words(words: Words, formula: &str) -> String {
    each_id(formula, |id| name_of(words, id))
}

/// The formula of an own KPI with names, those of other own KPIs too.
pub(in crate::service) fn in_own_words(words: Words, own: &Own, formula: &str) -> String {
    let Ok(expr) = Expr::parse(formula) else { return formula.to_owned() };
    each_id(&signs(&expr), |id| own_name(words, own, id))
}

/// A formula in ids, with the signs that people write.
pub(in crate::service) fn signs(expr: &Expr) -> String {
    // A dot between letters stands for an underscore.
    let text =
        expr.references().iter().fold(expr.to_string(), |text, (name, _)| text.replace(name, &name.replace('.', "_")));
    text.replace(" - ", " − ").replace(" * ", " × ").replace(" / ", " ÷ ")
}

/// Name of a measure, metric or own KPI.
pub(in crate::service) fn own_name(words: Words, own: &Own, id: &str) -> String {
    own.latest(id).map_or_else(|| name_of(words, id), |row| own::name(row, words.0).to_owned())
}

/// Name of a measure, or of the metric that it is; what has no name, such as a currency, stays.
pub(in crate::service) fn name_of(words: Words, id: &str) -> String {
    let key = format!("said.measure_name.{id}");
    let measure = words.t(&key);
    if measure != key {
        return measure;
    }
    let key = format!("metric.{id}.name");
    let metric = words.t(&key);
    if metric == key { id.to_owned() } else { metric }
}

/// Replaces every id in a formula; numbers stay.
pub(in crate::service) fn each_id(formula: &str, mut replace: impl FnMut(&str) -> String) -> String {
    let (mut out, mut id) = (String::new(), String::new());
    for ch in formula.chars().chain(std::iter::once('\n')) {
        if ch.is_ascii_alphanumeric() || ch == '_' {
            id.push(ch);
            continue;
        }
        if id.starts_with(|first: char| first.is_ascii_digit()) {
            out.push_str(&id);
        } else if !id.is_empty() {
            out.push_str(&replace(&id));
        }
        id.clear();
        if ch != '\n' {
            out.push(ch);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::metric::catalogue;
    use domain::{Locale, Measure};

    #[test]
    fn every_formula_and_measure_has_words_in_every_language() {
        for words in Locale::ALL.map(Words) {
            for metric in catalogue::all() {
                let text = in_words(words, &metric.formula());
                assert!(!text.contains("metric.") && !text.contains("said."), "{}: {text}", metric.id);
            }
            for measure in Measure::ALL {
                let name = name_of(words, measure.id());
                assert!(!name.contains('.') || name.contains(' '), "{name}");
                let key = format!("said.measure.{}", measure.id());
                assert_ne!(words.t(&key), key);
            }
        }
    }

    #[test]
    fn numbers_in_a_formula_stay_numbers() {
        assert_eq!(each_id("mrr × 12", |id| id.to_uppercase()), "MRR × 12");
        let words = Words(Locale::En);
        assert_eq!(in_words(words, "mrr × 12"), format!("{} × 12", name_of(words, "mrr")));
    }
}
