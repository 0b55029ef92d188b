//! What a transaction touches of facts: the days and customers whose stored figures are made anew before it ends.
//!
//! No differences are kept. What was touched is counted again from the facts as they are when the transaction is
//! about to end, while no other one does so: whoever comes later sees what was committed before.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use domain::OrgId;
use sea_orm::{ConnectionTrait, DbErr};

use super::lock::Lock;
use crate::query::column::Table;
use crate::query::lead;

/// More names than this are not remembered one by one: what an import needs stays bounded.
const MOST_NAMES: usize = 50_000;

/// Names that were touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Names {
    /// These.
    Some(BTreeSet<String>),
    /// So many that all are made anew.
    All,
}

impl Default for Names {
    fn default() -> Self {
        Self::Some(BTreeSet::new())
    }
}

impl Names {
    /// Adds one.
    pub fn add(&mut self, name: &str) {
        if let Self::Some(names) = self
            && !names.contains(name)
        {
            names.insert(name.to_owned());
            if names.len() > MOST_NAMES {
                *self = Self::All;
            }
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Some(names) if names.is_empty())
    }
}

/// What a transaction touches. Whoever writes facts of a kind with stored figures adds each as it was and as it is to
/// be, and the transaction flushes before it commits, and before it writes what others wait for:
///
/// ```text
/// facts::save(&txn, &mut ctx, table, rows).await?;
/// ctx.flush(&txn).await?;
/// txn.commit().await?;
/// ```
///
/// [`crate::import::store::facts`] adds for you; nothing else may write these facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "what is not flushed is lost"]
pub struct Touched {
    days: BTreeMap<Table, BTreeSet<i64>>,
    customers: Names,
    subscribers: Names,
    deals: Names,
}

impl Touched {
    /// Adds a day of a kind of fact.
    pub fn day(&mut self, table: Table, day: i64) {
        self.days.entry(table).or_default().insert(day);
    }

    /// Adds a customer of any kind of fact.
    pub fn customer(&mut self, name: &str) {
        self.customers.add(name);
    }

    /// Adds a customer of a subscription.
    pub fn subscriber(&mut self, name: &str) {
        self.customer(name);
        self.subscribers.add(name);
    }

    /// Adds all customers of subscriptions, as when a rate or a choice changed under which their revenue is stored.
    pub fn all_subscribers(&mut self) {
        self.subscribers = Names::All;
    }

    /// Adds all customers, as when a choice changed what makes one.
    pub fn all_customers(&mut self) {
        self.customers = Names::All;
    }

    /// Adds a deal that was won or no longer is: leads that became it tell of that.
    pub fn deal(&mut self, key: &str) {
        self.deals.add(key);
    }

    /// Whether nothing was touched.
    pub fn is_empty(&self) -> bool {
        let names = [&self.customers, &self.subscribers, &self.deals];
        self.days.is_empty() && names.into_iter().all(Names::is_empty)
    }

    /// Makes the stored figures of what was touched anew, from the facts as they are now. Until the transaction ends
    /// nobody else does so: let it be one of the last things that it does, but before it raises the data version.
    ///
    /// # Errors
    /// When the database refuses, or is busy for longer than one has patience.
    pub async fn flush(
        &mut self,
        db: &impl ConnectionTrait,
        org: OrgId,
        patience: Option<Duration>,
    ) -> Result<(), DbErr> {
        if self.is_empty() {
            return Ok(());
        }
        Lock::Touched.hold(db, org, patience).await?;
        let mut touched = std::mem::take(self);
        for day in lead::days_of(db, org, &touched.deals).await? {
            touched.day(Table::Leads, day);
        }
        // One call for each kind of stored figures stands here.
        super::sums::make(db, org, &touched.days).await?;
        let days = touched.days.get(&Table::SalesLines);
        super::customers::make(db, org, &touched.customers, days.into_iter().flatten().copied()).await?;
        match &touched.subscribers {
            Names::All => crate::mrr::rebuild(db, org).await,
            Names::Some(names) if names.is_empty() => Ok(()),
            Names::Some(names) => crate::mrr::renew(db, org, names.iter().map(String::as_str)).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_names_are_all_names() {
        let mut touched = Touched::default();
        assert!(touched.is_empty());
        touched.customer("a");
        assert_eq!(touched.customers, Names::Some(BTreeSet::from(["a".to_owned()])));
        assert!(touched.subscribers.is_empty());
        (0..=MOST_NAMES).for_each(|n| touched.subscriber(&n.to_string()));
        assert_eq!((&touched.customers, &touched.subscribers), (&Names::All, &Names::All));
        touched.subscriber("b");
        assert_eq!(touched.subscribers, Names::All);
    }
}
