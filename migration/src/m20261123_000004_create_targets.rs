//! Creates the tables of targets: objective, target, target_change, note.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, integer, integer_null, small_integer, small_integer_null, string,
    string_null, text, text_null,
};

/// Creates the tables of targets.
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
                    .table("objective")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("title"))
                    .col(text("why"))
                    .col(string("level"))
                    .col(big_integer_null("team_id"))
                    .col(big_integer_null("person_id"))
                    .col(big_integer_null("parent_id"))
                    .col(string("horizon"))
                    .col(string("perspective"))
                    .col(big_integer_null("created_by"))
                    .col(big_integer("created_at"))
                    .col(big_integer_null("archived_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("objective", ("org_id", "parent_id"))
                            .to("objective", ("org_id", "id")),
                    )
                    .foreign_key(
                        ForeignKey::create().from("objective", ("org_id", "team_id")).to("team", ("org_id", "id")),
                    )
                    .foreign_key(
                        ForeignKey::create().from("objective", ("org_id", "person_id")).to("person", ("org_id", "id")),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("target")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("metric"))
                    .col(string("level"))
                    .col(big_integer_null("team_id"))
                    .col(big_integer_null("person_id"))
                    .col(integer("from_day"))
                    .col(integer("to_day"))
                    .col(string("direction"))
                    .col(big_integer_null("baseline_micros"))
                    .col(big_integer("value_micros"))
                    .col(big_integer_null("stretch_micros"))
                    .col(string_null("currency"))
                    .col(string("distribution"))
                    .col(text("parts"))
                    .col(big_integer_null("objective_id"))
                    .col(text("why"))
                    .col(string_null("guardrail_metric"))
                    .col(string_null("guardrail_direction"))
                    .col(big_integer_null("guardrail_micros"))
                    .col(small_integer("weight"))
                    .col(boolean("is_personal"))
                    .col(string("status"))
                    .col(big_integer("version"))
                    .col(big_integer_null("created_by"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("target", ("org_id", "objective_id"))
                            .to("objective", ("org_id", "id")),
                    )
                    .foreign_key(
                        ForeignKey::create().from("target", ("org_id", "team_id")).to("team", ("org_id", "id")),
                    )
                    .foreign_key(
                        ForeignKey::create().from("target", ("org_id", "person_id")).to("person", ("org_id", "id")),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_target_person_id_to_day")
                    .table("target")
                    .col("org_id")
                    .col("person_id")
                    .col("to_day")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_target_team_id_to_day")
                    .table("target")
                    .col("org_id")
                    .col("team_id")
                    .col("to_day")
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("target_change")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(big_integer("target_id"))
                    .col(big_integer("at"))
                    .col(big_integer_null("user_id"))
                    .col(string("kind"))
                    .col(text("changes"))
                    .col(text("comment"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("target_change", ("org_id", "target_id"))
                            .to("target", ("org_id", "id")),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_target_change_target_id_at")
                    .table("target_change")
                    .col("org_id")
                    .col("target_id")
                    .col("at")
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("note")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(big_integer_null("person_id"))
                    .col(big_integer_null("team_id"))
                    .col(big_integer("author_id"))
                    .col(string("kind"))
                    .col(text("evidence"))
                    .col(small_integer_null("rubric"))
                    .col(string("visibility"))
                    .col(string_null("metric"))
                    .col(integer_null("from_day"))
                    .col(integer_null("to_day"))
                    .col(text_null("snapshot"))
                    .col(big_integer_null("reply_to"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .col(big_integer_null("withdrawn_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(
                        ForeignKey::create().from("note", ("org_id", "person_id")).to("person", ("org_id", "id")),
                    )
                    .foreign_key(ForeignKey::create().from("note", ("org_id", "team_id")).to("team", ("org_id", "id")))
                    .foreign_key(ForeignKey::create().from("note", "author_id").to("user_account", "id"))
                    .foreign_key(ForeignKey::create().from("note", ("org_id", "reply_to")).to("note", ("org_id", "id")))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_note_person_id_created_at")
                    .table("note")
                    .col("org_id")
                    .col("person_id")
                    .col("created_at")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_note_team_id_created_at")
                    .table("note")
                    .col("org_id")
                    .col("team_id")
                    .col("created_at")
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("note").to_owned()).await?;
        manager.drop_table(Table::drop().table("target_change").to_owned()).await?;
        manager.drop_table(Table::drop().table("target").to_owned()).await?;
        manager.drop_table(Table::drop().table("objective").to_owned()).await?;
        Ok(())
    }
}
