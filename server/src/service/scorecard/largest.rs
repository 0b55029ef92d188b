//! The largest deal won in a period, so that one that makes up much of a sum can be named.

use std::collections::BTreeSet;

use domain::money::MICROS_PER_UNIT;
use domain::{Period, PersonId, Ratio};

use super::context::Context;
use super::face::is_of_deals_won;
use crate::error::ServiceResult;
use crate::kpi::{Kpi, Who};
use crate::query::largest_deal::{self, Stretch};

/// The largest deal of a sum.
#[derive(Clone, Debug)]
pub(super) struct Largest {
    /// Its customer, or its key.
    pub name: String,
    /// What it adds to the sum, in whole units.
    pub amount: Ratio,
    /// How many deals the sum has.
    pub of: i64,
}

/// The largest deal won by a person or team in a period; none where nothing was won, where no KPI asked is a sum of
/// deals, or where the caller may see a total only and so no single deal.
pub(super) async fn of(c: &Context<'_>, who: Who, period: Period, asked: &[Kpi]) -> ServiceResult<Option<Largest>> {
    if !asked.iter().any(|kpi| is_of_deals_won(c, kpi)) {
        return Ok(None);
    }
    if who.person.is_none() && who.team.is_some_and(|t| !c.sees_people_of(t)) {
        return Ok(None);
    }
    let Some(period) = period.elapsed(c.today) else { return Ok(None) };
    let stretches = stretches(c, who, period);
    let found = largest_deal::largest_won(c.db(), c.frame.org, period, stretches.as_deref()).await?;
    Ok(found.and_then(|deal| {
        let amount = Ratio::new(i128::from(deal.micros), i128::from(MICROS_PER_UNIT))?;
        Some(Largest { name: deal.account.unwrap_or(deal.external_id), amount, of: deal.of })
    }))
}

/// When each person's deals count; none: everybody's always.
fn stretches(c: &Context<'_>, who: Who, period: Period) -> Option<Vec<Stretch>> {
    let (from, to) = (period.from().day_number(), period.to().day_number());
    let whole = |person: PersonId| Stretch { person, from, to };
    if let Some(person) = who.person {
        return Some(vec![whole(person)]);
    }
    let teams: BTreeSet<_> = c.frame.tree.subtree(who.team?);
    let inside = |(person, member): (&PersonId, &crate::kpi::Member)| {
        let stays = member.stays.iter().filter(|s| s.team.is_some_and(|t| teams.contains(&t)));
        let cut = stays.map(|s| Stretch { person: *person, from: s.from.max(from), to: s.to.min(to) });
        cut.filter(|s| s.from < s.to).collect::<Vec<_>>()
    };
    Some(c.frame.people.iter().flat_map(inside).collect())
}
