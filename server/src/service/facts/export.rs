//! Facts for files: every column, numbers as numbers, days as days.

use app::caller::Caller;
use app::facts::api::FactsQuery;
use domain::read::Sign;

use super::{Directory, kind_of};
use crate::error::ServiceResult;
use crate::export::Cell;
use crate::import::kind::{Column, Type, field};
use crate::service::Services;
use crate::service::export::{PIECE, Table};
use crate::words::Words;

impl Services {
    pub(in crate::service) async fn export_facts(&self, caller: &Caller, asked: FactsQuery) -> ServiceResult<Table> {
        let words = Words(caller.locale);
        let people = self.sight(caller, &asked).await?.people;
        let (found, next) = self.find_facts(caller, &asked, people, PIECE).await?;
        let (kind, table, _) = kind_of(&asked.kind)?;
        let names = Directory::load(&self.state.db, caller.org_id.get()).await?;
        let columns: Vec<&Column> = field::columns(kind).map(|(_, column)| column).collect();
        let cell = |column: &Column, cells: &[_]| {
            let text = field::text(table, column, cells, &names, Sign::Dot);
            match column.ty {
                _ if text.is_empty() => Cell::Blank,
                Type::Date => text.parse().map_or(Cell::Text(text), Cell::Date),
                Type::Money | Type::Number | Type::Count => Cell::Number(text),
                _ => Cell::Text(text),
            }
        };
        Ok(Table {
            title: words.t(&format!("imports.kind.{}", kind.name())),
            about: vec![
                (words.t("export.search"), asked.search),
                (words.t("facts.from"), asked.from),
                (words.t("facts.to"), asked.to),
            ],
            metrics: Vec::new(),
            columns: columns.iter().map(|column| column.name.to_owned()).collect(),
            rows: found.iter().map(|fact| columns.iter().map(|column| cell(column, &fact.cells)).collect()).collect(),
            next,
        })
    }
}
