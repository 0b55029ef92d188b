//! What can be wrong with a file, a mapping or a row, as data.
//!
//! A fault carries a stable code and its details; the sentence that people read is made from the locale files
//! (`server/locales/import.*.json`) by [`Fault::message`], so that the same fault can be told in either language.

use std::fmt;

use serde::Serialize;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The stable name of a kind of fault, as the JSON report gives it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, for the test that each has a text in both languages.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The code as it is written in reports.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// The file cannot be opened or read.
    Unreadable = "unreadable",
    /// The file has no rows at all.
    EmptyFile = "empty_file",
    /// The file is no text.
    Binary = "binary",
    /// The file is a spreadsheet of a form that we do not read.
    Spreadsheet = "spreadsheet",
    /// The file is an archive that cannot be read as a workbook.
    BadSheet = "bad_sheet",
    /// The workbook has no sheet of the name.
    UnknownSheet = "unknown_sheet",
    /// The formula of a cell failed.
    ErrorCell = "error_cell",
    /// A NUL byte stands in the text.
    NulByte = "nul_byte",
    /// The file is larger than the web form takes.
    TooLarge = "too_large",
    /// A compressed file grows beyond what is allowed.
    Bomb = "expands_too_much",
    /// The compressed data is damaged.
    BadGzip = "bad_gzip",
    /// The bytes do not fit the encoding.
    BadEncoding = "bad_encoding",
    /// Both UTF-8 and other bytes occur.
    MixedEncoding = "mixed_encoding",
    /// The mapping names an encoding that is not known.
    UnknownEncoding = "unknown_encoding",
    /// One field is too long.
    FieldTooLong = "field_too_long",
    /// One record is too long.
    RecordTooLong = "record_too_long",
    /// There are too many columns.
    TooManyColumns = "too_many_columns",
    /// A quotation mark is never closed.
    OpenQuote = "open_quote",
    /// The first row holds data instead of names.
    NoHeader = "no_header",
    /// A row has another number of fields than the header.
    Ragged = "ragged",
    /// The mapping file is no valid TOML of the right shape.
    BadMapping = "bad_mapping",
    /// The mapping is for another kind of fact.
    WrongKind = "wrong_kind",
    /// The kind of fact is not known.
    UnknownKind = "unknown_kind",
    /// The mapping names one of our columns that does not exist.
    UnknownColumn = "unknown_column",
    /// A required column is not mapped.
    MissingColumn = "missing_column",
    /// A mapped column is not in the file.
    ColumnNotInFile = "column_not_in_file",
    /// A mapped name fits several columns of the file.
    AmbiguousColumn = "ambiguous_column",
    /// A regular expression of a rule cannot be read.
    BadPattern = "bad_pattern",
    /// What a condition compares with is neither a number nor a date.
    BadLimit = "bad_limit",
    /// A value is no number or date, though a condition compares it with one.
    NotComparable = "not_comparable",
    /// The second file of a join repeats a key with other contents.
    JoinDuplicate = "join_duplicate",
    /// The second file of a join is too large to hold.
    JoinTooLarge = "join_too_large",
    /// A required cell is blank.
    Blank = "blank",
    /// A text is longer than we keep.
    TextTooLong = "text_too_long",
    /// A text holds control characters.
    ControlCharacter = "control_character",
    /// A cell is no number.
    BadNumber = "bad_number",
    /// A number can be read in two ways.
    AmbiguousNumber = "ambiguous_number",
    /// A number of things is not whole.
    NotWhole = "not_whole",
    /// A value may be a fraction or a percentage.
    AmbiguousPercent = "ambiguous_percent",
    /// A number lies outside what the column can hold.
    OutOfRange = "out_of_range",
    /// A cell is no date.
    BadDate = "bad_date",
    /// A date can be read in two ways.
    AmbiguousDate = "ambiguous_date",
    /// A cell is no month.
    BadMonth = "bad_month",
    /// A cell is no quarter.
    BadQuarter = "bad_quarter",
    /// Neither dates nor a month or quarter say what period is meant.
    PeriodMissing = "period_missing",
    /// Dates of one column contradict each other.
    MixedDates = "mixed_dates",
    /// A value is none of the known ones.
    UnknownValue = "unknown_value",
    /// A currency code is not known.
    BadCurrency = "bad_currency",
    /// An e-mail address is not one.
    BadEmail = "bad_email",
    /// Shares of a split credit cannot be read.
    BadCredit = "bad_credit",
    /// Shares of a split credit do not sum to 100.
    CreditSum = "credit_sum",
    /// A decided deal has no closing date.
    ClosedOnMissing = "closed_on_missing",
    /// A deal closes before it begins.
    ClosedBeforeStart = "closed_before_start",
    /// A membership ends before it begins.
    EndBeforeStart = "end_before_start",
    /// A person is not known yet.
    UnknownPerson = "unknown_person",
    /// A person's name fits several people.
    AmbiguousPerson = "ambiguous_person",
    /// A manager would stand under themselves.
    ManagerCycle = "manager_cycle",
    /// A person stands outside what the importer may change.
    NotAllowed = "not_allowed",
    /// Neither a person nor a team has the name.
    UnknownWho = "unknown_who",
    /// A person and a team have the name.
    AmbiguousWho = "ambiguous_who",
    /// The metric is not in the catalogue.
    UnknownMetric = "unknown_metric",
    /// What a target or an event is about cannot be read.
    BadWhere = "bad_where",
    /// There are too many own columns.
    TooManyAttributes = "too_many_attributes",
    /// The name of an own column cannot be one.
    BadAttribute = "bad_attribute",
    /// The reporting currency has no rate.
    OwnCurrency = "own_currency",
    /// The same key stood earlier in the file.
    DuplicateKey = "duplicate_key",
    /// A row to be created exists already.
    Exists = "exists",
    /// A row to be updated does not exist.
    NotThere = "not_there",
    /// The import was stopped.
    Cancelled = "cancelled",
    /// Something failed inside.
    Internal = "internal",
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.as_str())
    }
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Physical line of the file, from 1.
    pub line: Option<u64>,
    /// Our name of the column, or theirs where ours is not known.
    pub column: Option<String>,
    /// What is wrong.
    pub code: Code,
    /// Details for the sentence.
    pub args: Vec<(&'static str, String)>,
}

impl Fault {
    /// A fault without place.
    pub fn new(code: Code) -> Self {
        Self { line: None, column: None, code, args: Vec::new() }
    }

    /// The same fault on a line.
    pub fn line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// The same fault in a column.
    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// The same fault with one detail more; long details are cut, for they come from the file.
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        let text = value.to_string();
        let short: String =
            if text.chars().count() > 80 { text.chars().take(79).chain(['…']).collect() } else { text };
        self.args.retain(|(n, _)| *n != name);
        self.args.push((name, short.replace(['\n', '\r', '\t'], " ")));
        self
    }

    /// The sentence in a language.
    pub fn message(&self, locale: app::i18n::Locale) -> String {
        super::text::say(locale, &format!("import.fault.{}", self.code.as_str()), &self.args)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())?;
        if let Some(line) = self.line {
            write!(f, " on line {line}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}
