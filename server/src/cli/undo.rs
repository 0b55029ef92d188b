//! `maatstaf undo`: takes an import back.

use clap::Args;

use super::Operator;
use crate::import::{Org, Who, undo};
use crate::query;

/// Take an import back: what it changed becomes what it was, what it created is removed.
#[derive(Debug, Args)]
pub struct Undo {
    /// The import, as `import --json` names it.
    import: i64,
    /// Organisation.
    #[arg(long)]
    org: String,
}

/// Runs the subcommand.
///
/// # Errors
/// When there is no such import, it cannot be taken back, or the database refuses.
pub async fn run(operator: &Operator, options: Undo) -> anyhow::Result<u8> {
    let org = operator.org(&options.org).await?;
    let row = query::import::by_id(&operator.db, org.id, options.import)
        .await?
        .ok_or_else(|| anyhow::anyhow!("{} has no import {}", options.org, options.import))?;
    let who = Who { user_id: None, via: "cli", people: None };
    let of = Org { id: org.id, currency: org.currency };
    let undone = undo(&operator.db, of, &row, &who, operator.clock.now()).await?;
    let Some(undone) = undone else {
        anyhow::bail!("import {} of {} is {} and cannot be taken back", row.id, row.kind, row.status);
    };
    println!("{}", serde_json::to_string(&undone)?);
    Ok(0)
}
