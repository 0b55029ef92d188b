//! Exact fractions. Rounding happens once, half-even, when a value is shown or sent.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An exact fraction in lowest terms with a positive denominator. Every operation answers `None`
/// instead of overflowing.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    num: i128,
    den: i128,
}

fn gcd(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Ratio {
    /// Decimals that stay where a fraction can no longer be held exactly.
    const DECIMALS: u32 = 12;
    /// 0.
    pub const ZERO: Self = Self { num: 0, den: 1 };
    /// 1.
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// The fraction in lowest terms; `None` for a zero denominator or an unrepresentable sign change.
    pub fn new(num: i128, den: i128) -> Option<Self> {
        if den == 0 {
            return None;
        }
        let g = gcd(num.unsigned_abs(), den.unsigned_abs());
        let (n, d) = (num.unsigned_abs() / g, den.unsigned_abs() / g);
        let negative = (num < 0) != (den < 0);
        let den = i128::try_from(d).ok()?;
        let num = i128::try_from(n).ok()?;
        Some(Self { num: if negative { -num } else { num }, den })
    }

    /// A whole number; `i128::MIN` is clamped by one, as it has no negative.
    pub fn int(n: i128) -> Self {
        Self { num: n.max(-i128::MAX), den: 1 }
    }

    /// The numerator in lowest terms.
    pub const fn numerator(self) -> i128 {
        self.num
    }

    /// The denominator in lowest terms, always positive.
    pub const fn denominator(self) -> i128 {
        self.den
    }

    /// Whether it is 0.
    pub const fn is_zero(self) -> bool {
        self.num == 0
    }

    /// −1, 0 or 1.
    pub const fn signum(self) -> i32 {
        self.num.signum() as i32
    }

    /// The sum.
    pub fn checked_add(self, o: Self) -> Option<Self> {
        let g = gcd(self.den.unsigned_abs(), o.den.unsigned_abs()) as i128;
        let (left, right) = (o.den / g, self.den / g);
        let num = self.num.checked_mul(left)?.checked_add(o.num.checked_mul(right)?)?;
        Self::new(num, self.den.checked_mul(left)?)
    }

    /// The difference.
    pub fn checked_sub(self, o: Self) -> Option<Self> {
        self.checked_add(o.neg())
    }

    /// Σ. Exact where it can be held; where denominators have too little in common for that, each term is rounded half-even
    /// to twelve decimals first. `None` when even that is too large.
    pub fn sum(terms: impl IntoIterator<Item = Self> + Clone) -> Option<Self> {
        let exact = terms.clone().into_iter().try_fold(Self::ZERO, Self::checked_add);
        exact.or_else(|| {
            let rounded = terms.into_iter().map(|term| term.round_half_even(Self::DECIMALS));
            let sum = rounded.into_iter().try_fold(0i128, |sum, term| sum.checked_add(term?))?;
            Self::new(sum, 10i128.pow(Self::DECIMALS))
        })
    }

    /// The product, exact where it can be held, else of both rounded half-even to twelve decimals.
    pub fn product(self, o: Self) -> Option<Self> {
        self.checked_mul(o).or_else(|| self.rounded()?.checked_mul(o.rounded()?))
    }

    /// The difference, exact where it can be held, else of both rounded half-even to twelve decimals.
    pub fn difference(self, o: Self) -> Option<Self> {
        Self::sum([self, o.neg()])
    }

    fn rounded(self) -> Option<Self> {
        Self::new(self.round_half_even(Self::DECIMALS)?, 10i128.pow(Self::DECIMALS))
    }

    /// The product.
    pub fn checked_mul(self, o: Self) -> Option<Self> {
        // Crosswise reduction first keeps the intermediate numbers small.
        let a = Self::new(self.num, o.den)?;
        let b = Self::new(o.num, self.den)?;
        Self::new(a.num.checked_mul(b.num)?, a.den.checked_mul(b.den)?)
    }

    /// The quotient; `None` also for a division by zero.
    pub fn checked_div(self, o: Self) -> Option<Self> {
        self.checked_mul(Self::new(o.den, o.num)?)
    }

    /// With the sign turned.
    #[allow(clippy::should_implement_trait)] // the other operations are methods too
    pub fn neg(self) -> Self {
        Self { num: -self.num, den: self.den }
    }

    /// Without the sign.
    pub fn abs(self) -> Self {
        Self { num: self.num.abs(), den: self.den }
    }

    /// `value × 10^decimals`, rounded half-even to a whole number.
    pub fn round_half_even(self, decimals: u32) -> Option<i128> {
        let scaled = self.checked_mul(Self::int(10i128.checked_pow(decimals)?))?;
        let floor = scaled.num.div_euclid(scaled.den);
        let rest = scaled.num.rem_euclid(scaled.den);
        // rest < den, so comparing with den - rest avoids doubling.
        Some(match rest.cmp(&(scaled.den - rest)) {
            Ordering::Less => floor,
            Ordering::Greater => floor + 1,
            Ordering::Equal => floor + floor.rem_euclid(2),
        })
    }

    /// Plain decimal text with exactly this many decimals, rounded half-even: `0.649123`, `-12.50`.
    pub fn to_decimal(self, decimals: u32) -> Option<String> {
        let scaled = self.round_half_even(decimals)?;
        Some(scaled_to_decimal(scaled, decimals))
    }

    /// Nearest float, for drawing and statistics only.
    pub fn to_f64(self) -> f64 {
        self.num as f64 / self.den as f64
    }
}

/// Text of `scaled × 10^-decimals`: `(-1250, 2)` is `-12.50`.
pub fn scaled_to_decimal(scaled: i128, decimals: u32) -> String {
    let sign = if scaled < 0 { "-" } else { "" };
    let digits = scaled.unsigned_abs().to_string();
    if decimals == 0 {
        return format!("{sign}{digits}");
    }
    let decimals = decimals as usize;
    let padded = format!("{digits:0>width$}", width = decimals + 1);
    let (whole, fraction) = padded.split_at(padded.len() - decimals);
    format!("{sign}{whole}.{fraction}")
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    /// Exact for every pair: by whole parts, then by the remainders turned over (continued fractions).
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b) = (*self, *other);
        let mut turned = false;
        loop {
            let (qa, qb) = (a.num.div_euclid(a.den), b.num.div_euclid(b.den));
            let (ra, rb) = (a.num.rem_euclid(a.den), b.num.rem_euclid(b.den));
            let order = match qa.cmp(&qb) {
                Ordering::Equal => match (ra, rb) {
                    (0, 0) => return Ordering::Equal,
                    (0, _) => Ordering::Less,
                    (_, 0) => Ordering::Greater,
                    _ => {
                        (a, b) = (Self { num: a.den, den: ra }, Self { num: b.den, den: rb });
                        turned = !turned;
                        continue;
                    }
                },
                unequal => unequal,
            };
            return if turned { order.reverse() } else { order };
        }
    }
}

impl fmt::Display for Ratio {
    /// `37/57`; whole numbers without `/1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.den == 1 { write!(f, "{}", self.num) } else { write!(f, "{}/{}", self.num, self.den) }
    }
}

impl fmt::Debug for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a fraction is written as 37/57")]
pub struct ParseRatioError;

impl FromStr for Ratio {
    type Err = ParseRatioError;

    /// Reads what `Display` writes.
    fn from_str(s: &str) -> Result<Self, ParseRatioError> {
        let (n, d) = s.split_once('/').unwrap_or((s, "1"));
        match (n.parse(), d.parse()) {
            (Ok(n), Ok(d)) => Self::new(n, d).ok_or(ParseRatioError),
            _ => Err(ParseRatioError),
        }
    }
}

impl From<i64> for Ratio {
    fn from(n: i64) -> Self {
        Self::int(i128::from(n))
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ratio {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn r(n: i128, d: i128) -> Ratio {
        Ratio::new(n, d).unwrap()
    }

    #[test]
    fn half_goes_to_the_even_neighbour() {
        assert_eq!(r(1, 2).round_half_even(0), Some(0));
        assert_eq!(r(3, 2).round_half_even(0), Some(2));
        assert_eq!(r(5, 2).round_half_even(0), Some(2));
        assert_eq!(r(-1, 2).round_half_even(0), Some(0));
        assert_eq!(r(-3, 2).round_half_even(0), Some(-2));
        assert_eq!(r(37, 57).to_decimal(6).unwrap(), "0.649123");
        assert_eq!(r(-25, 2).to_decimal(2).unwrap(), "-12.50");
        assert_eq!(r(-1, 1000).to_decimal(2).unwrap(), "0.00");
    }

    #[test]
    fn what_no_common_denominator_holds_is_rounded_to_twelve_decimals() {
        let primes = [999_983, 999_979, 999_961, 999_959, 999_953, 999_931, 999_917, 999_907];
        let terms = primes.map(|p| r(1, p));
        assert_eq!(terms.into_iter().try_fold(Ratio::ZERO, Ratio::checked_add), None);
        assert_eq!(Ratio::sum(terms), Some(r(8_000_410, 1_000_000_000_000)));
        assert_eq!(Ratio::sum([r(1, 3), r(1, 6)]), Some(r(1, 2)), "exact where it can be");
        let long = r(1, i128::MAX);
        assert_eq!(long.product(r(1, 3)), Some(Ratio::ZERO));
        assert_eq!(r(1, 2).difference(long), Some(r(1, 2)));
        assert_eq!(Ratio::sum([r(i128::MAX, 1), Ratio::ONE]), None);
    }

    #[test]
    fn extremes_do_not_overflow() {
        assert_eq!(Ratio::new(i128::MIN, 1), None);
        assert_eq!(Ratio::new(1, 0), None);
        let big = r(i128::MAX, 1);
        assert_eq!(big.checked_add(big), None);
        assert_eq!(big.checked_mul(big), None);
        assert_eq!(big.round_half_even(2), None);
        assert!(r(i128::MAX, i128::MAX - 1) > Ratio::ONE);
    }

    proptest! {
        #[test]
        fn arithmetic_undoes_itself(a: i64, b in 1i64.., c: i64, d in 1i64..) {
            let (x, y) = (r(a.into(), b.into()), r(c.into(), d.into()));
            if let Some(sum) = x.checked_add(y) {
                prop_assert_eq!(sum.checked_sub(y).unwrap_or(x), x);
            }
            if !y.is_zero() && let Some(p) = x.checked_mul(y) {
                prop_assert_eq!(p.checked_div(y).unwrap_or(x), x);
            }
        }

        #[test]
        fn order_is_that_of_cross_products(a: i64, b in 1i64.., c: i64, d in 1i64..) {
            let exact = (i128::from(a) * i128::from(d)).cmp(&(i128::from(c) * i128::from(b)));
            prop_assert_eq!(r(a.into(), b.into()).cmp(&r(c.into(), d.into())), exact);
        }

        #[test]
        fn nothing_panics(a: i128, b: i128, c: i128, d: i128, n in 0u32..60) {
            if let (Some(x), Some(y)) = (Ratio::new(a, b), Ratio::new(c, d)) {
                let _ = (x.checked_add(y), x.checked_sub(y), x.checked_mul(y), x.checked_div(y), x.cmp(&y), x.to_decimal(n));
                prop_assert_eq!(x.to_string().parse(), Ok(x));
            }
        }
    }
}
