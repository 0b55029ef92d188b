//! Deals against what is stored.

use std::collections::HashMap;

use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _, Select};

use domain::money::allocate;
use domain::{Date, Micros, Money};

use super::Context;
use super::change;
use super::directory::Directory;
use super::facts::as_json;
use crate::entity::{deal, deal_credit};
use crate::import::fault::{Code, Fault};
use crate::import::kind::deals::{DealRow, at};
use crate::import::report::Mode;
use crate::query::among::{among_ids, among_texts};
use crate::query::deal::{Written, remove, save};
use crate::rollup::Changes;

/// What deals are called in the history of changes.
pub const DEAL: &str = "deal";

/// Shares of a deal: person and millionths.
pub type Shares = Vec<(i64, i64)>;

/// Takes one batch of rows. Without `changes` it only counts.
pub async fn take(
    db: &impl ConnectionTrait,
    ctx: &mut Context,
    people: &mut Directory,
    changes: Option<&mut Changes>,
    rows: Vec<DealRow>,
) -> Result<(), DbErr> {
    let (mut known, shares) = load(db, ctx.org.id, &rows).await?;
    let mut write: Vec<Written> = Vec::new();
    let mut changed = Vec::new();
    for row in rows {
        let stored = known.remove(&row.external_id);
        let before = stored.as_ref().and_then(|d| shares.get(&d.id)).cloned().unwrap_or_default();
        let foreign = stored.as_ref().is_some_and(|d| d.person_id.is_some_and(|p| !ctx.allows(p)))
            || before.iter().any(|(p, _)| !ctx.allows(*p));
        let credit = match check(ctx, people, &row, stored.is_some(), foreign) {
            Ok(credit) => credit,
            Err(fault) => {
                ctx.reject(&fault);
                continue;
            }
        };
        ctx.report.rounded += u64::from(row.rounded);
        let fresh = stored.is_none();
        let mut wanted = merge(ctx, stored.clone(), row, &credit);
        let split: Shares = if wanted.is_split { credit } else { Vec::new() };
        if wanted.amount_micros.is_some() && wanted.reporting_micros.is_none() {
            ctx.report.unconverted += 1;
        }
        if stored.as_ref() == Some(&wanted) && before == split {
            ctx.report.unchanged += 1;
            continue;
        }
        *(if fresh { &mut ctx.report.created } else { &mut ctx.report.updated }) += 1;
        if let Some(old) = &stored {
            changed.push((old.id, to_json(old, &before)));
        }
        wanted.import_id = ctx.import_id;
        wanted.updated_at = ctx.now.0;
        write.push(Written { credits: parts(&wanted, &split), before: stored, after: wanted });
    }
    people.flush(db, ctx, &HashMap::new()).await?;
    match changes {
        Some(changes) if ctx.write => {
            change::write(db, ctx, DEAL, changed).await?;
            save(db, changes, write).await
        }
        _ => Ok(()),
    }
}

/// The stored deals of a batch and the shares of those that are split.
async fn load(
    db: &impl ConnectionTrait,
    org_id: i64,
    rows: &[DealRow],
) -> Result<(HashMap<String, deal::Model>, HashMap<i64, Shares>), DbErr> {
    let keys = rows.iter().map(|r| r.external_id.as_str());
    let found = deal::Entity::find()
        .filter(deal::Column::OrgId.eq(org_id))
        .filter(among_texts(db.get_database_backend(), "external_id", keys))
        .all(db)
        .await?;
    let split: Vec<i64> = found.iter().filter(|d| d.is_split).map(|d| d.id).collect();
    let shares = shares_of(db, org_id, split).await?;
    Ok((found.into_iter().map(|d| (d.external_id.clone(), d)).collect(), shares))
}

/// Who shares in these deals.
pub async fn shares_of(db: &impl ConnectionTrait, org_id: i64, split: Vec<i64>) -> Result<HashMap<i64, Shares>, DbErr> {
    let mut shares: HashMap<i64, Shares> = HashMap::new();
    if split.is_empty() {
        return Ok(shares);
    }
    let credits = deal_credit::Entity::find()
        .filter(deal_credit::Column::OrgId.eq(org_id))
        .filter(deal_credit::Column::DealId.is_in(split))
        .all(db)
        .await?;
    for credit in credits {
        shares.entry(credit.deal_id).or_default().push((credit.person_id, credit.share_micros));
    }
    shares.values_mut().for_each(|s| s.sort_unstable());
    Ok(shares)
}

/// A deal and its shares as they were.
pub fn to_json(deal: &deal::Model, shares: &Shares) -> serde_json::Value {
    serde_json::json!({ "deal": deal, "shares": shares })
}

/// A deal and its shares as [`to_json`] wrote them; none of what cannot be read.
pub fn from_json(text: &str) -> Option<(deal::Model, Shares)> {
    serde_json::from_str(text).ok().map(|Before { deal, shares }| (deal, shares))
}

/// What a correction by hand makes of a deal, or a new deal. A key that another deal has is refused.
pub async fn correct(
    db: &impl ConnectionTrait,
    ctx: &mut Context,
    people: &mut Directory,
    before: Option<(deal::Model, Shares)>,
    row: DealRow,
) -> Result<Result<Written, Fault>, DbErr> {
    if before.is_none() && !load(db, ctx.org.id, std::slice::from_ref(&row)).await?.0.is_empty() {
        return Ok(Err(Fault::new(Code::Exists).column("external_id").with("key", &row.external_id)));
    }
    let credit = match check(ctx, people, &row, before.is_some(), false) {
        Ok(credit) => credit,
        Err(fault) => return Ok(Err(fault)),
    };
    let stored = before.map(|(deal, _)| deal);
    let mut after = merge(ctx, stored.clone(), row, &credit);
    after.import_id = None;
    after.updated_at = ctx.now.0;
    let split: Shares = if after.is_split { credit } else { Vec::new() };
    Ok(Ok(Written { credits: parts(&after, &split), before: stored, after }))
}

/// Whether a row may go in; whom it credits.
fn check(
    ctx: &mut Context,
    people: &mut Directory,
    row: &DealRow,
    stored: bool,
    foreign: bool,
) -> Result<Shares, Fault> {
    let fault = |code: Code, column: &str| Fault::new(code).line(row.line).column(column);
    match (ctx.mode, stored) {
        (Mode::Create, true) => return Err(fault(Code::Exists, "external_id").with("key", &row.external_id)),
        (Mode::Update, false) => return Err(fault(Code::NotThere, "external_id").with("key", &row.external_id)),
        _ => {}
    }
    if foreign {
        return Err(fault(Code::NotAllowed, "person").with("person", &row.external_id));
    }
    let mut credit: Shares = Vec::with_capacity(row.credit.len());
    for (name, share) in &row.credit {
        let person = people.resolve(name, ctx).map_err(|f| f.line(row.line).column("person"))?;
        // Two spellings of one person are one share.
        match credit.iter_mut().find(|(p, _)| *p == person) {
            Some((_, sum)) => *sum += share,
            None => credit.push((person, *share)),
        }
    }
    credit.sort_unstable();
    Ok(credit)
}

/// The deal as it is to be stored: what the file provides over what is there.
fn merge(ctx: &Context, stored: Option<deal::Model>, row: DealRow, credit: &[(i64, i64)]) -> deal::Model {
    let mut deal = stored.unwrap_or_else(|| deal::Model {
        org_id: ctx.org.id,
        id: crate::id::next(),
        external_id: row.external_id,
        person_id: None,
        is_split: false,
        status: 0,
        stage: None,
        created_on: None,
        engaged_on: None,
        closed_on: None,
        amount_micros: None,
        currency: ctx.org.currency.clone(),
        reporting_micros: None,
        account: None,
        product: None,
        segment: None,
        source: None,
        campaign: None,
        lost_reason: None,
        proposal_template: None,
        discount_micros: None,
        probability_micros: None,
        country: None,
        attributes: None,
        import_id: ctx.import_id,
        created_at: ctx.now.0,
        updated_at: ctx.now.0,
    });
    deal.status = row.status;
    deal.is_split = credit.len() > 1;
    deal.person_id = credit.first().filter(|_| credit.len() == 1).map(|(person, _)| *person);
    if let Some(currency) = row.currency {
        deal.currency = currency.to_string();
    }
    let day = |d: domain::Date| d.day_number();
    let [account, product, segment, source, campaign, lost_reason, proposal_template] = row.texts;
    let mut put = |column: usize, set: &mut dyn FnMut(&mut deal::Model)| {
        if ctx.provides(column) {
            set(&mut deal);
        }
    };
    put(at::STAGE, &mut |d| d.stage.clone_from(&row.stage));
    put(at::CREATED_ON, &mut |d| d.created_on = row.created_on.map(day));
    put(at::ENGAGED_ON, &mut |d| d.engaged_on = row.engaged_on.map(day));
    put(at::CLOSED_ON, &mut |d| d.closed_on = row.closed_on.map(day));
    put(at::AMOUNT, &mut |d| d.amount_micros = row.amount.map(|a| a.0));
    put(at::ACCOUNT, &mut |d| d.account.clone_from(&account));
    put(at::PRODUCT, &mut |d| d.product.clone_from(&product));
    put(at::SEGMENT, &mut |d| d.segment.clone_from(&segment));
    put(at::SOURCE, &mut |d| d.source.clone_from(&source));
    put(at::CAMPAIGN, &mut |d| d.campaign.clone_from(&campaign));
    put(at::LOST_REASON, &mut |d| d.lost_reason.clone_from(&lost_reason));
    put(at::PROPOSAL_TEMPLATE, &mut |d| d.proposal_template.clone_from(&proposal_template));
    put(at::DISCOUNT, &mut |d| d.discount_micros = row.discount.map(|a| a.0));
    put(at::PROBABILITY, &mut |d| d.probability_micros = row.probability.map(|a| a.0));
    put(at::COUNTRY, &mut |d| d.country.clone_from(&row.country));
    if let Some(attributes) = &row.attributes {
        deal.attributes = as_json(attributes);
    }
    deal.reporting_micros = reporting(ctx, &deal);
    deal
}

/// The amount in the reporting currency, by the rate of the day it was closed; of an open deal by today's. Without a
/// rate there is none, and figures that need it are not measurable.
pub fn reporting(ctx: &Context, deal: &deal::Model) -> Option<i64> {
    let micros = Micros(deal.amount_micros?);
    let currency = deal.currency.parse().ok()?;
    let closed = deal.closed_on.filter(|_| deal.status != 0).and_then(Date::from_day_number);
    let day = closed.unwrap_or_else(|| ctx.now.date_utc());
    ctx.rates.convert(Money { micros, currency }, day).into_value().map(|money| money.micros.0)
}

/// Converts the amounts of deals again, and changes nothing else of them.
pub async fn convert_again(
    db: &impl ConnectionTrait,
    ctx: &Context,
    changes: &mut Changes,
    deals: Vec<deal::Model>,
) -> Result<(), DbErr> {
    let different = deals.into_iter().filter(|d| reporting(ctx, d) != d.reporting_micros);
    let different: Vec<deal::Model> = different.collect();
    let split: Vec<i64> = different.iter().filter(|d| d.is_split).map(|d| d.id).collect();
    let mut shares = shares_of(db, ctx.org.id, split).await?;
    let rows = different.into_iter().map(|before| {
        let after = deal::Model { reporting_micros: reporting(ctx, &before), ..before.clone() };
        let of = shares.remove(&before.id).unwrap_or_default();
        Written { credits: parts(&after, &of), before: Some(before), after }
    });
    save(db, changes, rows.collect()).await
}

/// The shares of a deal, with the parts of its amount that add up to it ([`allocate`]).
fn parts(deal: &deal::Model, shares: &[(i64, i64)]) -> Vec<deal_credit::Model> {
    let weights: Vec<i64> = shares.iter().map(|(_, share)| *share).collect();
    let over = |whole: Option<i64>| whole.and_then(|whole| allocate(Micros(whole), &weights)).unwrap_or_default();
    let (amounts, reporting) = (over(deal.amount_micros), over(deal.reporting_micros));
    let part = |parts: &[Micros], i: usize| parts.get(i).map(|part| part.get());
    let model = |(i, (person_id, share)): (usize, &(i64, i64))| deal_credit::Model {
        org_id: deal.org_id,
        deal_id: deal.id,
        person_id: *person_id,
        share_micros: *share,
        amount_micros: part(&amounts, i),
        reporting_micros: part(&reporting, i),
    };
    shares.iter().enumerate().map(model).collect()
}

/// Takes back what an import did to deals: those it changed become what they were, those it created are removed;
/// deals that were changed since stay as they are. Answers how many were restored and removed.
pub async fn take_back(
    db: &impl ConnectionTrait,
    ctx: &Context,
    changes: &mut Changes,
    import_id: i64,
) -> Result<(u64, u64), DbErr> {
    let (mut restored, mut after) = (0, i64::MIN);
    loop {
        let told = change::of_import(db, ctx.org.id, import_id, DEAL, after, BATCH).await?;
        let Some(last) = told.last() else { break };
        after = last.id;
        let ids = among_ids(db.get_database_backend(), "id", told.iter().map(|c| c.fact_id));
        let current = of_import(ctx.org.id, import_id).filter(ids);
        let mut current: HashMap<i64, deal::Model> = current.all(db).await?.into_iter().map(|d| (d.id, d)).collect();
        let mut rows = Vec::new();
        for change in told {
            let Some(now) = current.remove(&change.fact_id) else { continue };
            let unreadable = |error: serde_json::Error| DbErr::Custom(format!("fact_change {}: {error}", change.id));
            let Before { mut deal, shares } = serde_json::from_str(&change.before).map_err(unreadable)?;
            // A rate may have changed since.
            deal.reporting_micros = reporting(ctx, &deal);
            rows.push(Written { credits: parts(&deal, &shares), before: Some(now), after: deal });
        }
        restored += rows.len() as u64;
        save(db, changes, rows).await?;
    }
    let mut removed = 0;
    loop {
        let created = of_import(ctx.org.id, import_id).limit(BATCH).all(db).await?;
        if created.is_empty() {
            return Ok((restored, removed));
        }
        removed += created.len() as u64;
        remove(db, changes, &created).await?;
    }
}

/// Deals that an import was the last to write.
fn of_import(org_id: i64, import_id: i64) -> Select<deal::Entity> {
    deal::Entity::find().filter(deal::Column::OrgId.eq(org_id)).filter(deal::Column::ImportId.eq(import_id))
}

/// Deals that are handled at a time.
const BATCH: u64 = 500;

#[derive(serde::Deserialize)]
struct Before {
    deal: deal::Model,
    shares: Shares,
}
