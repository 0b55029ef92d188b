//! Creates the table of the organisation's own KPIs: kpi_formula, a row per version.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer, integer_null, string, text};

/// Creates the table of own KPIs.
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
                    .table("kpi_formula")
                    .col(big_integer("org_id"))
                    .col(string("key"))
                    .col(integer("version"))
                    .col(integer_null("from_day"))
                    .col(string("name_en"))
                    .col(string("name_nl"))
                    .col(text("explanation"))
                    .col(text("formula"))
                    .col(string("better"))
                    .col(big_integer_null("created_by"))
                    .col(big_integer("created_at"))
                    .col(big_integer_null("retired_at"))
                    .primary_key(Index::create().col("org_id").col("key").col("version"))
                    .foreign_key(ForeignKey::create().from("kpi_formula", "org_id").to("organisation", "id"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("kpi_formula").to_owned()).await
    }
}
