//! What a caller can reach: the people below them, the teams they manage or may see.

use std::collections::{BTreeMap, BTreeSet};

use app::caller::Caller;
use domain::policy::{Action, Relation, Role, may};
use domain::{Date, PersonId, TeamId};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use super::Denied;
use crate::entity::{membership, team, team_access, team_membership};

/// The team tree of an organisation, by parent.
#[derive(Clone, Debug, Default)]
pub struct TeamTree {
    /// Parent of each team; roots have none.
    pub parents: BTreeMap<TeamId, Option<TeamId>>,
    /// Name of each team.
    pub names: BTreeMap<TeamId, String>,
}

impl TeamTree {
    /// Reads the tree of an organisation, archived teams included: history needs them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn load(db: &impl ConnectionTrait, org_id: i64) -> Result<Self, DbErr> {
        let mut tree = Self::default();
        for row in team::Entity::find().filter(team::Column::OrgId.eq(org_id)).all(db).await? {
            tree.parents.insert(TeamId::new(row.id), row.parent_id.map(TeamId::new));
            tree.names.insert(TeamId::new(row.id), row.name);
        }
        Ok(tree)
    }

    /// A team and everything below it.
    pub fn subtree(&self, root: TeamId) -> BTreeSet<TeamId> {
        let mut found = BTreeSet::from([root]);
        loop {
            let before = found.len();
            for (team, parent) in &self.parents {
                if parent.is_some_and(|p| found.contains(&p)) {
                    found.insert(*team);
                }
            }
            if found.len() == before {
                return found;
            }
        }
    }

    /// The name with those of the teams above it: `Region / East`.
    pub fn path(&self, team: TeamId) -> String {
        let mut parts = Vec::new();
        let mut at = Some(team);
        while let Some(id) = at {
            parts.push(self.names.get(&id).map_or("", String::as_str));
            at = self.parents.get(&id).copied().flatten();
            if parts.len() > self.parents.len() {
                break;
            }
        }
        parts.reverse();
        parts.join(" / ")
    }
}

/// Whose single figures a caller may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everybody of the organisation.
    All,
    /// These people and teams, and nothing else.
    Limited {
        /// People whose own figures may be seen.
        people: BTreeSet<PersonId>,
        /// Teams whose totals and members may be seen.
        teams: BTreeSet<TeamId>,
        /// Teams of which only the total may be seen (and a range from five people on).
        totals: BTreeSet<TeamId>,
    },
}

/// A caller with everything that decides about them, read once per request.
#[derive(Clone, Debug)]
pub struct Access {
    /// Who calls.
    pub caller: Caller,
    /// The organisation's teams.
    pub tree: TeamTree,
    /// Teams the caller manages, with those below.
    pub managed: BTreeSet<TeamId>,
    /// Teams the caller was granted sight of, with those below.
    pub granted: BTreeSet<TeamId>,
    /// Teams the caller is a member of today.
    pub own_teams: BTreeSet<TeamId>,
    /// People below the caller: in a managed team, or with the caller up their manager chain. Never the caller.
    pub below: BTreeSet<PersonId>,
    /// People in granted teams.
    pub granted_people: BTreeSet<PersonId>,
    /// Direct manager of each person today.
    pub managers: BTreeMap<PersonId, PersonId>,
}

impl Access {
    /// Reads what a caller can reach as of today.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn load(db: &impl ConnectionTrait, caller: &Caller) -> Result<Self, DbErr> {
        let org = caller.org_id.get();
        let tree = TeamTree::load(db, org).await?;
        let places = team_membership::Entity::find().filter(team_membership::Column::OrgId.eq(org)).all(db).await?;
        Self::within(db, caller, tree, &places).await
    }

    /// The same, where teams and places are known already.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn within(
        db: &impl ConnectionTrait,
        caller: &Caller,
        tree: TeamTree,
        places: &[team_membership::Model],
    ) -> Result<Self, DbErr> {
        let org = caller.org_id.get();
        let grants = membership::Entity::find()
            .filter(membership::Column::OrgId.eq(org))
            .filter(membership::Column::UserId.eq(caller.user_id.get()))
            .one(db)
            .await?;
        let accesses = match grants {
            None => Vec::new(),
            Some(m) => {
                team_access::Entity::find()
                    .filter(team_access::Column::OrgId.eq(org))
                    .filter(team_access::Column::MembershipId.eq(m.id))
                    .all(db)
                    .await?
            }
        };
        let spread = |kind: &str| -> BTreeSet<TeamId> {
            accesses.iter().filter(|a| a.kind == kind).flat_map(|a| tree.subtree(TeamId::new(a.team_id))).collect()
        };
        let (managed, granted) = (spread("manages"), spread("sees"));
        Ok(Self::from_parts(caller.clone(), tree, managed, granted, places, caller.today))
    }

    fn from_parts(
        caller: Caller,
        tree: TeamTree,
        managed: BTreeSet<TeamId>,
        granted: BTreeSet<TeamId>,
        rows: &[team_membership::Model],
        today: Date,
    ) -> Self {
        let mut managers = BTreeMap::new();
        let (mut own_teams, mut below, mut granted_people) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let is_now = |row: &team_membership::Model| row.to_day.is_none_or(|day| day > today.day_number());
        // What begins later gives nobody rights yet.
        let begun = rows.iter().filter(|row| row.from_day.is_none_or(|day| day <= today.day_number()));
        let mut last: BTreeMap<i64, (bool, Option<i32>)> = BTreeMap::new();
        for row in begun.clone() {
            let place = last.entry(row.person_id).or_default();
            *place = (*place).max((is_now(row), row.from_day));
        }
        for row in begun {
            let person = PersonId::new(row.person_id);
            let is_now = is_now(row);
            // Somebody who left stays with their last team and manager, so that history keeps its readers.
            if !is_now && last.get(&row.person_id) != Some(&(false, row.from_day)) {
                continue;
            }
            if let Some(manager) = row.manager_id {
                managers.insert(person, PersonId::new(manager));
            }
            if let Some(team) = row.team_id.map(TeamId::new) {
                if managed.contains(&team) {
                    below.insert(person);
                }
                if granted.contains(&team) {
                    granted_people.insert(person);
                }
                if is_now && caller.person_id == Some(person) {
                    own_teams.insert(team);
                }
            }
        }
        if let Some(me) = caller.person_id {
            below.extend(managers.keys().copied().filter(|p| is_above(&managers, me, *p)));
            below.remove(&me);
        }
        Self { caller, tree, managed, granted, own_teams, below, granted_people, managers }
    }

    /// The organisation's id, as stored.
    pub fn org(&self) -> i64 {
        self.caller.org_id.get()
    }

    /// What a person is to the caller.
    pub fn relation_to_person(&self, person: PersonId) -> Relation {
        if self.caller.person_id == Some(person) {
            Relation::Own
        } else if self.below.contains(&person) {
            Relation::Below
        } else if self.granted_people.contains(&person) {
            Relation::Granted
        } else {
            Relation::Unrelated
        }
    }

    /// What a team is to the caller. A team one manages is below one; being a member of it does not change that.
    pub fn relation_to_team(&self, team: TeamId) -> Relation {
        if self.managed.contains(&team) {
            Relation::Below
        } else if self.granted.contains(&team) {
            Relation::Granted
        } else if self.own_teams.contains(&team) {
            Relation::OwnTeam
        } else {
            Relation::Unrelated
        }
    }

    /// Whether the policy lets the caller do something to what stands in this relation to them.
    pub fn allows(&self, action: Action, relation: Relation) -> bool {
        may(self.caller.role, action, relation).is_yes()
    }

    /// As [`Access::allows`], as a result.
    ///
    /// # Errors
    /// `Forbidden` when the policy says no.
    pub fn require(&self, action: Action, relation: Relation) -> Result<(), Denied> {
        if self.allows(action, relation) { Ok(()) } else { Err(Denied::Forbidden) }
    }

    /// Whose figures the caller may see.
    pub fn reach(&self) -> Reach {
        if self.allows(Action::SeeNumbers, Relation::Unrelated) {
            return Reach::All;
        }
        let sees = |relation| self.allows(Action::SeeNumbers, relation);
        let mut people = BTreeSet::new();
        let mut teams = BTreeSet::new();
        if sees(Relation::Own) {
            people.extend(self.caller.person_id);
        }
        if sees(Relation::Below) {
            people.extend(&self.below);
            teams.extend(&self.managed);
        }
        if sees(Relation::Granted) {
            people.extend(&self.granted_people);
            teams.extend(&self.granted);
        }
        let totals = if self.allows(Action::SeeTeamTotal, Relation::OwnTeam) {
            self.own_teams.difference(&teams).copied().collect()
        } else {
            BTreeSet::new()
        };
        Reach::Limited { people, teams, totals }
    }

    /// Whether the caller leads anybody: decides which home page they get.
    pub fn leads(&self) -> bool {
        matches!(self.caller.role, Role::Owner | Role::Admin) || !self.managed.is_empty() || !self.below.is_empty()
    }
}

/// Whether `boss` stands above `person` in the chain of managers. A loop in the data ends the walk.
fn is_above(managers: &BTreeMap<PersonId, PersonId>, boss: PersonId, person: PersonId) -> bool {
    let mut at = person;
    for _ in 0..=managers.len() {
        match managers.get(&at) {
            Some(m) if *m == boss => return true,
            Some(m) => at = *m,
            None => return false,
        }
    }
    false
}
