//! Sums and distinct counts of a group of lines.

use std::collections::BTreeMap;

use super::{LineKind, SaleLine};
use crate::metric::{Answer, Figure, Measure, MeasureValue, MeasureValues, Metric, Unit, evaluate};
use crate::sum::Sum;
use crate::{Outcome, Why};

/// What the lines of one group (a period, a shop, a category) add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Baskets {
    /// Lines sold.
    pub lines: i64,
    /// Distinct transactions with a line sold.
    pub transactions: i64,
    /// Customers with two or more distinct transactions.
    pub repeat_customers: i64,
    /// Lines sold to nobody known.
    pub lines_without_customer: i64,
    /// Lines that came back.
    pub return_lines: i64,
    /// Distinct transactions with a line that came back.
    pub return_transactions: i64,
    /// Lines that are in no KPI.
    pub adjustment_lines: i64,
    customers: Vec<u32>,
    amount: Sum,
    quantity: Sum,
    returned: Sum,
}

impl Baskets {
    /// Adds up the lines of one group.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a SaleLine>) -> Self {
        let mut builder = Builder::default();
        for line in lines {
            builder.add(line);
        }
        builder.finish()
    }

    /// Σ amount of lines sold, before returns.
    pub fn amount(&self) -> Outcome<Figure> {
        self.amount.units(Unit::Money)
    }

    /// Σ quantity of lines sold.
    pub fn units(&self) -> Outcome<Figure> {
        self.quantity.units(Unit::Count)
    }

    /// What came back, as a positive amount, whichever sign the lines had.
    pub fn returned(&self) -> Outcome<Figure> {
        self.returned.units(Unit::Money)
    }

    /// Amount sold − amount returned.
    pub fn net_amount(&self) -> Outcome<Figure> {
        self.amount().and_then(|sold| {
            self.returned().and_then(|back| {
                let net = sold.exact.checked_sub(back.exact);
                Outcome::from_option(net, Why::TooLarge).map(|r| Figure::new(r, Unit::Money))
            })
        })
    }

    /// As measures of the catalogue.
    pub fn measures(&self) -> MeasureValues {
        MeasureValues::from_iter([
            (Measure::SalesRevenue, value(self.amount())),
            (Measure::UnitsSold, value(self.units())),
            (Measure::ReturnsAmount, value(self.returned())),
            (Measure::Transactions, MeasureValue::Count(self.transactions)),
            (Measure::CustomersBuying, MeasureValue::Count(self.customers.len() as i64)),
            (Measure::CustomersRepeating, MeasureValue::Count(self.repeat_customers)),
        ])
    }

    /// A KPI of the group, as the catalogue defines it.
    pub fn answer(&self, metric: &Metric) -> Answer {
        evaluate(metric, &self.measures())
    }

    /// Known customers with a line sold, each once, in ascending order.
    pub fn customers(&self) -> &[u32] {
        &self.customers
    }
}

pub(super) fn value(total: Outcome<Figure>) -> MeasureValue {
    total.into_result().map_or_else(MeasureValue::Not, |figure| MeasureValue::Exact(figure.exact))
}

/// Figures by any key; `None` is a group of its own.
pub fn baskets_by<'a, K: Ord>(
    lines: impl IntoIterator<Item = (Option<K>, &'a SaleLine)>,
) -> BTreeMap<Option<K>, Baskets> {
    let mut groups: BTreeMap<Option<K>, Builder> = BTreeMap::new();
    for (key, line) in lines {
        groups.entry(key).or_default().add(line);
    }
    groups.into_iter().map(|(key, builder)| (key, builder.finish())).collect()
}

/// Counts of lines in memory cannot exceed an i64.
struct Builder {
    lines: i64,
    lines_without_customer: i64,
    return_lines: i64,
    adjustment_lines: i64,
    amount: Sum,
    quantity: Sum,
    returned: Sum,
    sold: Distinct<u32>,
    returns: Distinct<u32>,
    /// Customer in the upper half, transaction in the lower.
    visits: Distinct<u64>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            lines: 0,
            lines_without_customer: 0,
            return_lines: 0,
            adjustment_lines: 0,
            amount: Sum::ZERO,
            quantity: Sum::ZERO,
            returned: Sum::ZERO,
            sold: Distinct(Vec::new()),
            returns: Distinct(Vec::new()),
            visits: Distinct(Vec::new()),
        }
    }
}

impl Builder {
    fn add(&mut self, line: &SaleLine) {
        match line.counts_as() {
            LineKind::Sale => {
                self.lines += 1;
                self.amount.add_micros(line.amount);
                self.quantity.add_micros(Outcome::Value(line.quantity));
                self.sold.push(line.transaction);
                match line.customer {
                    Some(customer) => self.visits.push(u64::from(customer) << 32 | u64::from(line.transaction)),
                    None => self.lines_without_customer += 1,
                }
            }
            LineKind::Return => {
                self.return_lines += 1;
                self.returned.add(line.amount.map(|m| i128::from(m.get().unsigned_abs())));
                self.returns.push(line.transaction);
            }
            LineKind::Adjustment => self.adjustment_lines += 1,
        }
    }

    fn finish(self) -> Baskets {
        let mut customers = Vec::new();
        let mut repeat_customers = 0;
        for visits in self.visits.sorted().chunk_by(|a, b| a >> 32 == b >> 32) {
            customers.extend(visits.first().map(|v| (v >> 32) as u32));
            repeat_customers += i64::from(visits.len() > 1);
        }
        Baskets {
            lines: self.lines,
            transactions: self.sold.sorted().len() as i64,
            repeat_customers,
            lines_without_customer: self.lines_without_customer,
            return_lines: self.return_lines,
            return_transactions: self.returns.sorted().len() as i64,
            adjustment_lines: self.adjustment_lines,
            customers,
            amount: self.amount,
            quantity: self.quantity,
            returned: self.returned,
        }
    }
}

/// Values to be counted once each. Lines of a transaction mostly follow each other, so leaving out what was just
/// seen keeps it small, and sorting is faster than hashing.
struct Distinct<T>(Vec<T>);

impl<T: Ord + Copy> Distinct<T> {
    fn push(&mut self, value: T) {
        if self.0.last() != Some(&value) {
            self.0.push(value);
        }
    }

    fn sorted(mut self) -> Vec<T> {
        self.0.sort_unstable();
        self.0.dedup();
        self.0
    }
}
