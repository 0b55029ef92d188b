//! The facts of a demo company beside its deals: its story as rows, taken in like any file.

use domain::{Calendar, Date, Grain, Period, Timestamp};
use sea_orm::ConnectionTrait;

use super::deals::Seller;
use super::setting::{Chance, Person, Setting};
use super::story::Story;
use super::{agency, consultancy, retail, saas, words};
use crate::entity::organisation;
use crate::error::ServiceResult;
use crate::import::Org;
use crate::import::rows::{self, Sheet};
use crate::query::deal::Written;

/// Whom the story is about, with what they usually win.
pub fn setting(story: &Story, sellers: &[Seller], told: &[Written], today: Date) -> Setting {
    let quarter = Period::containing(today, Grain::Quarter, &Calendar::default());
    let names = story.teams.iter().flat_map(|(_, people)| people.iter().copied());
    let people = names.zip(sellers).map(|(name, seller)| Person {
        name,
        since: seller.since,
        usual: quarter.map_or(0, |q| words::usual_quarter(told, seller.id, q).revenue / 3),
    });
    let chance = |written: &Written| {
        let deal = &written.after;
        let created = deal.created_on.and_then(Date::from_day_number)?;
        Some(Chance { key: deal.external_id.clone(), created, source: deal.source.clone().unwrap_or_default() })
    };
    Setting { today, people: people.collect(), deals: told.iter().filter_map(chance).collect() }
}

/// The story of a company.
pub fn of(story: &Story, setting: &Setting) -> Vec<Sheet> {
    match story.template {
        "saas" => saas::tell(setting),
        "consultancy" => consultancy::tell(story, setting),
        "agency" => agency::tell(story, setting),
        _ => retail::tell(setting),
    }
}

/// Writes all of them.
///
/// # Errors
/// When the database refuses, or a row is not one that an import would take.
pub async fn write(
    db: &impl ConnectionTrait,
    org: &organisation::Model,
    sheets: &[Sheet],
    now: Timestamp,
) -> ServiceResult<()> {
    let owner = Org { id: org.id, currency: org.currency.clone() };
    for sheet in sheets {
        let report = rows::take(db, &owner, sheet, now).await?;
        if !report.written {
            let why = report.rejected.first().map_or("no such facts", |r| r.message.as_str());
            return Err(anyhow::anyhow!("{} of {}: {why}", sheet.kind.name(), org.slug).into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
