//! Builds, runs and tests Maatstaf: `cargo xtask help` lists everything it can do.
//!
//! One small crate on libraries (wasm-bindgen, lightningcss, brotli), so that a machine with Rust needs
//! no further build tools. Each command is a file; what a machine lacks is said by [`prerequisite`].

mod bench;
mod build;
mod lint;
mod prerequisite;
mod run;
mod site;
mod size;
mod test;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, runs and tests Maatstaf", disable_version_flag = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds everything and serves it on http://127.0.0.1:3000 with demo organisations
    Run(run::Options),
    /// Runs all tests: domain, server on both databases, and the browser tests
    Test(test::Options),
    /// Builds the one binary to deploy, with all assets inside
    Build(build::Options),
    /// Runs only the browser tests; arguments after `--` go to Playwright
    E2e(test::E2eOptions),
    /// Checks formatting, lints, dependency rules and forbidden texts
    Lint,
    /// Measures speed; arguments after `--` go to the benches
    Bench(bench::Options),
    /// Prints what the browser has to load, and fails when it is too much
    Size,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Run(options) => run::run(&options),
        Command::Test(options) => test::all(&options),
        Command::Build(options) => build::run(&options),
        Command::E2e(options) => test::e2e(&options),
        Command::Lint => lint::run(),
        Command::Bench(options) => bench::run(&options),
        Command::Size => size::run(),
    }
}
