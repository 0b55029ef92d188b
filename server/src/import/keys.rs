//! The keys that the rows of a file have, in memory that does not grow with the file.
//!
//! The last ones are kept in a table. When it is full it is written, sorted, to a file of its own that goes with the import;
//! of each such file a few bits per key stay in memory, which say of nearly every new key that it is not in there.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};

use super::fact::digest_of;
use super::fault::{Code, Fault};

/// Keys of the table: some 30 MB.
const MOST: usize = 500_000;
/// Bytes of a key in a file, and of what is known of it.
const KEY: usize = 16;
const ENTRY: usize = KEY + 8;
/// Bits in memory for each key of a file, and how many of them a key sets: one in a hundred others sets the same.
const BITS: usize = 10;
const PROBES: usize = 7;

type Digest = [u8; KEY];

/// Remembers which keys were seen, and where or how often, whatever their length.
#[derive(Debug)]
pub struct Keys {
    last: HashMap<Digest, u64>,
    earlier: Vec<Run>,
    most: usize,
}

impl Default for Keys {
    fn default() -> Self {
        Self { last: HashMap::new(), earlier: Vec::new(), most: MOST }
    }
}

impl Keys {
    /// A key that must stand only once.
    ///
    /// # Errors
    /// When it stood on an earlier line, which the fault names; or there is no room for what has to be remembered.
    pub fn once(&mut self, parts: &[&str], line: u64) -> Result<(), Fault> {
        let digest = digest_of(parts.iter().copied());
        match self.get(&digest).map_err(full)? {
            None => self.put(digest, line).map_err(full),
            Some(first) => {
                let key = parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" ");
                Err(Fault::new(Code::DuplicateKey).line(line).with("key", key).with("first", first))
            }
        }
    }

    /// How often the same content was seen before.
    ///
    /// # Errors
    /// When there is no room for what has to be remembered.
    pub fn count(&mut self, parts: &[&str]) -> Result<u32, Fault> {
        let digest = digest_of(parts.iter().copied());
        let seen = self.get(&digest).map_err(full)?.unwrap_or_default();
        self.put(digest, seen + 1).map_err(full)?;
        Ok(u32::try_from(seen).unwrap_or(u32::MAX))
    }

    fn get(&mut self, digest: &Digest) -> io::Result<Option<u64>> {
        if let Some(known) = self.last.get(digest) {
            return Ok(Some(*known));
        }
        // What was written last is true.
        for run in self.earlier.iter_mut().rev() {
            if let Some(known) = run.get(digest)? {
                return Ok(Some(known));
            }
        }
        Ok(None)
    }

    fn put(&mut self, digest: Digest, known: u64) -> io::Result<()> {
        self.last.insert(digest, known);
        if self.last.len() >= self.most {
            self.earlier.push(Run::write(std::mem::take(&mut self.last))?);
        }
        Ok(())
    }
}

fn full(error: io::Error) -> Fault {
    Fault::new(Code::Unreadable).with("reason", error.kind())
}

/// Keys in a file, in order.
#[derive(Debug)]
struct Run {
    file: File,
    count: u64,
    bits: Vec<u64>,
}

impl Run {
    fn write(keys: HashMap<Digest, u64>) -> io::Result<Self> {
        let mut keys: Vec<(Digest, u64)> = keys.into_iter().collect();
        keys.sort_unstable();
        let mut run = Self {
            file: tempfile::tempfile()?,
            count: keys.len() as u64,
            bits: vec![0; (keys.len() * BITS).div_ceil(64)],
        };
        let mut out = BufWriter::new(&run.file);
        for (digest, known) in &keys {
            out.write_all(digest)?;
            out.write_all(&known.to_le_bytes())?;
        }
        out.flush()?;
        drop(out);
        for (digest, _) in &keys {
            for (word, bit) in places(digest, run.bits.len()) {
                if let Some(word) = run.bits.get_mut(word) {
                    *word |= bit;
                }
            }
        }
        Ok(run)
    }

    fn get(&mut self, digest: &Digest) -> io::Result<Option<u64>> {
        let is_there = |(word, bit): (usize, u64)| self.bits.get(word).is_some_and(|word| word & bit != 0);
        if !places(digest, self.bits.len()).all(is_there) {
            return Ok(None);
        }
        let (mut low, mut high) = (0, self.count);
        let mut entry = [0; ENTRY];
        while low < high {
            let middle = low + (high - low) / 2;
            self.file.seek(SeekFrom::Start(middle * ENTRY as u64))?;
            self.file.read_exact(&mut entry)?;
            let (key, known) = entry.split_at(KEY);
            match key.cmp(digest.as_slice()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    let mut number = [0; ENTRY - KEY];
                    number.copy_from_slice(known);
                    return Ok(Some(u64::from_le_bytes(number)));
                }
            }
        }
        Ok(None)
    }
}

/// The bits that a key sets. A digest is as good as random, so that its halves make as many numbers as are wanted.
fn places(digest: &Digest, words: usize) -> impl Iterator<Item = (usize, u64)> {
    let number = u128::from_le_bytes(*digest);
    let (first, step) = (number as u64, (number >> 64) as u64 | 1);
    (0..PROBES as u64).map(move |n| {
        let place = first.wrapping_add(step.wrapping_mul(n)) % (words.max(1) as u64 * 64);
        ((place / 64) as usize, 1 << (place % 64))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Keys {
        Keys { most: 50, ..Keys::default() }
    }

    #[test]
    fn a_key_is_known_again_however_many_came_between() {
        let mut keys = small();
        for line in 1..=1_000 {
            assert_eq!(keys.once(&["a", &line.to_string()], line), Ok(()), "{line}");
        }
        assert_eq!(keys.earlier.len(), 20);
        for line in 1..=1_000 {
            let fault = keys.once(&["a", &line.to_string()], 5_000).unwrap_err();
            assert_eq!(fault.code, Code::DuplicateKey);
            assert!(fault.args.iter().any(|(name, value)| *name == "first" && *value == line.to_string()), "{fault:?}");
        }
        assert_eq!(keys.once(&["a1"], 1), Ok(()), "parts that run into each other are another key");
    }

    #[test]
    fn the_same_content_is_counted_however_far_apart() {
        let mut keys = small();
        for round in 0..4 {
            for n in 0..300 {
                assert_eq!(keys.count(&[&n.to_string()]), Ok(round), "{n}");
            }
        }
        assert!(keys.last.len() < 50 && keys.earlier.len() > 20);
    }
}
