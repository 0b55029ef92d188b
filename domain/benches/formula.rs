//! Own formulas: reading, checking and computing one; and every metric of the catalogue over one cell.

use divan::{Bencher, black_box};
use domain::formula::{Expr, Vocabulary};
use domain::metric::{Compiled, MeasureValue, MeasureValues, Unit, catalogue, evaluate};
use domain::{Currency, Measure};

const TEXT: &str = "coalesce((revenue - spend) / max(deals_won, 1), 0) * 0.6 + revenue / activities.call";

fn main() {
    divan::main();
}

/// A cell in which every measure has a value.
fn cell() -> MeasureValues {
    let value = |m: &Measure| match m.unit() {
        Unit::Money => MeasureValue::Money(123_456_789_000),
        Unit::Count => MeasureValue::Count(1_234),
        Unit::Days => MeasureValue::Days((1..60).map(|d| (d, 20)).collect()),
        Unit::Ratio | Unit::Number | Unit::MoneyPerDay => MeasureValue::Exact(7.into()),
    };
    Measure::ALL.iter().map(|m| (*m, value(m))).collect()
}

#[divan::bench]
fn read() -> bool {
    Expr::parse(black_box(TEXT)).is_ok()
}

#[divan::bench]
fn check(bencher: Bencher) {
    let vocabulary = Vocabulary::catalogue(Currency::EUR);
    let expr = Expr::parse(TEXT);
    bencher.bench_local(|| expr.as_ref().map(|e| e.check(black_box(&vocabulary)).is_ok()).unwrap_or_default());
}

#[divan::bench]
fn compute(bencher: Bencher) {
    let compiled = Expr::parse(TEXT).and_then(|e| Compiled::new(e, &Vocabulary::catalogue(Currency::EUR)));
    let values = cell();
    bencher.bench_local(|| compiled.as_ref().map(|c| c.answer(black_box(&values), |_| None)).ok());
}

#[divan::bench]
fn whole_catalogue(bencher: Bencher) {
    let values = cell();
    bencher.bench_local(|| {
        catalogue::all().iter().filter(|m| evaluate(m, black_box(&values)).value.is_measured()).count()
    });
}
