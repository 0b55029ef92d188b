//! Each kind of fact beside deals, with the smallest company that shows its rules.

use domain::metric::catalogue;
use domain::{OrgId, PersonId};
use sea_orm::EntityTrait as _;
use server::authz::Reach;
use server::entity::{campaign_day, deal, lead, sales_line, satisfaction};
use server::kpi::{Dimension, Filter, KpiQuery, TextColumn, Viewer, Who, ask};

use super::company::{Company, Deal, ORG, day, lines, metrics, organisation, period};
use super::facts::{self, activity, add, answer, sale, text, units};
use super::support;

pub fn by(names: &str) -> Vec<Dimension> {
    names.split(',').filter(|n| !n.is_empty()).map(|n| Dimension::from_name(n).unwrap()).collect()
}

/// The answer to a question about 2017.
pub async fn asked(c: &Company, ids: &str, names: &str) -> Vec<String> {
    let mut q = KpiQuery::new(metrics(ids), period("2017-01-01", "2018-01-01"));
    q.by = by(names);
    lines(&c.ask(&q).await)
}

pub async fn filtered(c: &Company, ids: &str, column: &str, value: Option<&str>) -> Vec<String> {
    let mut q = KpiQuery::new(metrics(ids), period("2017-01-01", "2018-01-01"));
    q.filters = vec![Filter::new(TextColumn::from_name(column).unwrap(), value.map(str::to_owned))];
    lines(&c.ask(&q).await)
}

async fn of(c: &Company, who: Who, ids: &str) -> Vec<String> {
    let mut q = KpiQuery::new(metrics(ids), period("2017-01-01", "2018-01-01"));
    q.who = who;
    lines(&c.ask(&q).await)
}

/// Ann in East until the end of June 2017, then in West; Bob in East.
pub async fn sellers(c: &mut Company) -> (i64, i64) {
    c.team("East", None).await;
    c.team("West", None).await;
    let (ann, bob) = (c.person("Ann").await, c.person("Bob").await);
    c.place("Ann", Some("East"), Some("Bob"), None, Some("2017-07-01")).await;
    c.place("Ann", Some("West"), None, Some("2017-07-01"), None).await;
    c.place("Bob", Some("East"), None, None, None).await;
    (ann, bob)
}

#[tokio::test]
async fn without_facts_there_is_no_data_and_no_zero() {
    for db in support::databases("nothing").await {
        let c = Company::new(&db.db, "USD").await;
        // Facts of another organisation say nothing.
        organisation(&db.db, 2, "retail", "USD").await;
        add(&db.db, vec![sales_line::Model { org_id: 2, ..sale("1", "2017-01-01", Some("x"), 1) }]).await;
        add(
            &db.db,
            vec![facts::subscription("x", "2017-01-01", 1)]
                .into_iter()
                .map(|s| server::entity::subscription::Model { org_id: 2, ..s })
                .collect(),
        )
        .await;
        add(&db.db, vec![lead::Model { org_id: 2, ..facts::lead("2017-01-01") }]).await;
        let q = KpiQuery::new(catalogue::all().iter().collect(), period("2017-01-01", "2018-01-01"));
        let rows = c.ask(&q).await;
        assert_eq!(rows.len(), catalogue::all().len());
        for row in rows {
            let why = row.answer.value.why().map(|w| w.code());
            let facts = catalogue::find(row.metric.id()).unwrap().facts();
            let is_of_deals = facts.iter().all(|f| *f == domain::metric::FactKind::Deals);
            let expected = match row.metric.id() {
                "revenue_per_person" => Some("empty_base"),
                // Nothing sold is known, what it cost is not.
                "gross_margin" => Some("incomplete"),
                _ if is_of_deals => why.filter(|w| *w == "empty_base"),
                _ => Some("no_data"),
            };
            assert_eq!(why, expected, "{}", row.metric.id());
        }
        db.drop().await;
    }
}

#[tokio::test]
async fn a_channel_without_spend_makes_what_rests_on_spend_incomplete() {
    for db in support::databases("campaigns").await {
        let mut c = Company::of(&db.db, "agency", "USD").await;
        let (ann, _) = sellers(&mut c).await;
        let paid = |on: &str, channel: &str, spend: i64, clicks: i64, leads: i64| campaign_day::Model {
            spend_micros: units(spend),
            spend_reporting_micros: units(spend),
            impressions: Some(clicks * 100),
            clicks: Some(clicks),
            leads: Some(leads),
            ..facts::campaign_day(on, Some(channel))
        };
        let free = campaign_day::Model { leads: Some(7), ..facts::campaign_day("2017-02-01", Some("seo")) };
        add(&db.db, vec![paid("2017-01-31", "ads", 60, 40, 2), paid("2017-02-01", "ads", 40, 60, 3)]).await;
        assert_eq!(
            asked(&c, "spend,leads,cpl,cpc,ctr,lead_conversion,roi,aov,lead_to_customer", "").await,
            [
                "spend| = 100.00",
                "leads| = 5",
                "cpl| = 20.00",
                "cpc| = 1.00",
                "ctr| = 0.010000",
                "lead_conversion| = 0.050000",
                "roi| = (no_data)",
                "aov| = (no_data)",
                "lead_to_customer| = (no_data)",
            ]
        );
        assert_eq!(asked(&c, "cpl", "month").await, ["cpl|2017-01 = 30.00", "cpl|2017-02 = 13.33"]);
        add(&db.db, vec![free]).await;
        assert_eq!(asked(&c, "leads,cpl", "").await, ["leads| = 12", "cpl| = (incomplete)"]);
        assert_eq!(
            asked(&c, "spend,cpl", "channel").await,
            ["spend|ads = 100.00", "cpl|ads = 20.00", "spend|seo = (incomplete)", "cpl|seo = (incomplete)"]
        );
        assert_eq!(filtered(&c, "cpl", "channel", Some("ads")).await, ["cpl| = 20.00"]);
        assert_eq!(filtered(&c, "cpl", "channel", Some("radio")).await, ["cpl| = (no_data)"]);
        // Revenue as the template chooses it; in a foreign currency without a rate it is not known.
        let earned = |reporting| campaign_day::Model {
            revenue_micros: units(300),
            revenue_reporting_micros: reporting,
            currency: if reporting.is_some() { "USD" } else { "GBP" }.into(),
            spend_micros: units(200),
            spend_reporting_micros: reporting.map(|_| 200_000_000),
            ..facts::campaign_day("2017-03-01", Some("fair"))
        };
        add(&db.db, vec![earned(units(300))]).await;
        assert_eq!(
            filtered(&c, "revenue,roi,roas", "channel", Some("fair")).await,
            ["revenue| = 300.00", "roi| = 0.500000", "roas| = 1.500000"]
        );
        add(&db.db, vec![earned(None)]).await;
        let row = c.ask(&KpiQuery::new(metrics("revenue"), period("2017-03-01", "2017-04-01"))).await.remove(0);
        let missing = domain::Why::MissingRate { currency: domain::Currency::GBP, date: day("2017-03-01") };
        assert_eq!(row.answer.value.why(), Some(missing));
        // Results of campaigns are nobody's: they are the organisation's only.
        assert_eq!(
            of(&c, Who::person(PersonId::new(ann)), "spend,cpl").await,
            ["spend| = (no_data)", "cpl| = (no_data)"]
        );
        assert_eq!(of(&c, c.who_team("East"), "spend").await, ["spend| = (no_data)"]);
        db.drop().await;
    }
}

#[tokio::test]
async fn leads_are_counted_in_records_or_in_campaigns_and_never_in_both() {
    for db in support::databases("leads").await {
        let mut c = Company::new(&db.db, "USD").await;
        let (ann, bob) = sellers(&mut c).await;
        let spent = campaign_day::Model {
            spend_micros: units(90),
            spend_reporting_micros: units(90),
            leads: Some(50),
            ..facts::campaign_day("2017-05-01", Some("ads"))
        };
        add(&db.db, vec![spent]).await;
        assert_eq!(asked(&c, "leads,cpl", "").await, ["leads| = 50", "cpl| = 1.80"]);
        let closed = Some(day("2017-09-01").day_number());
        c.deals(&[
            Deal { person: Some(ann), status: 1, closed, amount: Some(5), ..Deal::default() },
            Deal { person: Some(ann), status: 2, closed, amount: Some(5), ..Deal::default() },
        ])
        .await;
        let mut keys: Vec<deal::Model> = deal::Entity::find().all(&c.db).await.unwrap();
        keys.sort_by_key(|d| d.status);
        let of = |on: &str, person: i64, qualified, deal: Option<&deal::Model>| lead::Model {
            person_id: Some(person),
            channel: text("ads"),
            qualified,
            deal: deal.map(|d| d.external_id.clone()),
            ..facts::lead(on)
        };
        add(
            &db.db,
            vec![
                of("2017-06-30", ann, Some(1), Some(&keys[0])),
                of("2017-07-01", ann, Some(0), Some(&keys[1])),
                of("2017-05-05", bob, None, None),
            ],
        )
        .await;
        let ids = "leads,qualified_share,lead_to_customer,cpl";
        assert_eq!(
            asked(&c, ids, "").await,
            ["leads| = 3", "qualified_share| = 0.333333", "lead_to_customer| = 0.333333", "cpl| = 30.00"]
        );
        assert_eq!(
            asked(&c, "leads,lead_to_customer", "team").await,
            [
                "leads|East = 2",
                "lead_to_customer|East = 0.500000",
                "leads|West = 1",
                "lead_to_customer|West = 0.000000",
            ]
        );
        let rep = Viewer {
            org: OrgId::new(ORG),
            reach: Reach::Limited {
                people: [PersonId::new(bob)].into(),
                teams: Default::default(),
                totals: Default::default(),
            },
            today: day("2026-01-01"),
        };
        let q = KpiQuery::new(metrics("leads,qualified_share,cpl"), period("2017-01-01", "2018-01-01"));
        let own = lines(&ask(&c.db, &c.frame().await, &rep, &q).await.unwrap());
        // Nobody said whether Bob's lead is worth pursuing; spend is the organisation's.
        assert_eq!(own, ["leads| = 1", "qualified_share| = (no_data)", "cpl| = (incomplete)"]);
        add(&db.db, vec![lead::Model { channel: text("fair"), ..facts::lead("2017-05-05") }]).await;
        assert_eq!(asked(&c, "leads,cpl", "").await, ["leads| = 4", "cpl| = (incomplete)"]);
        assert_eq!(asked(&c, "cpl", "channel").await, ["cpl|ads = 30.00", "cpl|fair = (incomplete)"]);
        db.drop().await;
    }
}

#[tokio::test]
async fn what_is_in_a_basket_and_who_comes_back() {
    for db in support::databases("sales").await {
        let mut c = Company::of(&db.db, "retail", "USD").await;
        let (ann, bob) = sellers(&mut c).await;
        let line =
            |receipt: &str, on: &str, customer: Option<&str>, amount, person: i64, category: &str| sales_line::Model {
                person_id: Some(person),
                category: text(category),
                ..sale(receipt, on, customer, amount)
            };
        let listed = sales_line::Model {
            list_micros: units(20),
            list_reporting_micros: units(20),
            discount_micros: units(5),
            discount_reporting_micros: units(5),
            ..line("1", "2017-05-01", Some("x"), 15, ann, "shoes")
        };
        add(
            &db.db,
            vec![
                line("0", "2016-12-31", Some("y"), 1, ann, "shoes"),
                listed,
                line("1", "2017-05-01", Some("x"), 5, ann, "socks"),
                line("2", "2017-07-01", Some("x"), 30, ann, "shoes"),
                line("3", "2017-07-02", Some("y"), 10, bob, "socks"),
                line("4", "2017-07-03", None, 40, bob, "socks"),
                sales_line::Model { kind: 1, ..line("5", "2017-07-04", Some("z"), -20, bob, "shoes") },
                sales_line::Model { kind: 1, ..line("6", "2017-07-04", Some("z"), 5, bob, "shoes") },
                sales_line::Model { kind: 2, ..line("7", "2017-07-04", Some("w"), -999, bob, "shoes") },
            ],
        )
        .await;
        let ids = "revenue,atv,upt,avg_unit_price,repeat_purchase_rate,returning_customer_rate,repurchase_retention,\
                   return_rate,sales_discount_share";
        let q = KpiQuery::new(metrics(ids), period("2017-01-01", "2018-01-01"));
        let rows = c.ask(&q).await;
        assert_eq!(
            lines(&rows),
            [
                "revenue| = 100.00",
                "atv| = 25.00",
                "upt| = 1.250000",
                "avg_unit_price| = 20.00",
                "repeat_purchase_rate| = 0.500000",
                "returning_customer_rate| = 0.500000",
                "repurchase_retention| = 1.000000",
                "return_rate| = 0.250000",
                "sales_discount_share| = 0.250000",
            ]
        );
        let n: Vec<Option<i64>> = rows.iter().map(|r| r.answer.n).collect();
        assert_eq!(n[..6], [Some(4), Some(4), Some(4), Some(4), Some(2), Some(2)]);
        // One transaction holds two categories; transactions do not add up over them.
        assert_eq!(asked(&c, "atv", "category").await, ["atv|shoes = 22.50", "atv|socks = 18.33"]);
        assert_eq!(
            asked(&c, "revenue", "team,person").await,
            ["revenue|East|Ann = 20.00", "revenue|East|Bob = 50.00", "revenue|West|Ann = 30.00"]
        );
        assert_eq!(
            asked(&c, "returning_customer_rate,repurchase_retention", "quarter").await,
            [
                "returning_customer_rate|2017Q1 = (empty_base)",
                "repurchase_retention|2017Q1 = 0.000000",
                "returning_customer_rate|2017Q2 = 0.000000",
                "repurchase_retention|2017Q2 = (empty_base)",
                "returning_customer_rate|2017Q3 = 1.000000",
                "repurchase_retention|2017Q3 = 1.000000",
                "returning_customer_rate|2017Q4 = (empty_base)",
                "repurchase_retention|2017Q4 = 0.000000",
            ]
        );
        assert_eq!(of(&c, c.who_team("East"), "revenue,atv").await, ["revenue| = 70.00", "atv| = 23.33"]);
        assert_eq!(asked(&c, "attach_rate", "").await, ["attach_rate| = (needs_pair)"]);
        assert_eq!(asked(&c, "deals_revenue", "").await, ["deals_revenue| = 0.00"]);
        add(
            &db.db,
            vec![sales_line::Model { reporting_micros: None, ..line("8", "2017-12-01", None, 9, bob, "hats") }],
        )
        .await;
        assert_eq!(
            asked(&c, "revenue,upt", "category").await,
            [
                "revenue|hats = (missing_rate)",
                "upt|hats = 1.000000",
                "revenue|shoes = 45.00",
                "upt|shoes = 1.000000",
                "revenue|socks = 55.00",
                "upt|socks = 1.000000",
            ]
        );
        db.drop().await;
    }
}

#[tokio::test]
async fn what_people_did_and_what_customers_said() {
    for db in support::databases("doing").await {
        let mut c = Company::new(&db.db, "USD").await;
        let (ann, bob) = sellers(&mut c).await;
        add(
            &db.db,
            vec![
                activity("2017-06-30", Some(ann), "call", 3),
                activity("2017-07-01", Some(ann), "call", 4),
                activity("2017-07-01", Some(bob), "meeting", 2),
                activity("2017-07-01", None, "e-mail", 10),
                activity("2018-01-01", Some(bob), "call", 99),
            ],
        )
        .await;
        assert_eq!(
            asked(&c, "activities,activities_call,activities_demo", "").await,
            ["activities| = 19", "activities_call| = 7", "activities_demo| = 0"]
        );
        assert_eq!(
            asked(&c, "activities", "team").await,
            ["activities|East = 5", "activities|West = 4", "activities|- = 10"]
        );
        assert_eq!(
            asked(&c, "activities", "type").await,
            ["activities|call = 7", "activities|e-mail = 10", "activities|meeting = 2"]
        );
        assert_eq!(
            asked(&c, "activities_call", "person").await,
            ["activities_call|Ann = 7", "activities_call|Bob = 0"]
        );
        let of = |person: i64, scale: &str, score: i64| satisfaction::Model {
            person_id: Some(person),
            ..answer("2017-03-01", scale, score)
        };
        let scores = [("csat", 4_500_000), ("csat", 3_000_000), ("nps", 9_000_000), ("nps", 6_000_000)];
        add(&db.db, scores.map(|(scale, score)| of(ann, scale, score)).into()).await;
        add(&db.db, vec![of(bob, "nps", 10_000_000), of(bob, "nps", 8_999_999)]).await;
        assert_eq!(asked(&c, "csat,nps", "").await, ["csat| = 3.750000", "nps| = 25.000000"]);
        assert_eq!(
            asked(&c, "csat,nps", "person").await,
            ["csat|Ann = 3.750000", "nps|Ann = 0.000000", "csat|Bob = (empty_base)", "nps|Bob = 50.000000"]
        );
        // People of teams in the period; nobody else works there.
        c.person("Cas").await;
        let ids = "revenue_per_person,won_per_activity";
        let closed = Some(day("2017-09-01").day_number());
        c.deals(&[Deal { person: Some(ann), status: 1, closed, amount: Some(38), ..Deal::default() }]).await;
        assert_eq!(asked(&c, ids, "").await, ["revenue_per_person| = 19.00", "won_per_activity| = 0.052632"]);
        assert_eq!(asked(&c, "revenue_per_person", "team").await, ["revenue_per_person|West = 38.00"]);
        db.drop().await;
    }
}

#[tokio::test]
async fn columns_of_the_organisations_own_break_down_and_filter() {
    for db in support::databases("attributes").await {
        let mut c = Company::new(&db.db, "USD").await;
        let (ann, _) = sellers(&mut c).await;
        let odd = "it's a $.x ? $1";
        let json = |value: &str| Some(serde_json::json!({ odd: value, "other": "o" }).to_string());
        let won = |attributes| Deal {
            person: Some(ann),
            status: 1,
            closed: Some(day("2017-03-01").day_number()),
            amount: Some(5),
            attributes,
            ..Deal::default()
        };
        c.deals(&[won(json("A")), won(json("A")), won(json("B")), won(None)]).await;
        let name = format!("attributes.{odd}");
        assert_eq!(asked(&c, "revenue", &name).await, ["revenue|A = 10.00", "revenue|B = 5.00", "revenue|- = 5.00"]);
        assert_eq!(filtered(&c, "revenue", &name, Some("A")).await, ["revenue| = 10.00"]);
        assert_eq!(filtered(&c, "revenue", &name, Some("' OR 1=1")).await, ["revenue| = 0.00"]);
        assert_eq!(filtered(&c, "revenue", &name, None).await, ["revenue| = 5.00"]);
        add(&db.db, vec![lead::Model { attributes: json("A"), ..facts::lead("2017-03-01") }]).await;
        assert_eq!(asked(&c, "leads", &name).await, ["leads|A = 1"]);
        // A column that a kind of fact lacks is blank.
        assert_eq!(asked(&c, "leads", "shop").await, ["leads|- = 1"]);
        assert_eq!(filtered(&c, "leads", "shop", Some("x")).await, ["leads| = 0"]);
        // Groups of one kind of fact are not those of another.
        assert_eq!(
            asked(&c, "leads,revenue", "attributes.other").await,
            ["leads|o = 1", "revenue|o = 15.00", "revenue|- = 5.00"]
        );
        db.drop().await;
    }
}
