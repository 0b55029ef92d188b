//! The organisation's own KPIs: their versions, checked together and computed by `domain`.

pub(super) mod check;
pub(super) mod form;
pub(super) mod read;
pub(super) mod save;

use std::collections::{BTreeMap, BTreeSet};

use domain::formula::{Definitions, DefinitionsError, Expr, Named, Vocabulary};
use domain::metric::{Metric, catalogue};
use domain::{Currency, Date, Locale, Measure, Outcome, Ratio, Unit};
use sea_orm::ConnectionTrait;

use super::today::Values;
use crate::entity::kpi_formula::Model;
use crate::error::ServiceResult;
use crate::kpi;
use crate::query;

/// The unit of a formula that cannot be told any more.
const PLAIN: Unit = Unit::Number;

/// All versions of all own KPIs, by key, from the oldest.
#[derive(Debug, Default)]
pub(super) struct Own(BTreeMap<String, Vec<Model>>);

impl Own {
    /// Reads them.
    pub async fn load(db: &impl ConnectionTrait, org: i64) -> ServiceResult<Self> {
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
        let holds = |row: &&Model| row.from_day.is_none_or(|from| from <= day.day_number());
        self.versions(key).iter().rev().find(holds)
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
        let refers = |row: &&Model| {
            let expr = Expr::parse(&row.formula);
            row.key != key && expr.is_ok_and(|e| e.references().iter().any(|(name, _)| name.replace('.', "_") == key))
        };
        self.all_latest().filter(refers).collect()
    }
}

/// Checks versions against each other.
pub(super) fn define<'a>(
    rows: impl Iterator<Item = &'a Model>,
    vocabulary: &Vocabulary,
) -> Result<Definitions, DefinitionsError> {
    let parsed = rows.filter_map(|row| Some((row.key.clone(), Expr::parse(&row.formula).ok()?)));
    Definitions::check(&parsed.collect(), vocabulary)
}

/// The measures that formulas need, those of the metrics they name included.
fn measures(revenue: &Metric, definitions: &Definitions) -> BTreeSet<Measure> {
    let mut all = BTreeSet::new();
    for (_, expr, _) in definitions.iter() {
        for (name, _) in expr.references() {
            let name = name.replace('.', "_");
            match catalogue::find(&name) {
                Some(metric) => all.extend(kpi::needed(revenue, metric)),
                None => all.extend(Measure::from_id(&name)),
            }
        }
    }
    all
}

/// The values of formulas for whom `Values` is about; none where the reader sees nobody's figures.
pub(super) async fn values_of(
    db: &impl ConnectionTrait,
    values: &Values,
    definitions: &Definitions,
) -> ServiceResult<Option<BTreeMap<String, (Unit, Outcome<Ratio>)>>> {
    let Some(found) = values.measured(db, &measures(values.revenue(), definitions)).await? else { return Ok(None) };
    let units: BTreeMap<&str, Unit> = definitions.iter().map(|(name, _, unit)| (name, unit)).collect();
    let all = definitions.evaluate(|name| kpi::value_of(values.revenue(), name, &found));
    let with_unit =
        |(name, value): (&str, Outcome<Ratio>)| (name.to_owned(), (units.get(name).copied().unwrap_or(PLAIN), value));
    Ok(Some(all.into_iter().map(with_unit).collect()))
}

/// Its name in a language.
pub(super) fn name(row: &Model, locale: Locale) -> &str {
    match locale {
        Locale::En => &row.name_en,
        Locale::Nl => &row.name_nl,
    }
}
