//! How large a workbook really is: every part of the archive is expanded once and counted, whatever its header claims.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use crate::import::fault::{Code, Fault};
use crate::import::source::Limits;

/// Bytes of the shortest text that stands in the table of shared texts: `<si/>`.
const SHORTEST: u64 = 5;

/// Refuses an archive that grows beyond its bounds or is damaged.
pub(super) fn check(path: &Path, limits: &Limits) -> Result<(), Fault> {
    let bad = |reason: &dyn std::fmt::Display| Fault::new(Code::BadSheet).with("reason", reason);
    let file = File::open(path).map_err(|error| Fault::new(Code::Unreadable).with("reason", error.kind()))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| bad(&error))?;
    let mut left = limits.sheets;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| bad(&error))?;
        let name = part.name().map_err(|error| bad(&error))?.to_ascii_lowercase();
        // Worksheets are read row by row; every other part may be held in memory whole.
        let most = if name.contains("worksheets/") { left } else { left.min(limits.parts) };
        let mut part = part.take(most + 1);
        let size = if name.ends_with("sharedstrings.xml") {
            let mut text = Vec::new();
            let size = part.read_to_end(&mut text).map_err(|error| bad(&error))? as u64;
            if size <= most && claims(text) > size / SHORTEST {
                return Err(Fault::new(Code::Bomb));
            }
            size
        } else {
            io::copy(&mut part, &mut io::sink()).map_err(|error| bad(&error))?
        };
        if size > most {
            return Err(Fault::new(Code::Bomb));
        }
        left -= size;
    }
    Ok(())
}

/// How many shared texts the table claims to have: memory is reserved for them before one is read.
fn claims(mut text: Vec<u8>) -> u64 {
    text.retain(|byte| *byte != 0); // as it may be UTF-16
    let mut most = 0;
    for at in memchr::memmem::find_iter(&text, "uniqueCount") {
        let rest = text.get(at + "uniqueCount".len()..).unwrap_or_default();
        let digits = rest.iter().skip_while(|b| !b.is_ascii_digit()).take_while(|b| b.is_ascii_digit());
        most = most.max(digits.fold(0u64, |n, b| n.saturating_mul(10).saturating_add(u64::from(b - b'0'))));
    }
    most
}
