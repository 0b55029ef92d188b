//! Rates of exchange: which ones hold for what is brought in.

use domain::{OrgId, Timestamp};
use sea_orm::{ConnectionTrait as _, EntityTrait as _};
use server::entity::{import, sales_line};
use server::import::rows::{self, Sheet};
use server::import::{Kind, Org, run};
use server::rollup::Changes;

use crate::place::{NOW, ORG, Place};

const LINE: &str = "transaction,date,quantity,unit_price,currency\nT1,2024-01-15,1,100,EUR\n";
const LINES: &str = "[columns]\ntransaction = \"transaction\"\ndate = \"date\"\nquantity = \"quantity\"\nunit_price = \"unit_price\"\ncurrency = \"currency\"";
const RATES: &str = "[columns]\ndate = \"date\"\ncurrency = \"currency\"\nrate = \"rate\"";

async fn worth(place: &Place) -> Option<i64> {
    sales_line::Entity::find().one(&place.db).await.unwrap().unwrap().reporting_micros
}

on_each_database!(a_rate_that_comes_while_an_import_waits_counts_for_it, place => {
    let org = Org { id: ORG, currency: "USD".into() };
    let txn = server::db::write_txn(&place.db).await.unwrap();
    let mut changes = Changes::begin(&txn, OrgId::new(ORG)).await.unwrap();
    let rate = vec!["2024-01-01".to_owned(), "EUR".to_owned(), "2".to_owned()];
    let sheet = Sheet { kind: Kind::Rates, columns: &["date", "currency", "rate"], rows: vec![rate] };
    assert!(rows::take(&txn, &org, &sheet, NOW).await.unwrap().written);
    let importing = {
        let (db, request) = (place.db.clone(), place.request(Kind::SalesLines, &place.file(LINE), LINES));
        tokio::spawn(async move { run(&db, request, NOW).await.unwrap() })
    };
    // It has read what it reads before it is its turn to write.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    changes.flush(&txn).await.unwrap();
    txn.commit().await.unwrap();
    assert_eq!(importing.await.unwrap().created, 1);
    assert_eq!(worth(&place).await, Some(200_000_000));
    place.verified().await;
});

on_each_database!(an_open_deal_is_worth_what_it_is_worth_on_the_day_it_is_there, place => {
    let rates = "date,currency,rate\n2023-11-14,EUR,2\n2023-11-15,EUR,3\n";
    place.run(place.request(Kind::Rates, &place.file(rates), RATES)).await;
    // Half past eleven in the evening in London is the next day in Amsterdam.
    let late = Timestamp(1_700_004_600_000);
    let text = "external_id,person,status,amount,currency\nA1,Ann,open,100,EUR\n";
    let mapping = "unknown_people = \"create\"\n[columns]\nexternal_id = \"external_id\"\nperson = \"person\"\nstatus = \"status\"\namount = \"amount\"\ncurrency = \"currency\"";
    run(&place.db, place.request(Kind::Deals, &place.file(text), mapping), late).await.unwrap();
    assert_eq!(place.deal("A1").await.reporting_micros, Some(300_000_000));
    place.verified().await;
});

on_each_database!(a_conversion_that_is_wrong_is_found, place => {
    place.run(place.request(Kind::SalesLines, &place.file(LINE), LINES)).await;
    place.run(place.request(Kind::Rates, &place.file("date,currency,rate\n2024-01-01,EUR,2\n"), RATES)).await;
    assert_eq!(worth(&place).await, Some(200_000_000));
    place.verified().await;
    place.db.execute_unprepared("UPDATE sales_line SET reporting_micros = 1").await.unwrap();
    let checks = server::verify::verify(&place.db, OrgId::new(ORG)).await.unwrap();
    let found: Vec<_> = checks.iter().flat_map(|check| &check.differences).collect();
    assert!(found.iter().any(|text| text.contains("is not what its amount is worth")), "{found:?}");
});

on_each_database!(a_file_that_is_refused_whole_stands_in_the_history, place => {
    let report = place.run(place.request(Kind::Rates, &place.file("date;currency\n"), RATES)).await;
    assert!(report.refused && !report.written);
    let row = import::Entity::find_by_id((ORG, report.import_id.unwrap())).one(&place.db).await.unwrap().unwrap();
    assert_eq!((row.status.as_str(), row.file_name.as_str()), ("failed", "file.csv"));
    let mut trial = place.request(Kind::Rates, &place.file("date;currency\n"), RATES);
    trial.dry_run = true;
    assert_eq!(place.run(trial).await.import_id, None);
    assert_eq!(import::Entity::find().all(&place.db).await.unwrap().len(), 1, "a trial is no import");
});
