//! The subscriptions that a question may touch, for the analyses of `domain::recurring`.

use std::collections::BTreeMap;

use domain::recurring::Subscription;
use domain::{PersonId, Why};
use sea_orm::ConnectionTrait;

use super::cells::MOST_LISTED;
use super::scope::Scope;
use super::{Frame, KpiError, Viewer, Who};
use crate::mrr::{Customer, Terms};
use crate::query::column::TextColumn;
use crate::query::subscription;

/// Subscriptions in the reporting currency.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// Customers are numbered in the order of their names, plans by their place in `plans`.
    pub subscriptions: Vec<Subscription>,
    /// Names of plans, in order.
    pub plans: Vec<String>,
    /// Why amounts of some customers are not known; these are left out.
    pub unknown: Option<Why>,
}

impl Book {
    /// The number of a plan.
    pub fn plan(&self, name: &str) -> Option<u32> {
        self.plans.iter().position(|plan| plan == name).and_then(|at| u32::try_from(at).ok())
    }
}

/// Reads them in one statement. A subscription is in a scope by its first day.
///
/// # Errors
/// Not found when nothing of it may be seen, or the database refuses.
pub async fn book(db: &impl ConnectionTrait, frame: &Frame, viewer: &Viewer, who: Who) -> Result<Book, KpiError> {
    let scope = Scope::resolve(frame, viewer, who, &[])?;
    let people = scope.people(i32::MIN, i32::MAX);
    if people.as_ref().is_some_and(|p| p.is_empty()) {
        return Ok(Book::default());
    }
    let listed: Option<Vec<PersonId>> = people.filter(|p| p.len() <= MOST_LISTED).map(|p| p.into_iter().collect());
    let rows = subscription::all(db, frame.org, listed.as_deref(), &[TextColumn::Plan]).await?;
    let rates = subscription::rates(db, frame.org, frame.currency).await?;
    let terms = Terms { choices: frame.choices.recurring, rates };
    let name = |row: &subscription::Row| row.texts.first().cloned().flatten();
    let mut plans: BTreeMap<String, u32> = rows.iter().filter_map(name).map(|plan| (plan, 0)).collect();
    plans.values_mut().zip(0..).for_each(|(number, next)| *number = next);
    let (mut subscriptions, mut unknown) = (Vec::new(), None::<Why>);
    for (number, rows) in (0u32..).zip(rows.chunk_by(|a, b| a.customer == b.customer)) {
        let customer = match Customer::of(rows, number, &terms) {
            Ok(customer) => customer,
            Err(why) => {
                unknown = Some(unknown.map_or(why, |first| first.min(why)));
                continue;
            }
        };
        for (row, subscription) in rows.iter().zip(customer.subscriptions) {
            let is_asked = matches!(scope, Scope::Everybody) || scope.contains(row.person, row.start.day_number());
            if is_asked {
                let plan = name(row).and_then(|plan| plans.get(&plan).copied());
                subscriptions.push(Subscription { plan, ..subscription });
            }
        }
    }
    Ok(Book { subscriptions, plans: plans.into_keys().collect(), unknown })
}
