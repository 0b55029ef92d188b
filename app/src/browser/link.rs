//! Links inside the product.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent};

use super::visit::{self, History, visit};
use super::{closest, window};

/// Follows a plain click on a link of ours.
pub fn clicked(event: &Event) {
    let Some(link) = closest(event, "a[href]").filter(|_| is_plain(event)) else { return };
    if let Some(url) = address(&link) {
        event.prevent_default();
        if url.contains("dialog=") {
            visit::opens_dialog(link.clone());
        }
        // Closing a dialog leaves no entry behind that would open it again.
        let history = if link.has_attribute("data-close") { History::Replace } else { History::Push };
        visit(url, history);
    }
}

/// Whether it is a click that stays in this tab and that nobody has taken yet.
pub fn is_plain(event: &Event) -> bool {
    let Some(mouse) = event.dyn_ref::<MouseEvent>() else { return false };
    let is_special = mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key();
    !is_special && mouse.button() == 0 && !event.default_prevented()
}

/// Where a link leads, if that is a page of ours other than a place on this one.
fn address(link: &Element) -> Option<String> {
    let anchor = link.dyn_ref::<HtmlAnchorElement>()?;
    let is_left_alone = link.has_attribute("download")
        || link.has_attribute("target")
        || link.get_attribute("rel").is_some_and(|rel| rel.contains("external"));
    let is_ours = anchor.origin() == window().location().origin().ok()?;
    let is_place = !anchor.hash().is_empty() && anchor.href().starts_with(&visit::here());
    (is_ours && !is_left_alone && !is_place).then(|| anchor.href())
}
