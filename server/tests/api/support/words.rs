//! Targets, an objective and notes of Acme.

use domain::Timestamp;
use sea_orm::ActiveModelTrait as _;
use sea_orm::ActiveValue::Set;
use sea_orm::DatabaseConnection;
use server::entity::{note, objective, target};

use super::{World, date};

/// Days of the third quarter of 2017, as stored.
fn quarter() -> (i32, i32) {
    (date("2017-07-01").day_number(), date("2017-10-01").day_number())
}

/// A proposed target of ten deals in the third quarter.
pub async fn add_target(db: &DatabaseConnection, w: &World, person: i64) -> i64 {
    let id = server::id::next();
    let (from, to) = quarter();
    let row = target::ActiveModel {
        org_id: Set(w.org),
        id: Set(id),
        metric: Set("deals_won".into()),
        level: Set("person".into()),
        team_id: Set(None),
        person_id: Set(Some(person)),
        from_day: Set(from),
        to_day: Set(to),
        direction: Set("reach".into()),
        baseline_micros: Set(None),
        value_micros: Set(10_000_000),
        stretch_micros: Set(None),
        currency: Set(None),
        distribution: Set("working_days".into()),
        parts: Set("{}".into()),
        objective_id: Set(None),
        why: Set(String::new()),
        guardrail_metric: Set(None),
        guardrail_direction: Set(None),
        guardrail_micros: Set(None),
        weight: Set(50),
        is_personal: Set(false),
        status: Set("proposed".into()),
        version: Set(1),
        created_by: Set(Some(w.manager)),
        created_at: Set(0),
        updated_at: Set(0),
    };
    row.insert(db).await.unwrap();
    id
}

/// East's objective.
pub async fn add_objective(db: &DatabaseConnection, w: &World) -> i64 {
    let id = server::id::next();
    let row = objective::ActiveModel {
        org_id: Set(w.org),
        id: Set(id),
        title: Set("Customers who stay".into()),
        why: Set(String::new()),
        level: Set("team".into()),
        team_id: Set(Some(w.east)),
        person_id: Set(None),
        parent_id: Set(None),
        horizon: Set("long".into()),
        perspective: Set("customer".into()),
        created_by: Set(Some(w.manager)),
        created_at: Set(0),
        archived_at: Set(None),
    };
    row.insert(db).await.unwrap();
    id
}

/// A note on Rob in the third quarter.
pub async fn add_note(db: &DatabaseConnection, w: &World, author: i64, visibility: &str, words: &str) -> i64 {
    let id = server::id::next();
    let (from, to) = quarter();
    let at = Timestamp(i64::from(from) * 86_400_000).0;
    let row = note::ActiveModel {
        org_id: Set(w.org),
        id: Set(id),
        person_id: Set(Some(w.rob)),
        team_id: Set(None),
        author_id: Set(author),
        kind: Set("relationship".into()),
        evidence: Set(words.into()),
        rubric: Set(Some(4)),
        visibility: Set(visibility.into()),
        metric: Set(None),
        from_day: Set(Some(from)),
        to_day: Set(Some(to)),
        snapshot: Set(None),
        reply_to: Set(None),
        created_at: Set(at),
        updated_at: Set(at),
        withdrawn_at: Set(None),
    };
    row.insert(db).await.unwrap();
    id
}
