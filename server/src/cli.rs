//! The command line: one subcommand per file. It acts as an operator with an owner's rights.

pub mod backup;
pub mod doctor;
pub mod import;
pub mod kpi;
pub mod migrate;
pub mod org;
pub mod serve;
pub mod undo;
pub mod user;
pub mod verify;

use clap::{Parser, Subcommand};
use sea_orm::DatabaseConnection;
use sea_orm::EntityTrait as _;
use sea_orm::{ColumnTrait as _, QueryFilter as _};

use crate::clock::Clock;
use crate::config::Store;
use crate::entity::organisation;

/// Sales KPIs that a team can trust.
#[derive(Debug, Parser)]
#[command(name = "maatstaf", version, about)]
pub struct Cli {
    #[command(flatten)]
    store: Store,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the web application.
    Serve(crate::config::Serve),
    /// Bring the database's schema up to date.
    Migrate,
    /// Check the installation and say what is wrong with it.
    Doctor,
    /// Write everything into one file.
    Backup(backup::Backup),
    /// Put a backup into the database.
    Restore(backup::Restore),
    /// Bring a file of facts in.
    Import(import::Import),
    /// Take an import back.
    Undo(undo::Undo),
    /// Organisations.
    Org(org::Org),
    /// Users.
    User(user::User),
    /// Answer a question about KPIs.
    Kpi(kpi::Kpi),
    /// Recompute what must agree and compare; exit code 1 on a difference.
    Verify(verify::Verify),
}

/// What subcommands work on: an open, migrated database.
#[derive(Clone, Debug)]
pub struct Operator {
    /// The database.
    pub db: DatabaseConnection,
    /// What time it is.
    pub clock: Clock,
}

impl Operator {
    async fn open(store: &Store) -> anyhow::Result<Self> {
        let db = crate::db::connect(&store.database_url()?).await?;
        crate::db::migrate(&db).await?;
        Ok(Self { db, clock: store.clock()? })
    }

    /// The organisation of a slug.
    ///
    /// # Errors
    /// When there is none; the message names those that exist.
    pub async fn org(&self, slug: &str) -> anyhow::Result<organisation::Model> {
        if let Some(org) =
            organisation::Entity::find().filter(organisation::Column::Slug.eq(slug)).one(&self.db).await?
        {
            return Ok(org);
        }
        let known: Vec<String> =
            organisation::Entity::find().all(&self.db).await?.into_iter().map(|o| o.slug).collect();
        anyhow::bail!("no organisation has the slug {slug}; there are: {}", known.join(", "))
    }
}

/// Runs the command line and gives the exit code.
///
/// # Errors
/// When a subcommand fails; the message is for the operator.
pub async fn run(cli: Cli) -> anyhow::Result<u8> {
    match cli.command {
        Command::Serve(serve) => serve::run(cli.store, serve).await,
        Command::Migrate => migrate::migrate(&cli.store).await,
        Command::Doctor => doctor::doctor(&cli.store).await,
        Command::Backup(args) => backup::backup(&Operator::open(&cli.store).await?, args).await,
        Command::Restore(args) => backup::restore(&Operator::open(&cli.store).await?, &cli.store, args).await,
        Command::Import(args) => import::import(&Operator::open(&cli.store).await?, args).await,
        Command::Org(command) => org::run(&Operator::open(&cli.store).await?, command).await,
        Command::User(command) => user::run(&Operator::open(&cli.store).await?, command).await,
        Command::Kpi(command) => kpi::run(&Operator::open(&cli.store).await?, command).await,
        Command::Undo(command) => undo::run(&Operator::open(&cli.store).await?, command).await,
        Command::Verify(command) => verify::run(&Operator::open(&cli.store).await?, command).await,
    }
}

/// An error of a service in words for the operator: field and reason.
pub(crate) fn plain(error: crate::error::ServiceError) -> anyhow::Error {
    use crate::error::ServiceError;
    match error {
        ServiceError::Refused(app::ApiError::Invalid(remarks)) => {
            let l = app::i18n::Texts::of(app::i18n::Locale::En);
            let all: Vec<String> = remarks.iter().map(|r| format!("{}: {}", r.field, l.remark(r))).collect();
            anyhow::anyhow!(all.join("; "))
        }
        ServiceError::Refused(other) => anyhow::anyhow!(other.to_string()),
        ServiceError::Internal(inner) => inner,
        other => anyhow::Error::new(other),
    }
}

/// Writes an answer to standard output. A reader that has seen enough (`| head`) is no error.
pub(crate) fn write_out(text: &str) -> anyhow::Result<()> {
    use std::io::{ErrorKind, Write as _};
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
