//! `cargo xtask lint`: what a reviewer should not have to look for.

mod dependencies;
mod texts;

use anyhow::{Result, bail};

use crate::prerequisite;
use crate::workspace::{cargo, run as run_command, timed};

/// A step: its name and what it does.
type Step = (&'static str, fn() -> Result<()>);

/// Checks everything, cheapest first, and says at the end what failed.
pub fn run() -> Result<()> {
    prerequisite::wasm_target()?;
    let steps: [Step; 5] = [
        ("formatting", formatting),
        ("forbidden texts", texts::check),
        ("dependency rules", dependencies::check),
        ("lints, server side", server_side),
        ("lints, browser side", browser_side),
    ];
    let mut failed = Vec::new();
    for (name, step) in steps {
        if let Err(error) = timed(name, step) {
            eprintln!("{error:#}");
            failed.push(name);
        }
    }
    if !failed.is_empty() {
        bail!("not clean: {}", failed.join("; "));
    }
    Ok(())
}

fn formatting() -> Result<()> {
    run_command(&mut cargo(&["fmt", "--all", "--check"]), "cargo fmt --check")
}

fn server_side() -> Result<()> {
    let mut clippy = cargo(&["clippy", "--workspace", "--all-targets", "--features", "app/ssr"]);
    run_command(clippy.args(["--", "-D", "warnings"]), "clippy of the server side")
}

fn browser_side() -> Result<()> {
    let mut clippy = cargo(&["clippy", "--package", "app", "--lib", "--no-default-features"]);
    clippy.args(["--features", "hydrate", "--target", "wasm32-unknown-unknown"]);
    run_command(clippy.args(["--", "-D", "warnings"]), "clippy of the browser side")
}
