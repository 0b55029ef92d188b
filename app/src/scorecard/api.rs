//! Server functions and port of this feature: scorecard, team board, Explain and the deals behind a figure.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

pub use super::data::*;
pub use super::deals_data::*;
pub use super::explain_data::*;
pub use super::team_data::*;
use crate::error::ApiResult;
use crate::port::{Caller, request};

/// What the server does for this feature; each method is one use case.
#[async_trait]
pub trait ScorecardPort: Send + Sync {
    /// One person's scorecard. Needs sight of that person's numbers, else there is no such page.
    async fn scorecard(&self, caller: &Caller, query: ScorecardQuery) -> ApiResult<Scorecard>;
    /// A team's board; without rows of people for who may see its total only.
    async fn team(&self, caller: &Caller, query: TeamQuery) -> ApiResult<TeamBoard>;
    /// Where one number comes from.
    async fn explain(&self, caller: &Caller, query: ExplainQuery) -> ApiResult<Explanation>;
    /// The deals behind a number.
    async fn deals(&self, caller: &Caller, query: DealsQuery) -> ApiResult<DealsPage>;
    /// One deal.
    async fn deal(&self, caller: &Caller, id: String) -> ApiResult<DealDetail>;
}

/// One person's scorecard.
#[server(prefix = "/api", endpoint = "scorecard/person", input = Json)]
pub async fn get_scorecard(
    /// Whose, and of when.
    query: ScorecardQuery,
) -> ApiResult<Scorecard> {
    let (caller, ports) = request().await?;
    ports.scorecard.scorecard(&caller, query).await
}

/// A team's board.
#[server(prefix = "/api", endpoint = "scorecard/team", input = Json)]
pub async fn get_team(
    /// Which, and of when.
    query: TeamQuery,
) -> ApiResult<TeamBoard> {
    let (caller, ports) = request().await?;
    ports.scorecard.team(&caller, query).await
}

/// Where one number comes from.
#[server(prefix = "/api", endpoint = "scorecard/explain", input = Json)]
pub async fn get_explanation(
    /// Which number.
    query: ExplainQuery,
) -> ApiResult<Explanation> {
    let (caller, ports) = request().await?;
    ports.scorecard.explain(&caller, query).await
}

/// The deals behind a number.
#[server(prefix = "/api", endpoint = "deals/list", input = Json)]
pub async fn get_deals(
    /// Which, and from where on.
    query: DealsQuery,
) -> ApiResult<DealsPage> {
    let (caller, ports) = request().await?;
    ports.scorecard.deals(&caller, query).await
}

/// One deal.
#[server(prefix = "/api", endpoint = "deals/get", input = Json)]
pub async fn get_deal(
    /// Its identifier, as in the address.
    id: String,
) -> ApiResult<DealDetail> {
    let (caller, ports) = request().await?;
    ports.scorecard.deal(&caller, id).await
}
