//! A mapping laid on a file: for each of our columns, where its value comes from, and how it is read.

use std::collections::BTreeMap;

use super::cell::{self, Reading};
use super::csv::{Nature, Raw};
use super::fault::{Code, Fault};
use super::kind::{Kind, Type};
use super::mapping::{Compiled, Mapping, find_column};
use domain::read::Sign;
use domain::{Date, Micros};

/// Where the values of one of our columns come from.
#[derive(Clone, Debug, Default)]
struct Origin {
    index: Option<usize>,
    constant: Option<String>,
    ruled: bool,
    reading: Reading,
}

/// A mapping that fits a file.
#[derive(Debug)]
pub struct Bound {
    kind: Kind,
    mapping: Mapping,
    rules: Compiled,
    origins: Vec<Origin>,
    /// Names of the organisation's own columns with their places in the file or their constants.
    attributes: Vec<(String, Option<usize>, Option<String>)>,
    time_zone: Option<String>,
}

impl Bound {
    /// Lays the mapping on the names of a file. Everything that is wrong is said at once.
    pub fn new(kind: Kind, mapping: &Mapping, header: &[String]) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        if let Some(name) = mapping.kind.as_deref().filter(|name| *name != kind.name()) {
            faults.push(Fault::new(Code::WrongKind).with("mapping", name).with("wanted", kind.name()));
        }
        for ours in mapping.columns.keys().chain(mapping.constants.keys()).chain(mapping.values.keys()) {
            if kind.column(ours).is_none() && !is_attribute(kind, ours) {
                faults.push(unknown_column(ours, kind));
            }
        }
        let attributes = attributes(kind, mapping, header, &mut faults);
        let rules = Compiled::new(mapping, header).unwrap_or_else(|fault| {
            faults.push(fault);
            Compiled::default()
        });
        for ours in rules.columns().filter(|c| kind.column(c).is_none()) {
            faults.push(unknown_column(ours, kind));
        }
        let mut origins = Vec::with_capacity(kind.columns().len());
        for column in kind.columns() {
            let mut origin = Origin {
                constant: mapping.constants.get(column.name).map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()),
                ruled: rules.columns().any(|c| c == column.name),
                ..Origin::default()
            };
            if let Some(theirs) = mapping.columns.get(column.name) {
                match find_column(header, theirs) {
                    Ok(Some(index)) => origin.index = Some(index),
                    Ok(None) => faults.push(
                        Fault::new(Code::ColumnNotInFile)
                            .column(column.name)
                            .with("name", theirs)
                            .with("known", header.join(", ")),
                    ),
                    Err(fault) => faults.push(Fault { column: Some(column.name.to_owned()), ..fault }),
                }
            } else if column.required && origin.constant.is_none() && !origin.ruled {
                faults.push(Fault::new(Code::MissingColumn).column(column.name).with("name", column.name));
            }
            origin.reading = Reading::of_mapping(mapping);
            origins.push(origin);
        }
        if faults.is_empty() {
            Ok(Self { kind, mapping: mapping.clone(), rules, origins, attributes, time_zone: None })
        } else {
            Err(faults)
        }
    }

    /// The same where times with a zone become days of this one. Without it they keep the day that is written.
    #[must_use]
    pub fn in_zone(mut self, time_zone: &str) -> Self {
        self.rules.time_zone = Some(time_zone.to_owned());
        Self { time_zone: Some(time_zone.to_owned()), ..self }
    }

    /// The kind of fact.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The mapping it was made from.
    pub fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// Where in the file a column of ours stands.
    pub fn index(&self, column: usize) -> Option<usize> {
        self.origins.get(column).and_then(|o| o.index)
    }

    /// Whether there is a value for each of our columns; a column that is not provided keeps what is stored.
    pub fn provided(&self) -> Vec<bool> {
        let currency = self.kind.column("currency").filter(|_| self.mapping.currency.is_some());
        let provided =
            |(i, o): (usize, &Origin)| o.index.is_some() || o.constant.is_some() || o.ruled || currency == Some(i);
        self.origins.iter().enumerate().map(provided).collect()
    }

    /// Sets how the cells of a column are read, after the whole file was looked at.
    pub fn set_reading(&mut self, column: usize, reading: Reading) {
        if let Some(origin) = self.origins.get_mut(column) {
            origin.reading = reading;
        }
    }

    /// The rules and skips, which the look at the whole file settles too.
    pub fn rules_mut(&mut self) -> &mut Compiled {
        &mut self.rules
    }

    /// Whether the look at the whole file decides how some value of a condition is compared.
    pub fn compares(&self) -> bool {
        self.rules.compares()
    }

    /// Whether a row is left out by a skip.
    ///
    /// # Errors
    /// When the row can be neither taken nor left out: a cell that is needed holds a formula that failed, or a condition
    /// compares a value that is no number or date.
    pub fn leaves_out(&self, row: Raw<'_>) -> Result<bool, Fault> {
        if self.rules.skips(row)? {
            return Ok(true);
        }
        match self.broken(row) {
            Some(fault) => Err(fault),
            None => self.rules.check(row).map(|()| false),
        }
    }

    /// The first cell that is needed and holds a formula that failed.
    fn broken(&self, row: Raw<'_>) -> Option<Fault> {
        let columns =
            self.origins.iter().zip(self.kind.columns()).filter_map(|(o, c)| Some((o.index?, c.name.to_owned())));
        let own = self.attributes.iter().filter_map(|(name, index, _)| Some(((*index)?, format!("attributes.{name}"))));
        let mut cells = columns.chain(own);
        let (index, name) = cells.find(|(index, _)| row.nature(*index) == Nature::Error)?;
        Some(Fault::new(Code::ErrorCell).line(row.record.line()).column(name).with("value", row.get(index)))
    }

    /// The typed view of a row.
    pub fn row<'a>(&'a self, raw: Raw<'a>) -> Row<'a> {
        Row { bound: self, raw }
    }
}

/// Own columns that a kind may have at most.
const MOST_ATTRIBUTES: usize = 10;
/// Characters of the name of an own column.
const ATTRIBUTE_NAME: usize = 60;

/// Whether a name is that of an own column: `attributes.landing_page`.
fn is_attribute(kind: Kind, ours: &str) -> bool {
    kind.has_own() && ours.strip_prefix("attributes.").is_some_and(|name| !name.is_empty())
}

fn attributes(
    kind: Kind,
    mapping: &Mapping,
    header: &[String],
    faults: &mut Vec<Fault>,
) -> Vec<(String, Option<usize>, Option<String>)> {
    let mut found: BTreeMap<String, (Option<usize>, Option<String>)> = BTreeMap::new();
    let name_of = |ours: &str| ours.trim_start_matches("attributes.").to_owned();
    for (ours, theirs) in mapping.columns.iter().filter(|(ours, _)| is_attribute(kind, ours)) {
        match find_column(header, theirs) {
            Ok(Some(index)) => found.entry(name_of(ours)).or_default().0 = Some(index),
            Ok(None) => faults.push(
                Fault::new(Code::ColumnNotInFile).column(ours).with("name", theirs).with("known", header.join(", ")),
            ),
            Err(fault) => faults.push(Fault { column: Some(ours.clone()), ..fault }),
        }
    }
    for (ours, value) in mapping.constants.iter().filter(|(ours, _)| is_attribute(kind, ours)) {
        found.entry(name_of(ours)).or_default().1 = Some(value.clone()).filter(|v| !v.is_empty());
    }
    if found.len() > MOST_ATTRIBUTES {
        faults.push(Fault::new(Code::TooManyAttributes).column("attributes").with("limit", MOST_ATTRIBUTES));
    }
    for name in found.keys() {
        let is_plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '));
        if name.chars().count() > ATTRIBUTE_NAME || !is_plain {
            faults.push(Fault::new(Code::BadAttribute).column(format!("attributes.{name}")).with("name", name));
        }
    }
    found.into_iter().map(|(name, (index, constant))| (name, index, constant)).collect()
}

fn unknown_column(ours: &str, kind: Kind) -> Fault {
    let known = kind.columns().iter().map(|c| c.name).collect::<Vec<_>>().join(", ");
    let mut fault = Fault::new(Code::UnknownColumn).column(ours).with("name", ours);
    fault.args.push(("known", known));
    fault
}

/// A row whose cells are asked for by our columns.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    bound: &'a Bound,
    raw: Raw<'a>,
}

impl<'a> Row<'a> {
    /// The physical line.
    pub fn line(&self) -> u64 {
        self.raw.record.line()
    }

    /// The mapping's currency.
    pub fn default_currency(&self) -> Option<&'a str> {
        self.bound.mapping.currency.as_deref()
    }

    /// A fault of this row in a column.
    pub fn fault(&self, column: usize, code: Code) -> Fault {
        let name = self.bound.kind.columns().get(column).map_or("", |c| c.name);
        Fault::new(code).line(self.line()).column(name)
    }

    /// The value of a cell after rules, value map and constant; `None` if blank.
    pub fn value(&self, column: usize) -> Option<&'a str> {
        let origin = self.bound.origins.get(column)?;
        let name = self.bound.kind.columns().get(column)?.name;
        if origin.ruled
            && let Some(set) = self.bound.rules.set(name, self.raw)
        {
            return Some(set).filter(|s| !s.is_empty());
        }
        let raw = origin.index.map(|i| self.raw.get(i)).unwrap_or_default();
        // A blank cell may have a meaning of its own: `"" = "open"`.
        let mapped = self.bound.mapping.value(name, raw).trim();
        if mapped.is_empty() { origin.constant.as_deref() } else { Some(mapped) }
    }

    /// A part of a cell (one name of several) after the value map.
    pub fn part(&self, column: usize, part: &'a str) -> &'a str {
        let name = self.bound.kind.columns().get(column).map_or("", |c| c.name);
        self.bound.mapping.value(name, part.trim()).trim()
    }

    /// A text within its length.
    pub fn text(&self, column: usize) -> Result<Option<&'a str>, Fault> {
        let Some(text) = self.value(column) else { return Ok(None) };
        let limit = match self.bound.kind.columns().get(column).map(|c| c.ty) {
            Some(Type::Text(limit)) => limit,
            _ => super::kind::SHORT,
        };
        self.checked(column, text, limit).map(Some)
    }

    /// Checks length and characters of a text.
    pub fn checked(&self, column: usize, text: &'a str, limit: usize) -> Result<&'a str, Fault> {
        if text.len() > limit && text.chars().count() > limit {
            return Err(self.fault(column, Code::TextTooLong).with("limit", limit).with("value", text));
        }
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(self.fault(column, Code::ControlCharacter));
        }
        Ok(text)
    }

    /// A text that must be there.
    pub fn required(&self, column: usize) -> Result<&'a str, Fault> {
        self.text(column)?.ok_or_else(|| self.fault(column, Code::Blank))
    }

    /// A date.
    pub fn date(&self, column: usize) -> Result<Option<Date>, Fault> {
        let Some(text) = self.value(column) else { return Ok(None) };
        let reading = self.reading(column);
        let zone = self.bound.time_zone.as_deref();
        cell::date(text, reading, zone).map(Some).map_err(|code| self.fault(column, code).with("value", text))
    }

    /// A number in millionths, and whether it had to be rounded.
    pub fn number(&self, column: usize) -> Result<Option<cell::Number>, Fault> {
        let Some(text) = self.value(column) else { return Ok(None) };
        let reading = Reading { decimal: self.decimal(column), ..self.reading(column) };
        // What fits is what micro-units hold in 64 bits.
        let fault = |code| self.fault(column, code).with("value", text).with("low", "-9e12").with("high", "9e12");
        cell::number(text, reading).map(Some).map_err(fault)
    }

    /// A percentage as millionths of the whole, between 0 and 100 %.
    pub fn percent(&self, column: usize) -> Result<Option<Micros>, Fault> {
        let Some(number) = self.number(column)? else { return Ok(None) };
        let text = self.value(column).unwrap_or_default();
        let chance = self.bound.kind.columns().get(column).is_some_and(|c| c.ty == Type::Chance);
        if chance && !number.percent && number.micros > Micros(0) && number.micros < Micros(1_000_000) {
            return Err(self.fault(column, Code::AmbiguousPercent).with("value", text));
        }
        let share = domain::Ratio::new(i128::from(number.micros.0), 100).and_then(|r| r.round_half_even(0));
        match share.and_then(|s| i64::try_from(s).ok()) {
            Some(micros) if (0..=1_000_000).contains(&micros) => Ok(Some(Micros(micros))),
            _ => Err(self.fault(column, Code::OutOfRange).with("value", text).with("low", "0 %").with("high", "100 %")),
        }
    }

    /// One of our own values, whatever its case; its place among the choices.
    pub fn choice(&self, column: usize) -> Result<Option<usize>, Fault> {
        let Some(text) = self.value(column) else { return Ok(None) };
        let Some(Type::Choice(choices)) = self.bound.kind.columns().get(column).map(|c| c.ty) else { return Ok(None) };
        let found = choices.iter().position(|choice| choice.eq_ignore_ascii_case(text));
        let unknown = || {
            let name = self.bound.kind.columns().get(column).map_or("", |c| c.name);
            self.fault(column, Code::UnknownValue)
                .with("value", text)
                .with("known", choices.join(", "))
                .with("name", name)
        };
        found.ok_or_else(unknown).map(Some)
    }

    /// Whether the value is a worksheet's own number: neither its sign nor its thousands are in doubt.
    fn is_exact(&self, column: usize) -> bool {
        let Some(index) = self.bound.index(column) else { return false };
        self.raw.nature(index) == Nature::Exact && self.value(column) == Some(self.raw.get(index))
    }

    fn reading(&self, column: usize) -> Reading {
        self.bound.origins.get(column).map(|o| o.reading).unwrap_or_default()
    }

    /// Whether the file gives values for a column.
    pub fn provides(&self, column: usize) -> bool {
        let currency = || self.bound.kind.columns().get(column).is_some_and(|c| c.ty == Type::Currency);
        self.bound.origins.get(column).is_some_and(|o| o.index.is_some() || o.constant.is_some() || o.ruled)
            || (self.bound.mapping.currency.is_some() && currency())
    }

    /// The file's name of a column of ours.
    pub fn theirs(&self, column: usize) -> Option<&'a str> {
        let name = self.bound.kind.columns().get(column)?.name;
        self.bound.mapping.columns.get(name).map(String::as_str)
    }

    /// A number without a percent sign, in millionths.
    pub fn plain(&self, column: usize) -> Result<Option<cell::Number>, Fault> {
        let number = self.number(column)?;
        if number.is_some_and(|n| n.percent) {
            let text = self.value(column).unwrap_or_default();
            return Err(self.fault(column, Code::BadNumber).with("value", text));
        }
        Ok(number)
    }

    /// A whole number of things.
    pub fn count(&self, column: usize) -> Result<Option<i64>, Fault> {
        let Some(number) = self.plain(column)? else { return Ok(None) };
        let text = self.value(column).unwrap_or_default();
        if number.micros.0 < 0 {
            return Err(self.fault(column, Code::OutOfRange).with("value", text).with("low", 0).with("high", "9e12"));
        }
        if number.rounded || number.micros.0 % 1_000_000 != 0 {
            return Err(self.fault(column, Code::NotWhole).with("value", text));
        }
        Ok(Some(number.micros.0 / 1_000_000))
    }

    /// The decimal sign of a cell, if it is known.
    pub fn decimal(&self, column: usize) -> Option<Sign> {
        if self.is_exact(column) { Some(Sign::Dot) } else { self.reading(column).decimal }
    }

    /// Yes or no.
    pub fn flag(&self, column: usize) -> Result<Option<bool>, Fault> {
        let Some(text) = self.value(column) else { return Ok(None) };
        match text.to_lowercase().as_str() {
            "true" | "yes" | "y" | "ja" | "j" | "waar" | "1" | "x" => Ok(Some(true)),
            "false" | "no" | "n" | "nee" | "onwaar" | "0" => Ok(Some(false)),
            _ => Err(self
                .fault(column, Code::UnknownValue)
                .with("value", text)
                .with("known", "true, false")
                .with("name", self.bound.kind.columns().get(column).map_or("", |c| c.name))),
        }
    }

    /// The currency of a row: its column, else the mapping's. A sign beside an amount must not contradict it.
    pub fn currency(
        &self,
        column: usize,
        amounts: &[(usize, Option<cell::Number>)],
    ) -> Result<Option<domain::Currency>, Fault> {
        let named = match self.value(column).or(self.default_currency()) {
            None => None,
            Some(code) => {
                let bad = |_| self.fault(column, Code::BadCurrency).with("value", code);
                Some(code.to_ascii_uppercase().parse::<domain::Currency>().map_err(bad)?)
            }
        };
        let mut found = named;
        for (amount, number) in amounts {
            let Some(sign) = number.and_then(|n| n.currency) else { continue };
            if found.is_some_and(|f| f != sign) {
                let text = self.value(*amount).unwrap_or_default();
                return Err(self.fault(*amount, Code::BadCurrency).with("value", text));
            }
            found = Some(sign);
        }
        Ok(found)
    }

    /// The organisation's own columns; none if the mapping has none.
    pub fn attributes(&self) -> Result<Option<BTreeMap<String, String>>, Fault> {
        if self.bound.attributes.is_empty() {
            return Ok(None);
        }
        let mut all = BTreeMap::new();
        for (name, index, constant) in &self.bound.attributes {
            let ours = format!("attributes.{name}");
            let raw = index.map(|i| self.raw.get(i)).unwrap_or_default();
            let mapped = self.bound.mapping.value(&ours, raw).trim();
            let text = if mapped.is_empty() { constant.as_deref().unwrap_or_default() } else { mapped };
            if text.chars().count() > super::kind::SHORT {
                let fault = Fault::new(Code::TextTooLong).line(self.line()).column(ours);
                return Err(fault.with("limit", super::kind::SHORT).with("value", text));
            }
            if text.chars().any(char::is_control) {
                return Err(Fault::new(Code::ControlCharacter).line(self.line()).column(ours));
            }
            if !text.is_empty() {
                all.insert(name.clone(), text.to_owned());
            }
        }
        Ok(Some(all))
    }
}
