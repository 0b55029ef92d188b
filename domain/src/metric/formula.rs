//! The text of a formula and the measures it needs, both read off the definition.

use std::collections::BTreeSet;

use super::{Compiled, FactKind, Kind, Measure, Metric, Take, Term, Unit, catalogue};

impl Metric {
    /// The formula in ids: `deals_won ÷ (deals_won + deals_lost)`.
    pub fn formula(&self) -> String {
        match self.kind {
            Kind::Simple(m, Take::Total) => m.id().to_string(),
            Kind::Simple(m, Take::Mean) => format!("mean({})", m.id()),
            Kind::Simple(m, Take::Median) => format!("median({})", m.id()),
            Kind::Cumulative(m) => format!("cumulative({})", m.id()),
            Kind::Sum(all) => sum(all),
            Kind::Formula(text) => text.to_string(),
            Kind::Ratio { numerator, denominator } | Kind::Cohort { numerator, denominator } => {
                format!("{} ÷ {}", grouped(numerator), grouped(denominator))
            }
            Kind::Derived(terms) => {
                let mut text = String::new();
                for term in terms {
                    let (sign, id) = match term {
                        Term::Times(id) => (" × ", id),
                        Term::Over(id) => (" ÷ ", id),
                    };
                    if !text.is_empty() {
                        text.push_str(sign);
                    } else if matches!(term, Term::Over(_)) {
                        text.push_str("1 ÷ ");
                    }
                    text.push_str(id);
                }
                text
            }
        }
    }

    /// Every measure that the metric needs, those of its parts and of n included.
    pub fn measures(&self) -> BTreeSet<Measure> {
        let counted = self.parts().into_iter().flat_map(|part| part.measures());
        self.computed().into_iter().chain(self.counted.iter().copied()).chain(counted).collect()
    }

    /// Every measure that its value is made of, those of its parts included; n may count others.
    pub fn computed(&self) -> BTreeSet<Measure> {
        let mut all = BTreeSet::new();
        match self.kind {
            Kind::Simple(m, _) | Kind::Cumulative(m) => {
                all.insert(m);
            }
            Kind::Sum(sum) => all.extend(sum),
            Kind::Ratio { numerator, denominator } | Kind::Cohort { numerator, denominator } => {
                all.extend(numerator);
                all.extend(denominator);
            }
            Kind::Formula(text) => {
                for name in names(text) {
                    match catalogue::find(name) {
                        Some(part) => all.extend(part.computed()),
                        None => all.extend(Measure::from_id(name)),
                    }
                }
            }
            Kind::Derived(_) => {
                for part in self.parts() {
                    all.extend(part.computed());
                }
            }
        }
        all
    }

    /// The measures that it needs from the start of the fiscal year up to the period's end, those of its parts included.
    pub fn measures_of_year(&self) -> BTreeSet<Measure> {
        match self.kind {
            Kind::Cumulative(m) => self.counted.iter().copied().chain([m]).collect(),
            _ => self.parts().into_iter().flat_map(|part| part.measures_of_year()).collect(),
        }
    }

    /// The kinds of fact that it needs, those of its parts included: a store that lacks one cannot answer.
    pub fn facts(&self) -> BTreeSet<FactKind> {
        self.measures().iter().map(|m| m.def().fact).collect()
    }

    /// The metrics that a derived one or a formula is made of; empty for the others.
    pub fn parts(&self) -> Vec<&'static Metric> {
        match self.kind {
            Kind::Derived(terms) => terms.iter().filter_map(|t| catalogue::find(t.id())).collect(),
            Kind::Formula(text) => names(text).into_iter().filter_map(catalogue::find).collect(),
            Kind::Simple(..) | Kind::Sum(_) | Kind::Ratio { .. } | Kind::Cohort { .. } | Kind::Cumulative(_) => {
                Vec::new()
            }
        }
    }
}

impl Measure {
    /// What n counts beside it: the facts themselves, or those of the metric that is nothing but this measure. Empty
    /// where no facts are counted.
    pub fn counted(self) -> Vec<Self> {
        if matches!(self.unit(), Unit::Count | Unit::Days) {
            return vec![self];
        }
        self.metric().map(|metric| metric.counted.to_vec()).unwrap_or_default()
    }

    /// The metric that is nothing but this measure.
    pub fn metric(self) -> Option<&'static Metric> {
        catalogue::all().iter().find(|metric| metric.kind == Kind::Simple(self, Take::Total))
    }
}

impl Term {
    /// The metric's id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Times(id) | Self::Over(id) => id,
        }
    }
}

/// The names that a formula of the catalogue refers to.
fn names(text: &str) -> Vec<&'static str> {
    Compiled::of_catalogue(text).map_or_else(Vec::new, |c| c.expr().references().into_iter().map(|(n, _)| n).collect())
}

fn sum(all: &[Measure]) -> String {
    all.iter().map(|m| m.id()).collect::<Vec<_>>().join(" + ")
}

fn grouped(all: &[Measure]) -> String {
    if all.len() > 1 { format!("({})", sum(all)) } else { sum(all) }
}
