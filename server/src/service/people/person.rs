//! One person: who they are, and where they belong over time.

use app::caller::Caller;
use app::people::api::{PersonForm, PersonView, Pick, PlaceForm, PlaceRow};
use app::{ApiError, FieldError};
use domain::PersonId;
use domain::policy::{Action, Relation};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, DatabaseTransaction};

use super::{actor, place, team_picks, teams};
use crate::authz::{Access, Denied, find_person};
use crate::entity::person;
use crate::error::{ServiceError, ServiceResult};
use crate::query::{membership, people as query, user};
use crate::service::organisation::{normal_email, record};
use crate::state::AppState;

/// One person with their places.
pub async fn show(state: &AppState, caller: &Caller, id: PersonId) -> ServiceResult<PersonView> {
    let db = &state.db;
    let access = Access::load(db, caller).await?;
    let row = find_person(db, &access, id, Action::SeeNumbers).await?;
    let org = access.org();
    let may_edit = access.allows(Action::ManagePeople, Relation::Organisation);
    let everybody = query::people(db, org).await?;
    let name_of = |id: i64| everybody.iter().find(|p| p.id == id).map(|p| p.name.clone());
    let mut places = query::places_of(db, org, id.get()).await?;
    places.sort_by_key(|p| std::cmp::Reverse((p.from_day, p.id)));
    let places = places
        .iter()
        .map(|p| {
            let stay = query::stay_of(p);
            PlaceRow {
                id: p.id.to_string(),
                team: stay.team.map(|t| access.tree.path(t)),
                team_id: p.team_id.map(|t| t.to_string()).unwrap_or_default(),
                manager: p.manager_id.and_then(name_of),
                manager_id: p.manager_id.map(|m| m.to_string()).unwrap_or_default(),
                from: stay.from,
                last: stay.to.and_then(|d| d.add_days(-1)),
                is_now: stay.holds_on(caller.today),
                seen: place::seen(p),
            }
        })
        .collect();
    let user = match membership::of_person(db, org, id.get()).await? {
        None => None,
        Some(m) => user::by_id(db, m.user_id).await?.map(|u| u.email),
    };
    let (team_choices, managers) = if may_edit {
        let (tree, all) = teams::tree_and_teams(db, org).await?;
        let others = everybody.iter().filter(|p| p.id != id.get());
        let managers = others.map(|p| Pick { id: p.id.to_string(), label: p.name.clone() }).collect();
        (team_picks(&tree, &all), managers)
    } else {
        (Vec::new(), Vec::new())
    };
    Ok(PersonView {
        id,
        name: row.name.clone(),
        key: row.key.clone(),
        email: row.email.clone().unwrap_or_default(),
        seen: row.updated_at,
        places,
        user,
        deals: i64::try_from(query::deals_of(db, org, id.get()).await?).unwrap_or(i64::MAX),
        teams: team_choices,
        managers,
        may_edit,
    })
}

/// A person of the organisation, to change.
pub async fn find(txn: &DatabaseTransaction, access: &Access, id: PersonId) -> ServiceResult<person::Model> {
    Ok(query::person(txn, access.org(), id.get()).await?.ok_or(Denied::NotFound)?)
}

/// Name, key and address in the form in which they are stored.
struct Clean {
    name: String,
    key: String,
    email: Option<String>,
}

fn clean(form: &PersonForm) -> Result<Clean, Vec<FieldError>> {
    let mut remarks = Vec::new();
    let name = form.name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        remarks.push(FieldError::new("name", "people.error.person_name"));
    }
    let key = if form.key.trim().is_empty() { name } else { form.key.trim() };
    // `=` and `;` share a deal among people in files.
    if key.chars().count() > 100 || key.contains(['=', ';']) {
        remarks.push(FieldError::new("key", "people.error.key"));
    }
    let email = match form.email.trim() {
        "" => None,
        text => normal_email(text).map_err(|remark| remarks.push(remark)).ok(),
    };
    if remarks.is_empty() { Ok(Clean { name: name.to_owned(), key: key.to_owned(), email }) } else { Err(remarks) }
}

async fn check_key(txn: &DatabaseTransaction, access: &Access, key: &str, own: Option<i64>) -> ServiceResult<()> {
    match query::person_by_key(txn, access.org(), key).await? {
        Some(found) if Some(found.id) != own => {
            Err(FieldError::new("key", "people.error.key_taken").arg("name", found.name).into())
        }
        _ => Ok(()),
    }
}

/// Adds a person, with a first place if a team or manager is given.
pub async fn add(state: &AppState, caller: &Caller, new: PersonForm, first: PlaceForm) -> ServiceResult<PersonId> {
    let (txn, access) = teams::begin(state, caller, Action::ManagePeople).await?;
    let clean = clean(&new)?;
    check_key(&txn, &access, &clean.key, None).await?;
    // A wrong date is said even where no place comes of it.
    place::parse(&txn, &access, &first, None).await?;
    let now = state.clock.now();
    let row = query::insert_person(&txn, access.org(), &clean.name, &clean.key, clean.email.as_deref(), now).await?;
    let id = PersonId::new(row.id);
    let detail = serde_json::json!({ "name": clean.name, "key": clean.key });
    record(&txn, actor(caller), "person.add", ("person", Some(row.id)), detail, now).await?;
    if !first.team.is_empty() || !first.manager.is_empty() {
        place::insert(&txn, &access, state, id, &first).await?;
    }
    query::bump_data_version(&txn, access.org()).await?;
    txn.commit().await?;
    Ok(id)
}

/// Changes a person's name, key and address. When somebody else did meanwhile, their change stands and is shown.
pub async fn save(state: &AppState, caller: &Caller, id: PersonId, form: PersonForm, seen: i64) -> ServiceResult<()> {
    let (txn, access) = teams::begin(state, caller, Action::ManagePeople).await?;
    let row = find(&txn, &access, id).await?;
    let clean = clean(&form)?;
    if row.updated_at != seen {
        let stored = vec![
            ("name".to_owned(), row.name),
            ("key".to_owned(), row.key),
            ("email".to_owned(), row.email.unwrap_or_default()),
        ];
        return Err(ServiceError::Refused(ApiError::Conflict(stored)));
    }
    check_key(&txn, &access, &clean.key, Some(id.get())).await?;
    let now = state.clock.now();
    let detail = serde_json::json!({
        "name": { "from": row.name, "to": clean.name }, "key": { "from": row.key, "to": clean.key },
        "email": { "from": row.email, "to": clean.email }
    });
    let update = person::ActiveModel {
        org_id: Set(access.org()),
        id: Set(id.get()),
        name: Set(clean.name),
        key: Set(clean.key),
        email: Set(clean.email),
        import_id: Set(None),
        // Always later than what a form may have seen, even within a millisecond.
        updated_at: Set(now.0.max(row.updated_at + 1)),
        ..Default::default()
    };
    update.update(&txn).await?;
    record(&txn, actor(caller), "person.change", ("person", Some(id.get())), detail, now).await?;
    query::bump_data_version(&txn, access.org()).await?;
    txn.commit().await?;
    Ok(())
}
