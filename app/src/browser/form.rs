//! Forms: posted without leaving the page, and sent by a choice where the form says so.
//!
//! A form with `data-live` asks for its own page anew at each change, with what was typed in the address it names, so that
//! what depends on the fields follows. One with `data-auto` is sent as soon as something is chosen.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, FormData, HtmlButtonElement, HtmlFormElement, SubmitEvent, UrlSearchParams};

use super::fetch::{self, NoPage};
use super::visit::{self, History, visit};
use super::{closest, target};

/// The longest address that is asked for; servers and proxies refuse more.
const LONGEST: usize = 8_000;

/// A form is sent.
pub fn submitted(event: &Event) {
    let Some(form) = target(event).and_then(|e| e.dyn_into::<HtmlFormElement>().ok()) else { return };
    // Attributes throughout: properties of a form are hidden by fields of the same name.
    let is_upload = form.get_attribute("enctype").is_some_and(|kind| kind.starts_with("multipart"));
    if event.default_prevented() || form.has_attribute("data-native") || is_upload {
        return;
    }
    let button = event.dyn_ref::<SubmitEvent>().and_then(|e| e.submitter()?.dyn_into::<HtmlButtonElement>().ok());
    let Some(fields) = fields(&form, button.as_ref()) else { return };
    event.prevent_default();
    let by_button = |name: &str| button.as_ref().filter(|b| b.has_attribute(name));
    let method = by_button("formmethod").map(|b| b.form_method()).or_else(|| form.get_attribute("method"));
    let url = by_button("formaction").map(|b| b.form_action()).or_else(|| form.get_attribute("action"));
    let url = url.unwrap_or_else(visit::here);
    if method.as_deref() == Some("post") {
        post(form, url, fields);
    } else {
        visit(with_query(&url, &fields), History::Push);
    }
}

/// Something was chosen or typed to its end.
pub fn changed(event: &Event) {
    let Some(form) = closest(event, "form").and_then(|e| e.dyn_into::<HtmlFormElement>().ok()) else { return };
    if form.has_attribute("aria-busy") {
        return;
    }
    if form.has_attribute("data-auto") {
        // Refused only where the form is not in the page any more.
        let _ = form.request_submit();
    } else if let Some(url) = form.get_attribute("data-live")
        && let Some(fields) = fields(&form, None)
    {
        let url = with_query(&url, &typed(&fields));
        if url.len() <= LONGEST {
            visit::look_again(url);
        }
    }
}

/// The fields that hold something, without those that say where the form goes.
fn typed(fields: &UrlSearchParams) -> UrlSearchParams {
    let Ok(typed) = UrlSearchParams::new() else { return fields.clone() };
    for pair in js_sys::Array::from(fields).iter().map(|pair| js_sys::Array::from(&pair)) {
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string())
            && !name.starts_with("__")
            && !value.is_empty()
        {
            typed.append(&name, &value);
        }
    }
    typed
}

fn fields(form: &HtmlFormElement, button: Option<&HtmlButtonElement>) -> Option<UrlSearchParams> {
    let data = FormData::new_with_form(form).ok()?;
    let fields = UrlSearchParams::new_with_str_sequence_sequence(&js_sys::Array::from(&data)).ok()?;
    if let Some(button) = button.filter(|b| !b.name().is_empty()) {
        fields.append(&button.name(), &button.value());
    }
    Some(fields)
}

fn with_query(url: &str, fields: &UrlSearchParams) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    format!("{path}?{}", String::from(fields.to_string()))
}

fn post(form: HtmlFormElement, url: String, fields: UrlSearchParams) {
    if form.get_attribute("aria-busy").is_some() {
        return;
    }
    let ticket = visit::begin();
    // Only a name that is none is refused.
    let _ = form.set_attribute("aria-busy", "true");
    spawn_local(async move {
        let answer = fetch::page(&url, Some(&fields)).await;
        let _ = form.remove_attribute("aria-busy");
        match answer {
            Ok(page) if page.status == 401 => {
                visit::set_busy(false);
                fetch::say("say-signed-out", Some(&form));
            }
            Ok(page) if visit::is_latest(ticket) => {
                if page.is_redirected {
                    form.reset();
                    visit::show(&page, History::Push);
                } else {
                    visit::show(&page, History::Replace);
                }
            }
            // The reader has gone on; the form was sent all the same.
            Ok(_) => {}
            // It was taken; the next page is one of a newer version of the program.
            Err(NoPage::Foreign { url, is_redirected: true }) => visit::load(&url),
            Err(NoPage::Unreachable | NoPage::Foreign { .. }) => {
                visit::set_busy(false);
                fetch::say("say-unreachable", Some(&form));
            }
        }
    });
}
