//! To whom each role's actions extend.

use super::Action;
use super::Relation::{self, Below, Granted, Organisation, Own, OwnTeam};
use super::Role::{self, Admin, Manager, Owner, Rep, Viewer};

const ALL: &[Relation] = &Relation::ALL;
const NONE: &[Relation] = &[];

/// The relations in which a role may do this.
pub const fn reach(role: Role, action: Action) -> &'static [Relation] {
    match action {
        Action::ManageSettings | Action::ManageUsers | Action::ManagePeople => match role {
            Owner | Admin => &[Organisation],
            Manager | Rep | Viewer => NONE,
        },
        Action::Import | Action::ManageTokens => match role {
            Owner | Admin => ALL,
            Manager => &[Own, Below],
            Rep | Viewer => NONE,
        },
        Action::SeeNumbers => match role {
            Owner | Admin => ALL,
            Manager => &[Own, Below, Granted],
            Rep => &[Own],
            Viewer => &[Granted],
        },
        Action::SeeTeamTotal => match role {
            Owner | Admin => ALL,
            // A manager is a member of a team too, and knows of it what a rep would.
            Manager => &[Own, Below, OwnTeam, Granted],
            Rep => &[Own, OwnTeam],
            Viewer => &[Granted],
        },
        Action::SetTarget | Action::SetObjective => match role {
            Owner | Admin => ALL,
            Manager => &[Below],
            Rep | Viewer => NONE,
        },
        Action::SetPersonalGoal => match role {
            Owner | Admin | Rep => &[Own],
            Manager | Viewer => NONE,
        },
        Action::AnswerTarget => match role {
            Owner | Admin | Manager | Rep => &[Own],
            Viewer => NONE,
        },
        Action::WriteNote => match role {
            Owner => ALL,
            Manager => &[Own, Below],
            Rep => &[Own],
            Admin | Viewer => NONE,
        },
        Action::ClosePeriod => match role {
            Manager => &[Below],
            Owner | Admin | Rep | Viewer => NONE,
        },
        Action::SignOff => match role {
            Manager => &[Own, Below],
            Rep => &[Own],
            Owner | Admin | Viewer => NONE,
        },
        Action::ReadAudit => match role {
            Owner | Admin => ALL,
            Rep => &[Own],
            Manager | Viewer => NONE,
        },
        Action::ReadCatalogue => match role {
            Owner | Admin | Manager | Rep | Viewer => ALL,
        },
    }
}
