//! A file of any size as a stream of UTF-8 text: gzip is undone, the encoding is found, memory stays bounded.
//!
//! [`probe`] reads the file once and decides; [`open`] reads it again as text. Two passes, because one byte near the
//! end of a file decides whether all of it is UTF-8.

mod encoding;
mod gunzip;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};
use sha2::{Digest, Sha256};

use super::fault::{Code, Fault};
use super::sheet::is_zip;
pub use encoding::by_name;
use gunzip::{Bounded, is_gzip};

const CHUNK: usize = 64 * 1024;

/// How much one file may demand of us.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the file as uploaded.
    pub file: u64,
    /// Bytes after expansion.
    pub expanded: u64,
    /// Expanded bytes per compressed byte.
    pub ratio: u64,
    /// Bytes of one field.
    pub field: usize,
    /// Bytes of one record.
    pub record: usize,
    /// Fields of one record.
    pub columns: usize,
    /// Bytes that the second file of a join may take in memory.
    pub join: usize,
    /// Expanded bytes of a workbook, and of the texts in the cells of a sheet.
    pub sheets: u64,
    /// Expanded bytes of a part of a workbook that is held in memory.
    pub parts: u64,
    /// Bytes that the table of a workbook's shared texts may take in memory.
    pub texts: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: u64::MAX,
            expanded: 64 << 30,
            ratio: 200,
            field: 1 << 20,
            record: 4 << 20,
            columns: 2_000,
            join: 128 << 20,
            sheets: 2 << 30,
            parts: 64 << 20,
            texts: 128 << 20,
        }
    }
}

/// What one pass over the bytes found.
#[derive(Clone, Debug)]
pub struct Probe {
    /// SHA-256 of the file as it lies there, in hexadecimal.
    pub sha256: String,
    /// Bytes of the file as it lies there.
    pub bytes: u64,
    /// Whether it is compressed.
    pub gzip: bool,
    /// Whether it is an archive, as a workbook is; it has no encoding of its own then.
    pub zip: bool,
    /// Encoding of the text.
    pub encoding: &'static Encoding,
    /// What a statistical detector would have said, where the text is not UTF-8: a hint for the reader, nothing more.
    pub hint: Option<&'static str>,
}

/// Passes the bytes through while hashing and counting them.
struct Hashing<R> {
    inner: R,
    hash: Sha256,
    bytes: u64,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.hash.update(buf.get(..n).unwrap_or_default());
        self.bytes += n as u64;
        Ok(n)
    }
}

/// Reads the whole file once: hash, size, compression, encoding.
pub fn probe(path: &Path, wanted: Option<&str>, limits: &Limits) -> Result<Probe, Fault> {
    let forced = wanted.map(by_name).transpose()?;
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > limits.file {
        return Err(Fault::new(Code::TooLarge).with("limit", limits.file / 1_000_000).with("size", size / 1_000_000));
    }
    let mut file = File::open(path).map_err(unreadable)?;
    let gzip = is_gzip(&mut file).map_err(unreadable)?;
    let zip = is_zip(&mut file).map_err(unreadable)?;
    let mut raw = Hashing { inner: BufReader::with_capacity(CHUNK, file), hash: Sha256::new(), bytes: 0 };
    let mut judge = encoding::Judge::new(forced, limits.record);
    if !zip {
        let mut text: Box<dyn Read + '_> =
            if gzip { Box::new(Bounded::new(&mut raw, size, limits)) } else { Box::new(&mut raw) };
        let mut buf = vec![0u8; CHUNK];
        loop {
            let n = text.read(&mut buf).map_err(|e| broken(e, gzip))?;
            if n == 0 {
                break;
            }
            judge.feed(buf.get(..n).unwrap_or_default())?;
        }
    }
    // A workbook, and trailing bytes after a compressed stream, belong to the file's hash too.
    std::io::copy(&mut raw, &mut std::io::sink()).map_err(unreadable)?;
    let (encoding, hint) = if zip { (UTF_8, None) } else { judge.verdict()? };
    let sha256 = raw.hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
    Ok(Probe { sha256, bytes: raw.bytes, gzip, zip, encoding, hint })
}

/// Counts the bytes of the file that were read, for a progress bar.
struct Counting<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// A stream of UTF-8 text.
pub struct Source {
    reader: Box<dyn Read + Send>,
    gzip: bool,
    /// `None` where the bytes are UTF-8 already.
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    raw_at: usize,
    raw_len: usize,
    bom_checked: bool,
    done: bool,
    read: Arc<AtomicU64>,
}

impl Source {
    /// Bytes of the file read so far, shared with whoever draws the progress.
    pub fn progress(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    /// Text from memory, for tests and samples.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self::new(Box::new(std::io::Cursor::new(bytes)), false, UTF_8, Arc::default())
    }

    fn new(reader: Box<dyn Read + Send>, gzip: bool, encoding: &'static Encoding, read: Arc<AtomicU64>) -> Self {
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_with_bom_removal());
        Self {
            reader,
            gzip,
            decoder,
            raw: vec![0; CHUNK],
            raw_at: 0,
            raw_len: 0,
            bom_checked: false,
            done: false,
            read,
        }
    }

    /// Replaces `out` by the next piece of text; an empty piece is the end.
    pub fn fill(&mut self, out: &mut Vec<u8>) -> Result<(), Fault> {
        out.clear();
        match self.decoder.take() {
            None => self.fill_plain(out),
            Some(mut decoder) => {
                let result = self.fill_decoded(&mut decoder, out);
                self.decoder = Some(decoder);
                result
            }
        }
    }

    fn fill_plain(&mut self, out: &mut Vec<u8>) -> Result<(), Fault> {
        out.resize(CHUNK, 0);
        let mut len = 0;
        // Fill at least three bytes, so that a byte-order mark is never cut.
        while len < 3 {
            let n = self.reader.read(out.get_mut(len..).unwrap_or_default()).map_err(|e| broken(e, self.gzip))?;
            if n == 0 {
                break;
            }
            len += n;
        }
        out.truncate(len);
        if !std::mem::replace(&mut self.bom_checked, true) && out.starts_with(b"\xEF\xBB\xBF") {
            out.drain(..3);
            if out.is_empty() {
                return self.fill_plain(out);
            }
        }
        Ok(())
    }

    fn fill_decoded(&mut self, decoder: &mut Decoder, out: &mut Vec<u8>) -> Result<(), Fault> {
        out.resize(3 * CHUNK + 16, 0);
        let mut written = 0;
        while written == 0 && !self.done {
            if self.raw_at == self.raw_len {
                self.raw_len = self.reader.read(&mut self.raw).map_err(|e| broken(e, self.gzip))?;
                self.raw_at = 0;
            }
            let input = self.raw.get(self.raw_at..self.raw_len).unwrap_or_default();
            let last = input.is_empty();
            let (result, took, gave, bad) = decoder.decode_to_utf8(input, out, last);
            if bad {
                return Err(Fault::new(Code::BadEncoding).with("encoding", decoder.encoding().name()));
            }
            self.raw_at += took;
            written = gave;
            self.done = last && result == CoderResult::InputEmpty;
        }
        out.truncate(written);
        Ok(())
    }
}

/// Opens a probed file as text.
pub fn open(path: &Path, probe: &Probe, limits: &Limits) -> Result<Source, Fault> {
    let read = Arc::new(AtomicU64::new(0));
    let file = File::open(path).map_err(unreadable)?;
    let counted = Counting { inner: BufReader::with_capacity(CHUNK, file), read: Arc::clone(&read) };
    let reader: Box<dyn Read + Send> =
        if probe.gzip { Box::new(Bounded::new(counted, probe.bytes, limits)) } else { Box::new(counted) };
    Ok(Source::new(reader, probe.gzip, probe.encoding, read))
}

fn unreadable(error: std::io::Error) -> Fault {
    Fault::new(Code::Unreadable).with("reason", error.kind())
}

fn broken(error: std::io::Error, gzip: bool) -> Fault {
    if error.get_ref().is_some_and(|inner| inner.is::<gunzip::TooMuch>()) {
        Fault::new(Code::Bomb)
    } else if gzip {
        Fault::new(Code::BadGzip)
    } else {
        unreadable(error)
    }
}

#[cfg(test)]
mod tests;
