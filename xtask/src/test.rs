//! `cargo xtask test`: everything that can fail, in one go, with one line of counts at the end.

mod browser;
mod counts;
mod postgres;
mod rust;

use anyhow::{Result, bail};
use clap::Args;

use crate::site::{self, Kind};
use crate::workspace::{cargo, run as run_command, server_binary, timed};

/// How to test.
#[derive(Args)]
pub struct Options {
    /// Fail instead of skipping what this machine lacks PostgreSQL, Node or Chromium for
    #[arg(long)]
    require_all: bool,
}

/// What to hand to Playwright.
#[derive(Args)]
pub struct E2eOptions {
    /// Handed to Playwright, for example `tests/login.spec.ts --project hydrated`
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// Runs all layers; the last line printed is `N passed, N failed`.
pub fn all(options: &Options) -> Result<()> {
    let required = options.require_all || std::env::var("CI").is_ok_and(|ci| ci == "true" || ci == "1");
    let postgres = layer("the server's tests on PostgreSQL", required, postgres::find())?;
    let browser = layer("the browser tests", required, browser::find())?;

    let built = timed("building the tests", rust::build)?;
    let mut counts = timed("tests on SQLite", || built.run(None))?;
    counts += timed("documented examples", rust::documented_examples)?;
    counts += timed("tests of the build", rust::of_the_build)?;
    if let Some(postgres) = postgres {
        let cluster = postgres.start()?;
        counts += timed("the server's tests on PostgreSQL", || built.run(Some(cluster.url())))?;
    }
    if let Some(browser) = browser {
        let site = timed("assets", || site::build(Kind::Dev))?;
        let server = match built.server {
            Some(ref server) => server.clone(),
            None => build_server()?,
        };
        counts += timed("browser tests", || browser.run(&server, &site, &[]))?;
    }
    println!("{counts}");
    if counts.failed > 0 {
        std::process::exit(1);
    }
    Ok(())
}

/// Runs only the browser tests.
pub fn e2e(options: &E2eOptions) -> Result<()> {
    let browser = browser::find()?;
    let site = timed("assets", || site::build(Kind::Dev))?;
    let server = build_server()?;
    let counts = browser.run(&server, &site, &options.arguments)?;
    println!("{counts}");
    if counts.failed > 0 {
        bail!("browser tests failed");
    }
    Ok(())
}

fn build_server() -> Result<std::path::PathBuf> {
    timed("server", || run_command(&mut cargo(&["build", "--package", "server"]), "building the server"))?;
    Ok(server_binary("debug"))
}

/// What a layer needs, or nothing when this machine lacks it and may.
fn layer<T>(what: &str, required: bool, found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(error) if required => Err(error),
        Err(error) => {
            eprintln!("skipping {what}: {error}");
            Ok(None)
        }
    }
}
