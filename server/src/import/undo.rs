//! Taking an import back: what it changed becomes what it was, what it created is removed, and what somebody changed
//! since stays. One transaction, whatever the size.

use domain::webhook::Event;
use domain::{OrgId, Timestamp};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, EntityTrait as _};
use serde::Serialize;

use super::kind::Kind;
use super::report::{Org, Who};
use super::run::RunError;
use super::store::{Context, change, deals, facts, rates};
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
/// When the database refuses; nothing is changed then. `None` when it cannot be taken back: it is not done, or it
/// brought people, whose places in teams other facts rest on.
pub async fn undo(
    db: &DatabaseConnection,
    org: Org,
    row: &import::Model,
    who: &Who,
    now: Timestamp,
) -> Result<Option<Undone>, RunError> {
    let Ok(kind) = Kind::parse(&row.kind) else { return Ok(None) };
    if row.status != "done" || kind == Kind::People {
        return Ok(None);
    }
    let txn = crate::db::patiently(|| crate::db::write_many_txn(db)).await?;
    let mut ctx = Context::by_hand(rates::load(&txn, &org).await?, org, now);
    let (restored, removed) = match kind.facts() {
        Some((table, _)) => facts::take_back(&txn, &mut ctx, table, row.id).await?,
        None => {
            let mut changes = Changes::begin(&txn, OrgId::new(ctx.org.id)).await?;
            let done = deals::take_back(&txn, &ctx, &mut changes, row.id).await?;
            changes.flush(&txn).await?;
            done
        }
    };
    change::forget(&txn, ctx.org.id, row.id).await?;
    if kind == Kind::Rates {
        rates::after_change(&txn, &mut ctx).await?;
    }
    // In the background one waits as long as it takes.
    ctx.touched.flush(&txn, OrgId::new(ctx.org.id), None).await?;
    let people_removed = remove_people(&txn, ctx.org.id, row.id).await?;
    let touched = u64::try_from(row.created + row.updated).unwrap_or_default();
    let undone = Undone { removed, restored, kept: touched.saturating_sub(removed + restored), people_removed };
    let model = import::ActiveModel {
        org_id: Set(row.org_id),
        id: Set(row.id),
        status: Set("undone".to_owned()),
        ..Default::default()
    };
    import::Entity::update(model).exec(&txn).await?;
    super::run::bump(&txn, ctx.org.id).await?;
    let listening = webhook::listeners(&txn, ctx.org.id, Event::ImportUndone).await?;
    let data = serde_json::json!({
        "id": row.id.to_string(), "kind": row.kind, "file": row.file_name, "via": who.via, "removed": undone.removed,
        "restored": undone.restored, "kept": undone.kept, "people_removed": undone.people_removed,
    });
    webhook::tell(&txn, &listening, Event::ImportUndone, &serde_json::json!({ "import": data }), now).await?;
    let actor = Actor { org_id: ctx.org.id, user_id: who.user_id, via: who.via };
    let detail = serde_json::json!({ "kind": row.kind, "file": row.file_name, "undone": undone });
    record(&txn, actor, "import.undo", ("import", Some(row.id)), detail, now).await.map_err(RunError::Audit)?;
    txn.commit().await?;
    Ok(Some(undone))
}

/// Removes people that the import created and that nothing names.
async fn remove_people(db: &impl ConnectionTrait, org_id: i64, import_id: i64) -> Result<u64, DbErr> {
    let mut delete = Query::delete();
    delete
        .from_table("person")
        .and_where(Expr::col(("person", "org_id")).eq(org_id))
        .and_where(Expr::col(("person", "import_id")).eq(import_id));
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
