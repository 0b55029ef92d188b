//! One pass over the changes of each customer.

use super::history::Event;
use super::{Booking, Choices, History, JoinedAndLeft, Movement, Mrr, Returned, WithinStep};
use crate::{Date, Period, Why};

/// Where a customer stands.
#[derive(Default)]
pub(super) struct Standing {
    /// Micro-units per year; below zero where discounts exceed the price.
    pub(super) sum: i128,
    /// Whether the customer had revenue at an earlier bound (or, where visits between bounds count, ever).
    known: bool,
    /// The first day without revenue after having had some.
    gone: Option<i32>,
}

impl Standing {
    pub(super) fn mrr(&self) -> i128 {
        self.sum.max(0)
    }

    fn add(&mut self, events: &[Event]) -> Result<(), Why> {
        for e in events {
            self.sum = self.sum.checked_add(e.change()).ok_or(Why::TooLarge)?;
        }
        Ok(())
    }

    /// Whether a customer without revenue who has some on this day came back.
    fn returns(&self, day: i32, choices: &Choices) -> bool {
        self.known
            && match choices.returned {
                Returned::Reactivation => true,
                Returned::NewAfter { days } => self.gone.is_none_or(|gone| day - gone <= i32::from(days)),
            }
    }
}

/// What a change from one amount to another is.
fn movement(before: i128, after: i128, returns: bool) -> Option<(Movement, i128)> {
    Some(match (before, after) {
        (b, a) if b == a => return None,
        (0, a) if returns => (Movement::Reactivation, a),
        (0, a) => (Movement::New, a),
        (b, 0) => (Movement::Churn, b),
        (b, a) if a > b => (Movement::Expansion, a - b),
        (b, a) => (Movement::Contraction, b - a),
    })
}

/// The first events, up to but not including the ones on `end` and later, and the rest.
pub(super) fn before(events: &[Event], end: i32) -> (&[Event], &[Event]) {
    events.split_at(events.iter().position(|e| e.day() >= end).unwrap_or(events.len()))
}

/// The end of the calendar month of a day, or `limit` if that is earlier.
pub(super) fn month_end(day: i32, limit: i32) -> i32 {
    let next = Date::from_day_number(day).and_then(|d| d.first_of_month().add_months(1));
    next.map_or(limit, |d| d.day_number().min(limit))
}

impl History {
    /// Books every movement of every customer; answers the amount and the customers at the start of the first
    /// step. Steps must follow one another without a gap.
    pub(super) fn walk(
        &self,
        steps: &[Period],
        mut book: impl FnMut(Booking) -> Result<(), Why>,
    ) -> Result<(Mrr, i64), Why> {
        if steps.windows(2).any(|w| w[0].to() != w[1].from()) {
            return Err(Why::NotApplicable);
        }
        let Some(first) = steps.first() else { return Ok((Mrr::ZERO, 0)) };
        let start = first.from().day_number();
        let ends: Vec<i32> = steps.iter().map(|s| s.to().day_number()).collect();
        let (mut opening, mut customers) = (Mrr::ZERO, 0);
        for (customer, events) in self.customers() {
            let mut standing = Standing::default();
            let (earlier, mut rest) = before(events, start);
            // What was before the first step decides who is new, by month ends as well.
            let mut past = earlier;
            while let Some(e) = past.first() {
                let (month, later) = before(past, month_end(e.day(), start));
                self.step(&mut standing, month, |_, _, _| Ok(()))?;
                past = later;
            }
            opening = opening.plus(Mrr::of_year(standing.mrr()))?;
            customers += i64::from(standing.mrr() > 0);
            while let Some(e) = rest.first() {
                let at = ends.partition_point(|end| *end <= e.day());
                let Some(end) = ends.get(at) else { break };
                let (events, later) = before(rest, *end);
                self.step(&mut standing, events, |movement, amount, joined_and_left| {
                    let (step, amount) = (at as u32, Mrr::of_year(amount));
                    book(Booking { customer, step, movement, amount, joined_and_left })
                })?;
                rest = later;
            }
        }
        Ok((opening, customers))
    }

    /// Takes a customer over the events of one step.
    pub(super) fn step(
        &self,
        standing: &mut Standing,
        events: &[Event],
        mut book: impl FnMut(Movement, i128, bool) -> Result<(), Why>,
    ) -> Result<(), Why> {
        let choices = &self.choices;
        let opening = standing.mrr();
        let mut ahead = Standing { sum: standing.sum, known: standing.known, gone: standing.gone };
        let (mut most, mut arrival) = (0, None);
        for day in events.chunk_by(|a, b| a.day() == b.day()) {
            let before = ahead.mrr();
            ahead.add(day)?;
            let (after, date) = (ahead.mrr(), day.first().map(|e| e.day()));
            most = most.max(after);
            if before == 0 && after > 0 {
                arrival = arrival.or(date);
            }
            if before > 0 && after == 0 {
                ahead.gone = date;
            }
        }
        let closing = ahead.mrr();
        let joined_and_left = opening == 0 && closing == 0;
        let ignored = choices.joined_and_left == JoinedAndLeft::Ignored;
        if !(joined_and_left && ignored) {
            match choices.within_step {
                WithinStep::Net => {
                    let returns = arrival.is_some_and(|day| standing.returns(day, choices));
                    let turns = if joined_and_left { [(0, most), (most, 0)] } else { [(opening, closing), (0, 0)] };
                    for (before, after) in turns {
                        if let Some((what, amount)) = movement(before, after, returns) {
                            book(what, amount, joined_and_left)?;
                        }
                    }
                }
                WithinStep::EachDay => {
                    for day in events.chunk_by(|a, b| a.day() == b.day()) {
                        let (before, date) = (standing.mrr(), day.first().map_or(0, |e| e.day()));
                        standing.add(day)?;
                        let after = standing.mrr();
                        if let Some((what, amount)) = movement(before, after, standing.returns(date, choices)) {
                            book(what, amount, joined_and_left)?;
                        }
                        standing.known |= after > 0;
                        if before > 0 && after == 0 {
                            standing.gone = Some(date);
                        }
                    }
                }
            }
        }
        if joined_and_left && ignored {
            ahead.gone = standing.gone;
        }
        ahead.known |= closing > 0 || (most > 0 && !ignored);
        *standing = ahead;
        Ok(())
    }
}
