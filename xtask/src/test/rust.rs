//! Runs the tests written in Rust.
//!
//! They are built once, by one cargo call, and their programs are run twice: on SQLite and on
//! PostgreSQL. The same call leaves the server that the browser tests use.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::counts::Counts;
use crate::workspace::cargo;

/// The crates whose tests are run, with the features they are tested with.
const SELECTION: [&str; 10] = [
    "--package",
    "domain",
    "--package",
    "app",
    "--package",
    "migration",
    "--package",
    "server",
    "--features",
    "app/ssr",
];

/// Says to the server's tests which PostgreSQL they run on; without it they use SQLite.
pub const POSTGRES_VARIABLE: &str = "MAATSTAF_TEST_POSTGRES";

/// The built test programs.
pub struct Built {
    programs: Vec<Program>,
    /// The server, when the build made it on the way.
    pub server: Option<PathBuf>,
}

struct Program {
    file: PathBuf,
    /// The folder of the crate; tests find their data from there.
    folder: PathBuf,
    name: String,
    of_server: bool,
}

/// Builds all test programs.
pub fn build() -> Result<Built> {
    let mut command = cargo(&["test", "--no-run", "--message-format=json-render-diagnostics"]);
    command.args(SELECTION).stdout(Stdio::piped());
    let mut child = command.spawn().context("cannot start cargo")?;
    let output = child.stdout.take().context("cargo prints nothing")?;
    let mut built = Built { programs: Vec::new(), server: None };
    for line in BufReader::new(output).lines() {
        if let Ok(message) = serde_json::from_str::<Value>(&line?) {
            built.note(&message);
        }
    }
    if !child.wait()?.success() {
        bail!("building the tests failed");
    }
    Ok(built)
}

impl Built {
    fn note(&mut self, message: &Value) {
        let Some(file) = message["executable"].as_str() else {
            return;
        };
        let name = message["target"]["name"].as_str().unwrap_or_default();
        if message["profile"]["test"] == true {
            let manifest = Path::new(message["manifest_path"].as_str().unwrap_or_default());
            let folder = manifest.parent().unwrap_or(Path::new("")).to_owned();
            let of_server = folder.ends_with("server");
            self.programs.push(Program { file: file.into(), folder, name: name.to_owned(), of_server });
        } else if name == "maatstaf" {
            self.server = Some(file.into());
        }
    }

    /// Runs the programs: all on SQLite, or those of the server on a PostgreSQL.
    pub fn run(&self, postgres: Option<&str>) -> Result<Counts> {
        let mut counts = Counts::default();
        for program in self.programs.iter().filter(|program| postgres.is_none() || program.of_server) {
            println!("-- {} ({})", program.name, program.folder.file_name().unwrap_or_default().display());
            let mut command = Command::new(&program.file);
            command.current_dir(&program.folder).env("CARGO_MANIFEST_DIR", &program.folder);
            match postgres {
                Some(url) => command.env(POSTGRES_VARIABLE, url),
                None => command.env_remove(POSTGRES_VARIABLE),
            };
            counts += watch(&mut command)?;
        }
        Ok(counts)
    }
}

/// Runs the examples in the documentation.
pub fn documented_examples() -> Result<Counts> {
    let mut command = cargo(&["test", "--doc", "--no-fail-fast"]);
    watch(command.args(SELECTION))
}

/// Runs the tests of this very crate.
pub fn of_the_build() -> Result<Counts> {
    watch(&mut cargo(&["test", "--package", "xtask", "--no-fail-fast"]))
}

/// Runs a test program, shows what it prints, and counts.
fn watch(command: &mut Command) -> Result<Counts> {
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start a test program")?;
    let output = child.stdout.take().context("a test program prints nothing")?;
    let mut counts = Counts::default();
    let mut shown = std::io::stdout().lock();
    for line in BufReader::new(output).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        writeln!(shown, "{line}")?;
        if let Some(more) = Counts::of_line(&line) {
            counts += more;
        }
    }
    if !child.wait()?.success() && counts.failed == 0 {
        counts += Counts::ONE_FAILED;
    }
    Ok(counts)
}
