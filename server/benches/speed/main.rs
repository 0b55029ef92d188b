//! `cargo xtask bench`: how long answers take, on a company of 200 people in 20 teams with 36 months of deals.
//!
//! Words after `--` choose what is measured: `kpi`, `pages`, `import`; a number is a number of deals. Without words:
//! the KPI queries at 8 800 and at 1 million deals, scorecard pages at 8 800, and the import of 100 000 rows. `MAATSTAF_BENCH_POSTGRES` names a
//! PostgreSQL server to measure beside SQLite.
//!
//! `work`, with numbers of deals, measures W1, W2 and W3 and the import on the data of `gen.py`, which
//! `MAATSTAF_BENCH_DATA` holds, one folder per number; it runs only when it is named.

mod baseline;
mod company;
mod import;
mod kpi;
mod load;
mod pages;
mod time;
mod work;

use anyhow::Context as _;

/// Numbers of deals that are measured when none is named.
const SIZES: [u32; 2] = [8_800, 1_000_000];

fn main() -> anyhow::Result<()> {
    // `cargo bench` adds words of its own, with two hyphens.
    let words: Vec<String> = std::env::args().skip(1).filter(|w| !w.starts_with('-')).collect();
    let mut sizes: Vec<u32> = words.iter().filter_map(|w| w.replace('_', "").parse().ok()).collect();
    if sizes.is_empty() {
        sizes = SIZES.to_vec();
    }
    let pages_at = sizes.first().copied().unwrap_or(SIZES[0]);
    let names: Vec<&str> = words.iter().map(String::as_str).filter(|w| w.parse::<u32>().is_err()).collect();
    let chosen = |name: &str| names.is_empty() || names.contains(&name);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("runtime")?;
    runtime.block_on(async {
        for deals in &sizes {
            if chosen("kpi") {
                kpi::measure(*deals).await?;
            }
            if names.contains(&"work") {
                work::measure(*deals).await?;
            }
        }
        if chosen("pages") {
            pages::measure(pages_at).await?;
        }
        if chosen("import") {
            import::measure(100_000).await?;
        }
        Ok(())
    })
}
