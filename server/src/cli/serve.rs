//! `maatstaf serve`.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context as _;
use tokio::net::TcpListener;

use crate::config::{Serve, Store};
use crate::http::assets::Site;
use crate::password::Passwords;
use crate::state::AppState;

/// Connects, migrates, serves until told to stop.
///
/// # Errors
/// When the database or the address is not to be had.
pub async fn run(store: Store, serve: Serve) -> anyhow::Result<u8> {
    crate::http::trace::start();
    let db = crate::db::connect_with(&store.database_url()?, crate::db::REQUEST_PATIENCE)
        .await
        .context("the database cannot be opened")?;
    crate::db::patiently(|| crate::db::migrate(&db)).await.context("the schema cannot be brought up to date")?;
    let clock = store.clock()?;
    let data_dir = store.data_dir()?;
    let demo = serve.demo;
    let state = AppState {
        db,
        clock,
        passwords: Passwords::new()?,
        site: Site::find(serve.site.clone()),
        serve: Arc::new(serve),
        data_dir: Arc::new(data_dir),
        rosters: crate::roster::Rosters::default(),
        jobs: crate::service::imports::Jobs::default(),
        leptos: crate::http::leptos_options(),
    };
    if demo {
        crate::demo::make_if_empty(&state.db, &state.passwords, state.clock)
            .await
            .context("the demo organisations cannot be made")?;
    }
    let listener = TcpListener::bind(state.serve.listen)
        .await
        .with_context(|| format!("cannot listen on {}", state.serve.listen))?;
    println!("Maatstaf listens on {}", state.serve.base_url());
    if demo {
        println!("{}", crate::demo::how_to_sign_in());
    }
    crate::job::start(&state).context("the background work cannot begin")?;
    let app = crate::router(state).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app).with_graceful_shutdown(stop_signal()).await?;
    Ok(0)
}

/// Resolves when the process is asked to stop.
async fn stop_signal() {
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "cannot listen for Ctrl-C");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::error!(%error, "cannot listen for the stop signal");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => (),
        () = terminate => (),
    }
    // Pages that listen would keep their connections, and the server with them.
    crate::http::live::stop();
    tracing::info!("stopping; requests under way are finished first");
}
