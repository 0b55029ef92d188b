//! Times runs and prints their middle and their slow end.

use std::time::{Duration, Instant};

/// Durations of the runs of one thing.
#[derive(Debug, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Adds the time since a moment.
    pub fn since(&mut self, start: Instant) {
        self.0.push(start.elapsed());
    }

    /// Adds a duration.
    pub fn add(&mut self, duration: Duration) {
        self.0.push(duration);
    }

    /// Prints p50 and p95 in milliseconds.
    pub fn print(mut self, what: &str) {
        self.0.sort_unstable();
        let at = |percent: usize| {
            let place = (self.0.len() * percent / 100).min(self.0.len().saturating_sub(1));
            self.0.get(place).map_or(f64::NAN, |d| d.as_secs_f64() * 1000.0)
        };
        println!("{what:<52} p50 {:>9.3} ms   p95 {:>9.3} ms   ({} runs)", at(50), at(95), self.0.len());
    }
}
