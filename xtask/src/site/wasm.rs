//! Builds the `app` crate to WebAssembly and its JavaScript.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::{Asset, Kind};
use crate::workspace::{cargo, run, target};

/// One profile for all: it is little code, and what is tested is what is deployed.
const PROFILE: &str = "wasm-release";

/// Compiles and binds; returns the module, its loader and what the loader imports.
pub fn build(kind: Kind) -> Result<Vec<Asset>> {
    let compiled = compile()?;
    let folder = tempfile::tempdir()?;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(&compiled)
        .out_name("maatstaf")
        .typescript(false)
        .remove_name_section(kind == Kind::Release)
        .remove_producers_section(kind == Kind::Release);
    bindgen.web(true)?;
    bindgen.generate(folder.path()).context("wasm-bindgen cannot process the module")?;
    let mut assets = Vec::new();
    collect(folder.path(), "assets", &mut assets)?;
    Ok(assets)
}

fn compile() -> Result<PathBuf> {
    let mut command = cargo(&["build", "--package", "app", "--lib", "--no-default-features"]);
    command.args(["--features", "hydrate", "--target", "wasm32-unknown-unknown", "--profile", PROFILE]);
    run(&mut command, "building the WebAssembly")?;
    Ok(target().join("wasm32-unknown-unknown").join(PROFILE).join("app.wasm"))
}

fn collect(folder: &Path, prefix: &str, assets: &mut Vec<Asset>) -> Result<()> {
    let mut entries: Vec<_> = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let place = format!("{prefix}/{name}");
        if path.is_dir() {
            collect(&path, &place, assets)?;
            continue;
        }
        let key = match place.as_str() {
            "assets/maatstaf.js" => Some("js"),
            "assets/maatstaf_bg.wasm" => Some("wasm"),
            _ => None,
        };
        assets.push(Asset { key, path: place, content: std::fs::read(&path)? });
    }
    Ok(())
}
