//! Creates the tables of facts: import, import_mapping, deal, deal_credit.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, integer_null, small_integer, string, string_null, text,
};

/// Creates the tables of facts.
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
                    .table("import")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("kind"))
                    .col(string("status"))
                    .col(string("file_name"))
                    .col(string("file_sha256"))
                    .col(big_integer("file_bytes"))
                    .col(string_null("stored_path"))
                    .col(text("mapping"))
                    .col(string("mode"))
                    .col(boolean("accept_valid"))
                    .col(big_integer("rows_total"))
                    .col(big_integer("rows_done"))
                    .col(big_integer("created"))
                    .col(big_integer("updated"))
                    .col(big_integer("unchanged"))
                    .col(big_integer("skipped"))
                    .col(big_integer("rejected"))
                    .col(text("report"))
                    .col(big_integer_null("user_id"))
                    .col(big_integer("created_at"))
                    .col(big_integer_null("finished_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(ForeignKey::create().from("import", "org_id").to("organisation", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_import_created_at")
                    .table("import")
                    .col("org_id")
                    .col("created_at")
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("import_mapping")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("kind"))
                    .col(string("fingerprint"))
                    .col(text("mapping"))
                    .col(big_integer("updated_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(ForeignKey::create().from("import_mapping", "org_id").to("organisation", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("unique_import_mapping_kind_fingerprint")
                    .table("import_mapping")
                    .col("org_id")
                    .col("kind")
                    .col("fingerprint")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("deal")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("external_id"))
                    .col(big_integer_null("person_id"))
                    .col(boolean("is_split"))
                    .col(small_integer("status"))
                    .col(string_null("stage"))
                    .col(integer_null("created_on"))
                    .col(integer_null("engaged_on"))
                    .col(integer_null("closed_on"))
                    .col(big_integer_null("amount_micros"))
                    .col(string("currency"))
                    .col(big_integer_null("reporting_micros"))
                    .col(string_null("account"))
                    .col(string_null("product"))
                    .col(string_null("segment"))
                    .col(string_null("source"))
                    .col(string_null("campaign"))
                    .col(string_null("lost_reason"))
                    .col(string_null("proposal_template"))
                    .col(big_integer_null("discount_micros"))
                    .col(big_integer_null("probability_micros"))
                    .col(string_null("country"))
                    .col(big_integer_null("import_id"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(
                        ForeignKey::create().from("deal", ("org_id", "person_id")).to("person", ("org_id", "id")),
                    )
                    .foreign_key(ForeignKey::create().from("deal", "org_id").to("organisation", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("unique_deal_external_id")
                    .table("deal")
                    .col("org_id")
                    .col("external_id")
                    .unique()
                    .to_owned(),
            )
            .await?;
        // Figures are read from these three alone: of people, of everybody, and of what is open. Deals with split
        // credit have no person and are found under that.
        manager
            .create_index(
                Index::create()
                    .name("idx_deal_person_id_closed_on")
                    .table("deal")
                    .col("org_id")
                    .col("person_id")
                    .col("closed_on")
                    .col("status")
                    .col("engaged_on")
                    .col("created_on")
                    .col("reporting_micros")
                    .col("amount_micros")
                    .col("is_split")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_deal_closed_on")
                    .table("deal")
                    .col("org_id")
                    .col("closed_on")
                    .col("status")
                    .col("person_id")
                    .col("engaged_on")
                    .col("created_on")
                    .col("reporting_micros")
                    .col("amount_micros")
                    .col("is_split")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_deal_open")
                    .table("deal")
                    .col("org_id")
                    .col("person_id")
                    .col("status")
                    .col("created_on")
                    .col("engaged_on")
                    .col("reporting_micros")
                    .col("amount_micros")
                    .col("probability_micros")
                    .col("is_split")
                    .and_where(Expr::col("status").eq(0))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("deal_credit")
                    .col(big_integer("org_id"))
                    .col(big_integer("deal_id"))
                    .col(big_integer("person_id"))
                    .col(big_integer("share_micros"))
                    .col(big_integer_null("amount_micros"))
                    .col(big_integer_null("reporting_micros"))
                    .primary_key(Index::create().col("org_id").col("deal_id").col("person_id"))
                    .foreign_key(
                        ForeignKey::create().from("deal_credit", ("org_id", "deal_id")).to("deal", ("org_id", "id")),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("deal_credit", ("org_id", "person_id"))
                            .to("person", ("org_id", "id")),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_deal_credit_person_id")
                    .table("deal_credit")
                    .col("org_id")
                    .col("person_id")
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("deal_credit").to_owned()).await?;
        manager.drop_table(Table::drop().table("deal").to_owned()).await?;
        manager.drop_table(Table::drop().table("import_mapping").to_owned()).await?;
        manager.drop_table(Table::drop().table("import").to_owned()).await?;
        Ok(())
    }
}
