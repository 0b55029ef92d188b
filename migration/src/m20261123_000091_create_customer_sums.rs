//! Creates what is stored of customers: their purchases by month, their first and last days, and the index by which the
//! deals of a customer are found.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string};
use sea_orm_migration::sea_orm::DbBackend;

/// Creates what is stored of customers.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut months = Table::create()
            .table("customer_month")
            .col(big_integer("org_id"))
            .col(big_integer("first_day"))
            .col(string("customer"))
            .col(big_integer("person_id"))
            .col(big_integer("visits"))
            .primary_key(Index::create().col("org_id").col("first_day").col("customer").col("person_id"))
            .foreign_key(ForeignKey::create().from("customer_month", "org_id").to("organisation", "id"))
            .to_owned();
        let mut spans = Table::create()
            .table("customer_span")
            .col(big_integer("org_id"))
            .col(string("customer"))
            .col(big_integer("first_day"))
            .col(big_integer("person_id"))
            .col(big_integer_null("first_sale_on"))
            .col(big_integer("last_day"))
            .primary_key(Index::create().col("org_id").col("customer"))
            .foreign_key(ForeignKey::create().from("customer_span", "org_id").to("organisation", "id"))
            .to_owned();
        if manager.get_database_backend() == DbBackend::Sqlite {
            months.extra("WITHOUT ROWID");
            spans.extra("WITHOUT ROWID");
        }
        manager.create_table(months).await?;
        manager.create_table(spans).await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_customer_span_first_day")
                    .table("customer_span")
                    .col("org_id")
                    .col("first_day")
                    .col("person_id")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_deal_account")
                    .table("deal")
                    .col("org_id")
                    .col("account")
                    .and_where(Expr::col("status").eq(1).and(Expr::col("account").is_not_null()))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("idx_deal_account").table("deal").to_owned()).await?;
        for table in ["customer_span", "customer_month"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
