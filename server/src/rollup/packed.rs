//! Sums as short text, made so that texts joined end to end are read as one: the database joins, this module adds up.
//!
//! Numbers are Base64 VLQ, as in source maps: digits of five bits, the lowest first, 32 added to all but the last; the
//! lowest bit of a number is its sign. A state is: stored number, count, unconverted, amount, how many pairs follow;
//! then pairs of days (each as the distance from the one before) and how many deals took them.

use super::{Entries, Sums};

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const NO_DIGIT: u8 = 255;
const VALUES: [u8; 256] = values();

const fn values() -> [u8; 256] {
    let mut all = [NO_DIGIT; 256];
    let mut digit = 0;
    while digit < 64 {
        all[DIGITS[digit] as usize] = digit as u8;
        digit += 1;
    }
    all
}

/// Sums as text; nothing when there are none.
pub fn pack(entries: &Entries) -> Option<String> {
    if entries.is_empty() {
        return None;
    }
    let mut text = String::new();
    for (status, sums) in entries.iter() {
        let pairs = i128::try_from(sums.cycles.len()).unwrap_or(i128::MAX);
        for number in [i128::from(*status), sums.count.into(), sums.unconverted.into(), sums.amount, pairs] {
            put(&mut text, number);
        }
        let mut before = 0;
        for (days, times) in &sums.cycles {
            put(&mut text, i128::from(*days) - before);
            put(&mut text, (*times).into());
            before = i128::from(*days);
        }
    }
    Some(text)
}

/// Adds a number.
pub(crate) fn put(text: &mut String, number: i128) {
    let mut rest = number.unsigned_abs() << 1 | u128::from(number < 0);
    loop {
        let digit = usize::try_from(rest & 31).unwrap_or(0);
        rest >>= 5;
        text.push(char::from(DIGITS[digit | if rest > 0 { 32 } else { 0 }]));
        if rest == 0 {
            return;
        }
    }
}

/// Reads texts joined end to end: each state with its sums, as often as it occurs; the days of each stand in order,
/// those of all do not. Nothing if the text is broken.
pub fn unpack(text: &str) -> Option<Vec<(i16, Sums)>> {
    let mut all = Vec::new();
    unpack_into(&mut all, text).map(|()| all)
}

/// Adds what a text says to what others said before it; see [`unpack`]. Nothing if the text is broken.
pub fn unpack_into(all: &mut Vec<(i16, Sums)>, text: &str) -> Option<()> {
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        let status = i16::try_from(short(&mut rest)?).ok()?;
        let at = all.iter().position(|(s, _)| *s == status).unwrap_or_else(|| {
            all.push((status, Sums::default()));
            all.len() - 1
        });
        let sums = &mut all[at].1;
        sums.count = sums.count.checked_add(short(&mut rest)?)?;
        sums.unconverted = sums.unconverted.checked_add(short(&mut rest)?)?;
        sums.amount = sums.amount.checked_add(long(&mut rest)?)?;
        let pairs = usize::try_from(short(&mut rest)?).ok().filter(|n| *n <= rest.len())?;
        sums.cycles.reserve(pairs);
        let mut days = 0i64;
        for _ in 0..pairs {
            days = days.checked_add(short(&mut rest)?)?;
            sums.cycles.push((i32::try_from(days).ok()?, short(&mut rest)?));
        }
    }
    Some(())
}

/// A number that fits 64 bits, as all but amounts do; most are one digit.
fn short(rest: &mut &[u8]) -> Option<i64> {
    if let [first, others @ ..] = rest
        && VALUES[usize::from(*first)] < 32
    {
        let bits = i64::from(VALUES[usize::from(*first)]);
        *rest = others;
        return Some(if bits & 1 == 1 { -(bits >> 1) } else { bits >> 1 });
    }
    let (mut bits, mut shift) = (0u64, 0u32);
    loop {
        let (first, others) = rest.split_first()?;
        let digit = VALUES[usize::from(*first)];
        *rest = others;
        if digit == NO_DIGIT || shift > 55 {
            return None;
        }
        bits |= u64::from(digit & 31) << shift;
        shift += 5;
        if digit < 32 {
            let number = i64::try_from(bits >> 1).ok()?;
            return Some(if bits & 1 == 1 { -number } else { number });
        }
    }
}

/// Reads a number.
pub(crate) fn long(rest: &mut &[u8]) -> Option<i128> {
    let (mut bits, mut shift) = (0u128, 0u32);
    loop {
        let (first, others) = rest.split_first()?;
        let digit = VALUES[usize::from(*first)];
        *rest = others;
        if digit == NO_DIGIT || shift > 120 {
            return None;
        }
        bits |= u128::from(digit & 31) << shift;
        shift += 5;
        if digit < 32 {
            let number = i128::try_from(bits >> 1).ok()?;
            return Some(if bits & 1 == 1 { -number } else { number });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// State, count, amount, days taken.
    type Row = (i16, i64, i128, Vec<(i32, i64)>);

    fn entries(rows: &[Row]) -> Entries {
        let mut all = Entries::default();
        for (status, count, amount, cycles) in rows {
            let sums = all.of(*status);
            sums.merge(&Sums { count: *count, unconverted: count / 7, amount: *amount, cycles: Vec::new() });
            cycles.iter().for_each(|(days, times)| sums.took(*days, *times));
        }
        all.tidy();
        all
    }

    #[test]
    fn it_is_short() {
        let one = entries(&[(1, 1, 1_000_000, vec![(31, 1)])]);
        assert_eq!(pack(&one).as_deref(), Some("CCAgkh9BC+BC"));
        assert_eq!(pack(&Entries::default()), None);
    }

    #[test]
    fn broken_text_is_refused() {
        for text in ["C", "CCAgkh9BC", "CCA*", "gggggggggggggggggggggggggg", "CCAC/////////", "é"] {
            assert_eq!(unpack(text), None, "{text}");
        }
        assert_eq!(unpack(""), Some(Vec::new()));
    }

    const SMALL: i64 = 1 << 50;
    const LARGE: i128 = 1 << 110;

    proptest! {
        #[test]
        fn what_is_packed_comes_back_and_joined_texts_add_up(
            a in prop::collection::vec((0i16..4, -SMALL..SMALL, -LARGE..LARGE,
                prop::collection::vec((-500i32..5_000, -40i64..40), 0..9)), 0..4),
            b in prop::collection::vec((0i16..4, -SMALL..SMALL, -LARGE..LARGE,
                prop::collection::vec((any::<i32>(), -40i64..40), 0..9)), 0..4),
        ) {
            let (a, b) = (entries(&a), entries(&b));
            let read = |text: &str| {
                let mut all = Entries::default();
                for (status, sums) in unpack(text).unwrap() {
                    let of = all.of(status);
                    of.merge(&Sums { cycles: Vec::new(), ..sums.clone() });
                    sums.cycles.iter().for_each(|(days, times)| of.took(*days, *times));
                }
                all.tidy();
                all
            };
            let (left, right) = (pack(&a).unwrap_or_default(), pack(&b).unwrap_or_default());
            prop_assert_eq!(read(&left), a.clone());
            let mut both = a;
            both.merge(&b);
            both.tidy();
            prop_assert_eq!(read(&format!("{left}{right}")), both);
        }
    }
}
