//! `maatstaf migrate` and `maatstaf doctor`.

use sea_orm::EntityTrait as _;
use sea_orm::PaginatorTrait as _;

use crate::config::Store;
use crate::entity::organisation;

/// Brings the schema up to date.
///
/// # Errors
/// When the database cannot be reached or a migration fails.
pub async fn migrate(store: &Store) -> anyhow::Result<u8> {
    let db = crate::db::connect(&store.database_url()?).await?;
    crate::db::migrate(&db).await?;
    println!("The schema is up to date.");
    Ok(0)
}

/// Checks the installation, line by line.
///
/// # Errors
/// When a check fails; the message says which.
pub async fn doctor(store: &Store) -> anyhow::Result<u8> {
    println!("data directory  {}", store.data_dir()?.display());
    let url = store.database_url()?;
    println!("database        {}", if url.starts_with("sqlite:") { "SQLite" } else { "PostgreSQL" });
    let db = crate::db::connect(&url).await?;
    let pending = crate::db::pending_migrations(&db).await?;
    if pending == 0 {
        println!("schema          up to date");
        println!("organisations   {}", organisation::Entity::find().count(&db).await?);
        Ok(0)
    } else {
        println!("schema          {pending} migrations to apply: run `maatstaf migrate`");
        Ok(1)
    }
}
