//! A set of own formulas that may refer to each other.

use std::collections::{BTreeMap, BTreeSet};

use super::expr::{Expr, Function, Node};
use super::fault::{Fault, Problem, Span};
use super::vocabulary::{Named, Vocabulary, undotted};
use crate::metric::{Compiled, Unit};

/// Most own formulas of an organisation.
pub const MAX_DEFINITIONS: usize = 500;

/// Formulas by name that were checked together: every name is known, every unit fits, and none refers to
/// itself, neither directly nor by way of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definitions {
    /// Each after those that it refers to, so that one pass computes all.
    pub(super) ordered: Vec<(String, Compiled)>,
}

/// Which formula is wrong, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {fault}")]
pub struct DefinitionsError {
    /// Name of the formula.
    pub name: String,
    /// What is wrong with it.
    pub fault: Fault,
}

impl Definitions {
    /// Checks formulas against the names there are and against each other.
    ///
    /// # Errors
    /// The first formula found wrong, with its fault.
    pub fn check(formulas: &BTreeMap<String, Expr>, vocabulary: &Vocabulary) -> Result<Self, DefinitionsError> {
        let wrong = |name: &str, fault| DefinitionsError { name: name.to_owned(), fault };
        let nowhere = Span::default();
        if let Some((name, _)) = formulas.iter().nth(MAX_DEFINITIONS) {
            return Err(wrong(name, Fault::new(Problem::TooManyDefinitions, nowhere)));
        }
        if let Some(name) = formulas.keys().find(|name| !is_name(name)) {
            return Err(wrong(name, Fault::new(Problem::BadName, nowhere)));
        }
        if let Some(name) = formulas.keys().find(|name| vocabulary.find(name).is_some()) {
            return Err(wrong(name, Fault::new(Problem::NameTaken, nowhere)));
        }
        let mut known = vocabulary.clone();
        let mut ordered = Vec::with_capacity(formulas.len());
        let mut waiting: BTreeSet<&str> = formulas.keys().map(String::as_str).collect();
        while !waiting.is_empty() {
            let ready: Vec<&str> =
                waiting.iter().copied().filter(|name| first_waiting(formulas, name, &waiting).is_none()).collect();
            if ready.is_empty() {
                return Err(circle(formulas, &waiting));
            }
            for name in ready {
                waiting.remove(name);
                if let Some(expr) = formulas.get(name) {
                    let compiled = Compiled::new(expr.clone(), &known).map_err(|fault| wrong(name, fault))?;
                    known.names.insert(name.to_owned(), Named { unit: compiled.unit(), retired: false });
                    ordered.push((name.to_owned(), compiled));
                }
            }
        }
        Ok(Self { ordered })
    }

    /// Name, formula and unit, each after those that it refers to.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Expr, Unit)> {
        self.ordered.iter().map(|(name, compiled)| (name.as_str(), compiled.expr(), compiled.unit()))
    }

    /// One with those that it needs, itself last; none if there is no such.
    pub fn only(&self, name: &str) -> Option<Self> {
        self.find(name)?;
        let mut needed = BTreeSet::from([name.to_owned()]);
        let mut ordered = Vec::new();
        for (name, compiled) in self.ordered.iter().rev() {
            if needed.contains(name) {
                needed.extend(compiled.expr().names());
                ordered.push((name.clone(), compiled.clone()));
            }
        }
        ordered.reverse();
        Some(Self { ordered })
    }

    /// One of them.
    pub(super) fn find(&self, name: &str) -> Option<&Compiled> {
        self.ordered.iter().find(|(known, _)| known == name).map(|(_, compiled)| compiled)
    }
}

/// Whether a formula can refer to it by this name, and no dot makes it the same as another's.
fn is_name(name: &str) -> bool {
    let read = Expr::parse(name).is_ok_and(|e| matches!(e.node, Node::Name(n) if n == name));
    read && !name.contains('.') && Function::from_name(name).is_none()
}

/// The first reference of a formula to one that is not placed yet.
fn first_waiting<'a>(
    formulas: &'a BTreeMap<String, Expr>,
    name: &str,
    waiting: &BTreeSet<&'a str>,
) -> Option<(&'a str, Span)> {
    let references = formulas.get(name)?.references();
    references.into_iter().find_map(|(to, at)| {
        let to = waiting.get(to).or_else(|| waiting.get(undotted(to).as_str()))?;
        Some((*to, at))
    })
}

/// Follows references among formulas that all wait for each other until one comes round again.
fn circle(formulas: &BTreeMap<String, Expr>, waiting: &BTreeSet<&str>) -> DefinitionsError {
    let mut path: Vec<(&str, Span)> = Vec::new();
    let mut name = waiting.first().copied().unwrap_or_default();
    while !path.iter().any(|(n, _)| *n == name) {
        let (to, at) = first_waiting(formulas, name, waiting).unwrap_or((name, Span::default()));
        path.push((name, at));
        name = to;
    }
    let round = path.iter().skip_while(|(n, _)| *n != name);
    let at = round.clone().next().map_or(Span::default(), |(_, at)| *at);
    let names = round.map(|(n, _)| *n).chain([name]).map(str::to_owned).collect();
    DefinitionsError { name: name.to_owned(), fault: Fault::new(Problem::Circular { path: names }, at) }
}
