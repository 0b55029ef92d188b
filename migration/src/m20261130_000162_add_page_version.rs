//! Counts what is changed in an organisation beside its facts, so that a page that was rendered can be kept until then.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = big_integer("page_version").default(0).to_owned();
        manager.alter_table(Table::alter().table("organisation").add_column(column).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("organisation").drop_column("page_version").to_owned()).await
    }
}
