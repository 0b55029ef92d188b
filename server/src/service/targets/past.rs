//! The own history of a person or team on a metric: what "achievable" is read from.

use domain::target::{Definition, Evidence, Past, Who};
use domain::{Answer, Calendar, Date, Grain, Period};
use sea_orm::ConnectionTrait;

use super::rights::scope;
use crate::error::ServiceResult;
use crate::query;
use crate::service::desk::Desk;

/// How many past periods are looked at.
fn count(grain: Option<Grain>) -> usize {
    match grain {
        Some(Grain::Month | Grain::Week) => 12,
        Some(Grain::Quarter) => 8,
        Some(Grain::HalfYear) => 6,
        Some(Grain::Year) => 4,
        None => 6,
    }
}

/// The grain that a period is one of, if it is.
pub(super) fn grain_of(period: Period, calendar: &Calendar) -> Option<Grain> {
    Grain::ALL.into_iter().find(|g| Period::containing(period.from(), *g, calendar) == Some(period))
}

/// Past periods of the same length that have ended, oldest first.
pub(super) fn before(period: Period, today: Date, calendar: &Calendar) -> Vec<Period> {
    let grain = grain_of(period, calendar);
    let many = count(grain);
    let ended = |p: &Period| p.to() <= period.from() && p.to() <= today;
    let mut all: Vec<Period> = match grain {
        Some(grain) => {
            let until = period.from().min(today);
            Period::series(until, grain, many + 1, calendar).into_iter().filter(ended).collect()
        }
        None => {
            let back = std::iter::successors(period.previous(), |p| p.previous());
            let mut found: Vec<Period> = back.take(many * 4).filter(ended).take(many).collect();
            found.reverse();
            found
        }
    };
    if all.len() > many {
        all.drain(..all.len() - many);
    }
    all
}

/// Past values with what else is known.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// As the domain reads it.
    pub evidence: Evidence,
    /// The answers behind it, oldest first.
    pub answers: Vec<(Period, Answer)>,
    /// The same period a year before.
    pub year_before: Option<(Period, Answer)>,
    /// What the periods are, for words.
    pub grain: Option<Grain>,
}

/// Reads the history of a person or team before a period.
///
/// # Errors
/// When the database refuses.
pub(super) async fn known(
    db: &impl ConnectionTrait,
    desk: &Desk,
    metric: &Definition,
    who: Who,
    period: Period,
) -> ServiceResult<Known> {
    let (calendar, today) = (&desk.frame.calendar, desk.caller.today);
    let grain = grain_of(period, calendar);
    let (member_from, member_to) = membership(desk, who);
    let periods: Vec<Period> = before(period, today, calendar)
        .into_iter()
        // Before somebody joined there is no history, not a history of nothing.
        .filter(|p| member_from.is_none_or(|from| from < p.to()))
        .collect();
    let answers = values(db, desk, metric, who, &periods, grain).await?;
    let year_before = match period.year_before() {
        Some(p) if p.to() <= today && member_from.is_none_or(|from| from < p.to()) => {
            match answers.iter().find(|(q, _)| *q == p) {
                Some(found) => Some(found.clone()),
                None => Some((p, desk.value(db, &metric.id, scope(who), p).await?)),
            }
        }
        _ => None,
    };
    let newest = query::target::newest_fact(db, desk.org(), today.day_number()).await?;
    let past = answers.iter().map(|(period, answer)| Past {
        period: *period,
        outcome: answer.value.as_ref().map(|f| f.exact),
        n: answer.n,
    });
    let evidence = Evidence {
        history: past.collect(),
        today,
        data_as_of: newest.and_then(Date::from_day_number),
        member_from,
        member_to,
    };
    Ok(Known { evidence, answers, year_before, grain })
}

/// When a person joined and leaves; teams are always there.
pub(super) fn membership(desk: &Desk, who: Who) -> (Option<Date>, Option<Date>) {
    let Who::Person(person) = who else { return (None, None) };
    let Some(member) = desk.frame.people.get(&person) else { return (None, None) };
    let from = member.stays.iter().map(|s| s.from).min().filter(|d| *d != i32::MIN);
    let to = member.stays.iter().map(|s| s.to).max().filter(|d| *d != i32::MAX);
    (from.and_then(Date::from_day_number), to.and_then(Date::from_day_number))
}

/// A metric in each of some periods: one question where they are whole months, quarters …
async fn values(
    db: &impl ConnectionTrait,
    desk: &Desk,
    metric: &Definition,
    who: Who,
    periods: &[Period],
    grain: Option<Grain>,
) -> ServiceResult<Vec<(Period, Answer)>> {
    let span = periods.first().zip(periods.last()).and_then(|(a, b)| Period::new(a.from(), b.to()).ok());
    if let (Some(grain), Some(span)) = (grain, span) {
        return desk.parts(db, &metric.id, scope(who), span, grain).await;
    }
    let mut found = Vec::with_capacity(periods.len());
    for period in periods {
        found.push((*period, desk.value(db, &metric.id, scope(who), *period).await?));
    }
    Ok(found)
}
