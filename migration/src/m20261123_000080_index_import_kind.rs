//! Lets the last import of a kind be found without reading the history of imports.

use sea_orm_migration::prelude::*;

/// Lets the last import of a kind be found without reading the history of imports.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut index = Index::create();
        index.name(NAME).table("import").col("org_id").col("kind").col("status").col("id");
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(NAME).table("import").to_owned()).await
    }
}

const NAME: &str = "idx_import_kind_status";
