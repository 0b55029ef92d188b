//! Creates the tables of quotas, measurements, events and exchange rates.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string, string_null, text_null};

/// Creates the tables of quotas, measurements, events and exchange rates.
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
                    .table("quota")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("fact_key"))
                    .col(string("metric"))
                    .col(big_integer_null("person_id"))
                    .col(big_integer_null("team_id"))
                    .col(big_integer("from_day"))
                    .col(big_integer("to_day"))
                    .col(big_integer("value_micros"))
                    .col(string_null("where_column"))
                    .col(string_null("where_value"))
                    .col(text_null("attributes"))
                    .col(big_integer_null("import_id"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(ForeignKey::create().from("quota", "org_id").to("organisation", "id"))
                    .foreign_key(
                        ForeignKey::create().from("quota", ("org_id", "person_id")).to("person", ("org_id", "id")),
                    )
                    .foreign_key(ForeignKey::create().from("quota", ("org_id", "team_id")).to("team", ("org_id", "id")))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("unique_quota_fact_key")
                    .table("quota")
                    .col("org_id")
                    .col("fact_key")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_quota_from_day")
                    .table("quota")
                    .col("org_id")
                    .col("metric")
                    .col("from_day")
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("measurement")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("fact_key"))
                    .col(big_integer("day"))
                    .col(string("measure"))
                    .col(big_integer("value_micros"))
                    .col(big_integer_null("person_id"))
                    .col(big_integer_null("team_id"))
                    .col(text_null("attributes"))
                    .col(big_integer_null("import_id"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(ForeignKey::create().from("measurement", "org_id").to("organisation", "id"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("measurement", ("org_id", "person_id"))
                            .to("person", ("org_id", "id")),
                    )
                    .foreign_key(
                        ForeignKey::create().from("measurement", ("org_id", "team_id")).to("team", ("org_id", "id")),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("unique_measurement_fact_key")
                    .table("measurement")
                    .col("org_id")
                    .col("fact_key")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_measurement_day")
                    .table("measurement")
                    .col("org_id")
                    .col("measure")
                    .col("day")
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("event")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("fact_key"))
                    .col(big_integer("day"))
                    .col(string("title"))
                    .col(string("kind"))
                    .col(string_null("scope"))
                    .col(text_null("attributes"))
                    .col(big_integer_null("import_id"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(ForeignKey::create().from("event", "org_id").to("organisation", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("unique_event_fact_key")
                    .table("event")
                    .col("org_id")
                    .col("fact_key")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(Index::create().name("idx_event_day").table("event").col("org_id").col("day").to_owned())
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("exchange_rate")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("fact_key"))
                    .col(big_integer("day"))
                    .col(string("currency"))
                    .col(string("rate"))
                    .col(text_null("attributes"))
                    .col(big_integer_null("import_id"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(ForeignKey::create().from("exchange_rate", "org_id").to("organisation", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("unique_exchange_rate_fact_key")
                    .table("exchange_rate")
                    .col("org_id")
                    .col("fact_key")
                    .unique()
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["exchange_rate", "event", "measurement", "quota"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
