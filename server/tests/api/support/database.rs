//! A fresh, migrated database for one site.

use sea_orm::{ConnectionTrait as _, DatabaseConnection};

/// A database that goes away with the site.
#[derive(Debug)]
pub struct TestDatabase {
    pub db: DatabaseConnection,
    /// Server and name, to remove it.
    postgres: Option<(String, String)>,
}

impl TestDatabase {
    pub async fn new() -> Self {
        let made = match std::env::var("MAATSTAF_TEST_POSTGRES") {
            Ok(server) if !server.is_empty() => Self::on_postgres(server, server::db::REQUEST_PATIENCE).await,
            _ => Self { db: server::db::connect("sqlite::memory:").await.unwrap(), postgres: None },
        };
        server::db::migrate(&made.db).await.unwrap();
        made
    }

    pub async fn in_file(file: &std::path::Path, patience: std::time::Duration) -> Self {
        let db = server::db::connect_with(&format!("sqlite://{}", file.display()), patience).await.unwrap();
        server::db::migrate(&db).await.unwrap();
        Self { db, postgres: None }
    }

    /// On PostgreSQL, where there is one.
    pub async fn shared(patience: std::time::Duration) -> Option<Self> {
        let server = std::env::var("MAATSTAF_TEST_POSTGRES").ok().filter(|server| !server.is_empty())?;
        let made = Self::on_postgres(server, patience).await;
        server::db::migrate(&made.db).await.unwrap();
        Some(made)
    }

    async fn on_postgres(server: String, patience: std::time::Duration) -> Self {
        let name = format!("maatstaf_api_{}_{:08x}", std::process::id(), rand::random::<u32>());
        let admin = server::db::connect(&server).await.unwrap();
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        admin.close().await.unwrap();
        let (base, _) = server.rsplit_once('/').unwrap();
        let db = server::db::connect_with(&format!("{base}/{name}"), patience).await.unwrap();
        Self { db, postgres: Some((server, name)) }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Some((server, name)) = self.postgres.take() else { return };
        // The test's own runtime is ending: another one removes the database.
        let removal = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let admin = server::db::connect(&server).await.unwrap();
                let _ = admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
            });
        });
        let _ = removal.join();
    }
}
