//! The first step: an uploaded file becomes an import with a proposed mapping.

use std::path::PathBuf;

use app::ApiError;
use app::caller::Caller;
use domain::ids::ImportId;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;

use super::mapping::propose;
use super::remark;
use crate::entity::import;
use crate::error::ServiceResult;
use crate::import::mapping::fingerprint;
use crate::import::table::Table;
use crate::import::{Kind, Mapping};
use crate::query;
use crate::service::Services;

/// A file that was uploaded, with what was said of it.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Kind of fact.
    pub kind: String,
    /// Row of the column names, if it was said.
    pub header_row: String,
    /// Encoding, if it was said.
    pub encoding: String,
    /// Its name.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
}

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
    pub async fn begin_import(&self, caller: &Caller, upload: Upload) -> ServiceResult<ImportId> {
        let kind = Kind::parse(&upload.kind).map_err(|f| remark("kind", &f, caller.locale))?;
        let bad_row = || ApiError::field("header_row", "imports.header_row_bad");
        let header_row = match upload.header_row.trim() {
            "" => None,
            text => Some(text.parse().ok().filter(|row| *row > 0).ok_or_else(bad_row)?),
        };
        let encoding = Some(upload.encoding.clone()).filter(|name| !name.is_empty());
        let given = Mapping { header_row, encoding, ..Mapping::default() };
        let (limits, path) = (self.limits(), upload.path.clone());
        let look = move || Table::open_below_title(&path, given, &limits);
        let looked = tokio::task::spawn_blocking(look).await.map_err(anyhow::Error::from)?;
        let (table, given) = looked.map_err(|f| remark("file", &f, caller.locale))?;
        let mapping = match self.remembered(caller, kind, table.own_header()).await? {
            Some(mapping) => self.that_opens(mapping, given, upload.path.clone()).await?,
            None => {
                let currency = kind.column("currency").map(|_| caller.currency.clone());
                let mapping = Mapping { kind: Some(kind.name().to_owned()), currency, ..given };
                propose(kind, table.header(), mapping)
            }
        };
        let id = crate::id::next();
        let model = import::ActiveModel {
            org_id: Set(caller.org_id.get()),
            id: Set(id),
            kind: Set(kind.name().to_owned()),
            status: Set("uploaded".to_owned()),
            file_name: Set(upload.name),
            file_sha256: Set(table.probe().sha256.clone()),
            file_bytes: Set(i64::try_from(table.probe().bytes).unwrap_or(i64::MAX)),
            stored_path: Set(Some(upload.path.to_string_lossy().into_owned())),
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

    /// A remembered mapping on this file: the names stand where they were found. What it says besides of how the file is
    /// written (another sheet, another delimiter) counts only if the file can be read so.
    async fn that_opens(&self, known: Mapping, given: Mapping, path: PathBuf) -> ServiceResult<Mapping> {
        let (header_row, said, limits) = (given.header_row, given.encoding, self.limits());
        let known = Mapping { header_row, encoding: said.clone().or_else(|| known.encoding.clone()), ..known };
        let look = move || {
            let opens = Table::open(&path, &known, &path, &limits).is_ok();
            if opens { known } else { Mapping { sheet: None, delimiter: None, encoding: said, ..known } }
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
