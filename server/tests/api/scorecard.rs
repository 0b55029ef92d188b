//! Scorecard, team board, Explain and deals on a handful of deals worked out by hand.

use app::scorecard::api::{BoardFigure, BoardRow, BoardRows, DealsPage, Explanation, Kpi, Scorecard, TeamBoard};
use app::ui::Verdict;
use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};
use server::entity::deal;

use crate::support::{Persona, Site, date, insert_deal};

/// Key, days open, day of closing, amount, won or lost.
const ROBS: [(&str, i32, &str, i64, i16); 6] = [
    ("q1-won", 5, "2017-02-10", 400, 1),
    ("q1-lost", 5, "2017-02-11", 10, 2),
    ("small", 10, "2017-04-10", 100, 1),
    ("middle", 20, "2017-05-10", 200, 1),
    ("large", 60, "2017-06-10", 700, 1),
    ("lost", 5, "2017-06-11", 50, 2),
];

async fn add_deal(
    site: &Site,
    person: i64,
    key: &str,
    days: i32,
    closed: Option<&str>,
    amount: i64,
    status: i16,
) -> i64 {
    let id = server::id::next();
    let closed = closed.map(|day| date(day).day_number());
    let micros = amount * 1_000_000;
    let row = deal::ActiveModel {
        org_id: Set(site.world.org),
        id: Set(id),
        external_id: Set(key.into()),
        person_id: Set(Some(person)),
        is_split: Set(false),
        status: Set(status),
        engaged_on: Set(Some(closed.unwrap_or(date("2017-06-01").day_number()) - days)),
        closed_on: Set(closed),
        amount_micros: Set(Some(micros)),
        currency: Set("EUR".into()),
        reporting_micros: Set(Some(micros)),
        account: Set(Some(format!("Account {key}"))),
        product: Set(Some(if amount > 150 { "Pro" } else { "Basic" }.into())),
        created_at: Set(0),
        updated_at: Set(0),
        ..Default::default()
    };
    insert_deal(site.db(), row).await;
    id
}

async fn site() -> Site {
    let site = Site::new().await;
    for (key, days, closed, amount, status) in ROBS {
        add_deal(&site, site.world.rob, key, days, Some(closed), amount, status).await;
    }
    add_deal(&site, site.world.rob, "open", 3, None, 999, 0).await;
    add_deal(&site, site.world.ria, "ria", 8, Some("2017-05-05"), 300, 1).await;
    site
}

fn of_person(person: impl ToString, period: &str) -> Value {
    json!({"query": {"person": person.to_string(), "period": period, "trend": ""}})
}

async fn card(persona: &Persona, person: i64, period: &str) -> Scorecard {
    persona.post_json("scorecard/person", &of_person(person, period)).await.assert(200).json()
}

fn kpi<'a>(card: &'a Scorecard, metric: &str) -> &'a Kpi {
    card.perspectives.iter().flat_map(|p| &p.kpis).find(|k| k.metric == metric).unwrap()
}

/// The figure of a row of a board.
fn figure(board: &BoardRows, row: &BoardRow, metric: &str) -> String {
    let index = board.columns.iter().position(|column| column.metric == metric).unwrap();
    plain(match &row.figures[index] {
        BoardFigure::Amount(amount) => &amount.text,
        BoardFigure::Rate(rate) => &rate.text,
    })
}

/// A figure of the whole of a board.
fn total(board: &TeamBoard, metric: &str) -> String {
    plain(board.totals.iter().find(|kpi| kpi.metric == metric).unwrap().value.as_deref().unwrap())
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

#[tokio::test]
async fn a_scorecard_says_what_was_worked_out_by_hand() {
    let site = site().await;
    let card = card(&site.rep().await, site.world.rob, "2017Q2").await;
    let value = |metric| plain(kpi(&card, metric).value.as_deref().unwrap());
    assert_eq!(value("revenue"), "€1,000");
    assert_eq!(value("deals_won"), "3");
    assert_eq!(value("win_rate"), "75.0%");
    assert_eq!(value("avg_deal_value"), "€333.33");
    assert_eq!(value("cycle_days_mean"), "30 days");
    assert_eq!(value("cycle_days_median"), "20 days");
    let rate = kpi(&card, "win_rate");
    assert_eq!(rate.n.as_deref(), Some("4"));
    assert_eq!(plain(rate.interval.as_deref().unwrap()), "30–95%");
    assert_eq!(rate.remarks, ["1 open deal left out"]);
    let change = rate.change.as_ref().unwrap();
    assert_eq!((change.verdict, change.text.as_str()), (Verdict::Unclear, "too few to tell (n = 2)"));
    assert_eq!(plain(&kpi(&card, "revenue").remarks[0]), "One deal, Account large, is 70% of it");
    assert_eq!(rate.spark.len(), 12);
    assert!(card.is_own && card.verdict.contains("too few to tell from chance"), "{}", card.verdict);
    assert_eq!(card.people.len(), 1);
    assert_eq!(card.period.next.as_deref(), Some("2017Q3"));
}

#[tokio::test]
async fn a_period_that_has_not_ended_is_compared_with_the_same_part_of_the_one_before() {
    let site = site().await.on("2017-05-15");
    let card = card(&site.manager().await, site.world.rob, "2017Q2").await;
    // What is dated after today is a plan and no result.
    assert_eq!(plain(kpi(&card, "revenue").value.as_deref().unwrap()), "€300.00");
    assert_eq!(kpi(&card, "deals_won").value.as_deref(), Some("2"));
    // Day 45 of the quarter: against the first 45 days of Q1, of which the later deals are no part.
    assert!(plain(&kpi(&card, "revenue").change.as_ref().unwrap().before).contains("€400.00"));
    assert!(card.period.partial.as_deref().unwrap().contains("day 45 of 91"));
    assert_eq!(card.period.next, None);
}

#[tokio::test]
async fn while_a_period_runs_list_board_and_explanation_agree_with_the_number() {
    let site = site().await.on("2017-05-15");
    let manager = site.manager().await;
    let (rob, east) = (site.world.rob.to_string(), site.world.east.to_string());
    for (part, keys, sum) in [
        ("won", vec!["middle", "small"], "€300.00"),
        ("lost", vec![], "€0.00"),
        ("decided", vec!["middle", "small"], "€300.00"),
    ] {
        let query = json!({"query": {"person": rob, "team": "", "period": "2017Q2", "part": part, "column": "product",
            "value": "", "after": ""}});
        let page: DealsPage = manager.post_json("deals/list", &query).await.assert(200).json();
        assert_eq!(page.rows.iter().map(|r| r.external_id.as_str()).collect::<Vec<_>>(), keys, "{part}");
        assert_eq!((page.count, plain(&page.sum)), (Some(keys.len() as i64), sum.to_owned()), "{part}");
        let values: Vec<&str> = page.values.iter().skip(1).map(|v| v.label.as_str()).collect();
        assert_eq!(values, if part == "lost" { ["Basic (0)", "Pro (0)"] } else { ["Basic (1)", "Pro (1)"] }, "{part}");
    }
    let query = json!({"query": {"team": east, "period": "2017Q2", "trend": ""}});
    let board: TeamBoard = manager.post_json("scorecard/team", &query).await.assert(200).json();
    assert_eq!(total(&board, "revenue"), "€600.00");
    let people = board.people.unwrap();
    assert_eq!(figure(&people, people.rows.iter().find(|r| r.name == "Rob Rep").unwrap(), "revenue"), "€300.00");
    let query = json!({"query": {"metric": "revenue", "person": rob, "team": "", "period": "2017Q2"}});
    let e: Explanation = manager.post_json("scorecard/explain", &query).await.assert(200).json();
    assert_eq!(plain(e.value.as_deref().unwrap()), "€300.00");
    assert!(plain(e.filters.last().unwrap()).contains("Up to 15 May 2017"), "{:?}", e.filters);
    let ended: Explanation = site.on("2017-08-15").manager().await.post_json("scorecard/explain", &query).await.json();
    assert!(!ended.filters.last().unwrap().contains("Up to"), "{:?}", ended.filters);
    // A period that has not begun has nothing yet.
    let query = json!({"query": {"person": rob, "team": "", "period": "2017-06", "part": "won", "column": "",
        "value": "", "after": ""}});
    let page: DealsPage = manager.post_json("deals/list", &query).await.assert(200).json();
    assert_eq!((page.rows.len(), page.count), (0, Some(0)));
}

#[tokio::test]
async fn what_the_organisation_chose_is_said_of_every_metric_that_depends_on_it() {
    let site = site().await.on("2017-05-15");
    let owner = site.owner().await;
    let explained = async |metric: &str| -> Explanation {
        let query = json!({"query": {"metric": metric, "person": "", "team": "", "period": "2017Q2"}});
        owner.post_json("scorecard/explain", &query).await.assert(200).json()
    };
    let e = explained("revenue").await;
    let said = "What revenue is made of: What our kind of company usually means (the default; nothing was chosen)";
    let place = e.filters.iter().position(|f| f == said).unwrap();
    assert_eq!(place + 2, e.filters.len(), "the day up to which it counts comes last");
    let choice = [("version", "0"), ("choice[churn_booked]", "cancellation")];
    site.admin().await.post("kpis/save_choices", &choice).await.assert(200);
    for metric in domain::metric::catalogue::all() {
        let e = explained(metric.id).await;
        let chosen: Vec<&String> = e.filters.iter().filter(|f| f.ends_with("(your choices, version 1)")).collect();
        assert_eq!(chosen.len(), metric.choices.len(), "{}: {:?}", metric.id, e.filters);
        assert!(chosen.iter().all(|f| !f.contains("choices.")), "{chosen:?}");
    }
    let e = explained("mrr_churn").await;
    let said = "When churn is booked: On the day of the cancellation (as Maxio does) (your choices, version 1)";
    assert!(e.filters.iter().any(|f| f == said), "{:?}", e.filters);
}

#[tokio::test]
async fn a_person_without_deals_is_not_measurable_and_not_zero_percent() {
    let site = site().await;
    let card = card(&site.owner().await, site.world.wim, "2017Q2").await;
    assert_eq!(plain(kpi(&card, "revenue").value.as_deref().unwrap()), "€0.00");
    let rate = kpi(&card, "win_rate");
    assert_eq!((rate.value.as_deref(), rate.why.as_deref()), (None, Some("not measurable: nothing decided")));
    assert!(card.empty.is_some());
}

#[tokio::test]
async fn a_rep_sees_their_own_and_nobody_elses() {
    let site = site().await;
    let rep = site.rep().await;
    for person in [site.world.ria, site.world.wim, site.world.mia, site.world.other_person] {
        rep.post_json("scorecard/person", &of_person(person, "2017Q2")).await.assert(404);
        rep.get(&format!("/scorecard/{person}")).await.assert(404);
        rep.get(&format!("/deals?person={person}")).await.assert(404);
        rep.get(&format!("/explain/revenue?person={person}")).await.assert(404);
    }
    // Its blocks read beside each other; none waits for the one database connection that another has put aside.
    rep.get("/scorecard/me").await.assert(200).assert_has("My scorecard").assert_has("No words about this period yet");
    // Of their team they see the total, and with two people no range and no rows.
    let board: TeamBoard = rep
        .post_json(
            "scorecard/team",
            &json!({"query": {"team": site.world.east.to_string(), "period": "2017Q2", "trend": ""}}),
        )
        .await
        .assert(200)
        .json();
    assert_eq!(total(&board, "revenue"), "€1,300");
    assert!(board.people.is_none() && board.ranges.is_empty() && board.range_hidden.is_some());
    // What a total is made of has names on it.
    rep.get(&format!("/deals?team={}", site.world.west)).await.assert(404);
}

#[tokio::test]
async fn another_tenant_finds_nothing() {
    let site = site().await;
    let id = add_deal(&site, site.world.rob, "secret", 1, Some("2017-06-12"), 5, 1).await;
    let stranger = site.other_tenant().await;
    for path in [
        format!("/scorecard/{}", site.world.rob),
        format!("/teams/{}", site.world.east),
        format!("/explain/win_rate?team={}", site.world.east),
        format!("/deals?person={}", site.world.rob),
        format!("/deals/{id}"),
    ] {
        stranger.get(&path).await.assert(404).assert_lacks("Rob Rep").assert_lacks("Account secret");
    }
}

#[tokio::test]
async fn garbage_in_an_address_is_not_found() {
    let site = site().await;
    let rob = site.world.rob;
    for path in [
        "/scorecard/abc".to_owned(),
        format!("/scorecard/{rob}?period=2017Q9"),
        format!("/scorecard/{rob}?period=%27%3B--"),
        format!("/scorecard/{rob}?period=9999-01-01..9999-12-31"),
        format!("/explain/nonsense?person={rob}"),
        "/teams/12345678901234567890123".to_owned(),
        "/deals?part=secret".to_owned(),
        "/deals?column=password".to_owned(),
        "/deals?after=1%27.x".to_owned(),
        "/deals/x".to_owned(),
    ] {
        site.owner().await.get(&path).await.assert(404);
    }
}

#[tokio::test]
async fn the_team_board_has_a_row_for_everybody_by_name() {
    let site = site().await;
    site.add_person("Abe Absent", Some(site.world.east), None).await;
    let query = json!({"query": {"team": site.world.east.to_string(), "period": "2017Q2", "trend": "win_rate"}});
    let board: TeamBoard = site.manager().await.post_json("scorecard/team", &query).await.assert(200).json();
    let people = board.people.unwrap();
    let rows = &people.rows;
    let names: Vec<&str> = rows.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(names, ["Abe Absent", "Ria Rep", "Rob Rep"]);
    assert_eq!(figure(&people, &rows[0], "win_rate"), "not measurable: nothing decided");
    assert_eq!(figure(&people, &rows[2], "revenue"), "€1,000");
    assert_eq!(figure(&people, &rows[2], "win_rate"), "75.0%");
    assert!(board.trends.iter().any(|t| t.0 == "win_rate" && t.2));
    // The organisation's board lists the teams at the top.
    let query = json!({"query": {"team": "", "period": "2017Q2", "trend": ""}});
    let board: TeamBoard = site.owner().await.post_json("scorecard/team", &query).await.assert(200).json();
    assert_eq!(board.subteams.rows.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), ["Sales"]);
}

#[tokio::test]
async fn explain_shows_the_formula_with_the_numbers_in_it() {
    let site = site().await;
    let query =
        json!({"query": {"metric": "win_rate", "person": site.world.rob.to_string(), "team": "", "period": "2017Q2"}});
    let e: Explanation = site.rep().await.post_json("scorecard/explain", &query).await.assert(200).json();
    assert_eq!(plain(&e.numbers), "3 ÷ (3 + 1) = 75.0%");
    assert_eq!(plain(&e.formula), "Deals won ÷ (Deals won + Deals lost)");
    assert_eq!(e.n.as_deref(), Some("4 deals"));
    let pursued = e.variants.iter().find(|v| v.metric == "win_rate_pursued").unwrap();
    assert_eq!(plain(&pursued.value), "60.0%");
    let value = e.variants.iter().find(|v| v.metric == "win_rate_value").unwrap();
    assert_eq!(plain(&value.numbers), "€1,000.00 ÷ €1,050.00 = 95.2%");
    assert_eq!(e.records.len(), 3);
    let page = format!("/explain/win_rate?person={}&period=2017Q2", site.world.rob);
    site.rep().await.get(&page).await.assert(200).assert_has("Deals won ÷ (Deals won + Deals lost)");
}

#[tokio::test]
async fn the_deals_behind_a_number_add_up_to_it() {
    let site = site().await;
    let ask = |part: &str, column: &str, value: &str| {
        json!({"query": {"person": site.world.rob.to_string(), "team": "", "period": "2017Q2", "part": part, "column": column,
            "value": value, "after": ""}})
    };
    let rep = site.rep().await;
    let get = async |query: Value| -> DealsPage { rep.post_json("deals/list", &query).await.assert(200).json() };
    let won = get(ask("won", "", "")).await;
    assert_eq!(won.rows.iter().map(|r| r.external_id.as_str()).collect::<Vec<_>>(), ["large", "middle", "small"]);
    assert_eq!((won.count, plain(&won.sum)), (Some(3), "€1,000.00".into()));
    let lost = get(ask("lost", "", "")).await;
    assert_eq!((lost.count, plain(&lost.sum)), (Some(1), "€50.00".into()));
    let pro = get(ask("won", "product", "Pro")).await;
    assert_eq!((pro.count, plain(&pro.sum), pro.rows.len()), (Some(2), "€900.00".into(), 2));
    let open = get(ask("open", "", "")).await;
    assert_eq!((open.count, plain(&open.sum)), (Some(1), "€999.00".into()));
    let id = won.rows[0].id;
    rep.get(&format!("/deals/{id}")).await.assert(200).assert_has("Account large").assert_has("Rob Rep");
    let other = add_deal(&site, site.world.ria, "hers", 1, Some("2017-06-12"), 5, 1).await;
    rep.get(&format!("/deals/{other}")).await.assert(404);
}
