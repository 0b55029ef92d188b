//! Whose facts a question may touch: what was asked, cut down to what the caller may see.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Date, OrgId, Period, PersonId, TeamId};

use super::{Dimension, Frame};
use crate::authz::{Access, Denied, Reach};

/// Who asks, as far as figures are concerned.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Their organisation.
    pub org: OrgId,
    /// Whose figures they may see.
    pub reach: Reach,
    /// Today where they are.
    pub today: Date,
}

impl Viewer {
    /// A signed-in caller.
    pub fn of(access: &Access) -> Self {
        Self { org: access.caller.org_id, reach: access.reach(), today: access.caller.today }
    }

    /// The operator at the command line, who has an owner's rights.
    pub fn operator(org: OrgId, today: Date) -> Self {
        Self { org, reach: Reach::All, today }
    }
}

/// Whose figures are asked. Both empty: everybody that the caller may see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// A team with everything below it.
    pub team: Option<TeamId>,
    /// A person.
    pub person: Option<PersonId>,
}

impl Who {
    /// Everybody that the caller may see.
    pub const ALL: Self = Self { team: None, person: None };

    /// One person.
    pub const fn person(person: PersonId) -> Self {
        Self { team: None, person: Some(person) }
    }

    /// A team with everything below it.
    pub const fn team(team: TeamId) -> Self {
        Self { team: Some(team), person: None }
    }
}

/// Spans of days `[from, to)` in which each person's facts count.
pub type Spans = BTreeMap<PersonId, Vec<(i32, i32)>>;

/// Whose facts a scope is whole of: what is set for an organisation or a team as such counts only beside all of
/// its facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The whole organisation.
    Organisation,
    /// A whole team with everything below it.
    Team(TeamId),
    /// Some people, or a part of one's time.
    People,
}

impl Subject {
    /// What somebody sees the whole of when they ask this.
    pub(super) fn of(viewer: &Viewer, who: Who) -> Self {
        let sees_all = |team: TeamId| match &viewer.reach {
            Reach::All => true,
            Reach::Limited { teams, totals, .. } => teams.contains(&team) || totals.contains(&team),
        };
        match (who.person, who.team) {
            (None, None) if viewer.reach == Reach::All => Self::Organisation,
            (None, Some(team)) if sees_all(team) => Self::Team(team),
            _ => Self::People,
        }
    }
}

const EVER: (i32, i32) = (i32::MIN, i32::MAX);

/// Whose facts count, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Everybody's, and those that are nobody's.
    Everybody,
    /// These people's in these spans.
    Dated(Spans),
}

impl Scope {
    /// What was asked, cut down to the caller's reach.
    ///
    /// # Errors
    /// Not found, when none of it may be seen: whether it exists is not told.
    pub(super) fn resolve(frame: &Frame, viewer: &Viewer, who: Who, by: &[Dimension]) -> Result<Self, Denied> {
        if who.team.is_some_and(|t| !frame.tree.parents.contains_key(&t))
            || who.person.is_some_and(|p| !frame.people.contains_key(&p))
        {
            return Err(Denied::NotFound);
        }
        let asked = asked(frame, who);
        let Reach::Limited { people, teams, totals } = &viewer.reach else {
            return Ok(asked);
        };
        // A total of one's own team may be seen, broken down by anything that does not tell people apart.
        let is_total = who.person.is_none() && !by.iter().any(|d| d.needs_person());
        if is_total && who.team.is_some_and(|t| totals.contains(&t)) {
            return Ok(asked);
        }
        let mut allowed = Spans::new();
        for person in frame.people.keys() {
            let spans = if people.contains(person) { vec![EVER] } else { frame.spans_in(*person, teams) };
            if !spans.is_empty() {
                allowed.insert(*person, spans);
            }
        }
        let seen = match asked {
            Self::Everybody => allowed,
            Self::Dated(asked) => intersect(&asked, &allowed),
        };
        let is_known_team = who.person.is_none() && who.team.is_some_and(|t| teams.contains(&t));
        if seen.is_empty() && !is_known_team { Err(Denied::NotFound) } else { Ok(Self::Dated(seen)) }
    }

    /// Whether a person's fact of a day counts.
    pub(super) fn contains(&self, person: Option<PersonId>, day: i32) -> bool {
        match self {
            Self::Everybody => true,
            Self::Dated(spans) => person
                .and_then(|p| spans.get(&p))
                .is_some_and(|spans| spans.iter().any(|(from, to)| *from <= day && day < *to)),
        }
    }

    /// Whether all of a person's facts of a period count.
    pub(super) fn is_whole(&self, person: PersonId, period: Period) -> bool {
        match self {
            Self::Everybody => true,
            Self::Dated(spans) => spans.get(&person).is_some_and(|spans| {
                spans.iter().any(|(from, to)| *from <= period.from().day_number() && *to >= period.to().day_number())
            }),
        }
    }

    /// Whether any of a person's days in `[from, to)` counts.
    pub(super) fn overlaps(&self, person: PersonId, from: i32, to: i32) -> bool {
        match self {
            Self::Everybody => true,
            Self::Dated(spans) => {
                spans.get(&person).is_some_and(|spans| spans.iter().any(|(a, b)| *a < to && from < *b))
            }
        }
    }

    /// People with any day in `[from, to)`.
    pub(super) fn people(&self, from: i32, to: i32) -> Option<BTreeSet<PersonId>> {
        match self {
            Self::Everybody => None,
            Self::Dated(spans) => {
                let inside = spans.iter().filter(|(_, s)| s.iter().any(|(a, b)| *a < to && from < *b));
                Some(inside.map(|(p, _)| *p).collect())
            }
        }
    }
}

/// The people among those asked of whom the viewer may see single facts, each with the spans of days `[from, to)` in
/// which; none: everybody's and nobody's.
///
/// # Errors
/// Not found, when there is nobody.
pub fn visible(frame: &Frame, viewer: &Viewer, who: Who) -> Result<Option<Spans>, Denied> {
    Ok(match Scope::resolve(frame, viewer, who, &[Dimension::Person])? {
        Scope::Everybody => None,
        Scope::Dated(spans) => Some(spans),
    })
}

fn asked(frame: &Frame, who: Who) -> Scope {
    let of_team = |person: PersonId| match who.team {
        None => vec![EVER],
        Some(team) => frame.spans_in(person, &frame.tree.subtree(team)),
    };
    match (who.team, who.person) {
        (None, None) => Scope::Everybody,
        (_, Some(person)) => {
            let spans = of_team(person);
            Scope::Dated(if spans.is_empty() { Spans::new() } else { Spans::from([(person, spans)]) })
        }
        (Some(team), None) => {
            let subtree = frame.tree.subtree(team);
            let spans = frame.people.keys().map(|p| (*p, frame.spans_in(*p, &subtree)));
            Scope::Dated(spans.filter(|(_, s)| !s.is_empty()).collect())
        }
    }
}

impl Scope {
    /// The part of it that these spans hold, and the part that they do not. What is nobody's is in neither.
    pub(super) fn divided(&self, frame: &Frame, by: &Spans) -> (Self, Self) {
        let all = match self {
            Self::Everybody => frame.people.keys().map(|p| (*p, vec![EVER])).collect(),
            Self::Dated(spans) => spans.clone(),
        };
        let others = all.iter().map(|(p, spans)| (*p, without(spans, by.get(p).map_or(&[][..], Vec::as_slice))));
        let others = others.filter(|(_, spans)| !spans.is_empty()).collect();
        (Self::Dated(intersect(&all, by)), Self::Dated(others))
    }
}

/// What is left of some spans without others.
fn without(spans: &[(i32, i32)], others: &[(i32, i32)]) -> Vec<(i32, i32)> {
    others.iter().fold(spans.to_vec(), |left, (from, to)| {
        let parts = left.into_iter().flat_map(|(a, b)| [(a, b.min(*from)), (a.max(*to), b)]);
        parts.filter(|(a, b)| a < b).collect()
    })
}

fn intersect(a: &Spans, b: &Spans) -> Spans {
    let mut both = Spans::new();
    for (person, spans) in a {
        let others = b.get(person).map_or(&[][..], Vec::as_slice);
        let common: Vec<_> = spans
            .iter()
            .flat_map(|(f1, t1)| others.iter().map(move |(f2, t2)| (*f1.max(f2), *t1.min(t2))))
            .filter(|(from, to)| from < to)
            .collect();
        if !common.is_empty() {
            both.insert(*person, common);
        }
    }
    both
}
