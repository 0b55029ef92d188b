//! Answers of customers, as [`super::aggregate`] adds them up.

use super::aggregate::Summed;
use super::column::{Table, TextColumn};
use super::kept::Kept;

/// By scale: scores in millionths.
pub const KEPT: Kept = Kept {
    table: Table::Satisfaction,
    text: Some(TextColumn::Scale),
    only: None,
    mark: Some(SIDE),
    sums: &[Summed::Plain("satisfaction.score_micros")],
    distinct: None,
};

/// [`SIDE`] of promoters, who give 9 or more on a scale of 0 to 10.
pub const PROMOTER: i64 = 1;
/// [`SIDE`] of detractors, who give 6 or less.
pub const DETRACTOR: i64 = 0;
const SIDE: &str = "CASE WHEN satisfaction.score_micros >= 9000000 THEN 1 \
                    WHEN satisfaction.score_micros <= 6000000 THEN 0 END";
