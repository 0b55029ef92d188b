//! Public data sets, taken in by the importer, against results that were computed independently; and what the importer
//! promises: a second time changes nothing, an undo leaves nothing behind, and all that is stored agrees at each step.
//!
//! Left out: what is no KPI of the catalogue (gross profit after marketing, weekdays against weekends, cancelled
//! invoices, figures without exact duplicates, deals by stage or by the quarter they began in) and movements in
//! customers.

mod campaigns;
mod compare;
mod deals;
mod recurring;
mod sales;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::i18n::Locale;
use domain::{OrgId, Timestamp};
use sea_orm::{EntityTrait as _, PaginatorTrait as _};
use serde_json::Value;
use server::entity::{campaign_day, deal, deal_rollup, fact_change, import, lead, quota, sales_line, subscription};
use server::import::report::Progress;
use server::import::source::Limits;
use server::import::{Kind, Mapping, Mode, Org, Report, Request, Who, run, undo};
use server::verify::verify;

use super::company::{Company, ORG};
use super::support;

const NOW: Timestamp = Timestamp(1_767_225_600_000);

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
    /// Rows that must be refused.
    rejected: u64,
}

impl File {
    async fn take(&self, c: &Company, currency: &str) -> Report {
        let path = shared().unwrap().join("data").join(&self.path);
        let request = Request {
            org: Org { id: ORG, currency: currency.into() },
            kind: Kind::parse(self.kind).unwrap(),
            file_name: self.path.clone(),
            mapping: Mapping::parse(self.mapping).unwrap(),
            beside: path.parent().unwrap().to_owned(),
            path,
            mode: Mode::Upsert,
            accept_valid: self.rejected > 0,
            dry_run: false,
            who: Who { user_id: None, via: "cli", people: None },
            locale: Locale::En,
            import_id: None,
            limits: Limits::default(),
            progress: Arc::new(Progress::default()),
        };
        let report = run(&c.db, request, NOW).await.unwrap();
        assert_eq!(report.rejected_total, self.rejected, "{}: {:?}", self.path, report.rejected.first());
        assert!(report.rows > 0, "{}", self.path);
        report
    }
}

/// Takes the files in, looks, takes them in once more, and takes them back, on each database.
async fn on_each(template: &str, currency: &str, files: &[File], look: impl AsyncFn(&Company)) {
    for db in support::databases("published").await {
        let c = Company::of(&db.db, template, currency).await;
        let mut taken = Vec::new();
        for file in files {
            let report = file.take(&c, currency).await;
            assert_eq!(report.created, report.rows - report.skipped - report.rejected_total, "{}", file.path);
            taken.push(report.import_id.unwrap());
        }
        look(&c).await;
        agrees(&c, "taken in").await;
        for file in files {
            let again = file.take(&c, currency).await;
            assert_eq!((again.created, again.updated), (0, 0), "{}: a second time", file.path);
        }
        agrees(&c, "taken in twice").await;
        for (file, id) in files.iter().zip(taken).rev().filter(|(file, _)| file.kind != "people") {
            let row = import::Entity::find_by_id((ORG, id)).one(&c.db).await.unwrap().unwrap();
            let org = Org { id: ORG, currency: currency.into() };
            let who = Who { user_id: None, via: "cli", people: None };
            let undone = undo(&c.db, org, &row, &who, NOW).await.unwrap();
            assert!(undone.is_some(), "{}: taken back", file.path);
        }
        agrees(&c, "taken back").await;
        assert_eq!(left(&c).await, 0, "nothing is left");
        db.drop().await;
    }
}

/// Whatever is stored twice agrees.
async fn agrees(c: &Company, when: &str) {
    let checks = verify(&c.db, OrgId::new(ORG)).await.unwrap();
    let wrong: Vec<String> = checks.into_iter().flat_map(|check| check.differences).collect();
    assert!(wrong.is_empty(), "{when}: {wrong:?}");
}

/// Facts, sums and earlier states that are stored.
async fn left(c: &Company) -> u64 {
    let db = &c.db;
    deal::Entity::find().count(db).await.unwrap()
        + deal_rollup::Entity::find().count(db).await.unwrap()
        + sales_line::Entity::find().count(db).await.unwrap()
        + subscription::Entity::find().count(db).await.unwrap()
        + campaign_day::Entity::find().count(db).await.unwrap()
        + lead::Entity::find().count(db).await.unwrap()
        + quota::Entity::find().count(db).await.unwrap()
        + fact_change::Entity::find().count(db).await.unwrap()
}
