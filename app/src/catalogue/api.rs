//! Server functions and port of the KPI catalogue.

use std::collections::HashMap;

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

pub use super::choices_data::*;
pub use super::data::*;
pub use super::own_data::*;
use crate::error::ApiResult;
use crate::port::{Caller, redirect, request};
use crate::route::Route;

/// What the server does for this feature; each method is one use case.
#[async_trait]
pub trait CataloguePort: Send + Sync {
    /// The KPIs that a query finds, each with its value of the current quarter where there are facts.
    async fn catalogue(&self, caller: &Caller, query: CatalogueQuery) -> ApiResult<Catalogue>;
    /// Everything about one KPI.
    async fn kpi(&self, caller: &Caller, query: KpiQuery) -> ApiResult<KpiDetail>;
    /// The form of an own KPI with the check of what was typed. Needs the right to manage settings.
    async fn formula_form(&self, caller: &Caller, query: FormulaQuery) -> ApiResult<FormulaFormView>;
    /// Saves a new own KPI or a new version of one, and gives its key.
    async fn save_formula(&self, caller: &Caller, fields: FormulaFields) -> ApiResult<String>;
    /// Puts an own KPI on the scorecards under a perspective; without one takes it from them.
    async fn show_formula(&self, caller: &Caller, key: String, perspective: String) -> ApiResult<()>;
    /// Takes an own KPI out of use.
    async fn retire_formula(&self, caller: &Caller, key: String) -> ApiResult<()>;
    /// What the organisation chose where vendors disagree.
    async fn choices(&self, caller: &Caller) -> ApiResult<ChoicesView>;
    /// Keeps the choices as a new version.
    async fn save_choices(&self, caller: &Caller, input: ChoicesInput) -> ApiResult<()>;
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
    /// Code of the length of the periods listed.
    #[server(default)]
    by: String,
    /// The first of two categories to compare.
    #[server(default)]
    from: String,
    /// The second.
    #[server(default)]
    to: String,
) -> ApiResult<KpiDetail> {
    let (caller, ports) = request().await?;
    ports.catalogue.kpi(&caller, KpiQuery { id, by, from, to }).await
}

/// The form of an own KPI.
#[server(prefix = "/api", endpoint = "kpis/form", input = Json)]
pub async fn formula_form(
    /// Which, and what was typed.
    query: FormulaQuery,
) -> ApiResult<FormulaFormView> {
    let (caller, ports) = request().await?;
    ports.catalogue.formula_form(&caller, query).await
}

/// Saves an own KPI.
#[server(prefix = "/api", endpoint = "kpis/save")]
pub async fn save_formula(
    /// What was typed.
    #[server(flatten)]
    fields: FormulaFields,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    let key = ports.catalogue.save_formula(&caller, fields).await?;
    crate::ui::flash::flash("formula.saved");
    redirect(&Route::Kpi(key).href());
    Ok(())
}

/// Puts an own KPI on the scorecards, or takes it from them.
#[server(prefix = "/api", endpoint = "kpis/show")]
pub async fn show_formula(
    /// Which.
    key: String,
    /// Code of the perspective under which it stands; empty: nowhere.
    perspective: String,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.catalogue.show_formula(&caller, key.clone(), perspective).await?;
    crate::ui::flash::flash("formula.shown");
    redirect(&Route::Kpi(key).href());
    Ok(())
}

/// Takes an own KPI out of use.
#[server(prefix = "/api", endpoint = "kpis/retire")]
pub async fn retire_formula(
    /// Which.
    key: String,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.catalogue.retire_formula(&caller, key).await?;
    crate::ui::flash::flash("formula.retired");
    redirect(&Route::Kpis.href());
    Ok(())
}

/// What the organisation chose where vendors disagree.
#[server(prefix = "/api", endpoint = "kpis/choices", input = Json)]
pub async fn see_choices() -> ApiResult<ChoicesView> {
    let (caller, ports) = request().await?;
    ports.catalogue.choices(&caller).await
}

/// Keeps the choices as a new version.
#[server(prefix = "/api", endpoint = "kpis/save_choices")]
pub async fn save_choices(
    /// The version that the form was made from.
    #[server(default)]
    version: i32,
    /// Code of the option by code of the choice.
    #[server(default)]
    choice: HashMap<String, String>,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.catalogue.save_choices(&caller, ChoicesInput { version, choice }).await?;
    crate::ui::flash::flash("choices.saved");
    redirect(&Route::KpiChoices.href());
    Ok(())
}
