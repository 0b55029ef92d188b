//! Movements between the bounds of successive periods, per customer and summed.

use serde::{Deserialize, Serialize};

use super::{History, JoinedAndLeft, Mrr};
use crate::{Outcome, Period, Why};

/// Why a customer's recurring revenue changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Movement {
    /// A customer who had none before.
    New,
    /// More of somebody who had some.
    Expansion,
    /// A customer who had left came back.
    Reactivation,
    /// Less of somebody who still has some.
    Contraction,
    /// All of it gone.
    Churn,
}

/// One movement of one customer: the record behind a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// The customer.
    pub customer: u32,
    /// Position of the step among those asked about.
    pub step: u32,
    /// What happened.
    pub movement: Movement,
    /// By how much, never negative.
    pub amount: Mrr,
    /// Whether the customer had nothing at both ends of the step.
    pub joined_and_left: bool,
}

/// Customers at both ends of a period, and movements in between (over several steps a customer counts once
/// for each).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customers {
    /// With recurring revenue at the start.
    pub opening: i64,
    /// New ones.
    pub new: i64,
    /// Expansions.
    pub expansion: i64,
    /// Returned ones.
    pub reactivation: i64,
    /// Contractions.
    pub contraction: i64,
    /// Lost ones.
    pub churn: i64,
    /// With recurring revenue at the end.
    pub closing: i64,
}

/// Movements of customers who joined and left within a step, as far as they are in a rate at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideRates {
    /// Increases.
    pub expansion: Mrr,
    /// Of customers who came back.
    pub reactivation: Mrr,
    /// Decreases, as a positive amount.
    pub contraction: Mrr,
    /// Of customers who left, as a positive amount.
    pub churn: Mrr,
}

impl OutsideRates {
    fn book(&mut self, movement: Movement, amount: Mrr) -> Result<(), Why> {
        let sum = match movement {
            // No rate holds what new customers bring.
            Movement::New => return Ok(()),
            Movement::Expansion => &mut self.expansion,
            Movement::Reactivation => &mut self.reactivation,
            Movement::Contraction => &mut self.contraction,
            Movement::Churn => &mut self.churn,
        };
        *sum = sum.plus(amount)?;
        Ok(())
    }

    fn plus(&self, other: &Self) -> Result<Self, Why> {
        Ok(Self {
            expansion: self.expansion.plus(other.expansion)?,
            reactivation: self.reactivation.plus(other.reactivation)?,
            contraction: self.contraction.plus(other.contraction)?,
            churn: self.churn.plus(other.churn)?,
        })
    }
}

/// The movements of a period: opening + new + expansion + reactivation − contraction − churn = closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movements {
    /// The days that they are about.
    pub period: Period,
    /// At the start.
    pub opening: Mrr,
    /// Of new customers.
    pub new: Mrr,
    /// Increases.
    pub expansion: Mrr,
    /// Of customers who came back.
    pub reactivation: Mrr,
    /// Decreases, as a positive amount.
    pub contraction: Mrr,
    /// Of customers who left, as a positive amount.
    pub churn: Mrr,
    /// At the end.
    pub closing: Mrr,
    /// The part of the movements that the organisation keeps out of its rates
    /// ([`JoinedAndLeft::MovementsOnly`](super::JoinedAndLeft::MovementsOnly)).
    pub outside_rates: OutsideRates,
    /// The same in customers.
    pub customers: Customers,
}

impl Movements {
    fn empty(period: Period) -> Self {
        Self {
            period,
            opening: Mrr::ZERO,
            new: Mrr::ZERO,
            expansion: Mrr::ZERO,
            reactivation: Mrr::ZERO,
            contraction: Mrr::ZERO,
            churn: Mrr::ZERO,
            closing: Mrr::ZERO,
            outside_rates: OutsideRates::default(),
            customers: Customers::default(),
        }
    }

    fn book(&mut self, booking: &Booking, outside_rates: bool) -> Result<(), Why> {
        let (sum, count) = match booking.movement {
            Movement::New => (&mut self.new, &mut self.customers.new),
            Movement::Expansion => (&mut self.expansion, &mut self.customers.expansion),
            Movement::Reactivation => (&mut self.reactivation, &mut self.customers.reactivation),
            Movement::Contraction => (&mut self.contraction, &mut self.customers.contraction),
            Movement::Churn => (&mut self.churn, &mut self.customers.churn),
        };
        *sum = sum.plus(booking.amount)?;
        *count += 1;
        if outside_rates { self.outside_rates.book(booking.movement, booking.amount) } else { Ok(()) }
    }

    fn open(&mut self, opening: Mrr, customers: i64) -> Result<(), Why> {
        self.opening = opening;
        let up = opening.plus(self.new)?.plus(self.expansion)?.plus(self.reactivation)?;
        self.closing = up.minus(self.contraction)?.minus(self.churn)?;
        let c = &mut self.customers;
        c.opening = customers;
        c.closing = customers + c.new + c.reactivation - c.churn;
        Ok(())
    }

    /// The movements of successive periods as those of the whole: the first opening, the last closing, the
    /// sums of the rest. Not measurable of nothing, or where a period does not begin as the one before ends.
    pub fn total(steps: &[Self]) -> Outcome<Self> {
        total(steps).into()
    }
}

fn total(steps: &[Movements]) -> Result<Movements, Why> {
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return Err(Why::NoData) };
    if steps.windows(2).any(|w| w[0].period.to() != w[1].period.from() || w[0].closing != w[1].opening) {
        return Err(Why::NotApplicable);
    }
    let period = Period::new(first.period.from(), last.period.to()).map_err(|_| Why::NotApplicable)?;
    let mut sum = Movements::empty(period);
    for m in steps {
        sum.new = sum.new.plus(m.new)?;
        sum.expansion = sum.expansion.plus(m.expansion)?;
        sum.reactivation = sum.reactivation.plus(m.reactivation)?;
        sum.contraction = sum.contraction.plus(m.contraction)?;
        sum.churn = sum.churn.plus(m.churn)?;
        sum.outside_rates = sum.outside_rates.plus(&m.outside_rates)?;
        sum.customers.new += m.customers.new;
        sum.customers.expansion += m.customers.expansion;
        sum.customers.reactivation += m.customers.reactivation;
        sum.customers.contraction += m.customers.contraction;
        sum.customers.churn += m.customers.churn;
    }
    sum.open(first.opening, first.customers.opening)?;
    Ok(sum)
}

/// The calendar months of a period; the first and last are cut to it.
pub fn months(period: Period) -> Vec<Period> {
    let mut all = Vec::new();
    let mut from = period.from();
    while from < period.to() {
        // The last month of the calendar has no day after it.
        let to = from.first_of_month().add_months(1).map_or(period.to(), |next| next.min(period.to()));
        all.extend(Period::new(from, to));
        from = to;
    }
    all
}

/// The days of a period.
pub fn days(period: Period) -> Vec<Period> {
    (0..period.days()).filter_map(|n| Period::day(period.from().add_days(n)?)).collect()
}

impl History {
    /// The movements of each step, in order: months ([`months`]), days, whatever follows one another without
    /// a gap. Movements of a longer period are the sum of its months: [`Movements::total`].
    pub fn movements(&self, steps: &[Period]) -> Outcome<Vec<Movements>> {
        self.summed(steps).into()
    }

    fn summed(&self, steps: &[Period]) -> Result<Vec<Movements>, Why> {
        let mut all: Vec<_> = steps.iter().map(|p| Movements::empty(*p)).collect();
        let outside = self.choices.joined_and_left == JoinedAndLeft::MovementsOnly;
        let (mut mrr, mut customers) = self.walk(steps, |booking| match all.get_mut(booking.step as usize) {
            Some(step) => step.book(&booking, outside && booking.joined_and_left),
            None => Ok(()),
        })?;
        for step in &mut all {
            step.open(mrr, customers)?;
            (mrr, customers) = (step.closing, step.customers.closing);
        }
        Ok(all)
    }

    /// The single movements behind [`History::movements`], by customer and step.
    pub fn bookings(&self, steps: &[Period]) -> Outcome<Vec<Booking>> {
        let mut all = Vec::new();
        let walked = self.walk(steps, |booking| {
            all.push(booking);
            Ok(())
        });
        Outcome::from(walked).map(|_| all)
    }
}
