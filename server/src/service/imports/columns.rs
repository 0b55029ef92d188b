//! The mapping step.

use app::caller::Caller;
use app::imports::api::{ColumnField, ColumnsInput, ColumnsStep};
use app::{ApiError, FieldError};
use domain::ids::ImportId;

use super::remark;
use crate::error::ServiceResult;
use crate::import::bind::Bound;
use crate::import::detect::{Detected, Profile, Verdict, settle};
use crate::import::kind::{Column, Confidence, suggest};
use crate::import::mapping::{DateOrder, Decimal, find_column};
use crate::import::records::Form;
use crate::import::table::Table;
use crate::import::{Code, Fault, Kind, Mapping};
use crate::service::Services;

/// Rows of the preview.
const ROWS: usize = 5;

impl Services {
    pub(super) async fn columns_step(&self, caller: &Caller, id: ImportId) -> ServiceResult<ColumnsStep> {
        let open = self.open_import(caller, id).await?;
        let (table, found) = self.look(&open, caller.locale).await?;
        let mapping = &open.mapping;
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
            rows: found.rows,
            headers: table.header().to_vec(),
            asks_order: asks(Code::AmbiguousDate),
            asks_decimal: asks(Code::AmbiguousNumber),
            date_order: mapping.date_order.map(order_name).unwrap_or_default().to_owned(),
            decimal: mapping.decimal.map(sign_name).unwrap_or_default().to_owned(),
            currency: mapping.currency.clone().unwrap_or_default(),
            has_amounts: open.kind.column("currency").is_some(),
            remembered,
            preview: preview(&table, open.kind, mapping).unwrap_or_default(),
            columns,
        })
    }

    pub(super) async fn keep_columns(&self, caller: &Caller, input: ColumnsInput) -> ServiceResult<()> {
        let open = self.open_import(caller, input.id).await?;
        let mut mapping = Mapping {
            columns: input.columns.into_iter().filter(|(_, theirs)| !theirs.is_empty()).collect(),
            date_order: order(&input.date_order),
            decimal: sign(&input.decimal),
            ..open.mapping.clone()
        };
        let currency = input.currency.trim().to_uppercase();
        if !currency.is_empty() && currency.parse::<domain::Currency>().is_err() {
            let fault = Fault::new(Code::BadCurrency).with("value", &currency);
            return Err(remark("currency", &fault, caller.locale).into());
        }
        mapping.currency = Some(currency).filter(|c| !c.is_empty());
        let (table, found) = self.look(&open, caller.locale).await?;
        let mut bound = match Bound::new(open.kind, &mapping, table.header()) {
            Ok(bound) => bound,
            // The preview of a mapping that is not complete is shown as far as it goes.
            Err(_) if input.preview => return self.keep_mapping(&open, &mapping).await,
            Err(faults) => return Err(remarks(&faults, caller).into()),
        };
        let undecided = |v: &Verdict| !matches!(v, Verdict::Fine);
        let verdicts: Vec<_> = settle(&mut bound, &found).into_iter().filter(|(_, v)| undecided(v)).collect();
        if !input.preview && !verdicts.is_empty() {
            // What can be read in two ways is asked, not guessed.
            let about = |v: &Verdict| if *v == Verdict::Ask(Code::AmbiguousNumber) { "decimal" } else { "date_order" };
            let mut fields: Vec<&str> = verdicts.iter().map(|(_, v)| about(v)).collect();
            fields.dedup();
            let all = fields.into_iter().map(|field| FieldError::new(field, "imports.must_decide")).collect();
            return Err(ApiError::Invalid(all).into());
        }
        self.keep_mapping(&open, &mapping).await
    }
}

fn remarks(faults: &[Fault], caller: &Caller) -> ApiError {
    let one = |fault: &Fault| {
        let field = fault.column.as_ref().map(|c| format!("columns[{c}]")).unwrap_or_default();
        FieldError::new(&field, "imports.remark").arg("text", fault.message(caller.locale))
    };
    ApiError::Invalid(faults.iter().map(one).collect())
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

/// The first rows under our names, as the file has them, with what the value maps make of them.
fn preview(table: &Table, kind: Kind, mapping: &Mapping) -> Result<Vec<Vec<String>>, Fault> {
    let used: Vec<(&str, usize)> = kind
        .columns()
        .iter()
        .filter_map(|c| Some((c.name, find_column(table.header(), mapping.columns.get(c.name)?).ok()??)))
        .collect();
    let mut rows = table.rows()?;
    let mut shown = Vec::new();
    while shown.len() < ROWS {
        match rows.read()? {
            None => break,
            Some(Err(_)) => {}
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

fn order_name(order: DateOrder) -> &'static str {
    match order {
        DateOrder::Ymd => "ymd",
        DateOrder::Dmy => "dmy",
        DateOrder::Mdy => "mdy",
    }
}

fn order(name: &str) -> Option<DateOrder> {
    [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy].into_iter().find(|o| order_name(*o) == name)
}

fn sign_name(sign: Decimal) -> &'static str {
    match sign {
        Decimal::Point => ".",
        Decimal::Comma => ",",
    }
}

fn sign(name: &str) -> Option<Decimal> {
    [Decimal::Point, Decimal::Comma].into_iter().find(|s| sign_name(*s) == name)
}
