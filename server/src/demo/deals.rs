//! Deals of a demo company: 24 months of work in progress, won and lost, from the story's figures.

use domain::Date;

use super::random::Random;
use super::story::Story;
use crate::entity::{deal, deal_credit};
use crate::query::deal::Written;

/// Days of history that the demo has: 24 months.
const HISTORY_DAYS: i32 = 730;

/// A person of the demo with what makes them different.
#[derive(Clone, Copy, Debug)]
pub struct Seller {
    /// Identifier of the person.
    pub id: i64,
    /// Added to the chance of winning, in percentage points.
    pub skill: i64,
    /// Deals started per month.
    pub pace: i64,
    /// Day on which they began; none = before the demo.
    pub since: Option<Date>,
    /// Since when they know more, and what that adds to the chance of winning, in percentage points.
    pub trained: Option<(Date, i64)>,
}

/// Tells the story up to `today`.
pub fn tell(story: &Story, org_id: i64, sellers: &[Seller], today: Date, now_ms: i64) -> Vec<Written> {
    let mut random =
        Random::new(story.slug.bytes().fold(7u64, |seed, b| seed.wrapping_mul(31).wrapping_add(u64::from(b))));
    let mut told = Vec::new();
    let mut number = 1000;
    for day in (today.day_number() - HISTORY_DAYS)..today.day_number() {
        let date = Date::from_day_number(day).unwrap_or(today);
        for (at, seller) in sellers.iter().enumerate() {
            let is_there = seller.since.is_none_or(|s| s <= date);
            // About 30 chances a month; summer is quieter.
            let quiet = matches!(date.ymd().1, 7 | 8);
            let percent = seller.pace * 100 / if quiet { 44 } else { 30 };
            if is_there && random.chance(percent) {
                number += 1;
                let partner = sellers.get(at + 1).filter(|_| random.chance(3));
                one(&mut told, story, &mut random, (org_id, number), (seller, partner), (date, today, now_ms));
            }
        }
    }
    told
}

fn one(
    told: &mut Vec<Written>,
    story: &Story,
    random: &mut Random,
    (org_id, number): (i64, i64),
    (seller, partner): (&Seller, Option<&Seller>),
    (created, today, now_ms): (Date, Date, i64),
) {
    let (product, price) = *random.pick(story.products);
    let (source, by_source) = *random.pick(story.sources);
    let (proposal, by_proposal) = *random.pick(story.proposals);
    let engaged = created.day_number() + i32::try_from(random.between(0, 9)).unwrap_or(0);
    let cycle = story.cycle_days * random.between(25, 190) / 100 + 1;
    let closed = engaged + i32::try_from(cycle).unwrap_or(1);
    let is_open = closed >= today.day_number() || random.chance(2);
    let lift = seller.trained.filter(|(since, _)| *since <= created).map_or(0, |(_, lift)| lift);
    let chance = (story.win_percent + seller.skill + by_source + by_proposal + lift).clamp(5, 90);
    let outcome = random.between(0, 99);
    let status: i16 = match outcome {
        _ if is_open => 0,
        o if o < chance => 1,
        o if o < 95 => 2,
        _ => 3,
    };
    let reason = if random.chance(45) { story.reasons[0] } else { random.pick(story.reasons) };
    let discount = if random.chance(30) { random.between(1, 4) * 50_000 } else { 0 };
    let amount = price * random.between(55, 185) / 100 / 50 * 50 * (1_000_000 - discount);
    let deal_id = crate::id::next();
    let is_split = partner.is_some();
    let after = deal::Model {
        org_id,
        id: deal_id,
        external_id: format!("D-{number}"),
        person_id: (!is_split).then_some(seller.id),
        is_split,
        status,
        stage: Some(
            if status == 0 { *random.pick(&["qualified", "proposal", "negotiation"]) } else { "closed" }.to_owned(),
        ),
        created_on: Some(created.day_number()),
        engaged_on: (engaged < today.day_number()).then_some(engaged),
        closed_on: (status != 0).then_some(closed),
        amount_micros: Some(amount),
        currency: "EUR".to_owned(),
        reporting_micros: Some(amount),
        account: Some((*random.pick(story.accounts)).to_owned()),
        product: Some(product.to_owned()),
        segment: Some((*random.pick(story.segments)).to_owned()),
        source: Some(source.to_owned()),
        campaign: None,
        lost_reason: (status == 2).then(|| (*reason).to_owned()),
        proposal_template: Some(proposal.to_owned()),
        discount_micros: Some(discount),
        probability_micros: (status == 0).then(|| random.between(2, 8) * 100_000),
        country: Some("NL".to_owned()),
        attributes: None,
        import_id: None,
        created_at: now_ms,
        updated_at: now_ms,
    };
    let mut credits = Vec::new();
    if let Some(partner) = partner {
        let first = amount / 10 * 6;
        for (person_id, share_micros, part) in [(seller.id, 600_000, first), (partner.id, 400_000, amount - first)] {
            let (amount_micros, reporting_micros) = (Some(part), Some(part));
            credits.push(deal_credit::Model {
                org_id,
                deal_id,
                person_id,
                share_micros,
                amount_micros,
                reporting_micros,
            });
        }
    }
    told.push(Written { before: None, after, credits });
}
