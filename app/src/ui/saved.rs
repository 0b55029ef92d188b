//! When to read again after a form.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::server_fn::error::FromServerFnError;

/// Rises when the action succeeds, and only then: a resource that follows it is not read again after an
/// error, so that the form around it keeps what was typed.
pub fn saved<S>(action: ServerAction<S>) -> Memo<usize>
where
    S: ServerFn + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
    S::Error: FromServerFnError + Send + Sync + 'static,
{
    let (value, version) = (action.value(), action.version());
    Memo::new(move |before: Option<&usize>| {
        let now = version.get();
        if matches!(&*value.read(), Some(Ok(_))) { now } else { before.copied().unwrap_or(0) }
    })
}
