//! What every page of this feature needs: who asks, the organisation, how far its data reaches.

use std::collections::BTreeSet;
use std::sync::Arc;

use app::caller::Caller;
use domain::metric::{FactKind, Metric};
use domain::policy::Action;
use domain::{Currency, Date, Locale, Measure, PersonId, TeamId, format};
use sea_orm::DatabaseConnection;

use crate::authz::{Access, Authorized, Denied, Reach, find_person, find_team};
use crate::entity::{person, team};
use crate::error::ServiceResult;
use crate::kpi::{Frame, Viewer, Who, made_of};
use crate::query::completeness;
use crate::query::freshness::{Freshness, freshness};
use crate::service::{Services, when};
use crate::words::Words;

/// See the module; made once per request.
pub(super) struct Context<'a> {
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
pub(super) struct Subject {
    pub who: Who,
    pub name: String,
    /// Page that the figures stand on.
    pub home: String,
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

    /// How far the facts of each kind that measures are made of reach, and when the last of them came in.
    pub async fn as_of_facts(&self, measures: &BTreeSet<Measure>) -> ServiceResult<String> {
        let (org, locale) = (self.access.caller.org_id, self.locale());
        let zone = when::zone_of(self.db(), org.get()).await?;
        let tables = made_of::tables(measures);
        let days = completeness::last_days(self.db(), org, &tables, self.today).await?;
        let dated = tables.iter().map(|table| table.kind()).zip(days.into_iter().map(Some));
        // Of people and targets no day says how far they reach.
        let others = made_of::kinds(measures).into_iter().filter_map(|kind| match kind {
            FactKind::People => Some("people"),
            FactKind::Targets => Some("targets"),
            _ => None,
        });
        let mut said = Vec::new();
        for (kind, day) in dated.chain(others.map(|kind| (kind, None))) {
            let name = self.words.t(&format!("imports.kind.{kind}"));
            let import = completeness::last_import(self.db(), org, kind).await?;
            let import = import.map(|row| when::in_zone(row.finished_at.unwrap_or(row.created_at), &zone).day);
            let import = import.map(|day| format::date(locale, day));
            let (key, day) = match (day, &import) {
                (Some(None), _) => ("said.as_of.none", String::new()),
                (Some(Some(day)), None) => ("said.as_of.kind", format::date(locale, day)),
                (Some(Some(day)), Some(_)) => ("said.as_of.kind_import", format::date(locale, day)),
                (None, Some(_)) => ("said.as_of.import", String::new()),
                (None, None) => continue,
            };
            let import = import.unwrap_or_default();
            said.push(self.words.tf(key, &[("kind", &name), ("day", &day), ("import", &import)]));
        }
        Ok(said.join("; "))
    }

    /// Name of a metric.
    pub fn name(&self, metric: &Metric) -> String {
        self.words.t(&format!("metric.{}.name", metric.id))
    }
}
