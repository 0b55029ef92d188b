//! `cargo xtask build --release`: one binary that holds everything.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::prerequisite;
use crate::site::{self, Kind};
use crate::workspace::{cargo, run as run_command, server_binary, timed};

/// What to build.
#[derive(Args)]
pub struct Options {
    /// Build what is deployed: optimized, assets hashed, precompressed and inside the binary
    #[arg(long)]
    release: bool,
}

/// Builds, and says where the program is.
pub fn run(options: &Options) -> Result<()> {
    let program = if options.release { release()? } else { debug()? };
    println!("{}", program.display());
    Ok(())
}

/// Builds the program to deploy and returns its path.
pub fn release() -> Result<PathBuf> {
    prerequisite::wasm_target()?;
    timed("assets", || site::build(Kind::Release))?;
    let arguments = ["build", "--release", "--package", "server", "--bin", "maatstaf", "--features", "embed"];
    timed("server", || run_command(&mut cargo(&arguments), "building the server"))?;
    Ok(server_binary("release"))
}

fn debug() -> Result<PathBuf> {
    prerequisite::wasm_target()?;
    timed("assets", || site::build(Kind::Dev))?;
    timed("server", || run_command(&mut cargo(&["build", "--package", "server"]), "building the server"))?;
    Ok(server_binary("debug"))
}
