//! Public data sets, taken in and asked about by the program itself, against results that were computed independently;
//! and what the importer promises: a second time changes nothing, an undo leaves nothing behind, and all that is stored
//! agrees at each step.
//!
//! Left out: what is no KPI of the catalogue (gross profit after marketing, weekdays against weekends, cancelled
//! invoices, figures without exact duplicates, deals by stage or by the quarter they began in, shares of reasons) and
//! movements in customers.

mod campaigns;
mod compare;
mod deals;
mod recurring;
mod sales;

use std::path::{Path, PathBuf};

use sea_orm::ConnectionTrait as _;
use serde_json::Value;

use super::support;
use super::terminal::Terminal;

/// The organisation.
pub const ORG: &str = "org";

/// The folder with data sets beside the project; none on a machine that has only the project.
pub fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.parent()?.join("shared");
    let shared = std::env::var_os("MAATSTAF_SHARED").map_or(beside, PathBuf::from);
    if shared.join("expected").is_dir() {
        Some(shared)
    } else {
        println!("left out: there are no data sets in {}", shared.display());
        None
    }
}

/// The results of a data set, where the data sets are there.
fn expected(name: &str) -> Option<Value> {
    let text = std::fs::read_to_string(shared()?.join("expected").join(name)).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

/// A file that is taken in.
struct File {
    kind: &'static str,
    /// Below the folder of data sets.
    path: String,
    mapping: &'static str,
    /// A text of the file, and what a later file has in its place.
    corrected: Option<(&'static str, &'static str)>,
}

impl File {
    fn at(&self) -> PathBuf {
        shared().unwrap().join("data").join(&self.path)
    }

    /// Takes a file in by the mapping of this one.
    fn take(&self, t: &Terminal, path: &Path) -> Value {
        t.write("map.toml", self.mapping);
        let path = path.display().to_string();
        let report = t.json(&["import", self.kind, &path, "--org", ORG, "--map", "map.toml", "--json"]);
        assert_eq!(report["rejected"], Value::Array(Vec::new()), "{path}");
        assert!(count(&report, "rows") > 0, "{path}");
        report
    }

    /// The file as somebody put it right, in the terminal's folder with what is beside it.
    fn correct(&self, t: &Terminal, (from, to): (&str, &str)) -> PathBuf {
        let at = self.at();
        for beside in std::fs::read_dir(at.parent().unwrap()).unwrap().flatten() {
            if beside.path().extension().is_some_and(|ending| ending == "csv") {
                std::fs::copy(beside.path(), t.folder().join(beside.file_name())).unwrap();
            }
        }
        let path = t.folder().join(at.file_name().unwrap());
        let text = std::fs::read_to_string(&at).unwrap();
        std::fs::write(&path, text.replace(from, to)).unwrap();
        path
    }
}

fn count(report: &Value, name: &str) -> u64 {
    report[name].as_u64().unwrap_or_else(|| panic!("{name} of {report}"))
}

/// The import of a report, as `undo` takes it.
fn import_of(report: &Value) -> String {
    report["import_id"].to_string().trim_matches('"').to_owned()
}

/// Takes the files in, looks, takes them in once more, corrects, and takes all back, on each database.
async fn on_each(template: &str, currency: &str, files: &[File], look: impl Fn(&Terminal)) {
    for t in Terminal::on_each("published").await {
        t.create(ORG, template, currency);
        let mut taken = Vec::new();
        for file in files {
            let report = file.take(&t, &file.at());
            let (created, rows) = (count(&report, "created"), count(&report, "rows"));
            assert_eq!(created, rows - count(&report, "skipped"), "{}", file.path);
            taken.push(import_of(&report));
        }
        look(&t);
        agrees(&t, "taken in");
        let again = |when: &str| {
            for file in files {
                let again = file.take(&t, &file.at());
                let changes = (count(&again, "created"), count(&again, "updated"));
                assert_eq!(changes, (0, 0), "{}: {when}", file.path);
            }
        };
        again("a second time");
        agrees(&t, "taken in twice");
        let mut corrected = Vec::new();
        for (file, change) in files.iter().filter_map(|file| Some((file, file.corrected?))) {
            let report = file.take(&t, &file.correct(&t, change));
            assert!(count(&report, "updated") > 0, "{}: {report}", file.path);
            corrected.push(import_of(&report));
        }
        if !corrected.is_empty() {
            agrees(&t, "corrected");
            for import in corrected.iter().rev() {
                t.text(&["undo", import, "--org", ORG]);
            }
            agrees(&t, "corrections taken back");
            again("after corrections are taken back");
        }
        for (_, import) in files.iter().zip(taken).rev().filter(|(file, _)| file.kind != "people") {
            t.text(&["undo", &import, "--org", ORG]);
        }
        agrees(&t, "taken back");
        assert_eq!(left(&t).await, Vec::<String>::new(), "nothing is left");
        t.drop().await;
    }
}

/// Whatever is stored twice agrees.
#[track_caller]
fn agrees(t: &Terminal, when: &str) {
    let text = t.text(&["verify", "--org", ORG]);
    assert!(!text.contains("differ"), "{when}: {text}");
}

/// Facts and stored sums, each of which must be gone. What a fact was is history and stays.
const TABLES: [&str; 19] = [
    "deal",
    "deal_credit",
    "subscription",
    "campaign_day",
    "lead",
    "sales_line",
    "activity",
    "satisfaction",
    "quota",
    "measurement",
    "event",
    "exchange_rate",
    "deal_rollup",
    "fact_sum",
    "spread_receipt",
    "customer_month",
    "customer_span",
    "customer_mrr",
    "mrr_sum",
];

/// Tables that hold anything.
async fn left(t: &Terminal) -> Vec<String> {
    let db = support::connect(&t.url).await;
    let mut held = Vec::new();
    for table in TABLES {
        let mut select = sea_orm::sea_query::Query::select();
        select.expr(sea_orm::sea_query::Expr::cust("COUNT(*)")).from(table);
        let row = db.query_one(&select).await.unwrap().unwrap();
        let rows: i64 = row.try_get_by_index(0).unwrap();
        if rows > 0 {
            held.push(format!("{rows} of {table}"));
        }
    }
    db.close().await.unwrap();
    held
}
