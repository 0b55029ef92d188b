//! Keeps figures up to date: the server says when the facts of the organisation change, and the page is asked again.
//!
//! Nothing changes under somebody's hands: while a form is touched, a field has the focus, a dialog is open or an
//! answer is awaited, the page waits.

use std::cell::{Cell, RefCell};

use wasm_bindgen::prelude::*;
use web_sys::{
    Element, EventSource, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, MessageEvent, VisibilityState,
};

use super::{document, find, listen, morph, visit, window};

/// How long the page waits before it looks whether it may be changed now, in milliseconds.
const LATER: i32 = 1_000;

thread_local! {
    /// What is listened to while the page can be seen.
    static SOURCE: RefCell<Option<EventSource>> = const { RefCell::new(None) };
    /// The version that the server told last.
    static TOLD: Cell<i64> = const { Cell::new(0) };
    /// Whether a later look is arranged already.
    static WAITING: Cell<bool> = const { Cell::new(false) };
}

/// Listens while the page can be seen: a browser has few connections, and a page behind another needs none.
pub fn start() {
    listen(&document(), "visibilitychange", false, |_| follow());
    follow();
}

fn follow() {
    let is_seen = document().visibility_state() == VisibilityState::Visible && shown().is_some();
    let is_open = SOURCE.with_borrow(|source| source.as_ref().is_some_and(|s| s.ready_state() != EventSource::CLOSED));
    if is_seen == is_open {
        return;
    }
    if let Some(source) = SOURCE.take() {
        source.close();
    }
    if is_seen && let Ok(source) = EventSource::new("/live") {
        listen(&source, "message", false, |event| {
            let version = event.dyn_ref::<MessageEvent>().and_then(|e| e.data().as_string()?.parse().ok());
            if let Some(version) = version {
                TOLD.set(version);
                refresh();
            }
        });
        SOURCE.set(Some(source));
    }
}

/// The version of the facts that the page shows; none where nobody is signed in.
fn shown() -> Option<i64> {
    find("#main")?.get_attribute("data-live-data")?.parse().ok()
}

/// Asks for the page again if it shows older facts than the server told of; later, if now is no good moment.
fn refresh() {
    if WAITING.get() || shown().is_none_or(|shown| TOLD.get() <= shown) {
        return;
    }
    if !is_at_work() {
        visit::look_again(visit::here());
        return;
    }
    WAITING.set(true);
    let again = Closure::once_into_js(|| {
        WAITING.set(false);
        refresh();
    });
    // Without a timer the page follows with the next change.
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(again.unchecked_ref(), LATER);
}

/// Whether somebody is about to send something, or the page is on its way to somewhere.
fn is_at_work() -> bool {
    let has_focus = find("input:focus, textarea:focus, select:focus").is_some();
    has_focus || find("html[data-busy], dialog[open], .form-summary, form[aria-busy]").is_some() || is_typed()
}

/// Whether a field of a form that changes something holds other than the server wrote.
fn is_typed() -> bool {
    let fields = "form[method=post] :is(input, textarea, select)";
    let Ok(fields) = document().query_selector_all(fields) else { return false };
    (0..fields.length()).filter_map(|i| fields.get(i)).any(|field| {
        if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            input.value() != input.default_value() || input.checked() != input.default_checked()
        } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
            morph::chosen(select.unchecked_ref::<Element>()).unwrap_or_default() != select.value()
        } else {
            field.dyn_ref::<HtmlTextAreaElement>().is_some_and(|area| area.default_value() != Ok(area.value()))
        }
    })
}
