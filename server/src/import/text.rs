//! Sentences from the locale files, with their details filled in.

use app::i18n::Locale;

/// The text of a key with its details; the key itself where there is no text, which a test excludes for fault codes.
pub fn say<N: AsRef<str>>(locale: Locale, key: &str, args: &[(N, String)]) -> String {
    let text = rust_i18n::t!(key, locale = app::i18n::code(locale)).into_owned();
    if args.is_empty() || !text.contains("%{") {
        return text;
    }
    // One pass from left to right, so that a detail that looks like a placeholder is not filled again.
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text.as_str();
    while let Some((before, behind)) = rest.split_once("%{") {
        out.push_str(before);
        let Some((name, after)) = behind.split_once('}') else {
            rest = behind;
            break;
        };
        match args.iter().find(|(key, _)| key.as_ref() == name) {
            Some((_, value)) => out.push_str(value),
            None => out.push('…'),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fault::{Code, Fault};

    #[test]
    fn every_code_has_a_sentence_in_both_languages() {
        for code in Code::ALL {
            let (en, nl) = (Fault::new(*code).message(Locale::En), Fault::new(*code).message(Locale::Nl));
            for text in [&en, &nl] {
                assert!(!text.contains("import.fault"), "{} has no text", code.as_str());
            }
            assert_ne!(en, nl, "{} is not translated", code.as_str());
        }
    }

    #[test]
    fn details_are_filled_in_once() {
        let fault = Fault::new(Code::BadNumber).with("value", "%{value}12,5x");
        assert!(fault.message(Locale::En).contains("%{value}12,5x"));
    }
}
