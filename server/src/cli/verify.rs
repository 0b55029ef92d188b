//! `maatstaf verify`: recomputes what must agree and says what it compared.

use clap::Args;
use domain::OrgId;

use super::Operator;
use crate::verify::{Check, verify};

/// Recompute what must agree and compare.
#[derive(Debug, Args)]
pub struct Verify {
    /// Organisation.
    #[arg(long)]
    org: String,
}

/// How many differences of one check are printed.
const PRINTED: usize = 20;

/// Runs the subcommand. The exit code is 1 when anything differs.
///
/// # Errors
/// When there is no such organisation or the database refuses.
pub async fn run(operator: &Operator, options: Verify) -> anyhow::Result<u8> {
    let org = operator.org(&options.org).await?;
    let checks = verify(&operator.db, OrgId::new(org.id)).await?;
    let width = checks.iter().map(|c| c.what.chars().count()).max().unwrap_or(0);
    for Check { what, compared, differences } in &checks {
        let result = if differences.is_empty() { "ok".to_owned() } else { format!("{} differ", differences.len()) };
        println!("{what:<width$}  {compared:>9}  {result}");
        for difference in differences.iter().take(PRINTED) {
            println!("    {difference}");
        }
        if differences.len() > PRINTED {
            println!("    and {} more", differences.len() - PRINTED);
        }
    }
    Ok(u8::from(checks.iter().any(|c| !c.differences.is_empty())))
}
