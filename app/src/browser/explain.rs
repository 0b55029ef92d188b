//! Explain beside the page it was asked from.
//!
//! Every number links to its page under `/explain`. A click on such a link opens that page's content in a dialog; the
//! address becomes the page's own, so that it can be shared, a reload shows it, and back closes the dialog.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlDialogElement, HtmlTemplateElement};

use super::fetch::{self, Page};
use super::visit;
use super::{closest, document, find, link, window};

thread_local! {
    /// The title of the page below the dialog.
    static TITLE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Opens the dialog or closes it again; says whether the click was one of those.
pub fn clicked(event: &Event) -> bool {
    if !link::is_plain(event) {
        return false;
    }
    if closest(event, "#explain-dialog [data-close]").is_some() {
        event.prevent_default();
        if let Ok(history) = window().history() {
            // Without a history there is nothing that opened it.
            let _ = history.back();
        }
        return true;
    }
    let Some(url) = closest(event, ".explain-area a[href^='/explain/']").and_then(|a| a.get_attribute("href")) else {
        return false;
    };
    event.prevent_default();
    let ticket = visit::begin();
    spawn_local(async move {
        let answer = fetch::page(&url, None).await;
        if !visit::is_latest(ticket) {
            return;
        }
        visit::set_busy(false);
        let is_open = match &answer {
            Ok(page) => open(page).is_some(),
            Err(_) => false,
        };
        if !is_open {
            visit::load(&url);
        }
    });
    true
}

/// Closes the dialog, if it is open; says whether it was.
pub fn close() -> bool {
    let Some(dialog) = find("#explain-dialog") else { return false };
    if let Some(dialog) = dialog.dyn_ref::<HtmlDialogElement>() {
        // Gives the focus back to the number that it was asked of.
        dialog.close();
    }
    dialog.remove();
    document().set_title(&TITLE.take());
    true
}

fn open(page: &Page) -> Option<()> {
    let content = page.document.query_selector(".explain").ok()??;
    let template = find("template#explain-template")?.dyn_into::<HtmlTemplateElement>().ok()?;
    let copy = document().import_node_with_deep(&template.content(), true).ok()?;
    document().body()?.append_child(&copy).ok()?;
    let dialog = find("#explain-dialog")?.dyn_into::<HtmlDialogElement>().ok()?;
    let content = document().import_node_with_deep(&content, true).ok()?;
    dialog.append_child(&content).ok()?;
    dialog.show_modal().ok()?;
    visit::push(&page.url);
    TITLE.set(document().title());
    document().set_title(&page.document.title());
    Some(())
}
