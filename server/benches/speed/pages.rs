//! Scorecard pages a second: signed in, rendered on the server, eight readers at once, through the router.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, header};
use clap::Parser as _;
use domain::policy::Role;
use domain::{Date, Timestamp};
use http_body_util::BodyExt as _;
use server::service::organisation;
use server::session::{self, Origin};
use server::state::AppState;
use tower::ServiceExt as _;

use super::company::{ORG, fill, hash, person};
use super::time::Times;

/// Readers at once.
const READERS: u64 = 8;
/// Pages each reader opens.
const PAGES: u64 = 60;

#[derive(clap::Parser)]
struct Arguments {
    #[command(flatten)]
    serve: server::config::Serve,
}

/// Measures on SQLite.
pub async fn measure(deals: u32) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let db = server::db::connect(&format!("sqlite://{}", folder.path().join("bench.sqlite").display())).await?;
    fill(&db, deals).await?;
    let now = Timestamp(0);
    let user = organisation::user_of(&db, "owner@example.com", "Owner", None, now)
        .await
        .map_err(|e| anyhow::anyhow!("user: {e}"))?;
    organisation::join(&db, ORG.get(), user.id, Role::Owner, None, now)
        .await
        .map_err(|e| anyhow::anyhow!("membership: {e}"))?;
    let state = AppState {
        db: db.clone(),
        clock: server::clock::Clock::Fixed(Date::from_ymd(2026, 1, 1)?),
        passwords: server::password::Passwords::new()?,
        serve: Arc::new(Arguments::parse_from(["bench"]).serve),
        data_dir: Arc::new(PathBuf::from(folder.path())),
        rosters: server::roster::Rosters::default(),
        jobs: server::service::imports::Jobs::default(),
        site: server::http::assets::Site::find(None),
        leptos: server::http::leptos_options(),
    };
    let token = session::start(&db, user.id, Some(ORG.get()), &Origin::default(), None, state.clock.now()).await?;
    let cookie = format!("{}={token}", server::http::session::cookie_name(false));
    let router = server::router(state);
    println!("\nscorecard pages, SQLite, {deals} deals, {READERS} readers");
    let start = Instant::now();
    let mut readers = Vec::new();
    for reader in 0..READERS {
        let (router, cookie) = (router.clone(), cookie.clone());
        readers.push(tokio::spawn(async move {
            let mut times: Vec<Duration> = Vec::new();
            let mut bytes = 0;
            for page in 0..PAGES {
                let who = person(i64::try_from(hash(reader * PAGES + page) % 200)?);
                let request = Request::get(format!("/scorecard/{who}?period=2025Q4"))
                    .header(header::COOKIE, &cookie)
                    .header(header::HOST, "127.0.0.1:3000")
                    .header("sec-fetch-site", "same-origin")
                    .body(Body::empty())?;
                let t = Instant::now();
                let answer = router.clone().oneshot(request).await?;
                anyhow::ensure!(answer.status() == 200, "the page answered {}", answer.status());
                bytes = answer.into_body().collect().await?.to_bytes().len();
                times.push(t.elapsed());
            }
            Ok((times, bytes))
        }));
    }
    let mut all = Times::default();
    let mut bytes = 0;
    for reader in readers {
        let (times, length) = reader.await??;
        times.into_iter().for_each(|t| all.add(t));
        bytes = length;
    }
    let seconds = start.elapsed().as_secs_f64();
    #[allow(clippy::cast_precision_loss, reason = "a rate that is only read")]
    let rate = (READERS * PAGES) as f64 / seconds;
    all.print("a person's scorecard page");
    println!("{:<52} {rate:>9.0} pages/s, {bytes} bytes each", "");
    Ok(())
}
