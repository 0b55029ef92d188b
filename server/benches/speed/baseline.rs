//! What databases need to load the same file into an indexed table with tools of their own.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::Context as _;

use super::load::print_rate;

/// The table and the indexes of `bench/work.md`.
const SCHEMA: &str = "CREATE TABLE deals (id BIGINT PRIMARY KEY, org_id INTEGER, rep_id INTEGER, team_id INTEGER, \
    created_on DATE, closed_on DATE, status TEXT, amount_cents BIGINT, source TEXT, segment TEXT, lost_reason TEXT);\n\
    CREATE INDEX a ON deals (org_id, rep_id, closed_on);\nCREATE INDEX b ON deals (org_id, team_id, closed_on);\n\
    CREATE INDEX c ON deals (org_id, closed_on);\nCREATE INDEX d ON deals (org_id, rep_id) WHERE status = 'open';\n\
    CREATE INDEX e ON deals (org_id, team_id) WHERE status = 'open';\n";

/// `sqlite3 .import`.
pub fn sqlite(data: &Path, folder: &Path) -> anyhow::Result<()> {
    let file = data.join("deals.csv");
    let file = file.display();
    let script = format!(
        "PRAGMA journal_mode = WAL;\nPRAGMA synchronous = NORMAL;\n{SCHEMA}.mode csv\n.import --skip 1 {file} deals\n\
         SELECT COUNT(*) FROM deals;\n"
    );
    let target = folder.join("plain.sqlite");
    timed("sqlite3 .import into an indexed table", Command::new("sqlite3").arg(target), &script)
}

/// `COPY`.
pub fn postgres(data: &Path, url: &str) -> anyhow::Result<()> {
    let file = data.join("deals.csv");
    let script = format!("{SCHEMA}\\copy deals FROM '{}' CSV HEADER\nSELECT COUNT(*) FROM deals;\n", file.display());
    timed("COPY into an indexed table", Command::new("psql").args(["-q", "-t", "-v", "ON_ERROR_STOP=1", url]), &script)
}

/// Runs a script whose last line of output is the number of rows.
fn timed(what: &str, command: &mut Command, script: &str) -> anyhow::Result<()> {
    let start = Instant::now();
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("the database's own tool")?;
    child.stdin.take().context("its input")?.write_all(script.as_bytes())?;
    let output = child.wait_with_output()?;
    anyhow::ensure!(output.status.success(), "{what} failed");
    let text = String::from_utf8_lossy(&output.stdout);
    let rows = text.lines().rev().find_map(|l| l.trim().parse().ok()).context("the number of rows")?;
    print_rate(what, rows, start);
    Ok(())
}
