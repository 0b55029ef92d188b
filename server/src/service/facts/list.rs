//! A page of facts.

use app::FieldError;
use app::caller::Caller;
use app::facts::api::{FactList, FactRow, FactsQuery};
use domain::ids::FactId;
use domain::policy::{Action, Relation};
use domain::{Date, PersonId, TeamId};

use super::fields::{Fact, Field};
use super::{Directory, filter, kind_of, sign_of};
use crate::authz::Denied;
use crate::error::{ServiceError, ServiceResult};
use crate::import::kind::field::Names as _;
use crate::import::store::facts::{Stored, number};
use crate::kpi::{Spans, Viewer, Who, visible};
use crate::query::fact::{self, Wanted};
use crate::service::Services;
use crate::service::imports::Own;

/// Facts of a page.
const PAGE: u64 = 50;
/// Characters of what is searched for.
const SEARCH: usize = 100;

impl Services {
    pub(super) async fn list_facts(&self, caller: &Caller, asked: FactsQuery) -> ServiceResult<FactList> {
        let (kind, table, _) = kind_of(&asked.kind)?;
        let sight = self.sight(caller, &asked).await?;
        let (found, next) = self.find_facts(caller, &asked, sight.people.clone(), PAGE).await?;
        let search = searched(&asked);
        let names = Directory::load(&self.state.db, caller.org_id.get()).await?;
        let filters = self.filters(caller, &asked, sight.ever.as_ref(), &names).await?;
        let sign = sign_of(caller);
        let found: Vec<Fact> = found.into_iter().map(Fact::of).collect::<ServiceResult<_>>()?;
        let own_names = found.iter().flat_map(|fact| fact.own.keys().cloned()).collect();
        // A column that is empty on the whole page only takes room.
        let is_filled = |field: &Field| found.iter().any(|fact| !field.text(table, fact, &names, sign).is_empty());
        let fields: Vec<Field> =
            Field::with(kind, own_names).into_iter().filter(|field| field.is_required() || is_filled(field)).collect();
        let own = sight.own;
        let may_change = |fact: &Stored| match &own {
            None => false,
            Some(None) => true,
            Some(Some(own)) => table.person.and_then(|at| number(&fact.cells, at)).is_some_and(|p| own.contains(&p)),
        };
        let rows = found.iter().map(|fact| FactRow {
            id: FactId::new(fact.stored.id),
            may_change: may_change(&fact.stored),
            cells: fields.iter().map(|f| f.readable(caller, f.text(table, fact, &names, sign))).collect(),
        });
        Ok(FactList {
            rows: rows.collect(),
            numeric: fields.iter().map(Field::is_number).collect(),
            columns: fields.iter().map(|field| field.name().into_owned()).collect(),
            next,
            filters,
            // Named only by facts that may be seen.
            whose: whose(&asked, &names).filter(|_| !found.is_empty()).unwrap_or_default(),
            may_add: own.is_some(),
            query: FactsQuery { search, ..asked },
        })
    }

    /// Whose facts the caller may see, and change, of those asked for. Somebody who may not be seen has none, like
    /// somebody who does not exist.
    pub(super) async fn sight(&self, caller: &Caller, asked: &FactsQuery) -> ServiceResult<Sight> {
        let (roster, access) = self.state.roster_of(caller).await?;
        let own = if access.allows(Action::Import, Relation::Unrelated) {
            Some(None)
        } else if access.allows(Action::Import, Relation::Below) {
            Some(Some(access.below.iter().map(|p| p.get()).collect()))
        } else {
            None
        };
        let (person, team) = (id_of(&asked.person), id_of(&asked.team));
        let viewer = Viewer::of(&access);
        let nobody = |_: Denied| Some(Spans::new());
        let ever = visible(&roster.frame, &viewer, Who::ALL).unwrap_or_else(nobody);
        let seen = match (person, team) {
            (Err(Unknown), _) | (_, Err(Unknown)) => Err(Denied::NotFound),
            (Ok(person), Ok(team)) => {
                let who = Who { person: person.map(PersonId::new), team: team.map(TeamId::new) };
                visible(&roster.frame, &viewer, who)
            }
        };
        Ok(Sight { people: seen.unwrap_or_else(nobody), ever, own })
    }

    /// Facts of these people, and the place of the next ones.
    pub(in crate::service) async fn find_facts(
        &self,
        caller: &Caller,
        asked: &FactsQuery,
        people: Option<Spans>,
        most: u64,
    ) -> ServiceResult<(Vec<Stored>, Option<String>)> {
        let (kind, table, _) = kind_of(&asked.kind)?;
        let holds = filter::holds(kind, table, asked);
        let wanted = Wanted {
            org: caller.org_id,
            people: people.as_ref(),
            search: &searched(asked),
            holds: &holds,
            from: day("from", &asked.from)?,
            to: day("to", &asked.to)?,
            after: place(&asked.after),
            limit: most + 1,
        };
        let mut found = fact::page(&self.state.db, table, &wanted).await?;
        let more = found.len() as u64 > most;
        if more {
            found.pop();
        }
        let next = found.last().filter(|_| more).map(|last| {
            let day = number(&last.cells, table.day).unwrap_or_default();
            format!("{day}.{}", last.id)
        });
        Ok((found, next))
    }
}

/// Whose facts a caller may see, in which spans of days, and whose they may change.
pub(super) struct Sight {
    /// Of those asked for. None: everybody's and nobody's.
    pub people: Option<Spans>,
    /// Of all.
    pub ever: Option<Spans>,
    /// None: nobody's; the inner none: everybody's.
    pub own: Option<Own>,
}

struct Unknown;

/// The number in an address; none if it is left out.
fn id_of(text: &str) -> Result<Option<i64>, Unknown> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| Unknown) }
}

/// The person or team that is asked for.
pub(super) fn whose(asked: &FactsQuery, names: &Directory) -> Option<String> {
    let person = asked.person.parse().ok().and_then(|id| names.person(id));
    person.or_else(|| asked.team.parse().ok().and_then(|id| names.team(id)))
}

/// What is searched for.
fn searched(asked: &FactsQuery) -> String {
    asked.search.trim().chars().take(SEARCH).collect()
}

fn day(field: &str, text: &str) -> ServiceResult<Option<Date>> {
    if text.is_empty() {
        return Ok(None);
    }
    let bad = |_| ServiceError::from(app::ApiError::from(FieldError::new(field, "form.date")));
    text.parse().map(Some).map_err(bad)
}

/// Day and id; anything else starts at the beginning.
pub fn place(text: &str) -> Option<(i64, i64)> {
    let (day, id) = text.split_once('.')?;
    Some((day.parse().ok()?, id.parse().ok()?))
}
