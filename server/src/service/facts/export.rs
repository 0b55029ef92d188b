//! Facts for files: every column, numbers as numbers, days as days.

use app::caller::Caller;
use app::facts::api::FactsQuery;
use domain::read::Sign;

use super::{Directory, Fact, Field, filter, kind_of, list};
use crate::error::ServiceResult;
use crate::export::Cell;
use crate::import::kind::{Column, Type};
use crate::service::Services;
use crate::service::export::{PIECE, Table};
use crate::words::Words;

impl Services {
    pub(in crate::service) async fn export_facts(
        &self,
        caller: &Caller,
        asked: FactsQuery,
        fields: &[Field],
    ) -> ServiceResult<Table> {
        let words = Words(caller.locale);
        let people = self.sight(caller, &asked).await?.people;
        let (found, next) = self.find_facts(caller, &asked, people, PIECE).await?;
        let (kind, table, _) = kind_of(&asked.kind)?;
        let names = Directory::load(&self.state.db, caller.org_id.get()).await?;
        let found: Vec<Fact> = found.into_iter().map(Fact::of).collect::<ServiceResult<_>>()?;
        let cell = |field: &Field, fact: &Fact| {
            let text = field.text(table, fact, &names, Sign::Dot);
            match field {
                _ if text.is_empty() => Cell::Blank,
                Field::Ours(Column { ty: Type::Date, .. }) => text.parse().map_or(Cell::Text(text), Cell::Date),
                _ if field.is_number() => Cell::Number(text),
                _ => Cell::Text(text),
            }
        };
        let mut about = vec![(
            words.t("facts.whose"),
            list::whose(&asked, &names).filter(|_| !found.is_empty()).unwrap_or_default(),
        )];
        about.extend(filter::said(kind, table, &asked, caller));
        about.extend([
            (words.t("export.search"), asked.search),
            (words.t("facts.from"), asked.from),
            (words.t("facts.to"), asked.to),
        ]);
        Ok(Table {
            title: words.t(&format!("imports.kind.{}", kind.name())),
            about,
            metrics: Vec::new(),
            columns: fields.iter().map(|field| field.name().into_owned()).collect(),
            rows: found.iter().map(|fact| fields.iter().map(|field| cell(field, fact)).collect()).collect(),
            next,
        })
    }

    /// The fields of a file of facts, settled before its first piece: what comes in meanwhile moves no column.
    pub(in crate::service) async fn fields_of(&self, caller: &Caller, kind: &str) -> ServiceResult<Vec<Field>> {
        Field::all(&self.state.db, caller, kind_of(kind)?.0).await
    }
}
