//! `maatstaf org create`.

use clap::{Args, Subcommand};
use domain::policy::Role;

use super::{Operator, plain};
use crate::service::invitation::{self, NewInvitation};
use crate::service::organisation::{self, Actor, NewOrganisation};

/// Organisations.
#[derive(Debug, Args)]
pub struct Org {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make an organisation and print an invitation link for its owner.
    Create(Create),
}

#[derive(Debug, Args)]
struct Create {
    /// Name shown to people.
    #[arg(long)]
    name: String,
    /// Short name for the command line: lower case letters, digits, hyphens.
    #[arg(long)]
    slug: String,
    /// Kind of company.
    #[arg(long, value_parser = organisation::TEMPLATES)]
    template: String,
    /// Reporting currency (ISO 4217).
    #[arg(long)]
    currency: String,
    /// E-mail address of the owner.
    #[arg(long)]
    owner: String,
    /// Time zone (IANA).
    #[arg(long, default_value = "Europe/Amsterdam")]
    time_zone: String,
    /// Language: en or nl.
    #[arg(long, default_value = "en")]
    language: String,
    /// First month of the fiscal year.
    #[arg(long, default_value_t = 1)]
    fiscal_start_month: u8,
    /// Address people use, for the link.
    #[arg(long, env = "MAATSTAF_PUBLIC_URL", default_value = "http://127.0.0.1:3000")]
    public_url: String,
}

/// Runs the subcommand.
///
/// # Errors
/// When a value is refused; the message names it.
pub async fn run(operator: &Operator, org: Org) -> anyhow::Result<u8> {
    let Command::Create(create) = org.command;
    let now = operator.clock.now();
    let txn = crate::db::write_txn(&operator.db).await?;
    let made = organisation::create(
        &txn,
        NewOrganisation {
            name: create.name,
            slug: create.slug,
            template: create.template,
            currency: create.currency.to_uppercase(),
            time_zone: create.time_zone,
            locale: create.language,
            fiscal_start_month: create.fiscal_start_month,
            is_demo: false,
        },
        now,
    )
    .await
    .map_err(plain)?;
    let token = invitation::create(
        &txn,
        NewInvitation {
            org_id: made.id,
            email: create.owner.clone(),
            role: Role::Owner,
            team_id: None,
            person_id: None,
            created_by: None,
        },
        now,
    )
    .await
    .map_err(plain)?;
    let actor = Actor { org_id: made.id, user_id: None, via: "cli" };
    organisation::record(
        &txn,
        actor,
        "organisation.create",
        ("organisation", Some(made.id)),
        serde_json::json!({ "slug": made.slug }),
        now,
    )
    .await
    .map_err(plain)?;
    txn.commit().await?;
    println!("Organisation {} ({}) was made.", made.name, made.slug);
    println!(
        "Invitation for {} as owner, for 7 days: {}/invite/{token}",
        create.owner,
        create.public_url.trim_end_matches('/')
    );
    Ok(0)
}
