//! Formulas as people read them: ids as names, or as numbers.

use crate::words::Words;

/// A formula's ids as names.
pub(in crate::service) fn in_words(words: Words, formula: &str) -> String {
    each_id(formula, |id| name_of(words, id))
}

/// Name of a measure, or of the metric that it is.
pub(in crate::service) fn name_of(words: Words, id: &str) -> String {
    let key = format!("said.measure_name.{id}");
    let measure = words.t(&key);
    if measure == key { words.t(&format!("metric.{id}.name")) } else { measure }
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
            }
        }
    }

    #[test]
    fn numbers_in_a_formula_stay_numbers() {
        assert_eq!(each_id("mrr × 12", |id| id.to_uppercase()), "MRR × 12");
        assert_eq!(in_words(Words(Locale::En), "mrr × 12"), "MRR × 12");
    }
}
