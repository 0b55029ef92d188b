//! Import of deals from a CSV file, first as new rows, then again unchanged.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use server::import::report::Progress;
use server::import::source::Limits;
use server::import::{Kind, Mapping, Mode, Org, Request, Who, run};

use super::company::{fill, hash};

/// Measures an import of so many rows into SQLite.
pub async fn measure(rows: u64) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let db = server::db::connect(&format!("sqlite://{}", folder.path().join("bench.sqlite").display())).await?;
    fill(&db, 1).await?;
    let path = folder.path().join("deals.csv");
    write(&path, rows)?;
    println!("\nimport of {rows} deals, SQLite");
    for what in ["new", "unchanged"] {
        let start = Instant::now();
        let report = run(&db, request(&path)?, domain::Timestamp(0)).await?;
        anyhow::ensure!(report.rejected_total == 0, "rows were rejected: {:?}", report.rejected.first());
        let seconds = start.elapsed().as_secs_f64();
        #[allow(clippy::cast_precision_loss, reason = "a rate that is only read")]
        let rate = rows as f64 / seconds;
        println!("{what:<52} {seconds:>9.2} s    {rate:>9.0} rows/s");
    }
    Ok(())
}

fn write(path: &Path, rows: u64) -> anyhow::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    writeln!(file, "external_id,person,status,created_on,closed_on,amount,product")?;
    for n in 0..rows {
        let h = hash(n);
        let status = if h.is_multiple_of(3) { "won" } else { "lost" };
        let (month, day, amount) = (1 + h % 12, 1 + (h >> 8) % 28, 50 + (h >> 16) % 20_000);
        writeln!(
            file,
            "N{n:08},Person {},{status},2024-01-01,2025-{month:02}-{day:02},{amount}.50,Alpha",
            (h >> 32) % 200
        )?;
    }
    Ok(file.flush()?)
}

fn request(path: &Path) -> anyhow::Result<Request> {
    const MAPPING: &str = "kind = \"deals\"\ndate_order = \"ymd\"\ndecimal = \".\"\ncurrency = \"EUR\"\n[columns]\n\
        external_id = \"external_id\"\nperson = \"person\"\nstatus = \"status\"\ncreated_on = \"created_on\"\n\
        closed_on = \"closed_on\"\namount = \"amount\"\nproduct = \"product\"\n";
    let mapping = Mapping::parse(MAPPING).map_err(|fault| anyhow::anyhow!("{fault:?}"))?;
    Ok(Request {
        org: Org { id: 1, currency: "EUR".into() },
        kind: Kind::parse("deals").map_err(|fault| anyhow::anyhow!("{fault:?}"))?,
        path: path.to_owned(),
        file_name: "deals.csv".into(),
        mapping,
        beside: path.parent().unwrap_or(path).to_owned(),
        mode: Mode::parse("upsert").ok_or_else(|| anyhow::anyhow!("mode"))?,
        accept_valid: false,
        dry_run: false,
        who: Who { user_id: None, via: "bench", people: None },
        locale: app::i18n::Locale::En,
        import_id: None,
        limits: Limits::default(),
        progress: Arc::new(Progress::default()),
    })
}
