//! `/facts/{kind}`: single facts out, batches of facts in.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use domain::Locale;
use domain::policy::Scope;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::arguments::Arguments;
use super::bearer::require;
use super::problem::{Code, Problem, ProblemBody};
use super::{Language, batch, json, written};
use crate::error::ServiceError;
use crate::import::Kind;
use crate::import::batch::Batch;
use crate::query::token::RequestKey;
use crate::service::Services;
use crate::service::facts::place;
use crate::service::idempotency::{self, Turn};
use crate::service::imports::{BatchReport, Order};
use crate::service::program::{DealFacts, Facts};
use crate::service::tokens::Bearer;
use crate::state::AppState;

/// Facts of a page unless told otherwise, and at most.
const PAGE: (u64, u64) = (100, 1_000);
/// Characters of an idempotency key.
const KEY: usize = 200;

fn kind_of(name: &str) -> Result<Kind, Problem> {
    Kind::parse(name).map_err(|_| {
        let known = Kind::ALL.iter().map(|k| k.name()).collect::<Vec<_>>().join(", ");
        Problem::new(Code::UnknownKind).with("known", known)
    })
}

/// A page of facts of a kind.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
enum FactsPage {
    /// Deals.
    Deals(DealFacts),
    /// Facts of another kind.
    Facts(Facts),
}

/// Whether single facts of a kind are given out: people and their places are no facts.
pub(super) fn is_readable(kind: Kind) -> bool {
    kind == Kind::Deals || kind.facts().is_some()
}

/// Single facts that the token's creator may see, page by page: deals in the order in which they were first brought in,
/// other kinds by day, the newest first. People and their places are no facts.
#[utoipa::path(
    get,
    path = "/facts/{kind}",
    security(("token" = ["read:facts"])),
    params(
        ("kind" = String, Path, description = "Kind of fact."),
        ("after" = Option<String>, Query, description = "`next` of the page before."),
        ("limit" = Option<u64>, Query, description = "Facts of a page, 1 to 1000; 100 unless told otherwise."),
    ),
    responses(
        (status = 200, description = "A page of facts; one of deals has a form of its own.", body = FactsPage),
        (status = "4XX", description = "A problem.", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    State(state): State<AppState>,
    Extension(bearer): Extension<Bearer>,
    Path(kind): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    require(&bearer, Scope::ReadFacts)?;
    let kind = kind_of(&kind)?;
    let mut arguments = Arguments::new(pairs);
    let after = arguments.optional("after")?;
    let limit = arguments.optional("limit")?.map(|text| text.parse::<u64>()).transpose();
    let limit = limit.ok().map(|limit| limit.unwrap_or(PAGE.0)).filter(|limit| (1..=PAGE.1).contains(limit));
    let limit = limit.ok_or_else(|| Problem::field_with("limit", "api.argument.limit", &[("most", &PAGE.1)]))?;
    arguments.end("after, limit")?;
    let services = Services::new(state);
    let no_place = || Problem::field("after", "api.argument.after");
    if kind == Kind::Deals {
        let after = after.map(|text| text.parse::<i64>()).transpose().map_err(|_| no_place())?;
        return json(&FactsPage::Deals(services.deal_facts(&bearer.caller, after, limit).await?));
    }
    if !is_readable(kind) {
        return Err(Problem::new(Code::NotReadable));
    }
    if after.as_deref().is_some_and(|text| place(text).is_none()) {
        return Err(no_place());
    }
    let page = services.facts(&bearer.caller, kind.name(), &after.unwrap_or_default(), limit).await?;
    json(&FactsPage::Facts(page))
}

/// Brings up to 5 000 rows in, all or none of them unless `accept_valid`, exactly as a file with the same columns
/// would go in. With an `Idempotency-Key` a request may be sent again: it is carried out once.
#[utoipa::path(
    post,
    path = "/facts/{kind}",
    security(("token" = ["write:facts"])),
    params(
        ("kind" = String, Path, description = "Kind of fact."),
        ("Idempotency-Key" = Option<String>, Header, description = "Up to 200 visible characters, chosen by the program; it lives for 24 hours."),
    ),
    request_body(content = Object, description = "The rows; see the schema Batch.", content_type = "application/json"),
    responses(
        (status = 200, description = "All rows went in, or those that were accepted; of a dry run: would go in.", body = BatchReport),
        (status = 409, description = "A request with this key is being carried out.", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Nothing was written; `report` lists the rejected rows.", body = ProblemBody, content_type = "application/problem+json"),
        (status = "4XX", description = "A problem.", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn push(
    State(state): State<AppState>,
    Extension(bearer): Extension<Bearer>,
    Extension(Language(locale)): Extension<Language>,
    Path(kind): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    require(&bearer, Scope::WriteFacts)?;
    let kind = kind_of(&kind)?;
    if !is_json(&headers) {
        return Err(Problem::new(Code::UnsupportedMediaType));
    }
    let body = body.map_err(|refused| match refused.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(Code::BodyTooLarge),
        _ => Problem::new(Code::BadRequest),
    })?;
    let key = key(&headers, &bearer)?;
    let sent = batch::read(&body)?;
    let order = Order {
        kind,
        mode: sent.mode,
        dry_run: sent.dry_run,
        accept_valid: sent.accept_valid,
        import_id: crate::id::next(),
    };
    let work = Work { services: Services::new(state), bearer, order, batch: Arc::new(sent.batch), locale };
    let Some(key) = key else {
        return Ok(work.start(None).await?.into_response());
    };
    let hash =
        crate::token::hex(&Sha256::new().chain_update(kind.name()).chain_update([0]).chain_update(&body).finalize());
    match idempotency::begin(&work.services.state, &key, &hash).await? {
        Turn::First(import_id) => Ok(work.with(import_id).start(Some(key)).await?.into_response()),
        Turn::Again(status, body) => Ok(Answer { status, body }.again()),
        Turn::Reused => Err(Problem::new(Code::KeyReused)),
        Turn::InFlight => Err(in_flight()),
        Turn::CutOff(row) => {
            if let Some(report) = work.finished(row.import_id).await? {
                let answer = Answer::of(report, work.order.accept_valid, locale)?;
                answer.keep(&work.services.state, &key).await;
                return Ok(answer.again());
            }
            match idempotency::take_over(&work.services.state, &row).await? {
                Some(import_id) => Ok(work.with(import_id).start(Some(key)).await?.into_response()),
                None => Err(in_flight()),
            }
        }
    }
}

fn in_flight() -> Problem {
    Problem::new(Code::InFlight).header(header::RETRY_AFTER, HeaderValue::from_static("5"))
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

/// The key of the request, if it has one.
fn key(headers: &HeaderMap, bearer: &Bearer) -> Result<Option<RequestKey>, Problem> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let text = value.to_str().ok().filter(|t| (1..=KEY).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_graphic()));
    match text {
        Some(text) => Ok(Some((bearer.caller.org_id.get(), bearer.token_id, text.to_owned()))),
        None => Err(Problem::new(Code::BadKey).with("limit", KEY)),
    }
}

/// A batch to be carried out.
struct Work {
    services: Services,
    bearer: Bearer,
    order: Order,
    batch: Arc<Batch>,
    locale: Locale,
}

impl Work {
    fn with(mut self, import_id: i64) -> Self {
        self.order.import_id = import_id;
        self
    }

    /// What was done by an import, though nobody was told.
    async fn finished(&self, import_id: Option<i64>) -> Result<Option<BatchReport>, ServiceError> {
        let Some(import_id) = import_id else {
            return Ok(None);
        };
        self.services.finished_batch(self.bearer.caller.org_id.get(), import_id, &self.batch).await
    }

    /// Carries it out to its end, whether or not the program still listens.
    async fn start(self, key: Option<RequestKey>) -> Result<Answer, Problem> {
        let done = tokio::spawn(self.carry_out(key)).await;
        done.map_err(|error| ServiceError::from(anyhow::Error::from(error)))?
    }

    async fn carry_out(self, key: Option<RequestKey>) -> Result<Answer, Problem> {
        let (caller, batch) = (&self.bearer.caller, Arc::clone(&self.batch));
        let state = &self.services.state;
        match self.services.import_batch(caller, self.order, batch, &self.bearer.name).await {
            Ok(report) => {
                let answer = Answer::of(report, self.order.accept_valid, self.locale)?;
                if let Some(key) = &key {
                    answer.keep(state, key).await;
                }
                Ok(answer)
            }
            Err(error) => {
                if let Some(key) = &key
                    && let Err(error) = idempotency::give_back(state, key).await
                {
                    tracing::warn!(error = ?error, "an idempotency key could not be given back");
                }
                Err(error.into())
            }
        }
    }
}

/// What a batch is answered, now and whenever its key comes again.
struct Answer {
    status: u16,
    body: String,
}

impl Answer {
    fn of(report: BatchReport, accept_valid: bool, locale: Locale) -> Result<Self, Problem> {
        if report.is_success(accept_valid) {
            let body = serde_json::to_string(&report).map_err(ServiceError::from)?;
            return Ok(Self { status: StatusCode::OK.as_u16(), body });
        }
        let problem = if report.refused {
            let remarks = report.rejected.iter().take(20);
            let problem = Problem::new(Code::BatchRefused);
            remarks.fold(problem, |p, r| p.remark(r.column.clone().unwrap_or_default(), r.message.clone()))
        } else {
            Problem::new(Code::RowsRejected).with("count", report.rejected_total)
        };
        let (status, body) = problem.report(report).write(locale);
        Ok(Self { status: status.as_u16(), body })
    }

    /// Keeps it with the key. If that fails, the import still tells that it was done.
    async fn keep(&self, state: &AppState, key: &RequestKey) {
        if let Err(error) = idempotency::keep(state, key, self.status, &self.body).await {
            tracing::warn!(error = ?error, "the answer to an idempotency key could not be kept");
        }
    }

    fn into_response(self) -> Response {
        written(StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), self.body)
    }

    /// The answer of an earlier request, said to be one.
    fn again(self) -> Response {
        let mut response = self.into_response();
        let name = HeaderName::from_static("idempotent-replayed");
        response.headers_mut().insert(name, HeaderValue::from_static("true"));
        response
    }
}
