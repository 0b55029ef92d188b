//! People, their teams and their managers against what is stored.
//!
//! A file of people is small and its rows name each other, so all rows are taken at once.

mod order;

use std::collections::{HashMap, HashSet};

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    Iterable as _, QueryFilter as _,
};

use super::Context;
use super::directory::Directory;
use super::teams::Teams;
use crate::entity::{person, team_membership};
use crate::import::fault::{Code, Fault};
use crate::import::kind::people::{PersonRow, at};
use crate::import::mapping::UnknownPeople;
use crate::import::report::Mode;

/// A person's memberships, by their first day.
type Timeline = Vec<team_membership::Model>;

/// Takes all rows.
pub async fn take(
    db: &impl ConnectionTrait,
    ctx: &mut Context,
    people: &mut Directory,
    rows: Vec<PersonRow>,
) -> Result<(), DbErr> {
    let stored: HashMap<i64, person::Model> = person::Entity::find()
        .filter(person::Column::OrgId.eq(ctx.org.id))
        .all(db)
        .await?
        .into_iter()
        .map(|p| (p.id, p))
        .collect();
    let mut lines: HashMap<i64, Timeline> = HashMap::new();
    let filter = team_membership::Column::OrgId.eq(ctx.org.id);
    for membership in team_membership::Entity::find().filter(filter).all(db).await? {
        lines.entry(membership.person_id).or_default().push(membership);
    }
    lines.values_mut().for_each(|l| l.sort_by_key(|m| m.from_day));
    let mut teams = Teams::load(db, ctx.org.id).await?;

    let renamed = renamed(people, &rows);
    let rows = order::valid(ctx, people, &lines, rows);
    let mut emails: HashMap<i64, String> = HashMap::new();
    let mut changed_people: HashMap<i64, person::Model> = HashMap::new();
    let mut touched: Vec<(i64, i64, bool, bool)> = Vec::with_capacity(rows.len());
    let before = lines.clone();
    let mut seen: HashSet<i64> = HashSet::new();
    for row in &rows {
        let id = people.find(&row.person).ok().flatten().unwrap_or_else(|| people.add(&row.person));
        let fresh = !stored.contains_key(&id) && seen.insert(id);
        let mut differs = false;
        if let Some(known) = stored.get(&id).filter(|known| renamed.contains(&id) && known.name != row.person) {
            differs = true;
            let model = changed_people.entry(id).or_insert_with(|| known.clone());
            model.name.clone_from(&row.person);
            model.updated_at = ctx.now.0;
        }
        if let Some(email) = &row.email {
            match stored.get(&id) {
                Some(known) if known.email.as_ref() != Some(email) => {
                    differs = true;
                    let mut model = changed_people.remove(&id).unwrap_or_else(|| known.clone());
                    model.email = Some(email.clone());
                    model.updated_at = ctx.now.0;
                    changed_people.insert(id, model);
                }
                Some(_) => {}
                None => {
                    emails.insert(id, email.clone());
                }
            }
        }
        let team = teams.resolve(&row.team);
        let manager =
            row.manager.as_ref().map(|name| people.find(name).ok().flatten().unwrap_or_else(|| people.add(name)));
        let membership = apply(ctx, lines.entry(id).or_default(), id, row, team, manager);
        touched.push((id, membership, fresh, differs));
    }
    for (id, ..) in &touched {
        lines.get_mut(id).into_iter().for_each(close_gaps);
    }
    count(ctx, &touched, &before, &lines);
    // People that were counted as rows are not counted as made on the way.
    teams.flush(db, ctx).await?;
    people.flush(db, ctx, &emails).await?;
    ctx.report.people_created = ctx.report.people_created.saturating_sub(seen.len() as u64);
    if ctx.write { save(db, changed_people, &touched, &before, &lines).await } else { Ok(()) }
}

/// Finds by their address those whom the file names otherwise than we do, so that nobody comes in a second time. An
/// address that stands beside several names of the file is nobody's own.
fn renamed(people: &mut Directory, rows: &[PersonRow]) -> HashSet<i64> {
    let mut names: HashMap<&str, HashSet<&str>> = HashMap::new();
    for row in rows {
        if let Some(email) = &row.email {
            names.entry(email).or_default().insert(&row.person);
        }
    }
    let mut found = HashSet::new();
    for (email, names) in names {
        let (Some(name), 1) = (names.iter().next(), names.len()) else { continue };
        if people.find(name) == Ok(None)
            && let Ok(Some(id)) = people.with_email(email)
            && !rows.iter().any(|row| row.person != *name && people.find(&row.person) == Ok(Some(id)))
        {
            people.also_called(name, id);
            found.insert(id);
        }
    }
    found
}

/// Puts a row into a person's memberships; gives the identifier of the membership it speaks of.
fn apply(
    ctx: &Context,
    line: &mut Timeline,
    person_id: i64,
    row: &PersonRow,
    team: Option<i64>,
    manager: Option<i64>,
) -> i64 {
    let from = row.from.map(|d| d.day_number());
    let same = line.iter().position(|m| m.from_day == from);
    // A row without a first day speaks of the membership that holds now, however it began.
    let at = same.or_else(|| from.is_none().then(|| line.len().checked_sub(1)).flatten());
    let place = at.unwrap_or_else(|| {
        let place = line.partition_point(|m| m.from_day < from);
        let fresh = team_membership::Model {
            org_id: ctx.org.id,
            id: crate::id::next(),
            person_id,
            team_id: None,
            manager_id: None,
            from_day: from,
            to_day: None,
            import_id: ctx.import_id,
        };
        line.insert(place, fresh);
        place
    });
    let Some(membership) = line.get_mut(place) else { return 0 };
    membership.team_id = team;
    if ctx.provides(at::MANAGER) {
        membership.manager_id = manager;
    }
    if ctx.provides(at::TO) {
        membership.to_day = row.to.map(|d| d.day_number());
    }
    membership.id
}

/// A person is in one team at a time: a membership ends where the next begins.
fn close_gaps(line: &mut Timeline) {
    let starts: Vec<Option<i32>> = line.iter().map(|m| m.from_day).collect();
    for (membership, next) in line.iter_mut().zip(starts.into_iter().skip(1)) {
        if let Some(next) = next
            && membership.to_day.is_none_or(|to| to > next)
        {
            membership.to_day = Some(next);
        }
    }
}

/// Counts rows as created, updated or unchanged.
fn count(
    ctx: &mut Context,
    touched: &[(i64, i64, bool, bool)],
    before: &HashMap<i64, Timeline>,
    after: &HashMap<i64, Timeline>,
) {
    let find = |lines: &HashMap<i64, Timeline>, person: i64, id: i64| {
        lines.get(&person).and_then(|l| l.iter().find(|m| m.id == id).cloned())
    };
    for (person, membership, fresh, differs) in touched {
        let (old, new) = (find(before, *person, *membership), find(after, *person, *membership));
        let counter = match (fresh, *differs || old != new) {
            (true, _) => &mut ctx.report.created,
            (false, true) => &mut ctx.report.updated,
            (false, false) => &mut ctx.report.unchanged,
        };
        *counter += 1;
    }
}

async fn save(
    db: &impl ConnectionTrait,
    people: HashMap<i64, person::Model>,
    touched: &[(i64, i64, bool, bool)],
    before: &HashMap<i64, Timeline>,
    after: &HashMap<i64, Timeline>,
) -> Result<(), DbErr> {
    for model in people.into_values() {
        person::Entity::update(model.into_active_model().reset_all()).exec(db).await?;
    }
    let persons: HashSet<i64> = touched.iter().map(|(person, ..)| *person).collect();
    let changed: Vec<_> = persons
        .into_iter()
        .flat_map(|person| {
            let old = before.get(&person).map(Vec::as_slice).unwrap_or_default();
            after.get(&person).into_iter().flatten().filter(move |m| !old.contains(m)).cloned()
        })
        .map(|m| m.into_active_model().reset_all())
        .collect();
    let key = [team_membership::Column::OrgId, team_membership::Column::Id];
    let changing = || {
        team_membership::Column::iter()
            .filter(|c| !matches!(c, team_membership::Column::OrgId | team_membership::Column::Id))
    };
    for chunk in changed.chunks(500) {
        team_membership::Entity::insert_many(chunk.to_vec())
            .on_conflict(OnConflict::columns(key).update_columns(changing()).to_owned())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}
