//! Dialogs: the server renders them open, in the flow of the page; here they become modal.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDialogElement, HtmlElement};

use super::{document, target};

/// Makes every dialog of the page modal that is not yet.
pub fn open_all() {
    let Ok(all) = document().query_selector_all("dialog.dialog[open]:not(:modal)") else { return };
    for i in 0..all.length() {
        if let Some(dialog) = all.get(i).and_then(|node| node.dyn_into::<HtmlDialogElement>().ok()) {
            dialog.close();
            // A browser that cannot leaves it a part of the page.
            if dialog.show_modal().is_err() {
                dialog.set_open(true);
            }
        }
    }
}

/// Escape closes a dialog as its own link does, so that the address follows.
pub fn cancelled(event: &Event) {
    let Some(dialog) = target(event).filter(|e| e.class_list().contains("dialog")) else { return };
    if let Ok(Some(link)) = dialog.query_selector("[data-close]")
        && let Ok(link) = link.dyn_into::<HtmlElement>()
    {
        event.prevent_default();
        link.click();
    }
}
