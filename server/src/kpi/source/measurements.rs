//! Figures of the organisation's own that the catalogue knows: what selling cost, and what the goods sold cost.

use std::collections::BTreeMap;

use domain::{Measure, MeasureValue, PersonId, TeamId};
use sea_orm::ConnectionTrait;

use super::Source;
use super::sweep::Sweep;
use crate::kpi::cells::{Cells, Key, Place, Plan};
use crate::kpi::scope::Subject;
use crate::kpi::{Dimension, KpiError};
use crate::query::aggregate::Group;
use crate::query::measurement;

const KNOWN: [(Measure, &str); 3] = [
    (Measure::SalesCost, "sales_cost"),
    (Measure::CostOfGoods, "cost_of_goods"),
    (Measure::CostOfGoodsKnown, "cost_of_goods"),
];

/// Reads them. One that was never measured stays what it is without facts; of one that was, nothing in a cell is 0.
pub(super) async fn read(db: &impl ConnectionTrait, plan: &Plan<'_>, cells: &mut Cells<'_>) -> Result<(), KpiError> {
    let kept = measurement::names(db, plan.frame.org, KNOWN.map(|(_, name)| name)).await?;
    for (measure, name) in KNOWN {
        if kept.contains(name) && plan.measures.contains(&measure) {
            cells.set_unknown(measure, MeasureValue::Money(0));
        }
    }
    if kept.is_empty() {
        return Ok(());
    }
    let Some(sweep) = Sweep::everybody(plan) else { return Ok(()) };
    let mut sums: BTreeMap<(Place, Measure), i128> = BTreeMap::new();
    for group in sweep.kept(db, &measurement::KEPT).await? {
        let name = sweep.text(&group, 0);
        let measures: Vec<Measure> =
            KNOWN.iter().filter(|(_, known)| Some(*known) == name).map(|(measure, _)| *measure).collect();
        let team = group.marks[0].map(TeamId::new).filter(|_| group.person.is_none());
        for place in places(plan, &sweep, &group, team) {
            for measure in &measures {
                *sums.entry((place.clone(), *measure)).or_default() += group.sums[0].total;
            }
        }
    }
    for ((place, measure), sum) in sums {
        cells.put(&place, Source::Measurements, measure, MeasureValue::Money(sum));
    }
    Ok(())
}

/// A person's figure belongs where their facts do, a team's to that team and what is above it, any other to the
/// organisation.
fn places(plan: &Plan<'_>, sweep: &Sweep<'_>, group: &Group, team: Option<TeamId>) -> Vec<Place> {
    let Some(day) = sweep.day(group) else { return Vec::new() };
    let person: Option<PersonId> = group.person;
    let is_inside = match (team, plan.subject) {
        (None, _) => plan.scope.contains(person, day.day_number()),
        (Some(_), Subject::Organisation) => true,
        (Some(team), Subject::Team(root)) => plan.frame.tree.subtree(root).contains(&team),
        (Some(_), Subject::People) => false,
    };
    if !is_inside {
        return Vec::new();
    }
    let mut places = sweep.places_on(group, day);
    if let Some(team) = team {
        for (set, _, key) in &mut places {
            for (dimension, key) in plan.sets[*set].iter().zip(key) {
                if *dimension == Dimension::Team {
                    *key = Key::Team(team);
                }
            }
        }
    }
    places
}
