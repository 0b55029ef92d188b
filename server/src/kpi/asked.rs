//! What can be asked: a KPI of the catalogue or one of the organisation's own, and the two categories of an attach rate.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::metric::{Metric, catalogue};
use domain::{Answer, Date, Measure, MeasureValues, Outcome, Unit, Why};

use super::own::OwnKpi;
use super::revenue::{answer_in, needed, needed_of_year};
use super::{Frame, Who};
use crate::query::column::Filter;

/// A KPI that can be asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Kpi {
    /// One of the catalogue.
    Catalogue(&'static Metric),
    /// One of the organisation's own.
    Own(Arc<OwnKpi>),
}

impl From<&'static Metric> for Kpi {
    fn from(metric: &'static Metric) -> Self {
        Self::Catalogue(metric)
    }
}

impl Kpi {
    /// The KPI of an id: of the catalogue, or one of the organisation's own that is in use.
    pub fn find(frame: &Frame, id: &str) -> Option<Self> {
        catalogue::find(id).map(Self::Catalogue).or_else(|| frame.own.find(id, frame.currency).map(Self::Own))
    }

    /// Its id.
    pub fn id(&self) -> &str {
        match self {
            Self::Catalogue(metric) => metric.id,
            Self::Own(own) => own.key(),
        }
    }

    /// Its unit on a day.
    pub fn unit(&self, day: Date) -> Unit {
        match self {
            Self::Catalogue(metric) => metric.unit,
            Self::Own(own) => own.unit(day),
        }
    }

    /// The measures that it needs in an organisation with this revenue.
    pub fn needed(&self, revenue: &Metric) -> BTreeSet<Measure> {
        match self {
            Self::Catalogue(metric) => needed(revenue, metric),
            Self::Own(own) => own.needed(revenue),
        }
    }

    /// Of those, the measures that it needs since the start of the fiscal year.
    pub fn needed_of_year(&self, revenue: &Metric) -> BTreeSet<Measure> {
        match self {
            Self::Catalogue(metric) => needed_of_year(revenue, metric),
            Self::Own(own) => own.needed_of_year(revenue),
        }
    }

    /// Whether the question must name two categories.
    pub fn needs_pair(&self, revenue: &Metric) -> bool {
        self.needed(revenue).into_iter().any(of_pair)
    }

    /// Its answer over the measures of one cell; an own KPI by the version that holds on a day.
    pub(super) fn answer(&self, revenue: &Metric, day: Date, values: &MeasureValues) -> Answer {
        match self {
            Self::Catalogue(metric) => answer_in(revenue, metric, values),
            Self::Own(own) => own.work_out(revenue, day, values).map_or_else(
                || Answer { value: Outcome::NotMeasurable(Why::NotApplicable), ..Answer::nothing() },
                |worked| worked.answer,
            ),
        }
    }
}

/// Whether a measure compares two categories.
pub(super) fn of_pair(measure: Measure) -> bool {
    matches!(measure, Measure::AttachBase | Measure::AttachBoth | Measure::AttachUnitsBase | Measure::AttachUnitsSecond)
}

/// Two different categories of what is sold: how often the second is bought with the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    from: String,
    to: String,
}

impl Pair {
    /// None where they are blank or the same.
    pub fn new(from: &str, to: &str) -> Option<Self> {
        let is_pair = !from.is_empty() && !to.is_empty() && from != to;
        is_pair.then(|| Self { from: from.to_owned(), to: to.to_owned() })
    }

    /// The first: what is bought anyway.
    pub fn from(&self) -> &str {
        &self.from
    }

    /// The second: what is bought with it.
    pub fn to(&self) -> &str {
        &self.to
    }
}

/// Which facts a screen asks about.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// Whose.
    pub who: Who,
    /// Only those with these values.
    pub filters: &'a [Filter],
    /// The categories of attach rates.
    pub pair: Option<&'a Pair>,
}

impl From<Who> for About<'_> {
    fn from(who: Who) -> Self {
        Self { who, ..Self::default() }
    }
}
