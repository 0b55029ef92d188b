//! Tokens of programs.

use domain::policy::Scope;
use sea_orm::ActiveModelTrait as _;
use sea_orm::ActiveValue::Set;
use sea_orm::DatabaseConnection;
use server::entity::api_token;

/// A token of a user that works for a long time; gives its identifier and its text.
pub async fn add(db: &DatabaseConnection, org: i64, user: i64, scopes: &[Scope]) -> (i64, String) {
    let id = server::id::next();
    let text = format!("{}{}", server::service::tokens::PREFIX, server::token::fresh());
    let row = api_token::ActiveModel {
        org_id: Set(org),
        id: Set(id),
        name: Set("Test".into()),
        token_hash: Set(server::token::hash(&text)),
        scopes: Set(scopes.iter().map(|s| s.code()).collect::<Vec<_>>().join(" ")),
        created_by: Set(user),
        created_at: Set(0),
        expires_at: Set(4_000_000_000_000),
        last_used_at: Set(None),
        revoked_at: Set(None),
    };
    row.insert(db).await.unwrap();
    (id, text)
}
