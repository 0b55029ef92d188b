//! Keyboard shortcuts: `/` goes to the search of a page, `g` and a letter to a page, `?` says which there are. What a key
//! does stands in the page (`data-key`); where the reader turned them off, nothing has one.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};

use super::{document, find};

thread_local! {
    /// Whether the key before was `g`.
    static GO: Cell<bool> = const { Cell::new(false) };
}

/// A key went down anywhere.
pub fn pressed(event: &Event) {
    let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|key| is_free(key)) else { return };
    let was_go = GO.replace(false);
    let name = key.key();
    let wanted = match name.as_str() {
        letter if was_go => {
            format!("[data-key='{}']", letter.chars().filter(char::is_ascii_lowercase).collect::<String>())
        }
        "g" => {
            GO.set(true);
            return;
        }
        "/" | "?" => format!("[data-key='{name}']"),
        _ => return,
    };
    let Some(element) = find(&wanted).and_then(|e| e.dyn_into::<HtmlElement>().ok()) else { return };
    event.prevent_default();
    if element.tag_name() == "INPUT" {
        // A courtesy: a browser that refuses loses nothing.
        let _ = element.focus();
    } else {
        element.click();
    }
}

/// Whether a key is meant for the page: nobody is typing and no other key is held.
fn is_free(key: &KeyboardEvent) -> bool {
    let is_typing = document().active_element().is_some_and(|e| e.matches("input, textarea, select").unwrap_or(false));
    !is_typing && !key.ctrl_key() && !key.meta_key() && !key.alt_key() && !key.default_prevented()
}
