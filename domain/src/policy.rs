//! The whole authorization policy: who may do what to which people and teams.
//!
//! [`may`] is one total function. The server asks it to refuse, the screens ask it to hide; a test prints it as
//! `docs/AUTHZ.md`. Absent on purpose: tenants. A caller never gets as far as this function with a thing of another
//! organisation.

use serde::{Deserialize, Serialize};

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
    pub const ALL: [Self; 5] = [
        Self::Owner,
        Self::Admin,
        Self::Manager,
        Self::Rep,
        Self::Viewer,
    ];

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

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Change the organisation's settings, template and calendar.
    ManageSettings,
    /// Invite and disable users and set their roles (never above one's own: [`may_grant`]).
    ManageUsers,
    /// Add and change teams and people.
    ManagePeople,
    /// Import facts and undo an import.
    Import,
    /// Make and revoke API tokens.
    ManageTokens,
    /// See the figures of a person or a team's members.
    SeeNumbers,
    /// See a team's total and, from five people on, its range without names.
    SeeTeamTotal,
    /// Set and change targets.
    SetTarget,
    /// Set a personal goal beside the targets.
    SetPersonalGoal,
    /// Agree to a target or answer it.
    AnswerTarget,
    /// Write a note about a person or team (who reads it: [`may_read_note`]).
    WriteNote,
    /// Close a period.
    ClosePeriod,
    /// Sign one's part of a closed period.
    SignOff,
    /// Read the audit log.
    ReadAudit,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 14] = [
        Self::ManageSettings,
        Self::ManageUsers,
        Self::ManagePeople,
        Self::Import,
        Self::ManageTokens,
        Self::SeeNumbers,
        Self::SeeTeamTotal,
        Self::SetTarget,
        Self::SetPersonalGoal,
        Self::AnswerTarget,
        Self::WriteNote,
        Self::ClosePeriod,
        Self::SignOff,
        Self::ReadAudit,
    ];
}

/// What the person or team at hand is to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The organisation as a whole.
    Organisation,
    /// The caller themselves.
    Own,
    /// Below the caller: a team they manage, or a person in it or with the caller up their manager chain.
    Below,
    /// The team that the caller is a member of.
    OwnTeam,
    /// A team that the caller was granted sight of, or a person in it.
    Granted,
    /// Anybody or anything else in the organisation.
    Unrelated,
}

impl Relation {
    /// All relations.
    pub const ALL: [Self; 6] = [
        Self::Organisation,
        Self::Own,
        Self::Below,
        Self::OwnTeam,
        Self::Granted,
        Self::Unrelated,
    ];
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
pub const fn may(role: Role, action: Action, relation: Relation) -> Verdict {
    use Relation::{Below, Granted, Organisation, Own, OwnTeam};
    use Role::{Admin, Manager, Owner, Rep, Viewer};
    let runs_it = matches!(role, Owner | Admin);
    Verdict::when(match action {
        Action::ManageSettings | Action::ManageUsers | Action::ManagePeople => {
            runs_it && matches!(relation, Organisation)
        }
        Action::Import | Action::ManageTokens => {
            matches!(
                (role, relation),
                (Owner | Admin, Organisation) | (Manager, Below)
            )
        }
        Action::SeeNumbers => {
            runs_it
                || matches!(
                    (role, relation),
                    (Manager, Own | Below | Granted) | (Rep, Own) | (Viewer, Granted)
                )
        }
        Action::SeeTeamTotal => {
            runs_it
                || matches!(
                    (role, relation),
                    (Manager, Own | Below | OwnTeam | Granted)
                        | (Rep, Own | OwnTeam)
                        | (Viewer, Granted)
                )
        }
        Action::SetTarget => runs_it || matches!((role, relation), (Manager, Below)),
        Action::SetPersonalGoal | Action::AnswerTarget | Action::SignOff => {
            matches!((role, relation), (Owner | Admin | Manager | Rep, Own))
        }
        Action::WriteNote => {
            matches!(
                (role, relation),
                (Owner, _) | (Manager, Own | Below) | (Rep, Own)
            )
        }
        Action::ClosePeriod => matches!((role, relation), (Manager, Below)),
        Action::ReadAudit => {
            matches!((role, relation), (Owner | Admin, _) | (Rep, Own))
        }
    })
}

/// Whether a role may give another role: never above its own, and only those who manage users give any.
pub fn may_grant(role: Role, granted: Role) -> Verdict {
    Verdict::when(
        may(role, Action::ManageUsers, Relation::Organisation).is_yes() && role <= granted,
    )
}

/// Who may read a note, beside its author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// The person it is about and their managers.
    Shared,
    /// The managers of the person, not the person.
    Chain,
    /// The person, their managers and their team.
    Team,
}

impl Visibility {
    /// All visibilities.
    pub const ALL: [Self; 3] = [Self::Shared, Self::Chain, Self::Team];

    /// The name as stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Chain => "chain",
            Self::Team => "team",
        }
    }

    /// The visibility of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.code() == code)
    }
}

/// What a reader is to a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteReader {
    /// Wrote it.
    Author,
    /// It is about them.
    Subject,
    /// Stands up the manager chain of its subject, or manages their team.
    Chain,
    /// In the subject's team.
    Teammate,
    /// Anybody else, an admin and an owner too: a role alone opens no note.
    Other,
}

impl NoteReader {
    /// All kinds of readers.
    pub const ALL: [Self; 5] = [
        Self::Author,
        Self::Subject,
        Self::Chain,
        Self::Teammate,
        Self::Other,
    ];
}

/// Whether a reader may read a note of this visibility. The role plays no part.
pub const fn may_read_note(visibility: Visibility, reader: NoteReader) -> Verdict {
    Verdict::when(match reader {
        NoteReader::Author | NoteReader::Chain => true,
        NoteReader::Subject => matches!(visibility, Visibility::Shared | Visibility::Team),
        NoteReader::Teammate => matches!(visibility, Visibility::Team),
        NoteReader::Other => false,
    })
}

#[cfg(test)]
mod tests {
    use super::{Action, NoteReader, Relation, Role, Visibility, may, may_grant, may_read_note};

    #[test]
    fn nobody_sets_their_own_target_but_owner_and_admin() {
        assert!(!may(Role::Manager, Action::SetTarget, Relation::Own).is_yes());
        assert!(!may(Role::Rep, Action::SetTarget, Relation::Own).is_yes());
        assert!(may(Role::Rep, Action::SetPersonalGoal, Relation::Own).is_yes());
        assert!(may(Role::Manager, Action::SetTarget, Relation::Below).is_yes());
    }

    #[test]
    fn a_rep_sees_own_numbers_and_the_teams_total() {
        assert!(may(Role::Rep, Action::SeeNumbers, Relation::Own).is_yes());
        assert!(!may(Role::Rep, Action::SeeNumbers, Relation::OwnTeam).is_yes());
        assert!(may(Role::Rep, Action::SeeTeamTotal, Relation::OwnTeam).is_yes());
        assert!(!may(Role::Rep, Action::SeeTeamTotal, Relation::Unrelated).is_yes());
    }

    #[test]
    fn roles_are_never_given_above_ones_own() {
        for role in Role::ALL {
            for granted in Role::ALL {
                let runs_it = matches!(role, Role::Owner | Role::Admin);
                assert_eq!(
                    may_grant(role, granted).is_yes(),
                    runs_it && granted >= role
                );
            }
        }
    }

    #[test]
    fn a_role_alone_opens_no_note() {
        for visibility in Visibility::ALL {
            assert!(!may_read_note(visibility, NoteReader::Other).is_yes());
            assert!(may_read_note(visibility, NoteReader::Author).is_yes());
        }
        assert!(!may_read_note(Visibility::Chain, NoteReader::Subject).is_yes());
        assert!(!may_read_note(Visibility::Shared, NoteReader::Teammate).is_yes());
    }
}
