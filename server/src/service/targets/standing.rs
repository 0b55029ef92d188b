//! How targets stand today, many at once: one question per period for all people, not one per target.

use std::collections::{BTreeMap, BTreeSet};

use domain::target::{
    Definition, Distribution, GuardrailReading, Judgement, Progress, ProgressInput, Status, TargetPart, Who,
    monthly_parts, part_there, progress,
};
use domain::{Answer, Grain, Outcome, Period, PersonId, Ratio};
use sea_orm::ConnectionTrait;

use super::model::Stored;
use super::past;
use super::rights::scope;
use crate::error::ServiceResult;
use crate::service::desk::Desk;

/// A target with what is known of it today.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    /// The target.
    pub stored: Stored,
    /// Where it stands in its life, with what time made of it.
    pub status: Status,
    /// How it goes; none for drafts, cancelled ones and metrics no longer known.
    pub progress: Option<Going>,
}

/// How a target goes, with the answers behind it.
#[derive(Clone, Debug)]
pub(super) struct Going {
    /// The definition of its metric.
    pub metric: Definition,
    /// The metric so far.
    pub answer: Answer,
    /// The counter-metric so far.
    pub guardrail: Option<(Definition, Answer, bool)>,
    /// The verdict.
    pub progress: Progress,
}

/// Answers that were read for many targets.
#[derive(Debug, Default)]
struct Sheet {
    people: BTreeMap<(Period, PersonId, String), Answer>,
    past: BTreeMap<(Period, PersonId, String), Vec<f64>>,
}

fn guardrail_of(desk: &Desk, stored: &Stored) -> Option<Definition> {
    stored.target.guardrails.first().and_then(|g| desk.definition(&g.metric))
}

fn is_judged(stored: &Stored) -> bool {
    !matches!(stored.status, Status::Draft | Status::Cancelled)
}

/// Reads how targets stand.
///
/// # Errors
/// When the database refuses.
pub(super) async fn of(db: &impl ConnectionTrait, desk: &Desk, all: Vec<Stored>) -> ServiceResult<Vec<Standing>> {
    let sheet = read(db, desk, &all).await?;
    let mut found = Vec::with_capacity(all.len());
    for stored in all {
        let going = match desk.definition(&stored.target.metric).filter(|_| is_judged(&stored)) {
            Some(metric) => Some(going(db, desk, &sheet, &stored, metric).await?),
            None => None,
        };
        let status = status(desk, &stored, going.as_ref());
        found.push(Standing { stored, status, progress: going });
    }
    Ok(found)
}

/// What time makes of the stored status. Nothing needs to be written for a period to end.
fn status(desk: &Desk, stored: &Stored, going: Option<&Going>) -> Status {
    let met = match going {
        Some(Going { progress, .. }) => {
            progress.actual.map(|actual| stored.target.direction.is_met(actual, progress.target))
        }
        None => Outcome::NotMeasurable(domain::Why::NoData),
    };
    stored.status.on_day(desk.caller.today, stored.target.period, &met)
}

/// Reads the figures of all people's targets, a question per period and metric set.
async fn read(db: &impl ConnectionTrait, desk: &Desk, all: &[Stored]) -> ServiceResult<Sheet> {
    type Wanted = (BTreeSet<String>, BTreeSet<String>, BTreeSet<PersonId>);
    let mut wanted: BTreeMap<Period, Wanted> = BTreeMap::new();
    for stored in all.iter().filter(|s| is_judged(s)) {
        let Who::Person(person) = stored.target.who else { continue };
        let Some(metric) = desk.definition(&stored.target.metric) else { continue };
        let entry = wanted.entry(stored.target.period).or_default();
        entry.0.insert(metric.id.clone());
        entry.0.extend(guardrail_of(desk, stored).map(|m| m.id));
        if metric.grows {
            entry.1.insert(metric.id);
        }
        entry.2.insert(person);
    }
    let mut sheet = Sheet::default();
    for (period, (metrics, grows, people)) in wanted {
        if desk.caller.today < period.from() {
            continue;
        }
        let only = (people.len() == 1).then(|| people.first().copied()).flatten();
        for ((person, id), answer) in desk.of_people(db, &metrics, only, period).await? {
            sheet.people.insert((period, person, id), answer);
        }
        // A band is asked for only while the period runs.
        if !period.is_partial(desk.caller.today) || grows.is_empty() {
            continue;
        }
        let calendar = &desk.frame.calendar;
        let before = past::before(period, desk.caller.today, calendar);
        let span = before.first().zip(before.last()).and_then(|(a, b)| Period::new(a.from(), b.to()).ok());
        if let (Some(grain), Some(span)) = (past::grain_of(period, calendar), span) {
            sheet.past.extend(
                desk.past_of_people(db, &grows, only, span, grain)
                    .await?
                    .into_iter()
                    .map(|((person, id), values)| ((period, person, id), values)),
            );
        }
    }
    Ok(sheet)
}

async fn going(
    db: &impl ConnectionTrait,
    desk: &Desk,
    sheet: &Sheet,
    stored: &Stored,
    metric: Definition,
) -> ServiceResult<Going> {
    let target = &stored.target;
    let answer = figure(db, desk, sheet, stored, &metric).await?;
    let guardrail = match guardrail_of(desk, stored) {
        Some(m) => {
            let answer = figure(db, desk, sheet, stored, &m).await?;
            Some((m, answer))
        }
        None => None,
    };
    let readings: Vec<GuardrailReading> = target
        .guardrails
        .iter()
        .zip(&guardrail)
        .map(|(g, (_, answer))| GuardrailReading {
            direction: g.direction,
            limit: g.limit.to_ratio(),
            actual: answer.value.as_ref().map(|f| f.exact),
        })
        .collect();
    let parts = parts(db, desk, stored, &metric).await?;
    let past = match target.who {
        Who::Person(person) => sheet.past.get(&(target.period, person, metric.id.clone())).cloned().unwrap_or_default(),
        _ if metric.grows && target.period.contains(desk.caller.today) => {
            let known = past::known(db, desk, &metric, target.who, target.period).await?;
            known.evidence.measured().into_iter().map(Ratio::to_f64).collect()
        }
        _ => Vec::new(),
    };
    let (from, to) = past::membership(desk, target.who);
    let input = ProgressInput {
        target,
        // Of somebody who is never there in the period, the target stays what was agreed.
        there: part_there(target.period, from, to).unwrap_or(target.period),
        metric: &metric,
        answer: &answer,
        today: desk.caller.today,
        calendar: &desk.frame.calendar,
        parts: &parts,
        past: &past,
        guardrails: &readings,
        min_n: desk.frame.min_n,
    };
    let progress = progress(&input);
    let guardrail = guardrail.zip(readings.first()).map(|((m, a), r)| (m, a, r.is_broken()));
    Ok(Going { metric, guardrail, progress, answer })
}

/// A metric of whom a target is for, over its period so far.
async fn figure(
    db: &impl ConnectionTrait,
    desk: &Desk,
    sheet: &Sheet,
    stored: &Stored,
    metric: &Definition,
) -> ServiceResult<Answer> {
    let target = &stored.target;
    if desk.caller.today < target.period.from() {
        return Ok(Answer { value: Outcome::NotMeasurable(domain::Why::NotStarted), ..Answer::nothing() });
    }
    match target.who {
        Who::Person(person) => {
            if let Some(answer) = sheet.people.get(&(target.period, person, metric.id.clone())) {
                return Ok(answer.clone());
            }
            // Whoever was no member in the period did nothing that counts here.
            desk.value(db, &metric.id, scope(target.who), target.period).await
        }
        Who::Team(_) | Who::Organisation => desk.value(db, &metric.id, scope(target.who), target.period).await,
    }
}

/// The parts over which a target is spread: amounts by hand, or last year's months.
async fn parts(
    db: &impl ConnectionTrait,
    desk: &Desk,
    stored: &Stored,
    metric: &Definition,
) -> ServiceResult<Vec<TargetPart>> {
    let (target, calendar) = (&stored.target, &desk.frame.calendar);
    match target.distribution {
        Distribution::ByHand => Ok(stored.parts_by_hand(calendar)),
        Distribution::Seasonal if metric.grows => {
            let Some(before) = target.period.year_before() else { return Ok(Vec::new()) };
            let months = desk.parts(db, &metric.id, scope(target.who), before, Grain::Month).await?;
            let weight = |a: &Answer| a.value.as_ref().map(|f| f.exact).into_value().unwrap_or(Ratio::ZERO);
            let weights: Vec<Ratio> = months.iter().map(|(_, answer)| weight(answer)).collect();
            Ok(monthly_parts(target.period, &weights, calendar))
        }
        Distribution::Even | Distribution::WorkingDays | Distribution::Seasonal => Ok(Vec::new()),
    }
}

/// Whether a verdict asks for attention.
pub(super) fn needs_attention(judgement: Judgement) -> bool {
    matches!(judgement, Judgement::AtRisk | Judgement::OffTrack | Judgement::Missed | Judgement::ReachedGuardrailBroken)
}
