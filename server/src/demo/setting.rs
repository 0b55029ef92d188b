//! What a story is told about: the day, the people, and how to write facts down.

use std::fmt::Display;

use domain::Date;

use crate::import::Kind;
use crate::import::rows::Sheet;

/// Somebody who sells, as a story knows them.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// Name.
    pub name: &'static str,
    /// Day on which they began; none = before the demo.
    pub since: Option<Date>,
    /// Deals won in a usual month of the last year, in whole euros.
    pub usual: i64,
}

/// A deal, as far as it is known where it came from.
#[derive(Clone, Debug)]
pub struct Chance {
    /// Its key.
    pub key: String,
    /// Day on which it was created.
    pub created: Date,
    /// Where it came from.
    pub source: String,
}

/// A demo company on a day.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Today: facts are of days before it.
    pub today: Date,
    /// Everybody who sells.
    pub people: Vec<Person>,
    /// Deals, in the order in which they were created.
    pub deals: Vec<Chance>,
}

impl Setting {
    /// The first day of the month so many months before this one (after it, below zero).
    pub fn month(&self, back: i32) -> Date {
        self.today.first_of_month().add_months(-back).unwrap_or(self.today)
    }

    /// Each day from that month's first up to yesterday.
    pub fn days(&self, back: i32) -> impl Iterator<Item = Date> + use<> {
        (self.month(back).day_number()..self.today.day_number()).filter_map(Date::from_day_number)
    }

    /// The people who were there on a day.
    pub fn there(&self, day: Date) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(move |p| p.since.is_none_or(|since| since <= day))
    }
}

/// A day so many days later.
pub fn later(day: Date, days: i64) -> Date {
    i32::try_from(days).ok().and_then(|days| day.add_days(days)).unwrap_or(day)
}

/// An amount of cents as text.
pub fn euros(cents: i64) -> String {
    format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100)
}

/// Facts of a kind, none yet.
pub const fn sheet(kind: Kind, columns: &'static [&'static str]) -> Sheet {
    Sheet { kind, columns, rows: Vec::new() }
}

/// Writes a fact down.
pub fn write(sheet: &mut Sheet, cells: &[&dyn Display]) {
    sheet.rows.push(cells.iter().map(ToString::to_string).collect());
}

/// Writes events: months ago, what happened, its kind, whom it touched (blank: everybody).
pub fn events(setting: &Setting, all: &[(i32, &str, &str, &str)]) -> Sheet {
    let mut events = sheet(Kind::Events, &["date", "title", "kind", "scope"]);
    for (back, title, kind, scope) in all {
        write(&mut events, &[&setting.month(*back), title, kind, scope]);
    }
    events
}
