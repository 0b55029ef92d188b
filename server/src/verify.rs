//! Recomputes what must agree: places in teams, shares of split deals, converted amounts, and the engine's figures
//! against a plain count of every deal.

mod conversion;
mod figures;
mod people;
mod shares;

use domain::OrgId;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{ConnectionTrait, DbErr};

use crate::import::Kind;
use crate::kpi::KpiError;

/// One thing that was compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What must hold.
    pub what: &'static str,
    /// How many were compared.
    pub compared: u64,
    /// Where it does not.
    pub differences: Vec<String>,
}

impl Check {
    fn new(what: &'static str) -> Self {
        Self { what, compared: 0, differences: Vec::new() }
    }

    fn compare(&mut self, holds: bool, difference: impl FnOnce() -> String) {
        self.compared += 1;
        if !holds {
            self.differences.push(difference());
        }
    }
}

/// Compares everything of an organisation.
///
/// # Errors
/// When the database refuses.
pub async fn verify(db: &impl ConnectionTrait, org: OrgId) -> Result<Vec<Check>, KpiError> {
    let mut checks = people::check(db, org).await?;
    checks.extend(references(db, org).await?);
    checks.extend(shares::check(db, org).await?);
    checks.extend(conversion::check(db, org).await?);
    checks.push(stored_sums(db, org).await?);
    checks.push(sums_of_facts(db, org).await?);
    checks.push(stored_mrr(db, org).await?);
    checks.extend(figures::check(db, org).await?);
    Ok(checks)
}

/// The stored sums are those of the deals, row by row.
async fn stored_sums(db: &impl ConnectionTrait, org: OrgId) -> Result<Check, DbErr> {
    let (compared, differences) = crate::rollup::compare(db, org).await?;
    Ok(Check { what: "stored sums are those of the deals", compared, differences })
}

/// The stored sums of facts of other kinds are those of the facts, row by row.
async fn sums_of_facts(db: &impl ConnectionTrait, org: OrgId) -> Result<Check, DbErr> {
    let (compared, differences) = crate::rollup::compare_sums(db, org).await?;
    Ok(Check { what: "stored sums are those of the facts", compared, differences })
}

/// Stored recurring revenue is that of the subscriptions, row by row.
async fn stored_mrr(db: &impl ConnectionTrait, org: OrgId) -> Result<Check, DbErr> {
    let (compared, differences) = crate::mrr::compare(db, org).await?;
    Ok(Check { what: "stored recurring revenue is that of the subscriptions", compared, differences })
}

/// What a row names exists: table, column and the table named.
const REFERENCES: [(&str, &str, &str); 8] = [
    ("team", "parent_id", "team"),
    ("team_membership", "person_id", "person"),
    ("team_membership", "team_id", "team"),
    ("team_membership", "manager_id", "person"),
    ("deal", "person_id", "person"),
    ("deal_credit", "deal_id", "deal"),
    ("deal_credit", "person_id", "person"),
    ("target", "person_id", "person"),
];

/// Whom the facts of each other kind name.
fn of_facts() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let tables = Kind::ALL.iter().filter_map(|kind| kind.facts()).map(|(table, _)| table);
    tables.flat_map(|table| {
        let person = table.person.map(|at| (table.name, table.columns[at].0, "person"));
        let team = table.team.map(|at| (table.name, table.columns[at].0, "team"));
        person.into_iter().chain(team)
    })
}

async fn references(db: &impl ConnectionTrait, org: OrgId) -> Result<Vec<Check>, DbErr> {
    let mut check = Check::new("what a row names exists");
    for (table, column, target) in REFERENCES.into_iter().chain(of_facts()) {
        let named = || {
            let mut q = Query::select();
            q.from_as(table, "a")
                .and_where(Expr::col(("a", "org_id")).eq(org.get()))
                .and_where(Expr::col(("a", column)).is_not_null());
            q
        };
        let count = named().expr(Expr::cust("COUNT(*)")).to_owned();
        if let Some(row) = db.query_one(&count).await? {
            check.compared += u64::try_from(row.try_get_by_index::<i64>(0)?).unwrap_or(0);
        }
        let exists = Query::select()
            .expr(Expr::cust("1"))
            .from_as(target, "b")
            .and_where(Expr::cust("b.org_id = a.org_id"))
            .and_where(Expr::col(("b", "id")).equals(("a", column)))
            .to_owned();
        let missing =
            named().distinct().column(("a", column)).and_where(Expr::exists(exists).not()).limit(1_000).to_owned();
        for row in db.query_all(&missing).await? {
            let id: i64 = row.try_get_by_index(0)?;
            check.differences.push(format!("{table}.{column} names {target} {id}, which does not exist"));
        }
    }
    Ok(vec![check])
}
