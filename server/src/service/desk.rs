//! What a use case about somebody's figures has on its desk: who asks, the organisation, the language, and the way
//! from a metric and some periods to answers.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::caller::Caller;
use app::i18n::Texts;
use domain::metric::{Figure, Metric};
use domain::{Answer, Grain, Locale, Outcome, Period, PersonId, Timestamp, format};
use sea_orm::ConnectionTrait;

use crate::authz::Access;
use crate::error::ServiceResult;
use crate::kpi::{self, Frame, KpiQuery, Viewer, Who};
use crate::service::catalogue::why_not;
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

    /// Name of a metric.
    pub fn metric_name(&self, id: &str) -> String {
        self.texts.t(&format!("metric.{id}.name"))
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

    /// Metrics that notes and targets can be about, as (id, name).
    pub fn metrics(&self) -> Vec<(String, String)> {
        crate::kpi::loaded().map(|m| (m.id.to_owned(), self.metric_name(m.id))).collect()
    }

    /// One metric of one person or team in one period. The right to see it was checked before.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn value(
        &self,
        db: &impl ConnectionTrait,
        metric: &'static Metric,
        who: Who,
        period: Period,
    ) -> ServiceResult<Answer> {
        let rows = self.ask(db, KpiQuery { who, ..KpiQuery::new(vec![metric], period) }).await?;
        Ok(rows.into_iter().next().map_or_else(Answer::nothing, |row| row.answer))
    }

    /// One metric of one person or team in each part of a period.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn parts(
        &self,
        db: &impl ConnectionTrait,
        metric: &'static Metric,
        who: Who,
        period: Period,
        grain: Grain,
    ) -> ServiceResult<Vec<(Period, Answer)>> {
        let by = vec![kpi::Dimension::Time(grain)];
        let query = KpiQuery { who, by, every_part: true, ..KpiQuery::new(vec![metric], period) };
        Ok(self.ask(db, query).await?.into_iter().map(|row| (row.period, row.answer)).collect())
    }

    /// Metrics of many people in one period, read at once; `only` limits it to one person.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn of_people(
        &self,
        db: &impl ConnectionTrait,
        metrics: Vec<&'static Metric>,
        only: Option<PersonId>,
        period: Period,
    ) -> ServiceResult<BTreeMap<(PersonId, &'static str), Answer>> {
        let by = vec![kpi::Dimension::Person];
        let who = only.map_or(Who::ALL, Who::person);
        let rows = self.ask(db, KpiQuery { by, who, ..KpiQuery::new(metrics, period) }).await?;
        let of = |row: kpi::KpiRow| Some(((person_of(&row)?, metric_of(&row)?), row.answer));
        Ok(rows.into_iter().filter_map(of).collect())
    }

    /// Measured values of many people in the parts of a period, oldest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn past_of_people(
        &self,
        db: &impl ConnectionTrait,
        metrics: Vec<&'static Metric>,
        only: Option<PersonId>,
        period: Period,
        grain: Grain,
    ) -> ServiceResult<BTreeMap<(PersonId, &'static str), Vec<f64>>> {
        let by = vec![kpi::Dimension::Person, kpi::Dimension::Time(grain)];
        let who = only.map_or(Who::ALL, Who::person);
        let query = KpiQuery { by, who, every_part: true, ..KpiQuery::new(metrics, period) };
        let mut found: BTreeMap<(PersonId, &'static str), Vec<f64>> = BTreeMap::new();
        for row in self.ask(db, query).await? {
            if let (Some(person), Some(id), Some(figure)) = (person_of(&row), metric_of(&row), row.answer.value.value())
            {
                found.entry((person, id)).or_default().push(figure.to_f64());
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

/// The metric of the catalogue that a row is about: targets and notes are about no others.
fn metric_of(row: &kpi::KpiRow) -> Option<&'static str> {
    match &row.metric {
        kpi::Kpi::Catalogue(metric) => Some(metric.id),
        kpi::Kpi::Own(_) => None,
    }
}
