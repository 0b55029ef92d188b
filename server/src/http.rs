//! The router and everything around it: who calls, fences, headers, logs, files.

pub mod api;
pub mod assets;
pub mod csrf;
pub mod export;
pub mod forms;
pub mod grid;
pub mod headers;
pub mod health;

pub mod live;
pub mod preferences;
pub mod rendered;
pub mod session;
pub mod trace;
pub mod upload;

use std::sync::Arc;
use std::time::Duration;

use app::App;
use app::port::Ports;
use axum::Router;
use axum::extract::Extension;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use leptos::config::LeptosOptions;
use leptos::nonce::Nonce;
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes as _, generate_route_list};
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::request_id::{PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::service::Services;
use crate::state::AppState;

/// No request may take longer than this; imports run in the background.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Leptos' settings; files are named by the asset manifest, not by these.
pub fn leptos_options() -> LeptosOptions {
    LeptosOptions::builder().output_name("maatstaf").build()
}

/// Everything the server answers.
pub fn router(state: AppState) -> Router {
    let services = Arc::new(Services::new(state.clone()));
    let ports = Ports {
        account: services.clone(),
        people: services.clone(),
        scorecard: services.clone(),
        analysis: services.clone(),
        settings: services.clone(),
        catalogue: services.clone(),
        completeness: services.clone(),
        targets: services.clone(),
        notes: services.clone(),
        facts: services.clone(),
        imports: services.clone(),
        tokens: services.clone(),
        webhooks: services,
    };
    let paths = state.site.paths();
    let hub = live::Hub::new(state.db.clone());
    let provide = {
        let ports = ports.clone();
        move || {
            provide_context(ports.clone());
            provide_context(paths.clone());
            if let Some(nonce) = leptos::prelude::use_context::<Parts>()
                .and_then(|parts| parts.extensions.get::<headers::PageNonce>().cloned())
            {
                provide_context(Nonce::from_value(nonce.0));
            }
        }
    };
    let not_found = leptos_axum::render_app_async_with_context(provide.clone(), app::shell);
    let pages = Router::new()
        .leptos_routes_with_context(&state, generate_route_list(App), provide, app::shell)
        .route("/preferences", post(preferences::remember))
        .route("/logout", post(preferences::log_out))
        .route("/live", get(live::listen).layer(Extension(hub)))
        // The handler counts the bytes itself, against the configured limit.
        .route("/imports", post(upload::take).layer(axum::extract::DefaultBodyLimit::disable()))
        .route("/targets/grid", post(grid::take))
        .route("/imports/{id}/rejected.csv", get(export::rejected))
        .route("/imports/{id}/mapping.toml", get(export::mapping))
        .route("/export/{*page}", get(export::take))
        .merge(api::nowhere())
        .fallback(not_found)
        .with_state(state.clone());
    let pages = pages.layer(from_fn_with_state(rendered::Rendered::default(), rendered::answer));
    // Fast, for it is done anew for each answer; files of the site are compressed when they are built.
    let compression = CompressionLayer::new().quality(CompressionLevel::Fastest);
    let pages = forms::with_forms(pages)
        .layer(compression)
        .layer(from_fn(csrf::refuse_foreign_writes))
        .layer(from_fn_with_state(state.clone(), session::load_caller));
    Router::new()
        .merge(pages.with_state(()))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .merge(api::routes(&state))
        .merge(assets::routes(state.site.clone()))
        .layer(
            ServiceBuilder::new()
                .layer(SetRequestIdLayer::new(trace::REQUEST_ID, trace::FreshId))
                .layer(TraceLayer::new_for_http().make_span_with(trace::span).on_response(trace::answered))
                .layer(PropagateRequestIdLayer::new(trace::REQUEST_ID))
                .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
                .layer(from_fn_with_state(headers::Tls(state.serve.is_tls()), headers::secure)),
        )
        .with_state(state)
}
