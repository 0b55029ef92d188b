//! People who were a member of a team in a period: known from the frame, without a statement.

use domain::MeasureValue;

use super::count;
use crate::kpi::Dimension;
use crate::kpi::cells::{Key, Place, Plan};

/// People who were a member of a team on any day of a cell's window, as far as the scope reaches; a person, team or
/// manager of the cell limits it, a text does not.
pub(in crate::kpi) fn people_active(plan: &Plan<'_>, (set, window, key): &Place) -> MeasureValue {
    let (Some(set), Some(window)) = (plan.sets.get(*set), plan.windows.get(*window)) else {
        return count(0);
    };
    let (from, to) = (window.period.from().day_number(), window.period.to().day_number());
    let found = plan.frame.people.iter().filter(|(person, member)| {
        member.stays.iter().any(|stay| {
            let (first, end) = (stay.from.max(from), stay.to.min(to));
            let fits = |(dimension, key): (&Dimension, &Key)| match dimension {
                Dimension::Person => *key == Key::Person(**person),
                Dimension::Team => stay.team.is_some_and(|t| *key == Key::Team(t)),
                Dimension::Manager => *key == stay.manager.map_or(Key::Blank, Key::Person),
                Dimension::Text(_) | Dimension::Time(_) => true,
            };
            stay.team.is_some()
                && first < end
                && plan.scope.overlaps(**person, first, end)
                && set.iter().zip(key).all(fits)
        })
    });
    count(found.count() as i128)
}
