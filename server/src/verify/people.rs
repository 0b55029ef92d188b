//! People are in one place at a time, and neither teams nor managers stand in a circle.

use domain::{Date, OrgId, TeamId};
use sea_orm::ConnectionTrait;

use super::Check;
use crate::kpi::{Frame, KpiError};

pub(super) async fn check(db: &impl ConnectionTrait, org: OrgId) -> Result<Vec<Check>, KpiError> {
    let frame = Frame::load(db, org).await?;
    let mut places = Check::new("a person is in one place at a time");
    for person in frame.people.values() {
        for stay in &person.stays {
            places.compare(stay.from < stay.to, || format!("{}: a place ends before it starts", person.name));
        }
        for pair in person.stays.windows(2) {
            let day = Date::from_day_number(pair[1].from).map_or_else(|| "the start".to_owned(), |d| d.to_string());
            places.compare(pair[0].to <= pair[1].from, || format!("{}: two places from {day} on", person.name));
        }
    }
    let mut tree = Check::new("teams form a tree");
    for team in frame.tree.parents.keys() {
        let above = |t: &TeamId| frame.tree.parents.get(t).copied().flatten();
        let ends = std::iter::successors(Some(*team), above).take(frame.tree.parents.len() + 1).count();
        tree.compare(ends <= frame.tree.parents.len(), || {
            format!("{} stands below itself", frame.team_name(*team).unwrap_or_default())
        });
    }
    Ok(vec![places, tree])
}
