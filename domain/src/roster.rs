//! Where people belong over time: no two places at once, no loops among managers or teams.
//!
//! A *stay* is a team and a manager that a person has from a day to a day (half-open; no first day = since ever, no
//! end = until now).

use std::collections::BTreeMap;

use crate::{Date, PersonId, TeamId};

/// A team and a manager, from a day to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Team.
    pub team: Option<TeamId>,
    /// Direct manager.
    pub manager: Option<PersonId>,
    /// First day; none = since ever.
    pub from: Option<Date>,
    /// Day after the last; none = until now.
    pub to: Option<Date>,
}

impl Stay {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day < to)
    }

    fn start(&self) -> i32 {
        self.from.map_or(i32::MIN, Date::day_number)
    }

    fn end(&self) -> i32 {
        self.to.map_or(i32::MAX, Date::day_number)
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.start() < other.end() && other.start() < self.end()
    }
}

/// Why a stay cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RosterError {
    /// Neither a team nor a manager.
    #[error("neither a team nor a manager")]
    Nothing,
    /// It ends before it starts.
    #[error("ends before it starts")]
    EndsFirst,
    /// Another stay holds in the same time; its index.
    #[error("overlaps another stay")]
    Overlap(usize),
    /// The person is their own manager, directly or through others.
    #[error("a loop among managers")]
    ManagerLoop,
}

/// Checks a new stay against those the person has. A stay that is open and started earlier ends where the new one
/// starts: the answer is its index.
///
/// # Errors
/// See [`RosterError`].
pub fn move_to(existing: &[Stay], new: &Stay) -> Result<Option<usize>, RosterError> {
    check_shape(new)?;
    let mut closes = None;
    for (index, stay) in existing.iter().enumerate().filter(|(_, s)| s.overlaps(new)) {
        if stay.to.is_none() && stay.start() < new.start() {
            closes = Some(index);
        } else {
            return Err(RosterError::Overlap(index));
        }
    }
    Ok(closes)
}

/// Checks a changed stay against the person's other ones; nothing is closed for it.
///
/// # Errors
/// See [`RosterError`].
pub fn change_to(others: &[Stay], changed: &Stay) -> Result<(), RosterError> {
    check_shape(changed)?;
    match others.iter().position(|s| s.overlaps(changed)) {
        Some(index) => Err(RosterError::Overlap(index)),
        None => Ok(()),
    }
}

fn check_shape(stay: &Stay) -> Result<(), RosterError> {
    if stay.team.is_none() && stay.manager.is_none() {
        return Err(RosterError::Nothing);
    }
    if stay.end() <= stay.start() {
        return Err(RosterError::EndsFirst);
    }
    Ok(())
}

/// Checks that on no day of a new stay the person stands above themselves. `others` are the stays of everybody else.
///
/// # Errors
/// [`RosterError::ManagerLoop`].
pub fn check_managers(others: &[(PersonId, Stay)], person: PersonId, new: &Stay) -> Result<(), RosterError> {
    let Some(manager) = new.manager else { return Ok(()) };
    // The chain above changes only where somebody's stay starts, so these days stand for all.
    let first = new.from.unwrap_or(Date::MIN);
    let days = others.iter().filter_map(|(_, s)| s.from).filter(|day| *day > first && new.holds_on(*day));
    for day in std::iter::once(first).chain(days) {
        let chain: BTreeMap<PersonId, PersonId> = others
            .iter()
            .filter(|(who, s)| *who != person && s.holds_on(day))
            .filter_map(|(who, s)| s.manager.map(|m| (*who, m)))
            .collect();
        let mut at = Some(manager);
        for _ in 0..=chain.len() {
            match at {
                Some(p) if p == person => return Err(RosterError::ManagerLoop),
                Some(p) => at = chain.get(&p).copied(),
                None => break,
            }
        }
    }
    Ok(())
}

/// Whether a team would lie below itself if it were moved under a parent.
pub fn would_loop(parents: &BTreeMap<TeamId, Option<TeamId>>, team: TeamId, parent: Option<TeamId>) -> bool {
    let mut at = parent;
    for _ in 0..=parents.len() {
        match at {
            Some(id) if id == team => return true,
            Some(id) => at = parents.get(&id).copied().flatten(),
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Date> {
        (!text.is_empty()).then(|| text.parse().unwrap())
    }

    fn stay(team: i64, manager: i64, from: &str, to: &str) -> Stay {
        Stay {
            team: (team > 0).then_some(TeamId::new(team)),
            manager: (manager > 0).then_some(PersonId::new(manager)),
            from: day(from),
            to: day(to),
        }
    }

    #[test]
    fn a_move_closes_the_open_stay() {
        let existing = [stay(1, 0, "2016-01-01", "2017-01-01"), stay(2, 0, "2017-01-01", "")];
        assert_eq!(move_to(&existing, &stay(3, 0, "2017-06-01", "")), Ok(Some(1)));
        assert_eq!(move_to(&[], &stay(3, 0, "", "")), Ok(None));
    }

    #[test]
    fn two_places_at_once_are_refused() {
        let existing = [stay(1, 0, "2016-01-01", "2017-01-01"), stay(2, 0, "2017-01-01", "")];
        assert_eq!(move_to(&existing, &stay(3, 0, "2016-06-01", "2016-07-01")), Err(RosterError::Overlap(0)));
        assert_eq!(move_to(&existing, &stay(3, 0, "2017-01-01", "")), Err(RosterError::Overlap(1)));
        assert_eq!(move_to(&existing, &stay(3, 0, "", "")), Err(RosterError::Overlap(0)));
        assert_eq!(change_to(&existing[..1], &stay(3, 0, "2017-01-01", "")), Ok(()));
        assert_eq!(change_to(&existing[..1], &stay(3, 0, "2016-12-31", "")), Err(RosterError::Overlap(0)));
    }

    #[test]
    fn a_stay_needs_content_and_a_day() {
        assert_eq!(move_to(&[], &stay(0, 0, "", "")), Err(RosterError::Nothing));
        assert_eq!(move_to(&[], &stay(1, 0, "2017-01-01", "2017-01-01")), Err(RosterError::EndsFirst));
    }

    #[test]
    fn nobody_stands_above_themselves_on_any_day() {
        let p = PersonId::new;
        // 2 is under 1 since ever; 1 comes under 3 in July.
        let others = [(p(2), stay(0, 1, "", "")), (p(1), stay(0, 3, "2017-07-01", ""))];
        assert_eq!(check_managers(&others, p(1), &stay(0, 1, "", "")), Err(RosterError::ManagerLoop));
        assert_eq!(check_managers(&others, p(1), &stay(0, 2, "", "")), Err(RosterError::ManagerLoop));
        // 3 under 2 goes well until July.
        assert_eq!(check_managers(&others, p(3), &stay(0, 2, "2017-01-01", "2017-07-01")), Ok(()));
        assert_eq!(check_managers(&others, p(3), &stay(0, 2, "2017-01-01", "")), Err(RosterError::ManagerLoop));
    }

    #[test]
    fn a_team_never_lies_below_itself() {
        let t = TeamId::new;
        let parents = BTreeMap::from([(t(1), None), (t(2), Some(t(1))), (t(3), Some(t(2)))]);
        assert!(would_loop(&parents, t(1), Some(t(3))));
        assert!(would_loop(&parents, t(1), Some(t(1))));
        assert!(!would_loop(&parents, t(3), Some(t(1))));
        assert!(!would_loop(&parents, t(2), None));
    }
}
