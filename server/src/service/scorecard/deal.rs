//! One deal with all its fields.

use app::route::Route;
use app::scorecard::api::{Credit, DealDetail, Link};
use domain::money::MICROS_PER_UNIT;
use domain::policy::{Action, Relation};
use domain::{Date, DealId, ImportId, PersonId, Ratio, Timestamp, format};

use super::context::Context;
use super::deals::status_word;
use crate::authz::{Denied, Reach};
use crate::entity::{deal, deal_credit};
use crate::error::ServiceResult;
use crate::query;
use crate::query::facts::status_of;

/// The deal of an address, if one of those credited with it may be seen.
pub(super) async fn detail(c: &Context<'_>, id: &str) -> ServiceResult<DealDetail> {
    let id: DealId = id.parse().map_err(|_| Denied::NotFound)?;
    let org = c.frame.org.get();
    let row = query::deal::by_id(c.db(), org, id.get()).await?.ok_or(Denied::NotFound)?;
    let credits = if row.is_split { query::deal::credits(c.db(), org, id.get()).await? } else { Vec::new() };
    let owners: Vec<PersonId> =
        row.person_id.into_iter().chain(credits.iter().map(|k| k.person_id)).map(PersonId::new).collect();
    if c.viewer.reach != Reach::All && !owners.iter().any(|p| sees_deal_of(c, *p, &row)) {
        return Err(Denied::NotFound.into());
    }
    let import = match row.import_id {
        None => None,
        Some(id) => query::import::by_id(c.db(), org, id).await?,
    };
    let import = import.map(|i| {
        let may = c.access.allows(Action::Import, Relation::Organisation);
        let href = if may { Route::Import(ImportId::new(i.id)).href() } else { String::new() };
        Link { label: i.file_name, href }
    });
    let may = |relation| c.access.allows(Action::Import, relation);
    let all_below = || !owners.is_empty() && owners.iter().all(|p| may(c.access.relation_to_person(*p)));
    let status = status_of(row.status);
    let updated = format::date(c.locale(), Timestamp(row.updated_at).date_utc());
    Ok(DealDetail {
        id,
        external_id: row.external_id.clone(),
        title: row.account.clone().unwrap_or_else(|| row.external_id.clone()),
        status: status.code().to_owned(),
        status_word: status_word(c, status),
        fields: fields(c, &row)?,
        credits: shares(c, &row, &credits),
        import,
        updated: c.words.tf("said.updated", &[("date", &updated)]),
        may_change: may(Relation::Unrelated) || all_below(),
    })
}

/// Whether a person may be seen, now or in the team that they were in when the deal counted.
fn sees_deal_of(c: &Context<'_>, person: PersonId, row: &deal::Model) -> bool {
    let Reach::Limited { people, teams, .. } = &c.viewer.reach else { return true };
    let day = row.closed_on.filter(|_| row.status != 0).unwrap_or_else(|| c.today.day_number());
    let then = c.frame.stay_at(person, day).and_then(|s| s.team);
    people.contains(&person) || then.is_some_and(|t| teams.contains(&t))
}

fn money(c: &Context<'_>, micros: Option<i64>) -> Option<String> {
    let amount = Ratio::new(i128::from(micros?), i128::from(MICROS_PER_UNIT))?;
    Some(format::money(c.locale(), amount, c.currency()))
}

fn share(c: &Context<'_>, micros: i64) -> String {
    format::percent(c.locale(), Ratio::new(i128::from(micros), 1_000_000).unwrap_or(Ratio::ONE), 0)
}

fn fields(c: &Context<'_>, row: &deal::Model) -> ServiceResult<Vec<(String, String)>> {
    let day = |day: Option<i32>| day.and_then(Date::from_day_number).map(|d| format::date(c.locale(), d));
    let original =
        row.currency.parse().ok().filter(|currency| *currency != c.currency()).zip(row.amount_micros).and_then(
            |(currency, micros)| {
                let amount = Ratio::new(i128::from(micros), i128::from(MICROS_PER_UNIT))?;
                Some(format::money(c.locale(), amount, currency))
            },
        );
    let all = [
        ("amount", money(c, row.reporting_micros)),
        ("original", original),
        ("account", row.account.clone()),
        ("product", row.product.clone()),
        ("segment", row.segment.clone()),
        ("stage", row.stage.clone()),
        ("created_on", day(row.created_on)),
        ("engaged_on", day(row.engaged_on)),
        ("closed_on", day(row.closed_on)),
        ("source", row.source.clone()),
        ("campaign", row.campaign.clone()),
        ("lost_reason", row.lost_reason.clone()),
        ("proposal_template", row.proposal_template.clone()),
        ("discount", row.discount_micros.map(|d| share(c, d))),
        ("probability", row.probability_micros.map(|p| share(c, p))),
        ("country", row.country.clone()),
    ];
    let named = |(key, value): (&str, Option<String>)| {
        let name = c.words.t(&format!("deals.field.{key}"));
        (name, value)
    };
    let own = query::own::of_json(row.attributes.as_deref())?;
    let (filled, blank): (Vec<_>, Vec<_>) = all
        .into_iter()
        .filter(|(key, value)| *key != "original" || value.is_some())
        .map(named)
        .chain(own.into_iter().map(|(name, value)| (name, Some(value))))
        .partition(|(_, v)| v.is_some());
    let either = |(name, value): (String, Option<String>)| (name, value.unwrap_or_else(|| "–".to_owned()));
    Ok(filled.into_iter().chain(blank).map(either).collect())
}

fn shares(c: &Context<'_>, row: &deal::Model, credits: &[deal_credit::Model]) -> Vec<Credit> {
    let credit = |person: i64, micros: i64, amount: Option<i64>| {
        let id = PersonId::new(person);
        let seen = c.sees_person(id);
        let name = c.frame.person_name(id).filter(|_| seen).map_or_else(|| c.words.t("deals.colleague"), str::to_owned);
        Credit {
            name,
            share: share(c, micros),
            amount: money(c, amount).unwrap_or_else(|| "–".to_owned()),
            href: if seen { Route::Scorecard(id).href() } else { String::new() },
        }
    };
    match row.person_id {
        Some(person) => vec![credit(person, 1_000_000, row.reporting_micros)],
        None => credits.iter().map(|k| credit(k.person_id, k.share_micros, k.reporting_micros)).collect(),
    }
}
