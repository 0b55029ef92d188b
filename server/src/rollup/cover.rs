//! Covers a stretch of time with as few rows as it can: whole years, if there are rows of years, then whole months, then
//! days.

use super::{Grain, SINCE_EVER};

/// The rows of one grain that are needed: spans of days `[from, to)`, in order, each made of whole stretches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// The grain.
    pub grain: Grain,
    /// The spans.
    pub spans: Vec<(i32, i32)>,
}

/// Covers `[from, to)` with rows of these grains, the longest first, so that none reaches over one of the cuts; without a
/// first day since ever.
pub fn cover(grains: &[Grain], from: Option<i32>, to: i32, cuts: &[i32]) -> Vec<Cover> {
    let from = from.unwrap_or(SINCE_EVER);
    let mut open = if from < to { vec![(from, to)] } else { Vec::new() };
    let mut bounds: Vec<i32> = cuts.iter().copied().chain([from, to]).filter(|d| from <= *d && *d <= to).collect();
    bounds.sort_unstable();
    let mut all = Vec::new();
    for grain in grains.iter().copied() {
        let (mut whole, mut rest) = (Vec::new(), Vec::<(i32, i32)>::new());
        for (from, to) in open {
            let mut at = from;
            let inside = bounds.partition_point(|b| *b < from)..bounds.partition_point(|b| *b <= to);
            for bound in &bounds[inside] {
                let first = grain.first_day(*bound);
                // The stretch is cut in two, unless it only touches the bound.
                if first == *bound || *bound < at {
                    continue;
                }
                if at < first {
                    whole.push((at, first));
                }
                let (start, end) = (first.max(at), grain.end(*bound).min(to));
                match rest.last_mut() {
                    Some(last) if last.1 == start => last.1 = end,
                    _ => rest.push((start, end)),
                }
                at = end;
            }
            if at < to {
                whole.push((at, to));
            }
        }
        if !whole.is_empty() {
            all.push(Cover { grain, spans: whole });
        }
        open = rest;
    }
    all
}

#[cfg(test)]
mod tests {
    use domain::Date;
    use proptest::prelude::*;

    use super::*;

    const ALL: [Grain; 3] = [Grain::Year, Grain::Month, Grain::Day];

    fn day(y: i32, m: u32, d: u32) -> i32 {
        Date::from_ymd(y, m, d).unwrap().day_number()
    }

    #[test]
    fn whole_years_and_months_are_taken_whole() {
        let (a, b) = (day(2024, 1, 1), day(2026, 4, 1));
        let found = cover(&ALL, Some(a), b, &[]);
        let year = |y| day(y, 1, 1);
        assert_eq!(found[0], Cover { grain: Grain::Year, spans: vec![(a, year(2026))] });
        assert_eq!(found[1], Cover { grain: Grain::Month, spans: vec![(year(2026), b)] });
        assert_eq!(found.len(), 2);
        // A cut inside May 2024: that year by months, that month by days.
        let found = cover(&ALL, Some(a), b, &[day(2024, 5, 9)]);
        assert_eq!(found[0].spans, [(year(2025), year(2026))]);
        assert_eq!(found[1].spans, [(a, day(2024, 5, 1)), (day(2024, 6, 1), year(2025)), (year(2026), b)]);
        assert_eq!(found[2], Cover { grain: Grain::Day, spans: vec![(day(2024, 5, 1), day(2024, 6, 1))] });
    }

    #[test]
    fn without_years_there_are_months() {
        let (a, b) = (day(2024, 2, 1), day(2026, 4, 3));
        let found = cover(&ALL[1..], Some(a), b, &[]);
        assert_eq!(found[0], Cover { grain: Grain::Month, spans: vec![(a, day(2026, 4, 1))] });
        assert_eq!(found[1], Cover { grain: Grain::Day, spans: vec![(day(2026, 4, 1), b)] });
    }

    #[test]
    fn since_ever_is_a_span_without_a_first_day() {
        let found = cover(&ALL, None, day(2025, 3, 2), &[]);
        assert_eq!(found[0].spans, [(SINCE_EVER, day(2025, 1, 1))]);
        assert_eq!(found[1].spans, [(day(2025, 1, 1), day(2025, 3, 1))]);
        assert_eq!(found[2].spans, [(day(2025, 3, 1), day(2025, 3, 2))]);
        assert_eq!(cover(&ALL, Some(5), 5, &[]), []);
    }

    proptest! {
        #[test]
        fn every_day_is_covered_once_and_no_stretch_crosses_a_cut(
            from in 15_000i32..16_000, length in 1i32..1_500, cuts in prop::collection::vec(15_000i32..17_500, 0..6)
        ) {
            let to = from + length;
            let found = cover(&ALL, Some(from), to, &cuts);
            let mut seen = vec![0; usize::try_from(length).unwrap()];
            for part in &found {
                for (a, b) in &part.spans {
                    prop_assert!(a < b);
                    prop_assert_eq!(part.grain.first_day(*a), *a);
                    prop_assert_eq!(part.grain.first_day(*b), *b);
                    (*a..*b).for_each(|d| seen[usize::try_from(d - from).unwrap()] += 1);
                    for cut in &cuts {
                        prop_assert!(cut <= a || cut >= b || part.grain.first_day(*cut) == *cut);
                    }
                }
            }
            prop_assert!(seen.iter().all(|n| *n == 1));
        }
    }
}
