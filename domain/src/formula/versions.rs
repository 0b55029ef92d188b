//! What held from when: old periods keep the formula that they were closed with.

use serde::{Deserialize, Serialize};

use crate::Date;

/// Versions of a formula (or of a choice) with the day from which each holds. The first holds since ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored<T>")]
pub struct Versions<T> {
    first: T,
    later: Vec<(Date, T)>,
}

#[derive(Deserialize)]
struct Stored<T> {
    first: T,
    later: Vec<(Date, T)>,
}

/// Why a version cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VersionError {
    /// It would hold from a day on or before the latest version's, which would rewrite history.
    #[error("a version must hold from a later day than the one before it")]
    NotLater,
}

impl<T> Versions<T> {
    /// One version, which holds since ever.
    pub fn new(first: T) -> Self {
        Self { first, later: Vec::new() }
    }

    /// Adds a version that holds from this day on, and gives its number.
    ///
    /// # Errors
    /// [`VersionError::NotLater`] if the day is not after that of the latest version.
    pub fn add(&mut self, from: Date, version: T) -> Result<u32, VersionError> {
        if self.later.last().is_some_and(|(latest, _)| *latest >= from) {
            return Err(VersionError::NotLater);
        }
        self.later.push((from, version));
        Ok(number(self.later.len()))
    }

    /// The version in force on a day, and its number from 1.
    pub fn in_force(&self, day: Date) -> (u32, &T) {
        let begun = self.later.partition_point(|(from, _)| *from <= day);
        let version = begun.checked_sub(1).and_then(|i| self.later.get(i)).map_or(&self.first, |(_, v)| v);
        (number(begun), version)
    }

    /// Number, first day (none: since ever) and version, from the oldest.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Option<Date>, &T)> {
        let later = self.later.iter().enumerate().map(|(i, (from, v))| (number(i + 1), Some(*from), v));
        std::iter::once((1, None, &self.first)).chain(later)
    }
}

/// The number of the version behind so many others.
fn number(before: usize) -> u32 {
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

impl<T> TryFrom<Stored<T>> for Versions<T> {
    type Error = VersionError;
    fn try_from(stored: Stored<T>) -> Result<Self, VersionError> {
        let mut versions = Self::new(stored.first);
        for (from, version) in stored.later {
            versions.add(from, version)?;
        }
        Ok(versions)
    }
}
