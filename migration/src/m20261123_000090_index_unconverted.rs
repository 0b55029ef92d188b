//! Lets amounts without an exchange rate be found without reading the facts that have one.

use sea_orm_migration::prelude::*;

/// Lets amounts without an exchange rate be found without reading the facts that have one.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, name, condition) in INDEXES {
            let mut index = Index::create();
            index.name(*name).table(*table).col("org_id").col("currency").and_where(Expr::cust(*condition));
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, name, _) in INDEXES {
            manager.drop_index(Index::drop().name(*name).table(*table).to_owned()).await?;
        }
        Ok(())
    }
}

/// Tables with the facts that each index holds: in a sound organisation none.
const INDEXES: &[(&str, &str, &str)] = &[
    ("deal", "idx_deal_unconverted", "reporting_micros IS NULL AND amount_micros IS NOT NULL"),
    ("sales_line", "idx_sales_line_unconverted", "reporting_micros IS NULL"),
    (
        "campaign_day",
        "idx_campaign_day_unconverted_spend",
        "spend_reporting_micros IS NULL AND spend_micros IS NOT NULL",
    ),
    (
        "campaign_day",
        "idx_campaign_day_unconverted_revenue",
        "revenue_reporting_micros IS NULL AND revenue_micros IS NOT NULL",
    ),
];
