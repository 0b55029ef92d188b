//! What the browser adds to pages that work without it.
//!
//! The server renders every page whole. Here links and forms are followed without loading a new document:
//! the answer is the same page that a plain link or post gets, and only what differs is changed in the
//! document ([`morph`]), so that focus, scroll position, open parts and drawn charts stay. Where anything is out of
//! the ordinary (another origin, a download, a new version of the program), the browser is left to do it.

mod copy;
mod dialog;
mod explain;
mod fetch;
mod form;
mod keys;
mod link;
mod live;
mod morph;
mod press;
mod visit;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, EventTarget, Window};

/// Starts listening; called once, when the WebAssembly is there.
#[wasm_bindgen]
pub fn start() {
    console_error_panic_hook::set_once();
    listen(&document(), "click", false, |event| {
        if !(explain::clicked(event) || copy::clicked(event)) {
            link::clicked(event);
        }
    });
    listen(&document(), "submit", false, form::submitted);
    listen(&document(), "change", false, form::changed);
    listen(&document(), "keydown", false, keys::pressed);
    // It does not bubble, so it is caught on its way down.
    listen(&document(), "cancel", true, dialog::cancelled);
    listen(&window(), "popstate", false, visit::popped);
    press::start();
    visit::settle();
    live::start();
}

/// Listens for as long as the document lives.
fn listen(target: &EventTarget, name: &str, capture: bool, handle: impl Fn(&Event) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(move |event: Event| handle(&event));
    // It fails only for a listener that is no function.
    let _ = target.add_event_listener_with_callback_and_bool(name, closure.as_ref().unchecked_ref(), capture);
    closure.forget();
}

/// The window: there is always one in a page.
fn window() -> Window {
    web_sys::window().expect_throw("no window")
}

/// The document: there is always one in a page.
fn document() -> Document {
    window().document().expect_throw("no document")
}

/// The element that an event is about.
fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The closest element around an event's that fits a selector.
fn closest(event: &Event, selector: &str) -> Option<Element> {
    target(event)?.closest(selector).ok()?
}

/// The first element that fits a selector.
fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok()?
}
