//! How often a token may ask: so many requests in each minute, counted in this process only.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Length of a window.
const WINDOW: Duration = Duration::from_secs(60);
/// Tokens that are remembered before those that rest are forgotten.
const REMEMBERED: usize = 1_000;

/// What is left to a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Left {
    /// Requests that may be made in this window.
    pub limit: u32,
    /// Requests that may still be made in it.
    pub remaining: u32,
    /// Seconds until the next window begins.
    pub reset: u64,
    /// Whether this request is one too many.
    pub exceeded: bool,
}

/// Counts requests by token.
#[derive(Debug)]
pub(super) struct Limiter {
    limit: u32,
    used: Mutex<HashMap<i64, (Instant, u32)>>,
}

impl Limiter {
    /// A limiter of so many requests in a minute.
    pub(super) fn new(limit: u32) -> Self {
        Self { limit, used: Mutex::default() }
    }

    /// Counts a request of a token.
    pub(super) fn count(&self, token: i64, now: Instant) -> Left {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = |start: Instant| now.saturating_duration_since(start) >= WINDOW;
        if used.len() >= REMEMBERED {
            used.retain(|_, (start, _)| !is_over(*start));
        }
        let (start, count) = used.entry(token).or_insert((now, 0));
        if is_over(*start) {
            (*start, *count) = (now, 0);
        }
        let exceeded = *count >= self.limit;
        if !exceeded {
            *count += 1;
        }
        let rest = WINDOW.saturating_sub(now.saturating_duration_since(*start));
        Left {
            limit: self.limit,
            remaining: self.limit - *count,
            // Rounded up: who waits so long finds the next window open.
            reset: rest.as_secs() + u64::from(rest.subsec_nanos() > 0),
            exceeded,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_its_requests_of_each_minute_and_no_others() {
        let (limiter, start) = (Limiter::new(3), Instant::now());
        let at = |ms| start + Duration::from_millis(ms);
        let remaining: Vec<u32> = (0..3).map(|i| limiter.count(1, at(i)).remaining).collect();
        assert_eq!(remaining, [2, 1, 0]);
        assert_eq!(limiter.count(1, at(500)), Left { limit: 3, remaining: 0, reset: 60, exceeded: true });
        assert_eq!(limiter.count(1, at(59_999)).reset, 1);
        assert!(!limiter.count(2, at(59_999)).exceeded, "another token is counted by itself");
        assert_eq!(limiter.count(1, at(60_000)), Left { limit: 3, remaining: 2, reset: 60, exceeded: false });
    }
}
