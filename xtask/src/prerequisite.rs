//! What a machine must have beside Rust, and one sentence for each thing it lacks.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::workspace::output;

/// Fails unless Rust can build WebAssembly here.
pub fn wasm_target() -> Result<()> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", "wasm32-unknown-unknown"]);
    let folder = output(&mut rustc, "rustc").unwrap_or_default();
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    bail!(
        "Rust cannot build WebAssembly here: run `rustup target add wasm32-unknown-unknown` \
         (on Debian without rustup: `.ci/toolchain`)"
    )
}

/// Fails unless Node and npm are there; the browser tests are written for them.
pub fn node() -> Result<()> {
    if on_path("node").is_some() && on_path("npm").is_some() {
        return Ok(());
    }
    bail!("the browser tests need Node 20 or newer with npm: install them, then run this again")
}

/// The browser of the browser tests: the one in `CHROMIUM`, else the first of the usual names.
pub fn chromium() -> Result<PathBuf> {
    let asked = std::env::var_os("CHROMIUM").map(PathBuf::from).filter(|path| path.is_file());
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let macos = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    let found =
        asked.or_else(|| names.iter().find_map(|name| on_path(name))).or_else(|| macos.is_file().then_some(macos));
    match found {
        Some(path) => Ok(path),
        None => bail!(
            "the browser tests need Chromium: install it (Debian: `apt-get install chromium`) \
             or name its program in CHROMIUM"
        ),
    }
}

/// The folder of PostgreSQL's programs.
pub fn postgres() -> Result<PathBuf> {
    let beside = on_path("initdb").and_then(|program| program.parent().map(Path::to_owned));
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = debian
        .map(|version| version.path().join("bin"))
        .filter(|folder| folder.join("initdb").is_file())
        .max_by_key(|folder| version_of(folder));
    match beside.or(newest) {
        Some(folder) => Ok(folder),
        None => bail!(
            "the server's tests on PostgreSQL need PostgreSQL 14 or newer: install it (Debian: \
             `apt-get install postgresql`) or name a server in MAATSTAF_TEST_POSTGRES"
        ),
    }
}

fn version_of(bin: &Path) -> u32 {
    let name = bin.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    name.and_then(|name| name.parse().ok()).unwrap_or(0)
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).map(|folder| folder.join(&name)).find(|file| file.is_file())
}
