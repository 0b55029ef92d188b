//! Files of every encoding, and files that are none.

use super::*;
use std::io::Write as _;

fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("temporary file");
    file.write_all(bytes).expect("written");
    file
}

fn read(bytes: &[u8]) -> Result<(String, &'static str), Fault> {
    let file = file(bytes);
    let limits = Limits::default();
    let probe = probe(file.path(), None, &limits)?;
    let mut source = open(file.path(), &probe, &limits)?;
    let (mut all, mut piece) = (Vec::new(), Vec::new());
    loop {
        source.fill(&mut piece)?;
        if piece.is_empty() {
            break;
        }
        all.extend_from_slice(&piece);
    }
    Ok((String::from_utf8(all).expect("text is UTF-8"), probe.encoding.name()))
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).expect("compressed");
    out.finish().expect("finished")
}

#[test]
fn encodings_are_found() {
    let text = "naam,bedrag\nZoë,€ 12\n";
    let marked = |mark: &[u8], body: Vec<u8>| [mark.to_vec(), body].concat();
    let cases = [
        (text.as_bytes().to_vec(), "UTF-8"),
        (marked(b"\xEF\xBB\xBF", text.as_bytes().to_vec()), "UTF-8"),
        (marked(b"\xFF\xFE", utf16(text, false)), "UTF-16LE"),
        (marked(b"\xFE\xFF", utf16(text, true)), "UTF-16BE"),
        (utf16(text, false), "UTF-16LE"),
        (utf16(text, true), "UTF-16BE"),
        (b"naam,bedrag\nZo\xEB,\x80 12\n".to_vec(), "windows-1252"),
        (gzip(text.as_bytes()), "UTF-8"),
    ];
    for (bytes, encoding) in cases {
        assert_eq!(read(&bytes), Ok((text.to_owned(), encoding)));
    }
}

#[test]
fn one_late_byte_makes_it_windows_1252() {
    let mut bytes = b"a,b\n".repeat(100_000);
    bytes.extend_from_slice(b"caf\xE9,\x92s\n");
    let (text, encoding) = read(&bytes).expect("readable");
    assert_eq!(encoding, "windows-1252");
    assert!(text.ends_with("café,’s\n"));
}

#[test]
fn two_encodings_in_one_file_are_said() {
    let bytes = ["é,ü,ö\n".repeat(20).into_bytes(), b"caf\xE9\n".to_vec()].concat();
    let fault = read(&bytes).expect_err("mixed");
    assert_eq!((fault.code, fault.line), (Code::MixedEncoding, Some(21)));
    // However few there are of either: one damaged byte does not turn the rest into mojibake.
    for text in ["Zoë,1\n", "€ 5\n", "Łódź\n", "\u{feff}a,b\n"] {
        let bytes = [text.as_bytes(), b"caf\xE9,na\xEFve,\x80\n"].concat();
        assert_eq!(read(&bytes).map_err(|f| (f.code, f.line)), Err((Code::MixedEncoding, Some(2))), "{text}");
    }
}

#[test]
fn what_windows_1252_holds_by_chance_is_no_utf8() {
    // `É”` are the bytes C9 94, which are a letter in UTF-8.
    let bytes = [b"\x93CAF\xC9\x94\n".to_vec(), b"\xE9t\xE9,\x92s,na\xEFve\n".repeat(10)].concat();
    let (text, encoding) = read(&bytes).expect("readable");
    assert_eq!(encoding, "windows-1252");
    assert!(text.starts_with("“CAFÉ”\nété,’s,naïve\n"));
}

#[test]
fn what_is_no_text_is_refused() {
    let code = |bytes: &[u8]| read(bytes).map(|_| ()).map_err(|f| (f.code, f.line));
    assert_eq!(code(b"a,b\n1,\x00\n"), Err((Code::NulByte, Some(2))));
    assert_eq!(code(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1]), Err((Code::Spreadsheet, None)), "an old workbook");
    assert_eq!(code(&gzip(b"PK\x03\x04rest")), Err((Code::Spreadsheet, None)));
    assert_eq!(code(b"\x89PNG\r\n\x1a\n"), Err((Code::Binary, None)));
    assert_eq!(code(&[0x1f, 0x8b, 8, 0, 1, 2, 3]), Err((Code::BadGzip, None)));
}

#[test]
fn a_bomb_is_stopped() {
    let bytes = gzip(&vec![b'a'; 20 << 20]);
    assert_eq!(read(&bytes).map_err(|f| f.code), Err(Code::Bomb));
}

#[test]
fn a_wanted_encoding_is_kept_or_refused() {
    let file = file(b"caf\xE9");
    let limits = Limits::default();
    assert_eq!(probe(file.path(), Some("utf-8"), &limits).map_err(|f| f.code).err(), Some(Code::BadEncoding));
    assert_eq!(probe(file.path(), Some("latin1"), &limits).expect("fine").encoding.name(), "windows-1252");
    assert_eq!(probe(file.path(), Some("klingon"), &limits).map_err(|f| f.code).err(), Some(Code::UnknownEncoding));
}
