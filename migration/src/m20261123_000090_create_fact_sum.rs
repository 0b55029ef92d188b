//! Creates the stored sums of facts by person and day or month, receipts that these count more than once, and the index
//! by which the leads of a deal are found.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, small_integer, string};
use sea_orm_migration::sea_orm::DbBackend;

/// Creates the stored sums of facts.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Sums a row has room for.
const SUMS: [[&str; 3]; 7] = [
    ["high_1", "low_1", "stated_1"],
    ["high_2", "low_2", "stated_2"],
    ["high_3", "low_3", "stated_3"],
    ["high_4", "low_4", "stated_4"],
    ["high_5", "low_5", "stated_5"],
    ["high_6", "low_6", "stated_6"],
    ["high_7", "low_7", "stated_7"],
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let key = ["org_id", "kind", "grain", "first_day", "person_id", "text", "mark"];
        let mut primary = Index::create();
        key.iter().for_each(|column| _ = primary.col(*column));
        let mut table = Table::create()
            .table("fact_sum")
            .col(big_integer("org_id"))
            .col(string("kind"))
            .col(small_integer("grain"))
            .col(big_integer("first_day"))
            .col(big_integer("person_id"))
            .col(string("text"))
            .col(big_integer("mark"))
            .col(big_integer("facts"))
            .to_owned();
        for column in SUMS.iter().flatten() {
            table.col(big_integer(*column));
        }
        table
            .primary_key(&mut primary)
            .foreign_key(ForeignKey::create().from("fact_sum", "org_id").to("organisation", "id"));
        let mut receipts = Table::create()
            .table("spread_receipt")
            .col(big_integer("org_id"))
            .col(big_integer("day"))
            .col(string("receipt"))
            .col(big_integer("person_id"))
            .col(string("customer"))
            .primary_key(Index::create().col("org_id").col("day").col("receipt").col("person_id").col("customer"))
            .foreign_key(ForeignKey::create().from("spread_receipt", "org_id").to("organisation", "id"))
            .to_owned();
        // The rows of a day lie together, and no second tree is searched.
        if manager.get_database_backend() == DbBackend::Sqlite {
            table.extra("WITHOUT ROWID");
            receipts.extra("WITHOUT ROWID");
        }
        manager.create_table(table).await?;
        manager.create_table(receipts).await?;
        let by_person = ["org_id", "kind", "grain", "person_id", "first_day"];
        for (name, table, columns) in [
            ("idx_fact_sum_person_id_first_day", "fact_sum", &by_person[..]),
            ("idx_spread_receipt_receipt", "spread_receipt", &["org_id", "receipt"]),
            ("idx_lead_deal", "lead", &["org_id", "deal", "created_on"]),
        ] {
            let mut index = Index::create().name(name).table(table).to_owned();
            columns.iter().for_each(|column| _ = index.col(*column));
            if table == "lead" {
                index.and_where(Expr::col("deal").is_not_null());
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("idx_lead_deal").table("lead").to_owned()).await?;
        for table in ["spread_receipt", "fact_sum"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
