//! What the server is told from outside: one structure, from the command line and the environment.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use domain::Date;

use crate::clock::Clock;

/// Where data lives and how it is reached; shared by every subcommand.
#[derive(Clone, Debug, clap::Args)]
pub struct Store {
    /// Database: sqlite://FILE or postgres://…; without it a file in the data directory.
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// Data directory; without it the platform's own.
    #[arg(long = "data", env = "MAATSTAF_DATA", global = true)]
    pub data_dir: Option<PathBuf>,
    /// Pretend that today is this day (YYYY-MM-DD): for tests and demonstrations.
    #[arg(long, env = "MAATSTAF_TODAY", global = true, hide = true)]
    pub today: Option<String>,
}

impl Store {
    /// The data directory, made if it is missing.
    ///
    /// # Errors
    /// When there is no home directory or the directory cannot be made.
    pub fn data_dir(&self) -> anyhow::Result<PathBuf> {
        let dir = match &self.data_dir {
            Some(dir) => dir.clone(),
            None => directories::ProjectDirs::from("", "", "maatstaf")
                .context("no home directory: name a data directory with --data")?
                .data_dir()
                .to_path_buf(),
        };
        std::fs::create_dir_all(&dir).with_context(|| format!("data directory {}", dir.display()))?;
        Ok(dir)
    }

    /// The database's address.
    ///
    /// # Errors
    /// When the data directory cannot be made.
    pub fn database_url(&self) -> anyhow::Result<String> {
        match &self.database_url {
            Some(url)
                if url.starts_with("sqlite:") || url.starts_with("postgres:") || url.starts_with("postgresql:") =>
            {
                Ok(url.clone())
            }
            Some(_) => anyhow::bail!("the database address must start with sqlite:// or postgres://"),
            None => Ok(format!("sqlite://{}", self.data_dir()?.join("maatstaf.sqlite").display())),
        }
    }

    /// The clock: the system's, or the fixed day.
    ///
    /// # Errors
    /// When the day is not a date.
    pub fn clock(&self) -> anyhow::Result<Clock> {
        match &self.today {
            None => Ok(Clock::System),
            Some(text) => Ok(Clock::Fixed(
                text.parse::<Date>().map_err(|_| anyhow::anyhow!("--today: {text} is not a date (YYYY-MM-DD)"))?,
            )),
        }
    }
}

/// How the server listens and what it allows.
#[derive(Clone, Debug, clap::Args)]
pub struct Serve {
    /// Address to listen on.
    #[arg(long, env = "MAATSTAF_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// Address people use, for links; https here turns on secure cookies.
    #[arg(long, env = "MAATSTAF_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Make the demo organisations if the database is empty.
    #[arg(long)]
    pub demo: bool,
    /// Folder with the site's files; without it those inside the binary.
    #[arg(long, env = "MAATSTAF_SITE")]
    pub site: Option<PathBuf>,
    /// Largest file accepted by the web upload, in bytes.
    #[arg(long, env = "MAATSTAF_UPLOAD_LIMIT", default_value_t = 200_000_000)]
    pub upload_limit: u64,
    /// Trust X-Forwarded-For from a proxy in front.
    #[arg(long, env = "MAATSTAF_TRUST_PROXY")]
    pub trust_proxy: bool,
    /// Let webhooks go to this machine itself, without TLS too: for tests of receivers.
    #[arg(long, env = "MAATSTAF_WEBHOOK_LOOPBACK", hide = true)]
    pub webhook_loopback: bool,
}

impl Serve {
    /// Whether people reach the server over TLS.
    pub fn is_tls(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// The address that links start with, without a slash at the end.
    pub fn base_url(&self) -> String {
        match &self.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.listen),
        }
    }
}
