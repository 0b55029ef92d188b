//! Daily results of campaigns in February 2021.

use domain::channel::{ChannelFact, ChannelKpi, Column, Totals, totals_by};
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
    let kpis = [
        ("cpl", ChannelKpi::Cpl, 2),
        ("cpc", ChannelKpi::Cpc, 2),
        // The file calls spend ÷ orders the cost of acquiring a customer.
        ("cac", ChannelKpi::CostPerOrder, 2),
        ("aov", ChannelKpi::Aov, 2),
        ("ctr", ChannelKpi::Ctr, 6),
        ("lead_conversion", ChannelKpi::LeadConversion, 6),
        ("order_conversion", ChannelKpi::OrderConversion, 6),
        ("roi", ChannelKpi::Roi, 6),
        ("roas", ChannelKpi::Roas, 6),
    ];
    for (key, kpi, decimals) in kpis {
        group.figure(key, kpi.of(totals).value, decimals);
    }
    let profit = ChannelKpi::Roi.of(totals).numerator;
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
        let empty = |kpi: ChannelKpi| {
            let of = |r: &Row| {
                let mut totals = Totals::default();
                totals.add(&r.fact);
                kpi.of(&totals).value.why()
            };
            rows.iter().filter(|r| of(r) == Some(Why::EmptyBase)).count() as i64
        };
        file.count("rows_with_zero_leads", empty(ChannelKpi::Cpl));
        file.count("rows_with_zero_spend", empty(ChannelKpi::Roi));
        file.done(&[
            ("currency", "facts come in the reporting currency"),
            ("definitions", "words"),
            ("rows", "how many lines the file has"),
        ]);
    }
}
