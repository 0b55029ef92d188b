//! What every page of this feature needs: who asks, the organisation, how far its data reaches.

use std::collections::BTreeSet;
use std::sync::Arc;

use app::caller::Caller;
use domain::metric::Metric;
use domain::policy::Action;
use domain::{Currency, Date, Locale, Measure, Period, PersonId, TeamId, format};
use sea_orm::DatabaseConnection;

use crate::authz::{Access, Authorized, Denied, Reach, find_person, find_team};
use crate::entity::{person, team};
use crate::error::ServiceResult;
use crate::kpi::{self, Frame, Input, InputState, Span, Viewer, Who};
use crate::query::freshness::{Freshness, freshness};
use crate::service::{Services, when};
use crate::words::Words;

/// See the module; made once per request.
pub(in crate::service) struct Context<'a> {
    pub services: &'a Services,
    pub access: Access,
    pub viewer: Viewer,
    pub frame: Arc<Frame>,
    pub fresh: Freshness,
    pub words: Words,
    pub today: Date,
}

/// Whose figures a page shows, once it is known that the caller may see them.
#[derive(Clone, Debug)]
pub(in crate::service) struct Subject {
    pub who: Who,
    pub name: String,
    /// Page that the figures stand on.
    pub home: String,
}

/// What is said of the facts behind a number.
#[derive(Clone, Debug, Default)]
pub(in crate::service) struct FactsBehind {
    /// How far each kind reaches.
    pub as_of: String,
    /// What each kind lacks, a sentence a kind.
    pub missing: Vec<String>,
}

impl<'a> Context<'a> {
    pub async fn load(services: &'a Services, caller: &Caller) -> ServiceResult<Self> {
        let (roster, access) = services.state.roster_of(caller).await?;
        let viewer = Viewer::of(&access);
        let frame = Arc::clone(&roster.frame);
        let fresh = freshness(&services.state.db, caller.org_id, caller.today).await?;
        let words = Words(caller.locale);
        Ok(Self { services, access, viewer, frame, fresh, words, today: caller.today })
    }

    pub fn db(&self) -> &DatabaseConnection {
        &self.services.state.db
    }

    pub fn locale(&self) -> Locale {
        self.words.0
    }

    pub fn currency(&self) -> Currency {
        self.frame.currency
    }

    /// The person of an address, if the caller may see their figures.
    pub async fn person(&self, text: &str) -> ServiceResult<Authorized<person::Model>> {
        let id = match text {
            "" | "me" => self.access.caller.person_id.ok_or(Denied::NotFound)?,
            text => text.parse::<PersonId>().map_err(|_| Denied::NotFound)?,
        };
        find_person(self.db(), &self.access, id, Action::SeeNumbers).await
    }

    /// The team of an address, if the caller may see at least its total.
    pub async fn team(&self, text: &str) -> ServiceResult<Authorized<team::Model>> {
        let id = text.parse::<TeamId>().map_err(|_| Denied::NotFound)?;
        find_team(self.db(), &self.access, id, Action::SeeTeamTotal).await
    }

    /// Person, team, or everything that the caller sees.
    pub async fn subject(&self, person: &str, team: &str) -> ServiceResult<Subject> {
        use app::route::Route;
        if !person.is_empty() {
            let row = self.person(person).await?;
            let id = PersonId::new(row.id);
            return Ok(Subject { who: Who::person(id), name: row.name.clone(), home: Route::Scorecard(id).href() });
        }
        if !team.is_empty() {
            let row = self.team(team).await?;
            let id = TeamId::new(row.id);
            return Ok(Subject { who: Who::team(id), name: row.name.clone(), home: Route::Team(id).href() });
        }
        let name = match self.viewer.reach {
            Reach::All => self.access.caller.org_name.clone(),
            Reach::Limited { .. } => self.words.t("team.mine"),
        };
        Ok(Subject { who: Who::ALL, name, home: Route::Teams.href() })
    }

    /// Whether the caller may see the figures of single people of a team.
    pub fn sees_people_of(&self, team: TeamId) -> bool {
        self.access.allows(Action::SeeNumbers, self.access.relation_to_team(team))
    }

    /// Whether the caller may open a person's scorecard.
    pub fn sees_person(&self, person: PersonId) -> bool {
        self.access.allows(Action::SeeNumbers, self.access.relation_to_person(person))
    }

    /// What the data reaches to.
    pub fn as_of(&self) -> String {
        let date = |day| format::date(self.locale(), day);
        match (self.fresh.last_closed, self.fresh.last_import) {
            (None, _) => self.words.t("said.as_of.nothing"),
            (Some(deal), None) => self.words.tf("said.as_of.deal", &[("deal", &date(deal))]),
            (Some(deal), Some(import)) => {
                self.words.tf("said.as_of.both", &[("deal", &date(deal)), ("import", &date(import.date_utc()))])
            }
        }
    }

    /// How far the facts of each kind that measures are made of reach, when the last of them came in, and what they lack
    /// in a period.
    pub async fn facts_of(&self, measures: &BTreeSet<Measure>, period: Period) -> ServiceResult<FactsBehind> {
        let zone = when::zone_of(self.db(), self.access.caller.org_id.get()).await?;
        let span = Span::asked(period, self.today);
        let states = kpi::states(self.db(), &self.frame, self.today, &Input::of(measures), span).await?;
        let as_of: Vec<String> = states.iter().filter_map(|state| self.as_of_kind(state, &zone)).collect();
        let lacking = kpi::behind(measures, &states);
        Ok(FactsBehind {
            as_of: as_of.join("; "),
            missing: lacking.iter().filter_map(|state| self.lacks(state)).collect(),
        })
    }

    fn as_of_kind(&self, state: &InputState, zone: &str) -> Option<String> {
        let date = |day| format::date(self.locale(), day);
        let import = state.imported_at().map(|at| date(when::in_zone(at.0, zone).day));
        let (key, day) = match (state.input, state.last_day, &import) {
            (Input::Facts(_), None, _) => ("said.as_of.none", String::new()),
            (Input::Facts(_), Some(day), None) => ("said.as_of.kind", date(day)),
            (Input::Facts(_), Some(day), Some(_)) => ("said.as_of.kind_import", date(day)),
            // Of people and targets no day says how far they reach.
            (_, _, Some(_)) => ("said.as_of.import", String::new()),
            (_, _, None) => return None,
        };
        let kind = self.words.t(&format!("imports.kind.{}", state.input.kind()));
        Some(self.words.tf(key, &[("kind", &kind), ("day", &day), ("import", &import.unwrap_or_default())]))
    }

    /// What the facts of a kind lack, in words.
    fn lacks(&self, state: &InputState) -> Option<String> {
        let missing: Vec<String> = state.missing().iter().map(|missing| missing.text(self.words)).collect();
        let kind = self.words.t(&format!("imports.kind.{}", state.input.kind()));
        let text = || self.words.tf("said.missing.of_kind", &[("kind", &kind), ("missing", &missing.join("; "))]);
        (!missing.is_empty()).then(text)
    }

    /// Name of a metric.
    pub fn name(&self, metric: &Metric) -> String {
        self.words.t(&format!("metric.{}.name", metric.id))
    }
}
