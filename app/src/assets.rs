//! Where the browser finds the style sheet, the WebAssembly and the scripts.
//!
//! The build (`cargo xtask`) writes these names to `manifest.json` beside the files; the server reads
//! them once and puts an [`AssetPaths`] in the context of every page, where `shell` takes it from.

use serde::{Deserialize, Serialize};

/// The addresses of the files that pages refer to, as the running build names them.
///
/// A release build puts a hash of the content in each name, so that browsers may keep the file for
/// ever; a debug build uses the plain names of [`AssetPaths::default`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetPaths {
    /// The style sheet, all partials in one.
    pub css: String,
    /// The JavaScript that loads the WebAssembly.
    pub js: String,
    /// The WebAssembly itself.
    pub wasm: String,
    /// Our own script that draws charts.
    pub chart_js: String,
    /// The chart library; large, so only pages with a chart load it.
    pub echarts: String,
}

impl Default for AssetPaths {
    fn default() -> Self {
        Self {
            css: "/assets/maatstaf.css".to_owned(),
            js: "/assets/maatstaf.js".to_owned(),
            wasm: "/assets/maatstaf_bg.wasm".to_owned(),
            chart_js: "/assets/chart.js".to_owned(),
            echarts: "/assets/echarts.js".to_owned(),
        }
    }
}

impl AssetPaths {
    /// The text of the module script that starts what runs in the browser; it needs the page's nonce. The attribute it
    /// leaves on `<html>` tells browser tests that it runs.
    pub fn start_script(&self) -> String {
        format!(
            "import init, {{ start }} from '{js}'; \
             init({{ module_or_path: '{wasm}' }})\
             .then(() => {{ start(); document.documentElement.dataset.alive = ''; }});",
            js = self.js,
            wasm = self.wasm
        )
    }
}
