//! `/kpis`: the catalogue, and answers that equal those of the command line.

use domain::policy::Scope;
use serde_json::{Value, json};
use server::kpi::{Frame, KpiQuery, Viewer, answer, to_json};
use server::service::program::KpiCatalogue;
use server::words::Words;

use crate::support::{Program, Site};

const YEAR: &str = "from=2016-01-01&to=2017-01-01";

#[tokio::test]
async fn the_catalogue_names_what_can_be_asked() {
    let site = Site::new().await;
    let program = Program::of(&site, site.world.rep, &[Scope::ReadKpi]).await;
    let catalogue: KpiCatalogue = program.get("/kpis").await.assert(200).json();
    let rate = catalogue.kpis.iter().find(|k| k.id == "win_rate").unwrap();
    assert_eq!((rate.name.as_str(), rate.unit.as_str(), rate.better.as_str()), ("Win rate", "ratio", "up"));
    assert!(
        !rate.needs_with && !rate.own && !rate.explanation.is_empty() && rate.formula.contains("deals_won"),
        "{rate:?}"
    );
    let pairs: Vec<&str> = catalogue.kpis.iter().filter(|k| k.needs_with).map(|k| k.id.as_str()).collect();
    assert_eq!(pairs, ["attach_rate", "attach_units"]);
    let own = catalogue.kpis.iter().find(|k| k.own).unwrap();
    assert_eq!((own.id.as_str(), own.name.as_str(), own.unit.as_str()), ("own_share", "Own share", "ratio"));
    program.get("/kpis?page=2").await.problem(422, "invalid");
}

#[tokio::test]
async fn an_answer_is_that_of_the_engine_and_of_the_documented_shape() {
    let site = Site::new().await;
    let program = Program::of(&site, site.world.owner, &[Scope::ReadKpi]).await;
    let path = format!("/kpis/query?metrics=deals_won,revenue,win_rate&{YEAR}&by=person");
    let given = program.get(&path).await.assert(200);
    let frame = Frame::load(site.db(), domain::OrgId::new(site.world.org)).await.unwrap();
    let metrics = ["deals_won", "revenue", "win_rate"].map(|id| domain::metric::catalogue::find(id).unwrap());
    let period = domain::Period::new("2016-01-01".parse().unwrap(), "2017-01-01".parse().unwrap()).unwrap();
    let query = KpiQuery { by: vec![server::kpi::Dimension::Person], ..KpiQuery::new(metrics.to_vec(), period) };
    let viewer = Viewer::operator(frame.org, "2017-08-15".parse().unwrap());
    let answered = answer(site.db(), &frame, &viewer, &query).await.unwrap();
    assert_eq!(given.json::<Value>(), to_json(&answered, frame.currency, Words(domain::Locale::En)));
    let rows: Value = given.json();
    let mia: Vec<&Value> =
        rows["rows"].as_array().unwrap().iter().filter(|r| r["by"]["person"] == "Mia Manager").collect();
    assert_eq!(
        (&mia[0]["value"], &mia[1]["value"], &mia[1]["currency"]),
        (&json!(1), &json!("1000.00"), &json!("EUR"))
    );
    // Of an amount no interval is stated, and it is said why.
    let why = json!({ "code": "not_a_rate", "text": "None is stated: this is no rate." });
    assert_eq!((&mia[1]["no_interval"], &mia[2].get("no_interval")), (&why, &None), "{mia:?}");
    // The document tells this shape and no other.
    let told: Value = program.get("/openapi.json").await.json();
    let known = told["components"]["schemas"]["KpiRow"]["properties"].as_object().unwrap();
    for row in rows["rows"].as_array().unwrap() {
        for name in row.as_object().unwrap().keys() {
            assert!(known.contains_key(name), "{name} is not in the document");
        }
    }
    // As the document has it: a field of another name would be refused.
    let typed: server::http::api::KpiAnswer = given.json();
    assert_eq!((typed.rows[0].made_of.clone(), typed.rows[0].complete), (vec!["deals".to_owned()], false));
    let facts = &typed.facts[0];
    assert_eq!(
        (facts.kind.as_str(), facts.last_day.as_deref(), &facts.last_import),
        ("deals", Some("2016-03-01"), &None)
    );
    let missing = &facts.missing[0];
    assert_eq!((missing.code.as_str(), missing.what.len()), ("no_facts_in", 9));
    assert_eq!(missing.what[0].as_deref(), Some("2016-04"));
    assert!(missing.text.starts_with("no facts in Apr 2016, May 2016"), "{missing:?}");
}

#[tokio::test]
async fn own_kpis_and_attach_rates_are_asked_like_any_other() {
    let site = Site::new().await;
    let program = Program::of(&site, site.world.owner, &[Scope::ReadKpi]).await;
    let ask = |metrics: &str, more: &str| format!("/kpis/query?metrics={metrics}&{YEAR}{more}");
    let answer: Value = program.get(&ask("own_share", "&by=person")).await.assert(200).json();
    let row = answer["rows"].as_array().unwrap().iter().find(|r| r["by"]["person"] == "Mia Manager").unwrap();
    assert_eq!((&row["value"], &row["n"], &row["version"]), (&json!(1.0), &json!(1), &json!(1)));
    assert_eq!(row["interval95"].as_array().unwrap().len(), 2);
    let with = "&with=from:shoes&with=to:socks";
    let answer: Value = program.get(&ask("attach_rate", with)).await.assert(200).json();
    assert_eq!(answer["rows"][0]["why"], "no_data");
    for (metrics, more) in [("attach_rate", ""), ("attach_rate", "&with=from:shoes"), ("win_rate", with)] {
        let problem = program.get(&ask(metrics, more)).await.problem(422, "invalid");
        assert_eq!(problem.errors[0].field, "with", "{metrics} {more}");
    }
}

#[tokio::test]
async fn a_reach_is_not_widened_by_arguments() {
    let site = Site::new().await;
    let rep = Program::of(&site, site.world.rep, &[Scope::ReadKpi]).await;
    let all: Value = rep.get(&format!("/kpis/query?metrics=deals_won&{YEAR}&by=person")).await.assert(200).json();
    let names: Vec<&str> =
        all["rows"].as_array().unwrap().iter().map(|r| r["by"]["person"].as_str().unwrap()).collect();
    assert_eq!(names, ["Rob Rep"]);
    let ask = format!("/kpis/query?metrics=deals_won&{YEAR}");
    let problem = rep.get(&format!("{ask}&person=Mia%20Manager")).await.problem(422, "invalid");
    assert_eq!(problem.errors[0].field, "person");
    assert!(problem.errors[0].message.ends_with("there are: Rob Rep"), "{}", problem.errors[0].message);
    rep.get(&format!("{ask}&person=rob%20rep")).await.assert(200);
    // The own team's total, but not what tells its people apart; other teams do not exist.
    rep.get(&format!("{ask}&team=East")).await.assert(200);
    let problem = rep.get(&format!("{ask}&team=West")).await.problem(422, "invalid");
    assert!(problem.errors[0].message.ends_with("there are: Sales / East"), "{}", problem.errors[0].message);
}

#[tokio::test]
async fn what_is_asked_wrong_is_said_by_its_name() {
    let site = Site::new().await;
    let program = Program::of(&site, site.world.owner, &[Scope::ReadKpi]).await;
    for (query, field, words) in [
        (YEAR.to_owned(), "metrics", "required"),
        (format!("metrics=win_ratio&{YEAR}"), "metrics", "win_rate"),
        ("metrics=win_rate&from=2017-02-30&to=2018-01-01".to_owned(), "from", "2017-02-30"),
        ("metrics=win_rate&from=2018-01-01&to=2018-01-01".to_owned(), "to", "after"),
        (format!("metrics=win_rate&{YEAR}&by=colour"), "by", "product"),
        (format!("metrics=win_rate&{YEAR}&where=product"), "where", "column:value"),
        (format!("metrics=win_rate&{YEAR}&where=colour:red"), "where", "product"),
        (format!("metrics=win_rate&{YEAR}&as_of=today"), "as_of", "YYYY-MM-DD"),
        (format!("metrics=win_rate&{YEAR}&person=x&person=y"), "person", "twice"),
        (format!("metrics=win_rate&{YEAR}&colour=red"), "colour", "metrics, from, to"),
        ("metrics=win_rate&from=0001-01-01&to=9999-01-01&by=week".to_owned(), "by", "parts"),
        (format!("metrics=win_rate&{YEAR}{}", "&where=product:x".repeat(21)), "where", "20"),
    ] {
        let problem = program.get(&format!("/kpis/query?{query}")).await.problem(422, "invalid");
        assert_eq!(problem.errors[0].field, field, "{query}");
        assert!(problem.errors[0].message.contains(words), "{query}: {}", problem.errors[0].message);
    }
    let blank = program.get(&format!("/kpis/query?metrics=deals_won&{YEAR}&where=product:")).await.assert(200);
    assert_eq!(blank.json::<Value>()["rows"][0]["value"], 1);
}
