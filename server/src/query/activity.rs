//! What people did, as [`super::aggregate`] adds it up.

use super::aggregate::Summed;
use super::column::{Table, TextColumn};
use super::kept::Kept;

/// How often each was done.
pub const KEPT: Kept = Kept {
    table: Table::Activities,
    text: Some(TextColumn::Type),
    only: None,
    mark: None,
    sums: &[Summed::Plain("activity.count")],
    distinct: None,
};
