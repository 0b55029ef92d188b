//! Each measure of the catalogue by its definition, read fact by fact, against what the statements count.
//!
//! Left out: figures of an engine, which have tests of their own; people, who are no facts; targets, which share out what
//! they ask over days and people.

use std::collections::{BTreeMap, BTreeSet};

use domain::formula::{Definitions, Expr, Vocabulary};
use domain::metric::{Aggregation, DateColumn, DealStatus, FactKind, MeasureDef, Test};
use domain::{Currency, Date, Measure, OrgId, Outcome, Period, Ratio, Why};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use server::entity::{activity, campaign_day, measurement, sales_line, satisfaction};
use server::kpi::{Frame, Kpi, KpiQuery, OwnKpi, Viewer, ask};

use super::company::{Company, Deal, ORG, day};
use super::facts::{self, add};
use super::support;

/// A value of a column; one that is not stated is not there.
#[derive(Clone, Debug)]
enum Cell {
    Text(String),
    Number(Ratio),
    Day(Date),
}

/// A fact as its kind, its state if it is a deal, and its columns by their names in files.
struct Fact {
    kind: FactKind,
    status: Option<DealStatus>,
    columns: BTreeMap<&'static str, Cell>,
}

impl Fact {
    fn day(&self, column: &str) -> Option<Date> {
        match self.columns.get(column) {
            Some(Cell::Day(day)) => Some(*day),
            _ => None,
        }
    }

    fn number(&self, column: &str) -> Option<Ratio> {
        match self.columns.get(column) {
            Some(Cell::Number(number)) => Some(*number),
            _ => None,
        }
    }

    fn passes(&self, column: &str, test: &Test) -> bool {
        match (self.columns.get(column), test) {
            (Some(Cell::Text(text)), Test::Is(wanted)) => text == wanted,
            (Some(Cell::Number(n)), Test::AtLeast(limit)) => *n >= Ratio::from(*limit),
            (Some(Cell::Number(n)), Test::AtMost(limit)) => *n <= Ratio::from(*limit),
            (Some(Cell::Number(n)), Test::Below(limit)) => *n < Ratio::from(*limit),
            _ => false,
        }
    }

    /// Whether a definition takes it, in a period with a day of balances.
    fn is_taken(&self, def: &MeasureDef, period: Period, balance: Date) -> bool {
        let inside = |day: Option<Date>| day.is_some_and(|day| period.contains(day));
        let (created, engaged, closed) = (self.day("created_on"), self.day("engaged_on"), self.day("closed_on"));
        let has_status = |status: Option<DealStatus>| status.is_none_or(|s| def.status.contains(&s));
        let is_dated = match def.date {
            DateColumn::ClosedOn => has_status(self.status) && inside(closed),
            DateColumn::CreatedOrEngaged => has_status(self.status) && inside(created.or(engaged)),
            DateColumn::On(column) => inside(self.day(column)),
            DateColumn::BalanceDay => {
                let begun = [created, engaged].into_iter().flatten().min();
                let is_open = self.status == Some(DealStatus::Open) || closed.is_some_and(|day| day > balance);
                is_open && begun.is_none_or(|day| day <= balance)
            }
            DateColumn::ByEngine => false,
        };
        self.kind == def.fact
            && is_dated
            && def.filled.is_none_or(|column| self.columns.contains_key(column))
            && def.only.iter().all(|(column, test)| self.passes(column, test))
    }
}

/// The definition, word by word.
fn defined(measure: Measure, facts: &[Fact], period: Period, balance: Date) -> Option<Ratio> {
    let def = measure.def();
    let taken = || facts.iter().filter(|fact| fact.is_taken(&def, period, balance));
    let sum = |text: &str| {
        let expr = Expr::parse(text).unwrap();
        let value = |fact: &Fact| {
            let column = |name: &str| Outcome::from_option(fact.number(name), Why::NoData);
            expr.evaluate(&column).into_value()
        };
        // What a fact does not state adds nothing.
        taken().filter_map(value).fold(Ratio::ZERO, |a, b| a.checked_add(b).unwrap())
    };
    Some(match def.aggregation {
        Aggregation::Count => Ratio::from(taken().count() as i64),
        Aggregation::SumMoney(text) | Aggregation::SumCount(text) | Aggregation::SumNumber(text) => sum(text),
        Aggregation::Distinct(column) => {
            let text = |fact: &Fact| match fact.columns.get(column) {
                Some(Cell::Text(text)) => Some(text.clone()),
                _ => None,
            };
            Ratio::from(taken().filter_map(text).collect::<BTreeSet<_>>().len() as i64)
        }
        Aggregation::Days { from, to } => {
            let days = |fact: &Fact| {
                let from = from.iter().find_map(|column| fact.day(column))?;
                Some(i64::from(fact.day(to)?.days_since(from)))
            };
            Ratio::from(taken().filter_map(days).sum::<i64>())
        }
        Aggregation::Engine { .. } => return None,
    })
}

const FIRST: &str = "2016-12-01";

fn any_day(random: &mut StdRng) -> Date {
    day(FIRST).add_days(random.random_range(0..450)).unwrap()
}

fn maybe<T>(random: &mut StdRng, value: impl FnOnce(&mut StdRng) -> T) -> Option<T> {
    (random.random_range(0..4) > 0).then(|| value(random))
}

fn whole(n: i64) -> Cell {
    Cell::Number(Ratio::from(n))
}

fn text(t: &str) -> Cell {
    Cell::Text(t.to_owned())
}

fn fact(kind: FactKind, on: Date, columns: impl IntoIterator<Item = (&'static str, Option<Cell>)>) -> Fact {
    let stated = columns.into_iter().filter_map(|(name, cell)| Some((name, cell?)));
    Fact { kind, status: None, columns: stated.chain([("date", Cell::Day(on))]).collect() }
}

/// Facts of every kind in the tables, and the same as definitions see them.
async fn facts_of(c: &mut Company, random: &mut StdRng) -> Vec<Fact> {
    let mut all = Vec::new();
    let ann = c.person("Ann").await;
    let mut deals = Vec::new();
    for _ in 0..120 {
        let status = DealStatus::ALL[random.random_range(0..4)];
        let dates = [(); 3].map(|()| any_day(random));
        let (created, engaged) = (maybe(random, |_| dates[0]), maybe(random, |_| dates[1]));
        let closed = if status == DealStatus::Open { maybe(random, |_| dates[2]) } else { Some(dates[2]) };
        let amount = maybe(random, |r| r.random_range(0..5_000_i64));
        let probability = maybe(random, |r| r.random_range(0..=100_i64));
        let discount = maybe(random, |r| [0, 10, 25, 99, 100][r.random_range(0..5)]);
        let number = |day: Option<Date>| day.map(Date::day_number);
        deals.push(Deal {
            person: Some(ann),
            status: server::query::facts::stored_status(status),
            created: number(created),
            engaged: number(engaged),
            closed: number(closed),
            amount,
            probability: probability.map(|p| p * 10_000),
            discount: discount.map(|d| d * 10_000),
            ..Deal::default()
        });
        let share = |percent: i64| Cell::Number(Ratio::new(percent.into(), 100).unwrap());
        let columns = [
            ("created_on", created.map(Cell::Day)),
            ("engaged_on", engaged.map(Cell::Day)),
            ("closed_on", closed.map(Cell::Day)),
            ("amount", amount.map(whole)),
            ("probability", probability.map(share)),
            ("discount_pct", discount.map(whole)),
        ];
        all.push(Fact { status: Some(status), ..fact(FactKind::Deals, dates[2], columns) });
    }
    c.deals(&deals).await;

    let (mut lines, mut campaigns, mut done) = (Vec::new(), Vec::new(), Vec::new());
    let (mut answers, mut figures) = (Vec::new(), Vec::new());
    for n in 0..150_i64 {
        let on = any_day(random);
        let (kind, name) = [(0, "sale"), (0, "sale"), (1, "return"), (2, "adjustment")][random.random_range(0..4)];
        let amount = random.random_range(1..500) * if kind == 1 && random.random_range(0..3) > 0 { -1 } else { 1 };
        let (quantity, list) = (random.random_range(1..9_i64), maybe(random, |r| r.random_range(1..90_i64)));
        let discount = maybe(random, |r| r.random_range(0..40_i64));
        let receipt = random.random_range(0..60).to_string();
        let customer = maybe(random, |r| format!("c{}", r.random_range(0..20)));
        lines.push(sales_line::Model {
            receipt: receipt.clone(),
            kind,
            quantity_micros: quantity * 1_000_000,
            list_micros: list.map(|l| l * quantity * 1_000_000),
            list_reporting_micros: list.map(|l| l * quantity * 1_000_000),
            discount_micros: discount.map(|d| d * 1_000_000),
            discount_reporting_micros: discount.map(|d| d * 1_000_000),
            customer: customer.clone(),
            ..facts::sale("", &on.to_string(), None, amount)
        });
        let columns = [
            ("kind", Some(text(name))),
            ("transaction", Some(Cell::Text(receipt))),
            ("customer", customer.map(Cell::Text)),
            ("amount", Some(whole(amount))),
            ("quantity", Some(whole(quantity))),
            ("list_price", list.map(whole)),
            ("discount", discount.map(whole)),
        ];
        all.push(fact(FactKind::SalesLines, on, columns));

        let counts = [(); 5].map(|()| random.random_range(0..900_i64));
        campaigns.push(campaign_day::Model {
            fact_key: format!("campaign {n}"),
            spend_micros: facts::units(counts[0]),
            spend_reporting_micros: facts::units(counts[0]),
            impressions: Some(counts[1]),
            clicks: Some(counts[2]),
            orders: Some(counts[3]),
            revenue_micros: facts::units(counts[4]),
            revenue_reporting_micros: facts::units(counts[4]),
            ..facts::campaign_day(&on.to_string(), Some("web"))
        });
        let names = ["spend", "impressions", "clicks", "orders", "revenue"];
        all.push(fact(FactKind::CampaignDays, on, names.into_iter().zip(counts.map(|n| Some(whole(n))))));

        let kind = ["call", "meeting", "e-mail", "demo", "proposal", "other"][random.random_range(0..6)];
        let count = random.random_range(0..9_i64);
        done.push(activity::Model { ..facts::activity(&on.to_string(), Some(ann), kind, count) });
        all.push(fact(FactKind::Activities, on, [("type", Some(text(kind))), ("count", Some(whole(count)))]));

        let (scale, score) =
            [("csat", random.random_range(1..=5_i64)), ("nps", random.random_range(0..=10))][random.random_range(0..2)];
        answers.push(satisfaction::Model { ..facts::answer(&on.to_string(), scale, score * 1_000_000) });
        all.push(fact(FactKind::Satisfaction, on, [("scale", Some(text(scale))), ("score", Some(whole(score)))]));

        let name = ["sales_cost", "cost_of_goods", "other"][random.random_range(0..3)];
        let value = random.random_range(0..70_i64);
        figures.push(measurement::Model { ..facts::measurement(&on.to_string(), name, value) });
        all.push(fact(FactKind::Measurements, on, [("measure", Some(text(name))), ("value", Some(whole(value)))]));
    }
    add(&c.db, lines).await;
    add(&c.db, campaigns).await;
    add(&c.db, done).await;
    add(&c.db, answers).await;
    add(&c.db, figures).await;
    all
}

#[tokio::test]
async fn every_measure_is_what_its_definition_says() {
    for db in support::databases("definitions").await {
        let mut random = StdRng::seed_from_u64(20);
        let mut c = Company::new(&db.db, "USD").await;
        let all = facts_of(&mut c, &mut random).await;
        let today = day("2017-12-15");
        let measures = Measure::ALL.iter().copied().filter(|m| {
            !matches!(m.def().fact, FactKind::People | FactKind::Targets)
                && !matches!(m.def().aggregation, Aggregation::Engine { .. })
        });
        let vocabulary = Vocabulary::catalogue(Currency::USD);
        let asked: Vec<(Measure, Kpi)> = measures
            .map(|measure| {
                let formula = BTreeMap::from([("own".to_owned(), measure.id().parse().unwrap())]);
                let formula = Definitions::check(&formula, &vocabulary).unwrap();
                (measure, Kpi::Own(OwnKpi::typed("own", &formula)))
            })
            .collect();
        assert!(asked.len() > 40);
        let viewer = Viewer::operator(OrgId::new(ORG), today);
        for (from, to) in [("2017-01-01", "2018-01-01"), ("2017-03-10", "2017-05-02"), ("2017-11-01", "2018-02-01")] {
            let period = Period::new(day(from), day(to)).unwrap();
            let balance = period.last().min(today);
            for stored in [true, false] {
                let frame = Frame { stored, ..c.frame().await };
                for (measure, kpi) in &asked {
                    let q = KpiQuery::new(vec![kpi.clone()], period);
                    let row = ask(&c.db, &frame, &viewer, &q).await.unwrap().remove(0);
                    let found = row.answer.value.into_value().map(|figure| figure.exact);
                    let expected = defined(*measure, &all, period, balance).unwrap();
                    // Where each deal counts by a factor of its own, the sum is rounded to a micro-unit.
                    let off = found.map(|found| found.checked_sub(expected).unwrap().abs());
                    let fine = Ratio::new(1, 1_000_000).unwrap();
                    let is_met = off.is_some_and(|off| off <= fine);
                    assert!(is_met, "{} {from} {to} stored: {stored}: {found:?}, {expected}", measure.id());
                }
            }
        }
        db.drop().await;
    }
}
