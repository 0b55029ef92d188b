//! Fields of facts: the columns of their kind, and those of the organisation's own behind them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use app::caller::Caller;
use domain::format;
use domain::read::Sign;
use sea_orm::ConnectionTrait;

use crate::error::ServiceResult;
use crate::import::Kind;
use crate::import::fact::Table;
use crate::import::kind::field::{self, Names};
use crate::import::kind::{Column, Type};
use crate::import::store::deals::DEAL;
use crate::import::store::facts::Stored;
use crate::query::column::ATTRIBUTES;
use crate::query::own;
use crate::words::Words;

/// A field of the facts of a kind.
#[derive(Clone, Debug)]
pub enum Field {
    /// A column of ours.
    Ours(&'static Column),
    /// A column of the organisation's own, without `attributes.` before its name.
    Own(String),
}

impl Field {
    /// All that facts of a kind may have in this organisation.
    pub async fn all(db: &impl ConnectionTrait, caller: &Caller, kind: Kind) -> ServiceResult<Vec<Self>> {
        let table = kind.facts().map_or(DEAL, |(table, _)| table.name);
        Ok(Self::with(kind, own::names(db, caller.org_id, kind, table).await?))
    }

    /// Those of a kind, with these own ones.
    pub fn with(kind: Kind, own: BTreeSet<String>) -> Vec<Self> {
        field::columns(kind).map(|(_, column)| Self::Ours(column)).chain(own.into_iter().map(Self::Own)).collect()
    }

    /// Its name in files and forms.
    pub fn name(&self) -> Cow<'static, str> {
        match self {
            Self::Ours(column) => Cow::Borrowed(column.name),
            Self::Own(name) => Cow::Owned(format!("{ATTRIBUTES}{name}")),
        }
    }

    /// What it is called on screens.
    pub fn label(&self, words: Words, kind: Kind) -> String {
        match self {
            Self::Ours(column) => words.t(&format!("imports.ours.{}.{}", kind.name(), column.name)),
            Self::Own(name) => name.clone(),
        }
    }

    /// Whether each fact has it.
    pub const fn is_required(&self) -> bool {
        matches!(self, Self::Ours(column) if column.required)
    }

    /// Whether it holds numbers.
    pub const fn is_number(&self) -> bool {
        matches!(self, Self::Ours(column) if matches!(column.ty, Type::Money | Type::Number | Type::Count))
    }

    /// What stands in it.
    pub fn text(&self, table: &Table, fact: &Fact, names: &dyn Names, sign: Sign) -> String {
        match self {
            Self::Ours(column) => field::text(table, column, &fact.stored.cells, names, sign),
            Self::Own(name) => fact.own.get(name).cloned().unwrap_or_default(),
        }
    }

    /// A text as it stands in a list: days and our own values in the reader's language.
    pub fn readable(&self, caller: &Caller, text: String) -> String {
        match self {
            Self::Ours(column) => match column.ty {
                Type::Date => text.parse().map(|day| format::date(caller.locale, day)).unwrap_or(text),
                Type::Choice(_) | Type::Flag if !text.is_empty() => {
                    Words(caller.locale).t(&format!("imports.choice.{}.{text}", column.name))
                }
                _ => text,
            },
            Self::Own(_) => text,
        }
    }
}

/// A fact with its own columns read.
#[derive(Clone, Debug)]
pub struct Fact {
    /// As it is stored.
    pub stored: Stored,
    /// The columns of the organisation's own.
    pub own: BTreeMap<String, String>,
}

impl Fact {
    /// Reads the own columns.
    pub fn of(stored: Stored) -> ServiceResult<Self> {
        let own = own::of_json(stored.attributes.as_deref())?;
        Ok(Self { stored, own })
    }
}
