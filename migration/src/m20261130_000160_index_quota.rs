//! Lets the targets of a period be read from an index alone: a board adds up thousands of them. Those that are limited to
//! a value of a column are few and apart.

use sea_orm_migration::prelude::*;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Name, condition, columns.
const INDEXES: [(&str, &str, &[&str]); 3] = [
    (
        "idx_quota_days",
        "where_column IS NULL",
        &["org_id", "metric", "to_day", "from_day", "person_id", "team_id", "value_micros", "id"],
    ),
    (
        "idx_quota_person_days",
        "where_column IS NULL",
        &["org_id", "metric", "person_id", "to_day", "from_day", "team_id", "value_micros", "id"],
    ),
    ("idx_quota_limited", "where_column IS NOT NULL", &["org_id", "metric", "to_day"]),
];
const BEFORE: &str = "idx_quota_from_day";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(BEFORE).table("quota").to_owned()).await?;
        for (name, condition, columns) in INDEXES {
            let mut index = Index::create();
            index.name(name).table("quota").and_where(Expr::cust(condition));
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, ..) in INDEXES {
            manager.drop_index(Index::drop().name(name).table("quota").to_owned()).await?;
        }
        let mut index = Index::create();
        index.name(BEFORE).table("quota").col("org_id").col("metric").col("from_day");
        manager.create_index(index).await
    }
}
