//! `maatstaf migrate`.

use crate::config::Store;

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
