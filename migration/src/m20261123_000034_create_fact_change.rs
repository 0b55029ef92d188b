//! Creates the table of what facts were before they were changed, and own columns of deals.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string, text, text_null};

/// Creates the table of what facts were before they were changed, and own columns of deals.
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
                    .table("fact_change")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("kind"))
                    .col(big_integer("fact_id"))
                    .col(big_integer_null("import_id"))
                    .col(big_integer_null("user_id"))
                    .col(text("before"))
                    .col(big_integer("changed_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(ForeignKey::create().from("fact_change", "org_id").to("organisation", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_fact_change_import_id")
                    .table("fact_change")
                    .col("org_id")
                    .col("import_id")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_fact_change_fact_id")
                    .table("fact_change")
                    .col("org_id")
                    .col("kind")
                    .col("fact_id")
                    .to_owned(),
            )
            .await?;
        manager.alter_table(Table::alter().table("deal").add_column(text_null("attributes")).to_owned()).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("deal").drop_column("attributes").to_owned()).await?;
        for table in ["fact_change"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
