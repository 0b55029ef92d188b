//! Creates the table of rejected rows: what stood in them, piece by piece, so that all of them can be had back.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, text};

/// Creates the table of rejected rows.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("import_rejected")
            .col(big_integer("org_id"))
            .col(big_integer("import_id"))
            .col(integer("piece"))
            .col(text("rows"))
            .primary_key(Index::create().col("org_id").col("import_id").col("piece"))
            .foreign_key(
                ForeignKey::create()
                    .from("import_rejected", ("org_id", "import_id"))
                    .to("import", ("org_id", "id"))
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("import_rejected").to_owned()).await
    }
}
