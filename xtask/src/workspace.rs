//! Where things are in this checkout, and how commands are run there.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The folder of the checkout.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// The folder that cargo builds into.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The server's program, as `cargo build` leaves it.
pub fn server_binary(profile: &str) -> PathBuf {
    target().join(profile).join(format!("maatstaf{}", std::env::consts::EXE_SUFFIX))
}

/// A cargo command in this checkout, without what the outer `cargo xtask` put in the environment.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    for (name, _) in std::env::vars_os() {
        let inherited =
            name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"));
        if inherited {
            command.env_remove(name);
        }
    }
    command.current_dir(root()).args(arguments);
    command
}

/// Runs a command to its end; `what` names the step in the message when it fails.
pub fn run(command: &mut Command, what: &str) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("{what}: cannot start {program}"))?;
    if !status.success() {
        bail!("{what} failed ({status})");
    }
    Ok(())
}

/// What a command prints.
pub fn output(command: &mut Command, what: &str) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("{what}: cannot start {program}"))?;
    if !output.status.success() {
        bail!("{what} failed ({}):\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The folder of the sources of one package that the workspace depends on.
pub fn package_folder(name: &str) -> Result<PathBuf> {
    let json = output(&mut cargo(&["metadata", "--format-version", "1"]), "cargo metadata")?;
    let metadata: Value = serde_json::from_str(&json)?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let manifest = packages
        .iter()
        .find(|package| package["name"] == name)
        .and_then(|package| package["manifest_path"].as_str())
        .with_context(|| format!("the workspace does not depend on {name}"))?;
    Ok(Path::new(manifest).parent().unwrap_or(Path::new("")).to_owned())
}

/// Runs one step and says on standard error how long it took.
pub fn timed<T>(what: &str, step: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("== {what}");
    let start = Instant::now();
    let result = step();
    eprintln!("== {what}: {:.0} s", start.elapsed().as_secs_f64());
    result
}
