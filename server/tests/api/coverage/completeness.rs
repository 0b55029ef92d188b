//! How complete the facts are is everybody's to know; it says days, not figures.

use super::{Entry, Who, form};

pub fn entries() -> Vec<Entry> {
    vec![form("completeness/get", Who::Everybody, &[("metric", "win_rate".to_owned())])]
}
