//! What stands where data are shown: the data, or why they are not there.

use leptos::prelude::*;

use crate::error::ApiResult;
use crate::ui::error_view::{ErrorNote, ErrorView};

/// The subject of a page. An error takes its place and becomes the page's status.
pub fn loaded<T, V>(
    data: impl Future<Output = ApiResult<T>> + Send + 'static,
    show: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    V: IntoView + 'static,
{
    Suspend::new(async move {
        match data.await {
            Ok(data) => show(data).into_any(),
            Err(error) => view! { <ErrorView error/> }.into_any(),
        }
    })
}

/// A block beside the subject. An error is said in its place and leaves the page as it is.
pub fn loaded_block<T, V>(
    data: impl Future<Output = ApiResult<T>> + Send + 'static,
    show: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    V: IntoView + 'static,
{
    Suspend::new(async move {
        match data.await {
            Ok(data) => show(data).into_any(),
            Err(error) => view! { <ErrorNote error/> }.into_any(),
        }
    })
}
