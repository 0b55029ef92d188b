//! The import wizard without JavaScript, from the upload to the report.

use domain::policy::Scope;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::json;
use server::entity::{audit, deal, import, import_mapping, organisation, person};

use crate::support::{Answer, Persona, Program, Site};

const DEALS: &str = "Opportunity ID,Sales agent,Deal stage,Engage date,Close date,Close value,Product
A1,Rob Rep,Won,2017-01-01,2017-03-01,1054,GTXPro
A2,Nina New,Engaging,2017-01-05,,,GTX Pro
A3,Rob Rep,Lost,2017-01-01,2017-03-09,0,GTXPro
";

/// Uploads deals and gives the address of the import.
async fn begin(who: &Persona, file: &str) -> String {
    let answer = who.upload("/imports", "deals", "pipeline.csv", file.as_bytes()).await.assert(303);
    answer.location().trim_end_matches("/columns").to_owned()
}

fn id_of(address: &str) -> &str {
    address.rsplit('/').next().unwrap()
}

async fn map(who: &Persona, address: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("id", id_of(address)),
        ("columns[external_id]", "Opportunity ID"),
        ("columns[person]", "Sales agent"),
        ("columns[status]", "Deal stage"),
        ("columns[engaged_on]", "Engage date"),
        ("columns[closed_on]", "Close date"),
        ("columns[amount]", "Close value"),
        ("columns[product]", "Product"),
        ("currency", "EUR"),
    ];
    fields.extend_from_slice(more);
    who.submit(&format!("{address}/columns"), "imports/save_columns", &fields).await
}

async fn mean(who: &Persona, address: &str, create: bool) -> Answer {
    let mut fields = vec![
        ("id", id_of(address)),
        ("column[0]", "status"),
        ("theirs[0]", "Engaging"),
        ("ours[0]", "open"),
        ("column[1]", "product"),
        ("theirs[1]", "GTXPro"),
        ("ours[1]", "GTX Pro"),
    ];
    if create {
        fields.push(("create_people", "true"));
    }
    who.submit(&format!("{address}/values"), "imports/save_values", &fields).await
}

#[tokio::test]
async fn the_whole_way_without_javascript() {
    let site = Site::new().await;
    let admin = site.admin().await;
    admin.get("/imports").await.assert(200).assert_has("multipart/form-data");
    let address = begin(&admin, DEALS).await;
    let columns = admin.get(&format!("{address}/columns")).await.assert(200);
    columns.assert_has("Sales agent").assert_has("GTXPro").assert_has("UTF-8");
    let answer = map(&admin, &address, &[]).await.assert(303);
    assert_eq!(answer.location(), format!("{address}/values"));
    let values = admin.get(&format!("{address}/values")).await.assert(200);
    values.assert_has("Engaging").assert_has("GTXPro").assert_has("Nina New");
    let answer = mean(&admin, &address, false).await.assert(303);
    assert_eq!(answer.location(), address);
    admin.get(&address).await.assert(200).assert_has("unknown_people").assert_has("Rejected rows");
    mean(&admin, &address, true).await.assert(303);
    admin.get(&address).await.assert(200).assert_has("This would happen").assert_lacks("Rejected rows");
    let before = deal::Entity::find().filter(deal::Column::ExternalId.eq("A1")).one(site.db()).await.unwrap();
    assert_eq!(before, None, "a check stores nothing");
    let fields = [("id", id_of(&address)), ("mode", "upsert")];
    admin.submit(&address, "imports/commit", &fields).await.assert(303);
    admin.get(&address).await.assert(200).assert_has("This was stored");
    let won = deal::Entity::find().filter(deal::Column::ExternalId.eq("A1")).one(site.db()).await.unwrap().unwrap();
    assert_eq!((won.status, won.product.as_deref(), won.amount_micros), (1, Some("GTX Pro"), Some(1_054_000_000)));
    let nina = person::Entity::find().filter(person::Column::Key.eq("Nina New")).one(site.db()).await.unwrap();
    assert!(nina.is_some());
    let row = import::Entity::find_by_id((site.world.org, id_of(&address).parse().unwrap()))
        .one(site.db())
        .await
        .unwrap()
        .unwrap();
    assert_eq!((row.status.as_str(), row.created, row.stored_path), ("done", 3, None));
    let log =
        audit::Entity::find().filter(audit::Column::Action.eq("import.commit")).one(site.db()).await.unwrap().unwrap();
    assert_eq!(log.user_id, Some(site.world.admin));

    // The same source again: the mapping is remembered, nothing changes.
    let again = begin(&admin, DEALS).await;
    admin.get(&format!("{again}/columns")).await.assert(200).assert_has("imported before");
    map(&admin, &again, &[]).await.assert(303);
    mean(&admin, &again, true).await.assert(303);
    admin.submit(&again, "imports/commit", &[("id", id_of(&again)), ("mode", "upsert")]).await.assert(303);
    let row = import::Entity::find_by_id((site.world.org, id_of(&again).parse().unwrap()))
        .one(site.db())
        .await
        .unwrap()
        .unwrap();
    assert_eq!((row.created, row.updated, row.unchanged), (0, 0, 3));
}

#[tokio::test]
async fn files_that_are_no_tables_are_refused_with_the_reason() {
    let site = Site::new().await;
    let admin = site.admin().await;
    for (file, reason) in [
        (&b""[..], "no rows"),
        (b"\x89PNG\r\n\x1a\n", "not a text file"),
        (b"PK\x03\x04", "spreadsheet"),
        (b"A1,Ann,2017-01-01\n", "column names are missing"),
        (b"a,b\n1,\x00\n", "NUL"),
    ] {
        let answer = admin.upload("/imports", "deals", "x.csv", file).await.assert(422);
        answer.assert_has(reason);
    }
    admin.upload("/imports", "deals", "", b"").await.assert(422);
    admin.upload("/imports", "cats", "x.csv", b"a,b\n1,2\n").await.assert(422);
}

#[tokio::test]
async fn what_can_be_read_in_two_ways_is_asked() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let file = DEALS.replace("2017-03-01", "03/01/2017").replace("2017-03-09", "03/09/2017").replace("1054", "1.054");
    let address = begin(&admin, &file).await;
    let asked = map(&admin, &address, &[]).await.assert(422);
    asked.assert_has("two ways").assert_has("aria-invalid");
    map(&admin, &address, &[("date_order", "mdy"), ("decimal", ",")]).await.assert(303);
    let missing = admin.submit(&format!("{address}/columns"), "imports/save_columns", &[("id", id_of(&address))]).await;
    missing.assert(422).assert_has("not mapped");
}

#[tokio::test]
async fn a_manager_imports_only_for_the_people_below() {
    let site = Site::new().await;
    let (manager, rep) = (site.manager().await, site.rep().await);
    rep.upload("/imports", "deals", "x.csv", DEALS.as_bytes()).await.assert(403);
    site.anonymous().upload("/imports", "deals", "x.csv", DEALS.as_bytes()).await.assert(401);
    let address = begin(&manager, &DEALS.replace("Nina New", "Wim West")).await;
    map(&manager, &address, &[]).await.assert(303);
    mean(&manager, &address, true).await.assert(303);
    manager.get(&address).await.assert(200).assert_has("outside the part of the organisation");
    manager.get(&format!("/imports/{}", site.world.import)).await.assert(404);
}

#[tokio::test]
async fn an_import_and_its_undo_raise_the_data_version_once_each() {
    let site = Site::new().await;
    let program = Program::of(&site, site.world.owner, &[Scope::WriteFacts]).await;
    let version =
        async || organisation::Entity::find_by_id(site.world.org).one(site.db()).await.unwrap().unwrap().data_version;
    let deal = json!({ "external_id": "V-1", "person": "Rob Rep", "status": "won", "closed_on": "2017-05-01",
        "amount": "10", "currency": "USD" });
    let rate = json!({ "date": "2017-01-01", "currency": "USD", "rate": "0.9" });
    let call = json!({ "date": "2017-05-01", "person": "Rob Rep", "type": "call", "count": 1 });
    for (kind, row) in [("deals", deal), ("rates", rate), ("activities", call)] {
        let before = version().await;
        program.post(&format!("/facts/{kind}"), &json!({ "rows": [row] })).await.assert(200);
        assert_eq!(version().await, before + 1, "{kind}");
        program.post(&format!("/facts/{kind}"), &json!({ "rows": [row] })).await.assert(200);
        assert_eq!(version().await, before + 1, "{kind}: nothing changed");
    }
    for kind in ["rates", "deals"] {
        let row = import::Entity::find().filter(import::Column::Kind.eq(kind)).filter(import::Column::Created.gt(0));
        let id = row.one(site.db()).await.unwrap().unwrap().id.to_string();
        let before = version().await;
        site.admin().await.post("imports/undo", &[("id", &id)]).await.assert(200);
        assert_eq!(version().await, before + 1, "undo of {kind}");
    }
}

#[tokio::test]
async fn a_remembered_sheet_that_the_workbook_lacks_is_not_looked_for() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let names = ["date", "currency", "rate"];
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("2018").unwrap();
    for (column, name) in names.iter().enumerate() {
        sheet.write_string(0, u16::try_from(column).unwrap(), *name).unwrap();
    }
    sheet.write_string(1, 0, "2018-01-01").unwrap();
    sheet.write_string(1, 1, "USD").unwrap();
    sheet.write_number(1, 2, 1.5).unwrap();
    let file = book.save_to_buffer().unwrap();
    let header = names.map(str::to_owned);
    let mapping = import_mapping::ActiveModel {
        org_id: Set(site.world.org),
        id: Set(server::id::next()),
        kind: Set("rates".into()),
        fingerprint: Set(server::import::mapping::fingerprint(&header)),
        mapping: Set("kind = \"rates\"\nsheet = \"2017\"\n[columns]\ndate = \"date\"\ncurrency = \"currency\"\nrate = \"rate\"\n".into()),
        updated_at: Set(0),
    };
    mapping.insert(site.db()).await.unwrap();
    let answer = admin.upload("/imports", "rates", "rates.xlsx", &file).await.assert(303);
    admin.get(answer.location()).await.assert(200).assert_has("on the sheet “2018”");
    // A mapping that still names it, as one of a step begun before, says on the page which sheets there are.
    let row = import::Entity::find().order_by_desc(import::Column::Id).one(site.db()).await.unwrap().unwrap();
    let text = format!("sheet = \"2017\"\n{}", row.mapping.replace("sheet = \"2018\"\n", ""));
    import::ActiveModel { mapping: Set(text), ..row.into() }.update(site.db()).await.unwrap();
    admin.get(answer.location()).await.assert(422).assert_has("no sheet “2017”").assert_has("2018");
}

#[tokio::test]
async fn a_commit_while_the_check_still_runs_is_carried_out() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::in_file(&folder.path().join("jobs.sqlite"), std::time::Duration::from_secs(1)).await;
    let admin = site.admin().await;
    let before = deal::Entity::find().all(site.db()).await.unwrap().len();
    let rows: String = (0..15_000).map(|n| format!("C{n},Rob Rep,open\n")).collect();
    let address = begin(&admin, &format!("external_id,person,status\n{rows}")).await;
    let (id, page) = (id_of(&address).to_owned(), format!("{address}/values"));
    let works = async || admin.get(&address).await.assert(200).body.contains("rows done");
    let pause = || tokio::time::sleep(std::time::Duration::from_millis(10));
    let commit = async {
        while !works().await {
            pause().await;
        }
        admin.submit(&address, "imports/commit", &[("id", &id), ("mode", "upsert")]).await
    };
    let fields = [("id", id.as_str())];
    let both = async { tokio::join!(admin.submit(&page, "imports/save_values", &fields), commit) };
    let (checked, committed) = tokio::time::timeout(std::time::Duration::from_secs(60), both).await.unwrap();
    (checked.assert(303), committed.assert(303));
    while works().await {
        pause().await;
    }
    let row = import::Entity::find().filter(import::Column::Id.eq(id.parse::<i64>().unwrap()));
    let row = row.one(site.db()).await.unwrap().unwrap();
    assert_eq!((row.status.as_str(), row.created), ("done", 15_000));
    assert_eq!(deal::Entity::find().all(site.db()).await.unwrap().len(), before + 15_000);
}
