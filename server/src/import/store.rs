//! The writing half of an import: typed rows against what is stored.
//!
//! Each kind compares before it writes, so that the same file a second time changes nothing. Without leave to write
//! the same code only counts: a dry run cannot say anything else than the commit.

pub mod alias;
pub mod change;
pub mod deals;
pub mod directory;
pub mod facts;
pub mod people;
pub mod rates;
pub mod teams;
mod touch;

use std::collections::HashSet;

use app::i18n::Locale;
use domain::{Date, OrgId, Timestamp};
use sea_orm::{ConnectionTrait, DbErr};

use super::fault::Fault;
use super::keys::Keys;
use super::mapping::UnknownPeople;
use super::report::{Mode, Org, Report};
use crate::rollup::Touched;
use rates::Exchange;

/// What all kinds need to know while they write.
#[derive(Debug)]
pub struct Context {
    /// Organisation.
    pub org: Org,
    /// The import that writes.
    pub import_id: Option<i64>,
    /// What may happen to facts.
    pub mode: Mode,
    /// What to do with people nobody knows.
    pub unknown_people: UnknownPeople,
    /// The people whose facts may be changed; none means everybody's.
    pub people: Option<HashSet<i64>>,
    /// Which of our columns the file provides.
    pub provided: Vec<bool>,
    /// Whether to write at all.
    pub write: bool,
    /// Whether valid rows go in though others are rejected.
    pub accept_valid: bool,
    /// What amounts in other currencies are converted by.
    pub exchange: Exchange,
    /// Language of messages.
    pub locale: Locale,
    /// The present moment.
    pub now: Timestamp,
    /// Keys that hold whom a row names, with the line they first stood on: two spellings of a name make one key.
    pub keys: Keys,
    /// What was done so far.
    pub report: Report,
    /// What was touched so far, until [`Context::flush`].
    pub touched: Touched,
}

impl Context {
    /// What work by hand needs: everything may be written, and nothing is an import's.
    pub fn by_hand(exchange: Exchange, org: Org, now: Timestamp) -> Self {
        Self {
            org,
            import_id: None,
            mode: Mode::Upsert,
            unknown_people: UnknownPeople::Reject,
            people: None,
            provided: Vec::new(),
            write: true,
            accept_valid: false,
            exchange,
            locale: Locale::En,
            now,
            keys: Keys::default(),
            report: Report::default(),
            touched: Touched::default(),
        }
    }

    /// Makes the stored figures of what was touched anew, at the end of a transaction.
    ///
    /// # Errors
    /// When the database refuses or is busy.
    pub async fn flush(&mut self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        self.touched.flush(db, OrgId::new(self.org.id)).await
    }

    /// Today, where the organisation is.
    pub fn today(&self) -> Date {
        crate::clock::day_in(self.now, &self.exchange.time_zone)
    }

    /// Whether the file gives a value for a column.
    pub fn provides(&self, column: usize) -> bool {
        self.provided.get(column).copied().unwrap_or(false)
    }

    /// Whether facts of a person may be changed.
    pub fn allows(&self, person: i64) -> bool {
        self.people.as_ref().is_none_or(|people| people.contains(&person))
    }

    /// Refuses a row. If one refused row refuses all, there is nothing left to write.
    pub fn reject(&mut self, fault: &Fault) {
        self.report.reject(fault, self.locale);
        self.write &= self.accept_valid;
    }
}
