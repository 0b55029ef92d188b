//! `/kpis`: the catalogue, and answers to questions.

use axum::extract::{Extension, Query, State};
use axum::response::Response;
use domain::policy::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};

use super::arguments::Arguments;
use super::bearer::require;
use super::problem::{Code, Problem, ProblemBody};
use super::{Language, json};
use crate::kpi::typed::Typed;
use crate::service::Services;
use crate::service::program::{AskError, KpiCatalogue};
use crate::service::tokens::Bearer;
use crate::state::AppState;

/// One answer. Money is a text with the currency's decimals, a ratio a number of six decimals, a count a whole number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KpiRow {
    /// Id of the KPI.
    pub metric: String,
    /// Version of the formula, of one of the organisation's own.
    pub version: Option<i32>,
    /// What it is of: each dimension with its value; none is blank.
    pub by: std::collections::BTreeMap<String, Option<String>>,
    /// The value; null when it is not measurable.
    #[schema(schema_with = figure)]
    pub value: serde_json::Value,
    /// Currency of an amount, ISO 4217.
    pub currency: Option<String>,
    /// Why it is not measurable.
    pub why: Option<String>,
    /// Number of facts it rests on.
    pub n: Option<i64>,
    /// What stands above the line.
    #[schema(schema_with = figure)]
    pub numerator: serde_json::Value,
    /// What stands below it.
    #[schema(schema_with = figure)]
    pub denominator: serde_json::Value,
    /// Bounds of the 95 % interval of a rate.
    pub interval95: Option<Vec<f64>>,
    /// Why there is no interval; only where there is none.
    pub no_interval: Option<KpiNoInterval>,
    /// The period has not ended.
    pub partial: Option<bool>,
    /// Deals with split credit are in it: sums over people may count one several times.
    pub split: Option<bool>,
    /// The kinds of fact that it is made of; `facts` tells of each.
    pub made_of: Vec<String>,
    /// Whether nothing is found missing in them.
    pub complete: bool,
}

/// How far the facts of a kind reach, in the organisation as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KpiFacts {
    /// The kind.
    pub kind: String,
    /// The latest day with a fact, YYYY-MM-DD, not after today; of targets the last day that any is for.
    pub last_day: Option<String>,
    /// When facts of this kind were last brought in by an import, in UTC.
    pub last_import: Option<String>,
    /// What is missing on the days asked about, up to today: of whole months the last twelve.
    pub missing: Vec<KpiMissing>,
}

/// Something that the facts of a kind lack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KpiMissing {
    /// `no_facts` (none at all), `no_facts_in` (months without any), `no_spend` (channels whose spend is not stated) or `no_rate`
    /// (currencies of amounts without an exchange rate).
    pub code: String,
    /// The months (YYYY-MM), channels (null is none) or currencies.
    pub what: Vec<Option<String>>,
    /// The same in the language asked for (`Accept-Language`).
    pub text: String,
}

/// A number, a text of an amount, or nothing.
fn figure() -> Object {
    let types = [Type::Number, Type::String, Type::Null].into_iter().collect::<SchemaType>();
    ObjectBuilder::new().schema_type(types).build()
}

/// Why a value has no interval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KpiNoInterval {
    /// `not_measurable` (there is no value), `not_a_rate`, `not_counts` (a rate, but no count divided by a count) or `not_among` (what is
    /// counted above the line is not known to be among what is counted below it).
    pub code: String,
    /// The same in the language asked for (`Accept-Language`).
    pub text: String,
}

/// Answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KpiAnswer {
    /// One for each metric and group.
    pub rows: Vec<KpiRow>,
    /// The kinds of fact behind them, each once.
    pub facts: Vec<KpiFacts>,
}

/// The KPIs that can be asked for.
#[utoipa::path(
    get,
    path = "/kpis",
    security(("token" = ["read:kpi"])),
    responses(
        (status = 200, description = "The KPIs in use.", body = KpiCatalogue),
        (status = "4XX", description = "A problem.", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn catalogue(
    State(state): State<AppState>,
    Extension(bearer): Extension<Bearer>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    require(&bearer, Scope::ReadKpi)?;
    Arguments::new(pairs).end("–")?;
    json(&Services::new(state).kpi_catalogue(&bearer.caller).await?)
}

/// Figures of a period, within what the token's creator may see: the same JSON as `maatstaf kpi --json`.
#[utoipa::path(
    get,
    path = "/kpis/query",
    security(("token" = ["read:kpi"])),
    params(
        ("metrics" = String, Query, description = "Ids of KPIs, of the catalogue or the organisation's own, separated by commas."),
        ("from" = String, Query, description = "First day, YYYY-MM-DD."),
        ("to" = String, Query, description = "Day after the last, YYYY-MM-DD."),
        ("by" = Option<String>, Query, description = "What to break down by, separated by commas: person, team, manager, week, month, quarter, year or a text column."),
        ("team" = Option<String>, Query, description = "Only this team with everything below it: its name, or its path as `Region / East`."),
        ("person" = Option<String>, Query, description = "Only this person: their name or key."),
        ("where" = Option<Vec<String>>, Query, description = "Only facts with this value, `column:value`; an empty value is blank. May be given more than once."),
        ("with" = Option<Vec<String>>, Query, description = "The two categories that attach rates compare: `from:A` and `to:B`, each a parameter of its own."),
        ("as_of" = Option<String>, Query, description = "Day of balances, in place of the period's end or today."),
    ),
    responses(
        (status = 200, description = "The answers.", body = KpiAnswer),
        (status = "4XX", description = "A problem.", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn query(
    State(state): State<AppState>,
    Extension(bearer): Extension<Bearer>,
    Extension(Language(locale)): Extension<Language>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    require(&bearer, Scope::ReadKpi)?;
    let mut arguments = Arguments::new(pairs);
    let typed = Typed {
        metrics: arguments.required("metrics")?,
        from: arguments.required("from")?,
        to: arguments.required("to")?,
        by: arguments.optional("by")?,
        team: arguments.optional("team")?,
        person: arguments.optional("person")?,
        filters: arguments.all("where"),
        with: arguments.all("with"),
        as_of: arguments.optional("as_of")?,
        separator: ':',
    };
    arguments.end("metrics, from, to, by, team, person, where, with, as_of")?;
    match Services::new(state).kpi_answer(&bearer.caller, &typed, locale).await {
        Ok(answer) => json(&answer),
        Err(AskError::Argument(fault)) => {
            Err(Problem::new(Code::Invalid).remark(fault.argument, fault.message(locale)))
        }
        Err(AskError::Service(error)) => Err(error.into()),
    }
}
