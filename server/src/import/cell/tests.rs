//! Cells that have one meaning, several, or none.

use proptest::prelude::*;

use super::*;
use read::Order::{Dmy, Mdy, Ymd};

fn day(text: &str, order: Order) -> Result<String, Code> {
    date(text, Reading { order, decimal: None }, None).map(|d| d.to_string())
}

fn value(text: &str, decimal: Option<Sign>) -> Result<String, Code> {
    number(text, Reading { order: Order::Open, decimal }).map(|n| n.micros.to_string())
}

#[test]
fn dates_that_have_one_meaning() {
    let cases = [
        ("2018-04-01", "2018-04-01"),
        ("2018/4/1", "2018-04-01"),
        ("20180401", "2018-04-01"),
        ("2010-12-01 08:26:00", "2010-12-01"),
        ("2021-08-14T02:58:28", "2021-08-14"),
        ("10/20/2016", "2016-10-20"),
        ("20-10-2016", "2016-10-20"),
        ("4/4/2018", "2018-04-04"),
        ("1 apr 2018", "2018-04-01"),
        ("April 1, 2018", "2018-04-01"),
        ("3-mrt-2018", "2018-03-03"),
        ("12 mei 2018 9:05", "2018-05-12"),
    ];
    for (text, expected) in cases {
        assert_eq!(day(text, Order::Open).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn a_time_with_a_zone_is_a_day_of_the_organisation() {
    let read =
        |text, zone| date(text, Reading { order: Order::Known(Dmy), decimal: None }, Some(zone)).map(|d| d.to_string());
    let cases = [
        ("2024-03-31T22:30:00Z", "Europe/Amsterdam", "2024-04-01"),
        ("2024-01-31T22:30:00Z", "Europe/Amsterdam", "2024-01-31"),
        ("2024-01-31T23:30:00.123Z", "Europe/Amsterdam", "2024-02-01"),
        ("2024-02-01 00:30:00+01:00", "UTC", "2024-01-31"),
        ("2024-02-01T00:30:00+0100", "America/New_York", "2024-01-31"),
        ("31-12-2023 23:59:59 -05:00", "Europe/Amsterdam", "2024-01-01"),
        ("2024-02-01 23:30:00", "Asia/Tokyo", "2024-02-01"),
        ("2024-02-01", "Asia/Tokyo", "2024-02-01"),
    ];
    for (text, zone, expected) in cases {
        assert_eq!(read(text, zone).as_deref(), Ok(expected), "{text} {zone}");
    }
    for text in ["2024-02-01T25:30:00Z", "2024-02-01T10:30:00+99:00", "2024-02-01T10:30:00-"] {
        assert_eq!(read(text, "UTC"), Err(Code::BadDate), "{text}");
    }
}

#[test]
fn dates_that_need_a_decision_or_are_none() {
    assert_eq!(day("01-04-2018", Order::Open), Err(Code::AmbiguousDate));
    assert_eq!(day("01-04-2018", Order::Known(Dmy)).as_deref(), Ok("2018-04-01"));
    assert_eq!(day("01-04-2018", Order::Known(Mdy)).as_deref(), Ok("2018-01-04"));
    assert_eq!(day("01-04-2018", Order::Known(Ymd)), Err(Code::BadDate));
    assert_eq!(day("20/10/2016", Order::Known(Mdy)), Err(Code::BadDate));
    assert_eq!(day("20/10/2016", Order::Mixed), Err(Code::MixedDates));
    for text in
        ["Apr-18", "", "2018", "32-01-2018", "2018-02-30", "12,5x", "01-04-18", "soon", "1:2", "2018-04-01 noon:x"]
    {
        assert_eq!(day(text, Order::Open), Err(Code::BadDate), "{text}");
    }
}

#[test]
fn numbers_that_have_one_meaning() {
    let cases = [
        ("1054", "1054"),
        ("0.001", "0.001"),
        ("0,001", "0.001"),
        ("17850.0", "17850"),
        ("7307,37", "7307.37"),
        ("13,75", "13.75"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234.567", "1234567"),
        ("€ 1.234,56", "1234.56"),
        ("USD 12.5", "12.5"),
        ("-5", "-5"),
        ("(12.50)", "-12.5"),
        ("1 234,5", "1234.5"),
        ("1'234.50", "1234.5"),
        ("12,5 %", "12.5"),
        ("-€5", "-5"),
        ("5-", "-5"),
        (".5", "0.5"),
        ("1234,567", "1234.567"),
    ];
    for (text, expected) in cases {
        assert_eq!(value(text, None).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn numbers_that_need_a_decision_or_are_none() {
    assert_eq!(value("1.234", None), Err(Code::AmbiguousNumber));
    assert_eq!(value("1,234", None), Err(Code::AmbiguousNumber));
    assert_eq!(value("1.234", Some(Sign::Dot)).as_deref(), Ok("1.234"));
    assert_eq!(value("1.234", Some(Sign::Comma)).as_deref(), Ok("1234"));
    assert_eq!(value("13,75", Some(Sign::Dot)), Err(Code::BadNumber));
    assert_eq!(value("13.75", Some(Sign::Comma)), Err(Code::BadNumber));
    for text in ["12,5x", "", "-", "1,23,4", "1..2", "--5", "1e5", "NaN", "€", "1,2345.6", "12 34", "5 5"] {
        assert_eq!(value(text, None), Err(Code::BadNumber), "{text}");
    }
    assert_eq!(value("99999999999999", None), Err(Code::OutOfRange));
}

#[test]
fn rounding_and_signs_are_told() {
    let read = |text: &str| number(text, Reading::default()).expect("a number");
    assert!(read("0.1234565").rounded);
    assert_eq!(read("0.1234565").micros.0, 123_456);
    assert!(read("5%").percent);
    assert_eq!(read("€5").currency.map(|c| c.to_string()), Some("EUR".to_owned()));
    assert_eq!(read("$5").currency, None);
}

#[test]
fn what_is_written_twice_or_mixed_is_neither_number_nor_date() {
    for text in ["€5 USD", "5%%", "€5 %", "5 % EUR", "$ 5 EUR"] {
        for sign in [None, Some(Sign::Dot), Some(Sign::Comma)] {
            assert_eq!(value(text, sign), Err(Code::BadNumber), "{text}");
        }
    }
    for text in ["2018-04-01 99:99", "1/4.2018", "2017-03/09", "2018-04-01 24:00", "2018-04-01 10:99"] {
        for order in [Order::Open, Order::Known(Dmy), Order::Known(Ymd), Order::Mixed] {
            assert_eq!(day(text, order), Err(Code::BadDate), "{text}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_never_panics(text in "\\PC{0,24}") {
        let _ = (day(&text, Order::Open), day(&text, Order::Mixed), value(&text, None));
    }

    #[test]
    fn iso_dates_come_back(days in -100_000i32..200_000) {
        let date = Date::from_day_number(days).expect("in range");
        prop_assert_eq!(day(&date.to_string(), Order::Mixed), Ok(date.to_string()));
    }

    #[test]
    fn plain_numbers_come_back(micros in -1_000_000_000_000i64..1_000_000_000_000) {
        let text = Micros(micros).to_string();
        prop_assert_eq!(value(&text, Some(Sign::Dot)), Ok(text.clone()));
    }
}
