//! Taking an import back: what it changed becomes what it was, what it created is removed, and what somebody changed
//! since stays. One transaction, whatever the size.
//!
//! Imports can be taken back in any order, and nothing of them is left when all are: where one is taken back whose facts a
//! later one has changed, these stay, and go when the later one is taken back too ([`change::back`]).

use domain::webhook::Event;
use domain::{OrgId, Timestamp};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, EntityTrait as _};
use serde::Serialize;

use super::kind::Kind;
use super::report::{Org, Who};
use super::run::RunError;
use super::store::rates::{self, Exchange};
use super::store::{Context, deals, facts, people};
use crate::entity::import;
use crate::rollup::Changes;
use crate::service::organisation::{Actor, record};
use crate::webhook;

/// What was taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Undone {
    /// Facts that the import had created and that are gone.
    pub removed: u64,
    /// Facts that are what they were before.
    pub restored: u64,
    /// Facts that somebody changed since; they stay.
    pub kept: u64,
    /// People that the import had created and that no fact names any more.
    pub people_removed: u64,
    /// People that the import had created and that stay: facts, targets, notes or a user name them.
    pub people_kept: u64,
}

/// Tables whose rows name people.
const NAMING: [(&str, &str); 15] = [
    ("deal", "person_id"),
    ("deal_credit", "person_id"),
    ("subscription", "person_id"),
    ("lead", "person_id"),
    ("sales_line", "person_id"),
    ("activity", "person_id"),
    ("satisfaction", "person_id"),
    ("quota", "person_id"),
    ("measurement", "person_id"),
    ("target", "person_id"),
    ("note", "person_id"),
    ("team_membership", "person_id"),
    ("team_membership", "manager_id"),
    ("objective", "person_id"),
    ("membership", "person_id"),
];

/// Takes an import back.
///
/// # Errors
/// When the database refuses; nothing is changed then. `None` when it cannot be taken back: it is not done.
pub async fn undo(
    db: &DatabaseConnection,
    org: Org,
    row: &import::Model,
    who: &Who,
    now: Timestamp,
) -> Result<Option<Undone>, RunError> {
    let Ok(kind) = Kind::parse(&row.kind) else { return Ok(None) };
    let id = OrgId::new(org.id);
    let (txn, mut changes, exchange) = crate::db::patiently(|| async {
        let txn = crate::db::write_many_txn(db).await?;
        let changes = Changes::begin(&txn, id).await?;
        let exchange = Exchange::hold(&txn, &org, kind).await?;
        Ok((txn, changes, exchange))
    })
    .await?;
    crate::db::wait_for_others(&txn).await?;
    // Whoever else takes it back has done so by now.
    if crate::query::import::by_id(&txn, org.id, row.id).await?.is_none_or(|row| row.status != "done") {
        return Ok(None);
    }
    let model = import::ActiveModel {
        org_id: Set(row.org_id),
        id: Set(row.id),
        status: Set("undone".to_owned()),
        ..Default::default()
    };
    import::Entity::update(model).exec(&txn).await?;
    let mut ctx = Context::by_hand(exchange, org, now);
    let (restored, removed) = match kind {
        Kind::People => people::back::take_back(&txn, &ctx, row.id, who.user_id).await?,
        _ => match kind.facts() {
            Some((table, _)) => facts::take_back(&txn, &mut ctx, table, row.id, who.user_id).await?,
            None => deals::take_back(&txn, &ctx, &mut changes, row.id, who.user_id).await?,
        },
    };
    if kind == Kind::Rates {
        rates::convert_again(&txn, &mut ctx, &mut changes).await?;
    }
    ctx.flush(&txn).await?;
    let has_raised = changes.flush(&txn).await?;
    let undone = of_people(&txn, ctx.org.id, row, (restored, removed)).await?;
    keep(&txn, row, &undone).await?;
    if !has_raised {
        super::run::bump(&txn, ctx.org.id).await?;
    }
    let listening = webhook::listeners(&txn, ctx.org.id, Event::ImportUndone).await?;
    let data = serde_json::json!({
        "id": row.id.to_string(), "kind": row.kind, "file": row.file_name, "via": who.via, "removed": undone.removed,
        "restored": undone.restored, "kept": undone.kept, "people_removed": undone.people_removed,
        "people_kept": undone.people_kept,
    });
    webhook::tell(&txn, &listening, Event::ImportUndone, &serde_json::json!({ "import": data }), now).await?;
    let actor = Actor { org_id: ctx.org.id, user_id: who.user_id, via: who.via };
    let detail = serde_json::json!({ "kind": row.kind, "file": row.file_name, "undone": undone });
    record(&txn, actor, "import.undo", ("import", Some(row.id)), detail, now).await.map_err(RunError::Audit)?;
    txn.commit().await?;
    Ok(Some(undone))
}

/// Keeps beside the report what was taken back.
async fn keep(db: &impl ConnectionTrait, row: &import::Model, undone: &Undone) -> Result<(), RunError> {
    let json = |error: serde_json::Error| DbErr::Json(error.to_string());
    let mut report: serde_json::Value = serde_json::from_str(&row.report).map_err(json)?;
    if let Some(report) = report.as_object_mut() {
        report.insert("undone".to_owned(), serde_json::to_value(undone).map_err(json)?);
    }
    let model = import::ActiveModel {
        org_id: Set(row.org_id),
        id: Set(row.id),
        report: Set(report.to_string()),
        ..Default::default()
    };
    import::Entity::update(model).exec(db).await?;
    Ok(())
}

/// Removes the people of imports that are undone, and counts.
async fn of_people(
    db: &impl ConnectionTrait,
    org_id: i64,
    row: &import::Model,
    (restored, removed): (u64, u64),
) -> Result<Undone, DbErr> {
    let people_removed = remove_people(db, org_id).await?;
    let mut of_this = Query::select();
    of_this
        .expr(Expr::cust("COUNT(*)"))
        .from("person")
        .and_where(Expr::col("org_id").eq(org_id))
        .and_where(Expr::col("import_id").eq(row.id));
    let count = db.query_one(&of_this).await?.map(|row| row.try_get_by_index::<i64>(0)).transpose()?;
    let touched = u64::try_from(row.created + row.updated).unwrap_or_default();
    // A row of a file of people stands for a person and a place at once.
    let done =
        if row.kind == Kind::People.name() { Ord::max(removed + restored, people_removed) } else { removed + restored };
    Ok(Undone {
        removed,
        restored,
        kept: touched.saturating_sub(done),
        people_removed,
        people_kept: u64::try_from(count.unwrap_or_default()).unwrap_or_default(),
    })
}

/// Removes people that imports created which are undone, and that nothing names. An earlier undo may have left them
/// because of what this one has removed.
async fn remove_people(db: &impl ConnectionTrait, org_id: i64) -> Result<u64, DbErr> {
    let undone: SelectStatement = Query::select()
        .column("id")
        .from("import")
        .and_where(Expr::col("org_id").eq(org_id))
        .and_where(Expr::col("status").eq("undone"))
        .to_owned();
    let mut delete = Query::delete();
    delete
        .from_table("person")
        .and_where(Expr::col(("person", "org_id")).eq(org_id))
        .and_where(Expr::col(("person", "import_id")).in_subquery(undone));
    for (table, column) in NAMING {
        let names = Query::select()
            .expr(Expr::val(1))
            .from(table)
            .and_where(Expr::col((table, "org_id")).eq(org_id))
            .and_where(Expr::col((table, column)).equals(("person", "id")))
            .to_owned();
        delete.and_where(Expr::exists(names).not());
    }
    Ok(db.execute(&delete).await?.rows_affected())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use migration::{Migrator, MigratorTrait as _};
    use sea_orm::{DbBackend, Statement};

    use super::*;

    #[tokio::test]
    async fn every_table_that_names_a_person_is_looked_at() {
        let db = crate::db::connect("sqlite::memory:").await.unwrap();
        Migrator::up(&db, None).await.unwrap();
        let sql = "SELECT m.name, f.\"from\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f \
                   WHERE f.\"table\" = 'person' AND f.\"from\" <> 'org_id'";
        let rows = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap();
        let found: BTreeSet<(String, String)> =
            rows.iter().map(|r| (r.try_get_by_index(0).unwrap(), r.try_get_by_index(1).unwrap())).collect();
        let known: BTreeSet<(String, String)> =
            NAMING.iter().map(|(table, column)| ((*table).to_owned(), (*column).to_owned())).collect();
        // A user's place names a person without a constraint.
        let more: Vec<_> = known.difference(&found).map(|(table, _)| table.as_str()).collect();
        assert!(found.is_subset(&known), "{found:?}");
        assert_eq!(more, ["membership"]);
    }
}
