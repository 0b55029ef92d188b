//! Indexes of deals by day without the figures: stored sums answer what these were wide for, and every row that an
//! import writes pays for each of them.

use sea_orm_migration::prelude::*;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Name, how many columns after the organisation stay, and all there were.
const INDEXES: [(&str, usize, &[&str]); 2] = [
    (
        "idx_deal_person_id_closed_on",
        2,
        &[
            "person_id",
            "closed_on",
            "status",
            "engaged_on",
            "created_on",
            "reporting_micros",
            "amount_micros",
            "is_split",
        ],
    ),
    (
        "idx_deal_closed_on",
        1,
        &[
            "closed_on",
            "status",
            "person_id",
            "engaged_on",
            "created_on",
            "reporting_micros",
            "amount_micros",
            "is_split",
        ],
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, narrow, columns) in INDEXES {
            replace(manager, name, columns.iter().take(narrow)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, _, columns) in INDEXES {
            replace(manager, name, columns.iter()).await?;
        }
        Ok(())
    }
}

async fn replace(
    manager: &SchemaManager<'_>,
    name: &str,
    columns: impl Iterator<Item = &&'static str>,
) -> Result<(), DbErr> {
    manager.drop_index(Index::drop().name(name).table("deal").to_owned()).await?;
    let mut index = Index::create();
    index.name(name).table("deal").col("org_id");
    columns.for_each(|column| {
        index.col(*column);
    });
    manager.create_index(index).await
}
