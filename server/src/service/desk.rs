//! What a use case about somebody's figures has on its desk: who asks, the organisation, the language, and the way
//! from a metric and some periods to answers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use app::caller::Caller;
use app::i18n::Texts;
use domain::metric::{Figure, Interval};
use domain::target::Definition;
use domain::{Answer, Grain, Locale, Outcome, Period, PersonId, Timestamp, format};
use sea_orm::ConnectionTrait;

use crate::authz::Access;
use crate::error::ServiceResult;
use crate::kpi::{self, Frame, Kpi, KpiQuery, Viewer, Who};
use crate::service::catalogue::{own, why_not};
use crate::state::AppState;
use crate::words::Words;

/// See the module.
#[derive(Debug)]
pub struct Desk {
    /// Who asks.
    pub caller: Caller,
    /// Whom they reach.
    pub access: Access,
    /// The organisation.
    pub frame: Arc<Frame>,
    /// Texts in the reader's language.
    pub texts: Texts,
    /// The present moment.
    pub now: Timestamp,
}

impl Desk {
    /// Reads it inside a transaction.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open(state: &AppState, db: &impl ConnectionTrait, caller: &Caller) -> ServiceResult<Self> {
        let access = Access::load(db, caller).await?;
        Ok(Self::with(state, access, Arc::new(Frame::load(db, caller.org_id).await?)))
    }

    /// Reads it for an answer; what is kept of the organisation between requests is not read again.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn read(state: &AppState, caller: &Caller) -> ServiceResult<Self> {
        let (roster, access) = state.roster_of(caller).await?;
        Ok(Self::with(state, access, Arc::clone(&roster.frame)))
    }

    fn with(state: &AppState, access: Access, frame: Arc<Frame>) -> Self {
        let caller = access.caller.clone();
        Self { texts: Texts::of(caller.locale), caller, access, frame, now: state.clock.now() }
    }

    /// The organisation's id, as stored.
    pub fn org(&self) -> i64 {
        self.caller.org_id.get()
    }

    /// The reader's language.
    pub fn locale(&self) -> Locale {
        self.caller.locale
    }

    /// A period by its name; the current quarter where none is given.
    pub fn period(&self, name: &str) -> Option<Period> {
        if name.trim().is_empty() {
            return Period::containing(self.caller.today, Grain::Quarter, &self.frame.calendar);
        }
        Period::parse(name, &self.frame.calendar).ok()
    }

    /// A period in words.
    pub fn period_label(&self, period: Period) -> String {
        format::period(self.locale(), period, &self.frame.calendar)
    }

    /// Name of a KPI of the catalogue or of the organisation's own, also of one that is out of use.
    pub fn metric_name(&self, id: &str) -> String {
        match self.frame.own.versions(id).last() {
            Some(row) => own::name(row, self.locale()).to_owned(),
            None => self.texts.t(&format!("metric.{id}.name")),
        }
    }

    /// What a target needs to know of a KPI; none of one that is not known or out of use.
    pub fn definition(&self, id: &str) -> Option<Definition> {
        let (today, own) = match Kpi::find(&self.frame, id)? {
            Kpi::Catalogue(metric) => return Some(metric.into()),
            Kpi::Own(own) => (self.caller.today, own),
        };
        let row = self.frame.own.on(id, today).or_else(|| self.frame.own.latest(id))?;
        Some(Definition {
            id: id.to_owned(),
            unit: own.unit(today),
            better: own::better(row),
            interval: Interval::None,
            perspective: own::perspective(row),
            grows: own.adds_up(today),
            guardrails: &[],
            // Two categories cannot be named in a target.
            in_use: !Kpi::Own(own).needs_pair(self.frame.revenue),
        })
    }

    /// A figure as text, as tables and sentences show it.
    pub fn figure(&self, figure: &Figure) -> String {
        format::figure_in_table(self.locale(), figure, self.frame.currency)
    }

    /// An answer as text; the reason where there is no value.
    pub fn answer(&self, answer: &Answer) -> String {
        match &answer.value {
            Outcome::Value(figure) => self.figure(figure),
            Outcome::NotMeasurable(why) => why_not(Words(self.locale()), *why),
        }
    }

    /// The day of a moment, as text.
    pub fn day(&self, at: i64) -> String {
        format::date(self.locale(), Timestamp(at).date_utc())
    }

    /// KPIs of the catalogue that notes and targets can be about, as (id, name).
    pub fn metrics(&self) -> Vec<(String, String)> {
        crate::kpi::loaded().map(|m| (m.id.to_owned(), self.metric_name(m.id))).collect()
    }

    /// KPIs that targets can be set on, the organisation's own among them, as (id, name).
    pub fn measurable(&self) -> Vec<(String, String)> {
        let own = self.frame.own.all_latest().filter(|row| self.definition(&row.key).is_some_and(|d| d.in_use));
        let own = own.map(|row| (row.key.clone(), self.metric_name(&row.key)));
        self.metrics().into_iter().chain(own).collect()
    }

    /// The KPIs of some ids, those that are not known left out.
    fn kpis<'a>(&self, ids: impl IntoIterator<Item = &'a String>) -> Vec<Kpi> {
        ids.into_iter().filter_map(|id| Kpi::find(&self.frame, id)).collect()
    }

    /// One metric of one person or team in one period. The right to see it was checked before.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn value(
        &self,
        db: &impl ConnectionTrait,
        metric: &str,
        who: Who,
        period: Period,
    ) -> ServiceResult<Answer> {
        let rows = self.ask(db, KpiQuery { who, ..KpiQuery::new(self.kpis([&metric.to_owned()]), period) }).await?;
        Ok(rows.into_iter().next().map_or_else(Answer::nothing, |row| row.answer))
    }

    /// One metric of one person or team in each part of a period.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn parts(
        &self,
        db: &impl ConnectionTrait,
        metric: &str,
        who: Who,
        period: Period,
        grain: Grain,
    ) -> ServiceResult<Vec<(Period, Answer)>> {
        let by = vec![kpi::Dimension::Time(grain)];
        let kpis = self.kpis([&metric.to_owned()]);
        let query = KpiQuery { who, by, every_part: true, ..KpiQuery::new(kpis, period) };
        Ok(self.ask(db, query).await?.into_iter().map(|row| (row.period, row.answer)).collect())
    }

    /// Metrics of many people in one period, read at once; `only` limits it to one person.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn of_people(
        &self,
        db: &impl ConnectionTrait,
        metrics: &BTreeSet<String>,
        only: Option<PersonId>,
        period: Period,
    ) -> ServiceResult<BTreeMap<(PersonId, String), Answer>> {
        let by = vec![kpi::Dimension::Person];
        let who = only.map_or(Who::ALL, Who::person);
        let rows = self.ask(db, KpiQuery { by, who, ..KpiQuery::new(self.kpis(metrics), period) }).await?;
        let of = |row: kpi::KpiRow| Some(((person_of(&row)?, row.metric.id().to_owned()), row.answer));
        Ok(rows.into_iter().filter_map(of).collect())
    }

    /// Measured values of many people in the parts of a period, oldest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn past_of_people(
        &self,
        db: &impl ConnectionTrait,
        metrics: &BTreeSet<String>,
        only: Option<PersonId>,
        period: Period,
        grain: Grain,
    ) -> ServiceResult<BTreeMap<(PersonId, String), Vec<f64>>> {
        let by = vec![kpi::Dimension::Person, kpi::Dimension::Time(grain)];
        let who = only.map_or(Who::ALL, Who::person);
        let query = KpiQuery { by, who, every_part: true, ..KpiQuery::new(self.kpis(metrics), period) };
        let mut found: BTreeMap<(PersonId, String), Vec<f64>> = BTreeMap::new();
        for row in self.ask(db, query).await? {
            if let (Some(person), Some(figure)) = (person_of(&row), row.answer.value.value()) {
                found.entry((person, row.metric.id().to_owned())).or_default().push(figure.to_f64());
            }
        }
        Ok(found)
    }

    /// Asks with an operator's reach: the right to see was checked on the target or the note. What is dated after
    /// today is no result yet.
    async fn ask(&self, db: &impl ConnectionTrait, query: KpiQuery) -> ServiceResult<Vec<kpi::KpiRow>> {
        let query = KpiQuery { so_far: true, ..query };
        let viewer = Viewer::operator(self.caller.org_id, self.caller.today);
        match kpi::ask(db, &self.frame, &viewer, &query).await {
            Ok(rows) => Ok(rows),
            // A team or person without any member in the period has no rows.
            Err(kpi::KpiError::Denied(_)) => Ok(Vec::new()),
            Err(other) => Err(other.into()),
        }
    }
}

fn person_of(row: &kpi::KpiRow) -> Option<PersonId> {
    let label = row.by.iter().find(|label| label.dimension == kpi::Dimension::Person)?;
    label.id.map(PersonId::new)
}
