//! A person's places: the team and manager they had, from a day to a day. The rules are `domain::roster`'s.

use app::caller::Caller;
use app::people::api::{PlaceForm, PlaceRef};
use app::{ApiError, FieldError};
use domain::policy::Action;
use domain::roster::{self, RosterError, Stay};
use domain::{Date, PersonId, TeamId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _};

use super::{actor, parse_pick, person, teams};
use crate::authz::{Access, Denied};
use crate::entity::team_membership;
use crate::error::{ServiceError, ServiceResult};
use crate::query::people as query;
use crate::service::organisation::record;
use crate::state::AppState;

/// What a form sends back of a place, to notice that somebody else changed it.
pub fn seen(row: &team_membership::Model) -> String {
    let part = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    [row.team_id, row.manager_id, row.from_day.map(i64::from), row.to_day.map(i64::from)].map(part).join(",")
}

/// Reads the form: dates, and a team and manager of the organisation.
pub(super) async fn parse(
    txn: &DatabaseTransaction,
    access: &Access,
    form: &PlaceForm,
    kept: Option<&Stay>,
) -> ServiceResult<Stay> {
    let mut remarks = Vec::new();
    let mut day = |field: &str, text: &str| match text.trim() {
        "" => None,
        text => text.parse::<Date>().map_err(|_| remarks.push(FieldError::new(field, "people.error.date"))).ok(),
    };
    let from = day("from", &form.from);
    let last = day("last", &form.last);
    if !remarks.is_empty() {
        return Err(remarks.into());
    }
    let kept_team = kept.and_then(|s| s.team).filter(|t| t.to_string() == form.team.trim());
    let team = match kept_team {
        // A place of long ago may keep a team that is archived by now.
        Some(team) => Some(team),
        None => teams::choose(txn, access, "team", &form.team).await?.map(|t| TeamId::new(t.id)),
    };
    let manager = match parse_pick::<PersonId>("manager", &form.manager)? {
        None => None,
        Some(id) => {
            let found = query::person(txn, access.org(), id.get()).await?;
            Some(found.map(|_| id).ok_or_else(|| FieldError::new("manager", "people.error.choice"))?)
        }
    };
    Ok(Stay { team, manager, from, to: last.and_then(|d| d.add_days(1)) })
}

/// The rows of one person and the stays of everybody else.
async fn load(
    txn: &DatabaseTransaction,
    access: &Access,
    id: PersonId,
) -> ServiceResult<(Vec<team_membership::Model>, Vec<(PersonId, Stay)>)> {
    let (own, others): (Vec<_>, Vec<_>) =
        query::places(txn, access.org()).await?.into_iter().partition(|p| p.person_id == id.get());
    let others = others.iter().map(|p| (PersonId::new(p.person_id), query::stay_of(p))).collect();
    Ok((own, others))
}

fn remark(error: RosterError, access: &Access, own: &[team_membership::Model]) -> ServiceError {
    match error {
        RosterError::Nothing => ServiceError::field("team", "people.error.place_empty"),
        RosterError::EndsFirst => ServiceError::field("last", "people.error.place_ends_first"),
        RosterError::ManagerLoop => ServiceError::field("manager", "people.error.manager_loop"),
        RosterError::Overlap(index) => {
            let stay = own.get(index).map(query::stay_of);
            let team = stay.and_then(|s| s.team).map(|t| access.tree.path(t)).unwrap_or_default();
            FieldError::new("from", "people.error.place_overlaps").arg("team", team).into()
        }
    }
}

/// Adds a place within a transaction; an open place before it ends where it starts.
pub async fn insert(
    txn: &DatabaseTransaction,
    access: &Access,
    state: &AppState,
    id: PersonId,
    form: &PlaceForm,
) -> ServiceResult<()> {
    let new = parse(txn, access, form, None).await?;
    let (own, others) = load(txn, access, id).await?;
    let stays: Vec<Stay> = own.iter().map(query::stay_of).collect();
    let closes = roster::move_to(&stays, &new).map_err(|e| remark(e, access, &own))?;
    roster::check_managers(&others, id, &new).map_err(|e| remark(e, access, &own))?;
    let from = new.from.map(Date::day_number);
    if let Some(index) = closes {
        let mut ended = own[index].clone().into_active_model();
        ended.to_day = Set(from);
        ended.import_id = Set(None);
        ended.update(txn).await?;
    }
    let row = query::insert_place(
        txn,
        access.org(),
        id.get(),
        (new.team.map(TeamId::get), new.manager.map(PersonId::get)),
        (from, new.to.map(Date::day_number)),
    )
    .await?;
    let detail = serde_json::json!({
        "team": row.team_id, "manager": row.manager_id, "from": new.from, "to": new.to,
        "closed": closes.map(|i| own[i].id)
    });
    record(txn, actor(&access.caller), "person.place", ("person", Some(id.get())), detail, state.clock.now()).await
}

/// Gives a person a place from a day on.
pub async fn add(state: &AppState, caller: &Caller, id: PersonId, form: PlaceForm) -> ServiceResult<()> {
    let (txn, access) = teams::begin(state, caller, Action::ManagePeople).await?;
    person::find(&txn, &access, id).await?;
    insert(&txn, &access, state, id, &form).await?;
    query::bump_data_version(&txn, access.org()).await?;
    txn.commit().await?;
    Ok(())
}

/// The place a form is about, if it still is as the form showed it.
fn pick(own: &[team_membership::Model], access: &Access, wanted: &PlaceRef) -> ServiceResult<usize> {
    let index = own.iter().position(|p| p.id.to_string() == wanted.id).ok_or(Denied::NotFound)?;
    if seen(&own[index]) != wanted.seen {
        let stay = query::stay_of(&own[index]);
        let text = |date: Option<Date>| date.map_or_else(|| "–".to_owned(), |d| d.to_string());
        let stored = vec![
            ("team".to_owned(), stay.team.map(|t| access.tree.path(t)).unwrap_or_default()),
            ("from".to_owned(), text(stay.from)),
            ("last".to_owned(), text(stay.to.and_then(|d| d.add_days(-1)))),
        ];
        return Err(ServiceError::Refused(ApiError::Conflict(stored)));
    }
    Ok(index)
}

/// Changes a place. History moves with it: facts of those days then belong to the other team.
pub async fn save(
    state: &AppState,
    caller: &Caller,
    id: PersonId,
    form: PlaceForm,
    wanted: PlaceRef,
) -> ServiceResult<()> {
    let (txn, access) = teams::begin(state, caller, Action::ManagePeople).await?;
    person::find(&txn, &access, id).await?;
    let (mut own, others) = load(&txn, &access, id).await?;
    let index = pick(&own, &access, &wanted)?;
    let row = own.remove(index);
    let before = query::stay_of(&row);
    let changed = parse(&txn, &access, &form, Some(&before)).await?;
    let stays: Vec<Stay> = own.iter().map(query::stay_of).collect();
    roster::change_to(&stays, &changed).map_err(|e| remark(e, &access, &own))?;
    roster::check_managers(&others, id, &changed).map_err(|e| remark(e, &access, &own))?;
    let mut update = row.into_active_model();
    update.team_id = Set(changed.team.map(TeamId::get));
    update.manager_id = Set(changed.manager.map(PersonId::get));
    update.from_day = Set(changed.from.map(Date::day_number));
    update.to_day = Set(changed.to.map(Date::day_number));
    update.import_id = Set(None);
    update.update(&txn).await?;
    let side = |s: &Stay| serde_json::json!({ "team": s.team, "manager": s.manager, "from": s.from, "to": s.to });
    let detail = serde_json::json!({ "from": side(&before), "to": side(&changed) });
    record(&txn, actor(caller), "person.place_change", ("person", Some(id.get())), detail, state.clock.now()).await?;
    query::bump_data_version(&txn, access.org()).await?;
    txn.commit().await?;
    Ok(())
}

/// Removes a place that should never have been.
pub async fn remove(state: &AppState, caller: &Caller, id: PersonId, wanted: PlaceRef) -> ServiceResult<()> {
    let (txn, access) = teams::begin(state, caller, Action::ManagePeople).await?;
    person::find(&txn, &access, id).await?;
    let (own, _) = load(&txn, &access, id).await?;
    let row = &own[pick(&own, &access, &wanted)?];
    team_membership::Entity::delete_by_id((access.org(), row.id)).exec(&txn).await?;
    let stay = query::stay_of(row);
    let detail = serde_json::json!({
        "team": stay.team, "manager": stay.manager, "from": stay.from, "to": stay.to
    });
    record(&txn, actor(caller), "person.place_remove", ("person", Some(id.get())), detail, state.clock.now()).await?;
    query::bump_data_version(&txn, access.org()).await?;
    txn.commit().await?;
    Ok(())
}
