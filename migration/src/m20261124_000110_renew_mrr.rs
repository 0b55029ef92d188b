//! Empties stored recurring revenue: it holds more figures since, and is made anew where it is missing.

use sea_orm_migration::prelude::*;

/// Empties stored recurring revenue.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        empty(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        empty(manager).await
    }
}

async fn empty(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for table in ["mrr_sum", "customer_mrr"] {
        manager.execute(Query::delete().from_table(table).to_owned()).await?;
    }
    Ok(())
}
