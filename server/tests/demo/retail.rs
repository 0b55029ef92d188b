//! FashionFusion: what lifts a basket, what is bought together, and who comes back?

use std::collections::{BTreeMap, BTreeSet};

use domain::basket::{Baskets, Contents, LineKind, SaleLine};
use domain::before_after::{Sample, Verdict, around, compare};
use domain::metric::catalogue;
use domain::stats::Rate;
use domain::{Micros, Outcome, Period};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use server::entity::sales_line;

use super::company::{Demo, TODAY, date, day};

const SLUG: &str = "fashionfusion";
const KINDS: [LineKind; 3] = [LineKind::Sale, LineKind::Return, LineKind::Adjustment];

async fn rows(demo: &Demo) -> Vec<sales_line::Model> {
    let filter = sales_line::Column::OrgId.eq(demo.org(SLUG));
    sales_line::Entity::find().filter(filter).all(&demo.db).await.unwrap()
}

fn numbers<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, u32> {
    texts.collect::<BTreeSet<_>>().into_iter().zip(0..).collect()
}

/// Lines for the analysis, and the numbers of the categories.
fn lines(rows: &[sales_line::Model]) -> (Vec<SaleLine>, BTreeMap<&str, u32>) {
    let receipts = numbers(rows.iter().map(|r| r.receipt.as_str()));
    let customers = numbers(rows.iter().filter_map(|r| r.customer.as_deref()));
    let categories = numbers(rows.iter().filter_map(|r| r.category.as_deref()));
    let line = |r: &sales_line::Model| SaleLine {
        transaction: receipts[r.receipt.as_str()],
        date: date(r.day),
        customer: r.customer.as_deref().map(|c| customers[c]),
        category: r.category.as_deref().map(|c| categories[c]),
        quantity: Micros(r.quantity_micros),
        amount: Outcome::Value(Micros(r.reporting_micros.unwrap())),
        kind: KINDS[usize::try_from(r.kind).unwrap()],
    };
    (rows.iter().map(line).collect(), categories)
}

pub async fn accessories(demo: &Demo) {
    let rows = rows(demo).await;
    let (lines, categories) = lines(&rows);
    assert_eq!(categories.len(), 6);
    let contents = Contents::of(&lines);
    let ours = categories["Accessories"];
    // With whatever is bought, accessories are bought most often.
    for (name, category) in categories.iter().filter(|(_, c)| **c != ours) {
        let attached = contents.attached_to(*category);
        let rates: Vec<f64> = attached.iter().map(|a| a.rate.value.into_value().unwrap().to_f64()).collect();
        println!("with {name}: {rates:?}");
        assert_eq!(attached[0].category, ours, "{name}");
        assert!(rates[0] > 2.0 * rates[1], "{name}: {rates:?}");
    }
    // Baskets with them are larger, by more than the accessories themselves.
    let effect = contents.effect_of(ours);
    println!("effect of accessories: {effect:?}");
    assert!(effect.difference95.unwrap().0 > 0.0);
    let (difference, own) = (effect.difference.into_value().unwrap(), effect.own.value.into_value().unwrap());
    assert!(difference.exact > own.exact);

    // In Utrecht they stand beside the till.
    let event = demo.event(SLUG, "approach", "shop=Utrecht").await;
    let (before, after) = around(event, 5, day(TODAY)).unwrap();
    let with = |utrecht: bool, period: Period| {
        let there = |r: &&sales_line::Model| {
            r.kind == 0 && (r.shop.as_deref() == Some("Utrecht")) == utrecht && period.contains(date(r.day))
        };
        let all: BTreeSet<&str> = rows.iter().filter(there).map(|r| r.receipt.as_str()).collect();
        let is_ours = |r: &&sales_line::Model| r.category.as_deref() == Some("Accessories");
        let some: BTreeSet<&str> = rows.iter().filter(there).filter(is_ours).map(|r| r.receipt.as_str()).collect();
        Sample::Rate(Rate { k: some.len() as i64, n: all.len() as i64 })
    };
    let change = |utrecht: bool| compare(with(utrecht, after), with(utrecht, before), 5).into_value().unwrap();
    println!("Utrecht: {:?}\nothers: {:?}", change(true), change(false));
    assert_eq!(change(true).difference.verdict, Verdict::Higher);
    assert_eq!(change(false).difference.verdict, Verdict::CannotBeToldApart);
}

pub async fn loyalty(demo: &Demo) {
    let rows = rows(demo).await;
    let (lines, _) = lines(&rows);
    let baskets = Baskets::of(&lines);
    let kpi = |id: &str| catalogue::answer(id, &baskets.measures()).value.into_value().unwrap().to_f64();
    let (atv, upt, repeat) = (kpi("atv"), kpi("upt"), kpi("repeat_purchase_rate"));
    println!("ATV {atv:.2}, UPT {upt:.2}, repeat {repeat:.2}, {} customers", baskets.customers().len());
    assert!((80.0..250.0).contains(&atv) && (1.2..2.5).contains(&upt));
    assert!((0.5..0.98).contains(&repeat) && baskets.customers().len() > 200);
    assert!(baskets.lines_without_customer * 5 > baskets.lines, "many buy without a card");
    assert!(baskets.return_lines * 50 > baskets.lines && baskets.return_lines * 8 < baskets.lines);
    assert!((3..40).contains(&baskets.adjustment_lines), "{}", baskets.adjustment_lines);
    let shops: BTreeSet<&str> = rows.iter().filter_map(|r| r.shop.as_deref()).collect();
    let cut = rows.iter().filter(|r| r.kind == 0 && r.discount_micros.unwrap() > 0).count();
    assert!(shops.len() == 4 && cut * 10 > rows.len() && cut * 2 < rows.len(), "{cut} of {}", rows.len());
    assert!(rows.iter().filter(|r| r.kind == 0).all(|r| r.person_id.is_some() && r.list_micros.is_some()));
}
