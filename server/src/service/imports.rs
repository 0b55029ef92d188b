//! The import wizard: implements the port with the one pipeline of [`crate::import`].
//!
//! Its state lies in the row of the import (mapping, status, report) and in the uploaded file beside the database, so
//! that every step is an address of its own and a reload loses nothing.

mod batch;
mod columns;
mod jobs;
mod mapping;
mod rejected;
mod upload;
mod values;

pub use batch::{BatchRejected, BatchReport, Order};
pub use jobs::sweep;
pub use rejected::{RejectedFile, missing};
pub use upload::Upload;

use std::collections::HashSet;
use std::path::PathBuf;

use app::caller::Caller;
use app::error::ApiResult;
use app::i18n::Locale;
use app::imports::api::{
    ColumnsInput, ColumnsStep, ImportLine, ImportList, ImportStatus, ImportsPort, ValuesInput, ValuesStep,
};
use app::{ApiError, FieldError};
use domain::ids::ImportId;
use domain::policy::{Action, Relation};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;

use super::Services;
use crate::authz::{Access, Denied};
use crate::entity::import;
use crate::error::{ServiceError, ServiceResult};
use crate::import::detect::{self, Detected};
use crate::import::mapping::Compiled;
use crate::import::source::Limits;
use crate::import::table::Table;
use crate::import::{Fault, Kind, Mapping};
use crate::query;

/// Imports of the history that are shown.
const SHOWN: u64 = 50;

/// The people whose facts a caller may import; none means everybody's.
pub(super) type Own = Option<HashSet<i64>>;

/// An import that the caller may work on.
struct Open {
    row: import::Model,
    kind: Kind,
    mapping: Mapping,
    own: Own,
}

impl Services {
    /// Whether the caller may import, and for whom.
    pub(super) async fn may_import(&self, caller: &Caller) -> ServiceResult<Own> {
        let access = Access::load(&self.state.db, caller).await?;
        if access.allows(Action::Import, Relation::Unrelated) {
            return Ok(None);
        }
        access.require(Action::Import, Relation::Below)?;
        Ok(Some(access.below.iter().map(|p| p.get()).collect()))
    }

    /// An import of the caller's organisation; whoever may import only for some people works on their own only.
    async fn open_import(&self, caller: &Caller, id: ImportId) -> ServiceResult<Open> {
        let own = self.may_import(caller).await?;
        let found = query::import::by_id(&self.state.db, caller.org_id.get(), id.get()).await?;
        let row = found
            .filter(|row| own.is_none() || row.user_id == Some(caller.user_id.get()))
            .ok_or(ServiceError::Denied(Denied::NotFound))?;
        let kind = Kind::parse(&row.kind).map_err(|f| anyhow::anyhow!("{f}"))?;
        let mapping = Mapping::parse(&row.mapping).map_err(|f| anyhow::anyhow!("{f}"))?;
        Ok(Open { row, kind, mapping, own })
    }

    /// The bounds of a web upload.
    fn limits(&self) -> Limits {
        Limits { file: self.state.serve.upload_limit, ..Limits::default() }
    }

    /// Reads the whole uploaded file off the runtime, as a mapping says; the inner fault is what is wrong with it.
    async fn look(&self, open: &Open, mapping: &Mapping) -> ServiceResult<Result<(Table, Detected), Fault>> {
        let path = stored(open)?;
        let (mapping, limits) = (mapping.clone(), self.limits());
        let work = move || {
            let beside = path.parent().map(PathBuf::from).unwrap_or_default();
            let table = Table::open(&path, &mapping, &beside, &limits)?;
            // What is wrong with a condition is said when the mapping is kept.
            let mut rules = Compiled::new(&mapping, table.header()).unwrap_or_default();
            let found = detect::detect(&table, &mapping, &mut rules, |_| true)?;
            Ok((table, found))
        };
        Ok(tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)?)
    }

    /// The same as the mapping is; what is wrong is said of the page as a whole.
    async fn look_again(&self, open: &Open, locale: Locale) -> ServiceResult<(Table, Detected)> {
        Ok(self.look(open, &open.mapping).await?.map_err(|fault| remark("", &fault, locale))?)
    }

    /// Keeps a mapping, and the mode beside it; what was counted with other ones no longer holds.
    async fn keep_mapping(&self, open: &Open, mapping: &Mapping) -> ServiceResult<()> {
        let model = import::ActiveModel {
            org_id: Set(open.row.org_id),
            id: Set(open.row.id),
            mapping: Set(mapping.to_toml()),
            mode: Set(open.row.mode.clone()),
            status: Set("uploaded".to_owned()),
            report: Set("{}".to_owned()),
            ..Default::default()
        };
        import::Entity::update(model).exec(&self.state.db).await?;
        Ok(())
    }

    async fn list_imports(&self, caller: &Caller) -> ServiceResult<ImportList> {
        let own = self.may_import(caller).await?;
        let user = own.map(|_| caller.user_id.get());
        let rows = query::import::newest(&self.state.db, caller.org_id.get(), user, SHOWN).await?;
        let imports = rows.into_iter().map(|row| ImportLine {
            id: ImportId::new(row.id),
            at: domain::format::date(caller.locale, domain::Timestamp(row.created_at).date_utc()),
            status: jobs::status(&row),
            file: row.file_name,
            kind: row.kind,
            rows: row.rows_total,
            created: row.created,
            updated: row.updated,
            rejected: row.rejected,
        });
        let kinds = Kind::ALL.iter().map(|k| k.name().to_owned()).collect();
        Ok(ImportList { imports: imports.collect(), limit_mb: self.state.serve.upload_limit / 1_000_000, kinds })
    }
}

/// A fault as a remark on a form field.
fn remark(field: &str, fault: &Fault, locale: Locale) -> ApiError {
    let text = match fault.line {
        Some(line) => format!("{line}: {}", fault.message(locale)),
        None => fault.message(locale),
    };
    FieldError::new(field, "imports.remark").arg("text", text).into()
}

/// Where the uploaded file lies; it is gone once the import is done.
fn stored(open: &Open) -> ServiceResult<PathBuf> {
    open.row.stored_path.as_ref().map(PathBuf::from).ok_or(ServiceError::Denied(Denied::NotFound))
}

#[async_trait::async_trait]
impl ImportsPort for Services {
    async fn list(&self, caller: &Caller) -> ApiResult<ImportList> {
        Ok(self.list_imports(caller).await?)
    }

    async fn columns(&self, caller: &Caller, id: ImportId) -> ApiResult<ColumnsStep> {
        Ok(self.columns_step(caller, id).await?)
    }

    async fn save_columns(&self, caller: &Caller, id: ImportId, input: ColumnsInput, preview: bool) -> ApiResult<bool> {
        Ok(self.keep_columns(caller, id, input, preview).await?)
    }

    async fn save_mapping(&self, caller: &Caller, id: ImportId, text: String) -> ApiResult<()> {
        Ok(self.take_mapping(caller, id, &text).await?)
    }

    async fn values(&self, caller: &Caller, id: ImportId) -> ApiResult<ValuesStep> {
        Ok(self.values_step(caller, id).await?)
    }

    async fn save_values(&self, caller: &Caller, input: ValuesInput) -> ApiResult<()> {
        Ok(self.keep_values(caller, input).await?)
    }

    async fn status(&self, caller: &Caller, id: ImportId) -> ApiResult<ImportStatus> {
        Ok(self.import_status(caller, id).await?)
    }

    async fn commit(&self, caller: &Caller, id: ImportId, accept_valid: bool) -> ApiResult<()> {
        Ok(self.commit_import(caller, id, accept_valid).await?)
    }

    async fn cancel(&self, caller: &Caller, id: ImportId) -> ApiResult<()> {
        Ok(self.cancel_import(caller, id).await?)
    }

    async fn undo(&self, caller: &Caller, id: ImportId) -> ApiResult<()> {
        Ok(self.undo_import(caller, id).await?)
    }
}
