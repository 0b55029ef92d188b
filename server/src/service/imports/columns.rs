//! The mapping step.

use app::caller::Caller;
use app::imports::api::{ColumnField, ColumnsStep, Layout, NamedField};
use domain::ids::ImportId;
use domain::read::Order;

use super::mapping::OWN;
use super::{Open, stored};
use crate::error::ServiceResult;
use crate::import::detect::{Detected, Profile, Verdict};
use crate::import::kind::{Column, Confidence, suggest};
use crate::import::mapping::{Compiled, find_column};
use crate::import::records::Form;
use crate::import::table::Table;
use crate::import::{Code, Fault, Kind, Mapping, sheet};
use crate::service::Services;

/// Rows of the preview.
const ROWS: usize = 5;

impl Services {
    pub(super) async fn columns_step(&self, caller: &Caller, id: ImportId) -> ServiceResult<ColumnsStep> {
        let open = self.open_import(caller, id).await?;
        let (table, found) = self.look_again(&open, caller.locale).await?;
        let mapping = &open.mapping;
        let sheets = self.sheets(&open, &table).await?;
        let unsure: Vec<&str> = suggest(table.header(), open.kind)
            .into_iter()
            .filter(|s| s.confidence == Confidence::Low)
            .map(|s| s.ours)
            .collect();
        let remembered = self.remembered(caller, open.kind, table.own_header()).await?.is_some();
        let field = |column: &Column| {
            let theirs = mapping.columns.get(column.name).cloned().unwrap_or_default();
            let profile = profile(&table, &found, &theirs);
            let verdict = profile.and_then(|p| verdict(column, p, mapping));
            ColumnField {
                name: column.name.to_owned(),
                required: column.required,
                unsure: !remembered && !theirs.is_empty() && unsure.contains(&column.name),
                samples: profile.map(|p| p.values.iter().take(3).map(|(v, _)| v.clone()).collect()).unwrap_or_default(),
                remark: verdict.as_ref().and_then(|v| say(v, profile?, caller)),
                theirs,
            }
        };
        let columns: Vec<ColumnField> = open.kind.columns().iter().map(field).collect();
        let asks = |wanted: Code| {
            open.kind.columns().iter().any(|c| {
                let theirs = mapping.columns.get(c.name).map(String::as_str).unwrap_or_default();
                let found = profile(&table, &found, theirs).and_then(|p| verdict(c, p, mapping));
                found == Some(Verdict::Ask(wanted))
                    || (wanted == Code::AmbiguousDate && matches!(found, Some(Verdict::Mixed(_))))
            })
        };
        Ok(ColumnsStep {
            id,
            file: open.row.file_name.clone(),
            kind: open.row.kind.clone(),
            encoding: table.probe().encoding.name().to_owned(),
            delimiter: match &table.dialect().form {
                Form::Text(byte) => delimiter(*byte),
                Form::Sheet(_) => String::new(),
            },
            sheet: match &table.dialect().form {
                Form::Text(_) => None,
                Form::Sheet(name) => Some(name.clone()),
            },
            header_row: table.dialect().header_line,
            layout: Layout {
                header_row: mapping.header_row.map(|row| row.to_string()).unwrap_or_default(),
                encoding: mapping.encoding.clone().unwrap_or_default(),
                delimiter: mapping.delimiter.map(String::from).unwrap_or_default(),
                sheet: mapping.sheet.clone().unwrap_or_default(),
                sheets,
            },
            rows: found.rows,
            headers: table.header().to_vec(),
            asks_order: asks(Code::AmbiguousDate),
            asks_decimal: asks(Code::AmbiguousNumber),
            date_order: mapping.date_order.map(Order::code).unwrap_or_default().to_owned(),
            decimal: mapping.decimal.map(|sign| sign.char().to_string()).unwrap_or_default(),
            currency: mapping.currency.clone().unwrap_or_default(),
            has_amounts: open.kind.column("currency").is_some(),
            own: open.kind.has_own().then(|| own(mapping)),
            constants: mapping.constants.iter().map(|(name, value)| named(name, value)).collect(),
            rules: (count(mapping.rules.len()), count(mapping.skip.len())),
            mapping: mapping.to_toml(),
            remembered,
            preview: preview(&table, open.kind, mapping).unwrap_or_default(),
            columns,
        })
    }

    /// The names of the workbook's sheets; none of another file.
    async fn sheets(&self, open: &Open, table: &Table) -> ServiceResult<Vec<String>> {
        if matches!(table.dialect().form, Form::Text(_)) {
            return Ok(Vec::new());
        }
        let path = stored(open)?;
        let names = tokio::task::spawn_blocking(move || sheet::names(&path)).await.map_err(anyhow::Error::from)?;
        // It was opened a moment ago: that it has gone since is no fault of the mapping.
        Ok(names.map_err(|fault| anyhow::anyhow!("{fault}"))?)
    }
}

/// The organisation's own columns.
fn own(mapping: &Mapping) -> Vec<NamedField> {
    let own = mapping.columns.iter().filter_map(|(ours, theirs)| Some(named(ours.strip_prefix(OWN)?, theirs)));
    own.collect()
}

fn named(name: &str, value: &str) -> NamedField {
    NamedField { name: name.to_owned(), value: value.to_owned() }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn profile<'a>(table: &Table, found: &'a Detected, theirs: &str) -> Option<&'a Profile> {
    let index = find_column(table.header(), theirs).ok().flatten()?;
    found.columns.get(index)
}

/// What is to be said of a column, if the mapping is silent about it.
fn verdict(column: &Column, profile: &Profile, mapping: &Mapping) -> Option<Verdict> {
    if column.ty.is_date() && mapping.date_order.is_none() {
        Some(profile.dates())
    } else if column.ty.is_number() && mapping.decimal.is_none() {
        Some(profile.numbers())
    } else {
        None
    }
}

fn say(verdict: &Verdict, profile: &Profile, caller: &Caller) -> Option<String> {
    let example = || profile.values.first().map(|(v, _)| v.clone()).unwrap_or_default();
    match verdict {
        Verdict::Fine => None,
        Verdict::Ask(code) => Some(Fault::new(*code).with("value", example()).message(caller.locale)),
        Verdict::Mixed(lines) => {
            let text = Fault::new(Code::MixedDates).with("value", example()).message(caller.locale);
            let lines: Vec<String> = lines.iter().map(u64::to_string).collect();
            Some(format!("{text} ({})", lines.join(", ")))
        }
    }
}

/// The first rows that are not left out under our names, as the file has them, with what the value maps make of them.
fn preview(table: &Table, kind: Kind, mapping: &Mapping) -> Result<Vec<Vec<String>>, Fault> {
    let own = mapping.columns.keys().map(String::as_str).filter(|ours| ours.starts_with(OWN));
    let used: Vec<(&str, usize)> = kind
        .columns()
        .iter()
        .map(|c| c.name)
        .chain(own)
        .filter_map(|ours| Some((ours, find_column(table.header(), mapping.columns.get(ours)?).ok()??)))
        .collect();
    let rules = Compiled::new(mapping, table.header()).unwrap_or_default();
    let mut rows = table.rows()?;
    let mut shown = Vec::new();
    while shown.len() < ROWS {
        match rows.read()? {
            None => break,
            Some(Err(_)) => {}
            Some(Ok(raw)) if rules.skips(raw) == Ok(true) => {}
            Some(Ok(raw)) => {
                shown.push(used.iter().map(|(ours, i)| mapping.value(ours, raw.get(*i)).to_owned()).collect())
            }
        }
    }
    Ok(shown)
}

fn delimiter(byte: u8) -> String {
    match byte {
        b'\t' => "⇥".to_owned(),
        other => char::from(other).to_string(),
    }
}
