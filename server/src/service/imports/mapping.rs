//! Keeping a mapping: from the fields of the step of columns, or from the text of a mapping file.

use std::collections::{BTreeMap, HashMap};

use app::caller::Caller;
use app::imports::api::ColumnsInput;
use app::{ApiError, FieldError};
use domain::ids::ImportId;
use domain::read::{Order, Sign};

use super::{Open, remark};
use crate::error::ServiceResult;
use crate::import::bind::Bound;
use crate::import::detect::{Detected, Verdict, settle};
use crate::import::kind::suggest;
use crate::import::mapping::find_column;
use crate::import::table::Table;
use crate::import::{Code, Fault, Kind, Mapping};
use crate::service::Services;

/// Begins the names of the organisation's own columns.
pub(super) const OWN: &str = "attributes.";

/// The text of a mapping as a file of its own.
#[derive(Clone, Debug)]
pub struct MappingFile {
    /// Name of the imported file without its ending.
    pub name: String,
    /// What `--map` reads.
    pub text: String,
}

impl Services {
    /// Keeps the fields of the step; says whether the wizard goes on.
    pub(super) async fn keep_columns(
        &self,
        caller: &Caller,
        id: ImportId,
        input: ColumnsInput,
        preview: bool,
    ) -> ServiceResult<bool> {
        let open = self.open_import(caller, id).await?;
        let names = input.own_name.clone();
        let mapping = typed(&open, input, caller)?;
        let looked = self.look(&open, &mapping).await?;
        let (table, found) = looked.map_err(|fault| remark(field_of(&fault), &fault, caller.locale))?;
        if layout(&mapping) != layout(&open.mapping) {
            // Other names may stand there: what is known of them is proposed, and looked at before it is used.
            let mapping = self.laid_out(caller, open.kind, &table, mapping).await?;
            self.keep_mapping(&open, &mapping).await?;
            return Ok(false);
        }
        let bound = match Bound::new(open.kind, &mapping, table.header()) {
            Ok(bound) => bound,
            // The preview of a mapping that is not complete is shown as far as it goes.
            Err(_) if preview => {
                self.keep_mapping(&open, &mapping).await?;
                return Ok(false);
            }
            Err(faults) => return Err(remarks(&faults, &names, caller).into()),
        };
        if !preview {
            decided(bound, &found)?;
        }
        self.keep_mapping(&open, &mapping).await?;
        Ok(!preview)
    }

    /// Takes the text of a mapping file in place of the mapping. It must fit the file.
    pub(super) async fn take_mapping(&self, caller: &Caller, id: ImportId, text: &str) -> ServiceResult<()> {
        let open = self.open_import(caller, id).await?;
        let refuse = |fault: &Fault| remark("mapping", fault, caller.locale);
        let mapping = Mapping::parse(text).map_err(|fault| refuse(&fault))?;
        if mapping.join.is_some() {
            // The second file would be looked for on the server.
            return Err(ApiError::field("mapping", "imports.join_refused").into());
        }
        let (table, _) = self.look(&open, &mapping).await?.map_err(|fault| refuse(&fault))?;
        if let Err(faults) = Bound::new(open.kind, &mapping, table.header()) {
            let all = faults.iter().map(|fault| {
                let place = fault.column.as_deref().map(|column| format!("{column}: ")).unwrap_or_default();
                let text = format!("{place}{}", fault.message(caller.locale));
                FieldError::new("mapping", "imports.remark").arg("text", text)
            });
            return Err(ApiError::Invalid(all.collect()).into());
        }
        self.keep_mapping(&open, &mapping).await
    }

    /// The mapping of an import as a file.
    ///
    /// # Errors
    /// As the import's page.
    pub async fn mapping_file(&self, caller: &Caller, id: ImportId) -> ServiceResult<MappingFile> {
        let open = self.open_import(caller, id).await?;
        let name = open.row.file_name.rsplit_once('.').map_or(open.row.file_name.as_str(), |(stem, _)| stem).to_owned();
        Ok(MappingFile { name, text: open.mapping.to_toml() })
    }

    /// A mapping on a file that is laid out otherwise: the remembered one for these names, else what still fits, with
    /// proposals for the rest.
    async fn laid_out(&self, caller: &Caller, kind: Kind, table: &Table, mapping: Mapping) -> ServiceResult<Mapping> {
        if let Some(known) = self.remembered(caller, kind, table.own_header()).await? {
            let Mapping { header_row, encoding, delimiter, sheet, .. } = mapping;
            return Ok(Mapping { header_row, encoding, delimiter, sheet, ..known });
        }
        Ok(propose(kind, table.header(), mapping))
    }
}

/// Keeps the columns that the file has, and proposes theirs for the others by their names.
pub(super) fn propose(kind: Kind, header: &[String], mut mapping: Mapping) -> Mapping {
    mapping.columns.retain(|_, theirs| matches!(find_column(header, theirs), Ok(Some(_))));
    for found in suggest(header, kind) {
        if let Some(theirs) = header.get(found.theirs) {
            mapping.columns.entry(found.ours.to_owned()).or_insert_with(|| theirs.clone());
        }
    }
    mapping
}

/// What says where the names and rows of a file are.
fn layout(mapping: &Mapping) -> (Option<u64>, Option<&str>, Option<char>, Option<&str>) {
    (mapping.header_row, mapping.encoding.as_deref(), mapping.delimiter, mapping.sheet.as_deref())
}

/// The mapping with what was typed; what was not sent stays.
fn typed(open: &Open, input: ColumnsInput, caller: &Caller) -> Result<Mapping, ApiError> {
    let mut faults = Vec::new();
    let stored = &open.mapping;
    let own = if input.own_name.is_empty() {
        stored.columns.iter().filter(|(ours, _)| ours.starts_with(OWN)).map(|(o, t)| (o.clone(), t.clone())).collect()
    } else {
        pairs(&input.own_name, &input.own_column, ("own_name", "imports.own_name_missing"), &mut faults)
            .into_iter()
            .map(|(name, theirs)| (format!("{OWN}{name}"), theirs))
            .collect::<BTreeMap<_, _>>()
    };
    let constants = if input.constant_of.is_empty() {
        stored.constants.clone()
    } else {
        pairs(&input.constant_of, &input.constant, ("constant_of", "imports.constant_missing"), &mut faults)
    };
    let columns = input.columns.into_iter().filter(|(ours, theirs)| !theirs.is_empty() && !ours.starts_with(OWN));
    let currency = input.currency.trim().to_uppercase();
    if !currency.is_empty() && currency.parse::<domain::Currency>().is_err() {
        let text = Fault::new(Code::BadCurrency).with("value", &currency).message(caller.locale);
        faults.push(FieldError::new("currency", "imports.remark").arg("text", text));
    }
    let header_row = match input.header_row.as_deref().map(str::trim) {
        None => stored.header_row,
        Some("") => None,
        Some(text) => {
            let row = text.parse().ok().filter(|row| *row > 0);
            if row.is_none() {
                faults.push(FieldError::new("header_row", "imports.header_row_bad"));
            }
            row
        }
    };
    if !faults.is_empty() {
        return Err(ApiError::Invalid(faults));
    }
    let given = |typed: Option<String>, stored: &Option<String>| match typed {
        None => stored.clone(),
        Some(text) => Some(text).filter(|text| !text.is_empty()),
    };
    Ok(Mapping {
        columns: columns.chain(own).collect(),
        constants,
        date_order: Order::from_code(&input.date_order),
        decimal: input.decimal.chars().next().and_then(Sign::from_char),
        currency: Some(currency).filter(|c| !c.is_empty()),
        header_row,
        encoding: given(input.encoding, &stored.encoding),
        delimiter: input.delimiter.map_or(stored.delimiter, |text| text.chars().next()),
        sheet: given(input.sheet, &stored.sheet),
        ..stored.clone()
    })
}

/// Two lists side by side as names with values; a line that has no value says nothing.
fn pairs(
    names: &HashMap<String, String>,
    values: &HashMap<String, String>,
    (field, missing): (&str, &str),
    faults: &mut Vec<FieldError>,
) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (at, value) in values {
        let (name, value) = (names.get(at).map(|name| name.trim()).unwrap_or_default(), value.trim());
        if value.is_empty() {
            continue;
        }
        if name.is_empty() {
            faults.push(FieldError::new(&format!("{field}[{at}]"), missing));
        } else if found.insert(name.to_owned(), value.to_owned()).is_some() {
            faults.push(FieldError::new(&format!("{field}[{at}]"), "imports.own_name_twice"));
        }
    }
    found
}

/// Refuses what can be read in two ways: it is asked, not guessed.
fn decided(mut bound: Bound, found: &Detected) -> Result<(), ApiError> {
    let about = |verdict: &Verdict| match verdict {
        Verdict::Fine => None,
        Verdict::Ask(Code::AmbiguousNumber) => Some("decimal"),
        Verdict::Ask(_) | Verdict::Mixed(_) => Some("date_order"),
    };
    let mut fields: Vec<&str> = settle(&mut bound, found).iter().filter_map(|(_, verdict)| about(verdict)).collect();
    fields.dedup();
    let all: Vec<_> = fields.into_iter().map(|field| FieldError::new(field, "imports.must_decide")).collect();
    if all.is_empty() { Ok(()) } else { Err(ApiError::Invalid(all)) }
}

/// The field that a fault of the whole file is about.
fn field_of(fault: &Fault) -> &'static str {
    match fault.code {
        Code::UnknownSheet => "sheet",
        Code::BadEncoding | Code::MixedEncoding | Code::UnknownEncoding => "encoding",
        Code::NoHeader | Code::EmptyFile => "header_row",
        Code::BadMapping => "delimiter",
        _ => "",
    }
}

fn remarks(faults: &[Fault], own: &HashMap<String, String>, caller: &Caller) -> ApiError {
    let one = |fault: &Fault| {
        let field = fault.column.as_ref().map(|column| field_for(column, own)).unwrap_or_default();
        FieldError::new(&field, "imports.remark").arg("text", fault.message(caller.locale))
    };
    ApiError::Invalid(faults.iter().map(one).collect())
}

/// The field of one of our columns.
fn field_for(column: &str, own: &HashMap<String, String>) -> String {
    let line = column.strip_prefix(OWN).and_then(|name| own.iter().find(|(_, typed)| typed.trim() == name));
    line.map_or_else(|| format!("columns[{column}]"), |(at, _)| format!("own_name[{at}]"))
}
