//! The first step: an uploaded file becomes an import with a proposed mapping.

use std::path::PathBuf;

use app::caller::Caller;
use domain::ids::ImportId;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;

use super::remark;
use crate::entity::import;
use crate::error::ServiceResult;
use crate::import::kind::suggest;
use crate::import::mapping::fingerprint;
use crate::import::table::Table;
use crate::import::{Code, Kind, Mapping};
use crate::query;
use crate::service::Services;

impl Services {
    /// Refuses whoever may not import, before a byte is read.
    ///
    /// # Errors
    /// When the caller may not.
    pub async fn may_upload(&self, caller: &Caller) -> ServiceResult<()> {
        self.may_import(caller).await.map(|_| ())
    }

    /// Takes an uploaded file in; it must be a table.
    ///
    /// # Errors
    /// When the file is none, with the reason as a remark on the field `file`.
    pub async fn begin_import(
        &self,
        caller: &Caller,
        kind: &str,
        name: String,
        path: PathBuf,
    ) -> ServiceResult<ImportId> {
        let kind = Kind::parse(kind).map_err(|f| remark("kind", &f, caller.locale))?;
        let limits = self.limits();
        let file = path.clone();
        let look = move || Table::open(&file, &Mapping::default(), &file, &limits);
        let table = tokio::task::spawn_blocking(look).await.map_err(anyhow::Error::from)?;
        let table = table.map_err(|f| remark("file", &f, caller.locale))?;
        let mapping = match self.remembered(caller, kind, table.own_header()).await? {
            Some(mapping) => self.on_its_sheet(mapping, path.clone()).await?,
            None => proposal(kind, table.header(), &caller.currency),
        };
        let id = crate::id::next();
        let model = import::ActiveModel {
            org_id: Set(caller.org_id.get()),
            id: Set(id),
            kind: Set(kind.name().to_owned()),
            status: Set("uploaded".to_owned()),
            file_name: Set(name),
            file_sha256: Set(table.probe().sha256.clone()),
            file_bytes: Set(i64::try_from(table.probe().bytes).unwrap_or(i64::MAX)),
            stored_path: Set(Some(path.to_string_lossy().into_owned())),
            mapping: Set(mapping.to_toml()),
            mode: Set("upsert".to_owned()),
            accept_valid: Set(false),
            rows_total: Set(0),
            rows_done: Set(0),
            created: Set(0),
            updated: Set(0),
            unchanged: Set(0),
            skipped: Set(0),
            rejected: Set(0),
            report: Set("{}".to_owned()),
            user_id: Set(Some(caller.user_id.get())),
            created_at: Set(self.state.clock.now().0),
            finished_at: Set(None),
        };
        import::Entity::insert(model).exec_without_returning(&self.state.db).await?;
        Ok(ImportId::new(id))
    }

    /// A remembered mapping without the name of a sheet that this workbook does not have: the first with data is taken, and
    /// the next step names it.
    async fn on_its_sheet(&self, mapping: Mapping, path: PathBuf) -> ServiceResult<Mapping> {
        if mapping.sheet.is_none() {
            return Ok(mapping);
        }
        let limits = self.limits();
        let look = move || {
            let opened = Table::open(&path, &mapping, &path, &limits);
            let is_stale = opened.is_err_and(|fault| fault.code == Code::UnknownSheet);
            if is_stale { Mapping { sheet: None, ..mapping } } else { mapping }
        };
        Ok(tokio::task::spawn_blocking(look).await.map_err(anyhow::Error::from)?)
    }

    /// The mapping of the last import of a file with the same names.
    pub(super) async fn remembered(
        &self,
        caller: &Caller,
        kind: Kind,
        header: &[String],
    ) -> ServiceResult<Option<Mapping>> {
        let found =
            query::import::mapping(&self.state.db, caller.org_id.get(), kind.name(), &fingerprint(header)).await?;
        // A second file lies only on the command line's machine.
        Ok(found.and_then(|m| Mapping::parse(&m.mapping).ok()).filter(|m| m.join.is_none()))
    }
}

fn proposal(kind: Kind, header: &[String], currency: &str) -> Mapping {
    let found = suggest(header, kind).into_iter();
    let columns = found.filter_map(|s| Some((s.ours.to_owned(), header.get(s.theirs)?.clone()))).collect();
    let currency = kind.column("currency").map(|_| currency.to_owned());
    Mapping { kind: Some(kind.name().to_owned()), columns, currency, ..Mapping::default() }
}
