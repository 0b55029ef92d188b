//! The server functions of the pages of facts.
#![expect(missing_docs, reason = "the macro makes a field of each argument; the functions say what they mean")]

use std::collections::HashMap;

use domain::ids::FactId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::data::{FactInput, FactList, FactView, FactsQuery};
use crate::error::ApiResult;
use crate::port::{redirect, request};
use crate::route::Route;

/// A page of facts of a kind.
#[server(prefix = "/api", endpoint = "facts/list", input = Json)]
pub async fn list_facts(query: FactsQuery) -> ApiResult<FactList> {
    let (caller, ports) = request().await?;
    ports.facts.list(&caller, query).await
}

/// One fact, or an empty form.
#[server(prefix = "/api", endpoint = "facts/fact", input = Json)]
pub async fn see_fact(kind: String, id: Option<FactId>) -> ApiResult<FactView> {
    let (caller, ports) = request().await?;
    ports.facts.fact(&caller, &kind, id).await
}

/// Writes a correction or a new fact.
#[server(prefix = "/api", endpoint = "facts/save")]
pub async fn save_fact(
    kind: String,
    #[server(default)] id: Option<FactId>,
    #[server(default)] changed_at: i64,
    #[server(default)] fields: HashMap<String, String>,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    let id = ports.facts.save(&caller, FactInput { kind: kind.clone(), id, changed_at, fields }).await?;
    redirect(&Route::Fact(kind, id).href());
    Ok(())
}

/// Removes a fact.
#[server(prefix = "/api", endpoint = "facts/remove")]
pub async fn remove_fact(kind: String, id: FactId) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.facts.remove(&caller, &kind, id).await?;
    redirect(&Route::of_facts(&kind).href());
    Ok(())
}
