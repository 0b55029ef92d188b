//! Whole files: what decides, what asks, what contradicts itself.

use super::*;
use crate::import::kind::Kind;
use crate::import::mapping::Mapping;
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
    let found = detect(&table, |_| true).expect("readable");
    settle(&mut bound, &found)
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
fn values_are_counted_within_bounds() {
    let file = tempfile::NamedTempFile::new().expect("temporary file");
    let body: String = (0..500).map(|i| format!("{i},{}\n", if i % 2 == 0 { "Won" } else { "Lost" })).collect();
    std::fs::write(file.path(), format!("key,state\n{body}")).expect("written");
    let table = Table::open(file.path(), &Mapping::default(), file.path(), &Limits::default()).expect("a table");
    let found = detect(&table, |_| true).expect("readable");
    assert_eq!(found.rows, 500);
    let [key, state] = found.columns.as_slice() else { panic!("two columns") };
    assert_eq!((key.values.len(), key.more_values), (DISTINCT, true));
    assert_eq!(state.values, [("Won".to_owned(), 250), ("Lost".to_owned(), 250)]);
    assert!(!state.more_values);
}
