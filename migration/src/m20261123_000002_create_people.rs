//! Creates the tables of people: team, person, team_membership, team_access.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer_null, string, string_null};

/// Creates the tables of people.
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
                    .table("team")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("name"))
                    .col(big_integer_null("parent_id"))
                    .col(big_integer_null("archived_at"))
                    .col(big_integer("created_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(
                        ForeignKey::create().from("team", ("org_id", "parent_id")).to("team", ("org_id", "id")),
                    )
                    .foreign_key(ForeignKey::create().from("team", "org_id").to("organisation", "id"))
                    .to_owned(),
            )
            .await?;
        // A name is unique below its parent; the tree's roots share the parent 0.
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE UNIQUE INDEX unique_team_parent_name ON team (org_id, coalesce(parent_id, 0), name)",
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("person")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(string("key"))
                    .col(string("name"))
                    .col(string_null("email"))
                    .col(big_integer_null("import_id"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(ForeignKey::create().from("person", "org_id").to("organisation", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("unique_person_key").table("person").col("org_id").col("key").unique().to_owned(),
            )
            .await?;
        manager
            .create_index(Index::create().name("idx_person_name").table("person").col("org_id").col("name").to_owned())
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("team_membership")
                    .col(big_integer("org_id"))
                    .col(big_integer("id"))
                    .col(big_integer("person_id"))
                    .col(big_integer_null("team_id"))
                    .col(big_integer_null("manager_id"))
                    .col(integer_null("from_day"))
                    .col(integer_null("to_day"))
                    .col(big_integer_null("import_id"))
                    .primary_key(Index::create().col("org_id").col("id"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("team_membership", ("org_id", "person_id"))
                            .to("person", ("org_id", "id")),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("team_membership", ("org_id", "team_id"))
                            .to("team", ("org_id", "id")),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("team_membership", ("org_id", "manager_id"))
                            .to("person", ("org_id", "id")),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_team_membership_person_id")
                    .table("team_membership")
                    .col("org_id")
                    .col("person_id")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_team_membership_team_id")
                    .table("team_membership")
                    .col("org_id")
                    .col("team_id")
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("team_access")
                    .col(big_integer("org_id"))
                    .col(big_integer("membership_id"))
                    .col(big_integer("team_id"))
                    .col(string("kind"))
                    .primary_key(Index::create().col("org_id").col("membership_id").col("team_id"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("team_access", ("org_id", "membership_id"))
                            .to("membership", ("org_id", "id")),
                    )
                    .foreign_key(
                        ForeignKey::create().from("team_access", ("org_id", "team_id")).to("team", ("org_id", "id")),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_team_access_team_id")
                    .table("team_access")
                    .col("org_id")
                    .col("team_id")
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("team_access").to_owned()).await?;
        manager.drop_table(Table::drop().table("team_membership").to_owned()).await?;
        manager.drop_table(Table::drop().table("person").to_owned()).await?;
        manager.drop_table(Table::drop().table("team").to_owned()).await?;
        Ok(())
    }
}
