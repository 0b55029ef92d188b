//! What stands in a form at this moment; only a browser knows.

/// The name of the control that an event came from, and all of its form's fields as (name, value).
#[cfg(feature = "hydrate")]
pub(super) fn of(event: &leptos::web_sys::Event) -> (String, Vec<(String, String)>) {
    use leptos::wasm_bindgen::JsCast;
    let Some(element) = event.target().and_then(|t| t.dyn_into::<leptos::web_sys::Element>().ok()) else {
        return (String::new(), Vec::new());
    };
    let name = element.get_attribute("name").unwrap_or_default();
    let form = element.closest("form").ok().flatten();
    let Some(form) = form.and_then(|f| f.dyn_into::<leptos::web_sys::HtmlFormElement>().ok()) else {
        return (name, Vec::new());
    };
    let Ok(data) = leptos::web_sys::FormData::new_with_form(&form) else { return (name, Vec::new()) };
    let mut fields = Vec::new();
    for entry in js_sys::try_iter(&data).ok().flatten().into_iter().flatten().flatten() {
        let pair = js_sys::Array::from(&entry);
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string())
            && !name.starts_with("__")
        {
            fields.push((name, value));
        }
    }
    (name, fields)
}

/// On the server no event ever happens.
#[cfg(not(feature = "hydrate"))]
pub(super) fn of<E>(_: &E) -> (String, Vec<(String, String)>) {
    (String::new(), Vec::new())
}
