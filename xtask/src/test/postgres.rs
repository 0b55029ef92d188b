//! A PostgreSQL of its own for the tests: fresh, on a free port, gone afterwards.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use super::rust::POSTGRES_VARIABLE;
use crate::prerequisite;
use crate::workspace::{output, run};

/// Where a PostgreSQL for the tests comes from.
pub enum Postgres {
    /// A server that runs already.
    Running(String),
    /// The programs to start one with.
    Programs(PathBuf),
}

/// Finds a PostgreSQL: one that is named in the environment, else the installed programs.
pub fn find() -> Result<Postgres> {
    match std::env::var(POSTGRES_VARIABLE) {
        Ok(url) => Ok(Postgres::Running(url)),
        Err(_) => prerequisite::postgres().map(Postgres::Programs),
    }
}

impl Postgres {
    /// Starts it, unless it runs already.
    pub fn start(self) -> Result<Cluster> {
        match self {
            Self::Running(url) => Ok(Cluster { url, started: None }),
            Self::Programs(programs) => start(programs),
        }
    }
}

/// A PostgreSQL that tests may fill with databases of their own.
pub struct Cluster {
    url: String,
    #[expect(dead_code, reason = "held so that it is stopped when the tests are over")]
    started: Option<Started>,
}

impl Cluster {
    /// The address of its maintenance database, for a user who may create others.
    pub fn url(&self) -> &str {
        &self.url
    }
}

struct Started {
    programs: PathBuf,
    folder: TempDir,
    owner: Option<&'static str>,
}

/// Makes a cluster and starts it.
fn start(programs: PathBuf) -> Result<Cluster> {
    let folder = tempfile::Builder::new().prefix("maatstaf-postgres").tempdir()?;
    // PostgreSQL refuses to run as root, so another user gets the folder then.
    let owner = if is_root()? { Some(unprivileged()?) } else { None };
    if let Some(owner) = owner {
        run(Command::new("chown").arg(owner).arg(folder.path()), "handing the folder over")?;
    }
    let started = Started { programs, folder, owner };
    let data = started.data();
    let mut initdb = started.program("initdb");
    initdb.arg("--pgdata").arg(&data).args(["--username=maatstaf", "--auth=trust", "--no-sync"]);
    initdb.args(["--encoding=UTF8", "--locale=C"]).stdout(Stdio::null());
    run(&mut initdb, "making a PostgreSQL cluster")?;

    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let options = format!(
        "-h 127.0.0.1 -p {port} -k {} -c fsync=off -c synchronous_commit=off \
         -c full_page_writes=off -c max_connections=300",
        started.folder.path().display()
    );
    let log = started.folder.path().join("log");
    let mut start = started.program("pg_ctl");
    start.arg("start").arg("--wait").arg("--pgdata").arg(&data).arg("--log").arg(&log);
    start.arg("--options").arg(options).stdout(Stdio::null());
    run(&mut start, "starting PostgreSQL")
        .with_context(|| std::fs::read_to_string(&log).unwrap_or_else(|_| "it left no log".to_owned()))?;
    let url = format!("postgres://maatstaf@127.0.0.1:{port}/postgres");
    Ok(Cluster { url, started: Some(started) })
}

impl Started {
    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = match self.owner {
            Some(owner) => {
                let mut command = Command::new("runuser");
                command.args(["-u", owner, "--"]).arg(program);
                command
            }
            None => Command::new(program),
        };
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let mut stop = self.program("pg_ctl");
        stop.arg("stop").args(["--mode", "immediate", "--pgdata"]).arg(self.data());
        // Nothing is left to do when it does not stop: the tests are over.
        let _ = stop.stdout(Stdio::null()).status();
    }
}

fn is_root() -> Result<bool> {
    if !Path::new("/proc").exists() && cfg!(windows) {
        return Ok(false);
    }
    Ok(output(Command::new("id").arg("-u"), "id")?.trim() == "0")
}

fn unprivileged() -> Result<&'static str> {
    let known = |user: &&&str| output(Command::new("id").arg(user), "id").is_ok();
    match ["postgres", "nobody"].iter().find(known) {
        Some(user) => Ok(user),
        None => bail!("PostgreSQL does not run as root, and there is no user postgres or nobody"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_answers_and_is_gone_afterwards() {
        let Ok(programs) = prerequisite::postgres() else { return };
        let cluster = start(programs).unwrap();
        let address = cluster.url().split(['@', '/']).find(|part| part.starts_with("127.")).unwrap().to_owned();
        assert!(std::net::TcpStream::connect(&address).is_ok());
        drop(cluster);
        assert!(std::net::TcpStream::connect(&address).is_err());
    }
}
