//! Subscriptions of TechSolutions, month by month: who came, grew, shrank, left and came back.

use domain::Date;

use super::super::random::Random;
use super::super::setting::{Setting, later, sheet, write};
use super::{CUSTOMERS, DEARER, MONTHS, PRICE_CHANGE};
use crate::import::Kind;
use crate::import::rows::Sheet;

/// Plans and their price per month in whole units, up to the change.
const PLANS: [(&str, i64); 3] = [("Starter", 300), (DEARER, 800), ("Scale", 2_000)];
/// Place of the plan that became dearer.
const PRO: usize = 1;
/// Its new price.
const NEW_PRICE: i64 = 960;
/// Customers from before the story.
const BASE: usize = 28;
/// How many of those on Pro left, by months since the change.
const LEFT_PRO: [usize; 5] = [2, 2, 2, 1, 1];

/// A subscription that runs.
#[derive(Clone, Copy, Debug)]
struct Running {
    customer: &'static str,
    person: &'static str,
    plan: usize,
    /// List price per month when it was agreed.
    price: i64,
    /// Size in percent of the list price: seats.
    size: i64,
    yearly: bool,
    currency: &'static str,
    start: Date,
    /// Whether it was on Pro when the price changed.
    touched: bool,
}

struct Book<'a> {
    setting: &'a Setting,
    rows: Sheet,
    running: Vec<Running>,
    gone: Vec<Running>,
    names: std::slice::Iter<'static, &'static str>,
}

/// All of them.
pub fn subscriptions(setting: &Setting, random: &mut Random) -> Sheet {
    // The places of customer, start, end and amount are known to `customers`.
    let columns = &["external_id", "customer", "start", "end", "amount", "interval", "plan", "person", "currency"];
    let mut book = Book {
        setting,
        rows: sheet(Kind::Subscriptions, columns),
        running: Vec::new(),
        gone: Vec::new(),
        names: CUSTOMERS.iter(),
    };
    for at in 0..BASE {
        let start = later(setting.month(MONTHS + 1 + i32::try_from(at % 6).unwrap_or(0)), random.between(0, 27));
        book.join(random, start, [0, PRO, 2, PRO, 0, PRO][at % 6], false);
    }
    for back in (0..=MONTHS).rev() {
        book.month(random, back);
    }
    let running = std::mem::take(&mut book.running);
    running.iter().for_each(|one| book.put(one, None));
    book.rows
}

/// Who paid on a day. Days as text are in the order of time.
pub fn customers(subscriptions: &Sheet, day: Date) -> Vec<&str> {
    let day = day.to_string();
    let paid = |row: &&Vec<String>| row[2] <= day && (row[3].is_empty() || day < row[3]) && row[4] != "0";
    subscriptions.rows.iter().filter(paid).map(|row| row[1].as_str()).collect()
}

impl Book<'_> {
    fn month(&mut self, random: &mut Random, back: i32) {
        let first = self.setting.month(back);
        self.raise(back, first);
        // Steps at a time of the month each, so that one customer does one thing at a time.
        let new_plan = if back > PRICE_CHANGE { [0, PRO, 0, 2, PRO] } else { [0, 2, 0, 2, PRO] };
        for at in 0..2 {
            let (day, plan) = (later(first, random.between(1, 6)), *random.pick(&new_plan));
            self.join(random, day, plan, (back + at) % 3 == 0);
        }
        for _ in 0..2 {
            let day = later(first, random.between(8, 12));
            self.change(random, day, |one, later_price| {
                if one.plan == 0 && one.size > 100 {
                    (one.plan, one.price, one.size) = (PRO, later_price, 100);
                } else {
                    one.size += 25;
                }
            });
        }
        if back % 3 != 1 {
            let day = later(first, random.between(13, 17));
            self.change(random, day, |one, _| one.size -= 20);
        }
        let since = usize::try_from(PRICE_CHANGE - back).ok();
        for _ in 0..since.and_then(|at| LEFT_PRO.get(at)).copied().unwrap_or(0) {
            let day = later(first, random.between(18, 24));
            self.leave(random, day, true);
        }
        if since.is_none_or(|at| at == 3 || at > LEFT_PRO.len()) {
            let day = later(first, random.between(18, 24));
            self.leave(random, day, false);
        }
        if back % 4 == 2 && !self.gone.is_empty() {
            let who = self.gone.remove(0);
            let start = later(first, random.between(20, 26));
            self.open(Running { plan: 0, price: PLANS[0].1, size: 100, start, touched: false, ..who });
        }
    }

    /// The new price: on the day for those who pay by month, at their renewal for those who pay by year.
    fn raise(&mut self, back: i32, first: Date) {
        for at in 0..self.running.len() {
            let one = self.running[at];
            if back == PRICE_CHANGE && one.plan == PRO {
                self.running[at].touched = true;
            }
            if back > PRICE_CHANGE || one.plan != PRO || one.price == NEW_PRICE {
                continue;
            }
            let renewed = one.start.add_months(12 * (first.year() - one.start.year())).unwrap_or(first);
            let day = if one.yearly { renewed } else { first };
            if day.first_of_month() == first && day > one.start && day < self.setting.today {
                self.put(&one, Some(day));
                self.running[at].price = NEW_PRICE;
                self.running[at].start = day;
            }
        }
    }

    /// A new customer, perhaps after two weeks of trial.
    fn join(&mut self, random: &mut Random, start: Date, plan: usize, trial: bool) {
        let person = *random.pick(&self.setting.people);
        let number = CUSTOMERS.len() - self.names.len();
        if start >= self.setting.today {
            return;
        }
        let Some(customer) = self.names.next() else { return };
        let seller = person.since.is_none_or(|since| since <= start).then_some(person.name);
        let price = if plan == PRO && start >= self.setting.month(PRICE_CHANGE) { NEW_PRICE } else { PLANS[plan].1 };
        let one = Running {
            customer,
            person: seller.unwrap_or(self.setting.people[0].name),
            plan,
            price,
            size: *random.pick(&[80, 100, 100, 125, 150]),
            yearly: number % 5 == 3,
            currency: if number % 11 == 6 { "USD" } else { "EUR" },
            start,
            touched: false,
        };
        if trial {
            let begun = later(start, -14);
            self.put(&Running { size: 0, yearly: false, start: begun, ..one }, Some(start));
            // One in a few trials comes to nothing.
            if number % 7 == 2 {
                return;
            }
        }
        self.open(one);
    }

    /// Somebody who has been there for a while takes more or less.
    fn change(&mut self, random: &mut Random, day: Date, what: impl Fn(&mut Running, i64)) {
        let long = later(day, -60);
        let able: Vec<usize> =
            (0..self.running.len()).filter(|i| self.running[*i].start < long && self.running[*i].size > 60).collect();
        if able.is_empty() || day >= self.setting.today {
            return;
        }
        let at = *random.pick(&able);
        let old = self.running[at];
        self.put(&old, Some(day));
        let pro = if day < self.setting.month(PRICE_CHANGE) { PLANS[PRO].1 } else { NEW_PRICE };
        self.running[at].start = day;
        what(&mut self.running[at], pro);
    }

    /// Somebody leaves: of those whom the price change touched, or of the others.
    fn leave(&mut self, random: &mut Random, day: Date, touched: bool) {
        let able: Vec<usize> = (0..self.running.len())
            .filter(|i| self.running[*i].touched == touched && self.running[*i].start < later(day, -15))
            .collect();
        if able.is_empty() || day >= self.setting.today {
            return;
        }
        let one = self.running.remove(*random.pick(&able));
        self.put(&one, Some(day));
        self.gone.push(one);
    }

    fn open(&mut self, one: Running) {
        if one.start < self.setting.today {
            self.running.push(one);
        }
    }

    /// Writes a subscription down. Who pays by year has two months free.
    fn put(&mut self, one: &Running, end: Option<Date>) {
        let number = format!("S-{}", 1001 + self.rows.rows.len());
        let amount = one.price * one.size / 100 * if one.yearly { 10 } else { 1 };
        let interval = if one.yearly { "year" } else { "month" };
        let end = end.map(|d| d.to_string()).unwrap_or_default();
        let plan = PLANS[one.plan].0;
        write(
            &mut self.rows,
            &[&number, &one.customer, &one.start, &end, &amount, &interval, &plan, &one.person, &one.currency],
        );
    }
}
