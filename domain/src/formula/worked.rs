//! The answer of an own formula with what an honest reader needs beside it: its parts, how many facts it rests on, and
//! an interval where one can be stated.

use std::collections::{BTreeMap, BTreeSet};

use super::definitions::Definitions;
use super::expr::{Expr, Node, Op};
use super::vocabulary::undotted;
use crate::metric::{Aggregation, Answer, Interval, Kind, Measure, MeasureDef, Take, Test, Unit, catalogue};
use crate::stats;

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub struct Worked {
    /// The answer. Its n is the count below the line of a share, and otherwise the smallest n of its parts.
    pub answer: Answer,
    /// The measures, metrics and other formulas that it names, each once, in the order in which they are written.
    pub parts: Vec<(String, Answer)>,
    /// The part whose n is stated; none of a share, and where no part counts facts.
    pub smallest: Option<String>,
}

/// A formula that is a share of counted things.
enum Share {
    /// The share that a metric of the catalogue is.
    Of(String),
    /// A number of facts among others.
    Counts,
}

impl Definitions {
    /// Works one out, given the answers of measures and metrics; none if there is no such formula.
    pub fn work_out(&self, name: &str, part: impl Fn(&str) -> Answer) -> Option<Worked> {
        let mut answers: BTreeMap<&str, Answer> = BTreeMap::new();
        for (key, compiled) in &self.ordered {
            let expr = compiled.expr();
            let answer_of = |name: &String| answers.get(name.as_str()).cloned().unwrap_or_else(|| part(name));
            let parts: Vec<(String, Answer)> = expr.names().into_iter().map(|n| (n.clone(), answer_of(&n))).collect();
            let known: BTreeMap<&str, &Answer> = parts.iter().map(|(name, answer)| (name.as_str(), answer)).collect();
            let value_of = |name: &str| match known.get(undotted(name).as_str()) {
                Some(answer) => answer.value.map(|figure| figure.exact),
                None => part(name).value.map(|figure| figure.exact),
            };
            let answer = compiled.answer_in(compiled.unit(), &value_of);
            let worked = self.with_certainty(expr, answer, parts);
            if key == name {
                return Some(worked);
            }
            answers.insert(key, worked.answer);
        }
        None
    }

    /// Adds n and the interval.
    fn with_certainty(&self, expr: &Expr, mut answer: Answer, parts: Vec<(String, Answer)>) -> Worked {
        let counted = parts.iter().filter_map(|(name, part)| Some((part.n?, name)));
        let least = counted.min_by_key(|(n, _)| *n).map(|(n, name)| (n, name.clone()));
        answer.n = least.as_ref().map(|(n, _)| *n);
        let share = self.share(expr);
        match &share {
            Some(Share::Of(name)) => {
                answer.interval95 = parts.iter().find(|(part, _)| part == name).and_then(|(_, part)| part.interval95);
            }
            Some(Share::Counts) => {
                let whole = |figure: Option<crate::Figure>| {
                    let exact = figure?.exact;
                    (exact.denominator() == 1).then(|| i64::try_from(exact.numerator()).ok()).flatten()
                };
                let below = whole(answer.denominator);
                answer.interval95 = whole(answer.numerator).zip(below).and_then(|(k, n)| stats::wilson95(k, n));
                answer.n = below;
            }
            None => {}
        }
        let smallest = least.map(|(_, name)| name).filter(|_| share.is_none());
        Worked { answer, parts, smallest }
    }

    /// Whether a formula is a share, of which an interval can be stated.
    fn share(&self, expr: &Expr) -> Option<Share> {
        if let Node::Name(name) = &expr.node {
            let name = undotted(name);
            if let Some(own) = self.find(&name) {
                return self.share(own.expr()).map(|_| Share::Of(name));
            }
            let stated = catalogue::find(&name).is_some_and(|metric| metric.interval == Interval::Wilson);
            return stated.then_some(Share::Of(name));
        }
        let (above, below) = expr.fraction()?;
        let (above, below) = self.counted(above).zip(self.counted(below))?;
        are_among(&above, &below).then_some(Share::Counts)
    }

    /// The counts that an expression adds up, each once; none if it is anything else.
    fn counted(&self, expr: &Expr) -> Option<BTreeSet<Measure>> {
        match &expr.node {
            Node::Name(name) => {
                let name = undotted(name);
                if let Some(own) = self.find(&name) {
                    return self.counted(own.expr());
                }
                let all: Vec<Measure> = match catalogue::find(&name).map(|metric| metric.kind) {
                    Some(Kind::Simple(measure, Take::Total)) => vec![measure],
                    Some(Kind::Sum(all)) => all.to_vec(),
                    Some(_) => return None,
                    None => vec![Measure::from_id(&name)?],
                };
                all.iter().all(|measure| measure.unit() == Unit::Count).then(|| all.into_iter().collect())
            }
            Node::Binary(Op::Plus, left, right) => {
                let (mut all, others) = (self.counted(left)?, self.counted(right)?);
                // What is added twice is counted twice.
                all.is_disjoint(&others).then(|| {
                    all.extend(others);
                    all
                })
            }
            Node::Number(_) | Node::Amount(..) | Node::Negative(_) | Node::Binary(..) | Node::Call(..) => None,
        }
    }
}

/// Whether all that is counted above the line is counted below it too, and each thing there once.
fn are_among(above: &BTreeSet<Measure>, below: &BTreeSet<Measure>) -> bool {
    if let (Some(part), Some(whole), 1, 1) = (above.first(), below.first(), above.len(), below.len()) {
        return is_part(*part, *whole);
    }
    let pairs = below.iter().flat_map(|a| below.iter().filter(move |b| a < b).map(move |b| (a, b)));
    above.is_subset(below) && pairs.into_iter().all(|(a, b)| are_apart(&a.def(), &b.def()))
}

/// Whether the facts of one measure are among those of another.
fn is_part(part: Measure, whole: Measure) -> bool {
    part == whole || part.def().part_of.is_some_and(|next| is_part(next, whole))
}

/// Whether no fact can be counted by both: deals of other states, or facts with another value in the same column.
fn are_apart(a: &MeasureDef, b: &MeasureDef) -> bool {
    if a.fact != b.fact || matches!(a.aggregation, Aggregation::Engine { .. } | Aggregation::Distinct(_)) {
        return false;
    }
    let of_states = !a.status.is_empty() && !b.status.is_empty() && a.status.iter().all(|s| !b.status.contains(s));
    let differ = |(column, test): &(&str, Test)| match test {
        Test::Is(value) => b.only.iter().any(|(c, t)| c == column && matches!(t, Test::Is(other) if other != value)),
        Test::AtLeast(_) | Test::AtMost(_) | Test::Below(_) => false,
    };
    of_states || a.only.iter().any(differ)
}
