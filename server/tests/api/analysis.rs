//! Analyses: what each shows, to whom, and what stands where nothing is.

use app::analysis::api::{AnalysisView, Block, CellView, EventList};
use domain::policy::Scope;
use serde_json::{Value, json};

use crate::support::{Persona, Program, Site};

/// Facts of all kinds in the second quarter of 2017, and events: Rob wins with the new template from May on, Wim does not.
async fn site() -> Site {
    let site = Site::new().await;
    let program = Program::of(&site, site.world.owner, &[Scope::WriteFacts]).await;
    let post = async |kind: &str, rows: Vec<Value>| {
        program.post(&format!("/facts/{kind}"), &json!({ "rows": rows })).await.assert(200);
    };
    let mut deals = Vec::new();
    for (person, template, month, won, lost) in [
        ("Rob Rep", "old", 3, 4, 8),
        ("Rob Rep", "old", 4, 4, 8),
        ("Rob Rep", "new", 5, 10, 2),
        ("Rob Rep", "new", 6, 10, 2),
        ("Wim West", "old", 3, 5, 5),
        ("Wim West", "old", 4, 5, 5),
        ("Wim West", "old", 5, 5, 5),
        ("Wim West", "old", 6, 5, 5),
    ] {
        for n in 0..won + lost {
            let status = if n < won { "won" } else { "lost" };
            let reason = (n >= won).then_some(if n % 3 == 0 { "price" } else { "no budget" });
            deals.push(json!({
                "external_id": format!("{person}-{month}-{n}"), "person": person, "status": status, "amount": "100",
                "created_on": format!("2017-0{month}-01"), "closed_on": format!("2017-0{month}-{:02}", n + 2),
                "proposal_template": template, "segment": if n % 2 == 0 { "large" } else { "small" },
                "lost_reason": reason, "account": "Customer",
            }));
        }
    }
    post("deals", deals).await;
    let subscription = |customer: &str, start: &str, end: Option<&str>, amount: &str, person: &str| {
        json!({ "external_id": format!("{customer}-{start}"), "customer": customer, "start": start, "end": end,
            "amount": amount, "interval": "month", "plan": "Pro", "person": person })
    };
    post(
        "subscriptions",
        vec![
            subscription("A", "2017-01-01", Some("2017-05-01"), "100", "Rob Rep"),
            subscription("A", "2017-05-01", None, "120", "Rob Rep"),
            subscription("B", "2017-01-01", Some("2017-06-01"), "200", "Wim West"),
            subscription("C", "2017-04-15", None, "50", "Wim West"),
        ],
    )
    .await;
    let day = |date: &str, channel: &str, spend: Option<&str>, leads: i64, revenue: &str| {
        json!({ "date": date, "campaign": channel, "channel": channel, "spend": spend, "clicks": 10 * leads,
            "leads": leads, "qualified_leads": leads / 2, "orders": 1, "revenue": revenue })
    };
    post(
        "campaign_days",
        vec![
            day("2017-05-02", "search", Some("100"), 20, "400"),
            day("2017-05-02", "display", Some("300"), 10, "100"),
            day("2017-05-03", "podcast", None, 5, "50"),
        ],
    )
    .await;
    let line = |n: i64, category: &str, amount: &str, person: &str| {
        json!({ "transaction": format!("T{n}"), "date": "2017-05-02", "quantity": "1", "amount": amount,
            "category": category, "customer": format!("C{}", n % 5), "person": person, "shop": "Utrecht" })
    };
    let mut lines = Vec::new();
    for n in 0..20 {
        let person = if n < 8 { "Rob Rep" } else { "Wim West" };
        lines.push(line(n, "Coats", if n % 2 == 0 { "110" } else { "90" }, person));
        if n % 2 == 0 {
            lines.push(line(n, "Scarves", "20", person));
        }
    }
    post("sales_lines", lines).await;
    post(
        "events",
        vec![
            json!({ "date": "2017-05-01", "title": "New template", "kind": "approach", "scope": "team=East" }),
            json!({ "date": "2017-05-01", "title": "Pro is dearer", "kind": "price_change", "scope": "plan=Pro" }),
            json!({ "date": "2017-05-01", "title": "West moves", "kind": "other", "scope": "team=West" }),
            json!({ "date": "2017-05-01", "title": "Nobody knows", "kind": "other", "scope": "colour=red" }),
            json!({ "date": "2017-12-01", "title": "Later", "kind": "other", "scope": null }),
        ],
    )
    .await;
    site
}

async fn of(persona: &Persona, query: Value) -> AnalysisView {
    persona.post_json("analysis/get", &json!({ "query": query })).await.assert(200).json()
}

async fn events(persona: &Persona) -> EventList {
    persona.post_json("analysis/events", &json!({})).await.assert(200).json()
}

/// The address of the event of this title, as an owner finds it.
async fn event_id(site: &Site, title: &str) -> String {
    let list = events(&site.owner().await).await;
    list.events.into_iter().find(|event| event.title == title).unwrap().id.to_string()
}

#[track_caller]
fn block<'v>(view: &'v AnalysisView, id: &str) -> &'v Block {
    view.blocks.iter().find(|block| block.id == id).unwrap_or_else(|| panic!("no {id}: {view:?}"))
}

#[track_caller]
fn row<'v>(view: &'v AnalysisView, id: &str, name: &str) -> &'v [CellView] {
    let rows = &block(view, id).table.as_ref().unwrap().rows;
    rows.iter().find(|row| row[0].text == name).unwrap_or_else(|| panic!("no {name}: {rows:?}"))
}

fn exact(cell: &CellView) -> &str {
    cell.exact.as_deref().unwrap_or_else(|| panic!("no value: {cell:?}"))
}

#[tokio::test]
async fn before_and_after_compares_the_touched_with_all_else() {
    let site = site().await;
    let id = event_id(&site, "New template").await;
    let query = |more: Value| {
        let mut query = json!({ "id": id, "kpi": "win_rate", "months": "3" });
        query.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "query": query })
    };
    let owner = site.owner().await;
    let view: AnalysisView = owner.post_json("analysis/event", &query(json!({}))).await.assert(200).json();
    let rows = &block(&view, "kpi").table.as_ref().unwrap().rows;
    // Rob and Ria's team: 8 of 24 before, 20 of 24 after; all else 10 of 20 both times.
    let figures = |row: &[CellView]| (exact(&row[1]).to_owned(), row[1].n, exact(&row[2]).to_owned(), row[2].n);
    assert_eq!(figures(&rows[0]), ("0.333333".into(), Some(24), "0.833333".into(), Some(24)));
    assert_eq!(figures(&rows[1]), ("0.500000".into(), Some(20), "0.500000".into(), Some(20)));
    let verdicts: Vec<&str> = rows.iter().map(|row| row[4].text.as_str()).collect();
    assert_eq!(verdicts, ["higher, beyond noise", "cannot be told apart", "higher, beyond noise"]);
    assert_eq!(rows[2][3].text.replace('\u{a0}', " "), "+50.0 pp");
    assert!(view.said[0].text.contains("rose more"), "{:?}", view.said);
    // Totals are compared too, per week.
    let view: AnalysisView =
        owner.post_json("analysis/event", &query(json!({ "kpi": "deals_won" }))).await.assert(200).json();
    let row = &block(&view, "kpi").table.as_ref().unwrap().rows[0];
    assert_eq!((exact(&row[1]), exact(&row[2])), ("8", "20"));
    assert!(row[3].text.contains("per week") && row[3].interval.is_some(), "{row:?}");
    // A rep sees the own facts on both sides, and nothing of others.
    let rep = site.rep().await;
    let view: AnalysisView = rep.post_json("analysis/event", &query(json!({}))).await.assert(200).json();
    let rows = &block(&view, "kpi").table.as_ref().unwrap().rows;
    assert_eq!(rows[0][1].n, Some(24));
    assert_eq!((rows[1][1].n, rows[1][1].exact.as_deref()), (None, None));
    let wim = query(json!({ "person": site.world.wim.to_string() }));
    rep.post_json("analysis/event", &wim).await.assert(404);
    site.other_tenant().await.post_json("analysis/event", &query(json!({}))).await.assert(404);
}

#[tokio::test]
async fn events_of_teams_that_may_not_be_known_are_not_listed() {
    let site = site().await;
    let titles = async |persona: Persona| -> Vec<String> {
        events(&persona).await.events.into_iter().map(|event| event.title).collect()
    };
    // Those of this test, and the one that every site has.
    assert_eq!(titles(site.owner().await).await.len(), 6);
    for persona in [site.manager().await, site.rep().await, site.viewer().await] {
        let titles = titles(persona).await;
        assert!(
            titles.contains(&"New template".to_owned()) && !titles.contains(&"West moves".to_owned()),
            "{titles:?}"
        );
    }
    let west = event_id(&site, "West moves").await;
    let query = json!({ "query": { "id": west } });
    site.rep().await.post_json("analysis/event", &query).await.assert(404);
    assert!(events(&site.other_tenant().await).await.events.is_empty());
    // What cannot be compared says why.
    for (title, part) in [("Nobody knows", "colour=red"), ("Later", "there is nothing after it yet")] {
        let page = format!("/analysis/events/{}", event_id(&site, title).await);
        site.owner().await.get(&page).await.assert(200).assert_has(part);
    }
}

#[tokio::test]
async fn a_price_change_shows_expected_and_actual_revenue() {
    let site = site().await;
    let query = json!({ "id": event_id(&site, "Pro is dearer").await, "months": "3" });
    let owner = site.owner().await;
    let view: AnalysisView = owner.post_json("analysis/event", &json!({ "query": query })).await.assert(200).json();
    let pro = row(&view, "price", "Pro");
    // A, B and C bring 350; at 20 % more they would bring 420. B left and C pays what it paid: 170.
    let values: Vec<&str> = pro[1..].iter().map(exact).collect();
    assert_eq!(values, ["0.200000", "3", "350.00", "420.00", "170.00", "-250.00"]);
    let left = row(&view, "price_churn", "On the plan");
    assert_eq!((exact(&left[1]), left[2].n), ("1", Some(3)));
    // Set by hand, and refused where it is no percentage.
    let page = format!("/analysis/events/{}", query["id"].as_str().unwrap());
    owner.get(&format!("{page}?months=3&rise=10")).await.assert(200).assert_has("385");
    owner.get(&format!("{page}?months=3&rise=much")).await.assert(200).assert_has("A percentage above −100.");
}

#[tokio::test]
async fn recurring_revenue_adds_up_and_a_what_if_follows_the_address() {
    let site = site().await;
    let owner = site.owner().await;
    let view = of(&owner, json!({ "which": "recurring", "period": "2017Q2" })).await;
    let bridge: Vec<&str> =
        block(&view, "bridge").table.as_ref().unwrap().rows.iter().map(|row| exact(&row[1])).collect();
    assert_eq!(bridge, ["300.00", "50.00", "20.00", "0.00", "0.00", "200.00", "170.00"]);
    let form = view.form.unwrap();
    assert_eq!(
        form.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(),
        ["churn", "contraction", "expansion", "new", "months"]
    );
    // A manager sees their team's customers only: A.
    let east = json!({ "which": "recurring", "period": "2017Q2", "team": site.world.east.to_string() });
    for persona in [site.manager().await, owner] {
        let view = of(&persona, east.clone()).await;
        assert_eq!(exact(&block(&view, "bridge").table.as_ref().unwrap().rows[6][1]), "120.00");
    }
    // 170 with nothing lost and 10 new each month: 200 after three.
    let page = "/analysis/recurring?period=2017Q2&churn=0&contraction=0&expansion=0&new=10&months=3";
    let page = site.owner().await.get(page).await.assert(200);
    page.assert_has("In 3 months:").assert_has("200.00 as set").assert_has("name=\"churn\"");
    let wrong = site.owner().await.get("/analysis/recurring?period=2017Q2&churn=200").await.assert(200);
    wrong.assert_has("A percentage from 0 to 100.");
}

#[tokio::test]
async fn winning_names_what_differs_and_splits_the_change() {
    let site = site().await;
    let view = of(&site.owner().await, json!({ "which": "winning", "period": "2017Q2" })).await;
    // New 20 of 24, old 19 of 42.
    let new = row(&view, "patterns", "new");
    assert_eq!((exact(&new[2]), new[2].n, new[3].n), ("0.833333", Some(24), Some(42)));
    assert_eq!(new[5].text, "wins more often than the rest");
    assert!(new[2].interval.is_some() && new[4].interval.is_some() && new[2].dots.is_some());
    assert_eq!(row(&view, "patterns", "large")[5].text, "cannot be told apart");
    let reasons = &block(&view, "reasons").table.as_ref().unwrap().rows;
    assert_eq!(reasons.iter().map(|row| exact(&row[1])).collect::<Vec<_>>(), ["19", "8"]);
    assert_eq!(exact(&reasons[1][3]), "1.000000");
    assert_eq!(view.blocks[0].table.as_ref().unwrap().rows.len(), 5, "each definition");
    // A rep sees the own deals.
    let view = of(&site.rep().await, json!({ "which": "winning", "period": "2017Q2" })).await;
    assert_eq!(row(&view, "patterns", "old")[2].n, Some(12));
    let wim = json!({ "query": { "which": "winning", "person": site.world.wim.to_string() } });
    site.rep().await.post_json("analysis/get", &wim).await.assert(404);
}

#[tokio::test]
async fn parts_that_go_the_other_way_than_the_whole_are_said() {
    let site = Site::new().await;
    let program = Program::of(&site, site.world.owner, &[Scope::WriteFacts]).await;
    let mut rows = Vec::new();
    // Both segments win more often than before, and together less: the hard one grew.
    for (month, segment, won, lost) in [(2, "easy", 16, 4), (2, "hard", 1, 4), (5, "easy", 5, 0), (5, "hard", 6, 14)] {
        for n in 0..won + lost {
            rows.push(json!({ "external_id": format!("{month}{segment}{n}"), "person": "Rob Rep",
                "status": if n < won { "won" } else { "lost" }, "closed_on": format!("2017-0{month}-10"),
                "amount": "1", "segment": segment }));
        }
    }
    program.post("/facts/deals", &json!({ "rows": rows })).await.assert(200);
    let view = of(&site.owner().await, json!({ "which": "winning", "period": "2017Q2" })).await;
    let segment = row(&view, "mix", "Segment");
    // 17 of 25 before, 11 of 25 now: −24 points. At the old mix +0.8 × 0.2 + 0.2 × 0.1 = +18.
    assert_eq!((exact(&segment[1]), exact(&segment[2])), ("-0.240000", "0.180000"));
    assert_eq!(segment[5].text, "opposite directions");
    assert!(view.said.iter().any(|said| said.text.contains("the mix shifted")), "{:?}", view.said);
}

#[tokio::test]
async fn channels_without_costs_are_incomplete_and_in_no_share() {
    let site = site().await;
    let owner = site.owner().await;
    let view = of(&owner, json!({ "which": "channels", "period": "2017Q2", "by": "revenue" })).await;
    let search = row(&view, "channels", "search");
    assert_eq!((exact(&search[1]), exact(&search[3]), exact(&search[8])), ("100.00", "5.00", "3.000000"));
    let podcast = row(&view, "channels", "podcast");
    assert_eq!((podcast[3].text.as_str(), exact(&podcast[2])), ("incomplete", "5"));
    let share = row(&view, "shares", "search");
    assert_eq!((exact(&share[1]), exact(&share[2]), exact(&share[3])), ("0.250000", "0.800000", "0.550000"));
    let said: Vec<&str> = view.said.iter().map(|said| said.text.as_str()).collect();
    assert!(said.iter().any(|text| text.contains("podcast")), "{said:?}");
    assert!(
        said.iter().any(|text| text.contains("could move from “display”") && text.contains("“search”")),
        "{said:?}"
    );
    // What campaigns cost is the organisation's.
    for persona in [site.manager().await, site.rep().await, site.viewer().await] {
        let view = of(&persona, json!({ "which": "channels", "period": "2017Q2" })).await;
        assert!(view.blocks.is_empty() && view.empty.is_some());
    }
}

#[tokio::test]
async fn baskets_say_what_is_bought_together() {
    let site = site().await;
    let owner = site.owner().await;
    let view = of(&owner, json!({ "which": "baskets", "period": "2017Q2", "by": "person" })).await;
    let coats = row(&view, "attach", "Coats");
    assert_eq!((exact(&coats[1]), exact(&coats[3])), ("20", "0.500000"));
    let scarves = row(&view, "effect", "Scarves");
    assert_eq!(
        (exact(&scarves[1]), exact(&scarves[2]), exact(&scarves[3]), exact(&scarves[4])),
        ("130.00", "90.00", "40.00", "20.00")
    );
    assert_eq!(scarves[5].text, "baskets with it are larger");
    assert_eq!(row(&view, "by", "Rob Rep")[2].n, Some(8));
    // A rep: eight transactions of their own, and no other person.
    let view = of(&site.rep().await, json!({ "which": "baskets", "period": "2017Q2", "by": "person" })).await;
    let people = &block(&view, "by").table.as_ref().unwrap().rows;
    assert_eq!(people.iter().map(|row| row[0].text.as_str()).collect::<Vec<_>>(), ["Rob Rep"]);
    assert_eq!(exact(&row(&view, "attach", "Coats")[1]), "8");
}

#[tokio::test]
async fn what_has_no_facts_says_what_to_do() {
    let site = Site::new().await;
    let admin = site.admin().await;
    for which in ["recurring", "channels", "baskets"] {
        let page = admin.get(&format!("/analysis/{which}")).await.assert(200);
        page.assert_has("Nothing to show yet").assert_has("Import a file");
    }
    let other = site.other_tenant().await.get("/analysis/events").await.assert(200);
    other.assert_has("No events yet").assert_has("Add an event");
    admin.get("/analysis").await.assert(200).assert_has("Winning and losing").assert_lacks("Recurring revenue");
    admin.get("/analysis/nonsense").await.assert(404);
    let viewer = site.viewer().await;
    viewer.get("/analysis/recurring").await.assert(200).assert_lacks("Import a file");
    viewer.get("/analysis").await.assert(200);
}

#[tokio::test]
async fn each_table_is_a_file() {
    let site = site().await;
    let owner = site.owner().await;
    let file = async |path: &str| owner.get(&format!("/export{path}")).await.assert(200).body;
    let csv = file("/analysis/winning?period=2017Q2&table=patterns&format=csv").await;
    assert!(csv.contains("Win rate,Win rate: n,Win rate: Interval from (95 %)"), "{csv}");
    assert!(csv.contains("0.833333,24,"), "{csv}");
    let csv = file("/analysis/recurring?period=2017Q2&churn=0&table=what_if&format=csv").await;
    assert!(csv.contains("As today"), "{csv}");
    let id = event_id(&site, "New template").await;
    let csv = file(&format!("/analysis/events/{id}?months=3&kpi=win_rate&table=kpi&format=csv")).await;
    assert!(csv.contains("Not touched") && csv.contains("0.333333"), "{csv}");
    owner.get("/export/analysis/winning?table=nonsense&format=csv").await.assert(404);
}
