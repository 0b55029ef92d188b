//! Server functions and port of the KPI catalogue.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

pub use super::data::*;
use crate::error::ApiResult;
use crate::port::{Caller, request};

/// What the server does for this feature; each method is one use case.
#[async_trait]
pub trait CataloguePort: Send + Sync {
    /// The KPIs that a query finds, each with its value of the current quarter where there are facts.
    async fn catalogue(&self, caller: &Caller, query: CatalogueQuery) -> ApiResult<Catalogue>;
    /// Everything about one KPI.
    async fn kpi(&self, caller: &Caller, id: String) -> ApiResult<KpiDetail>;
}

/// The KPIs that a query finds.
#[server(prefix = "/api", endpoint = "kpis/list", input = Json)]
pub async fn list_kpis(
    /// Which.
    query: CatalogueQuery,
) -> ApiResult<Catalogue> {
    let (caller, ports) = request().await?;
    ports.catalogue.catalogue(&caller, query).await
}

/// Everything about one KPI.
#[server(prefix = "/api", endpoint = "kpis/get", input = Json)]
pub async fn get_kpi(
    /// Its id, as in the address.
    id: String,
) -> ApiResult<KpiDetail> {
    let (caller, ports) = request().await?;
    ports.catalogue.kpi(&caller, id).await
}
