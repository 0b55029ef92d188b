//! What stands where data are shown: the data, or why they are not there.

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;

use crate::error::{ApiError, ApiResult};
use crate::ui::error_view::{ErrorNote, ErrorView};

/// The subject of a page. An error takes its place and becomes the page's status.
pub fn loaded<T: Send + 'static, V: IntoView + 'static>(
    data: impl Future<Output = ApiResult<T>> + Send + 'static,
    show: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView {
    shown(data, show, |error| view! { <ErrorView error/> }.into_any())
}

/// A block beside the subject. An error is said in its place and leaves the page as it is.
pub fn loaded_block<T: Send + 'static, V: IntoView + 'static>(
    data: impl Future<Output = ApiResult<T>> + Send + 'static,
    show: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView {
    shown(data, show, |error| view! { <ErrorNote error/> }.into_any())
}

fn shown<T: Send + 'static, V: IntoView + 'static>(
    data: impl Future<Output = ApiResult<T>> + Send + 'static,
    show: impl FnOnce(T) -> V + Send + 'static,
    excuse: fn(ApiError) -> AnyView,
) -> impl IntoView {
    let data = started(data);
    Suspend::new(async move {
        match data.await {
            Ok(data) => show(data).into_any(),
            Err(error) => excuse(error),
        }
    })
}

/// Starts reading at once, as a task of its own. Rendering awaits its blocks one after the other; a block that was begun
/// and put aside could otherwise keep the very database connection that the one before it waits for.
fn started<T: Send + 'static>(
    data: impl Future<Output = ApiResult<T>> + Send + 'static,
) -> impl Future<Output = ApiResult<T>> + Send + 'static {
    let task = tokio::spawn(ScopedFuture::new(data));
    // A panic has been reported where it happened.
    async move { task.await.unwrap_or_else(|_| Err(ApiError::Internal(String::new()))) }
}
