//! Rows, quotes, lines and lengths.

use proptest::prelude::*;

use super::*;

type Row = (u64, Vec<String>);

fn rows_with(text: &[u8], delimiter: u8, limits: Limits) -> Result<Vec<Row>, Fault> {
    let mut reader = Reader::new(Source::from_bytes(text.to_vec()), delimiter, limits);
    let (mut record, mut rows) = (Record::default(), Vec::new());
    while reader.next(&mut record)? {
        rows.push((record.line(), record.iter().map(str::to_owned).collect()));
    }
    Ok(rows)
}

fn rows(text: &str) -> Vec<Row> {
    rows_with(text.as_bytes(), b',', Limits::default()).expect("readable")
}

fn row(line: u64, fields: &[&str]) -> Row {
    (line, fields.iter().map(|f| (*f).to_owned()).collect())
}

#[test]
fn plain_rows_with_any_line_end() {
    for text in ["a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2"] {
        assert_eq!(rows(text), [row(1, &["a", "b"]), row(2, &["1", "2"])], "{text:?}");
    }
}

#[test]
fn quotes_delimiters_and_line_breaks_inside_fields() {
    let text = "a,b\n\"x, y\",\"two\nlines\"\n\"say \"\"hi\"\"\",5\" disk\nlast,\"\"\n";
    let expected = [
        row(1, &["a", "b"]),
        row(2, &["x, y", "two\nlines"]),
        row(4, &["say \"hi\"", "5\" disk"]),
        row(5, &["last", ""]),
    ];
    assert_eq!(rows(text), expected);
    assert_eq!(rows("a\r\n\"x\r\ny\"\r\nz\r\n")[2], row(4, &["z"]));
}

#[test]
fn blank_lines_are_passed_over_and_counted() {
    assert_eq!(rows("\n\r\n  \na,b\n,\n\n1,2\n , \n"), [row(4, &["a", "b"]), row(7, &["1", "2"])]);
    assert_eq!(rows(""), []);
    assert_eq!(rows("\n\n"), []);
}

#[test]
fn empty_fields_at_the_ends_are_kept() {
    assert_eq!(rows("a,,\n,,c\n,\"\"\n"), [row(1, &["a", "", ""]), row(2, &["", "", "c"])]);
    assert_eq!(rows("a,b,"), [row(1, &["a", "b", ""])]);
}

#[test]
fn faults_name_their_line() {
    let fault = |text: &[u8], limits| rows_with(text, b',', limits).map_err(|f| (f.code, f.line)).expect_err("fault");
    let usual = Limits::default();
    assert_eq!(fault(b"a\n\"open,1\n2,3\n", usual), (Code::OpenQuote, Some(2)));
    assert_eq!(fault(b"a\nb\n1\x00\n", usual), (Code::NulByte, Some(3)));
    let tight = Limits { field: 4, record: 6, columns: 3, ..usual };
    assert_eq!(fault(b"a\n12345\n", tight), (Code::FieldTooLong, Some(2)));
    assert_eq!(fault(b"a\n123,456,789\n", tight), (Code::RecordTooLong, Some(2)));
    assert_eq!(fault(b"a\n1,2,3,4\n", tight), (Code::TooManyColumns, Some(2)));
}

#[test]
fn a_line_of_a_gigabyte_stops_early() {
    let endless = vec![b'x'; 3 << 20];
    let fault = rows_with(&endless, b',', Limits::default()).expect_err("too long");
    assert_eq!(fault.code, Code::FieldTooLong);
}

#[test]
fn delimiters_are_found() {
    let sniff = |text: &str| {
        let mut source = Source::from_bytes(text.as_bytes().to_vec());
        char::from(sniff_delimiter(&mut source, &Limits::default()).expect("readable"))
    };
    assert_eq!(sniff("a,b,c\n1,2,3\n"), ',');
    assert_eq!(sniff("a;b;c\n1;2,5;3\n4;5,5;6\n"), ';');
    assert_eq!(sniff("a\tb\n1,2\t3\n"), '\t');
    assert_eq!(sniff("a|b\n1|2\n"), '|');
    assert_eq!(sniff("a;b\n\"1;1\";2\n"), ';');
    assert_eq!(sniff("name\nAnn\nBob\n"), ',');
    assert_eq!(sniff("a;b"), ';');
}

#[test]
fn a_header_is_told_from_data() {
    let cells = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
    assert!(!looks_like_data(&cells(&["opportunity_id", "Close Date", "Q1 2020", ""])));
    assert!(looks_like_data(&cells(&["A1", "2017-01-01", "x"])));
    assert!(looks_like_data(&cells(&["Ann", "ann@example.com"])));
    assert!(looks_like_data(&cells(&["Ann", "12,50"])));
}

proptest! {
    #[test]
    fn any_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), delimiter in 0usize..4) {
        let delimiter = [b',', b';', b'\t', b'|'][delimiter];
        let _ = rows_with(&bytes, delimiter, Limits { field: 50, record: 90, columns: 9, ..Limits::default() });
    }

    #[test]
    fn what_is_written_is_read_back(table in proptest::collection::vec(
        proptest::collection::vec("[a-z,;\"\n\r é]{0,6}", 2..5), 1..6)) {
        let quoted = |f: &String| format!("\"{}\"", f.replace('"', "\"\""));
        let text: String = table.iter().map(|r| r.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n").collect();
        let read: Vec<Vec<String>> = rows(&text).into_iter().map(|(_, r)| r).collect();
        let expected: Vec<_> = table.iter().filter(|r| !r.concat().trim().is_empty()).cloned().collect();
        prop_assert_eq!(read, expected);
    }
}
