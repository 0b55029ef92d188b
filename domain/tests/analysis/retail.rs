//! The receipts of a wholesaler: 541 909 lines.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::path::Path;

use domain::basket::{Baskets, FirstPurchases, LineKind, SaleLine, baskets_by, line_amount};
use domain::metric::catalogue::answer;
use domain::{Date, Figure, Micros, Outcome, Period};
use serde_json::Value;

use super::compare::Expected;
use super::csv_file::{Table, expected, shared};

#[derive(Default)]
struct Names {
    numbers: HashMap<String, u32>,
    all: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.all.len() as u32;
        self.numbers.insert(name.to_owned(), number);
        self.all.push(name.to_owned());
        number
    }
}

struct Row {
    line: SaleLine,
    month: (i32, u32),
    country: u32,
    /// The same as an earlier row, in every field.
    duplicate: bool,
}

struct Receipts {
    rows: Vec<Row>,
    countries: Names,
}

fn read(path: &Path) -> Receipts {
    let (mut invoices, mut customers, mut countries) = (Names::default(), Names::default(), Names::default());
    let mut seen = HashSet::new();
    let mut rows = Vec::new();
    let mut table = Table::open(path);
    while table.next() {
        let mut hasher = DefaultHasher::new();
        table.row().iter().for_each(|field| field.hash(&mut hasher));
        let date: Date = table.get("InvoiceDate")[..10].parse().unwrap();
        let (year, month, _) = date.ymd();
        let (invoice, customer) = (table.get("InvoiceNo"), table.get("CustomerID"));
        let micros = |column| Micros::parse(table.get(column)).unwrap().0;
        let quantity = micros("Quantity");
        rows.push(Row {
            line: SaleLine {
                transaction: invoices.number(invoice),
                date,
                customer: (!customer.is_empty()).then(|| customers.number(customer)),
                category: None,
                quantity,
                amount: Outcome::Value(line_amount(quantity, micros("UnitPrice")).unwrap()),
                kind: match invoice.as_bytes()[0] {
                    b'C' => LineKind::Return,
                    b'A' => LineKind::Adjustment,
                    _ => LineKind::Sale,
                },
            },
            month: (year, month),
            country: countries.number(table.get("Country")),
            duplicate: !seen.insert(hasher.finish()),
        });
    }
    Receipts { rows, countries }
}

/// What is expected of every group of lines.
fn compare_sales(group: &mut Expected<'_>, baskets: &Baskets) {
    group.count("lines", baskets.lines);
    group.figure("revenue", baskets.amount(), 2);
    group.count("transactions", baskets.transactions);
    group.figure("units", baskets.units(), 0);
    group.figure("atv", answer("atv", &baskets.measures()).value, 2);
    group.figure("upt", answer("upt", &baskets.measures()).value, 6);
    group.count("customers", baskets.customers().len() as i64);
    group.count("repeat_customers", baskets.repeat_customers);
    group.figure("repeat_purchase_rate", answer("repeat_purchase_rate", &baskets.measures()).value, 6);
}

/// What stands beside them, of the larger groups; the files write returns below zero.
fn compare_returns(group: &mut Expected<'_>, baskets: &Baskets) {
    let below_zero = baskets.returned().map(|f| Figure::new(f.exact.neg(), f.unit));
    group.figure("returns", below_zero, 2);
    group.figure("net_revenue", baskets.net_amount(), 2);
    group.count("cancelled_invoices", baskets.return_transactions);
}

fn compare(name: &str, rows: &[Row], countries: &Names, json: &Value) {
    let mut file = Expected::new(name, json);
    let all = Baskets::of(rows.iter().map(|r| &r.line));
    let mut overall = Expected::new("overall", file.take("overall"));
    compare_sales(&mut overall, &all);
    compare_returns(&mut overall, &all);
    overall.done(&[]);

    let kinds = file.take("row_kinds");
    let kind = |key: &str| kinds[key].as_i64().unwrap_or(0);
    assert_eq!((all.lines, all.return_lines), (kind("sale"), kind("cancel")));
    assert_eq!(all.adjustment_lines, kind("excluded") + kind("adjust"));
    file.count("rows", rows.len() as i64);
    file.count_if_given("rows_in_slice", rows.len());
    file.count("rows_without_customer", rows.iter().filter(|r| r.line.customer.is_none()).count() as i64);
    file.count("exact_duplicate_rows", rows.iter().filter(|r| r.duplicate).count() as i64);
    let mut once = Expected::new("without duplicates", file.take("overall_if_exact_duplicates_dropped"));
    compare_sales(&mut once, &Baskets::of(rows.iter().filter(|r| !r.duplicate).map(|r| &r.line)));
    once.done(&[]);

    let first = FirstPurchases::of(rows.iter().map(|r| &r.line));
    let mut months = baskets_by(rows.iter().map(|r| (Some(r.month), &r.line)));
    months.retain(|_, b| b.lines > 0); // a month with returns alone has no row
    let returning = file.take("returning_by_month");
    let mut new_customers = 0;
    let expected: Vec<_> = file.groups("by_month").collect();
    assert_eq!(expected.len(), months.len());
    for ((key, value), (month, baskets)) in expected.into_iter().zip(&months) {
        let (year, month) = month.unwrap();
        assert_eq!(*key, format!("{year}-{month:02}"));
        let period = Period::month(year, month).unwrap();
        let rate = answer("returning_customer_rate", &first.returning(baskets, period));
        let mut group = Expected::new(key, value);
        compare_sales(&mut group, baskets);
        compare_returns(&mut group, baskets);
        group.figure("returning_customer_rate", rate.value, 6);
        group.done(&[]);
        let mut group = Expected::new(key, &returning[key]);
        group.count("customers", baskets.customers().len() as i64);
        group.figure("returning", Outcome::Value(rate.numerator.unwrap()), 0);
        group.figure("returning_customer_rate", rate.value, 6);
        group.done(&[]);
        let new = first.new_customers(period);
        assert_eq!(rate.numerator.unwrap().exact, domain::Ratio::from(baskets.customers().len() as i64 - new));
        new_customers += new;
    }
    assert_eq!(new_customers, all.customers().len() as i64, "everybody is new once");

    let by_country = baskets_by(rows.iter().map(|r| (Some(r.country), &r.line)));
    let by_both = baskets_by(rows.iter().map(|r| (Some((r.month, r.country)), &r.line)));
    let country = |c: u32| countries.all[c as usize].clone();
    let mut both = Vec::new();
    for (key, baskets) in by_both {
        let ((year, month), c) = key.unwrap();
        both.push((format!("{year}-{month:02} | {}", country(c)), baskets));
    }
    let by_country = by_country.into_iter().map(|(c, baskets)| (country(c.unwrap()), baskets)).collect();
    for (grouping, groups, returns) in [("by_country", by_country, true), ("by_month_country", both, false)] {
        if json.get(grouping).is_none() {
            continue; // the file of one month has no second grouping
        }
        let mut groups: HashMap<String, Baskets> = groups.into_iter().collect();
        for (key, value) in file.groups(grouping) {
            let mut group = Expected::new(key, value);
            let baskets = groups.remove(key).unwrap();
            compare_sales(&mut group, &baskets);
            if returns {
                compare_returns(&mut group, &baskets);
            }
            group.done(&[]);
        }
        assert!(groups.values().all(|b| b.lines == 0), "{grouping}: sales that are not expected");
    }
    file.done(&[("currency", "lines come in the reporting currency"), ("definitions", "words"), ("NB", "words")]);
}

#[test]
fn the_slice_of_the_retail_data_set() {
    let Some(shared) = shared() else { return };
    let receipts = read(&shared.join("data/retail_uci_online/slice/online_retail.csv"));
    compare("slice", &receipts.rows, &receipts.countries, &expected(&shared, "retail_uci_online.slice.json"));
}

#[test]
fn the_whole_retail_data_set_and_one_month_of_it() {
    let Some(shared) = shared() else { return };
    let mut receipts = read(&shared.join("data/retail_uci_online/online_retail.csv.gz"));
    compare("whole", &receipts.rows, &receipts.countries, &expected(&shared, "retail_uci_online.json"));
    receipts.rows.retain(|r| r.month == (2011, 11));
    compare("November", &receipts.rows, &receipts.countries, &expected(&shared, "retail_uci_online_2011-11.json"));
}
