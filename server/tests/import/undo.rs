//! Taking imports back.

use sea_orm::{EntityTrait as _, PaginatorTrait as _};
use server::entity::{activity, audit, deal, deal_credit, fact_change, import, organisation, person, sales_line};
use server::import::{Kind, Org, Report, Undone, Who, undo};

use crate::place::{NOW, ORG, Place, SMALL, counts};

impl Place {
    async fn undo(&self, report: &Report) -> Option<Undone> {
        let row = import::Entity::find_by_id((ORG, report.import_id.unwrap())).one(&self.db).await.unwrap().unwrap();
        let who = Who { user_id: None, via: "cli", people: None };
        undo(&self.db, Org { id: ORG, currency: "USD".into() }, &row, &who, NOW).await.unwrap()
    }

    async fn lines(&self, text: &str) -> Report {
        let mapping = "[columns]\ntransaction = \"transaction\"\ndate = \"date\"\nquantity = \"quantity\"\nunit_price = \"unit_price\"\nshop = \"shop\"";
        self.run(self.request(Kind::SalesLines, &self.file(text), mapping)).await
    }
}

async fn version(place: &Place) -> i64 {
    organisation::Entity::find_by_id(ORG).one(&place.db).await.unwrap().unwrap().data_version
}

const LINES: &str = "transaction,date,quantity,unit_price,shop\nT1,2024-01-01,1,5,North\nT2,2024-01-01,1,5,North\n";

on_each_database!(all_of_it_is_gone_when_nobody_changed_anything, place => {
    let split = SMALL.replace("A1,Ann,", "A1,Ann=40;Bob=60,");
    let report = place.deals(&split, |_| ()).await;
    let before = version(&place).await;
    let undone = place.undo(&report).await.unwrap();
    assert_eq!(undone, Undone { removed: 4, restored: 0, kept: 0, people_removed: 2 });
    assert_eq!(deal::Entity::find().count(&place.db).await.unwrap(), 0);
    assert_eq!(deal_credit::Entity::find().count(&place.db).await.unwrap(), 0);
    assert_eq!(person::Entity::find().count(&place.db).await.unwrap(), 0);
    let row = import::Entity::find_by_id((ORG, report.import_id.unwrap())).one(&place.db).await.unwrap().unwrap();
    assert_eq!(row.status, "undone");
    assert_eq!(place.undo(&report).await, None, "once only");
    let told = audit::Entity::find().all(&place.db).await.unwrap();
    assert!(told.iter().any(|a| a.action == "import.undo"));
    let after = version(&place).await;
    assert!(after > before, "pages that are open hear of it");
    let again = place.deals(&split, |_| ()).await;
    assert_eq!(counts(&again), (4, 4, 0, 0, 0));
});

on_each_database!(what_a_later_import_changed_stays_and_its_own_undo_goes_one_step_back, place => {
    let first = place.deals(SMALL, |_| ()).await;
    let second = place.deals(&SMALL.replace("2017-03-01,1054", "2017-03-01,2000").replace("A2,Bob", "A2,Ann=50;Bob=50"), |_| ()).await;
    assert_eq!(counts(&second), (4, 0, 2, 2, 0));
    assert_eq!(fact_change::Entity::find().count(&place.db).await.unwrap(), 2);
    let undone = place.undo(&first).await.unwrap();
    assert_eq!((undone.removed, undone.restored, undone.kept), (2, 0, 2));
    assert_eq!(place.deal("A1").await.amount_micros, Some(2_000_000_000));
    let undone = place.undo(&second).await.unwrap();
    assert_eq!((undone.removed, undone.restored, undone.kept), (0, 2, 0));
    let (a1, a2) = (place.deal("A1").await, place.deal("A2").await);
    assert_eq!((a1.amount_micros, a1.import_id), (Some(1_054_000_000), first.import_id));
    assert!(!a2.is_split && a2.person_id.is_some());
    assert_eq!(deal_credit::Entity::find().count(&place.db).await.unwrap(), 0);
    assert_eq!(fact_change::Entity::find().count(&place.db).await.unwrap(), 0);
});

on_each_database!(facts_of_another_kind_go_back_the_same_way, place => {
    let first = place.lines(LINES).await;
    let second = place.lines(&LINES.replace("T1,2024-01-01,1,5,North", "T1,2024-01-01,1,5,South")).await;
    assert_eq!(counts(&second), (2, 0, 1, 1, 0), "a shop can be set right by a later file");
    let undone = place.undo(&second).await.unwrap();
    assert_eq!((undone.removed, undone.restored, undone.kept), (0, 1, 0));
    let shops = sales_line::Entity::find().all(&place.db).await.unwrap();
    assert!(shops.iter().all(|l| l.shop.as_deref() == Some("North") && l.import_id == first.import_id));
    let undone = place.undo(&first).await.unwrap();
    assert_eq!((undone.removed, undone.restored), (2, 0));
    assert_eq!(sales_line::Entity::find().count(&place.db).await.unwrap(), 0);
});

on_each_database!(rates_that_go_take_their_conversions_along, place => {
    let text = "transaction,date,quantity,unit_price,currency\nT1,2024-01-15,1,100,EUR\n";
    let mapping = "[columns]\ntransaction = \"transaction\"\ndate = \"date\"\nquantity = \"quantity\"\nunit_price = \"unit_price\"\ncurrency = \"currency\"";
    place.run(place.request(Kind::SalesLines, &place.file(text), mapping)).await;
    let rates = "[columns]\ndate = \"date\"\ncurrency = \"currency\"\nrate = \"rate\"";
    let report = place.run(place.request(Kind::Rates, &place.file("date,currency,rate\n2024-01-01,EUR,2\n"), rates)).await;
    let amount = async || sales_line::Entity::find().one(&place.db).await.unwrap().unwrap().reporting_micros;
    assert_eq!(amount().await, Some(200_000_000));
    place.undo(&report).await.unwrap();
    assert_eq!(amount().await, None);
});

on_each_database!(people_who_are_still_named_stay, place => {
    let report = place.deals(SMALL, |_| ()).await;
    let mapping = "[columns]\ndate = \"date\"\nperson = \"person\"\ntype = \"type\"";
    place.run(place.request(Kind::Activities, &place.file("date,person,type\n2024-01-01,Ann,call\n"), mapping)).await;
    let undone = place.undo(&report).await.unwrap();
    assert_eq!(undone.people_removed, 1);
    assert_eq!(person::Entity::find().one(&place.db).await.unwrap().unwrap().key, "Ann");
    assert_eq!(activity::Entity::find().count(&place.db).await.unwrap(), 1);
});

on_each_database!(places_of_people_cannot_be_taken_back, place => {
    let report = place.people("person,team,manager,from\nAnn,North,,\n", |_| ()).await;
    assert_eq!(place.undo(&report).await, None);
    assert_eq!(person::Entity::find().count(&place.db).await.unwrap(), 1);
});
