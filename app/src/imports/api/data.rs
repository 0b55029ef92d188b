//! What the steps of the wizard show and send.

use std::collections::HashMap;

use domain::ids::ImportId;
use serde::{Deserialize, Serialize};

/// One import of the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportLine {
    /// Identifier.
    pub id: ImportId,
    /// Name of the file.
    pub file: String,
    /// Kind of fact.
    pub kind: String,
    /// uploaded, checked, running, done, failed or cancelled.
    pub status: String,
    /// Rows of the file.
    pub rows: i64,
    /// Facts created.
    pub created: i64,
    /// Facts changed.
    pub updated: i64,
    /// Rows refused.
    pub rejected: i64,
    /// When it was uploaded, as read.
    pub at: String,
}

/// The start of the wizard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportList {
    /// Newest first.
    pub imports: Vec<ImportLine>,
    /// Largest file in megabytes.
    pub limit_mb: u64,
    /// Kinds of facts that can be imported.
    pub kinds: Vec<String>,
}

/// One of our columns in the mapping step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnField {
    /// Our name.
    pub name: String,
    /// Whether each row must have it.
    pub required: bool,
    /// Theirs, if one is chosen.
    pub theirs: String,
    /// Whether it was proposed without being sure.
    pub unsure: bool,
    /// The first values under it.
    pub samples: Vec<String>,
    /// What is to be decided or contradicts itself, in words.
    pub remark: Option<String>,
}

/// A value of the mapping that stands beside a name: a column of the organisation's own, or a constant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedField {
    /// Our name.
    pub name: String,
    /// Their column, or the value.
    pub value: String,
}

/// How the file is laid out, as the mapping says; nothing where that was found out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Row of the column names.
    pub header_row: String,
    /// Encoding of the text.
    pub encoding: String,
    /// Sign between fields.
    pub delimiter: String,
    /// Sheet of a workbook.
    pub sheet: String,
    /// Sheets that the workbook has.
    pub sheets: Vec<String>,
}

/// The mapping step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnsStep {
    /// The import.
    pub id: ImportId,
    /// Name of the file.
    pub file: String,
    /// Kind of fact.
    pub kind: String,
    /// Encoding that was found.
    pub encoding: String,
    /// Delimiter that was found.
    pub delimiter: String,
    /// Name of the worksheet, if the file is a workbook; it has neither encoding nor delimiter then.
    pub sheet: Option<String>,
    /// Row in which the column names stand.
    pub header_row: u64,
    /// What the mapping says of all that.
    pub layout: Layout,
    /// Rows that were found.
    pub rows: u64,
    /// Names of the file's columns.
    pub headers: Vec<String>,
    /// Our columns.
    pub columns: Vec<ColumnField>,
    /// Whether a date needs an order.
    pub asks_order: bool,
    /// Whether a number needs a decimal sign.
    pub asks_decimal: bool,
    /// The order that is chosen: ymd, dmy, mdy or nothing.
    pub date_order: String,
    /// The decimal sign that is chosen.
    pub decimal: String,
    /// Currency of amounts.
    pub currency: String,
    /// Whether the kind has amounts.
    pub has_amounts: bool,
    /// Columns of the organisation's own; none where the kind cannot have any.
    pub own: Option<Vec<NamedField>>,
    /// Values for columns that the file lacks, and for blank cells.
    pub constants: Vec<NamedField>,
    /// Rules and skips of the mapping, which only its text shows.
    pub rules: (u32, u32),
    /// The whole mapping, as its file.
    pub mapping: String,
    /// Whether the mapping was remembered from an earlier file.
    pub remembered: bool,
    /// The first rows under our names, as the file has them.
    pub preview: Vec<Vec<String>>,
}

/// What a value of theirs means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValueField {
    /// Theirs.
    pub theirs: String,
    /// How often it occurs.
    pub count: u64,
    /// Ours.
    pub ours: String,
}

/// The values of one column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValueGroup {
    /// Our column.
    pub column: String,
    /// What can be chosen; empty for free text.
    pub choices: Vec<String>,
    /// The values that occur.
    pub values: Vec<ValueField>,
    /// Whether there are more than are shown.
    pub more: bool,
}

/// The step of values and people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValuesStep {
    /// The import.
    pub id: ImportId,
    /// Name of the file.
    pub file: String,
    /// Kind of fact.
    pub kind: String,
    /// Columns whose values can be said anew; those with choices first.
    pub groups: Vec<ValueGroup>,
    /// People whom the file names and nobody knows.
    pub unknown_people: Vec<String>,
    /// Whether to create them.
    pub create_people: bool,
    /// create, update or upsert.
    pub mode: String,
}

/// A refused row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RejectedRow {
    /// Line of the file.
    pub line: Option<u64>,
    /// Column.
    pub column: Option<String>,
    /// Why, in words.
    pub message: String,
}

/// What a dry run or a commit did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportView {
    /// Rows of the file.
    pub rows: u64,
    /// Created.
    pub created: u64,
    /// Changed.
    pub updated: u64,
    /// The same already.
    pub unchanged: u64,
    /// Left out by a rule.
    pub skipped: u64,
    /// Refused rows, the first ones.
    pub rejected: Vec<RejectedRow>,
    /// How many were refused.
    pub rejected_total: u64,
    /// Whether it was a dry run.
    pub dry_run: bool,
    /// Whether anything was kept.
    pub written: bool,
    /// People made on the way.
    pub people_created: u64,
    /// People nobody knows.
    pub unknown_people: Vec<String>,
    /// Amounts that were rounded.
    pub rounded: u64,
    /// Amounts without a rate.
    pub unconverted: u64,
    /// Whether the whole file was refused.
    pub refused: bool,
}

/// How far an import is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportStatus {
    /// The import.
    pub id: ImportId,
    /// Name of the file.
    pub file: String,
    /// Kind of fact.
    pub kind: String,
    /// uploaded, checked, running, done, failed or cancelled.
    pub status: String,
    /// Whether work goes on now.
    pub working: bool,
    /// Rows handled so far.
    pub rows_done: u64,
    /// Bytes read and bytes of the file.
    pub bytes: (u64, u64),
    /// create, update or upsert.
    pub mode: String,
    /// Whether valid rows go in though others are refused.
    pub accept_valid: bool,
    /// What was counted last.
    pub report: Option<ReportView>,
}

/// The mapping step as it is sent. What is absent stays as it was; what is empty is left out. Lines are named `line0`,
/// `line1` …, for keys that are numbers would be read as a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ColumnsInput {
    /// Ours = theirs; nothing for a column that is left out.
    pub columns: HashMap<String, String>,
    /// Names of the organisation's own columns, side by side with theirs.
    pub own_name: HashMap<String, String>,
    /// Theirs.
    pub own_column: HashMap<String, String>,
    /// Our columns that have a constant, side by side with it.
    pub constant_of: HashMap<String, String>,
    /// The constant.
    pub constant: HashMap<String, String>,
    /// Order of dates.
    pub date_order: String,
    /// Decimal sign.
    pub decimal: String,
    /// Currency of amounts.
    pub currency: String,
    /// Row of the column names.
    pub header_row: Option<String>,
    /// Encoding of the text.
    pub encoding: Option<String>,
    /// Sign between fields.
    pub delimiter: Option<String>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
}

/// The step of values as it is sent: three lists side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValuesInput {
    /// The import.
    pub id: ImportId,
    /// Our column.
    pub column: HashMap<String, String>,
    /// Theirs.
    pub theirs: HashMap<String, String>,
    /// Ours; nothing keeps theirs.
    pub ours: HashMap<String, String>,
    /// Whether to create people nobody knows.
    pub create_people: bool,
    /// create, update or upsert; nothing keeps what was chosen before.
    pub mode: String,
}
