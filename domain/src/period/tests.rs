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
fn working_days_leave_out_weekends_and_holidays() {
    assert_eq!(p("2017-04").working_days_in(&Calendar::default()), 18);
    let none = Calendar { holidays: Holidays::none(), ..Calendar::default() };
    assert_eq!(p("2017-04").working_days_in(&none), 20);
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
    fn no_text_panics(s in "\\PC{0,24}", c in any_calendar()) {
        if let Ok(p) = Period::parse(&s, &c) {
            let _ = (p.previous(), p.next(), p.year_before());
        }
    }
}
