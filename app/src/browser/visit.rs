//! Goes to a page of ours without loading a new document.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement};

use super::fetch::{self, NoPage, Page};
use super::{dialog, document, explain, find, morph, press, window};

/// What happens to the browser's history.
#[derive(Clone, Copy)]
pub enum History {
    /// The page becomes the next entry.
    Push,
    /// The page takes the place of the current entry.
    Replace,
    /// The browser has moved already; this is how far down the page was.
    Moved(f64),
}

thread_local! {
    /// Counts visits: an answer that comes after a later visit began is dropped.
    static LATEST: Cell<u32> = const { Cell::new(0) };
    /// The address of what is shown, without the fragment.
    static SHOWN: RefCell<String> = const { RefCell::new(String::new()) };
    /// The link that opened a dialog: the focus goes back to it.
    static OPENER: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// Begins something that replaces the page; whoever begins later wins.
pub fn begin() -> u32 {
    set_busy(true);
    LATEST.set(LATEST.get().wrapping_add(1));
    LATEST.get()
}

/// Whether nothing began since.
pub fn is_latest(ticket: u32) -> bool {
    LATEST.get() == ticket
}

/// Goes to an address of ours.
pub fn visit(url: String, history: History) {
    let ticket = begin();
    spawn_local(async move {
        let answer = fetch::page(&url, None).await;
        if !is_latest(ticket) {
            return;
        }
        match answer {
            Ok(page) => show(&page, history),
            // The browser knows best how to say that there is no connection.
            Err(NoPage::Unreachable | NoPage::Foreign { .. }) => load(&url),
        }
    });
}

/// Asks for the page at an address in place of the one that is shown, and leaves that as it is when there is none:
/// nobody asked for this, so nobody may lose anything by it.
pub fn look_again(url: String) {
    // What is being sent has an answer that the reader waits for.
    if find("form[aria-busy]").is_some() {
        return;
    }
    let ticket = begin();
    spawn_local(async move {
        let answer = fetch::page(&url, None).await;
        press::released().await;
        if !is_latest(ticket) {
            return;
        }
        match answer {
            Ok(page) if page.status < 400 && path(&page.url) == path(&absolute(&url)) => show(&page, History::Replace),
            _ => {
                set_busy(false);
                settle();
            }
        }
    });
}

fn absolute(url: &str) -> String {
    web_sys::Url::new_with_base(url, &here()).map_or_else(|_| url.to_owned(), |url| url.href())
}

/// Lets the browser load an address in its own way.
pub fn load(url: &str) {
    // Only an address that is none fails, and ours come from links and answers.
    let _ = window().location().set_href(url);
}

/// The address of the page, without the fragment.
pub fn here() -> String {
    let href = window().location().href().unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// Puts a page in the place of the one that is shown.
pub fn show(page: &Page, history: History) {
    set_busy(false);
    let (before, document) = (here(), document());
    let is_elsewhere = path(&before) != path(&page.url);
    match history {
        History::Push if before != page.url => push(&page.url),
        History::Push | History::Replace => replace(&page.url),
        History::Moved(_) => remember_shown(),
    }
    document.set_title(&page.document.title());
    if let (Some(old), Some(new)) = (document.document_element(), page.document.document_element()) {
        // What our scripts set stays.
        morph::attributes(&old, &new, &["data-alive", "class"]);
    }
    if let (Some(old), Some(new)) = (document.body(), page.document.body()) {
        morph::page(&old, &new, matches!(history, History::Replace));
    }
    match history {
        History::Moved(y) => window().scroll_to_with_x_and_y(0.0, y),
        History::Push if is_elsewhere => {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            focus("#main");
        }
        History::Push | History::Replace => {}
    }
    settle();
    keep_focus();
}

/// After a page is there: dialogs become modal, what went wrong gets the focus, work in progress is looked at again.
pub fn settle() {
    remember_shown();
    dialog::open_all();
    focus(".form-summary");
    if let Some(wait) = find("[data-refresh]").and_then(|e| e.get_attribute("data-refresh")?.parse().ok()) {
        let ticket = LATEST.get();
        let again = Closure::once_into_js(move || {
            if is_latest(ticket) {
                look_again(here());
            }
        });
        let wait = i32::try_from(Duration::from_millis(wait).as_millis()).unwrap_or(i32::MAX);
        // Without a timer the page keeps its link that refreshes it.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(again.unchecked_ref(), wait);
    }
}

/// Back and forward.
pub fn popped(event: &Event) {
    // A place on the page that is shown; only the fragment changed.
    if SHOWN.with_borrow(|shown| *shown == here()) {
        return;
    }
    remember_shown();
    if explain::close() {
        return;
    }
    let state = Reflect::get(event, &"state".into()).unwrap_or(JsValue::NULL);
    let y = Reflect::get(&state, &"y".into()).ok().and_then(|y| y.as_f64()).unwrap_or(0.0);
    visit(here(), History::Moved(y));
}

/// Adds an entry to the history; the one that is left remembers how far down its page was.
pub fn push(url: &str) {
    let Ok(history) = window().history() else { return };
    let state = js_sys::Object::new();
    let y = window().scroll_y().unwrap_or(0.0);
    // A plain object takes any property, and the address of our own page is never refused.
    let _ = Reflect::set(&state, &"y".into(), &y.into());
    let _ = history.replace_state_with_url(&state, "", None);
    let _ = history.push_state_with_url(&JsValue::NULL, "", Some(url));
    remember_shown();
}

fn remember_shown() {
    SHOWN.set(here());
}

/// Remembers the link that opens a dialog.
pub fn opens_dialog(link: Element) {
    OPENER.set(Some(link));
}

/// Where the focus was lost with what held it, it goes to the link that opened the dialog, else to the page.
fn keep_focus() {
    let document = document();
    let body = document.body().map(Element::from);
    let is_lost = document.active_element().is_none_or(|active| Some(active) == body);
    if !is_lost || find("dialog[open]").is_some() {
        return;
    }
    let opener = OPENER.take().filter(|link| link.is_connected()).or_else(|| find("#main"));
    if let Some(element) = opener.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // A courtesy: a browser that refuses loses nothing.
        let _ = element.focus_with_options(&options);
    }
}

fn replace(url: &str) {
    if let Ok(history) = window().history() {
        // Refused only for another origin's address, and a page of one is never shown.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(url));
    }
}

/// Says by an attribute of the document that an answer is awaited; the style sheet draws it.
pub fn set_busy(is_busy: bool) {
    if let Some(root) = document().document_element() {
        let _ = root.toggle_attribute_with_force("data-busy", is_busy);
    }
}

fn focus(selector: &str) {
    if let Some(element) = find(selector).and_then(|e: Element| e.dyn_into::<HtmlElement>().ok()) {
        // A courtesy: a browser that refuses loses nothing.
        let _ = element.focus();
    }
}

fn path(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}
