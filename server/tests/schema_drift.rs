//! The migrations and the entities describe the same schema, and the migrations run both ways.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use migration::{Migrator, MigratorTrait as _};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Schema, Statement};

/// Columns of every table: name → (type, not null, place in the primary key).
type Tables = BTreeMap<String, BTreeMap<String, (String, bool, i32)>>;

/// Unique constraints of every table: sets of column lists, the primary key left out.
type Uniques = BTreeMap<String, BTreeSet<Vec<String>>>;

async fn rows(db: &DatabaseConnection, sql: &str) -> Vec<sea_orm::QueryResult> {
    db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap()
}

async fn table_names(db: &DatabaseConnection) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
               AND name <> 'seaql_migrations' ORDER BY name";
    rows(db, sql).await.iter().map(|r| r.try_get_by_index(0).unwrap()).collect()
}

async fn tables(db: &DatabaseConnection) -> Tables {
    let mut all = Tables::new();
    for table in table_names(db).await {
        let mut columns = BTreeMap::new();
        for r in rows(db, &format!("SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')")).await {
            let kind: String = r.try_get_by_index(1).unwrap();
            let not_null: i32 = r.try_get_by_index(2).unwrap();
            let key: i32 = r.try_get_by_index(3).unwrap();
            columns.insert(r.try_get_by_index(0).unwrap(), (kind.to_lowercase(), not_null == 1 || key > 0, key));
        }
        all.insert(table, columns);
    }
    all
}

async fn uniques(db: &DatabaseConnection) -> Uniques {
    let mut all = Uniques::new();
    for table in table_names(db).await {
        let sql = format!("SELECT name FROM pragma_index_list('{table}') WHERE \"unique\" = 1 AND origin <> 'pk'");
        let mut of_table = BTreeSet::new();
        for index in rows(db, &sql).await {
            let name: String = index.try_get_by_index(0).unwrap();
            let columns = rows(db, &format!("SELECT name FROM pragma_index_info('{name}') ORDER BY seqno")).await;
            // A part that is an expression has no name.
            let part = |r: &sea_orm::QueryResult| r.try_get_by_index::<Option<String>>(0).unwrap().unwrap_or_default();
            of_table.insert(columns.iter().map(part).collect());
        }
        all.insert(table, of_table);
    }
    all
}

#[tokio::test]
async fn migrations_and_entities_make_the_same_tables() {
    let migrated = support::connect("sqlite::memory:").await;
    Migrator::up(&migrated, None).await.unwrap();
    let synced = support::connect("sqlite::memory:").await;
    server::entity::register_all(Schema::new(DbBackend::Sqlite)).sync(&synced).await.unwrap();

    let (left, right) = (tables(&migrated).await, tables(&synced).await);
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>(), "names of tables");
    for (table, columns) in &left {
        assert_eq!(columns, &right[table], "columns of {table}: migrations left, entities right");
    }
    // What an entity declares unique must be so in the database; the other way round the migrations may say more.
    let declared = uniques(&migrated).await;
    for (table, lists) in uniques(&synced).await {
        for list in lists {
            assert!(declared[&table].contains(&list), "{table}: {list:?} is unique in the entity only");
        }
    }
}

#[tokio::test]
async fn every_tenant_table_is_led_by_the_organisation() {
    let db = support::connect("sqlite::memory:").await;
    Migrator::up(&db, None).await.unwrap();
    // Known by their own key: the organisation itself, and what belongs to a user across organisations.
    let global = ["organisation", "user_account", "session", "throttle", "reset_link"];
    for (table, columns) in tables(&db).await {
        if global.contains(&table.as_str()) {
            continue;
        }
        assert_eq!(columns.get("org_id").map(|c| c.2), Some(1), "{table}: the primary key starts with org_id");
    }
    for (table, lists) in uniques(&db).await {
        if global.contains(&table.as_str()) {
            continue;
        }
        for list in lists {
            // A token's hash is random: it is looked up before the organisation is known.
            let is_token = list.iter().any(|c| c.ends_with("token_hash"));
            assert!(is_token || list[0] == "org_id", "{table}: unique {list:?} does not start with org_id");
        }
    }
}

#[tokio::test]
async fn migrations_run_up_down_and_up_again() {
    for site in support::databases("drift").await {
        Migrator::up(&site.db, None).await.unwrap();
        Migrator::down(&site.db, None).await.unwrap();
        if site.db.get_database_backend() == DbBackend::Sqlite {
            assert_eq!(table_names(&site.db).await, Vec::<String>::new(), "down leaves nothing behind");
        }
        Migrator::up(&site.db, None).await.unwrap();
        site.drop().await;
    }
}
