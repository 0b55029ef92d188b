//! Stored sums of the kinds of fact that share one shape: a row per person, day and month, text and mark, made anew
//! from the facts of the days that were touched, and the months from their days.

use std::collections::{BTreeMap, BTreeSet};

use domain::OrgId;
use sea_orm::{ConnectionTrait, DbErr};

use super::{EVERYBODY, Grain};
use crate::query::column::Table;
use crate::query::kept::{self, Days, Kept, Row};
use crate::query::spread;

/// Makes the sums of these days anew.
pub(super) async fn make(
    db: &impl ConnectionTrait,
    org: OrgId,
    touched: &BTreeMap<Table, BTreeSet<i64>>,
) -> Result<(), DbErr> {
    for kept in kept::ALL {
        if let Some(days) = touched.get(&kept.table).map(Vec::from_iter) {
            let days: Vec<i64> = days.into_iter().copied().collect();
            of_kind(db, org, kept, Days::Some(&days), &days).await?;
        }
    }
    Ok(())
}

/// Makes all sums anew.
pub(super) async fn make_all(db: &impl ConnectionTrait, org: OrgId) -> Result<(), DbErr> {
    for kept in kept::ALL {
        let before = kept.days(db, org).await?;
        of_kind(db, org, kept, Days::All, &before).await?;
        let after = kept.days(db, org).await?;
        make_months(db, org, kept, &after).await?;
    }
    Ok(())
}

async fn of_kind(
    db: &impl ConnectionTrait,
    org: OrgId,
    kept: &Kept,
    days: Days<'_>,
    of_months: &[i64],
) -> Result<(), DbErr> {
    kept.make(db, org, days).await?;
    make_months(db, org, kept, of_months).await?;
    if kept.distinct.is_some() {
        spread::make(db, org, days).await?;
    }
    Ok(())
}

async fn make_months(db: &impl ConnectionTrait, org: OrgId, kept: &Kept, days: &[i64]) -> Result<(), DbErr> {
    for (from, to) in months(days.iter().copied()) {
        kept.make_month(db, org, from, to).await?;
    }
    Ok(())
}

/// The months that hold these days: the first day of each, and the day after it.
pub(super) fn months(days: impl Iterator<Item = i64>) -> BTreeSet<(i64, i64)> {
    let days = days.filter_map(|day| i32::try_from(day).ok());
    days.map(|day| (Grain::Month.first_day(day).into(), Grain::Month.end(day).into())).collect()
}

/// Compares every stored row with the facts: how many were compared, and which differ. A year at a time, so that what is
/// held stays bounded.
pub(super) async fn compare(db: &impl ConnectionTrait, org: OrgId) -> Result<(u64, Vec<String>), DbErr> {
    let (mut compared, mut differences) = (0, Vec::new());
    for kept in kept::ALL {
        let days = kept.all_days(db, org).await?;
        let days = days.into_iter().filter_map(|day| i32::try_from(day).ok());
        let years: BTreeSet<(i32, i32)> = days.map(|d| (Grain::Year.first_day(d), Grain::Year.end(d))).collect();
        for (from, to) in years {
            let span = Days::Span(from.into(), to.into());
            let mut counted: BTreeMap<Key, Vec<i64>> = BTreeMap::new();
            for row in kept.count(db, org, span).await? {
                add(&mut counted, &row);
            }
            for row in kept.stored(db, org, span).await? {
                compared += 1;
                let place =
                    format!("sums of {} of {} on {} by {}", kept.table.name(), row.person, row.first_day, row.grain);
                match counted.remove(&key(&row, row.grain, row.first_day, row.person)) {
                    None => differences.push(format!("{place}: there are no such facts")),
                    Some(values) if values != row.values => {
                        differences.push(format!("{place}: stored {:?}, counted {values:?}", row.values));
                    }
                    Some(_) => (),
                }
            }
            let missing = counted.into_keys().map(|key| format!("sums of {} {key:?}: missing", kept.table.name()));
            differences.extend(missing);
        }
    }
    if kept::size(db, org).await? != compared {
        differences.push("there are sums of no kind of fact".to_owned());
    }
    let [stored, counted] = spread::both(db, org).await?;
    compared += stored.len() as u64;
    let different = stored.symmetric_difference(&counted);
    differences.extend(different.map(|place| format!("places of a receipt: {place:?} is stored or counted, not both")));
    Ok((compared, differences))
}

/// Grain, first day, person, text, mark.
type Key = (i16, i64, i64, String, i64);

fn key(row: &Row, grain: i16, first_day: i64, person: i64) -> Key {
    (grain, first_day, person, row.text.clone(), row.mark)
}

/// Adds the row of a day, to that of everybody and to those of the month.
fn add(counted: &mut BTreeMap<Key, Vec<i64>>, row: &Row) {
    let month = i32::try_from(row.first_day).map_or(row.first_day, |day| Grain::Month.first_day(day).into());
    for (grain, first_day) in [(Grain::Day, row.first_day), (Grain::Month, month)] {
        for person in [row.person, EVERYBODY] {
            let values = counted.entry(key(row, grain.stored(), first_day, person)).or_default();
            values.resize(row.values.len(), 0);
            values.iter_mut().zip(&row.values).for_each(|(sum, value)| *sum = sum.saturating_add(*value));
        }
    }
}
