//! What webhooks are told: written with the deed, or not at all.

use domain::policy::Scope;
use serde_json::{Value, json};

use super::{make, told};
use crate::support::{Persona, Program, Site};

async fn events(site: &Site, address: &str) -> Vec<String> {
    told(site, address).await.into_iter().map(|d| d.event).collect()
}

fn target(site: &Site, intent: &str) -> Vec<(&'static str, String)> {
    vec![
        ("intent", intent.to_owned()),
        ("who", format!("person:{}", site.world.rob)),
        ("metric", "deals_won".into()),
        ("period", "2017Q3".into()),
        ("value", "12".into()),
        ("why", "Rob has room for it".into()),
        ("objective", site.world.objective.to_string()),
    ]
}

async fn save(persona: &Persona, fields: &[(&'static str, String)]) -> String {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    persona.post("targets/save", &fields).await.assert(200).json::<domain::TargetId>().to_string()
}

async fn step(persona: &Persona, function: &str, id: &str, more: (&str, &str)) {
    let page: Value = persona.post_json("targets/page", &json!({ "id": id })).await.assert(200).json();
    let version = page["version"].to_string();
    persona.post(function, &[("id", id), ("version", &version), more]).await.assert(200);
}

#[tokio::test]
async fn imports_are_told_when_they_are_written_and_undone() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let (address, _) = make(&admin, "https://hooks.example.com/").await;
    let program = Program::of(&site, site.world.owner, &[Scope::WriteFacts]).await;
    let row = |person: &str| json!({ "rows": [{ "external_id": "L1", "person": person, "status": "open" }] });
    // What is rejected or only tried is written nowhere, and told to nobody.
    program.post("/facts/deals", &row("Nobody Known")).await.assert(422);
    let mut trial = row("Rob Rep");
    trial["dry_run"] = json!(true);
    program.post("/facts/deals", &trial).await.assert(200);
    assert!(told(&site, &address).await.is_empty());

    program.post("/facts/deals", &row("Rob Rep")).await.assert(200);
    let all = told(&site, &address).await;
    assert_eq!(all.len(), 1);
    let body: Value = serde_json::from_str(&all[0].payload).unwrap();
    assert_eq!((&body["event"], &body["id"]), (&json!("import.committed"), &json!(all[0].id.to_string())));
    assert_eq!(body["at"], "2017-08-15T12:00:00Z");
    assert_eq!(body["organisation"], site.world.org.to_string());
    let import = &body["data"]["import"];
    assert_eq!((&import["kind"], &import["created"], &import["via"]), (&json!("deals"), &json!(1), &json!("api")));

    let id = import["id"].as_str().unwrap();
    admin.post("imports/undo", &[("id", id)]).await.assert(200);
    let all = told(&site, &address).await;
    let body: Value = serde_json::from_str(&all[1].payload).unwrap();
    assert_eq!((&body["event"], &body["data"]["import"]["removed"]), (&json!("import.undone"), &json!(1)));
    // The site's own webhook is told of the second alone, and the other organisation of neither.
    assert_eq!(events(&site, &site.world.webhook.to_string()).await, ["import.undone", "import.undone"]);
}

#[tokio::test]
async fn an_import_that_keeps_nothing_is_told_as_well() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let (address, _) = make(&admin, "https://hooks.example.com/").await;
    let file = b"external_id,person,status\nX1,Nobody Known,open\n";
    let begun = admin.upload("/imports", "deals", "names.csv", file).await.assert(303);
    let import = begun.location().trim_end_matches("/columns").to_owned();
    let id = import.rsplit('/').next().unwrap();
    admin.submit(&import, "imports/commit", &[("id", id)]).await.assert(303);
    let all = told(&site, &address).await;
    let body: Value = serde_json::from_str(&all[0].payload).unwrap();
    let import = &body["data"]["import"];
    assert_eq!((&body["event"], &import["id"]), (&json!("import.failed"), &json!(id)));
    assert_eq!((&import["status"], &import["rejected"]), (&json!("failed"), &json!(1)));
}

#[tokio::test]
async fn targets_are_told_from_the_proposal_on() {
    let site = Site::new().await;
    let (admin, manager, rep) = (site.admin().await, site.manager().await, site.rep().await);
    let (address, _) = make(&admin, "https://hooks.example.com/").await;
    let draft = save(&manager, &target(&site, "draft")).await;
    assert!(told(&site, &address).await.is_empty());
    step(&manager, "targets/propose", &draft, ("", "")).await;
    step(&rep, "targets/answer", &draft, ("answer", "agree")).await;
    let mut changed = target(&site, "propose");
    changed.retain(|(name, _)| *name != "value");
    changed.extend([("id", draft.clone()), ("version", "3".into()), ("value", "14".into()), ("reason", "More".into())]);
    save(&manager, &changed).await;
    step(&manager, "targets/cancel", &draft, ("reason", "Left")).await;
    let expected = ["target.proposed", "target.agreed", "target.changed", "target.closed"];
    assert_eq!(events(&site, &address).await, expected);
    let all = told(&site, &address).await;
    let body: Value = serde_json::from_str(&all[2].payload).unwrap();
    let told = &body["data"]["target"];
    assert_eq!((&told["id"], &told["value"], &told["status"]), (&json!(draft), &json!("14"), &json!("proposed")));
    assert_eq!(told["who"], json!({ "level": "person", "id": site.world.rob.to_string(), "name": "Rob Rep" }));
    assert_eq!((&told["from"], &told["to"]), (&json!("2017-07-01"), &json!("2017-10-01")));
}

#[tokio::test]
async fn of_personal_goals_and_drafts_that_are_dropped_nobody_hears() {
    let site = Site::new().await;
    let (admin, manager, rep) = (site.admin().await, site.manager().await, site.rep().await);
    let (address, _) = make(&admin, "https://hooks.example.com/").await;
    let draft = save(&manager, &target(&site, "draft")).await;
    step(&manager, "targets/cancel", &draft, ("reason", "Never mind")).await;
    let mut goal = target(&site, "propose");
    goal.retain(|(name, _)| *name != "objective");
    goal.push(("personal", "1".to_owned()));
    save(&rep, &goal).await;
    assert!(told(&site, &address).await.is_empty());
}

#[tokio::test]
async fn nothing_is_kept_for_one_that_is_paused() {
    let site = Site::new().await;
    let (admin, manager) = (site.admin().await, site.manager().await);
    let (address, _) = make(&admin, "https://hooks.example.com/").await;
    let id = super::id_of(&address);
    admin.submit(&address, "webhooks/pause", &[("id", id)]).await.assert(303);
    admin.get("/webhooks").await.assert(200).assert_has("paused");
    save(&manager, &target(&site, "propose")).await;
    assert!(told(&site, &address).await.is_empty());
    let answer = admin.post("webhooks/test", &[("id", id)]).await.assert(422);
    assert_eq!(answer.remarks(), [(String::new(), "webhooks.error.paused".to_owned())]);
    admin.submit(&address, "webhooks/resume", &[("id", id)]).await.assert(303);
    save(&manager, &target(&site, "propose")).await;
    assert_eq!(events(&site, &address).await, ["target.proposed"]);
}
