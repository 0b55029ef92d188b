//! The whole authorization policy: who may do what to which people and teams.
//!
//! [`reach`] says, for every role and action, to whom it extends, as a total match without a wildcard: a new
//! role or action does not compile until it has been decided. [`may`] asks whether that includes the case at
//! hand. The server asks it to refuse, the screens ask it to hide; a test prints it as `docs/AUTHZ.md`.
//!
//! Absent on purpose: tenants. A caller never gets as far as this function with a thing of another
//! organisation. Absent too: how somebody is related to a person or team on a date; the server works that out.

mod action;
mod note;
mod reach;
mod scope;

use serde::{Deserialize, Serialize};

pub use action::Action;
pub use note::{NoteReader, Visibility, may_read_note};
pub use reach::reach;
pub use scope::Scope;

/// What a user is in an organisation, from most to least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Answers for the organisation.
    Owner,
    /// Keeps settings, people and data.
    Admin,
    /// Leads teams or people.
    Manager,
    /// Sells.
    Rep,
    /// Looks at the teams they were granted.
    Viewer,
}

impl Role {
    /// All roles, from most to least.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Admin, Self::Manager, Self::Rep, Self::Viewer];

    /// The name as stored and as typed on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Manager => "manager",
            Self::Rep => "rep",
            Self::Viewer => "viewer",
        }
    }

    /// The role of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// What the person or team at hand is to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The organisation as a whole.
    Organisation,
    /// The caller themselves.
    Own,
    /// Below the caller and not the caller: a team they manage or one under it, a person in such a team, or
    /// one with the caller up their manager chain.
    Below,
    /// The team that the caller is a member of without managing it.
    OwnTeam,
    /// A team that the caller was granted sight of, or a person in it.
    Granted,
    /// Anybody or anything else in the organisation.
    Unrelated,
}

impl Relation {
    /// All relations.
    pub const ALL: [Self; 6] =
        [Self::Organisation, Self::Own, Self::Below, Self::OwnTeam, Self::Granted, Self::Unrelated];

    /// The name in the printed table.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Own => "own",
            Self::Below => "below",
            Self::OwnTeam => "own team",
            Self::Granted => "granted",
            Self::Unrelated => "unrelated",
        }
    }
}

/// The answer of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Allowed.
    Yes,
    /// Not allowed.
    No,
}

impl Verdict {
    /// Whether it is allowed.
    pub const fn is_yes(self) -> bool {
        matches!(self, Self::Yes)
    }

    const fn when(allowed: bool) -> Self {
        if allowed { Self::Yes } else { Self::No }
    }
}

/// Whether a role may do something to what stands in a relation to the caller.
pub fn may(role: Role, action: Action, relation: Relation) -> Verdict {
    Verdict::when(reach(role, action).contains(&relation))
}

/// Whether a role may give another role: never above its own, and only those who manage users give any.
pub fn may_grant(role: Role, granted: Role) -> Verdict {
    Verdict::when(may(role, Action::ManageUsers, Relation::Organisation).is_yes() && role <= granted)
}

/// Fewest people of whom a range without names is shown to a colleague.
pub const RANGE_MIN_PEOPLE: usize = 5;

/// Whether a role may see the range of a team's people without names. Whoever may see the people's own
/// numbers loses nothing by a small team; everybody else sees it from five people on.
pub fn may_see_range(role: Role, relation: Relation, people: usize) -> Verdict {
    let total = may(role, Action::SeeTeamTotal, relation).is_yes();
    let each = may(role, Action::SeeNumbers, relation).is_yes();
    Verdict::when(total && (each || people >= RANGE_MIN_PEOPLE))
}
