//! Creates the stored aggregates of deals, and indexes on the deals that those leave out: with split credit, and by
//! discount.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, small_integer, text_null};
use sea_orm_migration::sea_orm::DbBackend;

/// Creates the stored aggregates of deals.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create()
            .table("deal_rollup")
            .col(big_integer("org_id"))
            .col(small_integer("grain"))
            .col(big_integer("person_id"))
            .col(integer("first_day"))
            .col(text_null("closed"))
            .col(text_null("began"))
            .col(text_null("flow"))
            .primary_key(Index::create().col("org_id").col("grain").col("person_id").col("first_day"))
            .foreign_key(ForeignKey::create().from("deal_rollup", "org_id").to("organisation", "id"))
            .to_owned();
        // One person's stretch of time lies together, and no second tree is searched.
        if manager.get_database_backend() == DbBackend::Sqlite {
            table.extra("WITHOUT ROWID");
        }
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_deal_split")
                    .table("deal")
                    .col("org_id")
                    .col("closed_on")
                    .and_where(Expr::col("is_split"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_deal_discount")
                    .table("deal")
                    .col("org_id")
                    .col("person_id")
                    .col("closed_on")
                    .col("status")
                    .col("discount_micros")
                    .col("reporting_micros")
                    .col("amount_micros")
                    .col("is_split")
                    .and_where(Expr::col("discount_micros").is_not_null())
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("idx_deal_discount").table("deal").to_owned()).await?;
        manager.drop_index(Index::drop().name("idx_deal_split").table("deal").to_owned()).await?;
        manager.drop_table(Table::drop().table("deal_rollup").to_owned()).await
    }
}
