//! What one deal adds to which day, and the sums of one day.

use super::{Entries, SINCE_EVER};
use crate::entity::deal;

/// The dates by which deals are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Decided deals by the day of closing.
    Closed,
    /// All deals by the day on which they were created, or else engaged.
    Began,
    /// Deals that became open less those that ceased to be: summed up to a day, those open at its end.
    Flow,
}

/// The sums of a day, a month or a year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Of decided deals.
    pub closed: Entries,
    /// Of deals that began.
    pub began: Entries,
    /// Of changes of what is open.
    pub flow: Entries,
}

impl Cell {
    /// Adds another.
    pub fn merge(&mut self, other: &Self) {
        self.closed.merge(&other.closed);
        self.began.merge(&other.began);
        self.flow.merge(&other.flow);
    }

    /// Leaves out what has become zero.
    pub fn tidy(&mut self) {
        self.closed.tidy();
        self.began.tidy();
        self.flow.tidy();
    }

    /// Whether nothing is counted.
    pub fn is_empty(&self) -> bool {
        self.closed.is_empty() && self.began.is_empty() && self.flow.is_empty()
    }

    /// Counts a deal in a column, or with -1 takes it out again.
    pub(super) fn add(&mut self, column: Column, deal: &deal::Model, times: i64) {
        let (entries, status) = match column {
            Column::Closed => (&mut self.closed, deal.status),
            Column::Began => (&mut self.began, deal.status),
            Column::Flow => (&mut self.flow, 0),
        };
        let sums = entries.of(status);
        sums.count += times;
        sums.amount += i128::from(deal.reporting_micros.unwrap_or(0)) * i128::from(times);
        if deal.reporting_micros.is_none() && deal.amount_micros.is_some() {
            sums.unconverted += times;
        }
        if column == Column::Closed
            && let Some(days) = cycle(deal)
        {
            sums.took(days, times);
        }
    }
}

/// Days from first contact (else creation) to closing of a deal won.
fn cycle(deal: &deal::Model) -> Option<i32> {
    let start = deal.engaged_on.or(deal.created_on)?;
    deal.closed_on.filter(|_| deal.status == 1).map(|end| end - start)
}

/// Where a deal is counted: the day, the column and how many times. Nowhere if its credit is split.
pub(super) fn places(deal: &deal::Model) -> impl Iterator<Item = (i32, Column, i64)> {
    let is_decided = deal.status != 0;
    let closed = deal.closed_on.filter(|_| is_decided);
    let began = deal.created_on.or(deal.engaged_on);
    let first = match (deal.created_on, deal.engaged_on) {
        (Some(created), Some(engaged)) => created.min(engaged),
        (created, engaged) => created.or(engaged).unwrap_or(SINCE_EVER),
    };
    // Decided before it began, or nobody knows when: it was open on no day.
    let was_open = !is_decided || closed.is_some_and(|end| end > first);
    [
        closed.map(|day| (day, Column::Closed, 1)),
        began.map(|day| (day, Column::Began, 1)),
        was_open.then_some((first, Column::Flow, 1)),
        closed.filter(|_| was_open).map(|day| (day, Column::Flow, -1)),
    ]
    .into_iter()
    .flatten()
    .filter(|_| !deal.is_split)
}
