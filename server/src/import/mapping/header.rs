//! Finding columns by name, and recognising a file by its names.

use sha2::{Digest, Sha256};

use crate::import::fault::{Code, Fault};

/// A name without case, blanks, underscores and the like, for comparison.
pub fn fold(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, ' ' | '_' | '-' | '.' | '\u{a0}')).flat_map(char::to_lowercase).collect()
}

/// A name without case, blanks and underscores: what the mapping's rule for names says.
fn loose(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && *c != '_').flat_map(char::to_lowercase).collect()
}

/// The place of a column: exactly so named, else the only one so named ignoring case, blanks and underscores.
pub fn find_column(header: &[String], name: &str) -> Result<Option<usize>, Fault> {
    let pick = |matches: Vec<usize>| match matches.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        many => Err(Fault::new(Code::AmbiguousColumn).column(name).with("name", name).with("count", many.len())),
    };
    let exact = (0..header.len()).filter(|i| header.get(*i).is_some_and(|h| h == name)).collect();
    if let Some(found) = pick(exact)? {
        return Ok(Some(found));
    }
    let wanted = loose(name);
    pick((0..header.len()).filter(|i| header.get(*i).is_some_and(|h| loose(h) == wanted)).collect())
}

/// Recognises files of the same source: a hash over the names, whatever their case and blanks.
pub fn fingerprint(header: &[String]) -> String {
    let mut hash = Sha256::new();
    for name in header {
        hash.update(fold(name).as_bytes());
        hash.update([0x1f]);
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
