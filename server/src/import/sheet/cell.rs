//! A cell of a worksheet as text: ISO dates, numbers without artefacts of binary fractions.

use std::borrow::Cow;

use calamine::{DataRef, ExcelDateTime};

use crate::import::csv::Nature;

/// The text of a cell and what it is; `None` if the cell is empty.
pub(super) fn text<'a>(cell: &'a DataRef<'_>) -> Option<(Cow<'a, str>, Nature)> {
    let (text, nature) = match cell {
        DataRef::Empty => return None,
        DataRef::String(text) => (Cow::from(text.as_str()), Nature::Written),
        DataRef::SharedString(text) => (Cow::from(*text), Nature::Written),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (Cow::from(text.as_str()), Nature::Written),
        DataRef::Int(number) => (Cow::from(number.to_string()), Nature::Exact),
        DataRef::Float(number) => (Cow::from(float(*number)), Nature::Exact),
        DataRef::Bool(yes) => (Cow::from(yes.to_string()), Nature::Exact),
        DataRef::DateTime(moment) => (Cow::from(date_time(*moment)), Nature::Exact),
        DataRef::Error(error) => (Cow::from(error.to_string()), Nature::Error),
    };
    Some((text, nature))
}

/// Fifteen digits are what a spreadsheet keeps of what was typed; the rest is noise of binary fractions.
fn float(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    // Without the sign of a zero.
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// A day, with its time unless that is midnight; a time alone as hours, minutes and seconds.
fn date_time(moment: ExcelDateTime) -> String {
    let days = moment.as_f64();
    if moment.is_duration() || (0.0..1.0).contains(&days) {
        let seconds = (days * 86_400.0).round();
        let (hours, rest) = ((seconds / 3_600.0).trunc(), (seconds % 3_600.0).abs());
        return format!("{hours}:{:02}:{:02}", (rest / 60.0).trunc(), rest % 60.0);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") }
}
