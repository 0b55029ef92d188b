//! Gzip, recognised by its first bytes, with its growth bounded.

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use flate2::bufread::MultiGzDecoder;

use super::Limits;

/// Marks the error of a stream that grows beyond its bounds.
#[derive(Debug)]
pub(super) struct TooMuch;

impl fmt::Display for TooMuch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the compressed data grows too much")
    }
}

impl std::error::Error for TooMuch {}

/// Whether a file begins as gzip does; leaves it at its start.
pub(super) fn is_gzip(file: &mut File) -> io::Result<bool> {
    let mut magic = Vec::with_capacity(2);
    file.by_ref().take(2).read_to_end(&mut magic)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(magic == [0x1f, 0x8b])
}

/// A decompressor that stops at the bounds.
pub(super) struct Bounded<R: Read> {
    inner: MultiGzDecoder<BufReader<R>>,
    left: u64,
}

impl<R: Read> Bounded<R> {
    /// Bounds follow from the size of the compressed file; a small file may always grow to a mebibyte.
    pub(super) fn new(reader: R, size: u64, limits: &Limits) -> Self {
        let left = size.saturating_mul(limits.ratio).max(1 << 20).min(limits.expanded);
        Self { inner: MultiGzDecoder::new(BufReader::with_capacity(super::CHUNK, reader)), left }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.left = self.left.checked_sub(n as u64).ok_or_else(|| io::Error::other(TooMuch))?;
        Ok(n)
    }
}
