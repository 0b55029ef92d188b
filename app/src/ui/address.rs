//! The address of the page that is being rendered.

use std::str::FromStr;

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map, use_query_map};

use crate::error::{ApiError, ApiResult};
use crate::route::Url;

/// The address with its query, to change a part of it: `here().q("page", 2).href()`.
pub fn here() -> Url {
    let location = use_location();
    let query = location.query.get_untracked().into_iter().map(|(name, value)| (name.to_string(), value));
    Url::from_parts(&location.pathname.get_untracked(), query.collect::<Vec<_>>())
}

/// A value of the query; empty when it is not there.
pub fn query(name: &str) -> String {
    use_query_map().read_untracked().get(name).unwrap_or_default()
}

/// A part of the path, by its name in the table of routes.
pub fn param(name: &str) -> Option<String> {
    use_params_map().read_untracked().get(name)
}

/// Reads what the part `id` of the path names; no such thing when it is no id.
pub fn of_id<I, T, F>(read: impl FnOnce(I) -> F + Send + 'static) -> impl Future<Output = ApiResult<T>> + Send + 'static
where
    I: FromStr + Send + 'static,
    F: Future<Output = ApiResult<T>> + Send + 'static,
{
    let id = param("id").and_then(|id| id.parse().ok());
    async move {
        match id {
            Some(id) => read(id).await,
            None => Err(ApiError::NotFound),
        }
    }
}
