//! `cargo xtask lint`: what a reviewer should not have to look for.

mod dependencies;
mod texts;

use anyhow::Result;

use crate::prerequisite;
use crate::workspace::{cargo, run as run_command, timed};

/// Checks everything; stops at the first that fails, cheapest first.
pub fn run() -> Result<()> {
    prerequisite::wasm_target()?;
    timed("formatting", || {
        run_command(&mut cargo(&["fmt", "--all", "--check"]), "cargo fmt --check")
    })?;
    timed("forbidden texts", texts::check)?;
    timed("dependency rules", dependencies::check)?;
    timed("lints, server side", || {
        let mut clippy = cargo(&["clippy", "--workspace", "--all-targets", "--features", "app/ssr"]);
        run_command(clippy.args(["--", "-D", "warnings"]), "clippy of the server side")
    })?;
    timed("lints, browser side", || {
        let mut clippy = cargo(&["clippy", "--package", "app", "--lib", "--no-default-features"]);
        clippy.args([
            "--features",
            "hydrate",
            "--target",
            "wasm32-unknown-unknown",
            "--",
            "-D",
            "warnings",
        ]);
        run_command(&mut clippy, "clippy of the browser side")
    })
}
