//! Why a ratio changed: because parts got better, or because the mix of parts shifted.

use crate::Ratio;

/// One part before and after: its numerator and denominator each time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Numerator and denominator before.
    pub before: (i64, i64),
    /// Numerator and denominator after.
    pub after: (i64, i64),
}

/// The change of a ratio, split. The three effects add up to the total; exact where a common denominator can be held, else
/// to twelve decimals ([`Ratio::sum`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mix {
    /// Σ old share × change of rate.
    pub rate: Ratio,
    /// Σ change of share × (old rate − old average).
    pub mix: Ratio,
    /// What is left.
    pub interaction: Ratio,
    /// New ratio − old ratio.
    pub total: Ratio,
    /// Every part that changed went one way and the whole went the other (Simpson's paradox).
    pub reversed: bool,
}

/// Splits the change of Σ numerator ÷ Σ denominator over its parts. A part that is new or gone has a rate on one side
/// only: its rate counts as unchanged, so that its coming or going is mix. `None` when the whole has an empty base on
/// one side, a part has a numerator without a base or a negative base, or numbers are too large.
pub fn mix_effect(parts: &[Part]) -> Option<Mix> {
    let sum = |pick: fn(&Part) -> i64| parts.iter().try_fold(0i128, |a, p| a.checked_add(i128::from(pick(p))));
    let (n0, d0) = (sum(|p| p.before.0)?, sum(|p| p.before.1)?);
    let (n1, d1) = (sum(|p| p.after.0)?, sum(|p| p.after.1)?);
    let (old, new) = (Ratio::new(n0, d0)?, Ratio::new(n1, d1)?);
    let total = new.difference(old)?;
    let (mut rates, mut mixes) = (Vec::new(), Vec::new());
    let (mut up, mut down) = (false, false);
    for p in parts {
        let (r0, r1) = match (rate_of(p.before)?, rate_of(p.after)?) {
            (Some(r0), Some(r1)) => (r0, r1),
            (Some(r), None) | (None, Some(r)) => (r, r),
            (None, None) => continue,
        };
        let (s0, s1) = (Ratio::new(p.before.1.into(), d0)?, Ratio::new(p.after.1.into(), d1)?);
        let change = r1.difference(r0)?;
        rates.push(s0.product(change)?);
        mixes.push(s1.difference(s0)?.product(r0.difference(old)?)?);
        // By the rates themselves: a small change may round to none.
        up |= r1 > r0;
        down |= r1 < r0;
    }
    let (rate, mix) = (Ratio::sum(rates)?, Ratio::sum(mixes)?);
    let interaction = Ratio::sum([total, rate.neg(), mix.neg()])?;
    let reversed = (up && !down && new < old) || (down && !up && new > old);
    Some(Mix { rate, mix, interaction, total, reversed })
}

/// A part's rate on one side; `Some(None)` where the part is not there, `None` where its numbers make no rate.
fn rate_of((numerator, base): (i64, i64)) -> Option<Option<Ratio>> {
    match (numerator, base) {
        (0, 0) => Some(None),
        (_, 1..) => Ratio::new(numerator.into(), base.into()).map(Some),
        _ => None,
    }
}
