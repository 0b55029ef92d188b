//! What a month adds, as short text: most figures of most months are zero, and sums may be larger than a column of
//! numbers holds.

use domain::recurring::Flows;

use crate::rollup::{put_number, read_number};

/// The figures as text, without the zeroes at the end; nothing for nothing.
pub fn pack(flows: &Flows) -> String {
    let all = flows.to_array();
    let used = all.iter().rposition(|n| *n != 0).map_or(0, |last| last + 1);
    let mut text = String::new();
    all.iter().take(used).for_each(|n| put_number(&mut text, *n));
    text
}

/// The figures of a text; none if it is broken.
pub fn unpack(text: &str) -> Option<Flows> {
    let (mut all, mut rest) = ([0; Flows::COUNT], text.as_bytes());
    for number in &mut all {
        if rest.is_empty() {
            break;
        }
        *number = read_number(&mut rest)?;
    }
    rest.is_empty().then(|| Flows::from_array(all))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_is_an_empty_text_and_broken_text_is_refused() {
        assert_eq!(pack(&Flows::default()), "");
        assert_eq!(pack(&Flows { expansion: -1, ..Flows::default() }), "AD");
        assert_eq!(unpack(""), Some(Flows::default()));
        for text in ["*", "g", &"A".repeat(Flows::COUNT + 1)] {
            assert_eq!(unpack(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_back(all in prop::array::uniform23(-(1i128 << 100)..1i128 << 100)) {
            let flows = Flows::from_array(all);
            prop_assert_eq!(unpack(&pack(&flows)), Some(flows));
        }
    }
}
