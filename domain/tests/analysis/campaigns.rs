//! Daily results of campaigns in February 2021.

use domain::channel::{ChannelFact, Column, Totals, totals_by};
use domain::metric::catalogue;
use domain::{Date, Micros, Outcome, Weekday, Why};
use serde_json::Value;

use super::compare::Expected;
use super::csv_file::{Table, expected, shared};

struct Row {
    day: Date,
    campaign: String,
    category: String,
    fact: ChannelFact,
}

fn rows(path: &std::path::Path) -> Vec<Row> {
    let mut table = Table::open(path);
    let mut rows = Vec::new();
    while table.next() {
        let money = |column| Some(Outcome::Value(Micros::parse(table.get(column)).unwrap().0));
        let count = |column| Some(table.get(column).parse::<i64>().unwrap());
        rows.push(Row {
            day: table.get("C Date").parse().unwrap(),
            campaign: table.get("Campaign Name").to_owned(),
            category: table.get("Category").to_owned(),
            fact: ChannelFact {
                spend: money("Mark Spent"),
                impressions: count("Impressions"),
                clicks: count("Clicks"),
                leads: count("Leads"),
                orders: count("Orders"),
                revenue: money("Revenue"),
                ..ChannelFact::default()
            },
        });
    }
    rows
}

fn compare(at: &str, value: &Value, totals: &Totals) {
    let mut group = Expected::new(at, value);
    group.figure("spend", totals.total(Column::Spend), 2);
    group.figure("revenue", totals.total(Column::Revenue), 2);
    let counts = [
        ("impressions", Column::Impressions),
        ("clicks", Column::Clicks),
        ("leads", Column::Leads),
        ("orders", Column::Orders),
    ];
    for (key, column) in counts {
        group.figure(key, totals.total(column), 0);
    }
    let kpi = |id: &str| totals.answer(catalogue::find(id).unwrap());
    let kpis = [
        ("cpl", "cpl", 2),
        ("cpc", "cpc", 2),
        // The file calls spend ÷ orders the cost of acquiring a customer.
        ("cac", "cost_per_order", 2),
        ("aov", "aov", 2),
        ("ctr", "ctr", 6),
        ("lead_conversion", "lead_conversion", 6),
        ("order_conversion", "order_conversion", 6),
        ("roi", "roi", 6),
        ("roas", "roas", 6),
    ];
    for (key, id, decimals) in kpis {
        group.figure(key, kpi(id).value, decimals);
    }
    let profit = kpi("roi").numerator;
    group.figure("gross_profit_after_marketing", Outcome::from_option(profit, Why::NoData), 2);
    group.done(&[]);
}

#[test]
fn the_campaign_data_set() {
    let Some(shared) = shared() else { return };
    let sets = [("mkt_inr_feb2021.json", "mkt_inr_feb2021"), ("mkt_inr_feb2021.slice.json", "mkt_inr_feb2021/slice")];
    for (name, folder) in sets {
        let rows = rows(&shared.join("data").join(folder).join("Marketing.csv"));
        let json = expected(&shared, name);
        let mut file = Expected::new(name, &json);
        let total = |which: &dyn Fn(&Row) -> bool| {
            let mut totals = Totals::default();
            rows.iter().filter(|r| which(r)).for_each(|r| totals.add(&r.fact));
            totals
        };
        let weekend = |r: &Row| matches!(r.day.weekday(), Weekday::Saturday | Weekday::Sunday);
        compare("overall", file.take("overall"), &total(&|_| true));
        compare("weekend", file.take("weekend"), &total(&weekend));
        compare("weekday", file.take("weekday"), &total(&|r| !weekend(r)));
        type Key = fn(&Row) -> String;
        let groupings: [(&str, Key); 3] = [
            ("by_category", |r| r.category.clone()),
            ("by_campaign", |r| r.campaign.clone()),
            ("by_day", |r| r.day.to_string()),
        ];
        for (grouping, key) in groupings {
            let groups = totals_by(rows.iter().map(|r| (Some(key(r)), r.fact)));
            let expected: Vec<_> = file.groups(grouping).collect();
            assert_eq!(expected.len(), groups.len(), "{grouping}");
            for (key, value) in expected {
                compare(&format!("{grouping} {key}"), value, &groups[&Some(key.clone())]);
            }
        }
        let empty = |id: &str| {
            let of = |r: &Row| {
                let mut totals = Totals::default();
                totals.add(&r.fact);
                totals.answer(catalogue::find(id).unwrap()).value.why()
            };
            rows.iter().filter(|r| of(r) == Some(Why::EmptyBase)).count() as i64
        };
        file.count("rows_with_zero_leads", empty("cpl"));
        file.count("rows_with_zero_spend", empty("roi"));
        file.count_if_given("rows", rows.len() as i64);
        file.done(&[("currency", "facts come in the reporting currency"), ("definitions", "words")]);
    }
}
