//! A metric lists the choices of the organisation on which it depends, and no others.
#![allow(clippy::unwrap_used)]

use domain::metric::{Choice, Choices, MeasureValue, MeasureValues, Metric, catalogue, evaluate};
use domain::recurring::{History, Movements, Part, Subscription, days, months, net_mrr_churn_by_step, twelve_months};
use domain::{Date, Measure, Micros, Outcome, Period, Ratio};

/// A small generator whose numbers are the same everywhere (SplitMix64, Steele et al. 2014).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }
}

fn history(random: &mut Numbers) -> Vec<Subscription> {
    let date = |days: u64| Date::from_ymd(2024, 1, 1).unwrap().add_days(days as i32).unwrap();
    let one = |random: &mut Numbers| {
        // Few days, so that visits of a few days meet within a month.
        let start = random.below(30) * 5;
        let mut until = || {
            let most = if random.below(4) > 0 { 5 } else { 99 };
            (random.below(4) > 0).then(|| start + 5 * (1 + random.below(most)))
        };
        let (end, cancelled) = (until(), until());
        let part = [Part::Plan, Part::Plan, Part::Discount, Part::OneOffDiscount, Part::Usage];
        Subscription {
            customer: random.below(3) as u32,
            plan: None,
            start: date(start),
            end: end.map(date),
            cancelled: cancelled.map(date),
            per_year: Micros((1 + random.below(4) as i64) * 12_000_000),
            part: part[random.below(5) as usize],
        }
    };
    (0..2 + random.below(10)).map(|_| one(random)).collect()
}

/// The measures of the engine in a period.
fn measures(all: &[Subscription], choices: &Choices, period: Period) -> MeasureValues {
    let history = History::new(all, choices.recurring);
    let total = history.movements(&months(period)).and_then(|m| Movements::total(&m)).into_value().unwrap();
    let stayed = |period| history.retention(period).into_value().unwrap();
    let (whole, year) = (stayed(period), stayed(twelve_months(period).unwrap()));
    let mut values = total.measures().with(whole.measures()).with(year.measures_of_year());
    values = values.with(history.month_by_month(period).into_value().unwrap().measures());
    let daily = net_mrr_churn_by_step(&history.movements(&days(period)).into_value().unwrap());
    values.set(Measure::NetMrrChurnDaily, daily.into_result().map_or_else(MeasureValue::Not, MeasureValue::Exact));
    // What other facts tell stays the same.
    values.set(Measure::Spend, MeasureValue::Exact(Ratio::int(700)));
    values.set(Measure::SalesCost, MeasureValue::Exact(Ratio::int(300)));
    values.set(Measure::NewCustomers, MeasureValue::Count(7));
    values.set(Measure::AmountWon, MeasureValue::Exact(Ratio::int(1_000)));
    values.set(Measure::CostOfGoodsKnown, MeasureValue::Exact(Ratio::int(200)));
    values
}

const OF_HISTORY: [Choice; 6] = [
    Choice::JoinedAndLeft,
    Choice::ChurnBooked,
    Choice::Returned,
    Choice::Discounts,
    Choice::UsageFees,
    Choice::WithinStep,
];

/// Which rate converts an amount is settled before the engine sees it, so that histories cannot tell.
#[test]
fn metrics_of_recurring_revenue_list_what_changes_them_and_nothing_else() {
    let of_engine =
        |m: &&Metric| m.measures().iter().any(|measure| measure.def().fact == domain::metric::FactKind::Subscriptions);
    let metrics: Vec<&Metric> = catalogue::all().iter().filter(of_engine).collect();
    assert!(metrics.len() > 20);
    let mut random = Numbers(7);
    let mut changed = vec![vec![false; OF_HISTORY.len()]; metrics.len()];
    for _ in 0..8_000 {
        let all = history(&mut random);
        // Now and then later, for figures that look back a year.
        let latest = if random.below(4) > 0 { 5 } else { 16 };
        let from = Date::from_ymd(2024, 1, 1).unwrap().add_months(random.below(latest) as i32).unwrap();
        let period = Period::new(from, from.add_months(1 + random.below(4) as i32).unwrap()).unwrap();
        let choose = |random: &mut Numbers, choice: Choice| {
            let options = choice.options();
            options[random.below(options.len() as u64) as usize]
        };
        let base = OF_HISTORY
            .into_iter()
            .fold(Choices::default(), |choices, choice| choices.with(choice, choose(&mut random, choice)).unwrap());
        let before = measures(&all, &base, period);
        for (at, choice) in OF_HISTORY.into_iter().enumerate() {
            let other = base.with(choice, choose(&mut random, choice)).unwrap();
            let after = measures(&all, &other, period);
            for (metric, changed) in metrics.iter().zip(&mut changed) {
                let value = |values| evaluate(metric, values).value.map(|f| f.exact);
                let (a, b): (Outcome<Ratio>, _) = (value(&before), value(&after));
                let lists = metric.choices.contains(&choice);
                assert!(a == b || lists, "{} changes by {}: {a:?}, {b:?}\n{all:?}", metric.id, choice.code());
                changed[at] |= a != b;
            }
        }
    }
    let mut wrong = Vec::new();
    let listed = |m: &&Metric| OF_HISTORY.map(|choice| m.choices.contains(&choice)).to_vec();
    for (metric, changed) in metrics.iter().zip(changed) {
        wrong.extend((listed(metric) != changed).then(|| format!("{}: changed by {changed:?}", metric.id)));
    }
    assert_eq!(wrong, Vec::<String>::new(), "{OF_HISTORY:?}");
}
