//! Runs the browser tests: Playwright in the Chromium of this machine, without and with JavaScript.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::counts::Counts;
use crate::prerequisite;
use crate::workspace::{root, run};

/// What the browser tests need from this machine.
pub struct Browser {
    chromium: PathBuf,
}

/// Finds Node and Chromium.
pub fn find() -> Result<Browser> {
    prerequisite::wasm_target()?;
    prerequisite::node()?;
    Ok(Browser { chromium: prerequisite::chromium()? })
}

impl Browser {
    /// Runs Playwright against a server and a site; `arguments` narrow down what is run.
    pub fn run(&self, server: &Path, site: &Path, arguments: &[String]) -> Result<Counts> {
        let folder = root().join("end2end");
        install(&folder)?;
        let report = tempfile::tempdir()?;
        let report = report.path().join("report.json");
        let mut command = Command::new("npx");
        command.current_dir(&folder).args(["--no-install", "playwright", "test"]).args(arguments);
        command.env("CHROMIUM", &self.chromium);
        command.env("MAATSTAF_BINARY", server).env("MAATSTAF_SITE", site);
        command.env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report);
        let status = command.status().context("cannot start npx")?;
        let json = std::fs::read_to_string(&report).ok();
        let counts = json.and_then(|json| serde_json::from_str::<Value>(&json).ok());
        let mut counts = counts.map(|report| Counts::of_playwright(&report)).unwrap_or_default();
        if !status.success() && counts.failed == 0 {
            counts += Counts::ONE_FAILED;
        }
        Ok(counts)
    }
}

/// Installs the npm packages, unless exactly these are there already.
fn install(folder: &Path) -> Result<()> {
    let wanted = std::fs::read(folder.join("package-lock.json")).context("no package-lock.json")?;
    let stamp = folder.join("node_modules/.installed-from");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.current_dir(folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    run(&mut npm, "installing the npm packages")?;
    std::fs::write(stamp, wanted)?;
    Ok(())
}
