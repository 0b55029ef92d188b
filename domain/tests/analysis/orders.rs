//! Orders with monthly targets by category.

use std::collections::{BTreeMap, HashMap};

use domain::basket::{Baskets, Contents, LineKind, SaleLine, baskets_by};
use domain::metric::catalogue::answer;
use domain::target::{Direction, attainment};
use domain::{Answer, Date, Figure, Micros, Outcome, Ratio, Unit};
use serde_json::Value;

use super::compare::Expected;
use super::csv_file::{Table, expected, shared};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Lines with their month and category.
type Lines = Vec<(String, String, SaleLine)>;

fn lines(folder: &std::path::Path) -> (Lines, i64) {
    let (mut orders, mut names, mut blank) = (HashMap::new(), HashMap::new(), 0);
    let mut table = Table::open(&folder.join("List of Orders.csv"));
    while table.next() {
        let id = table.get("OrderID");
        if id.is_empty() {
            blank += 1;
            continue;
        }
        let number = |at: std::ops::Range<usize>| table.get("OrderDate")[at].parse::<u32>().unwrap();
        let date = Date::from_ymd(number(6..10) as i32, number(3..5), number(0..2)).unwrap();
        let next = names.len() as u32;
        let customer = *names.entry(table.get("CustomerName").to_owned()).or_insert(next);
        orders.insert(id.to_owned(), (orders.len() as u32, date, customer));
    }
    let mut lines = Vec::new();
    let mut table = Table::open(&folder.join("Order Details.csv"));
    while table.next() {
        let (transaction, date, customer) = orders[table.get("OrderID")];
        let micros = |column| Micros::parse(table.get(column)).unwrap().0;
        let line = SaleLine {
            transaction,
            date,
            customer: Some(customer),
            category: None,
            quantity: micros("Quantity"),
            amount: Outcome::Value(micros("Amount")),
            kind: LineKind::Sale,
        };
        lines.push((date.to_string()[..7].to_owned(), table.get("Category").to_owned(), line));
    }
    (lines, blank)
}

/// Targets by month and category.
fn targets(folder: &std::path::Path) -> Vec<(String, String, Ratio)> {
    let mut table = Table::open(&folder.join("Sales target.csv"));
    let mut targets = Vec::new();
    while table.next() {
        let (month, year) = table.get("MonthofOrderDate").split_once('-').unwrap();
        let month = MONTHS.iter().position(|m| *m == month).unwrap() + 1;
        let value = Micros::parse(table.get("Target")).unwrap().0.to_ratio();
        targets.push((format!("20{year}-{month:02}"), table.get("Category").to_owned(), value));
    }
    targets
}

fn compare(at: &str, value: &Value, baskets: &Baskets, target: Ratio) {
    let mut group = Expected::new(at, value);
    let sales = baskets.amount().into_value().unwrap();
    group.figure("sales", baskets.amount(), 2);
    group.figure("target", Outcome::Value(Figure::new(target, Unit::Money)), 2);
    let reached = attainment(Direction::Reach, sales.exact, target);
    group.figure("attainment", reached.map(|r| Figure::new(r, Unit::Ratio)), 6);
    group.count("orders", baskets.transactions);
    group.figure("atv", answer("atv", &baskets.measures()).value, 2);
    group.figure("upt", answer("upt", &baskets.measures()).value, 6);
    group.done(&[]);
}

#[test]
fn the_orders_data_set() {
    let Some(shared) = shared() else { return };
    let sets = [
        ("quota_india_ecommerce.json", "quota_india_ecommerce"),
        ("quota_india_ecommerce.slice.json", "quota_india_ecommerce/slice"),
    ];
    for (name, folder) in sets {
        let folder = shared.join("data").join(folder);
        let ((lines, blank), targets) = (lines(&folder), targets(&folder));
        let json = expected(&shared, name);
        let mut file = Expected::new(name, &json);
        let all = Baskets::of(lines.iter().map(|(_, _, l)| l));
        type Key = fn(&str, &str) -> String;
        let groupings: [(&str, Key); 3] = [
            ("by_month", |month, _| month.to_owned()),
            ("by_category", |_, category| category.to_owned()),
            ("by_month_category", |month, category| format!("{month} | {category}")),
        ];
        let add = |sum: Ratio, value: &Ratio| sum.checked_add(*value).unwrap();
        for (grouping, key) in groupings {
            let groups = baskets_by(lines.iter().map(|(month, category, l)| (Some(key(month, category)), l)));
            let mut wanted: BTreeMap<String, Ratio> = BTreeMap::new();
            for (month, category, value) in &targets {
                let sum = wanted.entry(key(month, category)).or_insert(Ratio::ZERO);
                *sum = add(*sum, value);
            }
            let expected: Vec<_> = file.groups(grouping).collect();
            assert_eq!(expected.len(), groups.len(), "{grouping}");
            for (key, value) in expected {
                compare(&format!("{name} {grouping} {key}"), value, &groups[&Some(key.clone())], wanted[key]);
            }
        }
        compare("overall", file.take("overall"), &all, targets.iter().map(|(_, _, v)| v).fold(Ratio::ZERO, add));
        file.figure("repeat_customer_rate", answer("repeat_purchase_rate", &all.measures()).value, 6);
        file.count("customers", all.customers().len() as i64);
        file.count("blank_rows_in_orders", blank);
        file.count_if_given("rows", lines.len() as i64);
        file.done(&[("definitions", "words")]);
    }
}

/// Counted over the same file by a script of its own.
#[test]
fn categories_bought_together() {
    let Some(shared) = shared() else { return };
    let (lines, _) = lines(&shared.join("data/quota_india_ecommerce"));
    let number = |category: &str| ["Clothing", "Electronics", "Furniture"].iter().position(|c| *c == category);
    let lines: Vec<SaleLine> =
        lines.into_iter().map(|(_, c, line)| SaleLine { category: number(&c).map(|n| n as u32), ..line }).collect();
    let contents = Contents::of(&lines);
    let six = |a: &Answer| a.value.into_value().unwrap().exact.to_decimal(6).unwrap();
    let attached: Vec<_> = contents.attached_to(1).iter().map(|a| (a.category, six(&a.rate), six(&a.units))).collect();
    let row = |category, rate: &str, units: &str| (category, rate.to_owned(), units.to_owned());
    assert_eq!(attached, [row(0, "0.730392", "3.046794"), row(2, "0.416667", "0.818891")]);
    let effects = [0, 1, 2].map(|c| contents.effect_of(c)).map(|e| [six(&e.with), six(&e.without), six(&e.own)]);
    let expected = [
        ["955.221374", "524.299065", "353.826972"],
        ["1515.122549", "413.570946", "810.132353"],
        ["1403.118280", "543.063694", "683.768817"],
    ];
    assert_eq!(effects, expected.map(|e| e.map(str::to_owned)));
}
