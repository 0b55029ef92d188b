//! Which decimal sign a column of numbers leaves possible.

use serde::{Deserialize, Serialize};

use super::{Sign, read_number};

/// What a column of numbers leaves possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberVerdict {
    /// Every number of the column can be read with a decimal dot.
    pub dot: bool,
    /// Every number of the column can be read with a decimal comma.
    pub comma: bool,
    /// Numbers that mean something else under each sign.
    pub ambiguous: u64,
    /// Values that are no number under either.
    pub bad: u64,
    /// Values that are not blank.
    pub seen: u64,
}

impl NumberVerdict {
    /// The sign, if the column leaves only one.
    pub fn sign(self) -> Option<Sign> {
        match (self.dot, self.comma) {
            (true, false) => Some(Sign::Dot),
            (false, true) => Some(Sign::Comma),
            (true, true) | (false, false) => None,
        }
    }

    /// Whether somebody must be asked: both signs remain and it matters, or the column contradicts itself.
    pub fn must_ask(self) -> bool {
        match (self.dot, self.comma) {
            (true, true) => self.ambiguous > 0,
            (false, false) => true,
            (true, false) | (false, true) => false,
        }
    }
}

/// Looks at a column's values one by one; needs no memory of them.
#[derive(Clone, Copy, Debug)]
pub struct NumberDetector(NumberVerdict);

impl Default for NumberDetector {
    fn default() -> Self {
        Self(NumberVerdict { dot: true, comma: true, ambiguous: 0, bad: 0, seen: 0 })
    }
}

impl NumberDetector {
    /// Takes a value into account; blanks say nothing.
    pub fn see(&mut self, text: &str) {
        // Most cells of a file are words: no number is without a digit.
        if !text.bytes().any(|b| b.is_ascii_digit()) {
            let blank = u64::from(!text.trim().is_empty());
            (self.0.seen, self.0.bad) = (self.0.seen + blank, self.0.bad + blank);
            return;
        }
        let (dot, comma) = (read_number(text, Some(Sign::Dot)), read_number(text, Some(Sign::Comma)));
        self.0.seen += 1;
        if dot.is_err() && comma.is_err() {
            self.0.bad += 1;
            return;
        }
        self.0.dot &= dot.is_ok();
        self.0.comma &= comma.is_ok();
        if let (Ok(a), Ok(b)) = (dot, comma)
            && a.to_ratio() != b.to_ratio()
        {
            self.0.ambiguous += 1;
        }
    }

    /// What remains possible.
    pub fn verdict(&self) -> NumberVerdict {
        self.0
    }
}
