//! Which encoding a text has: its byte-order mark, the shape of UTF-16, valid UTF-8, else Windows-1252.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::super::fault::{Code, Fault};

/// The first bytes that are looked at for signatures and the shape of UTF-16.
const HEAD: usize = 8 * 1024;

/// An encoding by the name a mapping gives it.
pub fn by_name(name: &str) -> Result<&'static Encoding, Fault> {
    let unknown = || Fault::new(Code::UnknownEncoding).with("encoding", name);
    // `encoding_rs` reads Latin-1 labels as Windows-1252, as every browser does.
    let found = Encoding::for_label(name.trim().as_bytes()).ok_or_else(unknown)?;
    [UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1252].into_iter().find(|e| *e == found).ok_or_else(unknown)
}

/// Watches the bytes go by and decides at the end.
pub(super) struct Judge {
    forced: Option<&'static Encoding>,
    head: Vec<u8>,
    started: bool,
    decided: Option<&'static Encoding>,
    utf8: Utf8Watch,
    guess: chardetng::EncodingDetector,
    guessed: usize,
    line: u64,
    /// Bytes since the last end of a line, and how many there may be.
    run: (usize, usize),
}

impl Judge {
    /// A line that is longer than `longest` is longer than any record: it is not read to its end.
    pub(super) fn new(forced: Option<&'static Encoding>, longest: usize) -> Self {
        Self {
            forced,
            head: Vec::with_capacity(HEAD),
            started: false,
            decided: None,
            utf8: Utf8Watch::default(),
            guess: chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny),
            guessed: 0,
            line: 1,
            run: (0, longest),
        }
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        if self.started {
            return self.scan(bytes);
        }
        self.head.extend_from_slice(bytes);
        if self.head.len() >= HEAD { self.start() } else { Ok(()) }
    }

    /// Looks at the head once it is long enough, or at the end of a short file.
    fn start(&mut self) -> Result<(), Fault> {
        self.started = true;
        let head = std::mem::take(&mut self.head);
        self.decided = match Encoding::for_bom(&head) {
            Some((encoding, _)) if encoding != UTF_8 => Some(encoding),
            Some(_) => None,
            None => self.forced.filter(|e| *e != UTF_8 && *e != WINDOWS_1252).or_else(|| utf16_shape(&head)),
        };
        if self.decided.is_none() {
            signature(&head)?;
        }
        self.scan(&head)
    }

    fn scan(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        if self.decided.is_some() {
            return Ok(()); // UTF-16 is checked while it is decoded
        }
        if let Some(at) = bytes.iter().position(|b| *b == 0) {
            let before = bytes.get(..at).unwrap_or_default().iter().filter(|b| **b == b'\n').count() as u64;
            return Err(Fault::new(Code::NulByte).line(self.line + before));
        }
        self.run.0 = match memchr::memrchr2(b'\n', b'\r', bytes) {
            Some(at) => bytes.len() - at - 1,
            None => self.run.0 + bytes.len(),
        };
        if self.run.0 > self.run.1 {
            return Err(Fault::new(Code::RecordTooLong).line(self.line).with("limit", self.run.1));
        }
        if bytes.is_ascii() && self.utf8.pending.is_empty() {
            self.line += bytes.iter().filter(|b| **b == b'\n').count() as u64;
            return Ok(());
        }
        if self.guessed < 1 << 20 {
            self.guess.feed(bytes, false);
            self.guessed += bytes.len();
        }
        self.utf8.feed(bytes, self.line);
        self.line += bytes.iter().filter(|b| **b == b'\n').count() as u64;
        Ok(())
    }

    /// The encoding, and what a statistical detector would have said.
    pub(super) fn verdict(mut self) -> Result<(&'static Encoding, Option<&'static str>), Fault> {
        if !self.started {
            self.start()?;
        }
        if let Some(encoding) = self.decided {
            return Ok((encoding, None));
        }
        self.utf8.finish(self.line);
        match (self.forced, self.utf8.first_bad) {
            (Some(encoding), None) => Ok((encoding, None)),
            (Some(encoding), Some(line)) if encoding == UTF_8 => {
                Err(Fault::new(Code::BadEncoding).line(line).with("encoding", "UTF-8"))
            }
            (Some(encoding), Some(_)) => Ok((encoding, None)),
            (None, None) => Ok((UTF_8, None)),
            // Bytes that spell UTF-8 beside bytes that do not: put together from two sources, or damaged. It is asked.
            (None, Some(line)) if self.utf8.is_mixed() => Err(Fault::new(Code::MixedEncoding).line(line)),
            (None, Some(_)) => {
                self.guess.feed(&[], true);
                let hint = self.guess.guess(None, chardetng::Utf8Detection::Deny);
                Ok((WINDOWS_1252, (hint != WINDOWS_1252).then(|| hint.name())))
            }
        }
    }
}

/// Bad bytes for each sequence that Windows-1252 may hold by chance.
const CHANCE: u64 = 20;

/// Counts good multi-byte sequences and bad bytes across pieces.
#[derive(Default)]
struct Utf8Watch {
    pending: Vec<u8>,
    /// Sequences that Windows-1252 practically never has: `Ã©`, `Â£`, `â‚¬`.
    sure: u64,
    /// Sequences that it has where a capital stands before a mark: `É”`, `Ü–`.
    chance: u64,
    bad: u64,
    first_bad: Option<u64>,
}

impl Utf8Watch {
    fn feed(&mut self, bytes: &[u8], line: u64) {
        let joined;
        let mut rest: &[u8] = if self.pending.is_empty() {
            bytes
        } else {
            joined = [std::mem::take(&mut self.pending).as_slice(), bytes].concat();
            &joined
        };
        let mut line = line;
        loop {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.count(text.as_bytes());
                    return;
                }
                Err(error) => {
                    let (valid, tail) = rest.split_at(error.valid_up_to());
                    self.count(valid);
                    line += valid.iter().filter(|b| **b == b'\n').count() as u64;
                    let Some(skip) = error.error_len() else {
                        self.pending = tail.to_vec();
                        return;
                    };
                    self.bad += 1;
                    self.first_bad.get_or_insert(line);
                    rest = tail.get(skip..).unwrap_or_default();
                }
            }
        }
    }

    fn count(&mut self, valid: &[u8]) {
        for byte in valid.iter().filter(|byte| **byte >= 0xC0) {
            let counter = if matches!(byte, 0xC4..=0xDF) { &mut self.chance } else { &mut self.sure };
            *counter += 1;
        }
    }

    /// Whether both kinds of text occur. A few sequences among very many bad bytes are chance.
    fn is_mixed(&self) -> bool {
        self.sure > 0 || self.chance * CHANCE > self.bad
    }

    fn finish(&mut self, line: u64) {
        if !self.pending.is_empty() {
            self.bad += 1;
            self.first_bad.get_or_insert(line);
        }
    }
}

/// UTF-16 without a mark: Western text has its zero bytes all on one side.
fn utf16_shape(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    if pairs < 2 {
        return None;
    }
    let zeros = |side: usize| head.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let most = pairs * 2 / 5;
    match (first > most, second > most) {
        (false, true) if first * 20 < pairs => Some(UTF_16LE),
        (true, false) if second * 20 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// Refuses what is no text: known signatures, and many control characters.
fn signature(head: &[u8]) -> Result<(), Fault> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Fault::new(Code::Spreadsheet));
    }
    let known: [&[u8]; 6] = [b"%PDF", b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"\x7FELF", b"SQLite format 3"];
    let odd = head.iter().filter(|b| **b < 0x20 && !matches!(**b, 0 | b'\t' | b'\n' | b'\r' | 0x0c | 0x1a)).count();
    if known.iter().any(|magic| head.starts_with(magic)) || odd * 20 > head.len() {
        return Err(Fault::new(Code::Binary));
    }
    Ok(())
}
