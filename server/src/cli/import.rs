//! `maatstaf import`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use app::i18n::Locale;
use clap::Args;

use super::Operator;
use crate::entity::organisation;
use crate::import::kind::{Confidence, suggest};
use crate::import::report::Progress;
use crate::import::source::Limits;
use crate::import::table::Table;
use crate::import::text::say;
use crate::import::{Fault, Kind, Mapping, Mode, Org, Report, Request, Who, run};

/// Exit code when rows were rejected.
const REJECTED: u8 = 3;
/// Rejected rows that are printed without `--json`.
const PRINTED: usize = 50;

/// Bring a file of facts in.
#[derive(Debug, Args)]
pub struct Import {
    /// Kind of fact, such as people, deals or subscriptions.
    kind: String,
    /// The file: CSV, also compressed with gzip, of any size; or an Excel workbook (.xlsx).
    file: PathBuf,
    /// Slug of the organisation.
    #[arg(long)]
    org: String,
    /// Mapping file; without it only columns that are named as ours are taken.
    #[arg(long)]
    map: Option<PathBuf>,
    /// What may happen to facts that exist or do not: create, update or upsert.
    #[arg(long, default_value = "upsert", value_parser = parse_mode)]
    mode: Mode,
    /// Count without writing.
    #[arg(long)]
    dry_run: bool,
    /// Take the valid rows although others are rejected.
    #[arg(long)]
    accept_valid: bool,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

fn parse_mode(text: &str) -> Result<Mode, String> {
    Mode::parse(text).ok_or_else(|| "create, update or upsert".to_owned())
}

/// Runs the import; the exit code says whether all rows went in.
///
/// # Errors
/// When the organisation or the mapping file cannot be found, or the database is away.
pub async fn import(operator: &Operator, args: Import) -> anyhow::Result<u8> {
    let org = operator.org(&args.org).await?;
    let locale = Locale::En;
    let kind = Kind::parse(&args.kind).map_err(|fault| anyhow::anyhow!(fault.message(locale)))?;
    let limits = Limits::default();
    let mapping = match &args.map {
        None => own_names(args.file.clone(), kind, limits).await?,
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|e| anyhow::anyhow!("{}: {e}", path.display()))?;
            Mapping::parse(&text)
        }
    };
    let report = match mapping {
        Err(fault) => {
            let mut report = Report { refused: true, dry_run: args.dry_run, ..Report::default() };
            report.reject(&fault, locale);
            report
        }
        Ok(mapping) => run(&operator.db, request(&args, &org, kind, mapping, limits), operator.clock.now()).await?,
    };
    if args.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        print(&report, locale);
    }
    Ok(if report.rejected_total > 0 { REJECTED } else { 0 })
}

/// The mapping of a file whose columns are named as ours.
async fn own_names(path: PathBuf, kind: Kind, limits: Limits) -> anyhow::Result<Result<Mapping, Fault>> {
    let look = move || {
        let table = Table::open(&path, &Mapping::default(), Path::new("."), &limits)?;
        let sure = suggest(table.header(), kind).into_iter().filter(|s| s.confidence == Confidence::Sure);
        let named = sure.filter_map(|s| Some((s.ours.to_owned(), table.header().get(s.theirs)?.clone())));
        Ok(Mapping { columns: named.collect(), ..Mapping::default() })
    };
    Ok(tokio::task::spawn_blocking(look).await?)
}

fn request(args: &Import, org: &organisation::Model, kind: Kind, mapping: Mapping, limits: Limits) -> Request {
    let name = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let beside = args.map.as_deref().unwrap_or(&args.file).parent().unwrap_or_else(|| Path::new(".")).to_owned();
    let beside = match &mapping.join {
        // A second file may lie beside the mapping or beside the first file.
        Some(join) if !beside.join(&join.file).exists() => {
            args.file.parent().unwrap_or_else(|| Path::new(".")).to_owned()
        }
        _ => beside,
    };
    Request {
        org: Org { id: org.id, currency: org.currency.clone() },
        kind,
        path: args.file.clone(),
        file_name: name,
        mapping,
        beside,
        mode: args.mode,
        accept_valid: args.accept_valid,
        dry_run: args.dry_run,
        who: Who { user_id: None, via: "cli", people: None },
        locale: Locale::En,
        import_id: None,
        limits,
        progress: stop_on_interrupt(),
    }
}

/// Progress whose cancel flag is set by Ctrl-C, so that the transaction is given up in order.
fn stop_on_interrupt() -> Arc<Progress> {
    let progress = Arc::new(Progress::default());
    let watched = Arc::clone(&progress);
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            watched.cancel.store(true, Ordering::Relaxed);
        }
    });
    progress
}

fn print(report: &Report, locale: Locale) {
    let line = |key: &str, args: &[(&'static str, String)]| println!("{}", say(locale, key, args));
    for row in report.rejected.iter().take(PRINTED) {
        let place = row.line.map_or_else(|| "–".to_owned(), |l| l.to_string());
        let column = row.column.clone().unwrap_or_else(|| "–".to_owned());
        line("import.cli.row", &[("line", place), ("column", column), ("message", row.message.clone())]);
    }
    let count = |n: u64| n.to_string();
    line(
        "import.cli.head",
        &[
            ("rows", count(report.rows)),
            ("created", count(report.created)),
            ("updated", count(report.updated)),
            ("unchanged", count(report.unchanged)),
            ("skipped", count(report.skipped)),
            ("rejected", count(report.rejected_total)),
        ],
    );
    for (key, n) in [
        ("import.cli.people", report.people_created),
        ("import.cli.rounded", report.rounded),
        ("import.cli.unconverted", report.unconverted),
    ] {
        if n > 0 {
            line(key, &[("count", count(n))]);
        }
    }
    // What is not UTF-8 cannot be told apart for certain from its likes: it is said what it was taken for.
    if let Some(encoding) = report.encoding.filter(|name| *name != "UTF-8") {
        line("import.cli.encoding", &[("encoding", encoding.to_owned())]);
    }
    if report.dry_run {
        line("import.cli.dry", &[]);
    } else if report.rejected_total > 0 && !report.written {
        line("import.cli.nothing", &[]);
    }
}
