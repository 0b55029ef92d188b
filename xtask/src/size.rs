//! `cargo xtask size`: what a browser has to load before a page lives, against a budget.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::prerequisite;
use crate::site::{self, Kind};
use crate::workspace::timed;

/// WebAssembly and its JavaScript, brotli: more than this fails.
const LIMIT: u64 = 300_000;

/// More than this is worth a warning.
const WARNING: u64 = 270_000;

/// Builds the release assets and prints their sizes.
pub fn run() -> Result<()> {
    prerequisite::wasm_target()?;
    let site = timed("release assets", || site::build(Kind::Release))?;
    println!("{:<14} {:>10} {:>10} {:>10}", "bytes", "raw", "gzip", "brotli");
    let mut start = 0;
    for (name, file) in site::manifest(&site)? {
        let file = site.join(file.trim_start_matches('/'));
        let [raw, gzip, brotli] = ["", ".gz", ".br"].map(|ending| length(&file, ending));
        let brotli = brotli.or_else(|_| length(&file, ""))?;
        println!("{name:<14} {:>10} {:>10} {brotli:>10}", raw?, gzip.unwrap_or(0));
        if name == "js" || name == "wasm" {
            start += brotli;
        }
    }
    println!("wasm + js: {start} bytes brotli of at most {LIMIT}");
    if start > LIMIT {
        bail!("wasm and js are over their budget: see `cargo tree --package app --features hydrate`");
    }
    if start > WARNING {
        println!("warning: over {WARNING}; the next dependency in app or domain may be one too many");
    }
    Ok(())
}

fn length(file: &Path, ending: &str) -> Result<u64> {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    let data = std::fs::metadata(&name).with_context(|| format!("no {}", name.to_string_lossy()))?;
    Ok(data.len())
}
