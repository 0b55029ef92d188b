//! Creates the tables of the API: api_token, and idempotency_key with the answers that may be asked for once more.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer_null, string, text_null};

/// Creates the tables of the API.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("api_token")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("name"))
                    .col(string("token_hash"))
                    .col(string("scopes"))
                    .col(big_integer("created_by"))
                    .col(big_integer("created_at"))
                    .col(big_integer("expires_at"))
                    .col(big_integer_null("last_used_at"))
                    .col(big_integer_null("revoked_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(ForeignKey::create().from("api_token", "org_id").to("organisation", "id"))
                    .foreign_key(ForeignKey::create().from("api_token", "created_by").to("user_account", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("unique_api_token_token_hash")
                    .table("api_token")
                    .col("token_hash")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("idempotency_key")
                    .col(big_integer("org_id"))
                    .col(big_integer("token_id"))
                    .col(string("key"))
                    .col(string("request_hash"))
                    .col(big_integer_null("import_id"))
                    .col(integer_null("status"))
                    .col(text_null("body"))
                    .col(big_integer("created_at"))
                    .col(big_integer("started_at"))
                    .primary_key(Index::create().col("org_id").col("token_id").col("key"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("idempotency_key", ("org_id", "token_id"))
                            .to("api_token", ("org_id", "id")),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_idempotency_key_created_at")
                    .table("idempotency_key")
                    .col("created_at")
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("idempotency_key").to_owned()).await?;
        manager.drop_table(Table::drop().table("api_token").to_owned()).await
    }
}
