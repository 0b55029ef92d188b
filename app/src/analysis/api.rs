//! Server functions and port of this feature.
#![allow(missing_docs, reason = "the macro makes a structure of each function; its fields are the arguments")]

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

pub use super::data::*;
use crate::error::ApiResult;
use crate::port::{Caller, request};

/// What the server does for this feature; each method is one use case.
#[async_trait]
pub trait AnalysisPort: Send + Sync {
    /// An analysis of a period, of what the reader may see.
    async fn analysis(&self, caller: &Caller, query: AnalysisQuery) -> ApiResult<AnalysisView>;
    /// Events, and which analyses have facts.
    async fn events(&self, caller: &Caller) -> ApiResult<EventList>;
    /// A KPI before and after an event, of what it touched and of all else.
    async fn event(&self, caller: &Caller, query: EventQuery) -> ApiResult<AnalysisView>;
}

/// An analysis of a period.
#[server(prefix = "/api", endpoint = "analysis/get", input = Json)]
pub async fn get_analysis(query: AnalysisQuery) -> ApiResult<AnalysisView> {
    let (caller, ports) = request().await?;
    ports.analysis.analysis(&caller, query).await
}

/// Events, and which analyses have facts.
#[server(prefix = "/api", endpoint = "analysis/events", input = Json)]
pub async fn get_events() -> ApiResult<EventList> {
    let (caller, ports) = request().await?;
    ports.analysis.events(&caller).await
}

/// A KPI before and after an event.
#[server(prefix = "/api", endpoint = "analysis/event", input = Json)]
pub async fn get_event(query: EventQuery) -> ApiResult<AnalysisView> {
    let (caller, ports) = request().await?;
    ports.analysis.event(&caller, query).await
}
