//! What people did, as [`super::aggregate`] adds it up.

use super::aggregate::Summed;

/// How often it was done.
pub const COUNT: Summed = Summed::Plain("activity.count");
