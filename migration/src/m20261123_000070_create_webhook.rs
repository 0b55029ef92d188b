//! Creates the tables of webhooks: who is told of what, and what was sent.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, integer, integer_null, string, string_null, text, text_null,
};

/// Creates the tables of webhooks.
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
                    .table("webhook")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(text("url"))
                    .col(string("events"))
                    .col(string("secret"))
                    .col(boolean("is_active"))
                    .col(big_integer("created_by"))
                    .col(big_integer("created_at"))
                    .col(big_integer_null("removed_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(ForeignKey::create().from("webhook", "org_id").to("organisation", "id"))
                    .foreign_key(ForeignKey::create().from("webhook", "created_by").to("user_account", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("webhook_delivery")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(big_integer("webhook_id"))
                    .col(string("event"))
                    .col(text("payload"))
                    .col(string("status"))
                    .col(integer("attempts"))
                    .col(big_integer("next_at"))
                    .col(big_integer_null("claimed_until"))
                    .col(integer_null("response_code"))
                    .col(text_null("response"))
                    .col(string_null("fault"))
                    .col(big_integer("made_at"))
                    .col(big_integer_null("sent_at"))
                    .col(big_integer_null("delivered_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("webhook_delivery", ("org_id", "webhook_id"))
                            .to("webhook", ("org_id", "id")),
                    )
                    .to_owned(),
            )
            .await?;
        for (name, columns) in INDEXES {
            let mut index = Index::create();
            index.name(*name).table("webhook_delivery");
            for column in *columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("webhook_delivery").to_owned()).await?;
        manager.drop_table(Table::drop().table("webhook").to_owned()).await
    }
}

/// A webhook's deliveries on its page; what is due, whichever the organisation; what is old enough to go.
const INDEXES: &[(&str, &[&str])] = &[
    ("idx_webhook_delivery_webhook", &["org_id", "webhook_id", "id"]),
    ("idx_webhook_delivery_due", &["status", "next_at"]),
    ("idx_webhook_delivery_made_at", &["made_at"]),
];
