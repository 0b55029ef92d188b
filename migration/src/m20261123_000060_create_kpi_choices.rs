//! Creates the table of the organisation's choices where vendors disagree: kpi_choices, a row per version.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer, text};

/// Creates the table of choices.
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
                    .table("kpi_choices")
                    .col(big_integer("org_id"))
                    .col(integer("version"))
                    .col(text("choices"))
                    .col(big_integer_null("created_by"))
                    .col(big_integer("created_at"))
                    .primary_key(Index::create().col("org_id").col("version"))
                    .foreign_key(ForeignKey::create().from("kpi_choices", "org_id").to("organisation", "id"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("kpi_choices").to_owned()).await
    }
}
