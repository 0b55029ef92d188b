//! The keys that the rows of a file have.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::fact::digest_of;
use super::fault::{Code, Fault};

/// Remembers which keys were seen, and where or how often, in 24 bytes each whatever their length.
#[derive(Debug, Default)]
pub struct Keys(HashMap<[u8; 16], u64>);

impl Keys {
    /// A key that must stand only once.
    ///
    /// # Errors
    /// When it stood on an earlier line, which the fault names.
    pub fn once(&mut self, parts: &[&str], line: u64) -> Result<(), Fault> {
        match self.0.entry(digest_of(parts.iter().copied())) {
            Entry::Vacant(free) => {
                free.insert(line);
                Ok(())
            }
            Entry::Occupied(first) => {
                let key = parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" ");
                Err(Fault::new(Code::DuplicateKey).line(line).with("key", key).with("first", first.get()))
            }
        }
    }

    /// How often the same content was seen before.
    pub fn count(&mut self, parts: &[&str]) -> u32 {
        let seen = self.0.entry(digest_of(parts.iter().copied())).or_default();
        *seen += 1;
        u32::try_from(*seen - 1).unwrap_or(u32::MAX)
    }
}
