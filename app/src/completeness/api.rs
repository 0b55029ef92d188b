//! Data, server function and port of this feature.
#![allow(missing_docs, reason = "the macro makes a structure of each function; its fields are the arguments")]

use async_trait::async_trait;
use domain::Date;
use domain::ids::ImportId;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::caller::Caller;
use crate::error::ApiResult;
use crate::port::request;

/// The import by which facts of a kind came in last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastImport {
    /// The day on which it was written.
    pub day: Date,
    /// Identifier and file, for those who may see every import.
    pub file: Option<(ImportId, String)>,
}

/// A part of the facts of a kind that comes from elsewhere than the rest: a source of deals, a channel, a shop, a currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceState {
    /// Its name; none is blank.
    pub name: Option<String>,
    /// The latest day with a fact, not after today.
    pub last_day: Date,
    /// Whether nothing came since the month before last.
    pub is_stale: bool,
}

/// How complete the facts of one kind are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindState {
    /// Code of the kind.
    pub kind: String,
    /// Whether there is any fact of it.
    pub is_there: bool,
    /// The latest day with a fact, not after today, of targets the last day that any is for; none without any, and of
    /// people.
    pub last_day: Option<Date>,
    /// The last import by each way of reading files, the newest first; empty when every fact was typed in.
    pub imports: Vec<LastImport>,
    /// Its sources with facts in the last twelve months, the freshest first; empty where facts name none.
    pub sources: Vec<SourceState>,
    /// First days of the whole months without a fact, of the last twelve that lie within the history.
    pub gaps: Vec<Date>,
    /// Channels of campaigns whose spend is missing on days of the last twelve months, or of leads that no spend stands
    /// against in them; one may have no name.
    pub without_spend: Vec<Option<String>>,
    /// Currencies of amounts for which there is no exchange rate on or before their day.
    pub without_rate: Vec<String>,
}

/// What the server does for this feature; each method is one use case.
#[async_trait]
pub trait CompletenessPort: Send + Sync {
    /// The kinds of fact that the organisation uses, or those that a KPI is made of.
    async fn completeness(&self, caller: &Caller, metric: &str) -> ApiResult<Vec<KindState>>;
}

/// How complete the kinds of fact are that the organisation uses, or those that a KPI is made of. Everybody.
#[server(prefix = "/api", endpoint = "completeness/get")]
pub async fn get_completeness(#[server(default)] metric: String) -> ApiResult<Vec<KindState>> {
    let (caller, ports) = request().await?;
    ports.completeness.completeness(&caller, &metric).await
}
