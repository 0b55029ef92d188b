//! Answers of customers, as [`super::aggregate`] adds them up.

use super::aggregate::Summed;

/// Of a scale of 0 to 10: 1 for promoters, who give 9 or more, -1 for detractors, who give 6 or less.
pub const SIDE: &str = "CASE WHEN satisfaction.score_micros >= 9000000 THEN 1 \
                    WHEN satisfaction.score_micros <= 6000000 THEN -1 ELSE 0 END";
/// The score in millionths.
pub const SCORE: Summed = Summed::Plain("satisfaction.score_micros");
