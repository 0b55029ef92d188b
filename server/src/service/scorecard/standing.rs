//! How the targets stand, and how many words there are: the other features' part of these pages.

use std::collections::BTreeMap;

use app::ui::{BulletData, State};
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
    /// Targets that are running, and how many of them are on track.
    pub fn on_track(&self) -> (usize, usize) {
        let running = || self.targets.iter().filter_map(|t| t.state);
        (running().filter(|s| *s == State::OnTrack).count(), running().count())
    }

    /// The state that most asks for attention.
    pub fn worst(&self) -> Option<State> {
        const ORDER: [State; 6] =
            [State::OffTrack, State::GuardrailBroken, State::AtRisk, State::TooFew, State::NotMeasurable, State::OnTrack];
        ORDER.into_iter().find(|state| self.targets.iter().any(|t| t.state == Some(*state)))
    }

    /// The target on a metric.
    pub fn on(&self, metric: &str) -> Option<&Target> {
        self.targets.iter().find(|t| t.metric == metric)
    }
}

/// One person's.
pub(super) async fn of_person(c: &Context<'_>, person: PersonId, period: Period) -> ServiceResult<Stands> {
    Ok(of_people(c, &[person], period).await?.remove(&person).unwrap_or_default())
}

/// Everybody's at once.
pub(super) async fn of_people(
    _: &Context<'_>,
    people: &[PersonId],
    _: Period,
) -> ServiceResult<BTreeMap<PersonId, Stands>> {
    Ok(people.iter().map(|p| (*p, Stands::default())).collect())
}

/// A team's own target on revenue, in whole units.
pub(super) async fn team_revenue(_: &Context<'_>, _: TeamId, _: Period) -> ServiceResult<Option<f64>> {
    Ok(None)
}
