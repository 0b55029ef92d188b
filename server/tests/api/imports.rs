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
    // A form sends each of its fields once.
    fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
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
    admin.submit(&address, "imports/commit", &[("id", id_of(&address))]).await.assert(303);
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
    admin.submit(&again, "imports/commit", &[("id", id_of(&again))]).await.assert(303);
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

async fn row(site: &Site, address: &str) -> import::Model {
    let key = (site.world.org, id_of(address).parse().unwrap());
    import::Entity::find_by_id(key).one(site.db()).await.unwrap().unwrap()
}

#[tokio::test]
async fn the_mode_is_chosen_before_the_check_which_counts_in_it() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let known = DEALS.replace("Nina New", "Rob Rep");
    let (one, two) = (known.lines().take(2).collect::<Vec<_>>().join("\n"), known);
    let go = async |file: &str, mode: &str| {
        let address = begin(&admin, file).await;
        map(&admin, &address, &[]).await.assert(303);
        admin.get(&format!("{address}/values")).await.assert(200).assert_has("value=\"update\"");
        let mut fields = vec![("id", id_of(&address)), ("mode", mode)];
        fields.extend([("column[0]", "status"), ("theirs[0]", "Engaging"), ("ours[0]", "open")]);
        admin.submit(&format!("{address}/values"), "imports/save_values", &fields).await.assert(303);
        let checked = row(&site, &address).await;
        assert_eq!((checked.status.as_str(), checked.mode.as_str()), ("checked", mode));
        let counted: serde_json::Value = serde_json::from_str(&checked.report).unwrap();
        let fields = [("id", id_of(&address)), ("accept_valid", "true")];
        admin.submit(&address, "imports/commit", &fields).await.assert(303);
        let done: serde_json::Value = serde_json::from_str(&row(&site, &address).await.report).unwrap();
        for count in ["rows", "created", "updated", "unchanged", "rejected_total"] {
            assert_eq!(counted[count], done[count], "{mode} {count}");
        }
        [&done["created"], &done["updated"], &done["rejected_total"]].map(|n| n.as_u64().unwrap())
    };
    assert_eq!(go(&one, "create").await, [1, 0, 0]);
    let changed = two.replace(",1054,", ",1055,");
    assert_eq!(go(&changed, "update").await, [0, 1, 2], "two are not there");
    assert_eq!(go(&two, "create").await, [2, 0, 1], "one is there");
    assert_eq!(go(&two, "upsert").await, [0, 1, 0]);
}

#[tokio::test]
async fn columns_of_ones_own_and_what_is_not_shown_stay() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let file = DEALS.replace("Product", "Landing page");
    let address = begin(&admin, &file).await;
    let own = [("columns[product]", ""), ("own_name[line0]", "page"), ("own_column[line0]", "Landing page")];
    // A name that cannot be one is said at its field.
    let bad = [("columns[product]", ""), ("own_name[line1]", "a/b"), ("own_column[line1]", "Landing page")];
    map(&admin, &address, &bad).await.assert(422).assert_has("f-own_name[line1]").assert_has("cannot be the name");
    let nameless = [("columns[product]", ""), ("own_name[line0]", ""), ("own_column[line0]", "Landing page")];
    map(&admin, &address, &nameless).await.assert(422).assert_has("Give this column a name");
    let constants = [
        ("constant_of[line0]", "source"),
        ("constant[line0]", "fair"),
        ("constant_of[line1]", ""),
        ("constant[line1]", ""),
    ];
    map(&admin, &address, &[&own[..], &constants[..]].concat()).await.assert(303);
    admin
        .get(&format!("{address}/columns"))
        .await
        .assert(200)
        .assert_has("value=\"page\"")
        .assert_has("value=\"fair\"");
    mean(&admin, &address, true).await.assert(303);
    admin.submit(&address, "imports/commit", &[("id", id_of(&address))]).await.assert(303);
    let won = deal::Entity::find().filter(deal::Column::ExternalId.eq("A1")).one(site.db()).await.unwrap().unwrap();
    assert_eq!((won.attributes.as_deref(), won.source.as_deref()), (Some("{\"page\":\"GTXPro\"}"), Some("fair")));
    // The same source again, whose mapping the command line has given a rule: a form that knows nothing of it keeps it.
    let known = import_mapping::Entity::find().one(site.db()).await.unwrap().unwrap();
    let text = format!("{}\n[[skip]]\nwhen = {{ column = \"Opportunity ID\", equals = \"A3\" }}\n", known.mapping);
    import_mapping::ActiveModel { mapping: Set(text), ..known.into() }.update(site.db()).await.unwrap();
    let again = begin(&admin, &file).await;
    map(&admin, &again, &[("columns[product]", "")]).await.assert(303);
    let mapping = row(&site, &again).await.mapping;
    for part in ["\"attributes.page\" = \"Landing page\"", "source = \"fair\"", "[[skip]]"] {
        assert!(mapping.contains(part), "{part}: {mapping}");
    }
    admin.get(&format!("{again}/columns")).await.assert(200).assert_has("0 rules and 1 skips");
}

#[tokio::test]
async fn a_title_above_the_names_is_no_dead_end() {
    let site = Site::new().await;
    let admin = site.admin().await;
    // A line of words is seen to be a title.
    let address = begin(&admin, &format!("Report of March\n\n{DEALS}")).await;
    let columns = admin.get(&format!("{address}/columns")).await.assert(200);
    columns.assert_has("stand in row 3").assert_has("Sales agent");
    map(&admin, &address, &[("header_row", "3")]).await.assert(303);
    // Two lines that look like names are not: the row is said, and the names below it are proposed at once.
    let address = begin(&admin, &format!("a,b,c,d,e,f,g\n{DEALS}")).await;
    let moved = map(&admin, &address, &[("header_row", "2")]).await.assert(303);
    assert_eq!(moved.location(), format!("{address}/columns"), "to be looked at");
    let mapping = row(&site, &address).await.mapping;
    assert!(mapping.contains("header_row = 2") && mapping.contains("external_id = \"Opportunity ID\""), "{mapping}");
    map(&admin, &address, &[("header_row", "0")]).await.assert(422).assert_has("row number");
    map(&admin, &address, &[("header_row", "99")]).await.assert(422).assert_has("no rows");
    // A first row that looks like data is refused, until the row of the names is given with the file.
    let dated = format!("2017-03-31,1\n{DEALS}");
    admin.upload("/imports", "deals", "x.csv", dated.as_bytes()).await.assert(422).assert_has("f-header_row");
    let fields = [("kind", "deals"), ("header_row", "2")];
    let answer = admin.upload_with("/imports", &fields, "x.csv", dated.as_bytes()).await.assert(303);
    admin.get(answer.location()).await.assert(200).assert_has("Sales agent");
}

#[tokio::test]
async fn delimiter_and_encoding_can_be_said() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let mixed = [DEALS.replace("Rob Rep", "Zoë").as_bytes(), b"A4,Ren\xE9,Won,2017-01-01,2017-03-01,1,x\n"].concat();
    admin.upload("/imports", "deals", "x.csv", &mixed).await.assert(422).assert_has("Part of the text is UTF-8");
    let fields = [("kind", "deals"), ("encoding", "windows-1252")];
    let answer = admin.upload_with("/imports", &fields, "x.csv", &mixed).await.assert(303);
    let address = answer.location().trim_end_matches("/columns").to_owned();
    admin.get(&format!("{address}/columns")).await.assert(200).assert_has("windows-1252");
    map(&admin, &address, &[("encoding", "utf-8")]).await.assert(422).assert_has("does not fit the encoding");
    let other = map(&admin, &address, &[("delimiter", ";")]).await.assert(303);
    assert_eq!(other.location(), format!("{address}/columns"), "one column: nothing fits, and that is shown");
    admin.get(other.location()).await.assert(200).assert_has("1 columns");
}

#[tokio::test]
async fn the_whole_mapping_goes_out_and_comes_in_as_a_file() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let address = begin(&admin, DEALS).await;
    map(&admin, &address, &[]).await.assert(303);
    let file = admin.get(&format!("{address}/mapping.toml")).await.assert(200);
    assert_eq!(file.header("content-type"), "application/toml");
    let mapping = server::import::Mapping::parse(&file.body).unwrap();
    assert_eq!(mapping.columns["person"], "Sales agent");
    let take = async |address: &str, text: &str| {
        let fields = [("id", id_of(address)), ("mapping", text)];
        admin.submit_form(&format!("{address}/columns"), "imports/save_mapping", "mapping", &fields).await
    };
    let rule =
        "\n[[rules]]\nwhen = { column = \"Close value\", greater_than = \"1000\" }\nset = { segment = \"large\" }\n";
    take(&address, &format!("{}{rule}", file.body)).await.assert(303);
    assert!(row(&site, &address).await.mapping.contains("segment = \"large\""));
    mean(&admin, &address, true).await.assert(303);
    admin.submit(&address, "imports/commit", &[("id", id_of(&address))]).await.assert(303);
    let won = deal::Entity::find().filter(deal::Column::ExternalId.eq("A1")).one(site.db()).await.unwrap().unwrap();
    assert_eq!(won.segment.as_deref(), Some("large"));
    // The file of an import that is done is gone, and nothing can be laid on it.
    take(&address, &file.body).await.assert(404);
    let address = begin(&admin, DEALS).await;
    for (text, reason) in [
        ("[[[", "cannot be read"),
        ("kind = \"leads\"\n[columns]\nexternal_id = \"Opportunity ID\"\ncreated_on = \"Close date\"", "is for"),
        ("[columns]\nexternal_id = \"Opportunity ID\"\nperson = \"Nobody\"\nstatus = \"Deal stage\"", "no column"),
        ("[join]\nfile = \"../../etc/passwd\"\non = \"Opportunity ID\"", "command line only"),
        ("encoding = \"klingon\"", "not known"),
    ] {
        take(&address, text).await.assert(422).assert_has(reason);
    }
}

#[tokio::test]
async fn a_compressed_file_goes_through_the_wizard_and_its_rejected_rows_come_back() {
    use std::io::Write as _;
    let site = Site::new().await;
    let admin = site.admin().await;
    let mut text = DEALS.lines().next().unwrap().to_owned() + "\n";
    for i in 0..1_500 {
        text += &format!("Z{i},Rob Rep,Won,2017-01-01,2017-03-01,\"=1+{i}x\",\"a \"\"b\"\"\"\n");
    }
    let mut zipped = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    zipped.write_all(text.as_bytes()).unwrap();
    let answer = admin.upload("/imports", "deals", "pipeline.csv.gz", &zipped.finish().unwrap()).await.assert(303);
    let address = answer.location().trim_end_matches("/columns").to_owned();
    map(&admin, &address, &[]).await.assert(303);
    mean(&admin, &address, false).await.assert(303);
    admin.get(&address).await.assert(200).assert_has("1000").assert_has("1500");
    let file = admin.get(&format!("{address}/rejected.csv")).await.assert(200);
    let lines: Vec<&str> = file.body.split("\r\n").collect();
    assert_eq!(
        lines[0].trim_start_matches('\u{feff}'),
        "Opportunity ID,Sales agent,Deal stage,Engage date,Close date,Close value,Product,Line,Column,Reason"
    );
    assert_eq!(lines.len(), 1_502, "all of them, and the end of the last line");
    assert_eq!(
        lines[1],
        "Z0,Rob Rep,Won,2017-01-01,2017-03-01,'=1+0x,\"a \"\"b\"\"\",2,amount,“=1+0x” is not a number."
    );
    assert!(lines[1_500].starts_with("Z1499,") && lines[1_500].contains(",1501,amount,"), "{}", lines[1_500]);
    // Each reader has the reasons in their own language.
    let dutch = site.admin().await.with("accept-language", "nl");
    dutch.get(&format!("{address}/rejected.csv")).await.assert(200);
}

#[tokio::test]
async fn a_file_beyond_the_limit_is_stopped_and_points_to_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().await.with_upload_limit(100_000, folder.path());
    let admin = site.admin().await;
    let long = format!("{DEALS}{}", "A9,Rob Rep,Won,2017-01-01,2017-03-01,1,x\n".repeat(4_000));
    let refused = admin.upload("/imports", "deals", "long.csv", long.as_bytes()).await.assert(422);
    refused.assert_has("maatstaf import");
    assert_eq!(std::fs::read_dir(folder.path().join("uploads")).unwrap().count(), 0, "nothing of it stays");
    begin(&admin, DEALS).await;
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
        admin.submit(&address, "imports/commit", &[("id", &id)]).await
    };
    let fields = [("id", id.as_str())];
    let both = async { tokio::join!(admin.submit(&page, "imports/save_values", &fields), commit) };
    let (checked, committed) = tokio::time::timeout(std::time::Duration::from_secs(60), both).await.unwrap();
    checked.assert(303);
    committed.assert(303);
    while works().await {
        pause().await;
    }
    let row = import::Entity::find().filter(import::Column::Id.eq(id.parse::<i64>().unwrap()));
    let row = row.one(site.db()).await.unwrap().unwrap();
    assert_eq!((row.status.as_str(), row.created), ("done", 15_000));
    assert_eq!(deal::Entity::find().all(site.db()).await.unwrap().len(), before + 15_000);
}
