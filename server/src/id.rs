//! Makes identifiers: 63 bits, time-ordered, without a round trip to the database.
//!
//! Layout: 41 bits of milliseconds since 2025, 12 bits of sequence, 10 bits drawn per process. Two nodes that draw
//! the same 10 bits can only collide within one organisation, table and millisecond, and the primary key refuses that.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

const EPOCH_MS: i64 = 1_735_689_600_000;
const NODE_BITS: u32 = 10;
const STEP: i64 = 1 << NODE_BITS;
const SEQUENCE_BITS: u32 = 12;

static NODE: LazyLock<i64> = LazyLock::new(|| i64::from(rand::random::<u16>()) & (STEP - 1));
static LAST: AtomicI64 = AtomicI64::new(0);

/// The next identifier: greater than every earlier one of this process.
pub fn next() -> i64 {
    let now_ms =
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX));
    let floor = ((now_ms - EPOCH_MS).max(0) << (SEQUENCE_BITS + NODE_BITS)) | *NODE;
    let mut last = LAST.load(Ordering::Relaxed);
    loop {
        let id = floor.max(last + STEP);
        match LAST.compare_exchange_weak(last, id, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => return id,
            Err(seen) => last = seen,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    #[test]
    fn identifiers_rise_and_never_repeat() {
        let ids: Vec<i64> = (0..100_000).map(|_| super::next()).collect();
        assert!(ids.windows(2).all(|w| w[0] < w[1]));
        assert!(ids.iter().all(|id| *id > 0));
        let threads: Vec<_> =
            (0..4).map(|_| std::thread::spawn(|| (0..10_000).map(|_| super::next()).collect::<Vec<_>>())).collect();
        let all: Vec<i64> = threads.into_iter().flat_map(|t| t.join().unwrap()).collect();
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
    }
}
