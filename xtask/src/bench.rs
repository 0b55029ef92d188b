//! `cargo xtask bench`: the benches of the rules and of the server, and parsers under random texts for minutes, on an
//! optimized build.

use anyhow::Result;
use clap::Args;

use crate::workspace::{cargo, run as run_command};

/// The argument that asks for random texts alone.
const FUZZ: &str = "fuzz";

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// Handed to the benches, for example the name of one; `fuzz` tries the parsers on random texts and nothing else
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// Runs the benches, then the parsers; or what is asked of them.
pub fn run(options: &Options) -> Result<()> {
    if options.arguments.first().is_some_and(|first| first == FUZZ) {
        return fuzz(&options.arguments[1..]);
    }
    let mut command = cargo(&["bench", "--package", "domain", "--package", "server", "--benches", "--"]);
    command.args(&options.arguments);
    run_command(&mut command, "the benches")?;
    if options.arguments.is_empty() { fuzz(&[]) } else { Ok(()) }
}

/// Tries the parsers on random texts, from the kept corpus on, with overflow checked.
fn fuzz(arguments: &[String]) -> Result<()> {
    let mut command = cargo(&["test", "--profile", "bench", "--package", "domain", "--test", FUZZ, "--"]);
    command.args(["--ignored", "--nocapture"]).args(arguments);
    command.env("CARGO_PROFILE_BENCH_OVERFLOW_CHECKS", "true");
    run_command(&mut command, "random texts")
}
