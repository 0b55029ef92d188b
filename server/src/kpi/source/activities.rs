//! What people did: Σ of counts by type.

use std::collections::BTreeMap;

use domain::Measure;
use sea_orm::ConnectionTrait;

use super::sweep::Sweep;
use super::{Source, count};
use crate::kpi::KpiError;
use crate::kpi::cells::{Cells, Place, Plan};
use crate::query::activity;

fn of_type(name: Option<&str>) -> Option<Measure> {
    Some(match name? {
        "call" => Measure::ActivitiesCall,
        "meeting" => Measure::ActivitiesMeeting,
        "e-mail" => Measure::ActivitiesEmail,
        "demo" => Measure::ActivitiesDemo,
        "proposal" => Measure::ActivitiesProposal,
        "other" => Measure::ActivitiesOther,
        _ => return None,
    })
}

pub(super) async fn read(db: &impl ConnectionTrait, plan: &Plan<'_>, cells: &mut Cells<'_>) -> Result<(), KpiError> {
    let Some(sweep) = Sweep::of(plan) else { return Ok(()) };
    let mut sums: BTreeMap<(Place, Measure), i128> = BTreeMap::new();
    for group in sweep.kept(db, &activity::KEPT).await? {
        let of_type = of_type(sweep.text(&group, 0));
        for place in sweep.places(&group) {
            for measure in std::iter::once(Measure::Activities).chain(of_type) {
                *sums.entry((place.clone(), measure)).or_default() += group.sums[0].total;
            }
        }
    }
    for ((place, measure), sum) in sums {
        cells.put(&place, Source::Activities, measure, count(sum));
    }
    Ok(())
}
