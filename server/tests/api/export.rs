//! Tables as files: what stands in them, and that they hold no more than the page.

use app::caller::Role;

use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use server::entity::{target, user_account};

use crate::support::{Persona, Site};

#[tokio::test]
async fn the_deals_behind_a_number() {
    let site = Site::new().await;
    let manager = site.manager().await;
    let page = format!("person={}&period=2016Q1&part=won", site.world.mia);
    let answer = manager.get(&format!("/export/deals?{page}&format=csv")).await.assert(200);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert!(answer.header("content-disposition").starts_with("attachment; filename=\"deals-"));
    let page_text = manager.get(&format!("/deals?{page}")).await.assert(200);
    page_text.assert_has(&format!("/export/deals?{}&amp;format=csv", page.replace('&', "&amp;")));
    let text = answer.assert_has("\u{feff}Organisation,Acme\r\n").assert_has("2016Q1").assert_has("deals_won 1");
    let text = text.assert_has("Made on,2017-08-15").body;
    let (_, table) = text.split_once("\r\n\r\n").expect("a table below what it is about");
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 2, "names and one deal: {table}");
    assert!(
        lines[1].contains("2016-03-01") && lines[1].contains(".00,"),
        "a day and an amount with its cents: {table}"
    );
}

#[tokio::test]
async fn a_workbook_of_each_page() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let world = site.world;
    for page in [
        "deals?period=2017Q2".to_owned(),
        format!("scorecard/{}?period=2017Q2", world.rob),
        format!("teams/{}?period=2017Q2", world.east),
        "teams?period=2017Q2".to_owned(),
        "kpis?q=revenue".to_owned(),
        "targets?whose=all".to_owned(),
        "facts/rates?q=x".to_owned(),
    ] {
        let sign = if page.contains('?') { '&' } else { '?' };
        let answer = admin.get(&format!("/export/{page}{sign}format=xlsx")).await.assert(200);
        assert!(answer.body.starts_with("PK"), "{page}");
        let csv = admin.get(&format!("/export/{page}{sign}format=csv")).await.assert(200);
        csv.assert_has("Organisation,Acme").assert_has("Made on");
    }
    admin.get("/export/kpis").await.assert(404);
    admin.get("/export/kpis?format=pdf").await.assert(404);
    admin.get("/export/account?format=csv").await.assert(404);
    admin.get("/export/facts/people?format=csv").await.assert(404);
    admin.get("/export/facts/rates?format=csv&from=x").await.assert(422);
}

#[tokio::test]
async fn figures_are_numbers_with_all_that_belongs_to_them() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let row = async |team: i64, who: &str, metric: &str| {
        let text = admin.get(&format!("/export/teams/{team}?period=2016Q1&format=csv")).await.assert(200).body;
        let (about, table) = text.split_once("\r\n\r\n").expect("a table");
        assert!(about.contains("win_rate 1"), "{about}");
        let found = table.lines().find(|line| line.starts_with(who) && line.contains(&format!(",{metric},")));
        found.unwrap_or_else(|| panic!("{who} {metric} in {table}")).to_owned()
    };
    // Mia won her only deal: a share of one with its interval, never "100 %".
    let mia = row(site.world.sales, "Mia Manager", "win_rate").await;
    assert!(mia.contains(",win_rate,1.000000,"), "{mia}");
    let won = row(site.world.sales, "Mia Manager", "deals_won").await;
    assert!(won.contains(",deals_won,1,"), "{won}");
    let rob = row(site.world.east, "Rob Rep", "win_rate").await;
    assert!(rob.contains(",win_rate,,") && rob.contains("measurable"), "nothing is not zero: {rob}");
}

#[tokio::test]
async fn what_a_reader_may_not_see_is_in_no_file() {
    let site = Site::new().await;
    let rep = site.rep().await;
    rep.get(&format!("/export/scorecard/{}?format=csv", site.world.mia)).await.assert(404);
    rep.get(&format!("/export/deals?person={}&format=csv", site.world.mia)).await.assert(404);
    let calls = rep.get("/export/facts/activities?format=csv").await.assert(200);
    calls.assert_has("Made on").assert_lacks("Wim West");
    let board = rep.get(&format!("/export/teams/{}?period=2017Q2&format=csv", site.world.east)).await.assert(200);
    board.assert_lacks("Mia Manager").assert_lacks("Ria");
}

async fn rejected(who: &Persona, file: &str) -> String {
    let answer = who.upload("/imports", "rates", "rates.csv", file.as_bytes()).await.assert(303);
    let address = answer.location().trim_end_matches("/columns").to_owned();
    let id = address.rsplit('/').next().expect("an id").to_owned();
    let fields =
        [("id", id.as_str()), ("columns[date]", "Day"), ("columns[currency]", "Code"), ("columns[rate]", "Rate")];
    who.submit(&format!("{address}/columns"), "imports/save_columns", &fields).await.assert(303);
    who.submit(&format!("{address}/values"), "imports/save_values", &[("id", id.as_str())]).await.assert(303);
    address
}

#[tokio::test]
async fn rejected_rows_come_back_with_their_reasons() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let file = "Day,Code,Rate,Note\n2017-01-01,USD,0.95,fine\n2017-01-02,USD,=1+1,=HYPERLINK(1)\nshort,row\n2017-01-03,USD,-5,\"a, b\"\n";
    let address = rejected(&admin, file).await;
    admin.get(&address).await.assert(200).assert_has(&format!("{address}/rejected.csv"));
    let expected = |text: &str, number: &str| {
        let text = text.to_owned();
        text.contains("2017-01-02,USD,'=1+1,'=HYPERLINK(1),3,rate,") && text.contains(number)
    };
    let text = admin.get(&format!("{address}/rejected.csv")).await.assert(200).body;
    assert!(text.starts_with("\u{feff}Day,Code,Rate,Note,Line,Column,Reason\r\n"), "{text}");
    assert!(expected(&text, "is not a number"), "{text}");
    assert!(text.contains("\r\nshort,row,,,4,,"), "{text}");
    // In the language of who reads, whoever imported; and kept after the valid rows went in.
    let id = address.rsplit('/').next().expect("an id").to_owned();
    let fields = [("id", id.as_str()), ("mode", "upsert"), ("accept_valid", "true")];
    admin.submit(&address, "imports/commit", &fields).await.assert(303);
    admin.get(&address).await.assert(200).assert_has("rejected.csv");
    let owner = site.role(Role::Owner).await;
    owner.get(&format!("{address}/rejected.csv")).await.assert(200).assert_has("'=1+1");
    site.other_tenant().await.get(&format!("{address}/rejected.csv")).await.assert(404);
    site.rep().await.get(&format!("{address}/rejected.csv")).await.assert(403);
    admin.get("/imports/x/rejected.csv").await.assert(404);
}

#[tokio::test]
async fn a_workbook_goes_through_the_wizard() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in ["Day", "Code", "Rate"].into_iter().enumerate() {
        sheet.write_string(0, u16::try_from(column).unwrap(), name).unwrap();
    }
    sheet.write_string(1, 0, "2017-01-01").unwrap();
    sheet.write_string(1, 1, "USD").unwrap();
    sheet.write_number(1, 2, 1.234).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let answer = admin.upload("/imports", "rates", "rates.xlsx", &bytes).await.assert(303);
    let columns = admin.get(answer.location()).await.assert(200);
    columns.assert_has("on the sheet “Sheet1”").assert_has("1.234");
}

#[tokio::test]
async fn a_refusal_is_worded_in_the_readers_language() {
    let site = Site::new().await;
    let nobody = site.anonymous();
    nobody.set_cookie("lang", "nl");
    let dutch = nobody.get("/export/kpis?format=csv").await.assert(401).body;
    let english = site.anonymous().get("/export/kpis?format=csv").await.assert(401).body;
    assert!(!dutch.is_empty() && dutch != english, "{dutch}");
    let id = Set(site.world.manager);
    let user = user_account::ActiveModel { id, locale: Set(Some("nl".into())), ..Default::default() };
    user.update(site.db()).await.unwrap();
    let dutch = site.manager().await.get("/export/nothing?format=csv").await.assert(404).body;
    assert_ne!(dutch, site.admin().await.get("/export/nothing?format=csv").await.assert(404).body);
}

#[tokio::test]
async fn the_file_of_targets_holds_all_of_them() {
    let site = Site::new().await;
    let one = target::Entity::find().filter(target::Column::OrgId.eq(site.world.org)).one(site.db()).await.unwrap();
    let one = one.unwrap();
    for _ in 0..450 {
        let copy = target::Model { id: server::id::next(), status: "agreed".into(), ..one.clone() };
        let copy: target::ActiveModel = copy.into();
        copy.reset_all().insert(site.db()).await.unwrap();
    }
    let file = site.admin().await.get("/export/targets?whose=all&format=csv").await.assert(200).body;
    let (_, table) = file.split_once("\r\n\r\n").unwrap();
    assert!(table.lines().count() > 450, "{}", table.lines().count());
}

/// The lines below what a file is about.
async fn table(who: &Persona, page: &str) -> (String, Vec<String>) {
    let sign = if page.contains('?') { '&' } else { '?' };
    let file = who.get(&format!("/export/{page}{sign}format=csv")).await.assert(200).body;
    let (about, table) = file.split_once("\r\n\r\n").unwrap_or_else(|| panic!("a table in {file}"));
    (about.to_owned(), table.lines().map(str::to_owned).collect())
}

#[tokio::test]
async fn a_kpi_and_what_is_behind_it() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let (about, lines) = table(&admin, "kpis/deals_won?by=quarter").await;
    assert!(about.contains("deals_won 1") && about.contains("Values of,Acme"), "{about}");
    assert!(lines[0].starts_with("Period,Value,Unit,n,") && lines.len() > 2, "{lines:?}");
    let (about, lines) = table(&admin, "explain/win_rate?period=2016Q1").await;
    assert!(about.contains("2016") && about.contains("win_rate 1"), "{about}");
    assert!(lines[1].starts_with("This number,Win rate,"), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("Deals: up to")), "{lines:?}");
}

#[tokio::test]
async fn the_organisation_itself() {
    let site = Site::new().await;
    let admin = site.admin().await;
    for (page, wanted) in [
        ("objectives", "Objective"),
        ("people", "Rob Rep"),
        ("people?q=rob", "Rob Rep"),
        ("people/teams", "Sales / East"),
        ("users", "Status"),
        ("imports", "waiting.csv"),
        ("tokens", "May"),
        ("webhooks", "https://"),
    ] {
        let (about, lines) = table(&admin, page).await;
        assert!(about.contains("Organisation,Acme") && about.contains("Made on"), "{page}: {about}");
        assert!(lines.iter().any(|line| line.contains(wanted)), "{page}: {lines:?}");
    }
    let (about, lines) = table(&admin, "people?q=rob").await;
    // Mia stands there as Rob's manager, and in no row of her own.
    assert!(about.contains("Search,rob") && lines.len() == 2 && lines[1].starts_with("Rob Rep,"), "{lines:?}");
    // Every page of people, once.
    for n in 0..60 {
        site.add_person(&format!("Person {n:02}"), Some(site.world.east), None).await;
    }
    let (_, lines) = table(&admin, "people?state=all").await;
    let found = lines.iter().filter(|line| line.starts_with("Person ")).count();
    assert_eq!(found, 60);
    // Of tokens, webhooks and invitations nothing that works.
    for page in ["tokens", "webhooks", "users", &format!("webhooks/{}", site.world.webhook)] {
        let (_, lines) = table(&admin, page).await;
        let text = lines.join("\n");
        assert!(!text.contains("mst_") && !text.contains("mws_") && !text.contains("/invite/"), "{page}: {text}");
    }
}

#[tokio::test]
async fn changes_of_a_fact_and_of_a_target() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let id = site.world.fact.to_string();
    let fields = [
        ("kind", "activities"),
        ("id", id.as_str()),
        ("changed_at", "0"),
        ("fields[date]", "2017-03-02"),
        ("fields[person]", "Wim West"),
        ("fields[type]", "call"),
        ("fields[count]", "9"),
    ];
    admin.post("facts/save", &fields).await.assert(200);
    let (_, lines) = table(&admin, &format!("facts/activities/{id}")).await;
    assert!(lines.iter().any(|line| line.ends_with(",Date,2017-03-01")), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("now,,Number,9")), "{lines:?}");
    let (_, lines) = table(&admin, &format!("facts/deals/{}", site.world.deal)).await;
    assert!(lines.len() > 1, "{lines:?}");
    let (about, lines) = table(&admin, &format!("targets/{}", site.world.target_rob)).await;
    assert!(about.contains("Rob Rep") && lines[0].starts_with("Changed on,By,What,"), "{about} {lines:?}");
    site.rep().await.get(&format!("/export/facts/activities/{id}?format=csv")).await.assert(403);
    site.other_tenant().await.get(&format!("/export/facts/activities/{id}?format=csv")).await.assert(404);
}
