//! All deals that somebody may see, page by page, with the names and spellings in which they can be sent back.

use std::collections::BTreeMap;

use app::caller::Caller;
use domain::metric::DealStatus;
use domain::{Date, Micros, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::entity::deal;
use crate::error::ServiceResult;
use crate::kpi::{Frame, Spans, Viewer, Who, visible};
use crate::query::deal::credits_of;
use crate::query::deal_page::{DealPage, page};
use crate::query::facts::status_of;
use crate::query::own;
use crate::service::Services;

/// All of a credit, in millionths.
const WHOLE: i64 = 1_000_000;

/// Who is credited with a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credit {
    /// The person's key; none of a colleague that the token may not see.
    pub person: Option<String>,
    /// Their share in percent.
    pub share_pct: String,
}

/// A deal. Amounts and percentages are exact decimal texts, dates are YYYY-MM-DD.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DealFact {
    /// Its key in the source.
    pub external_id: String,
    /// Whose it is, as `person` is sent: a key, or `Ann=60;Bob=40`; none where a colleague may not be seen.
    pub person: Option<String>,
    /// Who is credited.
    pub credits: Vec<Credit>,
    /// open, won, lost or disqualified.
    pub status: String,
    /// Stage as the source names it.
    pub stage: Option<String>,
    /// Day it was created.
    pub created_on: Option<String>,
    /// Day of first engagement.
    pub engaged_on: Option<String>,
    /// Day it was closed; of an open deal a forecast.
    pub closed_on: Option<String>,
    /// Amount in its currency.
    pub amount: Option<String>,
    /// Currency of the amount, ISO 4217.
    pub currency: String,
    /// Customer.
    pub account: Option<String>,
    /// Product.
    pub product: Option<String>,
    /// Segment.
    pub segment: Option<String>,
    /// Where it came from.
    pub source: Option<String>,
    /// Campaign.
    pub campaign: Option<String>,
    /// Why it was lost.
    pub lost_reason: Option<String>,
    /// Proposal template used.
    pub proposal_template: Option<String>,
    /// Discount, as `5`.
    pub discount_pct: Option<String>,
    /// Chance of winning, as `25 %`.
    pub probability: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// Columns of the organisation's own by their names; they can be sent back as they are, or each as `attributes.NAME`.
    pub attributes: BTreeMap<String, String>,
}

/// A page of deals, in the order in which they were first brought in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DealFacts {
    /// The deals.
    pub deals: Vec<DealFact>,
    /// `after` of the next page; none on the last.
    pub next: Option<String>,
}

impl Services {
    /// A page of the deals that the caller may see; at most `limit`, after the deal with identifier `after`.
    ///
    /// # Errors
    /// Not found when the caller may see nobody's deals, or the database refuses.
    pub async fn deal_facts(&self, caller: &Caller, after: Option<i64>, limit: u64) -> ServiceResult<DealFacts> {
        let db = &self.state.db;
        let (roster, access) = self.state.roster_of(caller).await?;
        let people = visible(&roster.frame, &Viewer::of(&access), Who::ALL)?;
        let query =
            DealPage { org: caller.org_id, people: people.as_ref(), today: caller.today, after, limit: limit + 1 };
        let mut rows = page(db, &query).await?;
        let has_more = rows.len() as u64 > limit;
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let next = rows.last().filter(|_| has_more).map(|d| d.id.to_string());
        let mut credits: BTreeMap<i64, Vec<(PersonId, i64)>> = BTreeMap::new();
        let split = rows.iter().filter(|d| d.is_split).map(|d| d.id);
        for credit in credits_of(db, access.org(), split).await? {
            credits.entry(credit.deal_id).or_default().push((PersonId::new(credit.person_id), credit.share_micros));
        }
        let deals = rows.into_iter().map(|d| {
            let whole = d.person_id.map(|p| vec![(PersonId::new(p), WHOLE)]);
            let shares = whole.or_else(|| credits.remove(&d.id)).unwrap_or_default();
            fact(&roster.frame, people.as_ref(), d, &shares)
        });
        Ok(DealFacts { deals: deals.collect::<ServiceResult<_>>()?, next })
    }
}

fn fact(
    frame: &Frame,
    people: Option<&Spans>,
    deal: deal::Model,
    shares: &[(PersonId, i64)],
) -> ServiceResult<DealFact> {
    let key = |person: PersonId| {
        let seen = people.is_none_or(|spans| spans.contains_key(&person));
        frame.people.get(&person).filter(|_| seen).map(|p| p.key.clone())
    };
    let percent = |micros: i64| Micros(micros.saturating_mul(100)).to_string();
    let credits: Vec<Credit> =
        shares.iter().map(|(p, share)| Credit { person: key(*p), share_pct: percent(*share) }).collect();
    let date = |day: Option<i32>| day.and_then(Date::from_day_number).map(|d| d.to_string());
    let status = match status_of(deal.status) {
        DealStatus::Open => "open",
        DealStatus::Won => "won",
        DealStatus::Lost => "lost",
        DealStatus::Disqualified => "disqualified",
    };
    let attributes = own::of_json(deal.attributes.as_deref())?;
    Ok(DealFact {
        external_id: deal.external_id,
        person: as_sent(&credits),
        credits,
        status: status.to_owned(),
        stage: deal.stage,
        created_on: date(deal.created_on),
        engaged_on: date(deal.engaged_on),
        closed_on: date(deal.closed_on),
        amount: deal.amount_micros.map(|m| Micros(m).to_string()),
        currency: deal.currency,
        account: deal.account,
        product: deal.product,
        segment: deal.segment,
        source: deal.source,
        campaign: deal.campaign,
        lost_reason: deal.lost_reason,
        proposal_template: deal.proposal_template,
        discount_pct: deal.discount_micros.map(percent),
        // A plain number between 0 and 1 would be asked about.
        probability: deal.probability_micros.map(|m| format!("{} %", percent(m))),
        country: deal.country,
        attributes,
    })
}

/// The credit as a row names it; none if somebody in it may not be named.
fn as_sent(credits: &[Credit]) -> Option<String> {
    match credits {
        [] => None,
        [one] => one.person.clone(),
        many => {
            let parts: Option<Vec<String>> =
                many.iter().map(|c| Some(format!("{}={}", c.person.as_ref()?, c.share_pct))).collect();
            Some(parts?.join(";"))
        }
    }
}
