//! Basket figures for 540 000 lines, the size of the public retail data set: 20 000 transactions of 4 400 customers in
//! 24 categories over a year.
#![allow(missing_docs)]

use divan::{Bencher, black_box};
use domain::basket::{Baskets, Contents, FirstPurchases, LineKind, SaleLine, baskets_by, kpis};
use domain::{Date, Micros, Outcome};

const LINES: u32 = 540_000;
const CATEGORIES: u64 = 24;

fn main() {
    divan::main();
}

/// The same lines each time, from a linear congruential generator (Knuth's MMIX).
fn lines() -> Vec<SaleLine> {
    let mut state = 1u64;
    let mut below = |n: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    (0..LINES)
        .map(|i| {
            let transaction = i / 27;
            let kind = if below(50) == 0 { LineKind::Return } else { LineKind::Sale };
            let quantity = 1 + below(20) as i64;
            SaleLine {
                transaction,
                date: Date::from_day_number(15_000 + (transaction / 55) as i32).unwrap_or(Date::MIN),
                customer: (below(4) > 0).then_some(transaction % 4_400),
                category: Some(below(CATEGORIES) as u32),
                quantity: Micros(quantity * 1_000_000),
                amount: Outcome::Value(Micros(quantity * 10_000 * below(5_000) as i64)),
                kind,
            }
        })
        .collect()
}

#[divan::bench]
fn figures_of_all(bencher: Bencher) {
    let lines = lines();
    bencher.bench_local(|| {
        let baskets = Baskets::of(black_box(&lines));
        kpis().map(|metric| baskets.answer(metric)).collect::<Vec<_>>()
    });
}

/// As a database may give them: no two lines of a transaction beside each other.
#[divan::bench]
fn figures_of_all_in_no_order(bencher: Bencher) {
    let mut lines = lines();
    lines.sort_by_key(|l| (l.category, l.quantity, l.transaction));
    bencher.bench_local(|| Baskets::of(black_box(&lines)));
}

#[divan::bench]
fn figures_by_month(bencher: Bencher) {
    let lines = lines();
    bencher.bench_local(|| {
        let first = FirstPurchases::of(&lines);
        let key = |l: &SaleLine| (l.date.year(), l.date.month());
        (baskets_by(black_box(&lines).iter().map(|l| (Some(key(l)), l))), first)
    });
}

#[divan::bench]
fn attach_rates_and_effects_of_all_categories(bencher: Bencher) {
    let lines = lines();
    bencher.bench_local(|| {
        let contents = Contents::of(black_box(&lines));
        let all: Vec<u32> = contents.categories().collect();
        all.into_iter().map(|c| (contents.attached_to(c), contents.effect_of(c))).collect::<Vec<_>>()
    });
}
