//! Lets what was open on a day be added up from an index alone. Its sums are short and it takes those since the first day;
//! beside them in the table lie the long ones of closed deals.

use sea_orm_migration::prelude::*;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

const NAME: &str = "idx_deal_rollup_flow";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::create()
            .name(NAME)
            .table("deal_rollup")
            .col("org_id")
            .col("grain")
            .col("person_id")
            .col("first_day")
            .col("flow")
            .and_where(Expr::col("flow").is_not_null())
            .to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(NAME).table("deal_rollup").to_owned()).await
    }
}
