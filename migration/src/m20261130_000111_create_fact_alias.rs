//! Creates the table of keys that facts had before they were corrected by hand.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string};

/// Creates the table of keys that facts had before they were corrected by hand.
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
                    .table("fact_alias")
                    .col(big_integer("org_id"))
                    .col(string("kind"))
                    .col(string("fact_key"))
                    .col(big_integer("fact_id"))
                    .primary_key(Index::create().col("org_id").col("kind").col("fact_key"))
                    .foreign_key(ForeignKey::create().from("fact_alias", "org_id").to("organisation", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_fact_alias_fact_id")
                    .table("fact_alias")
                    .col("org_id")
                    .col("kind")
                    .col("fact_id")
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("fact_alias").to_owned()).await
    }
}
