//! `cargo xtask run`: the whole product on this machine.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::site::{self, Kind};
use crate::workspace::{cargo, root, run as run_command, server_binary, timed};
use crate::{build, prerequisite};

/// How to run.
#[derive(Args)]
pub struct Options {
    /// Start without demo organisations, at the page that sets up the first one
    #[arg(long)]
    empty: bool,
    /// Build and run what would be deployed: optimized, assets inside the binary
    #[arg(long)]
    release: bool,
    /// Handed to `maatstaf serve`, for example `--listen 127.0.0.1:3001`
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// Builds everything and serves until interrupted.
pub fn run(options: &Options) -> Result<()> {
    prerequisite::wasm_target()?;
    let mut server = if options.release {
        Command::new(build::release()?)
    } else {
        let site = timed("assets", || site::build(Kind::Dev))?;
        timed("server", || run_command(&mut cargo(&["build", "--package", "server"]), "building the server"))?;
        let mut server = Command::new(server_binary("debug"));
        server.env("MAATSTAF_SITE", site);
        server
    };
    server.current_dir(root()).arg("serve").args(&options.arguments);
    if std::env::var_os("MAATSTAF_DATA").is_none() {
        server.env("MAATSTAF_DATA", root().join("data"));
    }
    if !options.empty {
        server.arg("--demo");
    }
    run_command(&mut server, "the server")
}
