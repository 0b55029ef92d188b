//! Creates the table of sales lines.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string, string_null, text_null};

/// Creates the table of sales lines.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("sales_line")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("fact_key"))
                    .col(string("receipt"))
                    .col(big_integer("day"))
                    .col(big_integer("quantity_micros"))
                    .col(big_integer_null("unit_price_micros"))
                    .col(big_integer("amount_micros"))
                    .col(big_integer_null("reporting_micros"))
                    .col(string_null("customer"))
                    .col(big_integer_null("person_id"))
                    .col(string_null("shop"))
                    .col(string_null("product"))
                    .col(string_null("category"))
                    .col(string_null("country"))
                    .col(string_null("channel"))
                    .col(big_integer_null("list_micros"))
                    .col(big_integer_null("list_reporting_micros"))
                    .col(big_integer_null("discount_micros"))
                    .col(big_integer_null("discount_reporting_micros"))
                    .col(big_integer("kind"))
                    .col(string("currency"))
                    .col(text_null("attributes"))
                    .col(big_integer_null("import_id"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(ForeignKey::create().from("sales_line", "org_id").to("organisation", "id"))
                    .foreign_key(
                        ForeignKey::create().from("sales_line", ("org_id", "person_id")).to("person", ("org_id", "id")),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("unique_sales_line_fact_key")
                    .table("sales_line")
                    .col("org_id")
                    .col("fact_key")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("idx_sales_line_day").table("sales_line").col("org_id").col("day").to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_sales_line_person_id_day")
                    .table("sales_line")
                    .col("org_id")
                    .col("person_id")
                    .col("day")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_sales_line_customer")
                    .table("sales_line")
                    .col("org_id")
                    .col("customer")
                    .col("day")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_sales_line_receipt")
                    .table("sales_line")
                    .col("org_id")
                    .col("receipt")
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["sales_line"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
