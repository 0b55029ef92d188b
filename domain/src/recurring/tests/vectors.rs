//! Published examples, F4.1 of the field study; the source of each is named.

use super::*;

/// Movements of given whole amounts per month.
fn given(opening: i64, new: i64, expansion: i64, contraction: i64, churn: i64) -> Movements {
    let closing = opening + new + expansion - contraction - churn;
    let [opening, new, expansion, contraction, churn, closing] =
        [opening, new, expansion, contraction, churn, closing].map(|n| Mrr::of_month(units(n)));
    Movements { opening, new, expansion, contraction, churn, closing, ..in_month(&[], 1) }
}

/// ChartMogul help, "MRR movements" [CM2]: four yearly plans of 500, then two monthly ones of 30 more, which end
/// again, then the yearly ones end; later three of 50.
#[test]
fn chartmogul_one_customer_through_all_movements() {
    let yearly = |start, end| Subscription {
        end: Some(day(end)),
        ..Subscription::new(1, day(start), Interval::Year.per_year(units(500)).unwrap())
    };
    let mut all = vec![yearly("2024-01-10", "2024-06-10"); 4];
    assert_eq!(cents(in_month(&all, 1).new), "166.67");
    all.extend(vec![monthly(1, "2024-02-10", "2024-04-10", 30); 2]);
    all.extend(vec![monthly(1, "2024-09-01", "", 50); 3]);
    let february = in_month(&all, 2);
    assert_eq!((cents(february.expansion), february.new), ("60.00".to_owned(), Mrr::ZERO));
    let april = in_month(&all, 4);
    assert_eq!((cents(april.contraction), april.churn), ("60.00".to_owned(), Mrr::ZERO));
    assert_eq!(cents(in_month(&all, 6).churn), "166.67");
    let september = in_month(&all, 9);
    assert_eq!((cents(september.reactivation), september.new), ("150.00".to_owned(), Mrr::ZERO));
}

/// ChartMogul help, gross and net MRR churn [CM3].
#[test]
fn chartmogul_gross_and_net_churn() {
    let m = given(100, 0, 10, 10, 10);
    assert_eq!(rate(metric("gross_mrr_churn_rate", m.measures()), 4), "0.2000");
    assert_eq!(rate(metric("net_mrr_churn_rate", m.measures()), 4), "0.1000");
    assert_eq!(rate(metric("mrr_churn_rate", m.measures()), 4), "0.1000");
}

/// ChartMogul help, net churn by the daily method [CM3]: start 100, end 120, new 10.
#[test]
fn chartmogul_daily_method() {
    assert_eq!(rate(net_mrr_churn_by_step(&[given(100, 10, 10, 0, 0)]), 4), "-0.1000");
    assert_eq!(net_mrr_churn_by_step(&[given(0, 10, 0, 0, 0)]).why(), Some(Why::EmptyBase));
}

/// ChartMogul help, customer churn rate [CM4]: 100 at the start, 11 left, 1 of them had joined in the month.
#[test]
fn chartmogul_logo_churn() {
    let mut all: Vec<_> = (0..90).map(|c| monthly(c, "2023-01-01", "", 10)).collect();
    all.extend((90..100).map(|c| monthly(c, "2023-01-01", "2024-03-15", 10)));
    all.push(monthly(100, "2024-03-05", "2024-03-20", 10));
    let of = |joined_and_left| {
        let history = History::new(&all, Choices { joined_and_left, ..Choices::default() });
        history.retention(Period::month(2024, 3).unwrap()).into_value().unwrap()
    };
    assert_eq!(rate(metric("customer_churn_rate", of(JoinedAndLeft::MovementsOnly).measures()), 4), "0.1000");
    assert_eq!(rate(metric("customer_churn_rate", of(JoinedAndLeft::Ignored).measures()), 4), "0.1000");
    assert_eq!(rate(metric("customer_churn_rate", of(JoinedAndLeft::Counted).measures()), 4), "0.1100");
    assert_eq!(rate(metric("retention_rate", of(JoinedAndLeft::Counted).measures()), 4), "0.8900");
}

/// ChurnZero [CZ1]: 27,000; upsell to 35,000; churn 5,000. And two web glossaries.
#[test]
fn net_revenue_retention() {
    assert_eq!(rate(metric("nrr_monthly", given(27_000, 0, 8_000, 0, 5_000).measures()), 3), "1.111");
    assert_eq!(rate(metric("nrr_monthly", given(100_000, 0, 15_000, 5_000, 8_000).measures()), 4), "1.0200");
    assert_eq!(rate(metric("nrr_monthly", given(100_000, 0, 15_000, 3_000, 5_000).measures()), 4), "1.0700");
}

/// Customer success glossary [CS1] and two more.
#[test]
fn gross_revenue_retention() {
    assert_eq!(rate(metric("grr_monthly", given(120_000, 0, 0, 8_000, 6_000).measures()), 4), "0.8833");
    assert_eq!(rate(metric("grr_monthly", given(200_000, 0, 0, 8_000, 4_000).measures()), 4), "0.9400");
    assert_eq!(rate(metric("grr_monthly", given(50_000, 0, 0, 3_000, 2_000).measures()), 4), "0.9000");
}

/// PostHog [PH1]: each customer is capped at its base in GRR and not in NRR; who joins later is in neither.
#[test]
fn retention_per_cohort() {
    let all = [
        monthly(1, "2023-01-01", "2024-01-01", 100),
        monthly(1, "2024-01-01", "", 150),
        monthly(2, "2023-01-01", "2024-01-01", 100),
        monthly(2, "2024-01-01", "", 40),
        monthly(3, "2023-01-01", "2024-01-01", 50),
        monthly(4, "2023-06-01", "", 1000),
    ];
    let year = twelve_months(Period::month(2024, 1).unwrap()).unwrap();
    assert_eq!(year, period("2023-02-01", "2024-02-01"));
    let r = History::new(all, Choices::default()).retention(year).into_value().unwrap();
    assert_eq!((r.customers, r.lost), (3, 1));
    assert_eq!(rate(metric("nrr", r.measures_of_year()), 4), "0.7600");
    assert_eq!(rate(metric("grr", r.measures_of_year()), 4), "0.5600");
}

/// Web glossaries; the formula is Baremetrics'. The last one, no losses, is labelled and neither 0 nor infinite
/// [DN1].
#[test]
fn quick_ratio() {
    let of = |new, expansion, churn, contraction| {
        metric("quick_ratio", given(1_000_000, new, expansion, contraction, churn).measures())
    };
    assert_eq!(rate(of(20_000, 8_000, 5_000, 3_000), 2), "3.50");
    assert_eq!(rate(of(25_000, 10_000, 8_000, 4_000), 2), "2.92");
    assert_eq!(rate(of(95_000, 28_000, 18_000, 7_000), 2), "4.92");
    assert_eq!(rate(of(40_000, 5_000, 32_000, 8_000), 3), "1.125");
    assert_eq!(of(1, 1, 0, 0).why(), Some(Why::EmptyBase));
    let returned = Movements { reactivation: Mrr::of_month(units(8)), ..given(100, 8, 0, 0, 4) };
    assert_eq!(rate(metric("quick_ratio", returned.measures()), 1), "4.0");
    assert_eq!(rate(metric("quick_ratio_without_reactivation", returned.measures()), 1), "2.0");
}
