//! The developers' component page, in debug builds.

use super::{Entry, Who, form};

pub fn entries() -> Vec<Entry> {
    if cfg!(debug_assertions) {
        let fields = [("name", "Anna".to_owned()), ("amount", "5".to_owned()), ("metric", "revenue".to_owned())];
        vec![form("dev/try_form", Who::Public, &fields)]
    } else {
        Vec::new()
    }
}
