//! Turns `style/main.css` and what it imports into one small style sheet.

use std::path::Path;

use anyhow::{Result, anyhow, bail};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};
use lightningcss::targets::{Browsers, Targets};

/// Bundles and minifies a style sheet for the browsers of the last two and a half years.
pub fn bundle(main: &Path) -> Result<Vec<u8>> {
    if !main.is_file() {
        bail!("no style sheet at {}", main.display());
    }
    let provider = FileProvider::new();
    let mut bundler = Bundler::new(&provider, None, ParserOptions::default());
    let mut sheet = bundler.bundle(main).map_err(|error| anyhow!("the style sheet is wrong: {error}"))?;
    let targets = Targets::from(browsers());
    sheet
        .minify(MinifyOptions { targets, ..MinifyOptions::default() })
        .map_err(|error| anyhow!("the style sheet cannot be minified: {error}"))?;
    let options = PrinterOptions { minify: true, targets, ..PrinterOptions::default() };
    let printed = sheet.to_css(options).map_err(|error| anyhow!("the style sheet cannot be printed: {error}"))?;
    Ok(printed.code.into_bytes())
}

fn browsers() -> Browsers {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    Browsers {
        chrome: version(123, 0),
        edge: version(123, 0),
        firefox: version(120, 0),
        safari: version(17, 5),
        ios_saf: version(17, 5),
        ..Browsers::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_bundled_in_order_and_in_their_layer() {
        let folder = tempfile::tempdir().unwrap();
        let main = folder.path().join("main.css");
        std::fs::write(&main, "@layer page, base;\n@import 'base.css' layer(base);\n.a { .b & { top: 0px } }").unwrap();
        std::fs::write(folder.path().join("base.css"), ":root { --gap: 4px }").unwrap();
        let css = String::from_utf8(bundle(&main).unwrap()).unwrap();
        assert!(css.starts_with("@layer page;@layer base{:root{--gap:4px}}"), "{css}");
        assert!(css.contains(".a"), "{css}");
    }

    #[test]
    fn a_broken_style_sheet_names_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let main = folder.path().join("main.css");
        std::fs::write(&main, ".a { color: red;\n}\n}").unwrap();
        let error = bundle(&main).unwrap_err().to_string();
        assert!(error.contains("main.css:"), "{error}");
        assert!(bundle(&folder.path().join("absent.css")).is_err());
    }
}
