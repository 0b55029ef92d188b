//! Compresses files once, at build time, as far as it goes.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Endings of files that get smaller.
const WORTH_IT: [&str; 7] = ["css", "ico", "js", "json", "svg", "txt", "wasm"];

/// Writes `file.br` and `file.gz` beside a file, where they are smaller than it.
pub fn twins(file: &Path, content: &[u8]) -> Result<()> {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if !WORTH_IT.contains(&ending) {
        return Ok(());
    }
    for (name, packed) in [("br", brotli(content)?), ("gz", gzip(content)?)] {
        if packed.len() < content.len() {
            std::fs::write(file.with_extension(format!("{ending}.{name}")), packed)?;
        }
    }
    Ok(())
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut packed, &parameters)?;
    Ok(packed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}
