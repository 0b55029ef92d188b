//! Labels of months and quarters, as tables of targets have them.

use crate::Date;
use crate::format::{Locale, month_name, month_short};

/// The first day of a month: `2018-04`, `04/2018`, `Apr-18`, `april 2018`, and its first day as `2018-04-01`. A year of
/// two digits is one of this century, for labels of months are never birthdays.
pub fn read_month(text: &str) -> Option<Date> {
    if let Ok(day) = text.trim().parse::<Date>() {
        return (day == day.first_of_month()).then_some(day);
    }
    let (a, b) = two(text)?;
    if let Some(month) = named(&a) {
        return Date::from_ymd(year(&b)?, month, 1).ok();
    }
    if let Some(month) = named(&b) {
        return Date::from_ymd(year(&a)?, month, 1).ok();
    }
    let (year, month) = if a.len() == 4 { (&a, &b) } else { (&b, &a) };
    if year.len() != 4 || month.len() > 2 {
        return None;
    }
    Date::from_ymd(year.parse().ok()?, month.parse().ok()?, 1).ok()
}

/// The first day of a quarter: `2018Q2`, `2018-Q2`, `Q2 2018`, `K2 2018`.
pub fn read_quarter(text: &str) -> Option<Date> {
    let upper: String = text.to_uppercase().chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let (a, b) = upper.split_once(['Q', 'K'])?;
    // Either the year stands before the letter and one digit behind it, or one digit and then the year.
    let (year, quarter) = if a.len() == 4 { (a, b) } else { (b.get(1..)?, b.get(..1)?) };
    if year.len() != 4 || quarter.len() != 1 || !(a.is_empty() || b.len() == 1) {
        return None;
    }
    let quarter: u32 = quarter.parse().ok().filter(|q| (1..=4).contains(q))?;
    Date::from_ymd(year.parse().ok()?, quarter * 3 - 2, 1).ok()
}

/// The two parts of a label, whatever stands between them.
fn two(text: &str) -> Option<(String, String)> {
    let mut parts: Vec<String> = Vec::new();
    for c in text.trim().chars() {
        let kind = (c.is_alphabetic(), c.is_ascii_digit());
        match parts.last_mut() {
            Some(part) if part.chars().last().is_some_and(|l| (l.is_alphabetic(), l.is_ascii_digit()) == kind) => {
                part.push(c)
            }
            _ => parts.push(c.to_string()),
        }
    }
    parts.retain(|p| p.chars().all(char::is_alphanumeric));
    match parts.as_slice() {
        [a, b] => Some((a.clone(), b.clone())),
        _ => None,
    }
}

fn year(text: &str) -> Option<i32> {
    let number: i32 = text.parse().ok()?;
    match text.len() {
        2 => Some(2000 + number),
        4 => Some(number),
        _ => None,
    }
}

fn named(text: &str) -> Option<u32> {
    let lower = text.to_lowercase();
    let is = |name: &str| name.trim_end_matches('.').to_lowercase() == lower;
    (1..=12u32).find(|m| {
        [Locale::En, Locale::Nl].into_iter().any(|l| is(month_name(l, *m)) || is(month_short(l, *m)))
            || (*m == 9 && lower == "sept")
            || (*m == 3 && lower == "mrt")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_months_are_months_and_no_days() {
        for text in [
            "2018-04",
            "04-2018",
            "4/2018",
            "Apr-18",
            "apr 2018",
            "April 2018",
            "april-2018",
            "2018 apr",
            "Apr18",
            "2018-04-01",
        ] {
            assert_eq!(read_month(text).map(|d| d.to_string()).as_deref(), Some("2018-04-01"), "{text}");
        }
        assert_eq!(read_month("mrt-19").map(|d| d.to_string()).as_deref(), Some("2019-03-01"));
        assert_eq!(read_month("maart 2019"), read_month("Mar-19"));
        for text in ["", "04-18", "2018", "2018-13", "18 April 2018", "Foo-18", "2018-04-02", "1804"] {
            assert_eq!(read_month(text), None, "{text}");
        }
    }

    #[test]
    fn labels_of_quarters() {
        for text in ["2018Q2", "2018-Q2", "Q2 2018", "q2-2018", "K2 2018"] {
            assert_eq!(read_quarter(text).map(|d| d.to_string()).as_deref(), Some("2018-04-01"), "{text}");
        }
        for text in ["", "Q5 2018", "2018", "18Q2", "2018Q22", "Q2"] {
            assert_eq!(read_quarter(text), None, "{text}");
        }
    }
}
