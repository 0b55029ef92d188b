//! A webhook that is there before a test begins.

use sea_orm::ActiveModelTrait as _;
use sea_orm::ActiveValue::Set;
use sea_orm::{DatabaseConnection, IntoActiveModel as _};
use server::entity::{webhook, webhook_delivery};

/// A webhook that is told when an import is undone, and was told so once; gives the identifiers of both.
pub async fn add(db: &DatabaseConnection, org: i64, user: i64) -> (i64, i64) {
    let id = server::id::next();
    let row = webhook::ActiveModel {
        org_id: Set(org),
        id: Set(id),
        url: Set("https://hooks.example.com/in".into()),
        events: Set("import.undone".into()),
        secret: Set("mws_kept".into()),
        is_active: Set(true),
        created_by: Set(user),
        created_at: Set(0),
        removed_at: Set(None),
    };
    row.insert(db).await.unwrap();
    let row = webhook_delivery::Model {
        org_id: org,
        id: server::id::next(),
        webhook_id: id,
        event: "import.undone".into(),
        payload: "{}".into(),
        status: "delivered".into(),
        attempts: 1,
        next_at: 0,
        claimed_until: None,
        response_code: Some(204),
        response: None,
        fault: None,
        made_at: 0,
        sent_at: Some(0),
        delivered_at: Some(0),
    };
    let delivery = row.into_active_model().reset_all().insert(db).await.unwrap().id;
    (id, delivery)
}
