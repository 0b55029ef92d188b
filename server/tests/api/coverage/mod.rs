//! Every server function against everybody: nobody signed in, the lowest role that may, the one below, another tenant.
//!
//! A server function without an entry fails the test. Entries stand in one file per feature.

mod account;
mod analysis;
mod catalogue;
mod completeness;
mod dev;
mod facts;
mod files;
mod imports;
mod notes;
mod people;
mod scorecard;
mod settings;
mod targets;
mod tokens;
mod webhooks;

use app::caller::Role;
use axum::http::StatusCode;
use serde_json::Value;

use crate::support::{Answer, Persona, Site, World};

/// What is sent.
#[derive(Clone, Debug)]
pub enum Input {
    /// Form fields.
    Form(Vec<(&'static str, String)>),
    /// JSON, for functions with `input = Json`.
    Json(Value),
}

/// Who may call a function.
#[derive(Clone, Copy, Debug)]
pub enum Who {
    /// Anybody, signed in or not.
    Public,
    /// Every signed-in user; another tenant only reaches their own things.
    Everybody,
    /// Every signed-in user, for a thing of their own: the input names somebody else's, so everybody gets 404.
    Own,
    /// This role and those above it. Another tenant gets 404 for the thing named in the input; `names_thing` is false
    /// for functions whose input names nothing of the organisation (adding, listing).
    From { role: Role, names_thing: bool },
}

/// One server function.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Path without `/api/`.
    pub path: &'static str,
    /// An input that names existing things of Acme and passes where the role allows.
    pub input: Input,
    /// Who may.
    pub who: Who,
}

/// An entry with form fields.
pub fn form(path: &'static str, who: Who, fields: &[(&'static str, String)]) -> Entry {
    Entry { path, input: Input::Form(fields.to_vec()), who }
}

/// An entry with JSON.
pub fn json(path: &'static str, who: Who, input: Value) -> Entry {
    Entry { path, input: Input::Json(input), who }
}

/// All entries: add your feature's here.
fn entries(world: &World) -> Vec<Entry> {
    [
        account::entries(world),
        analysis::entries(world),
        catalogue::entries(),
        completeness::entries(),
        dev::entries(),
        facts::entries(world),
        imports::entries(world),
        notes::entries(world),
        people::entries(world),
        scorecard::entries(world),
        settings::entries(),
        targets::entries(world),
        tokens::entries(world),
        webhooks::entries(world),
    ]
    .concat()
}

async fn call(persona: &Persona, entry: &Entry) -> Answer {
    match &entry.input {
        Input::Form(fields) => {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
            persona.post(entry.path, &fields).await
        }
        Input::Json(input) => persona.post_json(entry.path, input).await,
    }
}

/// The role just below another; none below the lowest.
fn below(role: Role) -> Option<Role> {
    Role::ALL.into_iter().skip_while(|r| *r != role).nth(1)
}

fn is_refusal(status: StatusCode) -> bool {
    matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
}

#[tokio::test]
async fn every_server_function_has_an_entry() {
    let site = Site::new().await;
    // The router registers the functions.
    let _ = site.router();
    let known: Vec<&str> = entries(&site.world).iter().map(|e| e.path).collect();
    let missing: Vec<&str> = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, _)| path.trim_start_matches("/api/"))
        .filter(|path| !known.contains(path))
        .collect();
    assert!(missing.is_empty(), "add to server/tests/api/coverage: {missing:?}");
}

#[tokio::test]
async fn who_is_not_signed_in_gets_401() {
    let site = Site::new().await;
    for entry in entries(&site.world) {
        let status = call(&site.anonymous(), &entry).await.status;
        match entry.who {
            Who::Public => assert_ne!(status, StatusCode::UNAUTHORIZED, "{}", entry.path),
            _ => assert_eq!(status, StatusCode::UNAUTHORIZED, "{}", entry.path),
        }
    }
}

#[tokio::test]
async fn the_role_below_is_refused() {
    let site = Site::new().await;
    for entry in entries(&site.world) {
        let Who::From { role, .. } = entry.who else { continue };
        let Some(lower) = below(role) else { continue };
        let answer = call(&site.role(lower).await, &entry).await;
        assert!(is_refusal(answer.status), "{} as {lower:?}: {} {}", entry.path, answer.status, answer.body);
    }
}

#[tokio::test]
async fn another_tenant_finds_nothing() {
    let site = Site::new().await;
    for entry in entries(&site.world) {
        let (Who::From { names_thing: true, .. } | Who::Own) = entry.who else { continue };
        let answer = call(&site.other_tenant().await, &entry).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}: {}", entry.path, answer.body);
    }
}

#[tokio::test]
async fn the_lowest_role_that_may_is_let_in() {
    for index in 0..entries(&World::default()).len() {
        // A site each: functions that end sessions or remove things would spoil it for the next.
        let site = Site::new().await;
        let entry = entries(&site.world).swap_remove(index);
        let persona = match entry.who {
            Who::Public | Who::Own => continue,
            Who::Everybody => site.viewer().await,
            Who::From { role, .. } => site.role(role).await,
        };
        let answer = call(&persona, &entry).await;
        assert!(
            !is_refusal(answer.status) && answer.status != StatusCode::UNAUTHORIZED && answer.status.as_u16() < 500,
            "{}: {} {}",
            entry.path,
            answer.status,
            answer.body
        );
    }
}
