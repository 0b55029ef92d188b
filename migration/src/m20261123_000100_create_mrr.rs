//! Creates stored recurring revenue: of each customer by month, its sums by person, and the index by which a customer's
//! subscriptions are found.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, boolean, integer, small_integer, string, text};
use sea_orm_migration::sea_orm::DbBackend;

/// Creates stored recurring revenue.
#[derive(DeriveMigrationName)]
pub struct Migration;

const OF_CUSTOMER: &str = "idx_subscription_customer";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut months = Table::create()
            .table("customer_mrr")
            .col(big_integer("org_id"))
            .col(string("customer"))
            .col(integer("month"))
            .col(big_integer("person_id"))
            .col(text("figures"))
            .col(boolean("is_first"))
            .col(boolean("is_moved"))
            .col(boolean("had_before"))
            .col(boolean("had_within"))
            .col(boolean("had_after"))
            .primary_key(Index::create().col("org_id").col("customer").col("month"))
            .foreign_key(ForeignKey::create().from("customer_mrr", "org_id").to("organisation", "id"))
            .to_owned();
        let mut sums = Table::create()
            .table("mrr_sum")
            .col(big_integer("org_id"))
            .col(small_integer("grain"))
            .col(big_integer("person_id"))
            .col(integer("first_day"))
            .col(text("figures"))
            .primary_key(Index::create().col("org_id").col("grain").col("person_id").col("first_day"))
            .foreign_key(ForeignKey::create().from("mrr_sum", "org_id").to("organisation", "id"))
            .to_owned();
        // What is read together lies together, and no second tree is searched.
        if manager.get_database_backend() == DbBackend::Sqlite {
            months.extra("WITHOUT ROWID");
            sums.extra("WITHOUT ROWID");
        }
        manager.create_table(months).await?;
        manager.create_table(sums).await?;
        let index = |name: &str, columns: [&'static str; 3], only: &'static str| {
            let mut index = Index::create().name(name).table("customer_mrr").and_where(Expr::col(only)).to_owned();
            columns.iter().for_each(|column| _ = index.col(*column));
            index
        };
        let of_person = ["org_id", "person_id", "customer"];
        manager.create_index(index("idx_customer_mrr_first", of_person, "is_first")).await?;
        manager.create_index(index("idx_customer_mrr_moved", ["org_id", "month", "customer"], "is_moved")).await?;
        let of_customer =
            Index::create().name(OF_CUSTOMER).table("subscription").col("org_id").col("customer").to_owned();
        manager.create_index(of_customer).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(OF_CUSTOMER).table("subscription").to_owned()).await?;
        for table in ["mrr_sum", "customer_mrr"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
