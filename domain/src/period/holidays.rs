//! Dutch public holidays by rule, with an organisation's own days added or taken away.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Date, Weekday};

/// In which years 5 May is a day off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LiberationDay {
    /// Never.
    Never,
    /// In the lustrum years 2015, 2020, 2025 …, as most collective agreements have it.
    #[default]
    EveryFiveYears,
    /// Every year.
    EveryYear,
}

impl LiberationDay {
    /// All.
    pub const ALL: [Self; 3] = [Self::EveryFiveYears, Self::EveryYear, Self::Never];

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::EveryFiveYears => "every_five_years",
            Self::EveryYear => "every_year",
        }
    }

    /// The inverse of [`LiberationDay::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.code() == code)
    }
}

/// A rule's holiday; its name stands in the locale files under `holiday.<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// Easter Sunday.
    Easter,
    /// The day after Easter.
    EasterMonday,
    /// 27 April, on the 26th where that is a Sunday; Queen's Day on 30 April before 2014.
    KingsDay,
    /// 5 May.
    LiberationDay,
    /// 39 days after Easter.
    Ascension,
    /// 49 days after Easter.
    WhitSunday,
    /// 50 days after Easter.
    WhitMonday,
    /// 25 December.
    Christmas,
    /// 26 December.
    SecondChristmas,
}

impl Holiday {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NewYear => "new_year",
            Self::Easter => "easter",
            Self::EasterMonday => "easter_monday",
            Self::KingsDay => "kings_day",
            Self::LiberationDay => "liberation_day",
            Self::Ascension => "ascension",
            Self::WhitSunday => "whit_sunday",
            Self::WhitMonday => "whit_monday",
            Self::Christmas => "christmas",
            Self::SecondChristmas => "second_christmas",
        }
    }
}

/// Which days are public holidays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holidays {
    /// Whether the Dutch rules apply.
    pub dutch: bool,
    /// The setting for 5 May.
    #[serde(default)]
    pub liberation_day: LiberationDay,
    /// Days of the organisation's own, with a name.
    #[serde(default)]
    pub extra: BTreeMap<Date, String>,
    /// Days that a rule makes a holiday and the organisation works.
    #[serde(default)]
    pub removed: BTreeSet<Date>,
}

impl Default for Holidays {
    fn default() -> Self {
        Self { dutch: true, ..Self::none() }
    }
}

impl Holidays {
    /// No holidays at all.
    pub fn none() -> Self {
        Self {
            dutch: false,
            liberation_day: LiberationDay::default(),
            extra: BTreeMap::new(),
            removed: BTreeSet::new(),
        }
    }

    /// Whether nobody works on this day because it is a holiday.
    pub fn contains(&self, day: Date) -> bool {
        self.extra.contains_key(&day) || (self.rule(day).is_some() && !self.removed.contains(&day))
    }

    /// The Dutch holiday on this day, before [`Holidays::removed`] is applied.
    pub fn rule(&self, day: Date) -> Option<Holiday> {
        if !self.dutch {
            return None;
        }
        let (year, month, d) = day.ymd();
        match (month, d) {
            (1, 1) => return Some(Holiday::NewYear),
            (12, 25) => return Some(Holiday::Christmas),
            (12, 26) => return Some(Holiday::SecondChristmas),
            (1..=2 | 7..=12, _) => return None,
            _ => {}
        }
        let movable = match day.days_since(easter(year)?) {
            0 => Some(Holiday::Easter),
            1 => Some(Holiday::EasterMonday),
            39 => Some(Holiday::Ascension),
            49 => Some(Holiday::WhitSunday),
            50 => Some(Holiday::WhitMonday),
            _ => None,
        };
        movable.or_else(|| {
            if kings_day(year) == Some(day) {
                Some(Holiday::KingsDay)
            } else if (month, d) == (5, 5) && self.liberation_in(year) {
                Some(Holiday::LiberationDay)
            } else {
                None
            }
        })
    }

    fn liberation_in(&self, year: i32) -> bool {
        match self.liberation_day {
            LiberationDay::Never => false,
            LiberationDay::EveryFiveYears => year % 5 == 0,
            LiberationDay::EveryYear => true,
        }
    }
}

/// King's Day since 2014; Queen's Day on 30 April from 1949 to 2013. A Sunday moves it: to Saturday
/// since 1980, to Monday before. `None` in years before 1949.
fn kings_day(year: i32) -> Option<Date> {
    let day = Date::from_ymd(year, 4, if year >= 2014 { 27 } else { 30 }).ok()?;
    match (day.weekday(), year) {
        (_, ..1949) => None,
        (Weekday::Sunday, 1980..) => day.add_days(-1),
        (Weekday::Sunday, _) => day.add_days(1),
        _ => Some(day),
    }
}

/// Easter Sunday of the Gregorian calendar (anonymous algorithm, Meeus/Jones/Butcher).
pub fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::from_ymd(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(s: &str) -> Date {
        s.parse().unwrap()
    }

    #[test]
    fn easter_of_known_years() {
        for s in [
            "1818-03-22",
            "1943-04-25",
            "2000-04-23",
            "2008-03-23",
            "2016-03-27",
            "2017-04-16",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2038-04-25",
        ] {
            assert_eq!(easter(d(s).year()), Some(d(s)));
        }
        assert!((1..=9999).all(|y| easter(y).is_some_and(|e| e.weekday() == Weekday::Sunday)));
    }

    #[test]
    fn the_dutch_year_2017() {
        let h = Holidays::default();
        let year: Vec<String> = (0..365)
            .filter_map(|i| d("2017-01-01").add_days(i))
            .filter(|x| h.contains(*x))
            .map(|x| x.to_string())
            .collect();
        assert_eq!(
            year,
            [
                "2017-01-01",
                "2017-04-16",
                "2017-04-17",
                "2017-04-27",
                "2017-05-25",
                "2017-06-04",
                "2017-06-05",
                "2017-12-25",
                "2017-12-26"
            ]
        );
    }

    #[test]
    fn kings_day_avoids_sunday_and_liberation_day_follows_its_setting() {
        let mut h = Holidays::default();
        assert!(h.contains(d("2014-04-26")) && !h.contains(d("2014-04-27")));
        assert_eq!(h.rule(d("2013-04-30")), Some(Holiday::KingsDay));
        assert!(h.contains(d("2025-05-05")) && !h.contains(d("2024-05-05")));
        h.liberation_day = LiberationDay::EveryYear;
        assert!(h.contains(d("2026-05-05")));
        h.removed.insert(d("2026-05-05"));
        h.extra.insert(d("2026-03-02"), "Founders' day".into());
        assert!(!h.contains(d("2026-05-05")) && h.contains(d("2026-03-02")));
    }
}
