use proptest::prelude::*;

use super::*;

fn n(text: &str, sign: Option<Sign>) -> Result<String, &'static str> {
    read_number(text, sign).map(|d| d.to_ratio().unwrap().to_decimal(d.scale).unwrap()).map_err(ReadError::code)
}

#[test]
fn numbers_that_can_be_read_in_one_way_only() {
    for (text, value) in [
        ("0.001", "0.001"),
        ("17850.0", "17850.0"),
        ("12,5", "12.5"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234.567", "1234567"),
        ("1 234,5", "1234.5"),
        ("1'234'567.89", "1234567.89"),
        ("1 234.567", "1234.567"),
        ("1234.567", "1234.567"),
        ("€ 1.234,56", "1234.56"),
        ("-€5", "-5"),
        ("€ -5,25", "-5.25"),
        ("(1,234.50)", "-1234.50"),
        ("€ 5,-", "5"),
        ("1.234,-- EUR", "1234"),
        ("€ -5,–", "-5"),
        ("5,00-", "-5.00"),
        ("12.50 USD", "12.50"),
        ("12 %", "12"),
        ("7-", "-7"),
        ("7- EUR", "-7"),
        ("7 €-", "-7"),
        ("7 %-", "-7"),
        ("−3", "-3"),
        ("+3", "3"),
        (".5", "0.5"),
        ("5.", "5"),
        ("007", "7"),
    ] {
        assert_eq!(n(text, None), Ok(value.into()), "{text}");
    }
}

#[test]
fn what_can_be_wrong_is_asked_not_guessed() {
    for text in ["1.234", "1,234", "-12.345", "€ 999,999"] {
        assert_eq!(n(text, None), Err("ambiguous_number"), "{text}");
    }
    assert_eq!(n("1.234", Some(Sign::Dot)), Ok("1.234".into()));
    assert_eq!(n("1.234", Some(Sign::Comma)), Ok("1234".into()));
    assert_eq!(n("1,234", Some(Sign::Dot)), Ok("1234".into()));
}

#[test]
fn a_decimal_comma_is_never_read_as_thousands() {
    assert_eq!(n("12,5", Some(Sign::Dot)), Err("number_grouping"));
    assert_eq!(n("1234,567", Some(Sign::Dot)), Err("number_grouping"));
    assert_eq!(n("1.234,56", Some(Sign::Dot)), Err("number_grouping"));
    assert_eq!(n("0,123", Some(Sign::Dot)), Err("number_grouping"));
}

#[test]
fn what_is_no_number_is_refused() {
    for text in [
        "12,5x",
        "x",
        "--5",
        "1-2",
        "%",
        "€",
        "€5 USD",
        "1e5",
        "12%%",
        "5% EUR",
        "5 EUR%",
        "€ 5 %",
        "5 € €",
        "-5-",
        "5--",
        "٣",
        "NaN",
        "(-5)",
        "$",
    ] {
        assert_eq!(n(text, None), Err("bad_number"), "{text}");
    }
    assert_eq!(n("5,-", Some(Sign::Dot)), Err("number_grouping"), "a comma in the place of the decimals");
    for text in ["1,23,456", "1.23.456", "1,2,3", "12 34", "1.234,567,8", "1 234'567"] {
        assert_eq!(n(text, None), Err("number_grouping"), "{text}");
    }
    assert_eq!(n("  ", None), Err("empty"));
    assert_eq!(n(&"9".repeat(31), None), Err("number_too_large"));
}

#[test]
fn currency_and_percent_are_told() {
    let currency = |text| read_number(text, None).unwrap().currency.map(|c| c.to_string());
    for (text, code) in
        [("£5", "GBP"), ("5 €", "EUR"), ("₹ 5", "INR"), ("US$5", "USD"), ("USD 5", "USD"), ("5 CAD", "CAD")]
    {
        assert_eq!(currency(text).as_deref(), Some(code), "{text}");
    }
    assert_eq!((currency("$5"), currency("5 ¥"), currency("5")), (None, None, None), "many have dollars and yen signs");
    let percent = read_number("12,5 %", None).unwrap();
    assert!(percent.percent);
    assert_eq!(percent.to_share().unwrap().to_decimal(3).unwrap(), "0.125");
    assert_eq!(read_number("0.0000005", None).unwrap().to_micros().map(|(m, r)| (m.0, r)), Some((0, true)));
    assert_eq!(read_number("3.0", None).unwrap().to_i64(), Some(3));
    assert_eq!(read_number("3.5", None).unwrap().to_i64(), None);
}

#[test]
fn a_column_decides_what_one_value_cannot() {
    let mut d = NumberDetector::default();
    for v in ["1.234", "", "5"] {
        d.see(v);
    }
    assert!(d.verdict().must_ask());
    d.see("12,5x");
    d.see("1.234,5");
    assert_eq!((d.verdict().sign(), d.verdict().must_ask(), d.verdict().bad), (Some(Sign::Comma), false, 1));
    d.see("2.75");
    assert!(d.verdict().must_ask(), "the column contradicts itself");
}

fn d(text: &str, order: Option<Order>) -> Result<String, &'static str> {
    read_date(text, order).map(|d| d.to_string()).map_err(ReadError::code)
}

#[test]
fn dates_that_can_be_read_in_one_way_only() {
    for (text, value) in [
        ("2017-03-09", "2017-03-09"),
        ("2017/3/9", "2017-03-09"),
        ("20170309", "2017-03-09"),
        ("2017-03-09T23:30:00", "2017-03-09"),
        ("2017-03-09 08:26", "2017-03-09"),
        ("10/20/2016", "2016-10-20"),
        ("20.10.2016", "2016-10-20"),
        ("4/4/2016", "2016-04-04"),
        ("12/13/2010 8:26 PM", "2010-12-13"),
        ("2010-12-01 08:26:00", "2010-12-01"),
        ("2021-08-14t02:58:28", "2021-08-14"),
        ("1 apr 2018", "2018-04-01"),
        ("April 1, 2018", "2018-04-01"),
        ("3-mrt-2018", "2018-03-03"),
        ("1 sept. 2018", "2018-09-01"),
        ("2018 Okt 9", "2018-10-09"),
        ("12 mei 2018 9:05", "2018-05-12"),
        ("Oct 1 2018 9:05 pm", "2018-10-01"),
        ("3\u{a0}mrt\u{a0}2017", "2017-03-03"),
    ] {
        assert_eq!(d(text, None), Ok(value.into()), "{text}");
    }
    assert_eq!(d("01-04-2018", Some(Order::Dmy)), Ok("2018-04-01".into()));
    assert_eq!(d("01-04-2018", Some(Order::Mdy)), Ok("2018-01-04".into()));
    assert_eq!(d("2018-04-01", Some(Order::Dmy)), Ok("2018-04-01".into()), "a year in front is clear");
}

#[test]
fn what_is_no_date_is_refused() {
    for (text, code) in [
        ("01-04-2018", "ambiguous_date"),
        ("30-02-2017", "date_no_such_day"),
        ("2017-02-29", "date_no_such_day"),
        ("13/13/2017", "date_no_such_day"),
        ("2017-13-01", "date_no_such_day"),
        ("20171301", "date_no_such_day"),
        ("01-04-18", "date_short_year"),
        ("2017-03", "bad_date"),
        ("soon", "bad_date"),
        ("2017-03-09 25:00", "bad_date"),
        ("2017-03-09x", "bad_date"),
        ("2018-04-01 99:99", "bad_date"),
        ("1/4.2018", "bad_date"),
        ("2017-03/09", "bad_date"),
        ("", "empty"),
        ("30 feb 2018", "date_no_such_day"),
        ("1 apr 18", "date_short_year"),
        ("apr 2018", "bad_date"),
        ("apr mei 2018", "bad_date"),
        ("1 brumaire 2018", "bad_date"),
        ("1 apr 20189", "bad_date"),
        ("2018-04-01 noon:x", "bad_date"),
        ("1:2", "bad_date"),
        ("1 apr 2018 9", "bad_date"),
    ] {
        assert_eq!(d(text, None), Err(code), "{text}");
    }
    assert_eq!(d("10/20/2016", Some(Order::Dmy)), Err("date_no_such_day"));
    assert_eq!(d("10/20/2016", Some(Order::Ymd)), Err("date_order"));
}

#[test]
fn a_time_with_a_zone_is_a_moment() {
    let moment = |text| match read_when(text, None).unwrap() {
        When::Moment(t) => t.to_string(),
        When::Day(d) => d.to_string(),
    };
    assert_eq!(moment("2017-03-09T23:30:00Z"), "2017-03-09T23:30:00Z");
    assert_eq!(moment("2017-03-09T00:30:00.250+02:00"), "2017-03-08T22:30:00Z");
    assert_eq!(moment("2017-03-09 23:30:00-0500"), "2017-03-10T04:30:00Z");
    assert_eq!(moment("2017-03-09 23:30:00 UTC"), "2017-03-09T23:30:00Z");
    assert_eq!(moment("2017-03-09T23:30"), "2017-03-09");
}

#[test]
fn a_column_of_american_dates_is_recognised() {
    let mut det = DateDetector::default();
    for v in ["10/4/2016", "3/9/2017"] {
        det.see(v);
    }
    assert!(det.verdict().must_ask() && det.verdict().order().is_none());
    det.see("10/20/2016");
    assert_eq!((det.verdict().order(), det.verdict().must_ask()), (Some(Order::Mdy), false));
    det.see("20/10/2016");
    assert!(det.verdict().must_ask(), "the column contradicts itself");
    let mut named = DateDetector::default();
    for v in ["1 apr 2018", "2018-04-02", "soon"] {
        named.see(v);
    }
    assert_eq!((named.verdict().must_ask(), named.verdict().year_first, named.verdict().bad), (false, 2, 1));
}

proptest! {
    #[test]
    fn no_text_panics(s in "\\PC{0,40}") {
        for sign in [None, Some(Sign::Dot), Some(Sign::Comma)] {
            if let Ok(n) = read_number(&s, sign) {
                let _ = (n.to_micros(), n.to_share(), n.to_i64());
            }
        }
        for order in [None, Some(Order::Ymd), Some(Order::Dmy), Some(Order::Mdy)] {
            let _ = read_when(&s, order);
        }
    }

    #[test]
    fn no_near_number_panics(s in "[-+€$(]?[0-9., ']{0,12}[%)x -]?") {
        let _ = (read_number(&s, None), read_number(&s, Some(Sign::Comma)));
    }

    #[test]
    fn no_near_date_panics(s in "[0-9]{1,4}[-/.][0-9]{1,4}[-/.][0-9]{1,4}[ T]?[0-9:.+Z-]{0,12}") {
        let _ = read_when(&s, None);
    }

    #[test]
    fn no_near_named_date_panics(s in "[0-9]{0,4}[-/., ]?(apr|mei|Sept|é|oct)[-/., T]{0,2}[0-9]{0,4}[ T,]{0,2}[0-9:]{0,6}") {
        let _ = (read_when(&s, None), read_when(&s, Some(Order::Mdy)));
    }

    #[test]
    fn a_number_is_never_read_two_ways(s in "[0-9]{1,7}[.,][0-9]{1,7}") {
        // What is read without knowing the sign is what it means under one of the signs, and only one fits.
        if let Ok(read) = read_number(&s, None) {
            let fits = [Sign::Dot, Sign::Comma].into_iter().filter_map(|x| read_number(&s, Some(x)).ok()).filter(|x| x.to_ratio() != read.to_ratio());
            prop_assert_eq!(fits.count(), 0);
        }
    }
}
