//! Buttons that copy what a field holds.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDocument, HtmlInputElement};

use super::{closest, document, find};

/// Copies the field that a button names; says whether the click was on such a button.
pub fn clicked(event: &Event) -> bool {
    let Some(button) = closest(event, "button[data-copy]") else { return false };
    let named = button.get_attribute("data-copy").and_then(|selector| find(&selector));
    if let Some(field) = named.and_then(|e| e.dyn_into::<HtmlInputElement>().ok()) {
        field.select();
        // The old way needs no permission and no TLS.
        let is_done = document().dyn_ref::<HtmlDocument>().is_some_and(|d| d.exec_command("copy").unwrap_or(false));
        if is_done && let Some(text) = button.get_attribute("data-copied") {
            button.set_text_content(Some(&text));
        }
    }
    true
}
