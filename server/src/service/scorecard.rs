//! Scorecard, team board, Explain and the deals behind a figure.
//!
//! Each page asks the KPI engine once or twice and words what comes back; nothing is computed here that the
//! engine or `domain` knows.

mod attention;
mod behind;
pub(super) mod board;
mod compare;
pub(super) mod context;
mod deal;
mod deals;
mod explain;
mod explain_own;
pub(super) mod export;
mod face;
pub(super) mod figures;
mod largest;
pub(super) mod period;
mod person;
mod remarks;
mod standing;
mod verdict;

use app::ApiResult;
use app::caller::Caller;
use app::scorecard::api::{
    DealDetail, DealsPage, DealsQuery, ExplainQuery, Explanation, Scorecard, ScorecardPort, ScorecardQuery, TeamBoard,
    TeamQuery,
};

use super::Services;
use context::Context;

#[async_trait::async_trait]
impl ScorecardPort for Services {
    async fn scorecard(&self, caller: &Caller, query: ScorecardQuery) -> ApiResult<Scorecard> {
        let context = Context::load(self, caller).await?;
        Ok(person::scorecard(&context, query).await?)
    }

    async fn team(&self, caller: &Caller, query: TeamQuery) -> ApiResult<TeamBoard> {
        let context = Context::load(self, caller).await?;
        Ok(board::board(&context, query).await?)
    }

    async fn explain(&self, caller: &Caller, query: ExplainQuery) -> ApiResult<Explanation> {
        let context = Context::load(self, caller).await?;
        Ok(explain::explain(&context, query).await?)
    }

    async fn deals(&self, caller: &Caller, query: DealsQuery) -> ApiResult<DealsPage> {
        let context = Context::load(self, caller).await?;
        Ok(deals::page(&context, query).await?)
    }

    async fn deal(&self, caller: &Caller, id: String) -> ApiResult<DealDetail> {
        let context = Context::load(self, caller).await?;
        Ok(deal::detail(&context, &id).await?)
    }
}
