//! Small companies written straight into the tables.

use std::collections::BTreeMap;

use domain::{Date, OrgId, Period, PersonId, TeamId};
use migration::{Migrator, MigratorTrait as _};
use sea_orm::{ActiveValue::Set, DatabaseConnection, EntityTrait as _};
use server::entity::{deal, deal_credit, organisation, person, team, team_membership};
use server::kpi::{Frame, KpiQuery, KpiRow, Viewer, Who, ask};

pub const ORG: i64 = 1;

/// A company under test.
pub struct Company {
    pub db: DatabaseConnection,
    pub people: BTreeMap<String, i64>,
    pub teams: BTreeMap<String, i64>,
    next: i64,
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn period(from: &str, to: &str) -> Period {
    Period::new(day(from), day(to)).unwrap()
}

/// A deal to insert; only what a test cares about.
#[derive(Clone, Debug, Default)]
pub struct Deal {
    pub person: Option<i64>,
    /// Shares in millionths, with whose they are.
    pub split: Vec<(i64, i64)>,
    pub status: i16,
    pub created: Option<i32>,
    pub engaged: Option<i32>,
    pub closed: Option<i32>,
    /// Whole units.
    pub amount: Option<i64>,
    pub no_rate: bool,
    pub product: Option<String>,
    pub account: Option<String>,
    pub probability: Option<i64>,
    pub discount: Option<i64>,
    /// The organisation's own columns as JSON.
    pub attributes: Option<String>,
}

impl Company {
    pub async fn new(db: &DatabaseConnection, currency: &str) -> Self {
        Self::of(db, "consultancy", currency).await
    }

    /// A company of a template.
    pub async fn of(db: &DatabaseConnection, template: &str, currency: &str) -> Self {
        Migrator::up(db, None).await.unwrap();
        organisation(db, ORG, template, currency).await;
        Self { db: db.clone(), people: BTreeMap::new(), teams: BTreeMap::new(), next: 100 }
    }

    pub fn id(&mut self) -> i64 {
        self.next += 1;
        self.next
    }

    pub async fn team(&mut self, name: &str, parent: Option<&str>) -> i64 {
        let id = self.id();
        let row = team::ActiveModel {
            org_id: Set(ORG),
            id: Set(id),
            name: Set(name.into()),
            parent_id: Set(parent.map(|p| self.teams[p])),
            archived_at: Set(None),
            created_at: Set(0),
        };
        team::Entity::insert(row).exec_without_returning(&self.db).await.unwrap();
        self.teams.insert(name.into(), id);
        id
    }

    pub async fn person(&mut self, name: &str) -> i64 {
        let id = self.id();
        let row = person::ActiveModel {
            org_id: Set(ORG),
            id: Set(id),
            key: Set(name.into()),
            name: Set(name.into()),
            email: Set(None),
            import_id: Set(None),
            created_at: Set(0),
            updated_at: Set(0),
        };
        person::Entity::insert(row).exec_without_returning(&self.db).await.unwrap();
        self.people.insert(name.into(), id);
        id
    }

    /// Puts a person into a team, under a manager, from a day to a day.
    pub async fn place(
        &mut self,
        name: &str,
        team: Option<&str>,
        manager: Option<&str>,
        from: Option<&str>,
        to: Option<&str>,
    ) {
        let number = |text: Option<&str>| text.map(|t| day(t).day_number());
        let row = team_membership::ActiveModel {
            org_id: Set(ORG),
            id: Set(self.id()),
            person_id: Set(self.people[name]),
            team_id: Set(team.map(|t| self.teams[t])),
            manager_id: Set(manager.map(|m| self.people[m])),
            from_day: Set(number(from)),
            to_day: Set(number(to)),
            import_id: Set(None),
        };
        team_membership::Entity::insert(row).exec_without_returning(&self.db).await.unwrap();
    }

    pub async fn deals(&mut self, deals: &[Deal]) {
        let mut rows = Vec::new();
        let mut credits = Vec::new();
        for d in deals {
            let id = self.id();
            let micros = d.amount.map(|a| a * 1_000_000);
            rows.push(deal::ActiveModel {
                org_id: Set(ORG),
                id: Set(id),
                external_id: Set(format!("D{id}")),
                person_id: Set(d.person),
                is_split: Set(!d.split.is_empty()),
                status: Set(d.status),
                stage: Set(None),
                created_on: Set(d.created),
                engaged_on: Set(d.engaged),
                closed_on: Set(d.closed),
                amount_micros: Set(micros),
                currency: Set(if d.no_rate { "GBP" } else { "USD" }.into()),
                reporting_micros: Set(if d.no_rate { None } else { micros }),
                account: Set(d.account.clone()),
                product: Set(d.product.clone()),
                segment: Set(None),
                source: Set(None),
                campaign: Set(None),
                lost_reason: Set(None),
                proposal_template: Set(None),
                discount_micros: Set(d.discount),
                probability_micros: Set(d.probability),
                country: Set(None),
                attributes: Set(d.attributes.clone()),
                import_id: Set(None),
                created_at: Set(0),
                updated_at: Set(0),
            });
            for (person, share) in &d.split {
                let part = micros.map(|m| (i128::from(m) * i128::from(*share) / 1_000_000) as i64);
                credits.push(deal_credit::ActiveModel {
                    org_id: Set(ORG),
                    deal_id: Set(id),
                    person_id: Set(*person),
                    share_micros: Set(*share),
                    amount_micros: Set(part),
                    reporting_micros: Set(part),
                });
            }
        }
        for chunk in rows.chunks(500) {
            deal::Entity::insert_many(chunk.to_vec()).exec_without_returning(&self.db).await.unwrap();
        }
        for chunk in credits.chunks(500) {
            deal_credit::Entity::insert_many(chunk.to_vec()).exec_without_returning(&self.db).await.unwrap();
        }
        self.rebuild().await;
    }

    /// Makes the stored figures anew, as after facts that were written straight into the tables.
    pub async fn rebuild(&self) {
        rebuild(&self.db).await;
    }

    pub async fn frame(&self) -> Frame {
        Frame::load(&self.db, OrgId::new(ORG)).await.unwrap()
    }

    /// Asks as the operator on 1 January 2026.
    pub async fn ask(&self, query: &KpiQuery) -> Vec<KpiRow> {
        let viewer = Viewer::operator(OrgId::new(ORG), day("2026-01-01"));
        ask(&self.db, &self.frame().await, &viewer, query).await.unwrap()
    }

    pub fn who_person(&self, name: &str) -> Who {
        Who::person(PersonId::new(self.people[name]))
    }

    pub fn who_team(&self, name: &str) -> Who {
        Who::team(TeamId::new(self.teams[name]))
    }
}

/// Makes the stored figures of the company anew.
pub async fn rebuild(db: &DatabaseConnection) {
    let txn = server::db::write_txn(db).await.unwrap();
    server::rollup::rebuild(&txn, OrgId::new(ORG)).await.unwrap();
    txn.commit().await.unwrap();
}

/// An organisation and nothing else.
pub async fn organisation(db: &DatabaseConnection, id: i64, template: &str, currency: &str) {
    let row = organisation::ActiveModel {
        id: Set(id),
        name: Set(format!("Company {id}")),
        slug: Set(format!("company{id}")),
        template: Set(template.into()),
        currency: Set(currency.into()),
        time_zone: Set("Europe/Amsterdam".into()),
        locale: Set("en".into()),
        fiscal_start_month: Set(1),
        week_start: Set(1),
        working_days: Set(31),
        holidays: Set(None),
        min_n: Set(5),
        is_demo: Set(false),
        data_version: Set(1),
        page_version: Set(0),
        created_at: Set(0),
    };
    organisation::Entity::insert(row).exec_without_returning(db).await.unwrap();
}

/// Rows as text: `metric|label|label = value`, for short assertions.
pub fn lines(rows: &[KpiRow]) -> Vec<String> {
    rows.iter()
        .map(|row| {
            let labels: Vec<&str> = row.by.iter().map(|l| l.text.as_deref().unwrap_or("-")).collect();
            let value = match row.answer.value.as_ref().into_result() {
                Ok(figure) => figure.to_plain(2).unwrap(),
                Err(why) => format!("({})", why.code()),
            };
            format!("{}|{} = {value}", row.metric.id(), labels.join("|"))
        })
        .collect()
}

/// The metrics of these ids.
pub fn metrics(ids: &str) -> Vec<&'static domain::Metric> {
    ids.split(',').map(|id| domain::metric::catalogue::find(id).unwrap()).collect()
}
