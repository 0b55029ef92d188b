//! Movements of recurring revenue: a million subscription periods over five years.

use divan::Bencher;
use domain::recurring::{Choices, History, Subscription, months, twelve_months};
use domain::{Date, Micros, Period};

const PERIODS: u64 = 1_000_000;

fn main() {
    divan::main();
}

/// A number that looks random and is always the same (SplitMix64).
fn scattered(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Five periods per customer on average, in no order, each of up to a year.
fn subscriptions() -> Vec<Subscription> {
    let first = Date::from_ymd(2020, 1, 1).unwrap_or(Date::MIN);
    let date = |days: u64| first.add_days(days as i32).unwrap_or(first);
    (0..PERIODS)
        .map(|i| {
            let (customer, from, days) = (scattered(i) % 200_000, scattered(!i) % 1_800, scattered(i << 32) % 365);
            let per_year = Micros((scattered(i ^ 0x55) % 1_000) as i64 * 12_000_000);
            let end = (days > 20).then(|| date(from + days));
            Subscription { end, ..Subscription::new(customer as u32, date(from), per_year) }
        })
        .collect()
}

fn five_years() -> Vec<Period> {
    let whole = Date::from_ymd(2020, 1, 1).ok().zip(Date::from_ymd(2025, 1, 1).ok());
    whole.and_then(|(from, to)| Period::new(from, to).ok()).map(months).unwrap_or_default()
}

/// All at once: sorting the periods, then sixty months of movements.
#[divan::bench(sample_count = 10)]
fn movements_of_a_million_periods(bencher: Bencher) {
    let (all, steps) = (subscriptions(), five_years());
    bencher.bench(|| History::new(&all, Choices::default()).movements(&steps));
}

/// The same from periods that are sorted already.
#[divan::bench(sample_count = 10)]
fn movements_of_a_sorted_history(bencher: Bencher) {
    let (history, steps) = (History::new(subscriptions(), Choices::default()), five_years());
    bencher.bench(|| history.movements(&steps));
}

/// Net and gross retention over the last twelve months.
#[divan::bench(sample_count = 10)]
fn retention_of_a_sorted_history(bencher: Bencher) {
    let history = History::new(subscriptions(), Choices::default());
    let year = five_years().last().copied().and_then(twelve_months);
    bencher.bench(|| year.map(|y| history.retention(y)));
}
