//! How complete the facts are, of the organisation as a whole: days and months, no figures.

use app::caller::Caller;
use app::completeness::api::{CompletenessPort, KindState, LastImport, SourceState};
use app::error::ApiResult;
use async_trait::async_trait;
use domain::Date;
use domain::ids::ImportId;
use domain::policy::{Action, Relation};

use super::{Services, when};
use crate::authz::{Access, Denied};
use crate::entity::import;
use crate::error::ServiceResult;
use crate::kpi::{Frame, Input, InputState, Kpi, Span, states};
use crate::query::completeness;

/// Sources that are named.
const SOURCES: u64 = 20;
/// Imports that are named, each of other files.
const IMPORTS: usize = 5;

#[async_trait]
impl CompletenessPort for Services {
    async fn completeness(&self, caller: &Caller, metric: &str) -> ApiResult<Vec<KindState>> {
        Ok(self.completeness_of(caller, metric).await?)
    }
}

impl Services {
    async fn completeness_of(&self, caller: &Caller, metric: &str) -> ServiceResult<Vec<KindState>> {
        let db = &self.state.db;
        let access = Access::load(db, caller).await?;
        access.require(Action::ReadCatalogue, Relation::Organisation)?;
        let roster = self.state.rosters.of(db, caller.org_id).await?;
        let inputs = inputs_of(&roster.frame, metric)?;
        let span = Span::year(caller.today);
        let found = states(db, &roster.frame, caller.today, &inputs, Some(span)).await?;
        let sees_imports = access.allows(Action::Import, Relation::Unrelated);
        let zone = when::zone_of(db, caller.org_id.get()).await?;
        let mut kinds = Vec::new();
        for state in found.into_iter().filter(|state| state.is_there || !metric.is_empty()) {
            let sources = self.sources_of(caller, &state, span).await?;
            let imports = self.imports_of(caller, &state, sees_imports, &zone).await?;
            kinds.push(KindState {
                kind: state.input.kind().to_owned(),
                is_there: state.is_there,
                last_day: state.last_day,
                imports,
                sources,
                gaps: state.gaps,
                without_spend: state.without_spend,
                without_rate: state.without_rate,
            });
        }
        Ok(kinds)
    }

    /// How far the facts of each source of a kind reach, and which of them brought nothing in the last whole month or
    /// since.
    async fn sources_of(&self, caller: &Caller, state: &InputState, span: Span) -> ServiceResult<Vec<SourceState>> {
        let (db, org) = (&self.state.db, caller.org_id);
        let found = match state.input {
            Input::Facts(table) if state.is_there => {
                completeness::sources(db, org, table, (span.from, span.to), SOURCES).await?
            }
            Input::Rates => completeness::currencies(db, org, span.to, SOURCES).await?,
            _ => Vec::new(),
        };
        let month_before = caller.today.first_of_month().add_months(-1).unwrap_or(Date::MIN);
        let source = |(name, last_day)| SourceState { name, last_day, is_stale: last_day < month_before };
        Ok(found.into_iter().map(source).collect())
    }

    /// The last imports; who may not see every import learns the day of the last one.
    async fn imports_of(
        &self,
        caller: &Caller,
        state: &InputState,
        sees_imports: bool,
        zone: &str,
    ) -> ServiceResult<Vec<LastImport>> {
        let imported = |row: import::Model| LastImport {
            day: when::in_zone(row.finished_at.unwrap_or(row.created_at), zone).day,
            file: sees_imports.then(|| (ImportId::new(row.id), row.file_name)),
        };
        let Some(last) = state.import.clone() else { return Ok(Vec::new()) };
        if !sees_imports {
            return Ok(vec![imported(last)]);
        }
        let kind = state.input.kind();
        let all = completeness::last_imports(&self.state.db, caller.org_id, kind, IMPORTS).await?;
        Ok(all.into_iter().map(imported).collect())
    }
}

/// The kinds of fact that a KPI is made of in this organisation; all for none.
fn inputs_of(frame: &Frame, metric: &str) -> ServiceResult<Vec<Input>> {
    if metric.is_empty() {
        return Ok(Input::ALL.to_vec());
    }
    let kpi = Kpi::find(frame, metric).ok_or(Denied::NotFound)?;
    Ok(Input::of(&kpi.needed(frame.revenue)))
}
