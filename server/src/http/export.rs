//! Files of tables: `/export/…?format=csv|xlsx` at the address of each page, and the rejected rows and the mapping of an import.

use std::collections::HashMap;

use app::ApiError;
use app::caller::Caller;
use app::i18n::{Locale, Texts};
use app::page::{accepted_locale, cookie, parse_locale};
use axum::body::{Body, Bytes};
use axum::extract::{Extension, Path, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::ids::ImportId;
use tokio::sync::mpsc::{Sender, channel};
use tokio_stream::wrappers::ReceiverStream;

use crate::error::ServiceError;
use crate::export::{Format, MOST, Piece, stream, write_names, write_rows};
use crate::service::Services;
use crate::service::export::{Source, Table};
use crate::service::imports::{RejectedFile, missing};
use crate::state::AppState;

/// `GET /export/{page}`: the page's table as a file.
pub async fn take(
    State(state): State<AppState>,
    caller: Option<Extension<Option<Caller>>>,
    Path(path): Path<String>,
    Query(query): Query<HashMap<String, String>>,
    parts: Parts,
) -> Response {
    let Some(caller) = caller.and_then(|Extension(caller)| caller) else {
        return refused(locale_of(&parts), &ApiError::Unauthenticated);
    };
    let locale = caller.locale;
    let format = query.get("format").and_then(|name| Format::from_name(name));
    let (Some(format), Some(source)) = (format, Source::of_address(&path, &query)) else {
        return refused(locale, &ApiError::NotFound);
    };
    begin(Services::new(state), caller, format, source).await.unwrap_or_else(|error| refused(locale, &error.into()))
}

/// The first piece is read before the answer begins, so that whoever may not gets a status.
async fn begin(services: Services, caller: Caller, format: Format, source: Source) -> Result<Response, ServiceError> {
    let source = services.settled(&caller, source).await?;
    let first = services.export_piece(&caller, &source, "").await?;
    let head = services.export_head(&caller, &first).await?;
    let name = file_name(&head.name, services.state.clock.today("UTC"), format.ending());
    let (give, pieces) = channel(2);
    let (out, bytes) = channel(4);
    let locale = caller.locale;
    tokio::task::spawn_blocking(move || stream(format, locale, &head, pieces, out));
    tokio::spawn(async move {
        if let Err(error) = feed(&services, &caller, &source, first, &give).await {
            // The conversion logs it; the file ends without an end.
            let _ = ApiError::from(error);
        }
    });
    Ok((file_headers(&name, format.media_type()), Body::from_stream(ReceiverStream::new(bytes))).into_response())
}

/// Reads piece after piece until the end, the bound, or nobody listens.
async fn feed(
    services: &Services,
    caller: &Caller,
    source: &Source,
    mut table: Table,
    give: &Sender<Piece>,
) -> Result<(), ServiceError> {
    let mut left = MOST;
    loop {
        let is_cut = table.rows.len() > left || (table.rows.len() == left && table.next.is_some());
        table.rows.truncate(left);
        left -= table.rows.len();
        if give.send(Piece::Rows(std::mem::take(&mut table.rows))).await.is_err() {
            return Ok(());
        }
        let next = table.next.take();
        let Some(next) = next.filter(|_| !is_cut) else {
            // Nobody listening means that the download was given up.
            let _ = give.send(if is_cut { Piece::Cut } else { Piece::End }).await;
            return Ok(());
        };
        table = services.export_piece(caller, source, &next).await?;
    }
}

/// `GET /imports/{id}/rejected.csv`: the rejected rows with their reasons.
pub async fn rejected(
    State(state): State<AppState>,
    caller: Option<Extension<Option<Caller>>>,
    Path(id): Path<String>,
    parts: Parts,
) -> Response {
    let Some(caller) = caller.and_then(|Extension(caller)| caller) else {
        return refused(locale_of(&parts), &ApiError::Unauthenticated);
    };
    let locale = caller.locale;
    let Ok(id) = id.parse::<ImportId>() else { return refused(locale, &ApiError::NotFound) };
    let services = Services::new(state);
    // The first piece is read before the answer begins, so that whoever may not gets a status.
    let file = match services.rejected_rows(&caller, id).await {
        Ok(file) => file,
        Err(error) => return refused(locale, &error.into()),
    };
    let name = file_name(&format!("{} rejected", file.name), services.state.clock.today("UTC"), "csv");
    let (out, bytes) = channel(2);
    tokio::spawn(async move {
        let end = feed_rejected(&services, &caller, id, file, &out).await;
        if let Err(error) = end {
            // The conversion logs it; the file ends with an error instead of an end.
            let _ = ApiError::from(error);
            let _ = out.send(Err(std::io::Error::other("the rows could not be read to their end"))).await;
        }
    });
    (file_headers(&name, Format::Csv.media_type()), Body::from_stream(ReceiverStream::new(bytes))).into_response()
}

/// Sends piece after piece of the rejected rows, until the end or nobody listens.
async fn feed_rejected(
    services: &Services,
    caller: &Caller,
    id: ImportId,
    file: RejectedFile,
    out: &Sender<std::io::Result<Bytes>>,
) -> Result<(), ServiceError> {
    let mut text = Vec::new();
    write_names(&mut text, caller.locale, &file.columns).map_err(anyhow::Error::from)?;
    let (mut rows, mut left) = (file.rows, file.total);
    for piece in 1.. {
        left = left.saturating_sub(rows.len() as u64);
        write_rows(&mut text, caller.locale, &rows).map_err(anyhow::Error::from)?;
        let next = services.more_rejected(caller, id, piece).await?;
        let is_last = next.is_none();
        if is_last && left > 0 {
            write_rows(&mut text, caller.locale, &[missing(caller, left)]).map_err(anyhow::Error::from)?;
        }
        if out.send(Ok(Bytes::from(std::mem::take(&mut text)))).await.is_err() || is_last {
            break;
        }
        rows = next.unwrap_or_default();
    }
    Ok(())
}

/// `GET /imports/{id}/mapping.toml`: the mapping of an import, for the command line.
pub async fn mapping(
    State(state): State<AppState>,
    caller: Option<Extension<Option<Caller>>>,
    Path(id): Path<String>,
    parts: Parts,
) -> Response {
    let Some(caller) = caller.and_then(|Extension(caller)| caller) else {
        return refused(locale_of(&parts), &ApiError::Unauthenticated);
    };
    let locale = caller.locale;
    let Ok(id) = id.parse::<ImportId>() else { return refused(locale, &ApiError::NotFound) };
    let today = state.clock.today("UTC");
    match Services::new(state).mapping_file(&caller, id).await {
        Err(error) => refused(locale, &error.into()),
        Ok(file) => {
            let name = file_name(&format!("{} mapping", file.name), today, "toml");
            (file_headers(&name, "application/toml"), file.text).into_response()
        }
    }
}

/// A name that is safe in a header and on every disk.
fn file_name(name: &str, day: domain::Date, ending: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    let short: String = parts.join("-").chars().take(80).collect();
    format!("{}-{day}.{ending}", if short.is_empty() { "export" } else { &short })
}

fn file_headers(name: &str, media_type: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers
}

/// The language of somebody who is not signed in.
fn locale_of(parts: &Parts) -> Locale {
    let chosen = cookie(parts, "lang").and_then(|code| parse_locale(&code));
    chosen.or_else(|| accepted_locale(parts)).unwrap_or(Locale::En)
}

fn refused(locale: Locale, error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Texts::of(locale).t(error.key())).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        let day = domain::Date::from_ymd(2017, 7, 1).expect("a day");
        assert_eq!(file_name("Deals: Ünï \"x\"\r\n/../", day, "csv"), "deals-n-x-2017-07-01.csv");
        assert_eq!(file_name("日本", day, "xlsx"), "export-2017-07-01.xlsx");
    }
}
