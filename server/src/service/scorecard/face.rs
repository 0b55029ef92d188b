//! How a KPI looks on these pages, whether it is the catalogue's or one of the organisation's own.

use domain::metric::{Better, Interval, OverTime, Perspective, catalogue};
use domain::{Date, Measure, Unit, Why};

use super::context::Context;
use crate::kpi::{Kpi, Point};
use crate::service::catalogue::own;

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct Face {
    pub kpi: Kpi,
    pub id: String,
    pub name: String,
    /// Name where there is little room.
    pub short: String,
    pub unit: Unit,
    pub better: Better,
    pub interval: Interval,
    pub over_time: OverTime,
    pub perspective: Perspective,
    pub version: String,
}

impl Face {
    /// A KPI as it is on a day; none of an own KPI that is out of use.
    pub fn of(c: &Context<'_>, kpi: Kpi, day: Date) -> Option<Self> {
        if let Kpi::Catalogue(metric) = &kpi {
            return Some(Self {
                id: metric.id.to_owned(),
                name: c.name(metric),
                short: c.words.t(&format!("metric.{}.short", metric.id)),
                unit: metric.unit,
                better: metric.better,
                interval: metric.interval,
                over_time: metric.roll_up.time,
                perspective: metric.perspective,
                version: metric.version.to_string(),
                kpi,
            });
        }
        let row = c.frame.own.on(kpi.id(), day).or_else(|| c.frame.own.latest(kpi.id()))?;
        let name = own::name(row, c.locale()).to_owned();
        let adds_up = matches!(&kpi, Kpi::Own(own) if own.adds_up(day));
        Some(Self {
            id: row.key.clone(),
            short: name.clone(),
            name,
            unit: kpi.unit(day),
            better: own::better(row),
            interval: Interval::None,
            over_time: if adds_up { OverTime::Sum } else { OverTime::RecomputeFromParts },
            perspective: own::perspective(row).unwrap_or(Perspective::Process),
            version: row.version.to_string(),
            kpi,
        })
    }
}

/// Whether a KPI is revenue that is made of deals won.
pub(super) fn is_of_deals_won(c: &Context<'_>, kpi: &Kpi) -> bool {
    matches!(kpi.id(), "revenue" | "deals_revenue") && kpi.needed(c.frame.revenue).contains(&Measure::AmountWon)
}

/// Counts that are said beside a figure.
const BESIDE: [(&str, &[&str]); 2] =
    [("win_rate", &["deals_open", "deals_disqualified"]), ("discount_share", &["deals_given_away"])];

/// The figures of a page, and what is asked beside them.
pub(super) struct Faces {
    /// Those that are shown, in their order.
    pub shown: Vec<Face>,
    /// All that are asked: those shown first.
    pub asked: Vec<Kpi>,
}

impl Faces {
    /// The figures of these ids of the catalogue, then the organisation's own that it put on the scorecards.
    pub fn of(c: &Context<'_>, ids: impl IntoIterator<Item = &'static str>, day: Date) -> Self {
        let mut found: Vec<Kpi> = ids.into_iter().filter_map(|id| catalogue::find(id)).map(Kpi::Catalogue).collect();
        let own = c.frame.own.all_latest().filter(|row| row.perspective.is_some());
        found.extend(own.filter_map(|row| Kpi::find(&c.frame, &row.key)));
        let shown: Vec<Face> = found.into_iter().filter_map(|kpi| Face::of(c, kpi, day)).collect();
        let mut asked: Vec<Kpi> = shown.iter().map(|face| face.kpi.clone()).collect();
        let beside = BESIDE.iter().filter(|(id, _)| shown.iter().any(|face| face.id == *id));
        let beside = beside.flat_map(|(_, counts)| *counts).filter_map(|id| catalogue::find(id));
        asked.extend(beside.map(Kpi::Catalogue));
        Self { shown, asked }
    }

    /// Where a figure stands among the answers.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.shown.iter().position(|face| face.id == id)
    }

    /// The figures of whose kind any of these points has facts, with where they stand among the answers. Of what the
    /// organisation does not keep nothing is shown.
    pub fn kept<'a>(&'a self, points: &[&Point]) -> Vec<(usize, &'a Face)> {
        self.shown.iter().enumerate().filter(|(index, _)| has_facts(points, *index)).collect()
    }
}

/// Whether an answer of any of these points rests on facts of a kind that is kept.
pub(super) fn has_facts(points: &[&Point], index: usize) -> bool {
    points.iter().any(|point| point.answers.get(index).is_some_and(|a| a.value.why() != Some(Why::NoData)))
}
