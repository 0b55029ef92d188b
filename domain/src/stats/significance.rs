//! Tests: how surprising a difference of two rates would be if there were none, and what looking at many does to that.

use super::Rate;
use super::special::normal_two_sided;

/// Two-sided p-value of "these two independent rates are the same": the chance of a difference at least this large
/// if they were. Where each cell is expected to hold five or more, the pooled z-test (Pearson's χ² without
/// continuity correction); below that Fisher's exact test, which stays honest for handfuls. `None` for an empty base
/// or counts that are no rate.
pub fn two_proportion_p_value(a: Rate, b: Rate) -> Option<f64> {
    if !(a.is_valid() && b.is_valid()) {
        return None;
    }
    let (small, large) = if a.n <= b.n { (a, b) } else { (b, a) };
    let (hits, misses) = (i128::from(a.k) + i128::from(b.k), i128::from(a.n - a.k) + i128::from(b.n - b.k));
    // The rarer outcome in the smaller group: its count stays small where the exact test is needed.
    let (seen, rare) = if hits <= misses { (small.k, hits) } else { (small.n - small.k, misses) };
    let (n, rare, all) = (small.n as f64, rare as f64, (hits + misses) as f64);
    let pooled = rare / all;
    if pooled * n < 5.0 {
        return Some(fisher(seen as f64, n, rare, all));
    }
    let error = (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / large.n as f64)).sqrt();
    Some(normal_two_sided((a.k as f64 / a.n as f64 - b.k as f64 / b.n as f64) / error))
}

/// Fisher's exact test, two-sided: the sum of the chances of all tables with these margins that are no likelier than
/// the one seen. Counts `x` go outward from the likeliest one and are weighed against it, until they no longer count.
fn fisher(seen: f64, n: f64, hits: f64, all: f64) -> f64 {
    let (least, most) = ((n + hits - all).max(0.0), n.min(hits));
    let mode = ((n + 1.0) * (hits + 1.0) / (all + 2.0)).floor().clamp(least, most);
    // weight(x + 1) ÷ weight(x) of the hypergeometric distribution.
    let step = |x: f64| (hits - x) * (n - x) / ((x + 1.0) * (all - hits - n + x + 1.0));
    let mut weights = vec![(mode, 1.0)];
    let (mut x, mut weight) = (mode, 1.0);
    while x < most && weight > NEGLIGIBLE {
        weight *= step(x);
        x += 1.0;
        weights.push((x, weight));
    }
    (x, weight) = (mode, 1.0);
    while x > least && weight > NEGLIGIBLE {
        x -= 1.0;
        weight /= step(x);
        weights.push((x, weight));
    }
    let limit = weights.iter().find(|(x, _)| *x == seen).map_or(NEGLIGIBLE, |(_, w)| *w) * (1.0 + TIE);
    let sum = |least_likely: f64| weights.iter().map(|(_, w)| *w).filter(|w| *w <= least_likely).sum::<f64>();
    sum(limit) / sum(f64::INFINITY)
}

/// Weight, against the likeliest table, below which a table no longer changes a sum of floats.
const NEGLIGIBLE: f64 = 1e-20;
/// Two tables are equally likely if their weights differ by less than this share (as in R).
const TIE: f64 = 1e-7;

/// Holm's correction for looking at many: p-values to be judged each against the same level, in the order given.
/// The i-th smallest of m is multiplied by m − i + 1, never falls below a smaller one's, and stops at 1
/// (Holm 1979; `p.adjust` of R). A value that is no probability counts as 1.
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let p: Vec<f64> = p_values.iter().map(|p| if (0.0..=1.0).contains(p) { *p } else { 1.0 }).collect();
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut adjusted = p.clone();
    let mut least = 0.0f64;
    for (rank, i) in order.into_iter().enumerate() {
        least = least.max(p[i] * (p.len() - rank) as f64).min(1.0);
        adjusted[i] = least;
    }
    adjusted
}
