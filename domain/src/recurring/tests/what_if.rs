use proptest::prelude::*;

use super::*;
use crate::recurring::what_if::{Assumptions, MAX_MONTHS, project, today};

fn percent(n: i128) -> Ratio {
    Ratio::new(n, 100).unwrap()
}

fn assumed(opening: i64, churn: i128, contraction: i128, expansion: i128, new: i64) -> Assumptions {
    Assumptions {
        opening: Mrr::of_month(units(opening)),
        churn: percent(churn),
        contraction: percent(contraction),
        expansion: percent(expansion),
        new: Mrr::of_month(units(new)),
    }
}

/// 1 000, 5 % churn, 2 % expansion, 100 new: × 0.97 + 100 each month.
#[test]
fn by_hand() {
    let found = project(&assumed(1000, 5, 0, 2, 100), 3).into_value().unwrap();
    let closings: Vec<_> = found.iter().map(|m| m.closing.to_ratio().to_decimal(4).unwrap()).collect();
    assert_eq!(closings, ["1070.0000", "1137.9000", "1203.7630"]);
    assert_eq!((cents(found[0].churn), cents(found[0].expansion)), ("50.00".to_owned(), "20.00".to_owned()));
}

/// With new 50 a month and 5 % churn the base tends to 50 ÷ 5 % = 1 000, from above and from below.
#[test]
fn it_tends_to_new_over_churn() {
    for opening in [0, 5000] {
        let found = project(&assumed(opening, 5, 0, 0, 50), MAX_MONTHS).into_value().unwrap();
        let last = found.last().unwrap().closing.to_ratio().to_f64();
        assert!((last - 1000.0).abs() < 10.0, "{last}");
    }
    assert_eq!(project(&assumed(1, 0, 0, 0, 0), u32::MAX).into_value().unwrap().len(), MAX_MONTHS as usize);
}

#[test]
fn impossible_assumptions_are_refused() {
    let wrong = [assumed(1, 60, 41, 0, 0), assumed(1, -1, 0, 0, 0), assumed(-1, 0, 0, 0, 0), assumed(1, 0, 0, 0, -1)];
    for one in wrong {
        assert_eq!(project(&one, 1).why(), Some(Why::NotApplicable));
    }
    let growing = Assumptions { expansion: Ratio::int(i128::MAX), ..assumed(1, 0, 0, 0, 0) };
    assert_eq!(project(&growing, 1).why(), Some(Why::TooLarge));
    // Halves of 3 both round to 2; no more than 3 is lost.
    let halves = Assumptions { opening: Mrr::of_year(3), ..assumed(0, 50, 50, 0, 0) };
    let month = project(&halves, 1).into_value().unwrap()[0];
    assert_eq!((month.churn, month.contraction, month.closing), (Mrr::of_year(2), Mrr::of_year(1), Mrr::ZERO));
}

/// Three months: openings 100, 110, 105; churn 0, 10, 5; so 15 ÷ 315. The interval is that of a ratio estimator:
/// residuals −4.7619, 4.7619, 0; s = 4.7619; t(2) = 4.302653; half = 4.302653 × 4.7619 ÷ √3 ÷ 105.
#[test]
fn today_is_read_from_the_months_that_were() {
    let all = [
        monthly(1, "2023-01-01", "2024-02-15", 10),
        monthly(2, "2023-01-01", "2024-03-15", 5),
        monthly(3, "2023-01-01", "", 85),
        monthly(4, "2024-01-10", "", 10),
        monthly(5, "2024-02-10", "", 5),
    ];
    let found = today(&moved(&all, Choices::default(), period("2024-01-01", "2024-04-01"))).into_value().unwrap();
    assert_eq!(found.churn.value, Ratio::new(15, 315).unwrap());
    let (low, high) = found.churn.interval95.unwrap();
    assert!((high - (15.0 / 315.0 + 0.112_660)).abs() < 1e-5, "{high}");
    assert_eq!(low, 0.0);
    assert_eq!((found.new.value, found.assumptions.new), (Ratio::int(5), Mrr::of_month(units(5))));
    assert_eq!((found.expansion.value, found.assumptions.opening), (Ratio::ZERO, Mrr::of_month(units(100))));
    assert_eq!(today(&[]).why(), Some(Why::NoData));
    assert_eq!(today(&[in_month(&[], 1)]).why(), Some(Why::EmptyBase));
    let single = today(&[in_month(&all, 2)]).into_value().unwrap();
    assert_eq!(single.churn.interval95, None);
}

proptest! {
    #[test]
    fn every_month_adds_up(opening in 0i128..1 << 60, rates in any::<[u8; 3]>(), new in 0i128..1 << 50, months in 0u32..130) {
        let [churn, contraction, expansion] = rates.map(|r| Ratio::new(r.into(), 509).unwrap());
        let start = Assumptions { opening: Mrr::of_year(opening), churn, contraction, expansion, new: Mrr::of_year(new) };
        let found = project(&start, months).into_value().unwrap();
        prop_assert_eq!(found.len(), months.min(MAX_MONTHS) as usize);
        let mut before = start.opening;
        for m in found {
            prop_assert_eq!(m.opening, before);
            let gained = m.new.per_year() + m.expansion.per_year();
            prop_assert_eq!(m.opening.per_year() + gained - m.contraction.per_year() - m.churn.per_year(), m.closing.per_year());
            prop_assert!(m.closing >= Mrr::ZERO);
            before = m.closing;
        }
    }
}
