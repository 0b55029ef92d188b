//! `maatstaf backup` and `maatstaf restore`.

use std::path::PathBuf;

use clap::Args;

use super::Operator;
use crate::backup;
use crate::config::Store;

/// Write everything into one file; the server may go on meanwhile.
#[derive(Debug, Args)]
pub struct Backup {
    /// The file to write; it must not be there yet.
    file: PathBuf,
}

/// Put a backup into the database.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup.
    file: PathBuf,
    /// Replace what the database holds.
    #[arg(long)]
    overwrite: bool,
}

/// Writes a backup.
///
/// # Errors
/// When the file cannot be written, or the database refuses.
pub async fn backup(operator: &Operator, options: Backup) -> anyhow::Result<u8> {
    backup::back_up(&operator.db, &options.file).await?;
    println!("{}: {} bytes", options.file.display(), std::fs::metadata(&options.file)?.len());
    Ok(0)
}

/// Puts a backup into the database, which is left as it is if anything goes wrong.
///
/// # Errors
/// When the file is no whole backup, or the database refuses or holds something.
pub async fn restore(operator: &Operator, store: &Store, options: Restore) -> anyhow::Result<u8> {
    let rows = backup::restore(&operator.db, &options.file, &store.data_dir()?, options.overwrite).await?;
    println!("{rows} rows restored; everybody signs in again.");
    Ok(0)
}
