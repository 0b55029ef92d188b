//! An organisation to import into, on each database.
#![allow(dead_code, reason = "each test file uses a part")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::i18n::Locale;
use domain::Timestamp;
use migration::MigratorTrait as _;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DatabaseConnection, EntityTrait as _, QueryFilter as _};
use server::entity::{deal, organisation};
use server::import::report::Progress;
use server::import::source::Limits;
use server::import::{Kind, Mapping, Mode, Org, Report, Request, Who, run};

pub const ORG: i64 = 1;
pub const NOW: Timestamp = Timestamp(1_700_000_000_000);

pub const DEALS: &str = r#"
kind = "deals"
currency = "USD"
[columns]
external_id = "opportunity_id"
person = "sales_agent"
status = "deal_stage"
engaged_on = "engage_date"
closed_on = "close_date"
amount = "close_value"
account = "account"
product = "product"
[values.status]
Engaging = "open"
Prospecting = "open"
[values.product]
GTXPro = "GTX Pro"
"#;

/// A small file: two open deals, one won, one lost.
pub const SMALL: &str = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
A1,Ann,GTXPro,Acme,Won,2017-01-01,2017-03-01,1054
A2,Bob,GTXPro,,Engaging,2017-01-05,,
A3,Ann,MG Special,Acme,Lost,2017-01-01,2017-03-09,0
A4,Bob,GTXPro,,Prospecting,,,
";

pub struct Place {
    pub db: DatabaseConnection,
    pub folder: tempfile::TempDir,
}

impl Place {
    pub async fn new(db: &DatabaseConnection) -> Self {
        migration::Migrator::up(db, None).await.expect("migrated");
        let org = organisation::ActiveModel {
            id: Set(ORG),
            name: Set("Test".into()),
            slug: Set("test".into()),
            template: Set("consultancy".into()),
            currency: Set("USD".into()),
            time_zone: Set("Europe/Amsterdam".into()),
            locale: Set("en".into()),
            fiscal_start_month: Set(1),
            week_start: Set(1),
            working_days: Set(31),
            holidays: Set(None),
            min_n: Set(5),
            is_demo: Set(false),
            data_version: Set(0),
            page_version: Set(0),
            created_at: Set(0),
        };
        organisation::Entity::insert(org).exec_without_returning(db).await.expect("organisation");
        Self { db: db.clone(), folder: tempfile::tempdir().expect("folder") }
    }

    pub fn file(&self, text: &str) -> PathBuf {
        let path = self.folder.path().join("file.csv");
        std::fs::write(&path, text).expect("written");
        path
    }

    pub fn request(&self, kind: Kind, path: &Path, mapping: &str) -> Request {
        Request {
            org: Org { id: ORG, currency: "USD".into() },
            kind,
            path: path.to_owned(),
            file_name: "file.csv".into(),
            mapping: Mapping::parse(mapping).expect("mapping"),
            beside: self.folder.path().to_owned(),
            mode: Mode::Upsert,
            accept_valid: false,
            dry_run: false,
            who: Who { user_id: None, via: "cli", people: None },
            locale: Locale::En,
            import_id: None,
            limits: Limits::default(),
            progress: Arc::new(Progress::default()),
        }
    }

    pub async fn run(&self, request: Request) -> Report {
        run(&self.db, request, NOW).await.expect("the database answers")
    }

    pub async fn deals(&self, text: &str, change: impl FnOnce(&mut Request)) -> Report {
        let mut request = self.request(Kind::Deals, &self.file(text), &format!("unknown_people = \"create\"\n{DEALS}"));
        change(&mut request);
        self.run(request).await
    }

    pub async fn people(&self, text: &str, change: impl FnOnce(&mut Request)) -> Report {
        let mapping = "unknown_people = \"create\"\n[columns]\nperson = \"person\"\nteam = \"team\"\nmanager = \"manager\"\nfrom = \"from\"";
        let mut request = self.request(Kind::People, &self.file(text), mapping);
        change(&mut request);
        self.run(request).await
    }

    pub async fn deal(&self, key: &str) -> deal::Model {
        self.deal_in(&self.db, key).await
    }

    /// A deal as a transaction sees it.
    pub async fn deal_in(&self, db: &impl ConnectionTrait, key: &str) -> deal::Model {
        let one = deal::Entity::find().filter(deal::Column::ExternalId.eq(key)).one(db).await;
        one.expect("query").expect("deal")
    }

    /// Fails the test unless all that is stored agrees with the facts.
    pub async fn verified(&self) {
        let checks = server::verify::verify(&self.db, domain::OrgId::new(ORG)).await.expect("compared");
        let wrong: Vec<_> = checks.into_iter().filter(|check| !check.differences.is_empty()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

/// Runs a test on each database.
macro_rules! on_each_database {
    ($name:ident, $place:ident => $body:block) => {
        #[tokio::test]
        async fn $name() {
            for test in crate::support::databases(stringify!($name)).await {
                let $place = $crate::place::Place::new(&test.db).await;
                $body
                drop($place);
                test.drop().await;
            }
        }
    };
}

pub fn counts(report: &Report) -> (u64, u64, u64, u64, u64) {
    (report.rows, report.created, report.updated, report.unchanged, report.rejected_total)
}

pub fn codes(report: &Report) -> Vec<(Option<u64>, &'static str)> {
    report.rejected.iter().map(|r| (r.line, r.code)).collect()
}
