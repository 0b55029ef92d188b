//! Whether something is being pressed with a mouse, a finger or a pen.
//!
//! A click is a press and a release on the same element. Who leaves a field by pressing a button changes the field, and a
//! page that follows the field between press and release would move the button away: the click would be lost.

use std::cell::{Cell, RefCell};

use js_sys::{Function, Promise};
use wasm_bindgen_futures::JsFuture;

use super::{listen, window};

thread_local! {
    static IS_DOWN: Cell<bool> = const { Cell::new(false) };
    /// Those who wait for the release.
    static WAITING: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
}

/// Starts to look.
pub fn start() {
    listen(&window(), "pointerdown", true, |_| IS_DOWN.set(true));
    // A window that lost the focus hears of no release; that of a field, which only a capture would tell, is none.
    for (name, capture) in [("pointerup", true), ("pointercancel", true), ("blur", false)] {
        listen(&window(), name, capture, |_| {
            IS_DOWN.set(false);
            for resolve in WAITING.take() {
                // The click comes after the release, in the same turn; a timer is the next one.
                let _ = window().set_timeout_with_callback(&resolve);
            }
        });
    }
}

/// Waits until nothing is pressed and what the press did has begun.
pub async fn released() {
    if IS_DOWN.get() {
        let promise = Promise::new(&mut |resolve, _| WAITING.with_borrow_mut(|waiting| waiting.push(resolve)));
        // This promise is never rejected.
        let _ = JsFuture::from(promise).await;
    }
}
