//! Makes the document look like another one, touching only what differs.

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Node};

use super::document;

/// Makes a page look like another. `is_same` says that it is the same page once more: what is being typed stays then.
pub fn page(old: &Node, new: &Node, is_same: bool) {
    let active = if is_same { document().active_element() } else { None };
    children(old, new, active.as_ref());
}

/// Gives an element the children of another, keeping those that are alike.
fn children(old: &Node, new: &Node, active: Option<&Element>) {
    let mut place = old.first_child();
    let mut next_new = new.first_child();
    while let Some(fresh) = next_new {
        next_new = fresh.next_sibling();
        match partner(place.as_ref(), &fresh) {
            Some(kept) => {
                // Whatever stands before the partner is gone from the page.
                while let Some(gone) = place.take().filter(|p| !p.is_same_node(Some(&kept))) {
                    place = gone.next_sibling();
                    remove(old, &gone);
                }
                node(&kept, &fresh, active);
                place = kept.next_sibling();
            }
            None => insert(old, &fresh, place.as_ref()),
        }
    }
    while let Some(gone) = place {
        place = gone.next_sibling();
        remove(old, &gone);
    }
}

/// The node from here on that stands for a new one: the next, if alike; further on only one of the same id.
fn partner(place: Option<&Node>, fresh: &Node) -> Option<Node> {
    let place = place?;
    if alike(place, fresh) {
        return Some(place.clone());
    }
    id(fresh)?;
    let mut later = place.next_sibling();
    while let Some(candidate) = later {
        if alike(&candidate, fresh) {
            return Some(candidate);
        }
        later = candidate.next_sibling();
    }
    None
}

fn alike(a: &Node, b: &Node) -> bool {
    a.node_type() == b.node_type() && a.node_name() == b.node_name() && id(a) == id(b)
}

/// Read as an attribute: the property of a form is hidden by a field that is called `id`.
fn id(node: &Node) -> Option<String> {
    node.dyn_ref::<Element>()?.get_attribute("id").filter(|id| !id.is_empty())
}

fn node(old: &Node, new: &Node, active: Option<&Element>) {
    match (old.dyn_ref::<Element>(), new.dyn_ref::<Element>()) {
        (Some(old), Some(new)) => element(old, new, active),
        _ => {
            if old.node_value() != new.node_value() {
                old.set_node_value(new.node_value().as_deref());
            }
        }
    }
}

fn element(old: &Element, new: &Element, active: Option<&Element>) {
    if old.has_attribute("data-chart") && new.has_attribute("data-chart") {
        // What is drawn inside is not the server's, and the drawing follows this attribute by itself.
        for name in ["data-chart", "aria-label"] {
            set(old, name, new.get_attribute(name).as_deref());
        }
        return;
    }
    // Whether a part is open is the reader's choice; whether a form is on its way is known here only.
    let kept: &[&str] = match old.tag_name().as_str() {
        "DETAILS" | "DIALOG" => &["open"],
        "FORM" => &["aria-busy"],
        _ => &[],
    };
    let was_chosen = old.dyn_ref::<HtmlSelectElement>().map(|_| chosen(old));
    let (was_value, was_checked) = (old.get_attribute("value"), old.has_attribute("checked"));
    let was_text = old.text_content();
    attributes(old, new, kept);
    children(old, new, active);
    if active.is_some_and(|active| active.is_same_node(Some(old))) {
        return;
    }
    if let Some(input) = old.dyn_ref::<HtmlInputElement>() {
        let value = new.get_attribute("value");
        if was_value != value {
            input.set_value(value.as_deref().unwrap_or_default());
        }
        if was_checked != new.has_attribute("checked") {
            input.set_checked(new.has_attribute("checked"));
        }
    } else if let Some(area) = old.dyn_ref::<HtmlTextAreaElement>() {
        let text = new.text_content();
        if was_text != text {
            area.set_value(text.as_deref().unwrap_or_default());
        }
    } else if let (Some(select), Some(was)) = (old.dyn_ref::<HtmlSelectElement>(), was_chosen) {
        let now = chosen(new);
        if was != now {
            select.set_value(now.as_deref().unwrap_or_default());
        }
    }
}

/// The option that the server chose.
pub fn chosen(select: &Element) -> Option<String> {
    let option = select.query_selector("option[selected]").ok().flatten();
    option.or_else(|| select.query_selector("option").ok().flatten())?.get_attribute("value")
}

/// Gives an element the attributes of another, but for those that are `kept`.
pub fn attributes(old: &Element, new: &Element, kept: &[&str]) {
    for name in old.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        if !new.has_attribute(&name) && !kept.contains(&name.as_str()) {
            set(old, &name, None);
        }
    }
    for name in new.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        if !kept.contains(&name.as_str()) {
            set(old, &name, new.get_attribute(&name).as_deref());
        }
    }
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    if element.get_attribute(name).as_deref() == value {
        return;
    }
    // Names come from a parsed document, so they are valid.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn insert(parent: &Node, fresh: &Node, before: Option<&Node>) {
    // It comes from another document; scripts in it do not run.
    if let Ok(copy) = document().import_node_with_deep(fresh, true) {
        let _ = parent.insert_before(&copy, before);
    }
}

fn remove(parent: &Node, gone: &Node) {
    let _ = parent.remove_child(gone);
}
