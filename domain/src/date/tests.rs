//! Dates against jiff, an independent implementation.

use jiff::ToSpan;
use proptest::prelude::*;

use super::*;

fn any_date() -> impl Strategy<Value = Date> {
    (Date::MIN.day_number()..=Date::MAX.day_number()).prop_map(|n| Date::from_day_number(n).unwrap())
}

fn jiff_of(d: Date) -> jiff::civil::Date {
    let (y, m, day) = d.ymd();
    jiff::civil::date(y as i16, m as i8, day as i8)
}

proptest! {
    #[test]
    fn calendar_agrees_with_jiff(d in any_date()) {
        let j = jiff_of(d);
        let epoch = jiff::civil::date(1970, 1, 1);
        prop_assert_eq!(epoch.until(j).unwrap().get_days(), d.day_number());
        prop_assert_eq!(j.weekday().to_monday_zero_offset() as usize, d.weekday().index());
        prop_assert_eq!(j.to_string(), d.to_string());
        let iso = j.iso_week_date();
        prop_assert_eq!((i32::from(iso.year()), iso.week() as u32), d.iso_week());
        prop_assert_eq!(jiff_of(d.last_of_month()), j.last_of_month());
        prop_assert_eq!(jiff_of(d.first_of_month()), j.first_of_month());
    }

    #[test]
    fn months_are_added_as_jiff_does(d in any_date(), months in -30_000i32..30_000) {
        let theirs = jiff_of(d).checked_add(months.months()).ok().filter(|j| j.year() >= 1);
        prop_assert_eq!(d.add_months(months).map(jiff_of), theirs);
    }

    #[test]
    fn text_round_trips(d in any_date()) {
        prop_assert_eq!(d.to_string().parse(), Ok(d));
        let json = serde_json::to_string(&d).unwrap();
        prop_assert_eq!(serde_json::from_str::<Date>(&json).unwrap(), d);
    }

    #[test]
    fn no_text_panics(s in "\\PC{0,12}") {
        let _ = s.parse::<Date>();
    }

    #[test]
    fn no_number_panics(n: i32, m: i32, ms: i64) {
        if let Some(d) = Date::from_day_number(n) {
            let _ = (d.add_days(m), d.add_months(m));
        }
        let _ = (Timestamp(ms).to_string(), Date::from_ymd(n, m as u32, n as u32));
    }
}

#[test]
fn edges_of_the_range() {
    assert_eq!(Date::MIN.to_string(), "0001-01-01");
    assert_eq!(Date::MAX.to_string(), "9999-12-31");
    assert_eq!(Date::MAX.add_days(1), None);
    assert_eq!(Date::MIN.add_months(-1), None);
}

#[test]
fn impossible_days_are_refused() {
    assert_eq!("2017-02-29".parse::<Date>(), Err(DateError::NoSuchDay));
    assert_eq!("2016-02-29".parse::<Date>().unwrap().to_string(), "2016-02-29");
    assert_eq!("0000-01-01".parse::<Date>(), Err(DateError::OutOfRange));
    assert_eq!("2017-2-9".parse::<Date>(), Err(DateError::Syntax));
}

#[test]
fn a_moment_has_its_date() {
    assert_eq!(Timestamp(0).to_string(), "1970-01-01T00:00:00Z");
    assert_eq!(Timestamp(-1).date_utc().to_string(), "1969-12-31");
    assert_eq!(serde_json::from_str::<Timestamp>("\"12\"").unwrap(), Timestamp(12));
}
