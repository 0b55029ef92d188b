//! Files of the organisation itself: objectives, people, teams, users, imports, tokens and webhooks. Secrets are in none of
//! them: the pages do not have them either.

use app::account::api::When;
use app::caller::Caller;
use app::people::api::{PeopleFilter, PeoplePort as _};
use app::targets::api::TargetsPort as _;
use app::webhooks::api::{DeliveryRow, WebhookRow, WebhooksPort as _};
use domain::ids::WebhookId;

use super::{Table, columns};
use crate::error::ServiceResult;
use crate::export::Cell;
use crate::service::Services;
use crate::words::Words;

fn moment(when: &When) -> Cell {
    Cell::text(format!("{} {}", when.day, when.time))
}

fn moment_or_none(when: Option<&When>) -> Cell {
    when.map_or(Cell::Blank, moment)
}

fn or_none(text: Option<String>) -> Cell {
    text.map_or(Cell::Blank, Cell::text)
}

/// The tree of objectives.
pub(super) async fn objectives(services: &Services, caller: &Caller) -> ServiceResult<Table> {
    let words = Words(caller.locale);
    let found = services.objectives(caller).await?;
    let rows = found.objectives.into_iter().map(|one| {
        vec![
            Cell::count(i64::from(one.depth)),
            Cell::text(one.title),
            Cell::text(if one.who.is_empty() { words.t("export.organisation") } else { one.who }),
            Cell::text(words.t(&format!("objectives.horizon.{}", one.horizon))),
            Cell::text(words.t(&format!("objectives.perspective.{}", one.perspective))),
            Cell::text(one.why),
            Cell::count(i64::from(one.targets)),
        ]
    });
    Ok(Table {
        title: words.t("objectives.title"),
        rows: rows.collect(),
        columns: columns(words, &["depth", "objective", "who", "horizon", "perspective", "reason", "targets"]),
        ..Table::default()
    })
}

/// People, a page at a time.
pub(super) async fn people(services: &Services, caller: &Caller, filter: PeopleFilter) -> ServiceResult<Table> {
    let words = Words(caller.locale);
    let shown = filter.page.max(1);
    let found = services.people(caller, PeopleFilter { page: shown, ..filter.clone() }).await?;
    // A page behind the last one is answered with the last one.
    let is_last = i64::from(found.page) * i64::from(app::people::api::PER_PAGE) >= found.total;
    let rows = found.rows.into_iter().map(|person| {
        vec![
            Cell::text(person.name),
            or_none(person.key),
            or_none(person.email),
            or_none(person.team),
            or_none(person.manager),
            Cell::day(person.since),
            Cell::day(person.last),
            Cell::text(words.t(if person.has_user { "export.yes" } else { "export.no" })),
        ]
    });
    let team = filter.team.map(|team| team.to_string());
    let team = found.teams.iter().find(|pick| Some(&pick.id) == team.as_ref()).map(|pick| pick.label.clone());
    let state = if filter.state.is_empty() { "now" } else { &filter.state };
    Ok(Table {
        title: words.t("people.person.title"),
        about: vec![
            (words.t("export.search"), filter.search.clone()),
            (words.t("people.person.team"), team.unwrap_or_default()),
            (words.t("export.col.status"), words.t(&format!("people.person.state.{state}"))),
        ],
        rows: rows.collect(),
        columns: columns(words, &["name", "key", "email", "team", "manager", "from", "last", "user"]),
        next: (!is_last).then(|| (shown + 1).to_string()),
        metrics: Vec::new(),
    })
}

/// The team tree.
pub(super) async fn teams(services: &Services, caller: &Caller) -> ServiceResult<Table> {
    let words = Words(caller.locale);
    let rows = services.teams(caller).await?.teams.into_iter().map(|team| {
        vec![
            Cell::text(team.path),
            Cell::count(team.people),
            Cell::count(team.people_below),
            Cell::text(team.managers.join(", ")),
            Cell::text(words.t(if team.is_archived { "export.yes" } else { "export.no" })),
        ]
    });
    Ok(Table {
        title: words.t("people.team.title"),
        rows: rows.collect(),
        columns: columns(words, &["team", "people", "people_below", "managers", "archived"]),
        ..Table::default()
    })
}

/// Users, and the invitations that are still open. The links of these are secrets.
pub(super) async fn users(services: &Services, caller: &Caller) -> ServiceResult<Table> {
    let words = Words(caller.locale);
    let found = services.users(caller, None).await?;
    let users = found.users.into_iter().map(|user| {
        let teams: Vec<String> = user.teams.into_iter().map(|grant| grant.path).collect();
        let state = if user.is_disabled { "export.disabled" } else { "export.active" };
        vec![
            Cell::text(user.name),
            Cell::text(user.email),
            Cell::text(words.t(&format!("role.{}", user.role.code()))),
            or_none(user.person.map(|(_, name)| name)),
            Cell::text(teams.join(", ")),
            moment_or_none(user.last_seen.as_ref()),
            Cell::text(words.t(state)),
        ]
    });
    let invited = found.invitations.into_iter().map(|one| {
        vec![
            Cell::Blank,
            Cell::text(one.email),
            Cell::text(words.t(&format!("role.{}", one.role.code()))),
            Cell::Blank,
            or_none(one.team),
            Cell::Blank,
            Cell::text(words.tf("export.invited", &[("until", &one.until)])),
        ]
    });
    Ok(Table {
        title: words.t("people.user.title"),
        rows: users.chain(invited).collect(),
        columns: columns(words, &["name", "email", "role", "person", "team", "last_used", "status"]),
        ..Table::default()
    })
}

/// The history of imports.
pub(super) async fn imports(services: &Services, caller: &Caller) -> ServiceResult<Table> {
    let words = Words(caller.locale);
    let found = <Services as app::imports::api::ImportsPort>::list(services, caller).await?;
    let rows = found.imports.into_iter().map(|one| {
        vec![
            Cell::text(one.file),
            Cell::text(words.t(&format!("imports.kind.{}", one.kind))),
            Cell::text(words.t(&format!("imports.status.{}", one.status))),
            Cell::text(one.at),
            Cell::count(one.rows),
            Cell::count(one.created),
            Cell::count(one.updated),
            Cell::count(one.rejected),
        ]
    });
    Ok(Table {
        title: words.t("imports.title"),
        rows: rows.collect(),
        columns: columns(words, &["file", "kind", "status", "at", "rows", "created", "updated", "rejected"]),
        ..Table::default()
    })
}

/// API tokens, without the tokens themselves: they are not kept.
pub(super) async fn tokens(services: &Services, caller: &Caller) -> ServiceResult<Table> {
    let words = Words(caller.locale);
    let found = <Services as app::tokens::api::TokensPort>::list(services, caller, None).await?;
    let rows = found.tokens.into_iter().map(|token| {
        vec![
            Cell::text(token.name),
            Cell::text(token.scopes.join(", ")),
            Cell::text(token.creator),
            moment(&token.created),
            Cell::Date(token.until),
            moment_or_none(token.last_used.as_ref()),
            Cell::text(words.t(&format!("tokens.state.{}", token.state.code()))),
        ]
    });
    Ok(Table {
        title: words.t("tokens.title"),
        rows: rows.collect(),
        columns: columns(words, &["name", "scopes", "creator", "made", "until", "last_used", "status"]),
        ..Table::default()
    })
}

fn events(words: Words, webhook: &WebhookRow) -> String {
    let event = |code: &String| words.t(&format!("webhooks.event.{}", code.replace('.', "_")));
    webhook.events.iter().map(event).collect::<Vec<_>>().join(", ")
}

/// Webhooks, without their secrets.
pub(super) async fn webhooks(services: &Services, caller: &Caller) -> ServiceResult<Table> {
    let words = Words(caller.locale);
    let found = <Services as app::webhooks::api::WebhooksPort>::list(services, caller).await?;
    let rows = found.webhooks.into_iter().map(|(webhook, latest)| {
        let state = if webhook.is_active { "export.active" } else { "webhooks.is_paused" };
        let stands = latest.map(|one| words.t(&format!("webhooks.state.{}", one.state.code())));
        vec![
            Cell::text(&webhook.url),
            Cell::text(events(words, &webhook)),
            Cell::text(&webhook.creator),
            moment(&webhook.created),
            Cell::text(words.t(state)),
            or_none(stands),
        ]
    });
    Ok(Table {
        title: words.t("webhooks.title"),
        rows: rows.collect(),
        columns: columns(words, &["address", "events", "creator", "made", "status", "latest"]),
        ..Table::default()
    })
}

/// What a webhook was told last.
pub(super) async fn deliveries(services: &Services, caller: &Caller, id: WebhookId) -> ServiceResult<Table> {
    let words = Words(caller.locale);
    let found = services.see(caller, id, None).await?;
    let row = |one: DeliveryRow| {
        let fault = one.fault.map(|code| words.t(&format!("webhooks.fault.{code}")));
        vec![
            Cell::text(one.id.to_string()),
            Cell::text(words.t(&format!("webhooks.event.{}", one.event.replace('.', "_")))),
            moment(&one.made),
            Cell::text(words.t(&format!("webhooks.state.{}", one.state.code()))),
            Cell::count(i64::from(one.attempts)),
            moment_or_none(one.sent.as_ref()),
            moment_or_none(one.next.as_ref()),
            one.code.map_or(Cell::Blank, |code| Cell::count(i64::from(code))),
            or_none(fault.or(one.answer)),
            Cell::text(one.payload),
        ]
    };
    let about = vec![
        (words.t("webhooks.url"), found.webhook.url.clone()),
        (words.t("webhooks.events"), events(words, &found.webhook)),
    ];
    Ok(Table {
        title: words.t("webhooks.one"),
        about,
        rows: found.deliveries.into_iter().map(row).collect(),
        columns: columns(
            words,
            &["delivery", "event", "at", "status", "attempts", "sent", "next", "code", "answer", "payload"],
        ),
        ..Table::default()
    })
}
