//! Adds to the organisation's own KPIs where on the scorecards they stand.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::string_null;

/// Adds the column.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("kpi_formula").add_column(string_null("perspective")).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("kpi_formula").drop_column("perspective").to_owned()).await
    }
}
