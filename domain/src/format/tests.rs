use proptest::prelude::*;

use super::Locale::{En, Nl};
use super::*;
use crate::read::Sign;
use crate::{Calendar, Date, Period, Ratio};

fn r(n: i128, d: i128) -> Ratio {
    Ratio::new(n, d).unwrap()
}

const SIGNS: [(Locale, Sign); 2] = [(En, Sign::Dot), (Nl, Sign::Comma)];

fn plain(s: String) -> String {
    s.replace('\u{a0}', " ")
}

#[test]
fn money_in_both_languages() {
    let m = |l, n, c| plain(money(l, r(n, 100), c));
    assert_eq!(m(Nl, 123_456, Currency::EUR), "€ 1.234,56");
    assert_eq!(m(En, 123_456, Currency::EUR), "€1,234.56");
    assert_eq!(m(Nl, -500, Currency::EUR), "€ -5,00");
    assert_eq!(m(En, -500, Currency::USD), "-$5.00");
    assert_eq!(m(En, 123_450_000, "JPY".parse().unwrap()), "¥1,234,500");
    assert_eq!(m(Nl, 500, "CHF".parse().unwrap()), "CHF 5,00");
    assert_eq!(m(En, 1, "KWD".parse().unwrap()), "KWD 0.010");
}

#[test]
fn money_in_tables() {
    let m = |l, n| plain(money_in_table(l, r(n, 100), Currency::EUR));
    assert_eq!(m(Nl, 12_345_650), "€ 123.456");
    assert_eq!(m(En, 12_345_750), "€123,458", "half goes to the even neighbour");
    assert_eq!(m(En, -100_000), "-€1,000");
    assert_eq!(m(Nl, 99_999), "€ 999,99");
}

#[test]
fn compact_money() {
    let m = |l, n| plain(money_compact(l, Ratio::int(n), Currency::EUR));
    assert_eq!(m(Nl, 84_000), "€ 84 k");
    assert_eq!(m(En, 84_000), "€84k");
    assert_eq!(m(Nl, 1_234_567), "€ 1,2 mln");
    assert_eq!(m(En, 999), "€999");
    assert_eq!(m(En, 1_500), "€1.5k");
    assert_eq!(m(En, 999_999), "€1M");
    assert_eq!(m(En, -2_500_000_000), "-€2.5B");
    assert_eq!(m(En, 84_000_000_000_000), "€84,000B");
}

#[test]
fn rates_and_points() {
    assert_eq!(plain(percent(Nl, r(37, 57), 1)), "64,9 %");
    assert_eq!(percent(En, r(37, 57), 1), "64.9%");
    assert_eq!(percent(En, r(1, 8), 0), "12%", "half goes to the even neighbour");
    assert_eq!(plain(points(Nl, r(21, 1000), 1)), "+2,1 pp");
    assert_eq!(plain(points(En, r(-21, 1000), 1)), "-2.1 pp");
    assert_eq!(plain(interval(Nl, (0.519419, 0.759996))), "51,9–76,0 %");
    assert_eq!(interval(En, (0.0, 0.562)), "0.0–56.2%");
}

#[test]
fn numbers_and_days() {
    assert_eq!(count(Nl, 8800), "8.800");
    assert_eq!(count(En, -1_234_567), "-1,234,567");
    assert_eq!(number(Nl, r(1, 2), 2), "0,5");
    assert_eq!(number(En, Ratio::int(100), 2), "100");
    assert_eq!(plain(days(En, r(119, 2), 1)), "59.5 days");
    assert_eq!(plain(days(Nl, Ratio::ONE, 1)), "1 dag");
    let f = Figure::new(r(277_778, 100), Unit::MoneyPerDay);
    assert_eq!(plain(figure(Nl, &f, Currency::EUR)), "€ 2.777,78/dag");
}

#[test]
fn dates_and_periods() {
    let d: Date = "2017-03-03".parse().unwrap();
    assert_eq!(plain(date(Nl, d)), "3 mrt 2017");
    assert_eq!(plain(date(En, d)), "3 Mar 2017");
    assert_eq!(plain(date_with_weekday(Nl, d)), "vr 3 mrt 2017");
    let c = Calendar::default();
    let p = |l, s: &str| plain(period(l, Period::parse(s, &c).unwrap(), &c));
    assert_eq!(p(Nl, "2017"), "2017");
    assert_eq!(p(Nl, "2017Q2"), "Q2 2017");
    assert_eq!(p(Nl, "2017-03"), "maart 2017");
    assert_eq!(p(En, "2017-W09"), "Week 9, 2017");
    assert_eq!(p(Nl, "2017-01-01..2017-02-15"), "1 jan – 14 feb 2017");
    assert_eq!(p(En, "2016-12-30..2017-01-02"), "30 Dec 2016 – 1 Jan 2017");
    assert_eq!(p(En, "2017-01-01..2017-01-02"), "1 Jan 2017");
    let fiscal = Calendar { fiscal_start_month: 4, ..c };
    assert_eq!(plain(period(Nl, Period::parse("FY2017Q1", &fiscal).unwrap(), &fiscal)), "Q1 boekjaar 2017");
}

#[test]
fn languages_are_recognised() {
    assert_eq!(Locale::from_code("nl-BE"), Some(Nl));
    assert_eq!("EN".parse(), Ok(En));
    assert_eq!("fr".parse::<Locale>(), Err(UnknownLocale));
}

proptest! {
    #[test]
    fn nothing_panics(n: i128, d in 1i128.., days in 0u32..9) {
        if let Some(x) = Ratio::new(n, d) {
            for l in Locale::ALL {
                let _ = (money(l, x, Currency::EUR), money_compact(l, x, Currency::EUR), percent(l, x, days), number(l, x, days));
            }
        }
    }

    #[test]
    fn money_is_read_back(n: i64, c in 0usize..8) {
        use crate::read::read_number;
        let currency: Currency = ["EUR", "USD", "GBP", "JPY", "INR", "KWD", "CHF", "CLF"][c].parse().unwrap();
        let exact = r(n.into(), 10i128.pow(currency.digits()));
        for (l, sign) in SIGNS {
            let text = money(l, exact, currency);
            let read = read_number(&text, Some(sign)).unwrap();
            prop_assert_eq!(read.to_ratio(), Some(exact), "{}", text);
            // A dollar or yen sign names no certain currency.
            prop_assert_eq!(read.currency, Some(currency).filter(|c| !matches!(c.code(), "USD" | "JPY")), "{}", text);
        }
    }

    #[test]
    fn numbers_and_percentages_are_read_back(n: i64, d in 1i64..1_000_000, decimals in 0u32..7) {
        use crate::read::read_number;
        let exact = r(n.into(), d.into());
        let ten = 10i128.pow(decimals);
        let rounded = exact.round_half_even(decimals).and_then(|x| Ratio::new(x, ten));
        let share = exact.round_half_even(decimals + 2).and_then(|x| Ratio::new(x, ten * 100));
        for (l, sign) in SIGNS {
            prop_assert_eq!(read_number(&decimal(l, exact, decimals), Some(sign)).unwrap().to_ratio(), rounded);
            prop_assert_eq!(read_number(&number(l, exact, decimals), Some(sign)).unwrap().to_ratio(), rounded);
            prop_assert_eq!(read_number(&count(l, n), Some(sign)).unwrap().to_i64(), Some(n));
            let text = percent(l, exact, decimals);
            let read = read_number(&text, Some(sign)).unwrap();
            prop_assert!(read.percent);
            prop_assert_eq!(read.to_share(), share, "{}", text);
        }
    }

    #[test]
    fn dates_are_read_back(n in Date::from_ymd(1000, 1, 1).unwrap().day_number()..=Date::MAX.day_number()) {
        use crate::read::read_date;
        let day = Date::from_day_number(n).unwrap();
        // An earlier year is written without zeros in front and is not read: nobody means it.
        for l in Locale::ALL {
            prop_assert_eq!(read_date(&date(l, day), None), Ok(day));
            let whole = format!("{} {} {}", day.day(), month_name(l, day.month()), day.year());
            prop_assert_eq!(read_date(&whole, None), Ok(day));
        }
        prop_assert_eq!(read_date(&day.to_string(), None), Ok(day));
    }
}
