//! The organisation's own KPIs: their versions, checked together, and what the engine needs to answer them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::formula::{Definitions, DefinitionsError, Expr, Named, Vocabulary, Worked};
use domain::metric::{Metric, OverTime, Timing, catalogue, measured};
use domain::{Answer, Currency, Date, Measure, MeasureValues, Outcome, Unit, Why};
use sea_orm::{ConnectionTrait, DbErr};

use super::revenue::{answer_in, needed, needed_of_year};
use crate::entity::kpi_formula::Model;
use crate::query;

/// The unit of a formula that cannot be told any more.
pub const PLAIN: Unit = Unit::Number;

/// All versions of all own KPIs of an organisation, by key, from the oldest.
#[derive(Clone, Debug, Default)]
pub struct Own(BTreeMap<String, Vec<Model>>);

impl Own {
    /// Reads them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn load(db: &impl ConnectionTrait, org: i64) -> Result<Self, DbErr> {
        let mut own = Self::default();
        for row in query::formula::all(db, org).await? {
            own.0.entry(row.key.clone()).or_default().push(row);
        }
        Ok(own)
    }

    /// The versions of one, from the oldest.
    pub fn versions(&self, key: &str) -> &[Model] {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }

    /// The newest version of one that is in use.
    pub fn latest(&self, key: &str) -> Option<&Model> {
        self.versions(key).last().filter(|row| row.retired_at.is_none())
    }

    /// The newest versions of those in use.
    pub fn all_latest(&self) -> impl Iterator<Item = &Model> {
        self.0.values().filter_map(|rows| rows.last()).filter(|row| row.retired_at.is_none())
    }

    /// The version of one that holds on a day.
    pub fn on(&self, key: &str, day: Date) -> Option<&Model> {
        self.since(key, Some(day.day_number()))
    }

    /// The version of one that holds on a day; without a day the first one.
    fn since(&self, key: &str, day: Option<i32>) -> Option<&Model> {
        self.versions(key).iter().rev().find(|row| row.from_day.is_none() || row.from_day <= day)
    }

    /// The versions of those in use that hold on a day.
    pub fn in_force(&self, day: Date) -> impl Iterator<Item = &Model> {
        self.all_latest().filter_map(move |row| self.on(&row.key, day))
    }

    /// The names that a formula may use, but for own KPIs in use: those are checked together with it.
    pub fn vocabulary(&self, currency: Currency) -> Vocabulary {
        let mut vocabulary = Vocabulary::catalogue(currency);
        let retired = self.0.iter().filter(|(key, _)| self.latest(key).is_none());
        vocabulary.names.extend(retired.map(|(key, _)| (key.clone(), Named { unit: PLAIN, retired: true })));
        vocabulary
    }

    /// Own KPIs that refer to this one.
    pub fn users_of(&self, key: &str) -> Vec<&Model> {
        let refers = |row: &&Model| row.key != key && names(row).iter().any(|name| name == key);
        self.all_latest().filter(refers).collect()
    }

    /// One that is in use, with its versions and those of the own KPIs that it refers to.
    pub fn find(&self, key: &str, currency: Currency) -> Option<Arc<OwnKpi>> {
        self.latest(key)?;
        let keys = self.with_parts(key);
        let days: BTreeSet<Option<i32>> = keys.iter().flat_map(|k| self.versions(k)).map(|row| row.from_day).collect();
        let vocabulary = self.vocabulary(currency);
        let stretch = |from: Option<i32>| {
            let rows = keys.iter().filter_map(|key| self.since(key, from));
            // Versions that do not fit together, between two changes, have no value.
            let definitions = define(rows, &vocabulary).ok().and_then(|all| all.only(key));
            Some(Stretch { from, version: self.since(key, from)?.version, definitions })
        };
        Some(Arc::new(OwnKpi { key: key.to_owned(), stretches: days.into_iter().filter_map(stretch).collect() }))
    }

    /// The key with those of all own KPIs in use that any of its versions refers to.
    fn with_parts(&self, key: &str) -> BTreeSet<String> {
        let (mut found, mut waiting) = (BTreeSet::new(), vec![key.to_owned()]);
        while let Some(key) = waiting.pop() {
            if self.latest(&key).is_some() && !found.contains(&key) {
                waiting.extend(self.versions(&key).iter().flat_map(names));
                found.insert(key);
            }
        }
        found
    }
}

/// The names in a formula; none of one that cannot be read.
fn names(row: &Model) -> Vec<String> {
    Expr::parse(&row.formula).map(|expr| expr.names()).unwrap_or_default()
}

/// Checks versions against each other.
///
/// # Errors
/// The first formula found wrong.
pub fn define<'a>(
    rows: impl Iterator<Item = &'a Model>,
    vocabulary: &Vocabulary,
) -> Result<Definitions, DefinitionsError> {
    let parsed = rows.filter_map(|row| Some((row.key.clone(), Expr::parse(&row.formula).ok()?)));
    Definitions::check(&parsed.collect(), vocabulary)
}

/// An own KPI as the engine asks it: a period keeps the version that held on its last day, or today while it runs.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnKpi {
    key: String,
    stretches: Vec<Stretch>,
}

/// The formulas that hold from one change of any of them to the next.
#[derive(Clone, Debug, PartialEq)]
struct Stretch {
    from: Option<i32>,
    version: i32,
    /// The formula with those that it needs; none where they do not fit.
    definitions: Option<Definitions>,
}

impl OwnKpi {
    /// A formula that is not saved, such as one that is being typed.
    pub fn typed(key: &str, definitions: &Definitions) -> Arc<Self> {
        let stretch = Stretch { from: None, version: 0, definitions: definitions.only(key) };
        Arc::new(Self { key: key.to_owned(), stretches: vec![stretch] })
    }

    /// Name by which it is asked for.
    pub fn key(&self) -> &str {
        &self.key
    }

    fn on(&self, day: Date) -> Option<&Stretch> {
        let holds = |s: &&Stretch| s.from.is_none_or(|from| from <= day.day_number());
        self.stretches.iter().rev().find(holds)
    }

    fn definitions(&self, day: Date) -> Option<&Definitions> {
        self.on(day)?.definitions.as_ref()
    }

    /// Number of the version that holds on a day.
    pub fn version(&self, day: Date) -> i32 {
        self.on(day).map_or(1, |stretch| stretch.version)
    }

    /// Its unit on a day.
    pub fn unit(&self, day: Date) -> Unit {
        let found = self.definitions(day).and_then(|all| all.iter().find(|(name, ..)| *name == self.key));
        found.map_or(PLAIN, |(_, _, unit)| unit)
    }

    /// Whether the values of the parts of a period add up to that of the period, by its formula of a day.
    pub fn adds_up(&self, day: Date) -> bool {
        self.definitions(day).is_some_and(|all| adds_up(all, &self.key))
    }

    /// The catalogue's metrics that its formula of a day is made of, those of its parts included.
    pub fn metrics(&self, day: Date) -> Vec<&'static Metric> {
        let names = self.definitions(day).into_iter().flat_map(Definitions::iter).flat_map(|(_, expr, _)| expr.names());
        let mut found: Vec<&'static Metric> = Vec::new();
        for metric in names.filter_map(|name| catalogue::find(&name)) {
            if !found.iter().any(|known| known.id == metric.id) {
                found.push(metric);
            }
        }
        found
    }

    /// The measures that any of its versions needs, those of the metrics it names included.
    pub(super) fn needed(&self, revenue: &Metric) -> BTreeSet<Measure> {
        let all = self.stretches.iter().filter_map(|stretch| stretch.definitions.as_ref());
        let mut measures = BTreeSet::new();
        for name in all.flat_map(Definitions::iter).flat_map(|(_, expr, _)| expr.names()) {
            match (catalogue::find(&name), Measure::from_id(&name)) {
                (Some(metric), _) => measures.extend(needed(revenue, metric)),
                (None, Some(measure)) => {
                    measures.insert(measure);
                    measures.extend(measure.counted());
                }
                // Another own KPI, whose measures come with it.
                (None, None) => {}
            }
        }
        measures
    }

    /// Of those, the measures that it needs since the start of the fiscal year.
    pub(super) fn needed_of_year(&self, revenue: &Metric) -> BTreeSet<Measure> {
        let all = self.stretches.iter().filter_map(|stretch| stretch.definitions.as_ref());
        let names = all.flat_map(Definitions::iter).flat_map(|(_, expr, _)| expr.names());
        names.filter_map(|name| catalogue::find(&name)).flat_map(|metric| needed_of_year(revenue, metric)).collect()
    }

    /// Its answer over the measures of one cell with its parts; none where its versions of that day do not fit.
    pub fn work_out(&self, revenue: &Metric, day: Date, values: &MeasureValues) -> Option<Worked> {
        self.definitions(day)?.work_out(&self.key, |name| part(revenue, name, values))
    }
}

/// Whether a name adds up over time. Own KPIs do not refer to themselves, so this ends.
fn adds_up(all: &Definitions, name: &str) -> bool {
    if let Some((_, expr, _)) = all.iter().find(|(own, ..)| *own == name) {
        return expr.is_sum_of(&|part| adds_up(all, part));
    }
    match (catalogue::find(name), Measure::from_id(name)) {
        (Some(metric), _) => metric.roll_up.time == OverTime::Sum,
        (None, Some(measure)) => measure.def().timing == Timing::Additive && measure.unit() != Unit::Days,
        (None, None) => false,
    }
}

/// A measure or metric as a part of a formula.
fn part(revenue: &Metric, name: &str, values: &MeasureValues) -> Answer {
    match (catalogue::find(name), Measure::from_id(name)) {
        (Some(metric), _) => answer_in(revenue, metric, values),
        (None, Some(measure)) => measured(measure, values),
        (None, None) => Answer { value: Outcome::NotMeasurable(Why::NotApplicable), ..Answer::nothing() },
    }
}
