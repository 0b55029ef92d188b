//! Published examples, F4.1 of the field study; the source of each is named.

use super::*;
use crate::recurring;

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
    assert_eq!(rate(m.gross_mrr_churn_rate(), 4), "0.2000");
    assert_eq!(rate(m.net_mrr_churn_rate(), 4), "0.1000");
    assert_eq!(rate(m.mrr_churn_rate(), 4), "0.1000");
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
    assert_eq!(rate(of(JoinedAndLeft::MovementsOnly).customer_churn_rate(), 4), "0.1000");
    assert_eq!(rate(of(JoinedAndLeft::Ignored).customer_churn_rate(), 4), "0.1000");
    assert_eq!(rate(of(JoinedAndLeft::Counted).customer_churn_rate(), 4), "0.1100");
    assert_eq!(rate(of(JoinedAndLeft::Counted).retention_rate(), 4), "0.8900");
}

/// ChurnZero [CZ1]: 27,000; upsell to 35,000; churn 5,000. And two web glossaries.
#[test]
fn net_revenue_retention() {
    assert_eq!(rate(given(27_000, 0, 8_000, 0, 5_000).nrr_monthly(), 3), "1.111");
    assert_eq!(rate(given(100_000, 0, 15_000, 5_000, 8_000).nrr_monthly(), 4), "1.0200");
    assert_eq!(rate(given(100_000, 0, 15_000, 3_000, 5_000).nrr_monthly(), 4), "1.0700");
}

/// Customer success glossary [CS1] and two more.
#[test]
fn gross_revenue_retention() {
    assert_eq!(rate(given(120_000, 0, 0, 8_000, 6_000).grr_monthly(), 4), "0.8833");
    assert_eq!(rate(given(200_000, 0, 0, 8_000, 4_000).grr_monthly(), 4), "0.9400");
    assert_eq!(rate(given(50_000, 0, 0, 3_000, 2_000).grr_monthly(), 4), "0.9000");
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
    assert_eq!(rate(r.nrr(), 4), "0.7600");
    assert_eq!(rate(r.grr(), 4), "0.5600");
}

/// Web glossaries; the formula is Baremetrics'. The last one, no losses, is labelled and neither 0 nor infinite
/// [DN1].
#[test]
fn quick_ratio() {
    let of = |new, expansion, churn, contraction| {
        given(1_000_000, new, expansion, contraction, churn).quick_ratio(QuickRatio::WithReactivation)
    };
    assert_eq!(rate(of(20_000, 8_000, 5_000, 3_000), 2), "3.50");
    assert_eq!(rate(of(25_000, 10_000, 8_000, 4_000), 2), "2.92");
    assert_eq!(rate(of(95_000, 28_000, 18_000, 7_000), 2), "4.92");
    assert_eq!(rate(of(40_000, 5_000, 32_000, 8_000), 3), "1.125");
    assert_eq!(of(1, 1, 0, 0).why(), Some(Why::EmptyBase));
    let returned = Movements { reactivation: Mrr::of_month(units(8)), ..given(100, 8, 0, 0, 4) };
    assert_eq!(rate(returned.quick_ratio(QuickRatio::WithReactivation), 1), "4.0");
    assert_eq!(rate(returned.quick_ratio(QuickRatio::WithoutReactivation), 1), "2.0");
}

/// Web glossary: 50 ÷ 2 %. Stripe takes 1.67 % when nobody churns [ST1]; here that is not measurable. CAC: OpenMetrics
/// [OM1], (10,000 + 5,000) ÷ 30; web, 100,000 ÷ 2,000.
#[test]
fn lifetime_value_and_cost_to_acquire() {
    let (arpa, two_percent) = (Ratio::int(50), Ratio::new(2, 100).unwrap());
    assert_eq!(rate(recurring::ltv(arpa, two_percent), 2), "2500.00");
    assert_eq!(recurring::ltv(arpa, Ratio::ZERO).why(), Some(Why::EmptyBase));
    // ARPA × gross margin ÷ revenue churn [FM1], with a margin of 80 %.
    assert_eq!(rate(ltv_with_margin(arpa, Ratio::new(4, 5).unwrap(), two_percent), 2), "2000.00");
    assert_eq!(rate(cac(Ratio::int(10_000), Ratio::int(5_000), 30), 2), "500.00");
    assert_eq!(rate(cac(Ratio::int(100_000), Ratio::ZERO, 2_000), 2), "50.00");
    assert_eq!(cac(Ratio::int(100), Ratio::ZERO, 0).why(), Some(Why::EmptyBase));
    assert_eq!(rate(ltv_cac(Ratio::int(2_500), Ratio::int(500)), 2), "5.00");
    assert_eq!(rate(cac_payback(Ratio::int(500), arpa), 2), "10.00");
    assert_eq!(cac_payback(Ratio::int(500), Ratio::ZERO).why(), Some(Why::EmptyBase));
}
