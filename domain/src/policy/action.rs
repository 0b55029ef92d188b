//! Everything that can be allowed or refused.

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Change the organisation's settings, template and calendar.
    ManageSettings,
    /// Invite and disable users and set their roles (never above one's own: [`super::may_grant`]).
    ManageUsers,
    /// Add and change teams and people.
    ManagePeople,
    /// Import facts and undo an import.
    Import,
    /// Make and revoke API tokens; of the whole organisation also webhooks.
    ManageTokens,
    /// See the figures of a person or a team's members, and the records behind them.
    SeeNumbers,
    /// See a team's total and, from five people on, its range without names ([`super::may_see_range`]).
    SeeTeamTotal,
    /// Set and change targets.
    SetTarget,
    /// Set a personal goal beside the targets.
    SetPersonalGoal,
    /// Agree to a target or answer it.
    AnswerTarget,
    /// Add and change objectives.
    SetObjective,
    /// Write a note about a person or team (who reads it: [`super::may_read_note`]).
    WriteNote,
    /// Close a period.
    ClosePeriod,
    /// Sign one's part of a closed period.
    SignOff,
    /// Read the audit log; *own* is what the caller did.
    ReadAudit,
    /// Read the KPI catalogue.
    ReadCatalogue,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 16] = [
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
        Self::SetObjective,
        Self::WriteNote,
        Self::ClosePeriod,
        Self::SignOff,
        Self::ReadAudit,
        Self::ReadCatalogue,
    ];

    /// The name in the printed table.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ManageSettings => "manage settings",
            Self::ManageUsers => "manage users",
            Self::ManagePeople => "manage people",
            Self::Import => "import",
            Self::ManageTokens => "manage tokens",
            Self::SeeNumbers => "see numbers",
            Self::SeeTeamTotal => "see team total",
            Self::SetTarget => "set target",
            Self::SetPersonalGoal => "set personal goal",
            Self::AnswerTarget => "answer target",
            Self::SetObjective => "set objective",
            Self::WriteNote => "write note",
            Self::ClosePeriod => "close period",
            Self::SignOff => "sign off",
            Self::ReadAudit => "read audit",
            Self::ReadCatalogue => "read catalogue",
        }
    }
}
