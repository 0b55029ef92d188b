//! Asks the server for a page.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Document, DomParser, Element, Request, RequestInit, Response, SupportedType, UrlSearchParams,
};

use super::{document, find, window};

/// A page as the server sent it.
pub struct Page {
    /// Where it was found in the end.
    pub url: String,
    /// Whether the server sent us on to it: a form that was taken does.
    pub is_redirected: bool,
    /// The HTTP status.
    pub status: u16,
    /// Its content.
    pub document: Document,
}

/// Why there is no page to show.
pub enum NoPage {
    /// The server was not reached in time, or something before it answered that it cannot be.
    Unreachable,
    /// What is at this address is a file, or a page of another version of the program: the browser has to load it itself.
    Foreign {
        /// Where it was found in the end.
        url: String,
        /// As of a [`Page`].
        is_redirected: bool,
    },
}

/// How long an answer is waited for, in milliseconds; the server gives up at the same time.
const PATIENCE: u32 = 60_000;

/// Asks for a page; with fields, posts them.
pub async fn page(url: &str, fields: Option<&UrlSearchParams>) -> Result<Page, NoPage> {
    let options = RequestInit::new();
    options.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    if let Some(fields) = fields {
        options.set_method("POST");
        options.set_body(fields);
    }
    let request = Request::new_with_str_and_init(url, &options).map_err(|_| NoPage::Unreachable)?;
    // A kind that only pages have: what comes back is text/html or nothing we can show.
    request.headers().set("accept", "text/html").map_err(|_| NoPage::Unreachable)?;
    let response: Response = JsFuture::from(window().fetch_with_request(&request))
        .await
        .and_then(JsCast::dyn_into)
        .map_err(|_| NoPage::Unreachable)?;
    let kind = response.headers().get("content-type").ok().flatten().unwrap_or_default();
    let foreign = || NoPage::Foreign { url: response.url(), is_redirected: response.redirected() };
    if !kind.starts_with("text/html") {
        return Err(if response.ok() { foreign() } else { NoPage::Unreachable });
    }
    let text = JsFuture::from(response.text().map_err(|_| NoPage::Unreachable)?).await;
    let text = text.ok().and_then(|text| text.as_string()).ok_or(NoPage::Unreachable)?;
    let parser = DomParser::new().map_err(|_| foreign())?;
    let document = parser.parse_from_string(&text, SupportedType::TextHtml).map_err(|_| foreign())?;
    if version(&document) != version(&self::document()) {
        return Err(if response.ok() { foreign() } else { NoPage::Unreachable });
    }
    Ok(Page { url: response.url(), is_redirected: response.redirected(), status: response.status(), document })
}

/// The names of the files that a page is made with: they carry a hash of their content.
fn version(document: &Document) -> Option<String> {
    let link = document.query_selector("link[rel=stylesheet]").ok()??;
    link.get_attribute("href")
}

/// Says in the page that the server was not reached, or whatever the template of that name says.
pub fn say(template: &str, beside: Option<&Element>) {
    let Some(template) = find(&format!("template#{template}")) else { return };
    let Ok(template) = template.dyn_into::<web_sys::HtmlTemplateElement>() else { return };
    let Ok(copy) = document().import_node_with_deep(&template.content(), true) else { return };
    let Some(place) = beside.cloned().or_else(|| find("#main")) else { return };
    if let Ok(Some(old)) = place.query_selector("[data-said]") {
        old.remove();
    }
    // A message that cannot be shown changes nothing else.
    let _ = place.insert_before(&copy, place.first_child().as_ref());
    if let Ok(Some(said)) = place.query_selector("[data-said]")
        && let Ok(said) = said.dyn_into::<web_sys::HtmlElement>()
    {
        let _ = said.focus();
    }
}
