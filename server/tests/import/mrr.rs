//! Recurring revenue is kept up to date in the transaction of the facts: imports, undo and rates.

use domain::OrgId;
use domain::recurring::Flows;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use server::entity::{import, mrr_sum};
use server::import::{Kind, Org, Report, Who, undo};
use server::mrr::{compare, unpack};
use server::rollup::EVERYBODY;

use crate::place::{NOW, ORG, Place};

const HEADER: &str = "external_id,customer,start,end,amount,interval,person,currency\n";
const RATES: &str = "date,currency,rate\n2024-01-01,EUR,1.1\n";

impl Place {
    async fn take(&self, kind: Kind, text: &str) -> Report {
        let names = text.lines().next().unwrap().split(',');
        let columns: String = names.map(|name| format!("\"{name}\" = \"{name}\"\n")).collect();
        let mapping = format!("unknown_people = \"create\"\n[columns]\n{columns}");
        let report = self.run(self.request(kind, &self.file(text), &mapping)).await;
        assert!(report.written, "{:?}", report.rejected);
        report
    }

    async fn take_back(&self, report: &Report) {
        let row = import::Entity::find_by_id((ORG, report.import_id.unwrap())).one(&self.db).await.unwrap().unwrap();
        let who = Who { user_id: None, via: "cli", people: None };
        undo(&self.db, Org { id: ORG, currency: "USD".into() }, &row, &who, NOW).await.unwrap().unwrap();
    }

    /// Units of recurring revenue a month at the end of all months, as it is stored; what is stored is what there is.
    async fn stored(&self) -> i128 {
        let (_, differences) = compare(&self.db, OrgId::new(ORG)).await.unwrap();
        assert_eq!(differences, Vec::<String>::new());
        let all = mrr_sum::Column::PersonId.eq(EVERYBODY);
        let years =
            mrr_sum::Entity::find().filter(all).filter(mrr_sum::Column::Grain.eq(2)).all(&self.db).await.unwrap();
        let sum = years.iter().fold(Flows::default(), |sum, row| sum.plus(unpack(&row.figures).unwrap(), 1));
        sum.net().per_year() / 12_000_000
    }
}

on_each_database!(stored_revenue_follows_imports_undo_and_rates, place => {
    let first = place.take(Kind::Subscriptions, &format!(
        "{HEADER}S1,Acme,2024-01-15,,50,month,Ann,USD\nS2,Bolt,2024-02-01,2024-05-01,240,year,Bob,USD\n\
         S3,Acme,2024-03-01,,10,month,Bob,USD\n"
    )).await;
    assert_eq!(place.stored().await, 60);
    let second = place.take(Kind::Subscriptions, &format!(
        "{HEADER}S1,Crane,2024-01-15,,70,month,Ann,USD\nS4,Dune,2023-11-03,,1000,year,,EUR\n"
    )).await;
    assert_eq!(place.stored().await, 80, "of Dune nothing is known");
    let rates = place.take(Kind::Rates, &RATES.replace("2024", "2023")).await;
    assert_eq!(place.stored().await, 171, "and with a rate 91.67 more");
    place.take_back(&rates).await;
    assert_eq!(place.stored().await, 80);
    place.take_back(&first).await;
    assert_eq!(place.stored().await, 70, "what was changed since stays");
    let row = mrr_sum::Entity::find().filter(mrr_sum::Column::PersonId.gt(0)).all(&place.db).await.unwrap();
    assert!(!row.is_empty(), "Ann has a sum of her own");
    place.take_back(&second).await;
    assert_eq!(place.stored().await, 0, "of what was taken back altogether nothing is left");
    let left: Vec<mrr_sum::Model> = mrr_sum::Entity::find().all(&place.db).await.unwrap();
    assert!(left.is_empty(), "{left:?}");
});
