//! DigitalBoost: where should budget move, and what did the new page do?

use std::collections::BTreeMap;

use domain::before_after::{Sample, Verdict, around, compare};
use domain::channel::{ChannelFact, Totals, totals_by};
use domain::metric::catalogue;
use domain::stats::Rate;
use domain::{Micros, Outcome, Period, Why};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use server::entity::campaign_day;

use super::company::{Demo, TODAY, date, day};

const SLUG: &str = "digitalboost";

async fn days(demo: &Demo) -> Vec<campaign_day::Model> {
    let filter = campaign_day::Column::OrgId.eq(demo.org(SLUG));
    campaign_day::Entity::find().filter(filter).all(&demo.db).await.unwrap()
}

fn fact(row: &campaign_day::Model) -> ChannelFact {
    let money = |micros: Option<i64>| micros.map(|m| Outcome::Value(Micros(m)));
    ChannelFact {
        spend: money(row.spend_reporting_micros),
        impressions: row.impressions,
        clicks: row.clicks,
        leads: row.leads,
        qualified_leads: row.qualified_leads,
        customers: None,
        orders: row.orders,
        revenue: money(row.revenue_reporting_micros),
    }
}

pub async fn channels(demo: &Demo) {
    let rows = days(demo).await;
    let campaigns: std::collections::BTreeSet<&str> = rows.iter().map(|r| r.campaign.as_str()).collect();
    let totals = totals_by(rows.iter().map(|r| (r.channel.clone(), fact(r))));
    assert_eq!((totals.len(), campaigns.len()), (5, 10));
    let kpi = |id: &str| -> BTreeMap<&str, Outcome<f64>> {
        let metric = catalogue::find(id).unwrap();
        let value = |t: &Totals| t.answer(metric).value.map(|f| f.to_f64());
        totals.iter().map(|(name, t)| (name.as_deref().unwrap(), value(t))).collect()
    };
    let (roi, cpl, quality) = (kpi("roi"), kpi("cpl"), kpi("qualified_share"));
    println!("ROI {roi:?}\nCPL {cpl:?}\nqualified {quality:?}");
    let value = |of: &BTreeMap<&str, Outcome<f64>>, name: &str| of[name].into_value().unwrap();
    assert!(value(&roi, "display") < -0.2, "display loses money");
    assert!(value(&roi, "search") > 1.0 && value(&roi, "e-mail") > 1.0);
    assert!((-0.2..1.0).contains(&value(&roi, "social")));
    // A lead of display is cheap, and worth little.
    assert!(value(&quality, "display") < 0.25 && value(&quality, "search") > 0.5);
    for of in [&roi, &cpl] {
        assert_eq!(of["podcast"].why(), Some(Why::Incomplete));
    }
    assert!(cpl.iter().all(|(name, v)| *name == "podcast" || (3.0..80.0).contains(&v.into_value().unwrap())));
    // The costs are missing of the last weeks only.
    let unpaid: Vec<i64> = rows.iter().filter(|r| r.spend_micros.is_none()).map(|r| r.day).collect();
    let weeks_ago = i64::from(day(TODAY).day_number()) - 28;
    assert!(unpaid.len() > 14 && unpaid.iter().all(|d| *d > weeks_ago), "{} days", unpaid.len());
}

pub async fn landing_page(demo: &Demo) {
    let event = demo.event(SLUG, "product", "attributes.landing_page=/offerte").await;
    let rows = days(demo).await;
    let (before, after) = around(event, 3, day(TODAY)).unwrap();
    let of = |touched: bool, period: Period| {
        let there = |r: &&campaign_day::Model| {
            let own: BTreeMap<String, String> = serde_json::from_str(r.attributes.as_deref().unwrap()).unwrap();
            let paid = r.channel.as_deref() == Some("search");
            paid && (own["landing_page"] == "/offerte") == touched && period.contains(date(r.day))
        };
        let sum = |r: Rate, d: &campaign_day::Model| Rate { k: r.k + d.leads.unwrap(), n: r.n + d.clicks.unwrap() };
        Sample::Rate(rows.iter().filter(there).fold(Rate { k: 0, n: 0 }, sum))
    };
    let verdict = |touched: bool| {
        let change = compare(of(touched, after), of(touched, before), 5).into_value().unwrap();
        println!("landing page, touched {touched}: {change:?}");
        change.difference.verdict
    };
    assert_eq!((verdict(true), verdict(false)), (Verdict::Higher, Verdict::CannotBeToldApart));
}
