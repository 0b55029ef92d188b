//! What holds for every history and every choice.

use proptest::prelude::*;

use super::*;

const FIRST: i32 = 19_000;

fn subscription() -> impl Strategy<Value = Subscription> {
    let part = prop_oneof![4 => Just(Part::Plan), 1 => Just(Part::Discount), 1 => Just(Part::OneOffDiscount), 1 => Just(Part::Usage)];
    // Few customers, dates and amounts, so that ends meet starts and amounts meet amounts; now and then any amount.
    let amount = prop_oneof![8 => (0i64..5).prop_map(|n| n * 7), 1 => any::<i64>()];
    let (end, cancelled) = (prop::option::of(-5i32..200), prop::option::of(-5i32..200));
    (0u32..5, 0i32..200, end, cancelled, amount, part).prop_map(|(customer, start, end, cancelled, amount, part)| {
        let date = |n: i32| Date::from_day_number(FIRST + n).unwrap();
        Subscription {
            customer,
            plan: None,
            start: date(start),
            end: end.map(date),
            cancelled: cancelled.map(date),
            per_year: Micros(amount),
            part,
        }
    })
}

fn choices() -> impl Strategy<Value = Choices> {
    let joined_and_left =
        prop::sample::select(vec![JoinedAndLeft::Ignored, JoinedAndLeft::MovementsOnly, JoinedAndLeft::Counted]);
    let returned = prop_oneof![Just(Returned::Reactivation), (0u16..60).prop_map(|days| Returned::NewAfter { days })];
    (joined_and_left, returned, any::<[bool; 4]>()).prop_map(|(joined_and_left, returned, [a, b, c, d])| Choices {
        joined_and_left,
        returned,
        churn_booked: if a { ChurnBooked::EndOfTerm } else { ChurnBooked::Cancellation },
        discounts: if b { Discounts::Subtracted } else { Discounts::OneOffIgnored },
        usage_fees: if c { UsageFees::LeftOut } else { UsageFees::Counted },
        within_step: if d { WithinStep::Net } else { WithinStep::EachDay },
        exchange_rate: ExchangeRate::Held,
    })
}

pub(super) fn history() -> impl Strategy<Value = (Vec<Subscription>, Choices)> {
    (prop::collection::vec(subscription(), 0..25), choices())
}

/// What a subscription adds, by the words of the choices.
fn counted(s: &Subscription, choices: &Choices) -> i128 {
    let amount = i128::from(s.per_year.0);
    match s.part {
        Part::OneOffDiscount if choices.discounts == Discounts::OneOffIgnored => 0,
        Part::Usage if choices.usage_fees == UsageFees::LeftOut => 0,
        Part::Discount | Part::OneOffDiscount => -amount,
        Part::Plan | Part::Usage => amount,
    }
}

/// Whether it counts on a day, by the words of the choices.
fn counts(s: &Subscription, choices: &Choices, day: Date) -> bool {
    let cancelled = choices.churn_booked == ChurnBooked::Cancellation && s.cancelled.is_some_and(|c| c <= day);
    s.start <= day && s.end.is_none_or(|e| e > day) && !cancelled
}

/// Micro-units per year of one customer at the end of the day before `to`, by looking at each subscription.
fn plainly(all: &[Subscription], choices: &Choices, customer: u32, to: Date) -> i128 {
    let eve = to.add_days(-1).unwrap();
    let of = all.iter().filter(|s| s.customer == customer);
    of.filter(|s| counts(s, choices, eve)).map(|s| counted(s, choices)).sum::<i128>().max(0)
}

fn days(from: i32, to: i32) -> Period {
    Period::new(Date::from_day_number(FIRST + from).unwrap(), Date::from_day_number(FIRST + to).unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    /// The balances are counted independently of the movements.
    #[test]
    fn movements_lead_from_balance_to_balance((all, choices) in history(), from in 0i32..150, length in 1i32..100) {
        let found = moved(&all, choices, days(from, from + length));
        for m in &found {
            let at = |date| (0..5).map(|c| plainly(&all, &choices, c, date)).sum::<i128>();
            let customers = |date| (0..5).filter(|c| plainly(&all, &choices, *c, date) > 0).count() as i64;
            prop_assert_eq!(m.opening.per_year(), at(m.period.from()));
            prop_assert_eq!(m.closing.per_year(), at(m.period.to()));
            let gained = m.new.per_year() + m.expansion.per_year() + m.reactivation.per_year();
            let lost = m.contraction.per_year() + m.churn.per_year();
            prop_assert_eq!(m.opening.per_year() + gained - lost, m.closing.per_year());
            for part in [m.new, m.expansion, m.reactivation, m.contraction, m.churn] {
                prop_assert!(part >= Mrr::ZERO);
            }
            let o = m.outside_rates;
            let pairs = [
                (o.expansion, m.expansion),
                (o.reactivation, m.reactivation),
                (o.contraction, m.contraction),
                (o.churn, m.churn),
            ];
            prop_assert!(pairs.into_iter().all(|(outside, all)| Mrr::ZERO <= outside && outside <= all));
            let c = m.customers;
            prop_assert_eq!((c.opening, c.closing), (customers(m.period.from()), customers(m.period.to())));
            prop_assert_eq!(c.opening + c.new + c.reactivation - c.churn, c.closing);
        }
    }

    /// Under the default choices each movement is that of the definitions, customer by customer.
    #[test]
    fn movements_are_those_of_the_definitions((all, _) in history(), from in 0i32..150) {
        let choices = Choices::default();
        let period = days(from, from + 60);
        // Every bound so far at which somebody who has revenue is no longer new.
        let earlier = months(days(-40, from));
        let steps = months(period);
        for m in moved(&all, choices, period) {
            let mut expected = [0i128; 5];
            for c in 0..5 {
                let (open, close) = (plainly(&all, &choices, c, m.period.from()), plainly(&all, &choices, c, m.period.to()));
                let bounds = earlier.iter().map(|p| p.to()).chain(steps.iter().map(|p| p.from()));
                let known = bounds.filter(|d| *d <= m.period.from()).any(|d| plainly(&all, &choices, c, d) > 0);
                let at = match (open, close) {
                    (0, _) => if known { 2 } else { 0 },
                    (_, 0) => 4,
                    _ => if close > open { 1 } else { 3 },
                };
                expected[at] += (close - open).abs();
            }
            let found = [m.new, m.expansion, m.reactivation, m.contraction, m.churn].map(Mrr::per_year);
            prop_assert_eq!(found, expected);
        }
    }

    /// The order of the input changes nothing, and months asked alone are those asked together.
    #[test]
    fn order_and_grouping_change_nothing((all, choices) in history(), seed in any::<u64>()) {
        let mut mixed = all.clone();
        for i in 0..mixed.len() {
            let j = (seed as usize).wrapping_mul(i + 31) % mixed.len();
            mixed.swap(i, j);
        }
        // The first of a month, so that its bounds are those of the months before as well.
        let start = Date::from_day_number(FIRST).unwrap().first_of_month();
        let period = Period::new(start, start.add_months(6).unwrap()).unwrap();
        let together = moved(&all, choices, period);
        prop_assert_eq!(&moved(&mixed, choices, period), &together);
        let history = History::new(&all, choices);
        let alone: Vec<_> = months(period).iter().flat_map(|p| history.movements(&[*p]).into_value().unwrap()).collect();
        prop_assert_eq!(&alone, &together);
        // Split anywhere between months, the parts' totals total the same.
        let (a, b) = together.split_at(1 + (seed % 5) as usize);
        let parts = [Movements::total(a).into_value().unwrap(), Movements::total(b).into_value().unwrap()];
        prop_assert_eq!(Movements::total(&parts), Movements::total(&together));
    }

    /// Each day's changes within months are those of days asked one by one, wherever the period is split.
    #[test]
    fn each_day_within_months_is_day_by_day((all, choices) in history(), from in 0i32..100, at in 1i32..59) {
        let each_day =
            Choices { within_step: WithinStep::EachDay, joined_and_left: JoinedAndLeft::Counted, ..choices };
        let sum = |steps: &[Period], choices| {
            let found = History::new(&all, choices).movements(steps).into_value().unwrap();
            Movements::total(&found).into_value().unwrap()
        };
        let whole = sum(&months(days(from, from + 60)), each_day);
        let singly: Vec<_> = (from..from + 60).map(|d| days(d, d + 1)).collect();
        prop_assert_eq!(sum(&singly, Choices { within_step: WithinStep::Net, ..each_day }), whole);
        prop_assert_eq!(sum(&[days(from, from + at), days(from + at, from + 60)], each_day), whole);
    }

    /// Under the default choices a period may be split on any day: what it opens with, closes with and gained on balance
    /// stays. What goes up and down again in between is seen from nearer: it shows on both sides, by as much.
    #[test]
    fn a_period_split_on_any_day_gains_the_same((all, _) in history(), from in 0i32..100, length in 2i32..90, at in 1i32..89) {
        let at = at.min(length - 1);
        let sum = |from, to| {
            let found = moved(&all, Choices::default(), days(from, to));
            Movements::total(&found).into_value().unwrap()
        };
        let whole = sum(from, from + length);
        let parts = [sum(from, from + at), sum(from + at, from + length)];
        let joined = Movements::total(&parts).into_value().unwrap();
        prop_assert_eq!((joined.opening, joined.closing), (whole.opening, whole.closing));
        prop_assert_eq!((joined.customers.opening, joined.customers.closing), (whole.customers.opening, whole.customers.closing));
        let up = |m: &Movements| m.new.per_year() + m.expansion.per_year() + m.reactivation.per_year();
        let down = |m: &Movements| m.contraction.per_year() + m.churn.per_year();
        let nearer = up(&joined) - up(&whole);
        prop_assert_eq!(nearer, down(&joined) - down(&whole));
        prop_assert!(nearer >= 0);
    }

    #[test]
    fn bookings_sum_to_the_movements((all, choices) in history()) {
        let period = days(20, 120);
        let steps = months(period);
        let found = History::new(&all, choices).bookings(&steps).into_value().unwrap();
        for (i, m) in moved(&all, choices, period).iter().enumerate() {
            let churn: i128 = found.iter().filter(|b| b.step as usize == i && b.movement == Movement::Churn).map(|b| b.amount.per_year()).sum();
            prop_assert_eq!(churn, m.churn.per_year());
        }
    }

    /// The cohort by looking at each customer; gross retention never exceeds net retention or 1.
    #[test]
    fn retention_is_that_of_the_same_customers((all, choices) in history(), from in 0i32..150, length in 1i32..100) {
        let period = days(from, from + length);
        let r = History::new(&all, choices).retention(period).into_value().unwrap();
        let pairs: Vec<_> = (0..5)
            .map(|c| (plainly(&all, &choices, c, period.from()), plainly(&all, &choices, c, period.to())))
            .filter(|(then, _)| *then > 0)
            .collect();
        prop_assert_eq!(r.customers, pairs.len() as i64);
        prop_assert_eq!(r.lost, pairs.iter().filter(|(_, now)| *now == 0).count() as i64);
        prop_assert_eq!(r.base.per_year(), pairs.iter().map(|p| p.0).sum::<i128>());
        prop_assert_eq!(r.now.per_year(), pairs.iter().map(|p| p.1).sum::<i128>());
        prop_assert_eq!(r.kept.per_year(), pairs.iter().map(|p| p.0.min(p.1)).sum::<i128>());
        prop_assert!(r.kept <= r.now && r.kept <= r.base);
        // A day in the period at whose end there was revenue, and none at both ends of the period.
        let visited = |c| (from..from + length).any(|d| plainly(&all, &choices, c, days(d, d + 1).to()) > 0);
        let none = |c| [period.from(), period.to()].iter().all(|d| plainly(&all, &choices, c, *d) == 0);
        let visitors = (0..5).filter(|c| none(*c) && visited(*c)).count() as i64;
        let counted = choices.joined_and_left == JoinedAndLeft::Counted;
        prop_assert_eq!(r.churned, r.lost + if counted { visitors } else { 0 });
    }

    /// Whatever comes in, there is an answer or a reason.
    #[test]
    fn nothing_panics(
        subscriptions in prop::collection::vec((any::<u32>(), any::<i32>(), any::<i32>(), any::<i64>(), any::<bool>()), 0..10),
        from in any::<i32>(),
        length in 1i32..500,
        choices in choices(),
    ) {
        let date = |n: i32| Date::from_day_number(n.rem_euclid(3_652_059) + Date::MIN.day_number()).unwrap();
        let all: Vec<_> = subscriptions.iter().map(|(customer, start, end, amount, off)| Subscription {
            end: Some(date(*end)),
            part: if *off { Part::Discount } else { Part::Plan },
            ..Subscription::new(*customer, date(*start), Micros(*amount))
        }).collect();
        if let Some(period) = date(from).add_days(length).and_then(|to| Period::new(date(from), to).ok()) {
            let history = History::new(&all, choices);
            let found = history.movements(&months(period));
            prop_assert!(found.is_measured());
            let total = found.and_then(|m| Movements::total(&m)).into_value().unwrap();
            let _ = (metric("nrr_monthly", total.measures()), metric("arpa", total.measures()), metric("net_mrr_churn_rate", total.measures()), metric("arr", total.measures()));
            let _ = history.retention(period).and_then(|r| metric("customer_churn_rate", r.measures()));
            let _ = twelve_months(period);
        }
    }
}
