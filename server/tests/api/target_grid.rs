//! The yearly grid of targets: edited in place, as a file, from a file.

use app::targets::data::GridView;
use domain::policy::Scope;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::json;
use server::entity::{audit, fact_change, quota, user_account};

use crate::support::{Answer, Persona, Program, Site};

const PAGE: &str = "/targets/grid?year=2017";

async fn grid(who: &Persona, query: serde_json::Value) -> GridView {
    who.post_json("targets/grid", &json!({ "query": query })).await.assert(200).json()
}

/// Sends cells as (person, month, before, now).
async fn save(who: &Persona, cells: &[(i64, &str, &str, &str)]) -> Answer {
    let mut fields = vec![("year".to_owned(), "2017".to_owned()), ("kpi".to_owned(), "revenue".to_owned())];
    for (person, month, before, now) in cells {
        fields.push((format!("cells[p{person}-{month}]"), (*now).to_owned()));
        fields.push((format!("before[p{person}-{month}]"), (*before).to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    who.submit(PAGE, "targets/save_grid", &fields).await
}

/// What is stored: person, value in whole units.
async fn stored(site: &Site) -> Vec<(i64, i64)> {
    let rows = quota::Entity::find().order_by_asc(quota::Column::FromDay).all(site.db()).await.unwrap();
    rows.iter().map(|r| (r.person_id.unwrap(), r.value_micros / 1_000_000)).collect()
}

/// Sets the manager's language.
async fn speak(site: &Site, language: &str) {
    let id = Set(site.world.manager);
    let user = user_account::ActiveModel { id, locale: Set(Some(language.into())), ..Default::default() };
    user.update(site.db()).await.unwrap();
}

#[tokio::test]
async fn cells_are_made_changed_and_emptied_in_place() {
    let site = Site::new().await;
    let (manager, rob, ria) = (site.manager().await, site.world.rob, site.world.ria);
    let empty = grid(&manager, json!({ "year": "2017" })).await;
    let names: Vec<&str> = empty.rows.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(names, ["Ria Rep", "Rob Rep"], "those below, never oneself");
    assert_eq!((empty.months.len(), empty.query.kpi.as_str()), (12, "revenue"));
    save(&manager, &[(rob, "2017-03", "", "1000"), (ria, "2017-03", "", "250.5")]).await.assert(303);
    assert_eq!(stored(&site).await.len(), 2);
    let after = grid(&manager, json!({ "year": "2017" })).await;
    assert_eq!((after.rows[0].cells[2].value.as_str(), after.rows[1].cells[2].value.as_str()), ("250.5", "1000"));
    assert_eq!(
        (after.rows[1].sum.as_str(), after.sums[2].as_str(), after.sums[12].as_str()),
        ("1,000", "1250.5", "1250.5")
    );
    // What was changed is kept as it was, and told once for all cells.
    save(&manager, &[(rob, "2017-03", "1000", "1100"), (ria, "2017-03", "250.5", "")]).await.assert(303);
    assert_eq!(stored(&site).await, [(rob, 1100)]);
    assert_eq!(fact_change::Entity::find().all(site.db()).await.unwrap().len(), 1);
    let told = audit::Entity::find().filter(audit::Column::Action.eq("targets.grid")).all(site.db()).await.unwrap();
    assert_eq!(told.len(), 2);
    assert!(told.iter().any(|entry| entry.detail.contains("250500000")), "what was removed is told");
    let page = manager.get(PAGE).await.assert(200);
    page.assert_has(&format!("name=\"cells[p{rob}-2017-03]\""))
        .assert_has("value=\"1100\"")
        .assert_has("Rob Rep, Mar 2017");
    // The same once more changes nothing.
    save(&manager, &[(rob, "2017-03", "", "1100")]).await.assert(303);
    assert_eq!(fact_change::Entity::find().all(site.db()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn it_is_all_or_nothing_and_what_was_typed_comes_back() {
    let site = Site::new().await;
    let (manager, rob) = (site.manager().await, site.world.rob);
    let answer = save(&manager, &[(rob, "2017-01", "", "10"), (rob, "2017-02", "", "ten")]).await.assert(422);
    answer.assert_has("Rob Rep, 2017-02: “ten”").assert_has("value=\"ten\"").assert_has("value=\"10\"");
    assert!(stored(&site).await.is_empty());
    // Of somebody who is not below nothing is known.
    save(&manager, &[(site.world.wim, "2017-01", "", "10")]).await.assert(404);
    save(&manager, &[(site.world.mia, "2017-01", "", "10")]).await.assert(404);
    save(&manager, &[(rob, "2018-01", "", "10")]).await.assert(404);
    manager.get(&format!("{PAGE}&team={}", site.world.west)).await.assert(404);
    manager.get(&format!("{PAGE}&kpi=nonsense")).await.assert(404);
    site.rep().await.get(PAGE).await.assert(403);
}

#[tokio::test]
async fn what_somebody_else_changed_meanwhile_is_a_conflict() {
    let site = Site::new().await;
    let (manager, admin, rob) = (site.manager().await, site.admin().await, site.world.rob);
    save(&manager, &[(rob, "2017-01", "", "10"), (rob, "2017-02", "", "20")]).await.assert(303);
    save(&admin, &[(rob, "2017-01", "10", "11"), (rob, "2017-02", "20", "20")]).await.assert(303);
    // Only February was changed here: what another one did to January stays.
    save(&manager, &[(rob, "2017-01", "10", "10"), (rob, "2017-02", "20", "21")]).await.assert(303);
    assert_eq!(stored(&site).await, [(rob, 11), (rob, 21)]);
    let answer = save(&manager, &[(rob, "2017-01", "10", "12"), (rob, "2017-02", "20", "20")]).await.assert(409);
    // What was typed stays, what is stored is told, and untouched cells show what holds now.
    answer.assert_has("value=\"12\"").assert_has("11").assert_has("value=\"21\"");
    assert_eq!(stored(&site).await, [(rob, 11), (rob, 21)]);
}

#[tokio::test]
async fn a_file_goes_out_and_in_again() {
    let site = Site::new().await;
    let (manager, rob, ria) = (site.manager().await, site.world.rob, site.world.ria);
    save(&manager, &[(rob, "2017-01", "", "1000.25"), (ria, "2017-12", "", "7")]).await.assert(303);
    for language in ["en", "nl"] {
        speak(&site, language).await;
        let file = manager.get("/export/targets/grid?year=2017&format=csv").await.assert(200).body;
        assert!(
            file.contains("2017-01") && file.contains(if language == "nl" { "1000,25" } else { "1000.25" }),
            "{file}"
        );
        let before = quota::Entity::find().all(site.db()).await.unwrap();
        manager.upload(PAGE, "", "grid.csv", file.as_bytes()).await.assert(303);
        assert_eq!(quota::Entity::find().all(site.db()).await.unwrap(), before, "the same file changes nothing");
    }
    speak(&site, "en").await;
    let file = "Person,Name,2017-01,2017-02\nRob Rep,,,3\nRia Rep,,4,\n";
    manager.upload(PAGE, "", "grid.csv", file.as_bytes()).await.assert(303);
    assert_eq!(stored(&site).await, [(ria, 4), (rob, 3), (ria, 7)], "an empty cell is no target");
    let bad = "Person,2017-01,2018-02\nRob Rep,x,1\nWim West,1,\nRia Rep,4,\nRia Rep,5,\n";
    let answer = manager.upload(PAGE, "", "grid.csv", bad.as_bytes()).await.assert(422);
    answer
        .assert_has("Line 2: column 2018-02 is no month of 2017")
        .assert_has("Line 3: “Wim West”")
        .assert_has("Line 5: “Ria Rep” stood in the file before");
    let bad = "Person,2017-01\nRob Rep,1\nRia Rep,x\n";
    manager.upload(PAGE, "", "grid.csv", bad.as_bytes()).await.assert(422).assert_has("Line 3, column 2017-01: “x”");
    assert_eq!(stored(&site).await, [(ria, 4), (rob, 3), (ria, 7)], "all or nothing");
    manager.upload(PAGE, "", "grid.csv", b"a,b\n1,2\n").await.assert(422).assert_has("names months");
    site.rep().await.upload(PAGE, "", "grid.csv", file.as_bytes()).await.assert(403);
    site.anonymous().upload(PAGE, "", "grid.csv", file.as_bytes()).await;
    assert_eq!(stored(&site).await.len(), 3);
}

#[tokio::test]
async fn a_name_that_a_spreadsheet_would_run_comes_back_as_it_is() {
    let site = Site::new().await;
    let program = Program::of(&site, site.world.owner, &[Scope::WriteFacts]).await;
    let people = json!({ "rows": [{ "person": "=1+2", "team": "East" }] });
    program.post("/facts/people", &people).await.assert(200);
    let admin = site.admin().await;
    let file = admin.get("/export/targets/grid?year=2017&format=csv").await.assert(200).body;
    assert!(file.contains("'=1+2,'=1+2,"), "{file}");
    let filled = file.replace("'=1+2,'=1+2,", "'=1+2,'=1+2,5");
    admin.upload(PAGE, "", "grid.csv", filled.as_bytes()).await.assert(303);
    assert_eq!(stored(&site).await.iter().map(|(_, value)| *value).collect::<Vec<_>>(), [5]);
}
