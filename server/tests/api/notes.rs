//! Notes: who reads which, the snapshot, the right of reply, withdrawal.

use app::caller::Role;
use app::notes::api::NotesView;
use serde_json::json;

use crate::support::{Persona, Site, words};

async fn notes(persona: &Persona, person: i64) -> NotesView {
    let query = json!({"query": {"person": person.to_string(), "period": "2017Q3"}});
    persona.post_json("notes/list", &query).await.assert(200).json()
}

fn new(site: &Site) -> Vec<(&'static str, String)> {
    vec![
        ("person", site.world.rob.to_string()),
        ("period", "2017Q3".into()),
        ("kind", "service_quality".into()),
        ("evidence", "Stayed with the customer until it worked".into()),
        ("rubric", "5".into()),
        ("visibility", "shared".into()),
        ("metric", "deals_won".into()),
    ]
}

async fn post(persona: &Persona, function: &str, fields: &[(&'static str, String)]) -> crate::support::Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    persona.post(function, &fields).await
}

#[tokio::test]
async fn who_reads_which_note() {
    let site = Site::new().await;
    let w = site.world;
    for visibility in ["shared", "chain", "team"] {
        words::add_note(site.db(), &w, w.manager, visibility, &format!("words for {visibility}")).await;
    }
    let teammate = site.add_user("teammate", Role::Rep, Some(w.ria)).await;
    // Beside the three: the two shared notes that the site has, one of them Rob's own.
    let readers: [(&str, Persona, &[&str]); 6] = [
        ("author", site.manager().await, &["shared", "chain", "team"]),
        ("subject", site.rep().await, &["shared", "team"]),
        ("teammate", site.signed_in(teammate, w.org).await, &["team"]),
        ("owner", site.owner().await, &[]),
        ("admin", site.admin().await, &[]),
        ("viewer", site.viewer().await, &[]),
    ];
    for (name, reader, expected) in readers {
        let view = notes(&reader, w.rob).await;
        let mut seen: Vec<&str> = view.notes.iter().filter_map(|n| n.evidence.strip_prefix("words for ")).collect();
        seen.reverse();
        assert_eq!(seen, expected, "{name}");
        assert_eq!(view.may_write, matches!(name, "author" | "subject" | "owner"), "{name}");
    }
    // Who is nothing to Rob does not learn that he exists.
    let stranger = json!({"query": {"person": w.rob.to_string(), "period": ""}});
    site.other_tenant().await.post_json("notes/list", &stranger).await.assert(404);
    let west = site.add_user("west", Role::Rep, Some(w.wim)).await;
    site.signed_in(west, w.org).await.post_json("notes/list", &stranger).await.assert(404);
}

#[tokio::test]
async fn a_note_keeps_the_figure_as_it_was() {
    let site = Site::new().await;
    let (manager, rep) = (site.manager().await, site.rep().await);
    post(&manager, "notes/add", &new(&site)).await.assert(200);
    let view = notes(&rep, site.world.rob).await;
    let note = view.notes.iter().find(|n| n.evidence.starts_with("Stayed")).unwrap();
    assert_eq!((note.rubric, note.kind.as_str(), note.is_by_subject), (Some(5), "service_quality", false));
    assert_eq!(note.snapshot.as_deref(), Some("Deals won 0, n 0, target 10, 15\u{a0}Aug\u{a0}2017"));
}

#[tokio::test]
async fn what_cannot_be_is_said_field_by_field() {
    let site = Site::new().await;
    let manager = site.manager().await;
    for (field, value, code) in [
        ("evidence", "  ", "evidence.required"),
        ("kind", "gossip", "kind.required"),
        ("rubric", "6", "rubric.rubric_range"),
        ("visibility", "world", "visibility.required"),
        ("metric", "happiness", "metric.unknown_metric"),
        ("period", "2017Q7", "period.period_syntax"),
    ] {
        let mut fields = new(&site);
        fields.retain(|(n, _)| *n != field);
        fields.push((field, value.to_owned()));
        let remarks = post(&manager, "notes/add", &fields).await.assert(422).remarks();
        assert_eq!(remarks, [(field.to_owned(), format!("notes.error.{code}"))]);
    }
    let mut wim = new(&site);
    wim[0].1 = site.world.wim.to_string();
    post(&manager, "notes/add", &wim).await.assert(404);
    post(&site.admin().await, "notes/add", &new(&site)).await.assert(403);
}

#[tokio::test]
async fn both_sides_answer_and_withdraw_their_own() {
    let site = Site::new().await;
    let w = site.world;
    let (manager, rep) = (site.manager().await, site.rep().await);
    let note = w.note_manager.to_string();
    rep.post("notes/reply", &[("note", &note), ("text", " ")]).await.assert(422);
    rep.post("notes/reply", &[("note", &note), ("text", "It was her idea")]).await.assert(200);
    manager.post("notes/reply", &[("note", &note), ("text", "Thank her too")]).await.assert(200);
    let view = notes(&rep, w.rob).await;
    let item = view.notes.iter().find(|n| n.id.get() == w.note_manager).unwrap();
    let said: Vec<&str> = item.replies.iter().map(|r| r.text.as_str()).collect();
    assert_eq!(said, ["It was her idea", "Thank her too"]);
    // Managers only: its subject can neither read nor answer it.
    let hidden = words::add_note(site.db(), &w, w.manager, "chain", "To think about").await.to_string();
    rep.post("notes/reply", &[("note", &hidden), ("text", "?")]).await.assert(404);
    // One's own note alone.
    rep.post("notes/withdraw", &[("note", &note)]).await.assert(403);
    manager.post("notes/withdraw", &[("note", &note)]).await.assert(200);
    let view = notes(&rep, w.rob).await;
    let item = view.notes.iter().find(|n| n.id.get() == w.note_manager).unwrap();
    assert!(item.is_withdrawn && item.evidence.is_empty() && item.rubric.is_none());
}
