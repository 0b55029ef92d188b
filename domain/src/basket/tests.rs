use proptest::prelude::*;

use super::*;
use crate::metric::{Answer, Figure, MeasureValues, catalogue};
use crate::{Currency, Date, Micros, Outcome, Period, Why};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A line of 2025-03-01: transaction, customer (0: unknown), category (0: none), quantity, amount.
fn line(transaction: u32, customer: u32, category: u32, quantity: i64, amount: i64) -> SaleLine {
    SaleLine {
        transaction,
        date: day("2025-03-01"),
        customer: (customer > 0).then_some(customer),
        category: (category > 0).then_some(category),
        quantity: Micros::from_units(quantity).unwrap(),
        amount: Outcome::Value(Micros::from_units(amount).unwrap()),
        kind: LineKind::Sale,
    }
}

fn text(answer: &Answer) -> Result<String, Why> {
    figure(answer.value)
}

fn of(id: &str, baskets: &Baskets) -> Answer {
    baskets.answer(catalogue::find(id).unwrap())
}

fn over(id: &str, measures: &MeasureValues) -> Result<String, Why> {
    text(&catalogue::answer(id, measures))
}

fn figure(outcome: Outcome<Figure>) -> Result<String, Why> {
    outcome.map(|f| f.exact.to_decimal(4).unwrap()).into_result()
}

/// Receipts 1..=n that add up to these units and this amount.
fn receipts(n: u32, units: i64, amount: i64) -> Baskets {
    let n64 = i64::from(n);
    let mut lines: Vec<SaleLine> = (1..n).map(|t| line(t, t, 1, 1, 1)).collect();
    lines.push(line(n, n, 1, units - n64 + 1, amount - n64 + 1));
    Baskets::of(&lines)
}

/// F4.3: [NM1], [SO1], [RD1].
#[test]
fn published_values() {
    assert_eq!(text(&of("atv", &receipts(50, 50, 500))), Ok("10.0000".into()));
    assert_eq!(text(&of("atv", &receipts(200, 200, 10_000))), Ok("50.0000".into()));
    assert_eq!(text(&of("upt", &receipts(1_045, 3_564, 5_000))), Ok("3.4105".into()));
    assert_eq!(text(&of("upt", &receipts(500, 1_000, 5_000))), Ok("2.0000".into()));
    // [LS1]: 8 of 26 customers bought twice.
    let lines: Vec<SaleLine> =
        (1..=26).map(|c| line(c, c, 1, 1, 5)).chain((1..=8).map(|c| line(100 + c, c, 1, 1, 5))).collect();
    let repeat = of("repeat_purchase_rate", &Baskets::of(&lines));
    assert_eq!((text(&repeat), repeat.n), (Ok("0.3077".into()), Some(26)));
    assert_eq!(repeat.interval95, crate::stats::wilson95(8, 26));
}

/// F4.3 [SM1]: secondary ÷ primary units, may pass 100 %.
#[test]
fn published_attach_units() {
    let attach = |secondary, primary| {
        let lines = [line(1, 0, 1, primary, primary), line(1, 0, 2, secondary, secondary)];
        text(&Contents::of(&lines).attached_to(1)[0].units).unwrap()
    };
    assert_eq!(attach(23, 100), "0.2300");
    assert_eq!(attach(5_000_000, 1_000_000), "5.0000");
    assert_eq!(attach(100_000, 200_000), "0.5000");
    assert_eq!(attach(1_250, 500), "2.5000");
}

#[test]
fn nothing_sold_is_not_measurable() {
    let nothing = Baskets::of(&[]);
    for metric in kpis() {
        assert_eq!(text(&nothing.answer(metric)), Err(Why::EmptyBase), "{}", metric.id);
    }
    // A receipt for nobody known: an average, but no repeat rate.
    let unknown = Baskets::of(&[line(1, 0, 1, 2, 7)]);
    assert_eq!(text(&of("atv", &unknown)), Ok("7.0000".into()));
    assert_eq!(text(&of("repeat_purchase_rate", &unknown)), Err(Why::EmptyBase));
    assert_eq!(unknown.lines_without_customer, 1);
    assert!(Contents::of(&[]).attached_to(1).is_empty());
}

#[test]
fn returns_stand_beside_and_adjustments_in_nothing() {
    let kind = |kind, line| SaleLine { kind, ..line };
    let lines = [
        line(1, 7, 1, 2, 20),
        line(2, 7, 1, 1, 10),
        kind(LineKind::Return, line(3, 7, 1, -1, -6)),
        kind(LineKind::Return, line(3, 7, 1, -1, 0)),
        line(4, 8, 1, -3, -30), // a negative quantity that is no return
        line(5, 8, 1, 1, 0),    // a price of nothing
        line(6, 8, 1, -1, 5),
        kind(LineKind::Adjustment, line(7, 8, 1, 1, 11_062)),
    ];
    let b = Baskets::of(&lines);
    assert_eq!((b.lines, b.transactions, b.repeat_customers, b.customers()), (2, 2, 1, &[7][..]));
    assert_eq!((b.return_lines, b.return_transactions, b.adjustment_lines), (2, 1, 4));
    assert_eq!((figure(b.amount()), figure(b.returned())), (Ok("30.0000".into()), Ok("6.0000".into())));
    assert_eq!(figure(b.net_amount()), Ok("24.0000".into()));
    assert_eq!(text(&of("return_rate", &b)), Ok("0.2000".into()));
    assert_eq!(text(&of("avg_unit_price", &b)), Ok("10.0000".into()));
    let positive = Baskets::of(&[line(1, 7, 1, 1, 30), kind(LineKind::Return, line(2, 7, 1, 1, 6))]);
    assert_eq!(figure(positive.returned()), Ok("6.0000".into()), "some tills write returns without a sign");
    assert_eq!(Contents::of(&lines[2..]).categories().count(), 0);
}

#[test]
fn exact_duplicates_are_lines_of_their_own() {
    let twice = [line(1, 7, 1, 2, 20), line(1, 7, 1, 2, 20)];
    let b = Baskets::of(&twice);
    assert_eq!((b.lines, b.transactions, b.repeat_customers), (2, 1, 0));
    assert_eq!(text(&of("atv", &b)), Ok("40.0000".into()));
}

#[test]
fn a_transaction_counts_in_each_group_and_once_in_the_whole() {
    let lines = [line(1, 7, 1, 1, 4), line(1, 7, 2, 1, 6), line(2, 8, 2, 1, 2)];
    let groups = baskets_by(lines.iter().map(|l| (l.category, l)));
    let counts: Vec<_> = groups.values().map(|b| b.transactions).collect();
    assert_eq!((counts, Baskets::of(&lines).transactions), (vec![1, 2], 2));
}

#[test]
fn a_missing_rate_fails_money_and_leaves_counts() {
    let why = Why::MissingRate { currency: Currency::USD, date: day("2025-03-01") };
    let foreign = SaleLine { amount: Outcome::NotMeasurable(why), ..line(2, 8, 1, 3, 1) };
    let lines = [line(1, 7, 1, 1, 4), foreign];
    let b = Baskets::of(&lines);
    assert_eq!((text(&of("atv", &b)), text(&of("upt", &b))), (Err(why), Ok("2.0000".into())));
    let effect = Contents::of(&lines).effect_of(1);
    assert_eq!((text(&effect.with), effect.difference95), (Err(why), None));
}

#[test]
fn attach_rates_go_from_one_category_to_another() {
    // 1 with 2, 1 with 2 and 3, 1 alone, 2 alone; lines of one receipt need not follow each other.
    let lines = [
        line(1, 0, 1, 1, 10),
        line(2, 0, 2, 4, 10),
        line(1, 0, 2, 2, 10),
        line(2, 0, 1, 1, 10),
        line(2, 0, 3, 1, 10),
        line(3, 0, 1, 1, 10),
        line(3, 0, 0, 9, 10),
        line(4, 0, 2, 1, 10),
        line(2, 0, 1, 1, 10),
    ];
    let contents = Contents::of(&lines);
    let shown = |of: u32| -> Vec<(u32, String, String)> {
        let attached = contents.attached_to(of);
        attached.iter().map(|a| (a.category, text(&a.rate).unwrap(), text(&a.units).unwrap())).collect()
    };
    let row = |category, rate: &str, units: &str| (category, rate.to_owned(), units.to_owned());
    assert_eq!(shown(1), [row(2, "0.6667", "1.7500"), row(3, "0.3333", "0.2500")]);
    assert_eq!(shown(3), [row(1, "1.0000", "4.0000"), row(2, "1.0000", "7.0000")]);
    let rate = &contents.attached_to(1)[0].rate;
    assert_eq!((rate.n, rate.interval95), (Some(3), crate::stats::wilson95(2, 3)));
    assert_eq!(text(&contents.attached_to(99)[0].rate), Err(Why::EmptyBase));
}

#[test]
fn a_category_is_told_apart_by_what_its_baskets_are_worth() {
    // With category 2: 30 and 50; without: 10, 20 and 12.
    let lines = [
        line(1, 0, 1, 1, 10),
        line(1, 0, 2, 1, 20),
        line(2, 0, 2, 1, 40),
        line(2, 0, 0, 1, 10),
        line(3, 0, 1, 1, 10),
        line(4, 0, 1, 1, 20),
        line(5, 0, 1, 1, 12),
    ];
    let effect = Contents::of(&lines).effect_of(2);
    assert_eq!((text(&effect.with), text(&effect.without)), (Ok("40.0000".into()), Ok("14.0000".into())));
    assert_eq!((figure(effect.difference), text(&effect.own)), (Ok("26.0000".into()), Ok("30.0000".into())));
    assert_eq!((effect.with.n, effect.without.n), (Some(2), Some(3)));
    let student = crate::stats::mean_difference95(&[30.0, 50.0], &[10.0, 20.0, 12.0]);
    assert!(student.is_some() && effect.difference95 == student);
    assert_eq!(Contents::of(&lines[..2]).effect_of(2).difference, Outcome::NotMeasurable(Why::EmptyBase));
}

#[test]
fn who_is_new_who_returns_and_who_stays() {
    let on = |date: &str, line| SaleLine { date: day(date), ..line };
    let lines = [
        on("2025-02-28", line(3, 1, 1, 1, 1)),
        on("2025-01-31", line(1, 1, 1, 1, 1)),
        on("2025-01-05", line(2, 2, 1, 1, 1)),
        on("2025-02-01", line(4, 3, 1, 1, 1)),
        on("2025-02-02", line(5, 3, 1, 1, 1)),
        on("2025-02-03", line(6, 0, 1, 1, 1)),
        // Given back before anything was bought: no purchase.
        SaleLine { kind: LineKind::Return, ..on("2025-01-03", line(7, 3, 1, -1, -1)) },
    ];
    let period = |month| Period::month(2025, month).unwrap();
    let of = |p: Period| Baskets::of(lines.iter().filter(|l| p.contains(l.date)));
    let (january, february) = (of(period(1)), of(period(2)));
    let first = FirstPurchases::of(&lines);
    assert_eq!((first.new_customers(period(1)), first.new_customers(period(2))), (2, 1));
    assert_eq!((first.on(3), first.on(4)), (Some(day("2025-02-01")), None));
    // Customer 3 comes twice in February, but is new in it: repeat, not returning. Customer 1 the other way about.
    assert_eq!(over("repeat_purchase_rate", &february.measures()), Ok("0.5000".into()));
    assert_eq!(over("returning_customer_rate", &first.returning(&february, period(2))), Ok("0.5000".into()));
    assert_eq!(over("returning_customer_rate", &first.returning(&january, period(1))), Ok("0.0000".into()));
    assert_eq!(over("repurchase_retention", &bought_again(&january, &february)), Ok("0.5000".into()));
    assert_eq!(over("repurchase_retention", &bought_again(&of(period(5)), &february)), Err(Why::EmptyBase));
}

#[test]
fn an_amount_is_rounded_once() {
    let amount = |q, p| line_amount(Micros(q), Micros(p)).map(Micros::get);
    assert_eq!(amount(6_000_000, 2_550_000), Some(15_300_000));
    assert_eq!(amount(1_500_000, 333_333), Some(500_000)); // 499 999.5 goes to the even neighbour
    assert_eq!(amount(-1_000_000, 7), Some(-7));
    assert_eq!(amount(i64::MAX, i64::MAX), None);
}

prop_compose! {
    fn any_line()(transaction in 0u32..6, customer in 0u32..4, category in 0u32..4, days in 0i32..60,
                  quantity in any::<i64>(), amount in any::<i64>(), kind in 0usize..5) -> SaleLine {
        SaleLine {
            date: Date::from_day_number(20_000 + days).unwrap(),
            quantity: Micros(quantity),
            amount: Outcome::Value(Micros(amount)),
            kind: [LineKind::Sale, LineKind::Sale, LineKind::Sale, LineKind::Return, LineKind::Adjustment][kind],
            ..line(transaction, customer, category, 1, 1)
        }
    }
}

proptest! {
    #[test]
    fn the_order_of_lines_does_not_matter(mut lines in prop::collection::vec(any_line(), 0..30), turn in 0usize..30) {
        let before = (Baskets::of(&lines), Contents::of(&lines), FirstPurchases::of(&lines));
        let n = lines.len();
        if n > 0 {
            lines.rotate_left(turn % n);
        }
        lines.reverse();
        prop_assert_eq!(before, (Baskets::of(&lines), Contents::of(&lines), FirstPurchases::of(&lines)));
    }

    #[test]
    fn parts_sum_to_the_whole(lines in prop::collection::vec(any_line(), 0..30), cut in 0i32..60) {
        let day = Date::from_day_number(20_000 + cut).unwrap();
        let (all, parts) = (Baskets::of(&lines), baskets_by(lines.iter().map(|l| (Some(l.date < day), l))));
        let sum = |pick: fn(&Baskets) -> i64| parts.values().map(pick).sum::<i64>();
        prop_assert_eq!(sum(|b| b.lines), all.lines);
        prop_assert_eq!(all.lines + all.return_lines + all.adjustment_lines, lines.len() as i64);
        let money = |pick: fn(&Baskets) -> Outcome<Figure>| {
            let mut total = crate::Ratio::ZERO;
            for b in parts.values() {
                total = total.checked_add(pick(b).into_value().unwrap().exact).unwrap();
            }
            (total, pick(&all).into_value().unwrap().exact)
        };
        for (parts, whole) in [money(Baskets::amount), money(Baskets::units), money(Baskets::returned), money(Baskets::net_amount)] {
            prop_assert_eq!(parts, whole);
        }
        // Transactions and customers are counted once each.
        let distinct = |pick: fn(&SaleLine) -> Option<u32>| {
            lines.iter().filter(|l| l.counts_as() == LineKind::Sale).filter_map(pick).collect::<std::collections::BTreeSet<_>>().len()
        };
        prop_assert_eq!(all.transactions, distinct(|l| Some(l.transaction)) as i64);
        prop_assert_eq!(all.customers().len(), distinct(|l| l.customer));
        // With a day cut off, those who bought before it and those who are new are all there are.
        let new = FirstPurchases::of(&lines).new_customers(Period::new(Date::MIN, Date::MAX).unwrap());
        prop_assert_eq!(new, all.customers().len() as i64);
    }

    #[test]
    fn with_and_without_a_category_are_all(lines in prop::collection::vec(any_line(), 0..30)) {
        let (all, contents) = (Baskets::of(&lines), Contents::of(&lines));
        for category in 0..5 {
            let effect = contents.effect_of(category);
            prop_assert_eq!(effect.with.n.unwrap() + effect.without.n.unwrap(), all.transactions);
            for attached in contents.attached_to(category) {
                prop_assert_eq!(attached.rate.n, effect.with.n);
                prop_assert!(attached.rate.value.value().is_none_or(|f| f.exact <= crate::Ratio::ONE));
            }
        }
        let _ = KPIS.map(|id| of(id, &all));
    }
}
