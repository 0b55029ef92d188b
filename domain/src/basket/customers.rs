//! Who is new, who returns, who stays.

use super::{Baskets, LineKind, SaleLine};
use crate::metric::{Measure, MeasureValue, MeasureValues};
use crate::{Date, Period};

/// The day on which each known customer first bought anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstPurchases(Vec<(u32, Date)>);

impl FirstPurchases {
    /// From all lines there ever were, not those of a period only: whoever is missing here seems new.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a SaleLine>) -> Self {
        let mut days: Vec<(u32, Date)> = Vec::new();
        for line in lines.into_iter().filter(|l| l.counts_as() == LineKind::Sale) {
            let day = line.customer.map(|c| (c, line.date));
            if day.as_ref() != days.last() {
                days.extend(day);
            }
        }
        days.sort_unstable();
        days.dedup_by_key(|(customer, _)| *customer);
        Self(days)
    }

    /// The day a customer first bought; `None` of one who never did.
    pub fn on(&self, customer: u32) -> Option<Date> {
        let at = self.0.binary_search_by_key(&customer, |(c, _)| *c).ok()?;
        self.0.get(at).map(|(_, day)| *day)
    }

    /// Customers whose first purchase ever lies in the period.
    pub fn new_customers(&self, period: Period) -> i64 {
        self.0.iter().filter(|(_, day)| period.contains(*day)).count() as i64
    }

    /// The measures of the returning customer rate: customers of the period, and those of them with a transaction
    /// before it. `baskets` holds the period's lines.
    pub fn returning(&self, baskets: &Baskets, period: Period) -> MeasureValues {
        let customers = baskets.customers();
        let before = |c: &&u32| self.on(**c).is_some_and(|day| day < period.from());
        MeasureValues::from_iter([
            (Measure::CustomersReturning, count(customers.iter().filter(before).count())),
            (Measure::CustomersBuying, count(customers.len())),
        ])
    }
}

/// The measures of repurchase retention: customers of the previous period, and those of them who bought again.
pub fn bought_again(previous: &Baskets, now: &Baskets) -> MeasureValues {
    let again = previous.customers().iter().filter(|c| now.customers().binary_search(c).is_ok()).count();
    MeasureValues::from_iter([
        (Measure::CustomersBoughtAgain, count(again)),
        (Measure::CustomersPrevious, count(previous.customers().len())),
    ])
}

fn count(n: usize) -> MeasureValue {
    MeasureValue::Count(n as i64)
}
