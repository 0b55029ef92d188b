//! The organisation that facts are put into: its people, its teams, and who was where and when.

use std::collections::{BTreeMap, BTreeSet};

use domain::metric::{Choices, Metric, Template};
use domain::period::Holidays;
use domain::{Calendar, Currency, OrgId, PersonId, TeamId, Weekday};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use super::revenue::revenue_of;
use super::{KpiError, Own};
use crate::authz::{Denied, TeamTree};
use crate::entity::{organisation, person, team_membership};
use crate::query::{self, facts};

/// A person's place in the organisation for a span of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// First day.
    pub from: i32,
    /// Day after the last.
    pub to: i32,
    /// Team in that time.
    pub team: Option<TeamId>,
    /// Direct manager in that time.
    pub manager: Option<PersonId>,
}

/// A person and their places, in order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// Name shown.
    pub name: String,
    /// Own key in imports.
    pub key: String,
    /// Places.
    pub stays: Vec<Stay>,
}

/// The organisation as facts need it, read once per question.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The organisation.
    pub org: OrgId,
    /// Its reporting currency.
    pub currency: Currency,
    /// Kind of company: decides what revenue is made of.
    pub template: Template,
    /// What it chose where vendors disagree.
    pub choices: Choices,
    /// Version of the choices; 0 while nothing was chosen.
    pub choices_version: i32,
    /// The metric that `revenue` stands for.
    pub revenue: &'static Metric,
    /// Its calendar.
    pub calendar: Calendar,
    /// Smallest n for which a rate gets an arrow or a comparison.
    pub min_n: i64,
    /// Its people.
    pub people: BTreeMap<PersonId, Member>,
    /// Its teams.
    pub tree: TeamTree,
    /// Its own KPIs.
    pub own: Own,
    /// Whether the credit of any of its deals is split.
    pub has_split: bool,
    /// Whether figures may be read from stored sums. Without it everything is counted from the facts again, which
    /// must give the same.
    pub stored: bool,
    /// Whether these are the choices under which recurring revenue is stored.
    pub own_choices: bool,
}

impl Frame {
    /// Reads it.
    ///
    /// # Errors
    /// When the database refuses or the organisation does not exist.
    pub async fn load(db: &impl ConnectionTrait, org: OrgId) -> Result<Self, KpiError> {
        let row = organisation::Entity::find_by_id(org.get()).one(db).await?.ok_or(Denied::NotFound)?;
        let places =
            team_membership::Entity::find().filter(team_membership::Column::OrgId.eq(org.get())).all(db).await?;
        Self::of(db, &row, &places).await
    }

    /// Reads what is not known yet of an organisation.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn of(
        db: &impl ConnectionTrait,
        row: &organisation::Model,
        places: &[team_membership::Model],
    ) -> Result<Self, KpiError> {
        let org = OrgId::new(row.id);
        let mut people: BTreeMap<PersonId, Member> = BTreeMap::new();
        for p in person::Entity::find().filter(person::Column::OrgId.eq(org.get())).all(db).await? {
            people.insert(PersonId::new(p.id), Member { name: p.name, key: p.key, stays: Vec::new() });
        }
        for m in places {
            if let Some(member) = people.get_mut(&PersonId::new(m.person_id)) {
                member.stays.push(Stay {
                    from: m.from_day.unwrap_or(i32::MIN),
                    to: m.to_day.unwrap_or(i32::MAX),
                    team: m.team_id.map(TeamId::new),
                    manager: m.manager_id.map(PersonId::new),
                });
            }
        }
        for member in people.values_mut() {
            member.stays.sort_by_key(|s| s.from);
        }
        let template = Template::from_code(&row.template).ok_or(KpiError::Organisation("template"))?;
        let (choices, choices_version) = query::choices::newest(db, org).await?;
        Ok(Self {
            org,
            currency: row.currency.parse().map_err(|_| KpiError::Organisation("currency"))?,
            template,
            revenue: revenue_of(&choices, template),
            choices,
            choices_version,
            calendar: calendar_of(row)?,
            min_n: i64::from(row.min_n),
            tree: TeamTree::load(db, org.get()).await?,
            own: Own::load(db, org.get()).await?,
            has_split: facts::has_split(db, org).await?,
            stored: true,
            own_choices: true,
            people,
        })
    }

    /// The same organisation as if it had chosen otherwise.
    #[must_use]
    pub fn choosing(&self, choices: Choices) -> Self {
        let own_choices = self.own_choices && choices.recurring == self.choices.recurring;
        Self { revenue: revenue_of(&choices, self.template), choices, own_choices, ..self.clone() }
    }

    /// Where a person was on a day.
    pub fn stay_at(&self, person: PersonId, day: i32) -> Option<&Stay> {
        self.people.get(&person)?.stays.iter().find(|s| s.from <= day && day < s.to)
    }

    /// Spans of days that a person spent in one of these teams.
    pub(super) fn spans_in(&self, person: PersonId, teams: &BTreeSet<TeamId>) -> Vec<(i32, i32)> {
        let Some(member) = self.people.get(&person) else {
            return Vec::new();
        };
        let inside = member.stays.iter().filter(|s| s.team.is_some_and(|t| teams.contains(&t)));
        inside.map(|s| (s.from, s.to)).collect()
    }

    /// A person's name.
    pub fn person_name(&self, person: PersonId) -> Option<&str> {
        self.people.get(&person).map(|p| p.name.as_str())
    }

    /// A team's name.
    pub fn team_name(&self, team: TeamId) -> Option<&str> {
        self.tree.names.get(&team).map(String::as_str)
    }
}

/// The calendar that an organisation has set.
///
/// # Errors
/// When its holidays cannot be read.
pub fn calendar_of(row: &organisation::Model) -> Result<Calendar, KpiError> {
    let mut working_days = [false; 7];
    for (bit, works) in working_days.iter_mut().enumerate() {
        *works = row.working_days >> bit & 1 == 1;
    }
    let holidays = match row.holidays.as_deref() {
        None => Holidays::default(),
        Some(stored) => serde_json::from_str(stored).map_err(|_| KpiError::Organisation("holidays"))?,
    };
    Ok(Calendar {
        fiscal_start_month: u8::try_from(row.fiscal_start_month).unwrap_or(1),
        week_start: Weekday::from_index(usize::try_from(row.week_start - 1).unwrap_or(0)),
        working_days,
        holidays,
    })
}
