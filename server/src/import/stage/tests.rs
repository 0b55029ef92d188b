//! Bad files: what becomes of each row, with the exact code and line.

use std::io::Write as _;
use std::sync::Arc;

use app::i18n::Locale;
use domain::Date;
use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::NamedTempFile;

use super::*;
use crate::import::mapping::Mapping;
use crate::import::report::{Mode, Org, Progress, Who};
use crate::import::source::Limits;

const DEALS: &str = r#"
currency = "EUR"
[columns]
external_id = "id"
person = "who"
status = "status"
closed_on = "closed"
amount = "amount"
product = "product"
"#;
const HEAD: &str = "id,who,status,closed,amount,product\n";

/// What became of a file.
#[derive(Debug, Default)]
struct Outcome {
    deals: Vec<DealRow>,
    facts: Vec<Fact>,
    faults: Vec<(Option<u64>, Code)>,
    columns: Vec<String>,
    /// Whether the file as a whole was refused.
    refused: bool,
}

fn read_bytes(kind: Kind, mapping: &str, bytes: &[u8]) -> Outcome {
    let mut file = NamedTempFile::new().expect("temporary file");
    file.write_all(bytes).expect("written");
    read_named(kind, mapping, &file)
}

fn read_named(kind: Kind, mapping: &str, file: &NamedTempFile) -> Outcome {
    let request = Request {
        org: Org { id: 1, currency: "EUR".into() },
        kind,
        path: file.path().to_owned(),
        file_name: "file.csv".into(),
        mapping: Mapping::parse(mapping).expect("mapping"),
        beside: file.path().to_owned(),
        mode: Mode::Upsert,
        accept_valid: true,
        dry_run: true,
        who: Who { user_id: None, via: "cli", people: None },
        locale: Locale::En,
        import_id: None,
        limits: Limits::default(),
        progress: Arc::new(Progress::default()),
    };
    let (out, mut batches) = tokio::sync::mpsc::channel(1_000);
    read(&request, "UTC", &out);
    drop(out);
    let mut found = Outcome::default();
    let mut note = |all: Vec<Fault>| {
        for fault in all {
            found.faults.push((fault.line, fault.code));
            found.columns.extend(fault.column);
        }
    };
    let (mut deals, mut facts, mut refused) = (Vec::new(), Vec::new(), false);
    while let Ok(batch) = batches.try_recv() {
        match batch {
            Batch::Head(_) => {}
            Batch::Refused(faults) => {
                refused = true;
                note(faults);
            }
            Batch::Rows { typed, faults, .. } => {
                note(faults);
                match typed {
                    Typed::Deals(rows) => deals.extend(rows),
                    Typed::Facts(rows) => facts.extend(rows),
                    Typed::People(_) => {}
                }
            }
        }
    }
    Outcome { deals, facts, refused, ..found }
}

fn deals(text: &str) -> Outcome {
    read_bytes(Kind::Deals, DEALS, format!("{HEAD}{text}").as_bytes())
}

fn micros(found: &Outcome) -> Vec<i64> {
    found.deals.iter().map(|deal| deal.amount.map_or(-1, |a| a.0)).collect()
}

#[test]
fn one_in_a_hundred_is_bad() {
    let rows: String = (1..=20_000)
        .map(|i| format!("D{i},Ann,won,2017-03-01,{},X\n", if i % 100 == 0 { "12.5x".into() } else { i.to_string() }))
        .collect();
    let found = deals(&rows);
    let expected: Vec<_> = (1..=200).map(|i| (Some(i * 100 + 1), Code::BadNumber)).collect();
    assert_eq!((found.faults, found.deals.len(), found.refused), (expected, 19_800, false));
    assert!(found.columns.iter().all(|column| column == "amount"));
}

#[test]
fn ten_thousand_columns() {
    let wide = (0..10_000).map(|i| format!("c{i}")).collect::<Vec<_>>().join(",");
    let found = read_bytes(Kind::Deals, DEALS, format!("{wide}\n").as_bytes());
    assert_eq!((found.faults, found.refused), (vec![(Some(1), Code::TooManyColumns)], true));
    let found = deals(&format!("D1,Ann,won,2017-03-01,1,X\n{wide}\n"));
    assert_eq!((found.faults.last(), found.refused), (Some(&(Some(3), Code::TooManyColumns)), true));
}

#[test]
fn a_line_of_a_gigabyte() {
    let mut file = NamedTempFile::new().expect("temporary file");
    let pack = |text: &[u8]| {
        let mut out = GzEncoder::new(Vec::new(), Compression::fast());
        out.write_all(text).expect("written");
        out.finish().expect("written")
    };
    // Gzip files one behind the other are one: the piece is packed once.
    let piece = pack(&vec![b'x'; 1 << 20]);
    file.write_all(&pack(HEAD.as_bytes())).expect("written");
    for _ in 0..1 << 10 {
        file.write_all(&piece).expect("written");
    }
    assert!(file.path().metadata().expect("size").len() < 10 << 20, "it is nowhere as a whole");
    let found = read_named(Kind::Deals, DEALS, &file);
    assert_eq!((found.faults, found.refused), (vec![(Some(2), Code::RecordTooLong)], true));
}

#[test]
fn bytes_that_are_no_text() {
    let found = deals("D1,Ann,won,2017-03-01,1,X\nD2,A\0nn,won,2017-03-01,1,X\n");
    assert_eq!((found.faults, found.refused), (vec![(Some(3), Code::NulByte)], true));
    let utf16: Vec<u8> =
        format!("{HEAD}D1,Zoë,won,2017-03-01,1,\0\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read_bytes(Kind::Deals, DEALS, &utf16).faults, [(Some(2), Code::NulByte)]);
}

#[test]
fn utf_16_with_and_without_its_mark() {
    let text = format!("{HEAD}D1,Zoë,won,2017-03-01,\"1,5\",€\nD2,Zoë,won,x,1,X\n");
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in
        [[b"\xFF\xFE".to_vec(), little.clone()].concat(), [b"\xFE\xFF".to_vec(), big.clone()].concat(), little, big]
    {
        let found = read_bytes(Kind::Deals, DEALS, &bytes);
        assert_eq!(found.faults, [(Some(3), Code::BadDate)]);
        assert_eq!((found.deals[0].texts[1].as_deref(), micros(&found)), (Some("€"), vec![1_500_000]));
    }
}

#[test]
fn windows_1252_with_its_odd_bytes() {
    let mut bytes = HEAD.as_bytes().to_vec();
    for (line, byte) in (0x80..=0x9Fu8).enumerate() {
        bytes.extend_from_slice(format!("D{line},Ann,won,2017-03-01,1,a").as_bytes());
        bytes.extend_from_slice(&[byte, b'\n']);
    }
    let found = read_bytes(Kind::Deals, DEALS, &bytes);
    // Five bytes mean nothing: they are said, not kept as something invisible.
    let undefined = [0x81u64, 0x8D, 0x8F, 0x90, 0x9D].map(|byte| (Some(byte - 0x80 + 2), Code::ControlCharacter));
    assert_eq!(found.faults, undefined);
    assert!(found.columns.iter().all(|column| column == "product"));
    let products: String = found.deals.iter().filter_map(|d| d.texts[1].as_deref()?.chars().nth(1)).collect();
    assert_eq!(products, "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ");
}

#[test]
fn two_encodings_in_one_file() {
    let mut bytes = HEAD.as_bytes().to_vec();
    for line in 0..20 {
        bytes.extend_from_slice(format!("D{line},Zoë,won,2017-03-01,1,é\n").as_bytes());
    }
    bytes.extend_from_slice(b"D20,Zo\xEB,won,2017-03-01,1,X\n");
    let found = read_bytes(Kind::Deals, DEALS, &bytes);
    assert_eq!((found.faults, found.refused), (vec![(Some(22), Code::MixedEncoding)], true));
}

#[test]
fn lines_are_counted_through_blank_ragged_and_quoted_rows() {
    let found = deals(
        "D1,Ann,won,2017-03-01,1,\"two\nlines\"\n\n   \n,,,,,\nD2,Ann,won,2017-03-01,1\n\
         D3,Ann,won,2017-03-01,1,X,more\nD4,Ann,won,2017-03-01,bad,X\n",
    );
    assert_eq!(found.faults, [(Some(7), Code::Ragged), (Some(8), Code::Ragged), (Some(9), Code::BadNumber)]);
    assert_eq!(found.deals[0].texts[1].as_deref(), Some("two\nlines"));
}

#[test]
fn a_header_that_stands_elsewhere() {
    let text =
        format!("Report of March;;;;;\n;;;;;\n{}D1;Ann;won;2017-03-01;1;X\nD2;Ann;won;?;1;X\n", HEAD.replace(',', ";"));
    let found = read_bytes(Kind::Deals, &format!("header_row = 3\n{DEALS}"), text.as_bytes());
    assert_eq!((found.faults, found.deals.len()), (vec![(Some(5), Code::BadDate)], 1));
}

#[test]
fn columns_without_names_and_rows_of_delimiters_only() {
    let text = "id,who,status,closed,amount,product,Ro Mi,,\nD1,Ann,won,2017-03-01,1,X,,,\n,,,,,,,,\nD2,Ann,lost,2017-03-01,,,,,\n,,,,,,,,\n";
    let found = read_bytes(Kind::Deals, DEALS, text.as_bytes());
    assert_eq!((found.faults, found.deals.len()), (vec![], 2));
}

#[test]
fn amounts_as_people_write_them() {
    let found = deals(
        "D1,Ann,won,2017-03-01,\"€ 1.234,50\",X\nD2,Ann,won,2017-03-01,\"1.234.567,00\",X\nD3,Ann,won,2017-03-01,\"12,5\",X\n\
         D4,Ann,won,2017-03-01,-5 EUR,X\nD5,Ann,won,2017-03-01,1'234,X\nD6,Ann,won,2017-03-01,(7),X\nD7,Ann,won,2017-03-01,$ 3,X\n",
    );
    assert_eq!(found.faults, []);
    assert_eq!(
        micros(&found),
        [1_234_500_000, 1_234_567_000_000, 12_500_000, -5_000_000, 1_234_000_000, -7_000_000, 3_000_000]
    );
    // What nothing in the file decides is not guessed; another currency is not silently the same.
    let found = deals("D1,Ann,won,2017-03-01,1.234,X\nD2,Ann,won,2017-03-01,£ 5,X\nD3,Ann,won,2017-03-01,5 %,X\n");
    let unsure = [(Some(2), Code::AmbiguousNumber), (Some(3), Code::BadCurrency), (Some(4), Code::BadNumber)];
    assert_eq!((found.faults.as_slice(), found.deals.len()), (unsure.as_slice(), 0));
    // A number that can be no group of thousands decides for its column.
    assert_eq!(micros(&deals("D1,Ann,won,2017-03-01,0.001,X\nD2,Ann,won,2017-03-01,1.234,X\n")), [1_000, 1_234_000]);
}

#[test]
fn percentages() {
    let mapping = format!("{DEALS}probability = \"chance\"\ndiscount_pct = \"discount\"\n");
    let text = "id,who,status,closed,amount,product,chance,discount\nD1,Ann,open,,1,X,80 %,\"12,5%\"\nD2,Ann,open,,1,X,0.8,5\nD3,Ann,open,,1,X,120%,5\n";
    let found = read_bytes(Kind::Deals, &mapping, text.as_bytes());
    assert_eq!(found.faults, [(Some(3), Code::AmbiguousPercent), (Some(4), Code::OutOfRange)]);
    let first = found.deals.first().expect("a deal");
    assert_eq!((first.probability, first.discount), (Some(domain::Micros(800_000)), Some(domain::Micros(125_000))));
}

#[test]
fn dates_of_several_orders_are_reported_not_guessed() {
    let row = |id: u32, day: &str| format!("D{id},Ann,won,{day},1,X\n");
    let mixed = [row(1, "13/1/2017"), row(2, "2017-02-03"), row(3, "1/13/2017"), row(4, "3/4/2017")].concat();
    assert_eq!(deals(&mixed).faults, [2, 4, 5].map(|line| (Some(line), Code::MixedDates)));
    let open = [row(1, "3/4/2017"), row(2, "5/5/2017")].concat();
    assert_eq!(deals(&open).faults, [(Some(2), Code::AmbiguousDate)]);
    let decided = [row(1, "3/4/2017"), row(2, "31/12/2017")].concat();
    let found = deals(&decided);
    assert_eq!((found.faults, found.deals[0].closed_on), (vec![], Date::from_ymd(2017, 4, 3).ok()));
    let label = [row(1, "Apr-18"), row(2, "18-Apr"), row(3, "2018-04")].concat();
    assert_eq!(deals(&label).faults, [2, 3, 4].map(|line| (Some(line), Code::BadDate)));
}

#[test]
fn a_label_of_a_month_is_the_month() {
    let mapping = "[columns]\nmetric = \"m\"\nmonth = \"MonthofOrderDate\"\nvalue = \"Target\"";
    let found = read_bytes(
        Kind::Targets,
        mapping,
        "\u{feff}m,MonthofOrderDate,Target\nrevenue,Apr-18,12000\nrevenue,Apr-31x,5\n".as_bytes(),
    );
    assert_eq!((found.faults, found.facts.len()), (vec![(Some(3), Code::BadMonth)], 1));
}

#[test]
fn keys_stay_as_they_are_written() {
    let found = deals(
        "007,Ann,won,2017-03-01,1,X\n7,Ann,won,2017-03-01,1,X\n17850.0,Ann,won,2017-03-01,1,X\n1e5,Ann,won,2017-03-01,1,X\n007,Ann,won,2017-03-01,1,X\n",
    );
    let keys: Vec<&str> = found.deals.iter().map(|deal| deal.external_id.as_str()).collect();
    assert_eq!((keys, found.faults), (vec!["007", "7", "17850.0", "1e5"], vec![(Some(6), Code::DuplicateKey)]));
}
