//! How whole files are read: many rows of which some are bad, conditions, people by address, an import that is stopped.

use std::sync::atomic::Ordering;

use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use server::entity::{deal, import, import_rejected, person, team_membership};
use server::import::rejected::Originals;
use server::import::{Kind, Mode};

use crate::place::{DEALS, NOW, ORG, Place, SMALL, codes, counts};

/// Deals of two people, of which one in so many has a bad amount.
fn one_in(every: i64, rows: i64) -> String {
    let mut text =
        String::from("opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n");
    for i in 0..rows {
        let who = if i % 2 == 0 { "Ann" } else { "Bob" };
        let amount = if i % every == 0 { "12,5x".to_owned() } else { (i % 977).to_string() };
        text.push_str(&format!("D{i},{who},GTXPro,Acme,Won,2017-01-01,2017-03-01,\"{amount}\"\n"));
    }
    text
}

impl Place {
    async fn deals_stored(&self) -> u64 {
        deal::Entity::find().count(&self.db).await.expect("count")
    }

    /// The lines of the rejected rows that are kept with the newest import.
    async fn kept(&self) -> Vec<u64> {
        let newest: i64 = import::Entity::find()
            .select_only()
            .column(import::Column::Id)
            .order_by_desc(import::Column::Id)
            .into_tuple()
            .one(&self.db)
            .await
            .expect("query")
            .expect("an import");
        let pieces = import_rejected::Entity::find()
            .filter(import_rejected::Column::OrgId.eq(ORG))
            .filter(import_rejected::Column::ImportId.eq(newest))
            .order_by_asc(import_rejected::Column::Piece)
            .all(&self.db)
            .await
            .expect("pieces");
        let mut lines = Vec::new();
        for piece in pieces {
            let piece: Originals = serde_json::from_str(&piece.rows).expect("rows");
            assert_eq!(piece.header.len(), 8);
            for row in piece.rows {
                assert_eq!((row.code.as_str(), row.cells.get(7).map(String::as_str)), ("bad_number", Some("12,5x")));
                lines.push(row.line.expect("a line"));
            }
        }
        lines
    }
}

on_each_database!(one_bad_row_in_a_hundred_refuses_all_or_is_left_out, place => {
    let text = one_in(100, 12_000);
    let lines: Vec<u64> = (0..120).map(|i| i * 100 + 2).collect();
    let refused = place.deals(&text, |_| ()).await;
    assert_eq!((counts(&refused), refused.written), ((12_000, 0, 0, 0, 120), false));
    assert_eq!(refused.rejected.iter().filter_map(|r| r.line).collect::<Vec<_>>(), lines);
    assert!(refused.rejected.iter().all(|r| r.code == "bad_number" && r.column.as_deref() == Some("amount")));
    assert_eq!((place.deals_stored().await, person::Entity::find().count(&place.db).await.expect("count")), (0, 0));
    assert_eq!(place.kept().await, lines);
    let taken = place.deals(&text, |r| r.accept_valid = true).await;
    assert_eq!((counts(&taken), taken.written), ((12_000, 11_880, 0, 0, 120), true));
    assert_eq!((place.deals_stored().await, place.kept().await), (11_880, lines));
    let sum: Option<i64> = deal::Entity::find().select_only().column(deal::Column::AmountMicros).into_tuple::<Option<i64>>()
        .all(&place.db).await.expect("amounts").into_iter().sum();
    let expected: i64 = (0..12_000).filter(|i| i % 100 != 0).map(|i| i % 977 * 1_000_000).sum();
    assert_eq!(sum, Some(expected));
    let again = place.deals(&text, |r| r.accept_valid = true).await;
    assert_eq!(counts(&again), (12_000, 0, 0, 11_880, 120));
});

on_each_database!(every_rejected_row_is_kept_however_many_there_are, place => {
    let refused = place.deals(&one_in(1, 3_000), |_| ()).await;
    assert_eq!(refused.rejected_total, 3_000);
    assert_eq!(place.kept().await, (2..=3_001).collect::<Vec<u64>>());
});

on_each_database!(an_import_that_is_stopped_leaves_nothing, place => {
    place.deals(SMALL, |_| ()).await;
    let request = {
        let mut request = place.request(Kind::Deals, &place.file(&one_in(100, 12_000)), &format!("unknown_people = \"create\"\n{DEALS}"));
        request.accept_valid = true;
        request
    };
    let progress = std::sync::Arc::clone(&request.progress);
    // Stopped when the first rows have gone through.
    let watch = tokio::spawn(async move {
        while progress.rows.load(Ordering::Relaxed) == 0 {
            tokio::task::yield_now().await;
        }
        progress.cancel.store(true, Ordering::Relaxed);
    });
    let stopped = server::import::run(&place.db, request, NOW).await.expect("the database answers");
    watch.await.expect("watched");
    assert!(stopped.refused && !stopped.written, "{:?}", counts(&stopped));
    // Rejected rows come by their lines; what is about the whole file has none and stands first.
    assert_eq!(stopped.rejected.first().map(|r| (r.code, r.line)), Some(("cancelled", None)));
    assert_eq!((stopped.created, place.deals_stored().await), (0, 4), "what was there before");
    let states: Vec<String> = import::Entity::find().order_by_asc(import::Column::Id).all(&place.db).await.expect("imports").into_iter().map(|i| i.status).collect();
    assert_eq!(states, ["done", "cancelled"]);
    let done = place.deals(&one_in(100, 12_000), |r| r.accept_valid = true).await;
    assert_eq!((counts(&done), place.deals_stored().await), ((12_000, 11_880, 0, 0, 120), 11_884), "running it again finishes it");
});

on_each_database!(conditions_read_numbers_as_the_column_is_read, place => {
    let text = "opportunity_id;sales_agent;deal_stage;close_date;close_value\n\
        A1;Ann;Won;2017-03-01;1.054,50\nA2;Ann;Won;2017-03-01;-11.062,06\nA3;Bob;Won;2017-03-01;€ -5\nTotal;;;;-10.012,56\n";
    let columns = "[columns]\nexternal_id = \"opportunity_id\"\nperson = \"sales_agent\"\nstatus = \"deal_stage\"\nclosed_on = \"close_date\"\namount = \"close_value\"\n";
    let skip = "[[skip]]\nwhen = { column = \"opportunity_id\", equals = \"Total\" }\n[[skip]]\nwhen = { column = \"close_value\", less_than = \"0\" }\n";
    let mapping = format!("unknown_people = \"create\"\ncurrency = \"EUR\"\n{skip}{columns}");
    let report = place.run(place.request(Kind::Deals, &place.file(text), &mapping)).await;
    assert_eq!((counts(&report), report.skipped), ((4, 1, 0, 0, 0), 3), "{:?}", report.rejected);
    assert_eq!(place.deal("A1").await.amount_micros, Some(1_054_500_000));
    // What cannot be compared goes neither in nor out.
    let unclear = text.replace("€ -5", "n/a");
    let report = place.run(place.request(Kind::Deals, &place.file(&unclear), &mapping)).await;
    assert_eq!(codes(&report), [(Some(4), "not_comparable")]);
    assert_eq!(report.rejected[0].column.as_deref(), Some("close_value"));
});

on_each_database!(people_are_found_by_their_address, place => {
    const PEOPLE: &str = "[columns]\nperson = \"person\"\nemail = \"email\"\nteam = \"team\"\n";
    let people = async |text: &str, mode: Mode| {
        let mut request = place.request(Kind::People, &place.file(text), PEOPLE);
        request.mode = mode;
        place.run(request).await
    };
    people("person,email,team\nAnn,ann@example.com,Sales\nBob,shop@example.com,Sales\nCees,shop@example.com,Sales\n", Mode::Upsert).await;
    // The same address under another name is the same person, who moves and is called otherwise from now on.
    let moved = people("person,email,team\nAnn de Vries,ANN@example.com,North\n", Mode::Update).await;
    assert_eq!((counts(&moved), moved.people_created), ((1, 0, 1, 0, 0), 0), "{:?}", moved.rejected);
    let ann = person::Entity::find().filter(person::Column::Email.eq("ann@example.com")).all(&place.db).await.expect("query");
    assert_eq!(ann.iter().map(|p| (p.key.as_str(), p.name.as_str())).collect::<Vec<_>>(), [("Ann", "Ann de Vries")]);
    let places = team_membership::Entity::find().filter(team_membership::Column::PersonId.eq(ann[0].id));
    assert_eq!(places.count(&place.db).await.expect("count"), 1);
    let again = people("person,email,team\nAnn de Vries,ann@example.com,North\n", Mode::Upsert).await;
    assert_eq!(counts(&again), (1, 0, 0, 1, 0));
    // Facts name people by address, by key or by name.
    let deals = SMALL.replace("A1,Ann,", "A1,Ann@Example.com,").replace("A3,Ann,", "A3,Ann de Vries,");
    let report = place.deals(&deals, |r| r.mapping.unknown_people = Default::default()).await;
    assert_eq!(counts(&report), (4, 4, 0, 0, 0), "{:?}", report.rejected);
    assert_eq!((place.deal("A1").await.person_id, place.deal("A3").await.person_id), (Some(ann[0].id), Some(ann[0].id)));
    // An address that two have names nobody.
    let shared = place.deals(&SMALL.replace("A2,Bob,", "A2,shop@example.com,"), |r| r.mapping.unknown_people = Default::default()).await;
    assert_eq!(codes(&shared), [(Some(3), "ambiguous_person")]);
    let new = people("person,email,team\nDirk,office@example.com,Sales\nEva,office@example.com,Sales\n", Mode::Create).await;
    assert_eq!(counts(&new), (2, 2, 0, 0, 0), "an address of several names of the file is nobody's own");
});
