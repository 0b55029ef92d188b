//! Deals and people: counts, modes, credit, places in teams, files that are refused.

use std::path::Path;

use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _};
use server::entity::{audit, deal, deal_credit, import, organisation, person, team, team_membership};
use server::import::{Kind, Mode};

use crate::place::{DEALS, ORG, SMALL, codes, counts};

const PEOPLE: &str = r#"
unknown_people = "create"
[columns]
person = "sales_agent"
team = "regional_office"
manager = "manager"
"#;

on_each_database!(a_second_time_changes_nothing, place => {
    let dry = place.deals(SMALL, |r| r.dry_run = true).await;
    assert_eq!(counts(&dry), (4, 4, 0, 0, 0));
    assert_eq!(deal::Entity::find().count(&place.db).await.expect("count"), 0);
    assert_eq!(person::Entity::find().count(&place.db).await.expect("count"), 0);
    let first = place.deals(SMALL, |_| ()).await;
    assert_eq!((counts(&first), first.people_created), (counts(&dry), dry.people_created));
    let version = async || {
        let org = organisation::Entity::find_by_id(ORG).one(&place.db).await.expect("query");
        org.expect("organisation").data_version
    };
    let after_first = version().await;
    assert!(after_first > 0);
    let again = place.deals(SMALL, |_| ()).await;
    assert_eq!(counts(&again), (4, 0, 0, 4, 0));
    assert_eq!(version().await, after_first);
    let won = place.deal("A1").await;
    assert_eq!((won.status, won.amount_micros, won.reporting_micros), (1, Some(1_054_000_000), Some(1_054_000_000)));
    assert_eq!(won.product.as_deref(), Some("GTX Pro"));
    assert_eq!(audit::Entity::find().count(&place.db).await.expect("count"), 2);
    let history = import::Entity::find().all(&place.db).await.expect("imports");
    assert!(history.iter().all(|i| i.status == "done" && i.file_sha256.len() == 64 && i.rows_total == 4));
});

on_each_database!(one_bad_row_refuses_all_unless_the_valid_are_accepted, place => {
    let bad = format!("{SMALL}A5,Ann,X,Y,Won,2017-01-01,2017-03-01,\"12,5x\"\nA1,Ann,X,Y,Won,2017-01-01,2017-03-01,1\nshort,row\n");
    let refused = place.deals(&bad, |_| ()).await;
    assert_eq!(codes(&refused), [(Some(6), "bad_number"), (Some(7), "duplicate_key"), (Some(8), "ragged")]);
    assert!(refused.rejected[1].message.contains("line 2"));
    assert_eq!((refused.created, refused.written), (0, false));
    assert_eq!(deal::Entity::find().count(&place.db).await.expect("count"), 0);
    assert_eq!(person::Entity::find().count(&place.db).await.expect("count"), 0);
    let taken = place.deals(&bad, |r| r.accept_valid = true).await;
    assert_eq!(counts(&taken), (7, 4, 0, 0, 3));
    assert_eq!(deal::Entity::find().count(&place.db).await.expect("count"), 4);
    let states: Vec<String> = import::Entity::find().order_by_asc(import::Column::Id).all(&place.db).await.expect("imports").into_iter().map(|i| i.status).collect();
    assert_eq!(states, ["failed", "done"]);
});

on_each_database!(modes_keys_and_columns_that_are_not_given, place => {
    let none = place.deals(SMALL, |r| r.mode = Mode::Update).await;
    assert!(none.rejected.iter().all(|r| r.code == "not_there"));
    place.deals(SMALL, |_| ()).await;
    let twice = place.deals(SMALL, |r| r.mode = Mode::Create).await;
    assert_eq!((twice.rejected_total, twice.rejected[0].code), (4, "exists"));
    let change = SMALL.replace("2017-03-01,1054", "2017-03-02,2000");
    let changed = place.deals(&change, |r| { r.mapping.columns.remove("product"); r.mapping.columns.remove("account"); }).await;
    assert_eq!(counts(&changed), (4, 0, 1, 3, 0));
    let deal = place.deal("A1").await;
    assert_eq!((deal.amount_micros, deal.product.as_deref(), deal.account.as_deref()), (Some(2_000_000_000), Some("GTX Pro"), Some("Acme")));
});

on_each_database!(unknown_people_are_named_or_made, place => {
    let rejected = place.deals(SMALL, |r| r.mapping.unknown_people = Default::default()).await;
    assert_eq!((rejected.rejected_total, rejected.unknown_people.clone()), (4, vec!["Ann".to_owned(), "Bob".to_owned()]));
    assert!(rejected.rejected[0].message.contains("unknown_people = \"create\""));
    let made = place.deals(SMALL, |_| ()).await;
    assert_eq!(made.people_created, 2);
});

on_each_database!(credit_is_split_exactly_and_joined_again, place => {
    let split = SMALL.replace("A1,Ann,", "A1,Ann=33.3333;Bob=66.6667,");
    place.deals(&split, |_| ()).await;
    let deal = place.deal("A1").await;
    assert_eq!((deal.is_split, deal.person_id), (true, None));
    let parts = deal_credit::Entity::find().all(&place.db).await.expect("credits");
    assert_eq!(parts.iter().map(|c| c.share_micros).sum::<i64>(), 1_000_000);
    assert_eq!(parts.iter().filter_map(|c| c.amount_micros).sum::<i64>(), 1_054_000_000);
    let again = place.deals(&split, |_| ()).await;
    assert_eq!(counts(&again), (4, 0, 0, 4, 0));
    let whole = place.deals(SMALL, |_| ()).await;
    assert_eq!(counts(&whole), (4, 0, 1, 3, 0));
    assert_eq!(deal_credit::Entity::find().count(&place.db).await.expect("count"), 0);
});

on_each_database!(another_currency_is_kept_but_not_measurable, place => {
    let report = place.deals(SMALL, |r| r.mapping.currency = Some("EUR".into())).await;
    assert_eq!(report.unconverted, 2);
    let deal = place.deal("A1").await;
    assert_eq!((deal.currency.as_str(), deal.amount_micros, deal.reporting_micros), ("EUR", Some(1_054_000_000), None));
});

on_each_database!(people_hang_in_teams_under_managers, place => {
    let text = "person,team,manager,from\nAnn,Sales / North,Cees,\nBob,North,Ann,\nDirk,Sales,Cees,2020-01-01\nDirk,North,Ann,2021-01-01\n";
    let dry = place.people(text, |r| r.dry_run = true).await;
    let first = place.people(text, |_| ()).await;
    assert_eq!((counts(&dry), dry.people_created), (counts(&first), first.people_created));
    // Dirk's second row changes what his first made; Cees is made on the way.
    assert_eq!((counts(&first), first.people_created), ((4, 3, 1, 0, 0), 1));
    assert_eq!(team::Entity::find().count(&place.db).await.expect("count"), 2);
    let dirk = person::Entity::find().filter(person::Column::Key.eq("Dirk")).one(&place.db).await.expect("query").expect("Dirk");
    let memberships = team_membership::Entity::find()
        .filter(team_membership::Column::PersonId.eq(dirk.id))
        .order_by_asc(team_membership::Column::FromDay)
        .all(&place.db).await.expect("memberships");
    assert_eq!(memberships.iter().map(|m| m.to_day).collect::<Vec<_>>(), [memberships[1].from_day, None]);
    let again = place.people(text, |_| ()).await;
    assert_eq!(counts(&again), (4, 0, 0, 4, 0));
});

on_each_database!(managers_must_be_known_and_make_no_ring, place => {
    let ring = place.people("person,team,manager,from\nAnn,A,Bob,\nBob,A,Cees,\nCees,A,Ann,\n", |_| ()).await;
    assert_eq!(codes(&ring), [(Some(4), "manager_cycle")]);
    let unknown = place.people("person,team,manager,from\nAnn,A,Bob,\nBob,A,Zoë,\n", |r| r.mapping.unknown_people = Default::default()).await;
    assert_eq!(codes(&unknown), [(Some(2), "unknown_person"), (Some(3), "unknown_person")]);
    assert_eq!(person::Entity::find().count(&place.db).await.expect("count"), 0);
});

on_each_database!(whole_files_that_are_refused, place => {
    let code = async |text: &str| {
        let report = place.deals(text, |_| ()).await;
        assert!(report.refused && !report.written);
        (report.rejected[0].code, report.rejected[0].line)
    };
    assert_eq!(code("").await, ("empty_file", None));
    assert_eq!(code("A1,Ann,X,Y,Won,2017-01-01,2017-03-01,5\n").await, ("no_header", Some(1)));
    assert_eq!(code("opportunity_id,sales_agent\n1,Ann\n").await.0, "column_not_in_file");
    assert_eq!(code(&format!("{SMALL}\"open,")).await, ("open_quote", Some(6)));
    assert_eq!(code("PK\u{3}\u{4}x").await, ("bad_sheet", None));
    let nothing = place.deals(SMALL.lines().next().expect("header"), |_| ()).await;
    assert_eq!((counts(&nothing), nothing.refused), ((0, 0, 0, 0, 0), false));
    let missing = place.deals(SMALL, |r| { r.mapping.columns.remove("person"); }).await;
    assert_eq!(missing.rejected[0].code, "missing_column");
});

on_each_database!(only_own_people_for_a_manager, place => {
    place.deals(SMALL, |_| ()).await;
    let ann = person::Entity::find().filter(person::Column::Key.eq("Ann")).one(&place.db).await.expect("query").expect("Ann");
    let report = place.deals(&SMALL.replace("1054", "99"), |r| r.who.people = Some([ann.id].into())).await;
    assert_eq!(codes(&report), [(Some(3), "not_allowed"), (Some(5), "not_allowed")]);
});

on_each_database!(the_sample_sales_pipeline_goes_in_whole, place => {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/crm_maven");
    if !folder.exists() {
        println!("left out: {} is not there", folder.display());
        return;
    }
    let people = place.run(place.request(Kind::People, &folder.join("sales_teams.csv"), PEOPLE)).await;
    assert_eq!((counts(&people), people.people_created), ((35, 35, 0, 0, 0), 6));
    for (file, expected) in [("sales_pipeline.csv", (8800, 8800, 0, 0, 0)), ("variant_us_dates_sales_pipeline.csv", (8800, 0, 0, 8800, 0))] {
        let report = place.run(place.request(Kind::Deals, &folder.join(file), DEALS)).await;
        assert_eq!(counts(&report), expected, "{file}");
    }
    let won = deal::Entity::find().filter(deal::Column::Status.eq(1)).count(&place.db).await.expect("count");
    assert_eq!(won, 4238);
});
