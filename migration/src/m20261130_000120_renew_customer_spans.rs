//! Empties the stored days of customers: what is given off a subscription no longer makes one, and they are made anew
//! where they are missing.

use sea_orm_migration::prelude::*;

/// Empties the stored days of customers.
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
    manager.execute(Query::delete().from_table("customer_span").to_owned()).await
}
