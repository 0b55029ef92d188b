//! What every demo company writes down: activities, answers of customers, monthly targets of people.

use domain::{Date, Weekday};

use super::random::Random;
use super::setting::{Setting, later, sheet, write};
use crate::import::Kind;
use crate::import::rows::Sheet;

/// Activities of everybody in each week of the last months: type, fewest and most in a week.
pub fn activities(setting: &Setting, random: &mut Random, months: i32, week: &[(&str, i64, i64)]) -> Sheet {
    let mut activities = sheet(Kind::Activities, &["date", "person", "type", "count"]);
    for monday in setting.days(months).filter(|day| day.weekday() == Weekday::Monday) {
        let quiet = matches!(monday.month(), 7 | 8);
        for person in setting.there(monday) {
            for (kind, low, high) in week {
                let day = later(monday, random.between(0, 4));
                let count = random.between(*low, *high) * if quiet { 70 } else { 100 } / 100;
                if count > 0 && day < setting.today {
                    write(&mut activities, &[&day, &person.name, kind, &count]);
                }
            }
        }
    }
    activities
}

/// How customers answer.
#[derive(Clone, Copy, Debug)]
pub struct Mood {
    /// Answers per month on each scale.
    pub answers: i64,
    /// How many in a hundred are glad; half of the others are not sure.
    pub glad: i64,
    /// Months ago in which this many in a hundred fewer are glad.
    pub dip: Option<(i32, i64)>,
}

/// Answers of customers of the last months, of those whom there were on a day: one to five stars, and whether they
/// would recommend the company.
pub fn satisfaction<'a>(
    setting: &Setting,
    random: &mut Random,
    months: i32,
    customers: impl Fn(Date) -> Vec<&'a str>,
    mood: Mood,
) -> Sheet {
    let mut answers = sheet(Kind::Satisfaction, &["date", "scale", "score", "customer", "person"]);
    for back in (0..=months).rev() {
        let fewer = mood.dip.filter(|(month, _)| *month == back).map_or(0, |(_, fewer)| fewer);
        for _ in 0..mood.answers {
            for scale in ["csat", "nps"] {
                let day = later(setting.month(back), random.between(0, 27));
                let at = random.between(0, 99);
                let glad = mood.glad - fewer;
                let (stars, points) = match at {
                    at if at < glad => (random.between(4, 5), random.between(9, 10)),
                    at if at < (glad + 100) / 2 => (random.between(3, 4), random.between(7, 8)),
                    _ => (random.between(1, 3), random.between(2, 6)),
                };
                let score = if scale == "csat" { stars } else { points };
                let (customer, person) = (*random.pick(&customers(day)), random.pick(&setting.people));
                let asked = person.since.is_none_or(|since| since <= day) && day < setting.today;
                if asked {
                    write(&mut answers, &[&day, &scale, &score, &customer, &person.name]);
                }
            }
        }
    }
    answers
}

/// Columns of targets by month.
pub const QUOTA: &[&str] = &["metric", "who", "month", "value", "where"];
/// Months ahead that have targets: the rest of any quarter.
const AHEAD: i32 = 2;

/// The months that have targets, with what of a usual month is asked in them, in percent.
pub fn quota_months(setting: &Setting) -> impl Iterator<Item = (i32, String, i64)> {
    (-AHEAD..=12).rev().map(|back| {
        let month = setting.month(back);
        let percent = if matches!(month.month(), 7 | 8) { 80 } else { 105 };
        (back, format!("{}-{:02}", month.year(), month.month()), percent)
    })
}

/// Monthly targets of people: a little more than what is usual for them, less in summer.
pub fn quotas(setting: &Setting, metric: &str) -> Sheet {
    let mut quotas = sheet(Kind::Targets, QUOTA);
    for (back, month, percent) in quota_months(setting) {
        for person in setting.there(setting.month(back)) {
            let value = person.usual * percent / 100 / 100 * 100;
            write(&mut quotas, &[&metric, &person.name, &month, &value.max(500), &""]);
        }
    }
    quotas
}
