//! `cargo xtask bench`: the benches of the rules and of the server, on an optimized build.

use anyhow::Result;
use clap::Args;

use crate::workspace::{cargo, run as run_command};

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// Handed to the benches, for example the name of one
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// Runs the benches.
pub fn run(options: &Options) -> Result<()> {
    let mut command = cargo(&["bench", "--package", "domain", "--package", "server", "--benches", "--"]);
    command.args(&options.arguments);
    run_command(&mut command, "the benches")
}
