//! Figures for programs: the catalogue, and answers as the command line gives them.

use app::caller::Caller;
use domain::Locale;
use domain::metric::{Status, catalogue};
use domain::policy::{Action, Relation};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{ServiceError, ServiceResult};
use crate::kpi::typed::{self, Typed};
use crate::kpi::{Kpi, KpiError, Viewer, answer, to_json};
use crate::service::Services;
use crate::service::catalogue::better;
use crate::service::catalogue::own::name as own_name;
use crate::words::Words;

/// A KPI of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KpiEntry {
    /// Id, as `metrics` takes it.
    pub id: String,
    /// Name in the language asked for (`Accept-Language`).
    pub name: String,
    /// What it measures.
    pub explanation: String,
    /// Formula over measures and metrics.
    pub formula: String,
    /// money, money_per_day, count, ratio, days or number.
    pub unit: String,
    /// Which direction is better: up, down or neither.
    pub better: String,
    /// Version of the definition.
    pub version: u32,
    /// Whether a question must name two categories, in `with`.
    pub needs_with: bool,
    /// Whether it is one of the organisation's own.
    pub own: bool,
}

/// The catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KpiCatalogue {
    /// Its KPIs.
    pub kpis: Vec<KpiEntry>,
}

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// An argument cannot be understood.
    #[error("argument")]
    Argument(#[from] typed::Fault),
    /// Anything else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl Services {
    /// The KPIs in use, in the caller's language.
    ///
    /// # Errors
    /// When the caller may not read the catalogue, or the database refuses.
    pub async fn kpi_catalogue(&self, caller: &Caller) -> ServiceResult<KpiCatalogue> {
        let (roster, access) = self.state.roster_of(caller).await?;
        access.require(Action::ReadCatalogue, Relation::Organisation)?;
        let frame = &roster.frame;
        let words = Words(caller.locale);
        let active = catalogue::all().iter().filter(|m| m.status == Status::Active);
        let kpis = active.map(|metric| KpiEntry {
            id: metric.id.to_owned(),
            name: words.t(&format!("metric.{}.name", metric.id)),
            explanation: words.t(&format!("metric.{}.explain", metric.id)),
            formula: metric.formula(),
            unit: metric.unit.code().to_owned(),
            better: better(metric).to_owned(),
            version: metric.version,
            needs_with: Kpi::from(metric).needs_pair(frame.revenue),
            own: false,
        });
        let own = frame.own.in_force(caller.today).filter_map(|row| {
            let kpi = Kpi::find(frame, &row.key)?;
            Some(KpiEntry {
                id: row.key.clone(),
                name: own_name(row, caller.locale).to_owned(),
                explanation: row.explanation.clone(),
                formula: row.formula.clone(),
                unit: kpi.unit(caller.today).code().to_owned(),
                better: row.better.clone(),
                version: u32::try_from(row.version).unwrap_or(1),
                needs_with: kpi.needs_pair(frame.revenue),
                own: true,
            })
        });
        Ok(KpiCatalogue { kpis: kpis.chain(own).collect() })
    }

    /// Answers a question as the command line does, within the caller's reach, with reasons in this language.
    ///
    /// # Errors
    /// An argument that cannot be understood; not found, when nothing of it may be seen; or the database refuses.
    pub async fn kpi_answer(
        &self,
        caller: &Caller,
        typed: &Typed,
        locale: Locale,
    ) -> Result<serde_json::Value, AskError> {
        let db = &self.state.db;
        let (roster, access) = self.state.roster_of(caller).await?;
        let (frame, viewer) = (&roster.frame, Viewer::of(&access));
        let query = typed::read(frame, &viewer, typed)?;
        let answered = answer(db, frame, &viewer, &query).await.map_err(|error| match error {
            KpiError::TooManyParts(most) => AskError::Argument(typed::Fault::too_many_parts(most)),
            other => AskError::Service(other.into()),
        })?;
        Ok(to_json(&answered, frame.currency, Words(locale)))
    }
}
