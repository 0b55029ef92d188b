//! Rows of deals, good and bad.

use super::*;
use crate::import::bind::Bound;
use crate::import::csv::{Raw, Reader, Record};
use crate::import::kind::Kind;
use crate::import::mapping::Mapping;
use crate::import::source::{Limits, Source};

const MAPPING: &str = r#"
currency = "USD"
[columns]
external_id = "id"
person = "who"
status = "state"
engaged_on = "from"
closed_on = "to"
amount = "value"
probability = "chance"
product = "product"
[values.status]
Won = "won"
Engaging = "open"
[values.product]
GTXPro = "GTX Pro"
[values.person]
B = "Bob"
[constants]
source = "import"
"#;

fn read_with(mapping: &str, row: &str) -> Result<DealRow, Fault> {
    let header: Vec<String> = "id|who|state|from|to|value|chance|product".split('|').map(str::to_owned).collect();
    let mapping = Mapping::parse(mapping).expect("valid mapping");
    let bound = Bound::new(Kind::Deals, &mapping, &header).expect("fits");
    let mut reader = Reader::new(Source::from_bytes(row.as_bytes().to_vec()), b'|', Limits::default());
    let mut record = Record::default();
    assert!(reader.next(&mut record).expect("readable"));
    read(bound.row(Raw::plain(&record)))
}

fn code(row: &str) -> (Code, String) {
    let fault = read_with(MAPPING, row).expect_err(row);
    (fault.code, fault.column.unwrap_or_default())
}

#[test]
fn columns_stand_where_the_reader_looks() {
    let name = |i: usize| COLUMNS.get(i).map(|c| c.name);
    assert_eq!(name(EXTERNAL_ID), Some("external_id"));
    assert_eq!(name(CURRENCY), Some("currency"));
    assert_eq!((name(ACCOUNT), name(LOST_REASON)), (Some("account"), Some("lost_reason")));
    assert_eq!((name(PROPOSAL_TEMPLATE), name(DISCOUNT)), (Some("proposal_template"), Some("discount_pct")));
    assert_eq!((name(PROBABILITY), name(COUNTRY)), (Some("probability"), Some("country")));
}

#[test]
fn a_whole_row() {
    let deal = read_with(MAPPING, "0012|Ann|Won|2017-01-01|2017-03-01|1054.0000005|80%|GTXPro").expect("good");
    assert_eq!((deal.external_id.as_str(), deal.status, deal.line), ("0012", 1, 1));
    assert_eq!(deal.credit, [("Ann".to_owned(), 1_000_000)]);
    assert_eq!((deal.amount, deal.rounded), (Some(Micros(1_054_000_000)), true));
    assert_eq!(deal.currency, Some(Currency::USD));
    assert_eq!(deal.probability, Some(Micros(800_000)));
    assert_eq!(deal.texts, [None, Some("GTX Pro".into()), None, Some("import".into()), None, None, None]);
}

#[test]
fn open_deals_may_lack_nearly_everything_and_forecast() {
    assert!(read_with(MAPPING, "1|Ann|Engaging||||0|").is_ok());
    let deal = read_with(MAPPING, "1|Ann|OPEN|2017-05-01|2017-03-01|||").expect("a forecast is no closing");
    assert_eq!(deal.closed_on.map(|d| d.to_string()).as_deref(), Some("2017-03-01"));
}

#[test]
fn split_credit() {
    let credit = |text: &str| read_with(MAPPING, &format!("1|{text}|open|||||")).map(|d| d.credit);
    assert_eq!(credit("Ann=60;B=40"), Ok(vec![("Ann".into(), 600_000), ("Bob".into(), 400_000)]));
    assert_eq!(credit("Ann = 33.3333; Bob = 66.6667 %").map(|c| c.len()), Ok(2));
    let bad = |text: &str| credit(text).map_err(|f| f.code).expect_err(text);
    assert_eq!(bad("Ann=60;Bob=50"), Code::CreditSum);
    assert_eq!(bad("Ann=60;Bob"), Code::BadCredit);
    assert_eq!(bad("Ann=50;Ann=50"), Code::BadCredit);
    assert_eq!(bad("Ann=150;Bob=-50"), Code::BadCredit);
    assert_eq!(bad("Ann=x;Bob=1"), Code::BadCredit);
    assert_eq!(bad("=100"), Code::BadCredit);
}

#[test]
fn what_is_wrong_names_its_column() {
    let expected = |code, column: &str| (code, column.to_owned());
    assert_eq!(code("|Ann|Won|2017-01-01|2017-03-01|1||"), expected(Code::Blank, "external_id"));
    assert_eq!(code("1||Won|2017-01-01|2017-03-01|1||"), expected(Code::Blank, "person"));
    assert_eq!(code("1|Ann|Pending|||||"), expected(Code::UnknownValue, "status"));
    assert_eq!(code("1|Ann|Won||soon|1||"), expected(Code::BadDate, "closed_on"));
    assert_eq!(code("1|Ann|Won||03/04/2017|1||"), expected(Code::AmbiguousDate, "closed_on"));
    assert_eq!(code("1|Ann|Won|||1||"), expected(Code::ClosedOnMissing, "closed_on"));
    assert_eq!(code("1|Ann|Won|2017-03-02|2017-03-01|1||"), expected(Code::ClosedBeforeStart, "closed_on"));
    assert_eq!(code("1|Ann|open|||12,5x||"), expected(Code::BadNumber, "amount"));
    assert_eq!(code("1|Ann|open|||1.234||"), expected(Code::AmbiguousNumber, "amount"));
    assert_eq!(code("1|Ann|open|||€5||"), expected(Code::BadCurrency, "amount"));
    assert_eq!(code("1|Ann|open||||0.8|"), expected(Code::AmbiguousPercent, "probability"));
    assert_eq!(code("1|Ann|open||||140|"), expected(Code::OutOfRange, "probability"));
    assert_eq!(code(&format!("1|Ann|open|||||{}", "x".repeat(501))), expected(Code::TextTooLong, "product"));
    assert_eq!(code("1|Ann|open|||||a\u{7}b"), expected(Code::ControlCharacter, "product"));
}

#[test]
fn a_currency_must_be_one() {
    let mapping = MAPPING.replace("\"USD\"", "\"dollars\"");
    assert_eq!(read_with(&mapping, "1|Ann|open|||5||").map_err(|f| f.code), Err(Code::BadCurrency));
}
