//! The demo on a fixed day, and what holds for each of its companies.

use std::collections::{BTreeMap, HashSet};

use domain::Date;
use migration::MigratorTrait as _;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{ColumnTrait as _, DatabaseConnection, EntityTrait as _, QueryFilter as _};
use server::clock::Clock;
use server::entity::{event, organisation, person, team};
use server::import::rows::{self, Sheet};
use server::import::store::facts::{self, Stored, number};
use server::import::{Kind, Org};
use server::password::Passwords;

/// Half-way a quarter and a month.
pub const TODAY: &str = "2026-05-20";

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The day of a column of day numbers.
pub fn date(number: i64) -> Date {
    Date::from_day_number(i32::try_from(number).unwrap()).unwrap()
}

pub struct Demo {
    pub db: DatabaseConnection,
    orgs: BTreeMap<String, organisation::Model>,
}

impl Demo {
    pub async fn new(db: &DatabaseConnection) -> Self {
        migration::Migrator::up(db, None).await.unwrap();
        let begun = std::time::Instant::now();
        make(db).await;
        println!("made in {:.1} s", begun.elapsed().as_secs_f64());
        let orgs = organisation::Entity::find().all(db).await.unwrap();
        Self { db: db.clone(), orgs: orgs.into_iter().map(|o| (o.slug.clone(), o)).collect() }
    }

    pub fn org(&self, slug: &str) -> i64 {
        self.orgs[slug].id
    }

    pub fn of(&self, slug: &str) -> Org {
        Org { id: self.org(slug), currency: self.orgs[slug].currency.clone() }
    }

    /// The day of the only event of a kind, and whom it touched.
    pub async fn event(&self, slug: &str, kind: &str, scope: &str) -> Date {
        let filter = event::Column::OrgId.eq(self.org(slug));
        let all = event::Entity::find().filter(filter).all(&self.db).await.unwrap();
        let found: Vec<_> = all.iter().filter(|e| e.kind == kind && e.scope.as_deref() == Some(scope)).collect();
        assert_eq!(found.len(), 1, "{slug}: {kind} {scope}");
        date(found[0].day)
    }

    /// How many facts of each kind each company has.
    async fn counts(&self) -> BTreeMap<(&str, &'static str), usize> {
        let mut counts = BTreeMap::new();
        for (slug, org) in &self.orgs {
            for kind in Kind::ALL {
                let Some((table, _)) = kind.facts() else { continue };
                let rows = facts::read(&self.db, table, &facts::select(table, org.id)).await.unwrap();
                counts.insert((slug.as_str(), kind.name()), rows.len());
            }
            for table in ["deal", "person", "note", "target"] {
                let mut select = Query::select();
                select.expr(Expr::cust("COUNT(*)")).from(table).and_where(Expr::col("org_id").eq(org.id));
                let row = sea_orm::ConnectionTrait::query_one(&self.db, &select).await.unwrap().unwrap();
                counts
                    .insert((slug.as_str(), table), usize::try_from(row.try_get_by_index::<i64>(0).unwrap()).unwrap());
            }
        }
        counts
    }

    pub async fn a_second_start_changes_nothing(&self) {
        let before = self.counts().await;
        make(&self.db).await;
        assert_eq!(organisation::Entity::find().all(&self.db).await.unwrap().len(), self.orgs.len());
        assert_eq!(self.counts().await, before);
    }

    /// Rows of the program's own are checked as those of a file.
    pub async fn rows_are_checked(&self) {
        let org = self.of("fashionfusion");
        let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
        let sheet = |rows: &[[&str; 4]]| Sheet {
            kind: Kind::Activities,
            columns: &["date", "person", "type", "count"],
            rows: rows.iter().copied().map(row).collect(),
        };
        for (rows, code, column) in [
            (&[["2026-05-01", "Nobody", "call", "1"]][..], "unknown_person", "person"),
            (&[["2026-05-01", "Emma Groen", "chat", "1"]], "unknown_value", "type"),
            (&[["2026-05-01", "Emma Groen", "call", "1,5"]], "bad_number", "count"),
        ] {
            let txn = server::db::write_txn(&self.db).await.unwrap();
            let report = rows::take(&txn, &org, &sheet(rows), domain::Timestamp(0)).await.unwrap();
            txn.rollback().await.unwrap();
            let found: Vec<_> = report.rejected.iter().map(|r| (r.line, r.code, r.column.as_deref())).collect();
            assert_eq!(found, [(Some(2), code, Some(column))]);
            assert!(!report.written);
        }
        let deals = Sheet { kind: Kind::Deals, ..sheet(&[]) };
        assert!(!rows::take(&self.db, &org, &deals, domain::Timestamp(0)).await.unwrap().written);
    }

    /// Each company has the facts that its template needs, of its own people and teams, none of days to come, with
    /// amounts that a company of this size has.
    pub async fn everything_is_plausible(&self) {
        use Kind::*;
        let counts = self.counts().await;
        println!("{counts:?}");
        let always = [Activities, Satisfaction, Targets, Measurements, Events];
        for (slug, kinds) in [
            ("techsolutions", &[Subscriptions, CampaignDays, Rates][..]),
            ("strategic-solutions", &[]),
            ("digitalboost", &[CampaignDays, Leads]),
            ("fashionfusion", &[SalesLines]),
        ] {
            for kind in kinds.iter().chain(&always) {
                assert!(counts[&(slug, kind.name())] >= 3, "{slug} has no {}", kind.name());
            }
            self.facts_are_of(slug).await;
        }
        let all: usize = counts.values().sum();
        assert!(all < 40_000, "{all} facts take too long to write at a first start");
    }

    async fn facts_are_of(&self, slug: &str) {
        let org = self.org(slug);
        let people = person::Entity::find().filter(person::Column::OrgId.eq(org)).all(&self.db).await.unwrap();
        let teams = team::Entity::find().filter(team::Column::OrgId.eq(org)).all(&self.db).await.unwrap();
        let people: HashSet<i64> = people.iter().map(|p| p.id).collect();
        let teams: HashSet<i64> = teams.iter().map(|t| t.id).collect();
        let today = i64::from(day(TODAY).day_number());
        for kind in Kind::ALL {
            let Some((table, _)) = kind.facts() else { continue };
            for (_, Stored { cells, import_id, .. }) in
                facts::read(&self.db, table, &facts::select(table, org)).await.unwrap()
            {
                let here = |at: Option<usize>| at.and_then(|at| number(&cells, at));
                let on = number(&cells, table.day).unwrap();
                assert!(on <= today || *kind == Kind::Targets, "{slug}: {} of {}", table.name, date(on));
                assert!(on > today - 1_000, "{slug}: {} of {}", table.name, date(on));
                assert!(here(table.person).is_none_or(|id| people.contains(&id)), "{slug}: person of {}", table.name);
                assert!(here(table.team).is_none_or(|id| teams.contains(&id)), "{slug}: team of {}", table.name);
                assert_eq!(import_id, None);
                for (amount, reporting) in table.convert {
                    let (amount, reporting) = (number(&cells, *amount), number(&cells, *reporting));
                    assert_eq!(amount.is_some(), reporting.is_some(), "{slug}: {} is not converted", table.name);
                    assert!(amount.is_none_or(|a| a.abs() < 20_000_000_000), "{slug}: {} of {amount:?}", table.name);
                }
            }
        }
    }
}

async fn make(db: &DatabaseConnection) {
    let passwords = Passwords::new().unwrap();
    server::demo::make_if_empty(db, &passwords, Clock::Fixed(day(TODAY))).await.unwrap();
}
