//! Whole files: what decides, what asks, what contradicts itself.

use super::*;
use crate::import::kind::Kind;
use crate::import::mapping::Mapping;
use crate::import::records::Form;
use crate::import::source::Limits;

const MAPPING: &str = r#"
[columns]
external_id = "id"
person = "who"
status = "status"
closed_on = "closed"
amount = "amount"
"#;

fn verdicts(body: &str, extra: &str) -> Vec<(&'static str, Verdict)> {
    let file = tempfile::NamedTempFile::new().expect("temporary file");
    std::fs::write(file.path(), format!("id;who;status;closed;amount\n{body}")).expect("written");
    let mapping = Mapping::parse(&format!("{extra}\n{MAPPING}")).expect("valid");
    let table = Table::open(file.path(), &mapping, file.path(), &Limits::default()).expect("a table");
    let mut bound = Bound::new(Kind::Deals, &mapping, table.header()).expect("fits");
    let found = detect(&table, &mapping, bound.rules_mut(), |_| true).expect("readable");
    settle(&mut bound, &found)
}

fn look(table: &Table) -> Result<Detected, Fault> {
    detect(table, &Mapping::default(), &mut Compiled::default(), |_| true)
}

#[test]
fn one_cell_decides_for_its_column() {
    let found = verdicts("1;A;won;3/1/2017;1.234\n2;A;won;10/20/2016;1234,5\n", "");
    assert_eq!(found, [("closed_on", Verdict::Fine), ("amount", Verdict::Fine)]);
}

#[test]
fn what_nothing_decides_is_asked() {
    let found = verdicts("1;A;won;3/1/2017;1.234\n2;A;won;4/5/2017;12\n", "");
    let expected = [("closed_on", Verdict::Ask(Code::AmbiguousDate)), ("amount", Verdict::Ask(Code::AmbiguousNumber))];
    assert_eq!(found, expected);
    assert_eq!(verdicts("1;A;won;3/1/2017;1.234\n", "date_order = \"dmy\"\ndecimal = \",\""), []);
}

#[test]
fn a_column_that_contradicts_itself_names_its_lines() {
    let found = verdicts("1;A;won;13/1/2017;1\n2;A;won;2017-01-02;1\n3;A;won;1/13/2017;1\n", "");
    assert_eq!(found.first(), Some(&("closed_on", Verdict::Mixed(vec![2, 4]))));
}

#[test]
fn numbers_of_two_kinds_are_asked_about_where_one_has_two_meanings() {
    assert_eq!(verdicts("1;A;won;;1,5\n2;A;won;;2.5\n", "")[1], ("amount", Verdict::Fine));
    let found = verdicts("1;A;won;;1,5\n2;A;won;;2.5\n3;A;won;;1.234\n", "");
    assert_eq!(found[1], ("amount", Verdict::Ask(Code::AmbiguousNumber)));
    assert_eq!(verdicts("1;A;won;4/4/2018;7\n", "")[0], ("closed_on", Verdict::Fine), "no order changes it");
}

#[test]
fn a_row_that_is_left_out_decides_nothing() {
    let rows = "1;A;won;13/1/2017;12,5\n2;A;won;3/1/2017;1.234\nTotal;;;1/13/2017;1,246.50\n";
    assert_eq!(verdicts(rows, "")[0], ("closed_on", Verdict::Mixed(vec![2, 4])));
    let skip = "[[skip]]\nwhen = { column = \"id\", equals = \"Total\" }\n";
    assert_eq!(verdicts(rows, skip), [("closed_on", Verdict::Fine), ("amount", Verdict::Fine)]);
    // Which rows a comparison leaves out depends on how its own column is read.
    let large = "[[skip]]\nwhen = { column = \"amount\", greater_than = \"1000\" }\n";
    let rows = "1;A;won;13/1/2017;12.5\n2;A;won;3/1/2017;1.234\n3;;;1/13/2017;1,246.50\n";
    assert_eq!(verdicts(rows, large), [("closed_on", Verdict::Fine), ("amount", Verdict::Fine)]);
}

#[test]
fn values_are_counted_within_bounds() {
    let file = tempfile::NamedTempFile::new().expect("temporary file");
    let body: String = (0..500).map(|i| format!("{i},{}\n", if i % 2 == 0 { "Won" } else { "Lost" })).collect();
    std::fs::write(file.path(), format!("key,state\n{body}")).expect("written");
    let table = Table::open(file.path(), &Mapping::default(), file.path(), &Limits::default()).expect("a table");
    let found = look(&table).expect("readable");
    assert_eq!(found.rows, 500);
    let [key, state] = found.columns.as_slice() else { panic!("two columns") };
    assert_eq!((key.values.len(), key.more_values), (DISTINCT, true));
    assert_eq!(state.values, [("Won".to_owned(), 250), ("Lost".to_owned(), 250)]);
    assert!(!state.more_values);
}

/// A file of the sample data, where it is there.
fn sample(path: &str) -> Option<(Table, Detected)> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(path);
    if !path.exists() {
        println!("left out: {} is not there", path.display());
        return None;
    }
    let table = Table::open(&path, &Mapping::default(), &path, &Limits::default()).expect("a table");
    let found = look(&table).expect("readable");
    Some((table, found))
}

fn column<'a>(table: &Table, found: &'a Detected, name: &str) -> &'a Profile {
    let index = table.header().iter().position(|h| h == name).expect("column");
    &found.columns[index]
}

#[test]
fn rows_of_delimiters_only_are_no_rows_and_later_dates_decide() {
    let Some((table, found)) = sample("quota_india_ecommerce/List of Orders.csv") else { return };
    assert_eq!((found.rows, found.ragged.len()), (500, 0));
    assert_eq!(column(&table, &found, "OrderDate").order(), Order::Known(read::Order::Dmy));
}

#[test]
fn a_mark_before_the_first_name_and_month_labels() {
    let Some((table, found)) = sample("quota_india_ecommerce/Sales target.csv") else { return };
    let months = column(&table, &found, "MonthofOrderDate");
    assert_eq!((found.rows, months.dates.verdict().year_last), (36, 0));
    assert_eq!(crate::import::cell::date("Apr-18", Reading::default(), None), Err(Code::BadDate));
}

#[test]
fn semicolons_with_decimal_commas_and_an_empty_column() {
    let Some((table, found)) = sample("mkt_inr_feb2021/variant_semicolon_decimal_comma_Marketing.csv") else { return };
    assert_eq!((&table.dialect().form, found.rows), (&Form::Text(b';'), 308));
    assert_eq!(column(&table, &found, "mark_spent").decimal(), Some(Sign::Comma));
    let Some((table, found)) = sample("mkt_inr_feb2021/Marketing.csv") else { return };
    assert_eq!(column(&table, &found, "Ro Mi").filled, 0);
    assert_eq!(column(&table, &found, "Mark Spent").decimal(), Some(Sign::Dot));
}

#[test]
fn american_dates_quotes_and_ids_that_look_like_numbers() {
    let Some((table, found)) = sample("crm_maven/variant_us_dates_sales_pipeline.csv") else { return };
    assert_eq!(found.rows, 8800);
    assert_eq!(column(&table, &found, "close_date").order(), Order::Known(read::Order::Mdy));
    let Some((table, found)) = sample("retail_uci_online/slice/online_retail.csv") else { return };
    assert_eq!((found.rows, found.ragged.len()), (46, 0));
    let ids = column(&table, &found, "CustomerID");
    assert!(ids.values.iter().all(|(id, _)| id.ends_with(".0")));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_file_is_read_or_refused(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
        let file = tempfile::NamedTempFile::new().expect("temporary file");
        std::fs::write(file.path(), bytes).expect("written");
        if let Ok(table) = Table::open(file.path(), &Mapping::default(), file.path(), &Limits::default()) {
            let _ = look(&table);
        }
    }
}
