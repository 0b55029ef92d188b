//! Counts tests, as the tools that run them report.

use std::fmt;
use std::ops::AddAssign;

use serde_json::Value;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that ran and held.
    pub passed: u64,
    /// Tests that did not.
    pub failed: u64,
}

impl Counts {
    /// A program that died before it could say how many failed.
    pub const ONE_FAILED: Self = Self { passed: 0, failed: 1 };

    /// Reads Rust's line `test result: ok. 4 passed; 0 failed; …`, if this is one.
    pub fn of_line(line: &str) -> Option<Self> {
        let (_, result) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
        let number =
            |word: &str| result.split(';').find_map(|part| part.trim().strip_suffix(word)?.trim().parse().ok());
        Some(Self { passed: number("passed")?, failed: number("failed")? })
    }

    /// Reads Playwright's report. A test that passed only when repeated counts as passed; an error
    /// outside any test counts as one failed test.
    pub fn of_playwright(report: &Value) -> Self {
        let number = |key: &str| report["stats"][key].as_u64().unwrap_or(0);
        let outside = report["errors"].as_array().map_or(0, |errors| errors.len() as u64);
        Self { passed: number("expected") + number("flaky"), failed: number("unexpected") + outside }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_rust_are_read() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s";
        assert_eq!(Counts::of_line(line), Some(Counts { passed: 12, failed: 3 }));
        assert_eq!(Counts::of_line("test rules::holds ... ok"), None);
    }

    #[test]
    fn reports_of_playwright_are_read() {
        let report = serde_json::json!({
            "stats": { "expected": 7, "unexpected": 1, "flaky": 1, "skipped": 2 },
            "errors": [{ "message": "the server did not start" }],
        });
        assert_eq!(Counts::of_playwright(&report), Counts { passed: 8, failed: 2 });
    }
}
