//! Creates the tables of subscriptions, activities and satisfaction.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string, string_null, text_null};

/// Creates the tables of subscriptions, activities and satisfaction.
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
                    .table("subscription")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("fact_key"))
                    .col(string("external_id"))
                    .col(string("customer"))
                    .col(big_integer("start_on"))
                    .col(big_integer_null("end_on"))
                    .col(big_integer_null("cancelled_on"))
                    .col(string_null("part"))
                    .col(big_integer("amount_micros"))
                    .col(string("interval"))
                    .col(big_integer("per_year_micros"))
                    .col(string("currency"))
                    .col(string_null("plan"))
                    .col(big_integer_null("person_id"))
                    .col(text_null("attributes"))
                    .col(big_integer_null("import_id"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(ForeignKey::create().from("subscription", "org_id").to("organisation", "id"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("subscription", ("org_id", "person_id"))
                            .to("person", ("org_id", "id")),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("unique_subscription_fact_key")
                    .table("subscription")
                    .col("org_id")
                    .col("fact_key")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_subscription_start_on")
                    .table("subscription")
                    .col("org_id")
                    .col("start_on")
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("activity")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("fact_key"))
                    .col(big_integer("day"))
                    .col(big_integer_null("person_id"))
                    .col(string("activity_type"))
                    .col(big_integer("count"))
                    .col(text_null("attributes"))
                    .col(big_integer_null("import_id"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(ForeignKey::create().from("activity", "org_id").to("organisation", "id"))
                    .foreign_key(
                        ForeignKey::create().from("activity", ("org_id", "person_id")).to("person", ("org_id", "id")),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("unique_activity_fact_key")
                    .table("activity")
                    .col("org_id")
                    .col("fact_key")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("idx_activity_day").table("activity").col("org_id").col("day").to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_activity_person_id_day")
                    .table("activity")
                    .col("org_id")
                    .col("person_id")
                    .col("day")
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("satisfaction")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("fact_key"))
                    .col(big_integer("day"))
                    .col(string("scale"))
                    .col(big_integer("score_micros"))
                    .col(string_null("customer"))
                    .col(big_integer_null("person_id"))
                    .col(text_null("attributes"))
                    .col(big_integer_null("import_id"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(ForeignKey::create().from("satisfaction", "org_id").to("organisation", "id"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("satisfaction", ("org_id", "person_id"))
                            .to("person", ("org_id", "id")),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("unique_satisfaction_fact_key")
                    .table("satisfaction")
                    .col("org_id")
                    .col("fact_key")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("idx_satisfaction_day").table("satisfaction").col("org_id").col("day").to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["satisfaction", "activity", "subscription"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
