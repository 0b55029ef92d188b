//! The list of events.

use app::analysis::api::{EventList, EventRow};
use domain::ids::FactId;
use domain::policy::{self, Action, Relation};
use domain::{Date, format};

use super::there::There;
use super::touched::Touched;
use crate::authz::Denied;
use crate::entity::event;
use crate::error::ServiceResult;
use crate::query;
use crate::service::scorecard::context::Context;

/// Events that are listed.
const LISTED: u64 = 200;

/// The newest events that the reader may know of.
pub(super) async fn list(c: &Context<'_>) -> ServiceResult<EventList> {
    let org = c.access.caller.org_id;
    let found = query::event::newest(c.db(), org, LISTED + 1).await?;
    let is_cut = found.len() as u64 > LISTED;
    let rows = found.iter().take(usize::try_from(LISTED).unwrap_or(usize::MAX)).filter_map(|event| {
        let touched = Touched::of(c, event)?;
        Some(EventRow {
            id: FactId::new(event.id),
            day: format::date(c.locale(), day_of(event)?),
            title: event.title.clone(),
            kind: event.kind.clone(),
            scope: touched.words(c),
        })
    });
    let role = c.access.caller.role;
    Ok(EventList {
        tabs: There::read(c).await?.tabs(c),
        events: rows.collect(),
        is_cut,
        may_add: policy::may(role, Action::Import, Relation::Organisation).is_yes(),
    })
}

/// The event of an address, if the reader may know of it.
pub(super) async fn find(c: &Context<'_>, id: &str) -> ServiceResult<(event::Model, Date, Touched)> {
    let id: i64 = id.parse().map_err(|_| Denied::NotFound)?;
    let event = query::event::find(c.db(), c.access.caller.org_id, id).await?.ok_or(Denied::NotFound)?;
    let touched = Touched::of(c, &event).ok_or(Denied::NotFound)?;
    let day = day_of(&event).ok_or(Denied::NotFound)?;
    Ok((event, day, touched))
}

fn day_of(event: &event::Model) -> Option<Date> {
    Date::from_day_number(i32::try_from(event.day).ok()?)
}
