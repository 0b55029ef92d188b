//! What files look like, and that nothing in them can run.

use tokio::sync::mpsc::channel;

use super::*;

fn head() -> Head {
    Head {
        name: "Deals [2017Q2]".to_owned(),
        about: vec![("Organisation".to_owned(), Cell::text("=Acme")), ("Made".to_owned(), Cell::text("2017-07-01"))],
        columns: vec!["deal".to_owned(), "day".to_owned(), "amount".to_owned()],
        cut: "There are more rows.".to_owned(),
    }
}

fn file(format: Format, locale: Locale, pieces: Vec<Piece>) -> io::Result<Vec<u8>> {
    let (give, take) = channel(pieces.len().max(1));
    for piece in pieces {
        give.try_send(piece).expect("room");
    }
    drop(give);
    let (out, mut came) = channel(10_000);
    stream(format, locale, &head(), take, out);
    let mut bytes = Vec::new();
    while let Ok(piece) = came.try_recv() {
        bytes.extend_from_slice(&piece?);
    }
    Ok(bytes)
}

fn row(text: &str, number: &str) -> Vec<Cell> {
    vec![Cell::text(text), Cell::day(Date::from_ymd(2017, 4, 1).ok()), Cell::Number(number.to_owned())]
}

#[test]
fn csv_in_both_languages() {
    let rows = || vec![Piece::Rows(vec![row("A;1", "-1234.50"), row("say \"hi\", you", "3")]), Piece::End];
    let text = |locale| String::from_utf8(file(Format::Csv, locale, rows()).expect("written")).expect("text");
    assert_eq!(
        text(Locale::Nl),
        "\u{feff}Organisation;'=Acme\r\nMade;2017-07-01\r\n\r\ndeal;day;amount\r\n\
         \"A;1\";2017-04-01;-1234,50\r\n\"say \"\"hi\"\", you\";2017-04-01;3\r\n"
    );
    assert!(text(Locale::En).ends_with("A;1,2017-04-01,-1234.50\r\n\"say \"\"hi\"\", you\",2017-04-01,3\r\n"));
}

#[test]
fn no_text_runs_and_no_number_is_marked() {
    for (text, safe) in [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "\"'\t=1\""),
        ("\r=1", "\"'\r=1\""),
        ("-5", "-5"),
        ("-1.234,56", "\"-1.234,56\""),
        ("+31 6 12345678", "'+31 6 12345678"),
        ("plain", "plain"),
        (" =1", "\" =1\""),
    ] {
        let mut out = Vec::new();
        write_names(&mut out, Locale::En, &["t".to_owned()]).expect("written");
        write_rows(&mut out, Locale::En, &[vec![Cell::text(text)]]).expect("written");
        let written = String::from_utf8(out).expect("text");
        assert_eq!(written, format!("\u{feff}t\r\n{safe}\r\n"), "{text:?}");
    }
}

#[test]
fn a_workbook_has_typed_cells() {
    use calamine::{Data, DataType as _, Reader as _, Xlsx};
    let pieces = vec![Piece::Rows(vec![row("=1+1", "-1234.50")]), Piece::Cut];
    let bytes = file(Format::Xlsx, Locale::Nl, pieces).expect("written");
    let mut book = Xlsx::new(io::Cursor::new(bytes)).expect("a workbook");
    let name = book.sheet_names().first().cloned().expect("a sheet");
    assert_eq!(name, "Deals 2017Q2");
    let range = book.worksheet_range(&name).expect("cells");
    let cell = |row, column| range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    assert_eq!(cell(0, 1), Data::String("=Acme".to_owned()));
    assert_eq!(cell(3, 2), Data::String("amount".to_owned()));
    assert_eq!(cell(4, 0), Data::String("=1+1".to_owned()));
    assert!(matches!(cell(4, 1), Data::DateTime(day) if day.to_ymd_hms_milli() == (2017, 4, 1, 0, 0, 0, 0)));
    assert_eq!(cell(4, 2).get_float(), Some(-1234.5));
    assert_eq!(cell(5, 0), Data::String("There are more rows.".to_owned()));
}

#[test]
fn a_file_that_cannot_be_completed_does_not_look_complete() {
    for format in [Format::Csv, Format::Xlsx] {
        let pieces = vec![Piece::Rows(vec![row("a", "1")])];
        assert!(file(format, Locale::En, pieces).is_err());
    }
}
