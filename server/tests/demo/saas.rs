//! TechSolutions: what did the price change do, where does recurring revenue come from, what does a customer cost?

use std::collections::BTreeMap;

use domain::before_after::{Verdict, around};
use domain::metric::catalogue;
use domain::recurring::{
    Choices, History, MonthByMonth, Movements, PriceChange, Priced, Subscription, convert, months, price_effect,
};
use domain::{Measure, MeasureValue, MeasureValues, Micros, Period, Ratio};
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};
use server::entity::{campaign_day, measurement, subscription};
use server::import::store::rates;

use super::company::{Demo, TODAY, date, day};

const SLUG: &str = "techsolutions";

async fn rows(demo: &Demo) -> Vec<subscription::Model> {
    let filter = subscription::Column::OrgId.eq(demo.org(SLUG));
    subscription::Entity::find().filter(filter).all(&demo.db).await.unwrap()
}

/// Subscriptions in the reporting currency; plans and customers are numbered in the order of their names.
async fn subscriptions(demo: &Demo, rows: &[subscription::Model]) -> (Vec<Subscription>, BTreeMap<String, u32>) {
    let number = |texts: Vec<&str>| -> BTreeMap<String, u32> {
        let texts: std::collections::BTreeSet<&str> = texts.into_iter().collect();
        texts.into_iter().map(str::to_owned).zip(0..).collect()
    };
    let customers = number(rows.iter().map(|r| r.customer.as_str()).collect());
    let plans = number(rows.iter().filter_map(|r| r.plan.as_deref()).collect());
    let priced: Vec<Priced> = rows
        .iter()
        .map(|r| Priced {
            subscription: Subscription {
                plan: r.plan.as_ref().map(|p| plans[p]),
                end: r.end_on.map(date),
                ..Subscription::new(customers[&r.customer], date(r.start_on), Micros(r.per_year_micros))
            },
            currency: r.currency.parse().unwrap(),
        })
        .collect();
    let rates = rates::load(&demo.db, &demo.of(SLUG)).await.unwrap();
    (convert(&priced, Choices::default().exchange_rate, &rates).into_value().unwrap(), plans)
}

pub async fn price_change(demo: &Demo) {
    let rows = rows(demo).await;
    let (subscriptions, plans) = subscriptions(demo, &rows).await;
    let event = demo.event(SLUG, "price_change", "plan=Pro").await;
    assert_eq!(event, day("2025-10-01"));
    let price = |units: i64| Micros(units * 1_000_000);
    let change = PriceChange { plan: plans["Pro"], before: price(800), after: price(960) };
    let periods = around(event, 6, day(TODAY)).unwrap();
    let effect = price_effect(&subscriptions, Choices::default(), &[change], periods, 5).into_value().unwrap();
    println!("price change: {effect:?}");
    assert!(effect.touched.customers >= 15 && effect.others.customers >= 15);
    // More of the touched left than of the others, beyond chance.
    assert_eq!(effect.extra_churn.into_value().unwrap().difference.verdict, Verdict::Higher);
    // Whoever stayed pays more; together they bring less than if all had stayed.
    let each = |sum: Ratio, n: i64| sum.checked_div(Ratio::from(n)).unwrap();
    let before = each(effect.touched.base.to_ratio(), effect.touched.customers);
    let after = each(effect.touched.now.to_ratio(), effect.touched.customers - effect.touched.lost);
    let rise = after.checked_div(before).unwrap().to_f64();
    assert!((1.08..1.40).contains(&rise), "{rise}");
    assert!(effect.actual.to_ratio() < effect.expected.to_ratio());
}

pub async fn movements_and_acquisition(demo: &Demo) {
    let rows = rows(demo).await;
    assert!(rows.iter().any(|r| r.amount_micros == 0), "trials");
    assert!(rows.iter().any(|r| r.interval == "year") && rows.iter().any(|r| r.interval == "month"));
    assert!(rows.iter().filter(|r| r.currency == "USD").count() >= 3);
    let (subscriptions, _) = subscriptions(demo, &rows).await;
    let history = History::new(&subscriptions, Choices::default());
    let period = Period::new(day("2024-11-01"), day("2026-05-01")).unwrap();
    let months = history.movements(&months(period)).into_value().unwrap();
    assert_eq!(months.len(), 18);
    let count = |what: fn(&Movements) -> i64| months.iter().filter(|m| what(m) > 0).count();
    let seen = [
        count(|m| m.customers.new),
        count(|m| m.customers.expansion),
        count(|m| m.customers.contraction),
        count(|m| m.customers.churn),
        count(|m| m.customers.reactivation),
    ];
    let total = Movements::total(&months).into_value().unwrap();
    println!("months with each movement: {seen:?}; in all: {total:?}");
    assert!(seen.iter().zip([16, 16, 10, 12, 3]).all(|(n, least)| *n >= least), "{seen:?}");
    assert!(total.closing.to_ratio() > total.opening.to_ratio(), "the base grows");
    assert!((40..75).contains(&total.customers.closing), "{}", total.customers.closing);

    // The last twelve whole months: what a customer costs and is worth.
    let year = Movements::total(&months[6..]).into_value().unwrap();
    let within = |on: i64| year.period.contains(date(on));
    let filter = campaign_day::Column::OrgId.eq(demo.org(SLUG));
    let days = campaign_day::Entity::find().filter(filter).all(&demo.db).await.unwrap();
    let spend: i64 = days.iter().filter(|d| within(d.day)).filter_map(|d| d.spend_reporting_micros).sum();
    let filter = measurement::Column::OrgId.eq(demo.org(SLUG)).and(measurement::Column::Measure.eq("sales_cost"));
    let costs = measurement::Entity::find().filter(filter).all(&demo.db).await.unwrap();
    let costs: Vec<i64> = costs.iter().filter(|m| within(m.day)).map(|m| m.value_micros).collect();
    assert_eq!(costs.len(), 12, "each month has its cost of selling");
    let monthly = MonthByMonth {
        customers: months[6..].iter().map(|m| m.customers.opening).sum(),
        churned: year.customers.churn,
        ..MonthByMonth::default()
    };
    let money = |micros: i64| MeasureValue::Money(micros.into());
    let others = MeasureValues::from_iter([
        (Measure::Spend, money(spend)),
        (Measure::SalesCost, money(costs.iter().sum())),
        (Measure::NewCustomers, MeasureValue::Count(year.customers.new)),
    ]);
    let measures = year.measures().with(monthly.measures()).with(others);
    let kpi = |id: &str| catalogue::answer(id, &measures).value.into_value().unwrap().to_f64();
    let (worth, payback) = (kpi("ltv_cac"), kpi("cac_payback"));
    println!("CAC {:.0}, ARPA {:.0}, LTV:CAC {worth:.2}, payback {payback:.1} months", kpi("cac"), kpi("arpa"));
    assert!((1.5..8.0).contains(&worth), "{worth}");
    assert!((4.0..24.0).contains(&payback), "{payback}");
}
