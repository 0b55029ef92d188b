//! Taking imports back.

use domain::OrgId;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _, QueryOrder as _};
use server::entity::{
    activity, audit, deal, deal_credit, fact_change, import, organisation, person, sales_line, team_membership,
};
use server::import::{Kind, Org, Report, Undone, Who, undo};
use server::query::deal::{Written, save};
use server::rollup::Changes;

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
    assert_eq!(undone, Undone { removed: 4, restored: 0, kept: 0, people_removed: 2, people_kept: 0 });
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

/// [`SMALL`], of which the first deal has another amount and the second is split.
fn changed() -> String {
    SMALL.replace("2017-03-01,1054", "2017-03-01,2000").replace("A2,Bob", "A2,Ann=50;Bob=50")
}

on_each_database!(imports_are_taken_back_in_the_order_in_which_they_came, place => {
    let first = place.deals(SMALL, |_| ()).await;
    let second = place.deals(&changed(), |_| ()).await;
    assert_eq!(counts(&second), (4, 0, 2, 2, 0));
    let undone = place.undo(&first).await.unwrap();
    assert_eq!((undone.removed, undone.restored, undone.kept), (2, 0, 2));
    assert_eq!(place.deal("A1").await.amount_micros, Some(2_000_000_000), "what the later one changed stays");
    assert_eq!(undone.people_removed, 0, "and so do the people whom it names");
    let undone = place.undo(&second).await.unwrap();
    assert_eq!((undone.removed, undone.restored, undone.kept), (2, 0, 0));
    assert_eq!(deal::Entity::find().count(&place.db).await.unwrap(), 0, "nothing is left of either");
    assert_eq!(deal_credit::Entity::find().count(&place.db).await.unwrap(), 0);
    assert_eq!(person::Entity::find().count(&place.db).await.unwrap(), 0);
    place.verified().await;
});

on_each_database!(and_in_the_opposite_order, place => {
    let first = place.deals(SMALL, |_| ()).await;
    let second = place.deals(&changed(), |_| ()).await;
    let undone = place.undo(&second).await.unwrap();
    assert_eq!((undone.removed, undone.restored, undone.kept), (0, 2, 0));
    let (a1, a2) = (place.deal("A1").await, place.deal("A2").await);
    assert_eq!((a1.amount_micros, a1.import_id), (Some(1_054_000_000), first.import_id));
    assert!(!a2.is_split && a2.person_id.is_some());
    assert_eq!(deal_credit::Entity::find().count(&place.db).await.unwrap(), 0);
    // The history tells of both: of the import, and that it was taken back.
    let told = fact_change::Entity::find().order_by_asc(fact_change::Column::Id).all(&place.db).await.unwrap();
    let of_a1: Vec<_> = told.iter().filter(|change| change.fact_id == a1.id).collect();
    let amounts: Vec<_> = of_a1.iter().map(|change| (change.import_id, amount_in(&change.before))).collect();
    assert_eq!(amounts, [(second.import_id, 1_054_000_000), (None, 2_000_000_000)]);
    let undone = place.undo(&first).await.unwrap();
    assert_eq!((undone.removed, undone.restored), (4, 0));
    assert_eq!(deal::Entity::find().count(&place.db).await.unwrap(), 0);
    place.verified().await;
});

fn amount_in(before: &str) -> i64 {
    let before: serde_json::Value = serde_json::from_str(before).unwrap();
    before["deal"]["amount_micros"].as_i64().unwrap()
}

on_each_database!(what_was_there_before_all_imports_comes_back_however_they_are_taken_back, place => {
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0], [0, 2, 1], [2, 0, 1]] {
        let name = format!("O{order:?}").replace(", ", "");
        let of = |amount: &str| SMALL.replace("A1,", &format!("{name},")).replace("1054", amount);
        let base = place.deals(&of("1"), |_| ()).await;
        // Corrected by hand, so that it stays whatever becomes of the file that brought it.
        let mut row = place.deal(&name).await.into_active_model();
        (row.amount_micros, row.import_id) = (Set(Some(7)), Set(None));
        row.update(&place.db).await.unwrap();
        let mut imports = Vec::new();
        for amount in ["2", "3", "4"] {
            imports.push(place.deals(&of(amount), |_| ()).await);
        }
        for at in order {
            place.undo(&imports[at]).await.unwrap();
        }
        assert_eq!(place.deal(&name).await.amount_micros, Some(7), "{order:?}");
        place.undo(&base).await.unwrap();
        assert_eq!(place.deal(&name).await.amount_micros, Some(7), "{order:?}");
    }
});

on_each_database!(thousands_of_deals_go_and_those_corrected_since_stay, place => {
    let file = |amount: u32| {
        let rows = (0..6_000).map(|n| format!("D{n},P{},GTXPro,Acct{},Won,2017-01-01,2017-03-{:02},{amount}\n", n % 7, n % 50, 1 + n % 28));
        std::iter::once("opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n".to_owned()).chain(rows).collect::<String>()
    };
    let first = place.deals(&file(100), |_| ()).await;
    let second = place.deals(&file(200), |_| ()).await;
    assert_eq!(counts(&second), (6_000, 0, 6_000, 0, 0));
    let id = |n: u32| format!("D{n}");
    for n in 0..40 {
        // By the one way by which deals are written, as a correction on their page is.
        let txn = server::db::write_txn(&place.db).await.unwrap();
        let mut changes = Changes::begin(&txn, OrgId::new(ORG)).await.unwrap();
        let before = place.deal_in(&txn, &id(n * 100)).await;
        let after = deal::Model { amount_micros: Some(5), reporting_micros: Some(5), import_id: None, ..before.clone() };
        save(&txn, &mut changes, vec![Written { before: Some(before), after, credits: Vec::new() }]).await.unwrap();
        changes.flush(&txn).await.unwrap();
        txn.commit().await.unwrap();
    }
    let undone = place.undo(&second).await.unwrap();
    assert_eq!((undone.removed, undone.restored, undone.kept), (0, 5_960, 40));
    assert_eq!(place.deal(&id(1)).await.amount_micros, Some(100_000_000));
    assert_eq!(place.deal(&id(0)).await.amount_micros, Some(5));
    place.verified().await;
    let undone = place.undo(&first).await.unwrap();
    assert_eq!((undone.removed, undone.restored, undone.kept), (5_960, 0, 40));
    assert_eq!(undone.people_kept, 7 - undone.people_removed, "whom a corrected deal names stays");
    assert_eq!(deal::Entity::find().count(&place.db).await.unwrap(), 40);
    place.verified().await;
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

on_each_database!(people_and_their_places_go_as_they_came, place => {
    let first = place.people("person,team,manager,from\nAnn,North,,2020-01-01\nBob,North,Ann,2020-01-01\n", |_| ()).await;
    let second = place.people("person,team,manager,from\nBob,South,Ann,2021-01-01\nCat,South,Bob,2021-01-01\n", |_| ()).await;
    assert_eq!(counts(&second).1 + counts(&second).2, 2);
    let places = async || {
        let all = team_membership::Entity::find().order_by_asc(team_membership::Column::FromDay).all(&place.db).await.unwrap();
        all.into_iter().map(|m| (m.person_id, m.from_day, m.to_day)).collect::<Vec<_>>()
    };
    assert_eq!(places().await.len(), 4);
    assert!(places().await.iter().any(|(_, _, to)| to.is_some()), "Bob's first place ends where his second begins");
    let undone = place.undo(&second).await.unwrap();
    assert_eq!((undone.removed, undone.restored, undone.people_removed, undone.people_kept), (2, 1, 1, 0));
    assert_eq!(places().await.len(), 2);
    assert!(places().await.iter().all(|(_, _, to)| to.is_none()), "and is open again");
    let undone = place.undo(&first).await.unwrap();
    assert_eq!((undone.removed, undone.people_removed), (2, 2));
    assert_eq!(person::Entity::find().count(&place.db).await.unwrap(), 0);
    // In the order in which they came nothing is left either.
    let first = place.people("person,team,manager,from\nBob,North,,2020-01-01\n", |_| ()).await;
    let second = place.people("person,team,manager,from\nBob,South,,2020-01-01\n", |_| ()).await;
    assert_eq!(counts(&second), (1, 0, 1, 0, 0));
    place.undo(&first).await.unwrap();
    assert_eq!(places().await.len(), 1, "the later one changed his place, and it stays");
    place.undo(&second).await.unwrap();
    assert_eq!(places().await, []);
    assert_eq!(person::Entity::find().count(&place.db).await.unwrap(), 0);
});

on_each_database!(people_whom_facts_name_stay_and_it_is_said, place => {
    let people = place.people("person,team,manager,from\nAnn,North,,\nBob,North,,\n", |_| ()).await;
    let mapping = "[columns]\ndate = \"date\"\nperson = \"person\"\ntype = \"type\"";
    let facts = place.run(place.request(Kind::Activities, &place.file("date,person,type\n2024-01-01,Ann,call\n"), mapping)).await;
    let undone = place.undo(&people).await.unwrap();
    assert_eq!((undone.people_removed, undone.people_kept), (1, 1));
    assert_eq!(person::Entity::find().one(&place.db).await.unwrap().unwrap().key, "Ann");
    let row = import::Entity::find_by_id((ORG, people.import_id.unwrap())).one(&place.db).await.unwrap().unwrap();
    assert!(row.report.contains("\"people_kept\":1"), "{}", row.report);
    // Once nothing names her any more she goes too.
    assert_eq!(place.undo(&facts).await.unwrap().people_removed, 1);
    assert_eq!(person::Entity::find().count(&place.db).await.unwrap(), 0);
});
