//! Answers of customers on a scale.

use std::collections::BTreeMap;

use domain::Measure;
use sea_orm::ConnectionTrait;

use super::sweep::Sweep;
use super::{Source, count, number};
use crate::kpi::KpiError;
use crate::kpi::cells::{Cells, Place, Plan};
use crate::query::satisfaction;

#[derive(Default)]
struct Answers {
    csat_score: i128,
    csat: i128,
    nps: i128,
    promoters: i128,
    detractors: i128,
}

pub(super) async fn read(db: &impl ConnectionTrait, plan: &Plan<'_>, cells: &mut Cells<'_>) -> Result<(), KpiError> {
    let Some(sweep) = Sweep::of(plan) else { return Ok(()) };
    let mut all: BTreeMap<Place, Answers> = BTreeMap::new();
    for group in sweep.kept(db, &satisfaction::KEPT).await? {
        let n = i128::from(group.count);
        for place in sweep.places(&group) {
            let answers = all.entry(place).or_default();
            match (sweep.text(&group, 0), group.marks[0]) {
                (Some("csat"), _) => {
                    answers.csat += n;
                    answers.csat_score += group.sums[0].total;
                }
                (Some("nps"), side) => {
                    answers.nps += n;
                    match side {
                        Some(satisfaction::PROMOTER) => answers.promoters += n,
                        Some(satisfaction::DETRACTOR) => answers.detractors += n,
                        _ => (),
                    }
                }
                _ => (),
            }
        }
    }
    for (place, answers) in all {
        for (measure, value) in [
            (Measure::CsatScore, number(answers.csat_score)),
            (Measure::CsatAnswers, count(answers.csat)),
            (Measure::NpsAnswers, count(answers.nps)),
            (Measure::NpsPromoters, count(answers.promoters)),
            (Measure::NpsDetractors, count(answers.detractors)),
        ] {
            cells.put(&place, Source::Satisfaction, measure, value);
        }
    }
    Ok(())
}
