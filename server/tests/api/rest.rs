//! The REST API: who is let in, what every route refuses, and that the document tells the truth.

mod facts;
mod keys;
mod kpis;
mod schema;

use std::collections::BTreeSet;

use domain::policy::Scope;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _};
use serde_json::{Value, json};
use server::entity::{api_token, membership};

use crate::support::{Answer, Program, Site, World, tokens};

/// A route with a request that passes.
struct Route {
    method: &'static str,
    /// The path as the document names it.
    path: &'static str,
    /// The address that is asked.
    address: String,
    body: Option<Value>,
    scope: Option<Scope>,
}

/// Every route of the API.
fn routes() -> Vec<Route> {
    let get =
        |path, address: &str, scope| Route { method: "get", path, address: address.to_owned(), body: None, scope };
    vec![
        get("/openapi.json", "/openapi.json", None),
        get("/kpis", "/kpis", Some(Scope::ReadKpi)),
        get("/kpis/query", "/kpis/query?metrics=deals_won&from=2016-01-01&to=2017-01-01", Some(Scope::ReadKpi)),
        get("/facts/{kind}", "/facts/deals", Some(Scope::ReadFacts)),
        Route {
            method: "post",
            path: "/facts/{kind}",
            address: "/facts/deals".to_owned(),
            body: Some(json!({ "rows": [{ "external_id": "N1", "person": "Rob Rep", "status": "open" }] })),
            scope: Some(Scope::WriteFacts),
        },
    ]
}

async fn ask(program: &Program, route: &Route) -> Answer {
    let body = route.body.as_ref().map(Value::to_string).unwrap_or_default();
    program.call(&route.method.to_uppercase(), &route.address, &body).await
}

#[tokio::test]
async fn the_document_holds_every_route_and_no_other() {
    let site = Site::new().await;
    let nobody = Program::new(&site, None);
    let answer = nobody.get("/openapi.json").await.assert(200);
    assert_eq!(answer.header("content-type"), "application/json");
    let document: Value = answer.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"), "{}", document["openapi"]);
    assert_eq!(document["servers"][0]["url"], "/api/v1");
    assert_eq!(document["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    let mut told = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            told.insert((method.clone(), path.clone()));
            let scopes = &operation["security"][0]["token"];
            let known = routes().into_iter().find(|r| (r.method, r.path) == (method.as_str(), path.as_str()));
            let scope = known.and_then(|r| r.scope).map(|s| json!([s.code()])).unwrap_or(Value::Null);
            assert_eq!(*scopes, scope, "{method} {path}");
        }
    }
    let known: BTreeSet<_> = routes().iter().map(|r| (r.method.to_owned(), r.path.to_owned())).collect();
    assert_eq!(told, known, "the document left, the routes tested here right");
    // Every reference in it leads somewhere.
    let text = answer.body.as_str();
    for (at, _) in text.match_indices("\"$ref\":\"#/") {
        let pointer = text[at + 9..].split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer} leads nowhere");
    }
    for kind in server::import::Kind::ALL {
        let row = &document["components"]["schemas"][format!("Row_{}", kind.name())]["properties"];
        assert_eq!(row.as_object().unwrap().len(), kind.columns().len() + usize::from(kind.has_own()));
        assert_eq!(row.get("attributes").is_some(), kind.has_own());
    }
}

#[tokio::test]
async fn every_route_answers_and_takes_no_other_method() {
    let site = Site::new().await;
    let program = Program::of(&site, site.world.owner, &Scope::ALL).await;
    for route in routes() {
        let answer = ask(&program, &route).await.assert(200);
        assert_eq!(answer.header("content-type"), "application/json", "{}", route.path);
        assert_eq!(answer.header("cache-control"), "no-store", "{}", route.path);
        assert!(answer.cookie("maatstaf").is_none() && answer.header("set-cookie").is_empty());
        for method in ["DELETE", "PUT", "PATCH"] {
            let answer = program.call(method, &route.address, "").await;
            answer.problem(405, "method_not_allowed");
            assert!(!answer.header("allow").is_empty(), "{method} {}", route.path);
        }
    }
    for path in ["", "/", "/nothing", "/kpis/query/more", "/facts"] {
        Program::new(&site, None).get(path).await.problem(404, "no_route");
    }
}

async fn change(site: &Site, id: i64, change: impl FnOnce(&mut api_token::ActiveModel)) {
    let mut model = api_token::ActiveModel { org_id: Set(site.world.org), id: Set(id), ..Default::default() };
    change(&mut model);
    model.update(site.db()).await.unwrap();
}

#[tokio::test]
async fn without_a_token_that_works_nobody_is_let_in() {
    let site = Site::new().await;
    let w = site.world;
    let fresh = async || tokens::add(site.db(), w.org, w.owner, &Scope::ALL).await;
    let (revoked, revoked_text) = fresh().await;
    change(&site, revoked, |t| t.revoked_at = Set(Some(1))).await;
    let (expired, expired_text) = fresh().await;
    change(&site, expired, |t| t.expires_at = Set(site.state.clock.now().0)).await;
    let (_, admins) = tokens::add(site.db(), w.org, w.admin, &Scope::ALL).await;
    disable(&site, w.admin).await;
    let wrong = format!("{}{}", &revoked_text[..10], "x".repeat(37));
    for route in routes().iter().filter(|r| r.scope.is_some()) {
        let answer = ask(&Program::new(&site, None), route).await;
        answer.problem(401, "no_token");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
        for token in [&revoked_text, &expired_text, &admins, &wrong, &String::new(), &"mst_".to_owned()] {
            let answer = ask(&Program::new(&site, Some(token)), route).await;
            answer.problem(401, "bad_token");
            assert_eq!(answer.header("www-authenticate"), "Bearer error=\"invalid_token\"");
        }
    }
    // A session counts for nothing here.
    let cookie = format!("maatstaf={}", site.owner().await.session().unwrap());
    Program::new(&site, None).with("cookie", &cookie).get("/kpis").await.problem(401, "no_token");
}

async fn disable(site: &Site, user: i64) {
    let row = server::query::membership::of_user(site.db(), site.world.org, user).await.unwrap().unwrap();
    let model = membership::ActiveModel {
        org_id: Set(row.org_id),
        id: Set(row.id),
        disabled_at: Set(Some(1)),
        ..Default::default()
    };
    model.update(site.db()).await.unwrap();
}

#[tokio::test]
async fn a_token_does_only_what_its_scope_says() {
    let site = Site::new().await;
    for route in routes() {
        let Some(scope) = route.scope else { continue };
        let others: Vec<Scope> = Scope::ALL.into_iter().filter(|s| *s != scope).collect();
        let answer = ask(&Program::of(&site, site.world.owner, &others).await, &route).await;
        let problem = answer.problem(403, "scope_missing");
        assert!(problem.detail.contains(scope.code()));
        assert!(answer.header("www-authenticate").contains(scope.code()));
        ask(&Program::of(&site, site.world.owner, &[scope]).await, &route).await.assert(200);
    }
}

/// What each creator gets of each route: the status, with the row that is sent about Wim of West.
#[tokio::test]
async fn a_token_reaches_as_far_as_its_creator() {
    let site = Site::new().await;
    let w: World = site.world;
    let wim = json!({ "rows": [{ "external_id": "W9", "person": "Wim West", "status": "open" }] });
    let rob = json!({ "rows": [{ "external_id": "R9", "person": "Rob Rep", "status": "open" }] });
    for (user, own, others) in
        [(w.owner, 200, 200), (w.admin, 200, 200), (w.manager, 200, 422), (w.rep, 403, 403), (w.viewer, 403, 403)]
    {
        let program = Program::of(&site, user, &Scope::ALL).await;
        program.get("/kpis").await.assert(200);
        program.post("/facts/deals", &rob).await.assert(own);
        program.post("/facts/deals", &wim).await.assert(others);
    }
    let manager = Program::of(&site, w.manager, &Scope::ALL).await;
    let report = manager.post("/facts/deals", &wim).await.problem(422, "rows_rejected").report.unwrap();
    assert_eq!((report.rejected[0].code.as_str(), report.rejected[0].row), ("not_allowed", Some(0)));

    // The owner of Globex: nothing of Acme, whatever is asked.
    let (_, text) = tokens::add(site.db(), w.other_org, w.stranger, &Scope::ALL).await;
    let stranger = Program::new(&site, Some(&text));
    let deals: Value = stranger.get("/facts/deals").await.assert(200).json();
    assert_eq!(deals, json!({ "deals": [], "next": null }));
    let won = stranger.get("/kpis/query?metrics=deals_won&from=2016-01-01&to=2017-01-01").await.assert(200);
    assert_eq!(won.json::<Value>()["rows"][0]["value"], 0);
    let ask = "/kpis/query?metrics=deals_won&from=2016-01-01&to=2017-01-01";
    for (name, value) in [("person", "Rob Rep"), ("team", "East")] {
        let answer = stranger.get(&format!("{ask}&{name}={}", value.replace(' ', "%20"))).await;
        let nobody = stranger.get(&format!("{ask}&{name}=Nobody")).await;
        assert_eq!(answer.body.replace(value, "?"), nobody.body.replace("Nobody", "?"), "as if it did not exist");
        answer.problem(422, "invalid");
    }
    let report = stranger.post("/facts/deals", &rob).await.problem(422, "rows_rejected").report.unwrap();
    assert_eq!(report.rejected[0].code, "unknown_person");

    // Made a rep: the same token reaches as far as a rep does now.
    let row = server::query::membership::of_user(site.db(), w.org, w.manager).await.unwrap().unwrap();
    let role = membership::ActiveModel {
        org_id: Set(row.org_id),
        id: Set(row.id),
        role: Set("rep".into()),
        ..Default::default()
    };
    role.update(site.db()).await.unwrap();
    manager.post("/facts/deals", &rob).await.problem(403, "forbidden");
    let deals: Value = manager.get("/facts/deals").await.assert(200).json();
    assert_eq!(deals["deals"].as_array().unwrap().len(), 1, "Mia's own deal only");
}

#[tokio::test]
async fn use_is_noted_and_limited_and_told() {
    let site = Site::new().await;
    let (id, text) = tokens::add(site.db(), site.world.org, site.world.owner, &[Scope::ReadKpi]).await;
    let program = Program::new(&site, Some(&text));
    let answer = program.get("/kpis/query").await;
    answer.problem(422, "invalid");
    assert_eq!((answer.header("ratelimit-limit"), answer.header("ratelimit-remaining")), ("600", "599"));
    let row = api_token::Entity::find_by_id((site.world.org, id)).one(site.db()).await.unwrap().unwrap();
    assert_eq!(row.last_used_at, Some(site.state.clock.now().0));
    for _ in 1..600 {
        program.get("/kpis/query").await.assert(422);
    }
    let answer = program.get("/kpis").await;
    answer.problem(429, "too_many_requests");
    assert_eq!(answer.header("ratelimit-remaining"), "0");
    assert!((1..=60).contains(&answer.header("retry-after").parse::<u64>().unwrap()));
    let other = Program::of(&site, site.world.owner, &[Scope::ReadKpi]).await;
    other.get("/kpis").await.assert(200);
}

#[tokio::test]
async fn problems_are_told_in_the_language_asked_for() {
    let site = Site::new().await;
    let dutch = Program::new(&site, None).with("accept-language", "nl-NL,nl;q=0.9,en;q=0.8");
    let answer = dutch.get("/kpis").await;
    assert!(answer.problem(401, "no_token").detail.starts_with("Stuur een token mee"));
    assert_eq!(answer.header("content-language"), "nl");
}

#[tokio::test]
async fn an_address_that_is_none_is_answered_with_a_problem_wherever_it_stands() {
    let site = Site::new().await;
    for path in ["/api", "/api/", "/api/v2/kpis", "/api/nothing/here", "/api/v1/nothing"] {
        let answer = site.admin().await.get(path).await.assert(404);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        assert!(
            answer.body.contains("\"code\":\"no_route\"") || path.starts_with("/api/v1"),
            "{path}: {}",
            answer.body
        );
    }
    // What screens call is answered as before.
    site.admin().await.post("completeness/get", &[("metric", "")]).await.assert(200);
}
