//! A company made for measuring: the same rows for the same number of deals, on every machine.

use std::fmt::Write as _;

use domain::{Date, OrgId, PersonId, TeamId};
use migration::{Migrator, MigratorTrait as _};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};

/// The organisation.
pub const ORG: OrgId = OrgId::new(1);
/// Teams, of [`PER_TEAM`] people each.
pub const TEAMS: i64 = 20;
/// People in a team.
pub const PER_TEAM: i64 = 10;
const PRODUCTS: [&str; 7] = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta"];
const ROWS_PER_STATEMENT: u32 = 500;

/// The person of a number from 0 to 199.
pub fn person(n: i64) -> PersonId {
    PersonId::new(1_000 + n)
}

/// The team of a number from 0 to 19.
pub fn team(n: i64) -> TeamId {
    TeamId::new(100 + n)
}

/// A number that looks random but is the same every time (splitmix64).
pub fn hash(n: u64) -> u64 {
    let mut z = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Makes the schema, the people and so many deals closed from 2023 to 2025, one in twelve still open.
pub async fn fill(db: &DatabaseConnection, deals: u32) -> Result<(), DbErr> {
    Migrator::up(db, None).await?;
    organisation(db).await?;
    people(db).await?;
    insert_deals(db, deals).await?;
    let txn = server::db::write_txn(db).await?;
    server::rollup::rebuild(&txn, ORG).await?;
    txn.commit().await?;
    // A database in use has its statistics; PostgreSQL also marks what an index alone can answer.
    let upkeep = if server::db::is_sqlite(db.get_database_backend()) { "ANALYZE" } else { "VACUUM ANALYZE" };
    db.execute_unprepared(upkeep).await.map(|_| ())
}

/// Makes the organisation.
pub async fn organisation(db: &DatabaseConnection) -> Result<(), DbErr> {
    db.execute_unprepared(
        "INSERT INTO organisation (id, name, slug, template, currency, time_zone, locale, fiscal_start_month, \
         week_start, working_days, min_n, is_demo, data_version, created_at) \
         VALUES (1, 'Bench', 'bench', 'consultancy', 'EUR', 'UTC', 'en', 1, 1, 31, 5, FALSE, 1, 0)",
    )
    .await
    .map(|_| ())
}

async fn people(db: &DatabaseConnection) -> Result<(), DbErr> {
    let mut teams = Vec::new();
    let mut people = Vec::new();
    let mut places = Vec::new();
    for t in 0..TEAMS {
        teams.push(format!("(1, {}, 'Team {t}', NULL, NULL, 0)", team(t)));
        for p in t * PER_TEAM..(t + 1) * PER_TEAM {
            people.push(format!("(1, {}, 'Person {p}', 'Person {p}', 0, 0)", person(p)));
            places.push(format!("(1, {}, {}, {}, NULL, NULL, NULL)", 5_000 + p, person(p), team(t)));
        }
    }
    for (head, rows) in [
        ("team (org_id, id, name, parent_id, archived_at, created_at)", teams),
        ("person (org_id, id, key, name, created_at, updated_at)", people),
        ("team_membership (org_id, id, person_id, team_id, manager_id, from_day, to_day)", places),
    ] {
        db.execute_unprepared(&format!("INSERT INTO {head} VALUES {}", rows.join(","))).await?;
    }
    Ok(())
}

async fn insert_deals(db: &DatabaseConnection, deals: u32) -> Result<(), DbErr> {
    let first = Date::from_ymd(2023, 1, 1).map_or(0, Date::day_number);
    let txn = server::db::write_txn(db).await?;
    for start in (0..deals).step_by(ROWS_PER_STATEMENT as usize) {
        let mut sql = String::from(
            "INSERT INTO deal (org_id, id, external_id, person_id, is_split, status, created_on, closed_on, \
             amount_micros, currency, reporting_micros, product, probability_micros, created_at, updated_at) VALUES ",
        );
        for n in start..(start + ROWS_PER_STATEMENT).min(deals) {
            let h = hash(u64::from(n));
            let part = |shift: u32, below: u64| (h >> shift) % below;
            let created = first - 60 + i32::try_from(part(0, 1_120)).unwrap_or(0);
            let closed = created + 1 + i32::try_from(part(11, 139)).unwrap_or(0);
            let status = if part(20, 12) == 0 { 0 } else { 1 + u64::from(part(25, 100) >= 55) };
            let closed = if status == 0 { "NULL".to_owned() } else { closed.to_string() };
            let amount = (50 + part(30, 20_000)) * 1_000_000;
            let owner = person(i64::try_from(part(45, 200)).unwrap_or(0));
            let product = PRODUCTS[usize::try_from(part(54, 7)).unwrap_or(0)];
            let comma = if n == start { "" } else { "," };
            let _ = write!(
                sql,
                "{comma}(1,{},'D{n:08}',{owner},FALSE,{status},{created},{closed},{amount},'EUR',{amount},'{product}',\
                 {},0,0)",
                100_000 + n,
                100_000 * (1 + part(58, 9)),
            );
        }
        txn.execute_unprepared(&sql).await?;
    }
    txn.commit().await
}
