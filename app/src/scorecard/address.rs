//! The address of the page without the dialog that may be open on it.

use leptos::prelude::untrack;

use crate::route::Url;
use crate::ui::use_url;

/// The address to change one part of. Read once: these pages are drawn anew when their address changes.
pub(super) fn page_url() -> Url {
    untrack(use_url()).q("dialog", "").q("explain", "").q("who", "")
}
