use proptest::prelude::*;

use super::*;
use crate::Weekday;

fn d(s: &str) -> Date {
    s.parse().unwrap()
}

fn p(s: &str) -> Period {
    Period::parse(s, &Calendar::default()).unwrap()
}

fn april() -> Calendar {
    Calendar { fiscal_start_month: 4, ..Calendar::default() }
}

#[test]
fn names_are_read() {
    assert_eq!(p("2017").to_string(), "2017-01-01..2018-01-01");
    assert_eq!(p("2017H2").to_string(), "2017-07-01..2018-01-01");
    assert_eq!(p("2017Q2").to_string(), "2017-04-01..2017-07-01");
    assert_eq!(p("2017-03").to_string(), "2017-03-01..2017-04-01");
    assert_eq!(p("2017-W09").to_string(), "2017-02-27..2017-03-06");
    assert_eq!(p("2020-W53").to_string(), "2020-12-28..2021-01-04");
    assert_eq!(p("2017-01-01..2017-02-15").days(), 45);
}

#[test]
fn wrong_names_are_refused() {
    for s in [
        "", "17", "2017Q5", "2017Q0", "2017H3", "2017-13", "2017-00", "2017-W54", "2017-W00", "2021-W53", "2017-3",
        "20é7", "FY", "99999", "2017q2",
    ] {
        assert_eq!(Period::parse(s, &Calendar::default()), Err(PeriodError::Syntax), "{s}");
    }
    assert_eq!(Period::parse("2017-02-15..2017-01-01", &Calendar::default()), Err(PeriodError::Empty));
    assert_eq!(Period::parse("2017-02-15..2017-02-15", &Calendar::default()), Err(PeriodError::Empty));
    assert!(matches!(Period::parse("2017-02-30..2017-03-01", &Calendar::default()), Err(PeriodError::Date(_))));
}

#[test]
fn the_fiscal_year_has_the_number_of_the_year_it_ends_in() {
    let c = april();
    assert_eq!(Period::parse("FY2017", &c).unwrap().to_string(), "2016-04-01..2017-04-01");
    assert_eq!(Period::parse("FY2017Q4", &c).unwrap().to_string(), "2017-01-01..2017-04-01");
    assert_eq!(Period::containing(d("2017-05-10"), Grain::Quarter, &c).unwrap().name(&c), "FY2018Q1");
    assert_eq!(Period::containing(d("2017-02-10"), Grain::Year, &c).unwrap().name(&c), "FY2017");
    assert_eq!(p("2017").name(&c), "2017", "a calendar year keeps its name");
    let february = Calendar { fiscal_start_month: 2, ..Calendar::default() };
    assert_eq!(
        Period::containing(d("2017-01-10"), Grain::Quarter, &february).unwrap().to_string(),
        "2016-11-01..2017-02-01"
    );
}

#[test]
fn previous_and_next_keep_the_kind() {
    assert_eq!(p("2017-03").previous(), Some(p("2017-02")));
    assert_eq!(p("2017Q1").previous(), Some(p("2016Q4")));
    assert_eq!(p("2017-W01").next(), Some(p("2017-W02")));
    assert_eq!(p("2017Q2").year_before(), Some(p("2016Q2")));
    assert_eq!(Period::year(1).unwrap().previous(), None);
}

#[test]
fn a_running_period_is_compared_with_the_same_part() {
    let q = p("2017Q2");
    assert!(q.is_partial(d("2017-06-30")) && !q.is_partial(d("2017-07-01")));
    assert_eq!(q.elapsed(d("2017-03-31")), None);
    assert_eq!(q.elapsed(d("2017-04-01")).unwrap().days(), 1);
    assert_eq!(q.elapsed(d("2018-01-01")), Some(q));
    assert_eq!(q.same_part_of_previous(d("2017-04-10")).unwrap().to_string(), "2017-01-01..2017-01-11");
    assert_eq!(q.same_part_of_previous(d("2017-07-01")), Some(p("2017Q1")));
    assert_eq!(p("2017-03").same_part_of_previous(d("2017-03-30")), None, "February has no 30 days");
}

#[test]
fn a_year_before_ends_on_the_same_date() {
    let before = |s: &str| p(s).year_before().map(|x| x.to_string());
    assert_eq!(before("2017-02").as_deref(), Some("2016-02-01..2016-03-01"));
    assert_eq!(before("2016-02").as_deref(), Some("2015-02-01..2015-03-01"));
    assert_eq!(before("2017-01-15..2017-03-01").as_deref(), Some("2016-01-15..2016-02-29"));
    assert_eq!(before("2016-02-28..2016-02-29").as_deref(), Some("2015-02-28..2015-03-01"));
    assert_eq!(before("2016-02-29..2016-03-01").as_deref(), Some("2015-02-28..2015-03-01"));
    assert_eq!(before("2017-W09").as_deref(), Some("2016-02-29..2016-03-07"), "Monday to Sunday, as this year");
}

#[test]
fn a_running_period_is_compared_with_the_same_part_of_last_year() {
    let part = |s: &str, today: &str| p(s).same_part_of_year_before(d(today)).map(|x| x.to_string());
    assert_eq!(part("2017Q2", "2017-04-10").as_deref(), Some("2016-04-01..2016-04-11"));
    assert_eq!(part("2017Q2", "2017-07-01").as_deref(), Some("2016-04-01..2016-07-01"));
    assert_eq!(part("2017Q2", "2017-03-31"), None);
    assert_eq!(part("2016", "2016-03-15").as_deref(), Some("2015-01-01..2015-03-16"), "by date, across a leap day");
    assert_eq!(part("2016-02", "2016-02-28").as_deref(), Some("2015-02-01..2015-03-01"));
    assert_eq!(part("2017-02", "2017-02-28").as_deref(), Some("2016-02-01..2016-02-29"));
    assert_eq!(part("2017-W09", "2017-03-01").as_deref(), Some("2016-02-29..2016-03-03"), "Monday to Wednesday");
}

#[test]
fn a_week_has_seven_days_from_its_first() {
    // odoo gamification_challenge.py @03490c84 makes a week Monday + 7 days, with the next Monday in it.
    let week = Period::containing(d("2017-03-01"), Grain::Week, &Calendar::default()).unwrap();
    assert_eq!((week.days(), week.last().weekday(), week.contains(d("2017-03-06"))), (7, Weekday::Sunday, false));
    let sunday = Calendar { week_start: Weekday::Sunday, ..Calendar::default() };
    let of = |day: &str| Period::containing(d(day), Grain::Week, &sunday).unwrap().to_string();
    assert_eq!(of("2017-03-04"), "2017-02-26..2017-03-05", "Saturday is the last day");
    assert_eq!(of("2017-03-05"), "2017-03-05..2017-03-12", "Sunday is the first");
    assert_eq!(p("2017-W09").split(Grain::Week, &sunday).len(), 2);
}

#[test]
fn fiscal_half_years_and_quarters_from_any_month() {
    for month in 1..=12 {
        let c = Calendar { fiscal_start_month: month, ..Calendar::default() };
        let year = Period::containing(d("2017-06-15"), Grain::Year, &c).unwrap();
        assert_eq!((year.from().month(), year.whole_months()), (u32::from(month), Some(12)));
        for (grain, parts) in [(Grain::HalfYear, 2), (Grain::Quarter, 4), (Grain::Month, 12)] {
            let split = year.split(grain, &c);
            assert_eq!(split.len(), parts, "{month}");
            assert!(split.iter().all(|(_, part)| part.whole_months() == grain.months()));
        }
    }
    assert_eq!(Period::parse("FY2017H2", &april()).unwrap().to_string(), "2016-10-01..2017-04-01");
}

#[test]
fn a_calendar_needs_a_working_day_and_a_start() {
    assert_eq!(Calendar::default().check(), Ok(()));
    let idle = Calendar { working_days: [false; 7], ..Calendar::default() };
    assert_eq!((idle.check(), idle.has_working_days()), (Err(CalendarError::NoWorkingDays), false));
    assert_eq!(p("2017").working_days_in(&idle), 0);
    let odd = Calendar { fiscal_start_month: 13, ..Calendar::default() };
    assert_eq!(odd.check(), Err(CalendarError::StartMonth));
    assert_eq!(Calendar { fiscal_start_month: 0, ..Calendar::default() }.check(), Err(CalendarError::StartMonth));
}

#[test]
fn working_days_leave_out_weekends_and_holidays() {
    assert_eq!(p("2017-04").working_days_in(&Calendar::default()), 18);
    let none = Calendar { holidays: Holidays::none(), ..Calendar::default() };
    assert_eq!(p("2017-04").working_days_in(&none), 20);
}

#[test]
fn dutch_working_days_as_published() {
    // vakantiespreiding.eu, aantal-werkdagen and aantal-werkdagen-2025-2030: by month, 5 May worked.
    let mut c = Calendar::default();
    c.holidays.liberation_day = LiberationDay::Never;
    for (year, months) in [
        (2017, [22, 20, 23, 18, 22, 21, 21, 23, 21, 22, 22, 19]),
        (2018, [22, 20, 22, 19, 21, 21, 22, 23, 20, 23, 22, 19]),
        (2025, [22, 20, 21, 21, 21, 20, 23, 21, 22, 23, 20, 21]),
        (2026, [21, 20, 22, 20, 19, 22, 23, 21, 22, 22, 21, 22]),
        (2027, [20, 20, 22, 21, 19, 22, 22, 22, 22, 21, 22, 23]),
        (2028, [21, 21, 23, 18, 22, 21, 21, 23, 21, 22, 22, 19]),
        (2029, [22, 20, 22, 19, 21, 21, 22, 23, 20, 23, 22, 19]),
        (2030, [22, 20, 21, 21, 22, 19, 23, 22, 21, 23, 21, 20]),
    ] {
        for (month, days) in (1..).zip(months) {
            assert_eq!(Period::month(year, month).unwrap().working_days_in(&c), days, "{year}-{month}");
        }
    }
}

#[test]
fn a_series_ends_with_the_current_one() {
    let s = Period::series(d("2017-02-10"), Grain::Month, 3, &Calendar::default());
    assert_eq!(s, [p("2016-12"), p("2017-01"), p("2017-02")]);
}

fn any_period() -> impl Strategy<Value = Period> {
    (-200_000i32..200_000, 1i32..3000).prop_map(|(a, n)| {
        Period::new(Date::from_day_number(a).unwrap(), Date::from_day_number(a + n).unwrap()).unwrap()
    })
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    (1u8..=12, 0usize..7).prop_map(|(m, w)| Calendar {
        fiscal_start_month: m,
        week_start: Weekday::from_index(w),
        ..Calendar::default()
    })
}

proptest! {
    #[test]
    fn parts_cover_the_whole_without_overlap(p in any_period(), c in any_calendar(), g in 0usize..5) {
        let parts = p.split(Grain::ALL[g], &c);
        prop_assert_eq!(parts[0].1.from(), p.from());
        prop_assert_eq!(parts[parts.len() - 1].1.to(), p.to());
        for w in parts.windows(2) {
            prop_assert_eq!(w[0].1.to(), w[1].1.from());
            prop_assert_ne!(&w[0].0, &w[1].0);
        }
    }

    #[test]
    fn every_grain_is_named_and_read_back(day in -200_000i32..200_000, c in any_calendar(), g in 0usize..5) {
        let p = Period::containing(Date::from_day_number(day).unwrap(), Grain::ALL[g], &c).unwrap();
        prop_assert!(p.contains(Date::from_day_number(day).unwrap()));
        prop_assert_eq!(Period::parse(&p.name(&c), &c), Ok(p));
    }

    #[test]
    fn working_days_add_up_wherever_cut(p in any_period(), at in 1i32..3000) {
        let c = Calendar::default();
        if let Some((a, b)) = p.from().add_days(at).and_then(|d| p.cut(d)) {
            prop_assert_eq!(a.working_days_in(&c) + b.working_days_in(&c), p.working_days_in(&c));
        }
    }

    #[test]
    fn previous_and_next_undo_each_other(p in any_period()) {
        let before = p.previous().unwrap();
        prop_assert_eq!(before.to(), p.from());
        // 1 to 28 March is 28 days; the 28 days before are a whole month, whose next one is March.
        if before.whole_months() == p.whole_months() {
            prop_assert_eq!(before.next(), Some(p));
        }
    }

    #[test]
    fn parts_of_earlier_periods_lie_in_them(p in any_period(), gone in 0i32..3100) {
        let today = p.from().add_days(gone).unwrap();
        if let Some(part) = p.same_part_of_previous(today) {
            prop_assert_eq!(part.from(), p.previous().unwrap().from());
            prop_assert_eq!(part.to() == p.previous().unwrap().to() || part.days() == gone + 1, true);
        }
        if let Some(part) = p.same_part_of_year_before(today) {
            prop_assert_eq!(part.intersect(p.year_before().unwrap()), Some(part));
        }
    }

    #[test]
    fn no_text_panics(s in "\\PC{0,24}", c in any_calendar()) {
        if let Ok(p) = Period::parse(&s, &c) {
            let _ = (p.previous(), p.next(), p.year_before(), p.same_part_of_year_before(p.from()));
        }
    }
}
