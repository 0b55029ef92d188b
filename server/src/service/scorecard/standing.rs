//! How the targets stand, and how many words there are: the other features' part of these pages.

use std::collections::BTreeMap;

use app::notes::api::NotesPort;
use app::targets::api::{TargetFilter, TargetLine, TargetsPort};
use app::ui::{BulletData, State};
use domain::policy::Relation;
use domain::{Period, PersonId, TeamId};

use super::context::Context;
use crate::error::ServiceResult;

/// One target as these pages need it.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub metric: String,
    pub status: String,
    pub state: Option<State>,
    pub bullet: Option<BulletData>,
    pub value: String,
}

/// A person's targets and the number of notes on them.
#[derive(Clone, Debug, Default)]
pub(super) struct Stands {
    pub targets: Vec<Target>,
    /// Notes of the period that the caller may read; none where they may not know.
    pub words: Option<i64>,
}

impl Stands {
    /// How targets stand that were agreed; a proposal counts for nothing yet.
    fn states(&self) -> impl Iterator<Item = State> {
        self.targets.iter().filter(|t| !matches!(t.status.as_str(), "draft" | "proposed")).filter_map(|t| t.state)
    }

    /// How many targets are on track or reached already, and how many were agreed.
    pub fn on_track(&self) -> (usize, usize) {
        let running = || self.states();
        (running().filter(|s| matches!(s, State::OnTrack | State::Reached)).count(), running().count())
    }

    /// The state that most asks for attention.
    pub fn worst(&self) -> Option<State> {
        const ORDER: [State; 8] = [
            State::OffTrack,
            State::Missed,
            State::GuardrailBroken,
            State::AtRisk,
            State::TooFew,
            State::NotMeasurable,
            State::OnTrack,
            State::Reached,
        ];
        ORDER.into_iter().find(|state| self.states().any(|s| s == *state))
    }

    /// The target on a KPI; revenue is the same as what it is made of.
    pub fn on(&self, c: &Context<'_>, id: &str) -> Option<&Target> {
        let made_of = c.frame.revenue.id;
        let same = |of: &str| of == id || (id == "revenue" && of == made_of) || (id == made_of && of == "revenue");
        self.targets.iter().find(|t| t.metric == id).or_else(|| self.targets.iter().find(|t| same(&t.metric)))
    }
}

/// One person's.
pub(super) async fn of_person(c: &Context<'_>, person: PersonId, period: Period) -> ServiceResult<Stands> {
    Ok(of_people(c, &[person], period).await?.remove(&person).unwrap_or_default())
}

/// Everybody's at once.
pub(super) async fn of_people(
    c: &Context<'_>,
    people: &[PersonId],
    period: Period,
) -> ServiceResult<BTreeMap<PersonId, Stands>> {
    let caller = &c.access.caller;
    let mut targets = TargetsPort::of_people(c.services, caller, people, period).await?;
    let words = NotesPort::counts(c.services, caller, people, period).await?;
    let words: BTreeMap<PersonId, u32> = words.into_iter().collect();
    let stands = people.iter().map(|p| {
        let targets = targets.remove(p).unwrap_or_default().into_iter().map(target).collect();
        // Whoever may read none of the notes must not learn from a 0 that there are none.
        let reads = matches!(c.access.relation_to_person(*p), Relation::Own | Relation::Below);
        (*p, Stands { targets, words: words.get(p).copied().filter(|_| reads).map(i64::from) })
    });
    Ok(stands.collect())
}

fn target(line: TargetLine) -> Target {
    let (state, bullet) = line.standing.map_or((None, None), |s| (Some(s.state), Some(s.bullet)));
    Target { metric: line.metric, status: line.status, state, bullet, value: line.value }
}

/// A team's own target on revenue, in whole units.
pub(super) async fn team_revenue(c: &Context<'_>, team: TeamId, period: Period) -> ServiceResult<Option<f64>> {
    let filter = TargetFilter {
        whose: "all".to_owned(),
        period: period.name(&c.frame.calendar),
        team: Some(team),
        ..TargetFilter::default()
    };
    let list = TargetsPort::list(c.services, &c.access.caller, filter).await?;
    let own = list
        .lines
        .into_iter()
        .find(|l| l.team == Some(team) && matches!(l.metric.as_str(), "revenue" | "deals_revenue"));
    Ok(own.and_then(|l| l.standing).map(|s| s.bullet.target))
}
