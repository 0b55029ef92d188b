//! The mapping file of the product description, and what can be wrong with one.

use super::*;
use crate::import::csv::{Raw, Reader, Record};
use crate::import::source::{Limits, Source};

const EXAMPLE: &str = r#"
kind = "deals"
currency = "USD"
date_order = "ymd"
decimal = "."
[columns]
external_id = "opportunity_id"
person = "sales_agent"
attributes.landing_page = "Landing Page"
"attributes.colour" = "Colour"
[values.status]
Won = "won"
Engaging = "open"
[values.product]
GTXPro = "GTX Pro"
[constants]
source = "import"
[[rules]]
when = { column = "InvoiceNo", starts_with = "C" }
set = { kind = "return" }
[[rules]]
when = { column = "InvoiceNo", matches = "^C9", blank = false }
set = { kind = "adjustment" }
[[skip]]
when = { column = "Unit Price", less_than = "0" }
[join]
file = "List of Orders.csv"
on = "OrderID"
"#;

fn record(text: &str) -> Record {
    let mut reader = Reader::new(Source::from_bytes(text.as_bytes().to_vec()), b',', Limits::default());
    let mut record = Record::default();
    reader.next(&mut record).expect("readable");
    record
}

fn header(names: &[&str]) -> Vec<String> {
    names.iter().map(|n| (*n).to_owned()).collect()
}

#[test]
fn the_example_is_read_and_written_back() {
    let mapping = Mapping::parse(EXAMPLE).expect("valid");
    assert_eq!(mapping.columns.get("attributes.landing_page").map(String::as_str), Some("Landing Page"));
    assert_eq!(mapping.columns.get("attributes.colour").map(String::as_str), Some("Colour"));
    assert_eq!(mapping.value("product", "GTXPro"), "GTX Pro");
    assert_eq!(mapping.value("product", "MG Special"), "MG Special");
    assert_eq!(mapping.unknown_people, UnknownPeople::Reject);
    assert_eq!(Mapping::parse(&mapping.to_toml()), Ok(mapping));
}

#[test]
fn a_bad_mapping_names_the_line() {
    let fault = Mapping::parse("kind = \"deals\"\nwho_knows = 1\n").expect_err("unknown key");
    assert_eq!((fault.code, fault.line), (Code::BadMapping, Some(2)));
    assert!(fault.args.iter().any(|(_, text)| text.contains("who_knows")));
    assert!(Mapping::parse("date_order = \"ydm\"").is_err());
    assert!(Mapping::parse("decimal = \"x\"").is_err());
    assert!(Mapping::parse("delimiter = \"\\\"\"").is_err());
    assert!(Mapping::parse("[[[").is_err());
}

#[test]
fn rules_in_order_and_skips() {
    let mapping = Mapping::parse(EXAMPLE).expect("valid");
    let compiled = Compiled::new(&mapping, &header(&["InvoiceNo", "UnitPrice"])).expect("columns are there");
    let kind = |text: &str| compiled.set("kind", Raw::plain(&record(text))).map(str::to_owned);
    assert_eq!(kind("536365,1"), None);
    assert_eq!(kind("C536365,1"), Some("return".to_owned()));
    assert_eq!(kind("C936365,1"), Some("adjustment".to_owned()));
    let skips = |text: &str| compiled.skips(Raw::plain(&record(text))).map_err(|f| (f.code, f.line, f.column));
    assert_eq!(skips("1,-11062.06"), Ok(true));
    assert_eq!(skips("1,\"-11,062.06\""), Ok(true), "with thousands marks");
    assert_eq!(skips("1,€ -5"), Ok(true), "with a currency");
    assert_eq!(skips("1,0"), Ok(false));
    assert_eq!(skips("1,"), Ok(false), "a blank is not below anything");
    assert_eq!(skips("1,abc"), Err((Code::NotComparable, Some(1), Some("Unit Price".into()))));
    assert_eq!(Compiled::new(&mapping, &header(&["x"])).map_err(|f| f.code).err(), Some(Code::ColumnNotInFile));
}

#[test]
fn comparisons_read_as_the_column_is_read() {
    let skips = |decimal: &str, condition: &str, value: &str| {
        let mapping =
            Mapping::parse(&format!("{decimal}\n[[skip]]\nwhen = {{ column = \"a\", {condition} }}")).unwrap();
        let compiled = Compiled::new(&mapping, &header(&["a", "b"])).map_err(|f| f.code)?;
        compiled.skips(Raw::plain(&record(&format!("\"{value}\",x")))).map_err(|f| f.code)
    };
    let (comma, below) = ("decimal = \",\"", "less_than = \"0\"");
    assert_eq!(skips(comma, below, "-5,00"), Ok(true));
    assert_eq!(skips(comma, below, "-1.234,50"), Ok(true));
    assert_eq!(skips("", below, "-5,00"), Ok(true), "one reading only");
    assert_eq!(skips(comma, "greater_than = \"1000\"", "1.234"), Ok(true));
    assert_eq!(skips("decimal = \".\"", "greater_than = \"1000\"", "1.234"), Ok(false));
    assert_eq!(skips("", "greater_than = \"1000\"", "1.234"), Err(Code::AmbiguousNumber), "asked, not guessed");
    assert_eq!(skips("decimal = \".\"", below, "-5,00"), Err(Code::NotComparable), "not as the column is written");
    let between = "greater_than = \"-10\", less_than = \"0\"";
    assert_eq!((skips(comma, between, "-9,5"), skips(comma, between, "-10")), (Ok(true), Ok(false)));
    // What the rest of the condition excludes needs no comparison.
    assert_eq!(skips("", "starts_with = \"-\", less_than = \"0\"", "total"), Ok(false));
    let early = "less_than = \"2018-02-01\"";
    assert_eq!(skips("date_order = \"dmy\"", early, "31/01/2018"), Ok(true));
    assert_eq!(skips("", early, "2018-02-01 08:00"), Ok(false));
    assert_eq!(skips("", early, "01/02/2018"), Err(Code::AmbiguousDate));
    assert_eq!(skips("", "less_than = \"0,5\"", "1"), Err(Code::BadLimit), "a limit is written with a point");
    assert_eq!(skips("", "less_than = \"nothing\"", "1"), Err(Code::BadLimit));
}

#[test]
fn a_rule_that_cannot_compare_refuses_the_row() {
    let text = "[[rules]]\nwhen = { column = \"a\", less_than = \"0\" }\nset = { kind = \"return\" }";
    let compiled = Compiled::new(&Mapping::parse(text).unwrap(), &header(&["a", "b"])).unwrap();
    let check = |text: &str| compiled.check(Raw::plain(&record(text))).map_err(|f| f.code);
    assert_eq!(
        (check("-1,x"), check("n/a,x"), check("\"1,234\",x")),
        (Ok(()), Err(Code::NotComparable), Err(Code::AmbiguousNumber))
    );
}

#[test]
fn a_bad_pattern_is_refused() {
    let mapping = Mapping::parse("[[skip]]\nwhen = { column = \"a\", matches = \"(\" }").expect("valid toml");
    assert_eq!(Compiled::new(&mapping, &header(&["a"])).map_err(|f| f.code).err(), Some(Code::BadPattern));
}

#[test]
fn columns_are_found_exactly_or_without_doubt() {
    let names = header(&["Close Date", "close_date", "Amount", "Owner Name"]);
    assert_eq!(find_column(&names, "close_date"), Ok(Some(1)));
    assert_eq!(find_column(&names, "CLOSE DATE").map_err(|f| f.code), Err(Code::AmbiguousColumn));
    assert_eq!(find_column(&names, "owner_name"), Ok(Some(3)));
    assert_eq!(find_column(&names, "nothing"), Ok(None));
}

#[test]
fn a_source_is_recognised_by_its_names() {
    assert_eq!(fingerprint(&header(&["Close Date", "A"])), fingerprint(&header(&["close_date", "a"])));
    assert_ne!(fingerprint(&header(&["a", "b"])), fingerprint(&header(&["ab"])));
}
