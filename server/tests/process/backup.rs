//! Backups through the command line: whole or not at all, from either database into either.

use sea_orm::{ConnectionTrait as _, EntityTrait as _, PaginatorTrait as _};
use server::entity::{deal, import, organisation, person, session};

use crate::machine::{Machine, cookie, open, shown};
use crate::support;

const DEALS: &str = "external_id,person,status,closed_on,amount,currency\nA1,Ann,won,2026-01-05,100,EUR\n\
                     A2,Ann,lost,2026-01-06,50,EUR\nA3,Ann,open,,70,EUR\n";

fn fill(machine: &Machine) {
    machine.write("deals.csv", DEALS);
    machine.text(&["import", "deals", "deals.csv", "--org", "shop"]);
}

/// What the program says of a quarter.
fn revenue(machine: &Machine) -> String {
    let asked = ["kpi", "revenue,win_rate", "--org", "shop", "--from", "2026-01-01", "--to", "2026-04-01", "--json"];
    machine.text(&asked)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_either_database_is_restored_into_either() {
    for from in support::databases("saved").await {
        let machine = Machine::with_shop(&from);
        fill(&machine);
        let before = revenue(&machine);
        let db = open(&machine).await;
        cookie(&db).await;
        db.close().await.unwrap();
        // While a server is at work.
        let server = machine.serve();
        machine.text(&["backup", "saved.db"]);
        let (code, said) = machine.run(&["backup", "saved.db"]);
        assert!(code == Some(2) && said.contains("is there already"), "{said}");
        drop(server);
        let file = shown(&machine.path("saved.db"));
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions());
        assert_eq!(mode & 0o077, 0, "only its owner may read it");

        for into in support::databases("restored").await {
            let other = Machine::new(&into);
            other.text(&["restore", &file]);
            assert_eq!(revenue(&other), before);
            other.text(&["verify", "--org", "shop"]);
            let db = open(&other).await;
            assert_eq!(deal::Entity::find().count(&db).await.unwrap(), 3);
            assert_eq!(session::Entity::find().count(&db).await.unwrap(), 0, "everybody signs in again");
            // It is a database like any other.
            other.write("more.csv", &DEALS.replace("A3", "A4"));
            other.text(&["import", "deals", "more.csv", "--org", "shop"]);
            assert_eq!(deal::Entity::find().count(&db).await.unwrap(), 4);
            let (code, said) = other.run(&["restore", &file]);
            assert!(code == Some(2) && said.contains("--overwrite"), "{said}");
            assert_eq!(deal::Entity::find().count(&db).await.unwrap(), 4, "it stays as it was");
            other.text(&["restore", &file, "--overwrite"]);
            assert_eq!(deal::Entity::find().count(&db).await.unwrap(), 3);
            assert_eq!(person::Entity::find().count(&db).await.unwrap(), 1);
            other.text(&["verify", "--org", "shop"]);
            db.close().await.unwrap();
            into.drop().await;
        }
        from.drop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_whole_backup_changes_nothing() {
    for test in support::databases("damaged").await {
        let machine = Machine::with_shop(&test);
        fill(&machine);
        machine.text(&["backup", "good.db"]);
        let good = std::fs::read(machine.path("good.db")).unwrap();
        machine.write("text.db", "not a database at all");
        std::fs::write(machine.path("half.db"), &good[..good.len() / 2]).unwrap();
        std::fs::write(machine.path("newer.db"), &good).unwrap();
        let changed =
            sea_orm::Database::connect(format!("sqlite://{}", shown(&machine.path("newer.db")))).await.unwrap();
        let sql = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29991231_000001_later', 0)";
        changed.execute_unprepared(sql).await.unwrap();
        changed.close().await.unwrap();
        let db = open(&machine).await;
        for (file, why) in [
            ("missing.db", "no file"),
            ("text.db", "no backup of Maatstaf"),
            ("half.db", "no backup of Maatstaf"),
            ("newer.db", "newer version"),
        ] {
            let (code, said) = machine.run(&["restore", file, "--overwrite"]);
            assert!(code == Some(2) && said.contains(why), "{file}: {said}");
            assert_eq!(deal::Entity::find().count(&db).await.unwrap(), 3, "{file}");
            assert_eq!(organisation::Entity::find().count(&db).await.unwrap(), 1, "{file}");
        }
        db.close().await.unwrap();
        test.drop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_backup_is_brought_up_to_date() {
    use migration::{Migrator, MigratorTrait as _};
    for test in support::databases("older").await {
        let machine = Machine::with_shop(&test);
        fill(&machine);
        machine.text(&["backup", "older.db"]);
        let file = format!("sqlite://{}", shown(&machine.path("older.db")));
        let older = sea_orm::Database::connect(&file).await.unwrap();
        Migrator::down(&older, Some(1)).await.unwrap();
        older.close().await.unwrap();
        let before = std::fs::read(machine.path("older.db")).unwrap();
        machine.text(&["restore", "older.db", "--overwrite"]);
        assert_eq!(std::fs::read(machine.path("older.db")).unwrap(), before, "the backup itself stays as it is");
        let db = open(&machine).await;
        assert_eq!(deal::Entity::find().count(&db).await.unwrap(), 3);
        assert_eq!(import::Entity::find().count(&db).await.unwrap(), 2);
        machine.text(&["verify", "--org", "shop"]);
        db.close().await.unwrap();
        test.drop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_says_what_is_wrong() {
    for test in support::databases("doctor").await {
        let machine = Machine::with_shop(&test);
        fill(&machine);
        let said = machine.text(&["doctor"]);
        for what in ["can be written to", "free space", "up to date", "stored sums", "not from the future", "webhooks"]
        {
            assert!(said.contains(what), "no {what}: {said}");
        }
        let db = open(&machine).await;
        db.execute_unprepared("DELETE FROM deal_rollup").await.unwrap();
        db.execute_unprepared("UPDATE audit SET at = 4000000000000").await.unwrap();
        let (code, said) = machine.run(&["doctor"]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("missing of shop") && said.contains("was the clock set back"), "{said}");
        // What it advises helps.
        machine.text(&["migrate"]);
        db.execute_unprepared("UPDATE audit SET at = 0").await.unwrap();
        machine.text(&["doctor"]);
        db.close().await.unwrap();
        test.drop().await;
    }
}
