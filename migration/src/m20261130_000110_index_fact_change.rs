//! Lets what an import changed be gone through in order, however much that is.

use sea_orm_migration::prelude::*;

/// Lets what an import changed be gone through in order, however much that is.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        replace(manager, &["org_id", "import_id", "id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        replace(manager, &["org_id", "import_id"]).await
    }
}

async fn replace(manager: &SchemaManager<'_>, columns: &[&'static str]) -> Result<(), DbErr> {
    manager.drop_index(Index::drop().name(NAME).table("fact_change").to_owned()).await?;
    let mut index = Index::create();
    index.name(NAME).table("fact_change");
    columns.iter().for_each(|column| {
        index.col(*column);
    });
    manager.create_index(index).await
}

const NAME: &str = "idx_fact_change_import_id";
