//! What an event touched, from the text of its scope: `team=East`, `person=Anna`, `plan=Pro`, blank for everything.

use domain::policy::Action;
use domain::{PersonId, TeamId};

use crate::authz::Reach;
use crate::entity::event;
use crate::kpi::{Filter, TextColumn, Touch};
use crate::service::scorecard::context::Context;

/// See the module.
pub(super) struct Touched {
    /// What it touched; none where the text says something that nobody knows.
    pub touch: Option<Touch>,
    /// The text.
    pub text: String,
}

impl Touched {
    /// Reads a scope; none where the reader may not know the person or team that it names.
    pub fn of(c: &Context<'_>, event: &event::Model) -> Option<Self> {
        let text = event.scope.clone().unwrap_or_default();
        let Some((name, value)) = text.split_once('=').map(|(name, value)| (name.trim(), value.trim())) else {
            let touch = text.trim().is_empty().then_some(Touch::Everything);
            return Some(Self { touch, text });
        };
        let sees_all = c.viewer.reach == Reach::All;
        let (touch, may_know) = match name {
            "team" => {
                let team = team(c, value);
                (team.map(Touch::Team), team.is_some_and(|team| sees_team(c, team)))
            }
            "person" => {
                let person = person(c, value);
                (person.map(Touch::Person), person.is_some_and(|person| c.sees_person(person)))
            }
            name => {
                let column = TextColumn::from_name(name);
                (column.map(|column| Touch::Facts(Filter::new(column, Some(value.to_owned())))), true)
            }
        };
        (sees_all || may_know).then_some(Self { touch, text })
    }

    /// In words.
    pub fn words(&self, c: &Context<'_>) -> String {
        match &self.touch {
            Some(Touch::Everything) => c.words.t("found.events.everything"),
            _ => self.text.replacen('=', ": ", 1),
        }
    }
}

/// A team by its path, or by its name where only one has it.
fn team(c: &Context<'_>, text: &str) -> Option<TeamId> {
    let tree = &c.frame.tree;
    let of = |is_it: &dyn Fn(TeamId, &str) -> bool| {
        let mut found = tree.names.iter().filter(|(id, name)| is_it(**id, name)).map(|(id, _)| *id);
        found.next().filter(|_| found.next().is_none())
    };
    let by_path = |id: TeamId, _: &str| {
        let path = tree.path(id);
        path == text || path.replace(" / ", "/") == text
    };
    of(&by_path).or_else(|| of(&|_, name| name == text))
}

fn person(c: &Context<'_>, text: &str) -> Option<PersonId> {
    let people = &c.frame.people;
    let of = |is_it: &dyn Fn(&crate::kpi::Member) -> bool| {
        let mut found = people.iter().filter(|(_, member)| is_it(member)).map(|(id, _)| *id);
        found.next().filter(|_| found.next().is_none())
    };
    of(&|member| member.key == text).or_else(|| of(&|member| member.name == text))
}

fn sees_team(c: &Context<'_>, team: TeamId) -> bool {
    let relation = c.access.relation_to_team(team);
    c.access.allows(Action::SeeNumbers, relation) || c.access.allows(Action::SeeTeamTotal, relation)
}
