//! Patterns: which groups win more or less often than the rest, beyond noise.

use crate::Ratio;
use crate::stats::{Rate, difference95, holm, two_proportion_p_value, wilson95};

/// A difference is called one when its p-value, corrected for looking at many, is below this.
pub const LEVEL: f64 = 0.05;

/// What may be said of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Wins more often than the rest.
    Better,
    /// Wins less often than the rest.
    Worse,
    /// The difference is within noise.
    CannotTell,
    /// Too few deals in the group, or in the rest, to be compared.
    TooFew,
}

/// One group against the rest of its attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern<K> {
    /// The group; `None`: deals that lack the attribute.
    pub key: Option<K>,
    /// Won of decided in the group; its n.
    pub rate: Rate,
    /// Wilson's 95 % interval of it; `None` of an empty group.
    pub interval95: Option<(f64, f64)>,
    /// Won of decided in all other groups together; `None` for counts too large to add.
    pub rest: Option<Rate>,
    /// Rate − rate of the rest, exact; `None` where one of them is empty.
    pub difference: Option<Ratio>,
    /// Newcombe's 95 % interval of the difference, of this comparison alone: not corrected for looking at many.
    pub difference95: Option<(f64, f64)>,
    /// p-value of this comparison, corrected by Holm's method for all that were made; `None` if it was not made.
    pub adjusted_p: Option<f64>,
    /// What may be said.
    pub verdict: Verdict,
}

/// Compares every group with the rest of its attribute. `attributes` are looked at together (templates, segments,
/// sources), so the correction counts the comparisons of all of them. A group, or a rest, of fewer than `minimum`
/// decided deals is not compared. The answer has the order of the input.
pub fn patterns<K: Clone>(attributes: &[Vec<(Option<K>, Rate)>], minimum: i64) -> Vec<Vec<Pattern<K>>> {
    let mut found: Vec<Vec<Pattern<K>>> = attributes.iter().map(|groups| describe(groups)).collect();
    // Of two groups each is the rest of the other: that is one question, and counts once.
    let asked: Vec<(usize, usize, f64)> = found
        .iter()
        .enumerate()
        .flat_map(|(a, groups)| {
            let questions = comparable(groups, minimum);
            let once = if is_pair(groups) { 1 } else { questions.len() };
            questions.into_iter().take(once).map(move |(g, p)| (a, g, p))
        })
        .collect();
    let adjusted = holm(&asked.iter().map(|(_, _, p)| *p).collect::<Vec<_>>());
    for ((a, g, _), p) in asked.into_iter().zip(adjusted) {
        let pair = is_pair(&found[a]);
        for (i, pattern) in found[a].iter_mut().enumerate() {
            if i == g || pair && pattern.rate.n > 0 {
                pattern.adjusted_p = Some(p);
                pattern.verdict = verdict(pattern.difference, p);
            }
        }
    }
    found
}

fn describe<K: Clone>(groups: &[(Option<K>, Rate)]) -> Vec<Pattern<K>> {
    let sum = |pick: fn(&Rate) -> i64| groups.iter().try_fold(0i64, |s, (_, r)| s.checked_add(pick(r)));
    let all = sum(|r| r.k).zip(sum(|r| r.n));
    let exact = |r: Rate| Ratio::new(r.k.into(), r.n.into());
    groups
        .iter()
        .map(|(key, rate)| {
            let rest = all.and_then(|(k, n)| Some(Rate { k: k.checked_sub(rate.k)?, n: n.checked_sub(rate.n)? }));
            Pattern {
                key: key.clone(),
                rate: *rate,
                interval95: wilson95(rate.k, rate.n),
                rest,
                difference: rest.and_then(|rest| exact(*rate)?.checked_sub(exact(rest)?)),
                difference95: rest.and_then(|rest| difference95(*rate, rest)),
                adjusted_p: None,
                verdict: Verdict::TooFew,
            }
        })
        .collect()
}

/// The comparisons that can be made: position and p-value.
fn comparable<K>(groups: &[Pattern<K>], minimum: i64) -> Vec<(usize, f64)> {
    let enough = |r: Rate| r.n >= minimum;
    let p_value = |p: &Pattern<K>| {
        let rest = p.rest.filter(|rest| enough(*rest) && enough(p.rate))?;
        two_proportion_p_value(p.rate, rest)
    };
    groups.iter().enumerate().filter_map(|(i, p)| Some((i, p_value(p)?))).collect()
}

fn is_pair<K>(groups: &[Pattern<K>]) -> bool {
    groups.iter().filter(|p| p.rate.n > 0).count() == 2
}

fn verdict(difference: Option<Ratio>, p: f64) -> Verdict {
    match difference.map(Ratio::signum) {
        Some(1) if p < LEVEL => Verdict::Better,
        Some(-1) if p < LEVEL => Verdict::Worse,
        _ => Verdict::CannotTell,
    }
}
