//! Databases for tests: SQLite in memory, and PostgreSQL when `MAATSTAF_TEST_POSTGRES` names a server.
#![allow(dead_code, missing_docs, reason = "each test binary uses a part")]

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};

/// A database of its own for one test.
pub struct TestDb {
    pub db: DatabaseConnection,
    pub url: String,
    /// Name and server to remove it from.
    remove: Option<(String, String)>,
}

impl TestDb {
    /// Closes the database and removes it.
    pub async fn drop(self) {
        self.db.close().await.unwrap();
        if let Some((server, name)) = self.remove {
            let admin = connect(&server).await;
            admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.unwrap();
        }
    }
}

/// Opens a database as the server does; one in memory lives and dies with its only connection.
pub async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false);
    if url.contains(":memory:") {
        options.max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None);
    } else {
        options.max_connections(4);
        options.map_sqlx_postgres_opts(|o| o.options([("lock_timeout", "1000")]));
    }
    Database::connect(options).await.unwrap()
}

/// An empty database of each kind. `MAATSTAF_TEST_POSTGRES` holds the address of a server where databases may be
/// made (`postgres://user:password@127.0.0.1/postgres`).
pub async fn databases(test: &str) -> Vec<TestDb> {
    let mut all = vec![TestDb { db: connect("sqlite::memory:").await, url: "sqlite::memory:".into(), remove: None }];
    match std::env::var("MAATSTAF_TEST_POSTGRES") {
        Ok(server) => {
            let name = format!("maatstaf_{test}_{}_{}", std::process::id(), rand::random::<u32>());
            let admin = connect(&server).await;
            admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
            admin.close().await.unwrap();
            let (base, query) = server.split_once('?').map_or((server.as_str(), ""), |(b, q)| (b, q));
            let root = base.rsplit_once('/').map_or(base, |(root, _)| root);
            let url = format!("{root}/{name}{}{query}", if query.is_empty() { "" } else { "?" });
            all.push(TestDb { db: connect(&url).await, url, remove: Some((server, name)) });
        }
        Err(_) => println!("PostgreSQL left out: MAATSTAF_TEST_POSTGRES is not set"),
    }
    all
}
