//! Makes everything that the browser loads, in one folder.
//!
//! A debug site has plain names. A release site has a hash in the name of each file that pages refer
//! to, and a brotli and a gzip twin of everything worth compressing. `manifest.json` tells the server
//! the names; its keys are the fields of `app::assets::AssetPaths`.

mod compress;
mod css;
mod wasm;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::workspace::{package_folder, root};

/// Which site to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Soon built, readable errors.
    Dev,
    /// Small, for deployment.
    Release,
}

/// One file, before it has its final name.
struct Asset {
    /// The key in the manifest, if pages refer to it through one.
    key: Option<&'static str>,
    /// Where it goes, below the site, with `/`.
    path: String,
    content: Vec<u8>,
}

/// Builds WebAssembly, style and scripts and returns the folder of the site.
///
/// The folder is always below the checkout's own `target`, wherever cargo builds, because the server's
/// feature `embed` looks for it there.
pub fn build(kind: Kind) -> Result<PathBuf> {
    let mut assets = public_files(&root().join("public"))?;
    assets.extend(wasm::build(kind)?);
    assets.push(Asset::at("css", "assets/maatstaf.css", css::bundle(&root().join("style/main.css"))?));
    assets.push(Asset::at("echarts", "assets/echarts.js", chart_library()?));
    let folder = root().join("target/site");
    let (name, old) = match kind {
        Kind::Dev => ("dev", "dev.old"),
        Kind::Release => ("release", "release.old"),
    };
    let fresh = folder.join(format!("{name}.new"));
    remove(&fresh)?;
    write(&fresh, assets, kind)?;
    // A server that runs from the folder never sees half a site.
    let (site, old) = (folder.join(name), folder.join(old));
    remove(&old)?;
    if site.exists() {
        std::fs::rename(&site, &old)?;
    }
    std::fs::rename(&fresh, &site)?;
    remove(&old)?;
    Ok(site)
}

/// The manifest of a site: key and address of each file that pages refer to.
pub fn manifest(site: &Path) -> Result<BTreeMap<String, String>> {
    let path = site.join("manifest.json");
    let json = std::fs::read(&path).with_context(|| format!("no {}", path.display()))?;
    Ok(serde_json::from_slice(&json)?)
}

impl Asset {
    fn at(key: &'static str, path: &str, content: Vec<u8>) -> Self {
        Self { key: Some(key), path: path.to_owned(), content }
    }

    fn final_path(&self, kind: Kind) -> String {
        match (self.key, kind) {
            (Some(_), Kind::Release) => with_hash(&self.path, &self.content),
            _ => self.path.clone(),
        }
    }
}

fn write(folder: &Path, assets: Vec<Asset>, kind: Kind) -> Result<()> {
    let mut manifest = BTreeMap::new();
    for asset in assets {
        let path = asset.final_path(kind);
        let file = folder.join(&path);
        std::fs::create_dir_all(file.parent().unwrap_or(folder))?;
        std::fs::write(&file, &asset.content).with_context(|| format!("cannot write {}", file.display()))?;
        if kind == Kind::Release {
            compress::twins(&file, &asset.content)?;
        }
        if let Some(key) = asset.key {
            manifest.insert(key, format!("/{path}"));
        }
    }
    std::fs::write(folder.join("manifest.json"), serde_json::to_vec_pretty(&manifest)?)?;
    Ok(())
}

/// The files of `public`: those that browsers ask for at the root stay there, the others go to `assets`.
fn public_files(folder: &Path) -> Result<Vec<Asset>> {
    let mut assets = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if !path.is_file() || name.starts_with('.') {
            continue;
        }
        let at_root = name == "robots.txt" || name.starts_with("favicon.");
        assets.push(Asset {
            key: (name == "chart.js").then_some("chart_js"),
            path: if at_root { name.to_owned() } else { format!("assets/{name}") },
            content: std::fs::read(&path)?,
        });
    }
    assets.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(assets)
}

/// The chart library as the crate that builds the charts carries it, so that both always fit.
fn chart_library() -> Result<Vec<u8>> {
    let folder = package_folder("charming")?.join("src/asset");
    let files = std::fs::read_dir(&folder).with_context(|| format!("no {}", folder.display()))?;
    let file = files.flatten().map(|entry| entry.path()).find(|path| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with("echarts-") && name.ends_with(".min.js")
    });
    let file = file.with_context(|| format!("no echarts in {}", folder.display()))?;
    Ok(std::fs::read(file)?)
}

/// `assets/a.css` becomes `assets/a.0123456789abcdef.css`.
fn with_hash(path: &str, content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    let hash: String = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    match path.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
        None => format!("{path}.{hash}"),
    }
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Vec<Asset> {
        let long = "a { color: red }\n".repeat(200).into_bytes();
        vec![
            Asset::at("css", "assets/maatstaf.css", long),
            Asset { key: None, path: "robots.txt".to_owned(), content: b"User-agent: *".to_vec() },
        ]
    }

    #[test]
    fn a_release_has_hashed_names_and_compressed_twins() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), files(), Kind::Release).unwrap();
        let css = manifest(folder.path()).unwrap()["css"].clone();
        let parts: Vec<_> = css.split('.').collect();
        assert_eq!((parts[0], parts[1].len(), parts[2]), ("/assets/maatstaf", 16, "css"));
        for ending in ["", ".br", ".gz"] {
            assert!(folder.path().join(format!("{}{ending}", &css[1..])).is_file(), "{ending}");
        }
        assert!(folder.path().join("robots.txt").is_file());
    }

    #[test]
    fn a_debug_site_has_plain_names_only() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), files(), Kind::Dev).unwrap();
        assert_eq!(manifest(folder.path()).unwrap()["css"], "/assets/maatstaf.css");
        assert!(!folder.path().join("assets/maatstaf.css.br").exists());
    }

    #[test]
    fn another_content_has_another_name() {
        assert_ne!(with_hash("a.js", b"1"), with_hash("a.js", b"2"));
        assert_eq!(with_hash("a.js", b"1"), with_hash("a.js", b"1"));
    }
}
