//! Who may see, set and answer a target.

use domain::policy::{Action, Relation};
use domain::target::{Status, Who};

use super::model::Stored;
use crate::authz::{Access, Denied};
use crate::service::desk::Desk;

/// What a target's owner is to the caller.
pub(in crate::service) fn relation(access: &Access, who: Who) -> Relation {
    match who {
        Who::Organisation => Relation::Organisation,
        Who::Team(team) => access.relation_to_team(team),
        Who::Person(person) => access.relation_to_person(person),
    }
}

/// Whether the caller sees the figures of whom a target is for.
pub(super) fn sees(access: &Access, who: Who) -> bool {
    let relation = relation(access, who);
    let is_team = matches!(who, Who::Team(_));
    access.allows(Action::SeeNumbers, relation) || (is_team && access.allows(Action::SeeTeamTotal, relation))
}

/// Whether the caller sets targets for somebody.
pub(super) fn sets(access: &Access, who: Who) -> bool {
    access.allows(Action::SetTarget, relation(access, who))
}

/// Whether the caller may see a target: drafts only by those who may set it.
pub(super) fn may_see(desk: &Desk, stored: &Stored) -> bool {
    let who = stored.target.who;
    sees(&desk.access, who) && (stored.status != Status::Draft || may_change(desk, stored))
}

/// Whether the caller may change a target: a personal goal is its person's alone.
pub(super) fn may_change(desk: &Desk, stored: &Stored) -> bool {
    let relation = relation(&desk.access, stored.target.who);
    if stored.target.is_personal {
        relation == Relation::Own && desk.access.allows(Action::SetPersonalGoal, relation)
    } else {
        desk.access.allows(Action::SetTarget, relation)
    }
}

/// Whether whom a target is for exists in the organisation.
pub(in crate::service) fn exists(desk: &Desk, who: Who) -> bool {
    match who {
        Who::Organisation => true,
        Who::Team(team) => desk.frame.tree.parents.contains_key(&team),
        Who::Person(person) => desk.frame.people.contains_key(&person),
    }
}

/// Whether the caller may set a target for somebody; `personal` says that it is meant as a personal goal.
///
/// # Errors
/// Not found if they may not know of them, forbidden if they see them but may not: also for their own target.
pub(super) fn require_set(desk: &Desk, who: Who, personal: bool) -> Result<(), Denied> {
    let relation = relation(&desk.access, who);
    if !exists(desk, who) || !(sees(&desk.access, who) || sets(&desk.access, who)) {
        return Err(Denied::NotFound);
    }
    let action = if personal { Action::SetPersonalGoal } else { Action::SetTarget };
    if personal && relation != Relation::Own {
        return Err(Denied::Forbidden);
    }
    desk.access.require(action, relation)
}

/// Whom a target is for, by name.
pub(in crate::service) fn who_name(desk: &Desk, who: Who) -> String {
    match who {
        Who::Organisation => desk.texts.t("targets.whole_organisation"),
        Who::Team(team) => desk.frame.team_name(team).unwrap_or_default().to_owned(),
        Who::Person(person) => desk.frame.person_name(person).unwrap_or_default().to_owned(),
    }
}

/// As the KPI engine names whose figures are asked.
pub(super) fn scope(who: Who) -> crate::kpi::Who {
    match who {
        Who::Organisation => crate::kpi::Who::ALL,
        Who::Team(team) => crate::kpi::Who::team(team),
        Who::Person(person) => crate::kpi::Who::person(person),
    }
}
