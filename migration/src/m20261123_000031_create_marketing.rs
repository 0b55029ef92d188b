//! Creates the tables of campaign days and leads.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string, string_null, text_null};

/// Creates the tables of campaign days and leads.
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
                    .table("campaign_day")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("fact_key"))
                    .col(big_integer("day"))
                    .col(string("campaign"))
                    .col(string_null("channel"))
                    .col(string_null("category"))
                    .col(big_integer_null("spend_micros"))
                    .col(big_integer_null("spend_reporting_micros"))
                    .col(big_integer_null("impressions"))
                    .col(big_integer_null("clicks"))
                    .col(big_integer_null("leads"))
                    .col(big_integer_null("qualified_leads"))
                    .col(big_integer_null("orders"))
                    .col(big_integer_null("revenue_micros"))
                    .col(big_integer_null("revenue_reporting_micros"))
                    .col(string("currency"))
                    .col(text_null("attributes"))
                    .col(big_integer_null("import_id"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(ForeignKey::create().from("campaign_day", "org_id").to("organisation", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("unique_campaign_day_fact_key")
                    .table("campaign_day")
                    .col("org_id")
                    .col("fact_key")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("idx_campaign_day_day").table("campaign_day").col("org_id").col("day").to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("lead")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("fact_key"))
                    .col(string("external_id"))
                    .col(big_integer("created_on"))
                    .col(string_null("channel"))
                    .col(string_null("campaign"))
                    .col(string_null("source"))
                    .col(big_integer_null("person_id"))
                    .col(string_null("status"))
                    .col(string_null("deal"))
                    .col(big_integer_null("qualified"))
                    .col(text_null("attributes"))
                    .col(big_integer_null("import_id"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(ForeignKey::create().from("lead", "org_id").to("organisation", "id"))
                    .foreign_key(
                        ForeignKey::create().from("lead", ("org_id", "person_id")).to("person", ("org_id", "id")),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("unique_lead_fact_key")
                    .table("lead")
                    .col("org_id")
                    .col("fact_key")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("idx_lead_created_on").table("lead").col("org_id").col("created_on").to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_lead_person_id_created_on")
                    .table("lead")
                    .col("org_id")
                    .col("person_id")
                    .col("created_on")
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["lead", "campaign_day"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
