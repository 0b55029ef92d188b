//! How large a workbook really is: every part of the archive is expanded once and counted, whatever its header claims.
//!
//! What the reader of workbooks will hold in memory is estimated from above, and bounded: whole parts, the table of shared
//! texts, and the longest piece of markup, which it takes in one go.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use crate::import::fault::{Code, Fault};
use crate::import::source::Limits;

/// Bytes that a shared text takes beside its letters: where it stands, and the smallest piece of memory for them.
const HELD: u64 = 56;
/// The same where the table does not claim its length: it grows, and is moved as it does.
const GROWN: u64 = 104;
/// Bytes of a piece of markup that is read in one go; a cell of Excel holds 32 767 characters.
const LONGEST: usize = 1 << 20;
const CHUNK: usize = 64 * 1024;

/// Refuses an archive that grows beyond its bounds or is damaged.
pub(super) fn check(path: &Path, limits: &Limits) -> Result<(), Fault> {
    let bad = |reason: &dyn std::fmt::Display| Fault::new(Code::BadSheet).with("reason", reason);
    let bomb = || Fault::new(Code::Bomb);
    let file = File::open(path).map_err(|error| Fault::new(Code::Unreadable).with("reason", error.kind()))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| bad(&error))?;
    let mut left = limits.sheets;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| bad(&error))?;
        let name = part.name().map_err(|error| bad(&error))?.to_ascii_lowercase();
        // Worksheets are read row by row; every other part may be held in memory whole.
        let most = if name.contains("worksheets/") { left } else { left.min(limits.parts) };
        let is_markup = name.ends_with(".xml") || name.ends_with(".rels");
        let mut scan = Scan::new(limits.field.max(LONGEST));
        let mut part = part.take(most + 1);
        let (mut size, mut chunk) = (0, vec![0; CHUNK]);
        loop {
            let read = part.read(&mut chunk).map_err(|error| bad(&error))?;
            if read == 0 {
                break;
            }
            size += read as u64;
            if size > most || (is_markup && !scan.feed(chunk.get(..read).unwrap_or_default())) {
                return Err(bomb());
            }
        }
        if name.ends_with("sharedstrings.xml") && scan.texts.held(size) > limits.texts {
            return Err(bomb());
        }
        left -= size;
    }
    Ok(())
}

/// The table of shared texts, as far as its markup tells.
#[derive(Default)]
struct Texts {
    /// Texts that stand in it.
    found: u64,
    /// Texts that it claims to have: memory is reserved for them before one is read.
    claimed: u64,
}

impl Texts {
    /// What it takes in memory at most.
    fn held(&self, size: u64) -> u64 {
        let each = if self.claimed >= self.found { HELD } else { GROWN };
        self.found.max(self.claimed).saturating_mul(each).saturating_add(size)
    }
}

/// Looks at markup as it goes by.
struct Scan {
    /// Bytes since the last `<`, and how many there may be.
    run: (usize, usize),
    /// Within a comment or a section of plain text, where a `<` begins nothing.
    is_special: bool,
    /// The last bytes, the newest in the lowest place.
    last: u128,
    /// Whether the digits of a claim follow, and its value so far.
    claim: Option<u64>,
    texts: Texts,
}

impl Scan {
    fn new(longest: usize) -> Self {
        Self { run: (0, longest), is_special: false, last: 0, claim: None, texts: Texts::default() }
    }

    /// Takes bytes in; `false` if a piece of markup is too long to be read in one go.
    fn feed(&mut self, bytes: &[u8]) -> bool {
        // Zero bytes are those of UTF-16.
        for byte in bytes.iter().copied().filter(|byte| *byte != 0) {
            self.run.0 += 1;
            if self.run.0 > self.run.1 {
                return false;
            }
            self.last = self.last << 8 | u128::from(byte);
            if self.is_special {
                self.is_special = byte != b'>' || !(self.ends(b"-->") || self.ends(b"]]>"));
                continue;
            }
            match byte {
                b'<' => self.run.0 = 0,
                b'!' if self.ends(b"<!") => self.is_special = true,
                b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n' => self.tag(),
                b't' if self.ends(b"uniqueCount") => self.claim = Some(0),
                b'0'..=b'9' => {
                    if let Some(claim) = &mut self.claim {
                        *claim = claim.saturating_mul(10).saturating_add(u64::from(byte - b'0'));
                        self.texts.claimed = self.texts.claimed.max(*claim);
                    }
                }
                _ => {}
            }
            if byte == b'>' {
                self.claim = None;
            }
        }
        true
    }

    /// Counts the beginning of a shared text, whatever stands before its name.
    fn tag(&mut self) {
        let before = self.last >> 8;
        if [b"<si", b":si"].iter().any(|name| ends(before, *name)) {
            self.texts.found += 1;
        }
    }

    fn ends(&self, text: &[u8]) -> bool {
        ends(self.last, text)
    }
}

/// Whether the last bytes are these.
fn ends(last: u128, text: &[u8]) -> bool {
    let wanted = text.iter().fold(0u128, |all, byte| all << 8 | u128::from(*byte));
    last & ((1 << (8 * text.len())) - 1) == wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str, longest: usize) -> Option<(u64, u64)> {
        let mut scan = Scan::new(longest);
        // A piece at a time: nothing depends on where pieces end.
        let fits = text.as_bytes().chunks(3).all(|piece| scan.feed(piece));
        fits.then_some((scan.texts.found, scan.texts.claimed))
    }

    #[test]
    fn texts_and_claims_are_counted() {
        let text = "<sst count=\"9\" uniqueCount = '3'><si><t>a 12</t></si><si/><x:si ><t/></x:si><six/></sst>";
        assert_eq!(scan(text, 100).map(|(found, claimed)| (found >= 3, claimed)), Some((true, 3)));
        assert_eq!(scan(&"<si/>".repeat(1000), 100), Some((1000, 0)));
        let utf16: Vec<u8> = "<sst uniqueCount=\"77\"><si/></sst>".bytes().flat_map(|b| [b, 0]).collect();
        let mut scan = Scan::new(100);
        assert!(scan.feed(&utf16) && (scan.texts.found, scan.texts.claimed) == (1, 77));
    }

    #[test]
    fn markup_that_is_read_in_one_go_is_bounded() {
        assert!(scan(&format!("<t>{}</t>", "x".repeat(90)), 100).is_some());
        for long in ["<t>x</t>", "<t a=\"x\"/>", "<!--x-->", "<![CDATA[x]]>"] {
            let x = "<y>".repeat(50);
            let text =
                long.replace('x', if long.starts_with("<!") { x.as_str() } else { "xxxxxxxxxx" }.repeat(10).as_str());
            assert_eq!(scan(&text, 90), None, "{long}");
        }
    }
}
