//! One customer's subscriptions, whose they are, and their stored months.

use std::collections::BTreeSet;

use domain::recurring::{self, Choices, History, Subscription};
use domain::{OrgId, Rates, Why};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait as _};

use super::{SEVERAL, UNKNOWN, pack};
use crate::entity::{customer_mrr, organisation};
use crate::query::choices;
use crate::query::subscription::{self, Row};
use crate::rollup::NOBODY;

/// Under what an organisation's recurring revenue is stored.
#[derive(Clone, Debug)]
pub struct Terms {
    /// What it chose where vendors disagree.
    pub choices: Choices,
    /// What converts amounts into its reporting currency.
    pub rates: Rates,
}

impl Terms {
    /// As they are now.
    ///
    /// # Errors
    /// When the database refuses or holds what is no currency, rate or choice.
    pub async fn load(db: &impl ConnectionTrait, org: OrgId) -> Result<Self, DbErr> {
        let row = organisation::Entity::find_by_id(org.get()).one(db).await?;
        let row = row.ok_or_else(|| DbErr::RecordNotFound(format!("organisation {}", org.get())))?;
        let currency = row.currency.parse().map_err(|_| DbErr::Custom("organisation: no currency".to_owned()))?;
        let (choices, _) = choices::newest(db, org).await?;
        Ok(Self { choices: choices.recurring, rates: subscription::rates(db, org, currency).await? })
    }
}

/// A customer's subscriptions in the reporting currency.
#[derive(Clone, Debug)]
pub struct Customer {
    /// In the order of the rows.
    pub subscriptions: Vec<Subscription>,
    /// The one who sold all that counts, [`NOBODY`] or [`SEVERAL`]; none where nothing counts.
    pub owner: Option<i64>,
}

impl Customer {
    /// Of all rows of a customer that ever ran; `number` tells the customer from others.
    ///
    /// # Errors
    /// Why an amount cannot be converted.
    pub fn of(rows: &[Row], number: u32, terms: &Terms) -> Result<Self, Why> {
        let priced: Vec<_> = rows.iter().map(|row| row.priced(number)).collect();
        let converted = recurring::convert(&priced, terms.choices.exchange_rate, &terms.rates);
        let subscriptions = converted.into_result()?;
        let counting = rows.iter().zip(&subscriptions).filter(|(_, s)| s.counts(&terms.choices));
        let owners: BTreeSet<i64> = counting.map(|(row, _)| row.person.map_or(NOBODY, |p| p.get())).collect();
        let owner = if owners.len() > 1 { Some(SEVERAL) } else { owners.first().copied() };
        Ok(Self { subscriptions, owner })
    }
}

/// The stored months of a customer, of all rows that ever ran.
pub(super) fn months(org: OrgId, rows: &[Row], terms: &Terms) -> Vec<customer_mrr::Model> {
    let Some(first) = rows.first() else { return Vec::new() };
    let made = Customer::of(rows, 0, terms).and_then(|customer| {
        let history = History::new(&customer.subscriptions, terms.choices);
        Ok((customer.owner, history.monthly().into_result()?))
    });
    let model = |month: i32, person_id: i64| customer_mrr::Model {
        org_id: org.get(),
        customer: first.customer.clone(),
        month,
        person_id,
        figures: String::new(),
        is_first: true,
        is_moved: false,
        had_before: false,
        had_within: false,
        had_after: false,
    };
    let Ok((owner, months)) = made else {
        let start = rows.iter().map(|row| row.start).min().unwrap_or(first.start);
        return vec![model(start.first_of_month().day_number(), UNKNOWN)];
    };
    let of_month = |m: &recurring::CustomerMonth| customer_mrr::Model {
        figures: pack(&m.flows),
        is_first: m.is_first,
        is_moved: m.is_moved,
        had_before: m.had_before,
        had_within: m.had_within,
        had_after: m.had_after,
        ..model(m.first_day.day_number(), owner.unwrap_or(NOBODY))
    };
    months.iter().map(of_month).collect()
}
