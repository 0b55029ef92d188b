//! Serves the files that the build made for the browser: style sheet, WebAssembly, scripts, icons.
//!
//! A release binary carries them inside (feature `embed`), precompressed and with hashed names. A debug
//! binary reads them from a directory at every request, so that `cargo xtask run` can replace them. A
//! binary built by plain `cargo build` has none: pages still work, without style and scripts.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use app::assets::AssetPaths;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header};
use axum::routing::get;
use sha2::{Digest, Sha256};

/// Files of the site that browsers look for outside `/assets`.
const ROOT_FILES: [&str; 3] = ["/favicon.ico", "/favicon.svg", "/robots.txt"];

/// Answers that a browser may keep for ever, because another content has another name.
const KEEP_FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Answers that a browser may keep, but has to ask about each time.
const ASK_EACH_TIME: &str = "no-cache";

/// The built files, wherever they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Site {
    /// Inside this binary.
    #[cfg(feature = "embed")]
    Embedded,
    /// In a directory, read at each request.
    Directory(PathBuf),
    /// Nowhere: every asset answers 404.
    Missing,
}

#[cfg(feature = "embed")]
#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site/release"]
struct Embedded;

impl Site {
    /// Finds the files: the directory that is asked for, else those in the binary, else the directory
    /// that `cargo xtask run` fills in this checkout.
    pub fn find(asked: Option<PathBuf>) -> Self {
        if let Some(directory) = asked {
            return Self::directory(directory);
        }
        #[cfg(feature = "embed")]
        return Self::Embedded;
        #[cfg(not(feature = "embed"))]
        Self::directory(Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site/dev"))
    }

    fn directory(directory: PathBuf) -> Self {
        if directory.join("manifest.json").is_file() {
            Self::Directory(directory)
        } else {
            tracing::warn!(
                directory = %directory.display(),
                "no built style sheet and scripts here; `cargo xtask run` makes them"
            );
            Self::Missing
        }
    }

    /// The names under which pages refer to the files.
    pub fn paths(&self) -> AssetPaths {
        let manifest = match self {
            #[cfg(feature = "embed")]
            Self::Embedded => Embedded::get("manifest.json").map(|file| file.data),
            Self::Directory(directory) => std::fs::read(directory.join("manifest.json")).ok().map(Cow::Owned),
            Self::Missing => None,
        };
        manifest.and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default()
    }

    async fn read(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        let path = safe(path)?;
        match self {
            #[cfg(feature = "embed")]
            Self::Embedded => Embedded::get(path).map(|file| file.data),
            Self::Directory(directory) => tokio::fs::read(directory.join(path)).await.ok().map(Cow::Owned),
            Self::Missing => None,
        }
    }
}

/// The routes of all files. They need no sign-in and no state.
pub fn routes<S: Clone + Send + Sync + 'static>(site: Site) -> Router<S> {
    let site = Arc::new(site);
    let serve = move |uri: Uri, headers: HeaderMap| {
        let site = Arc::clone(&site);
        async move { answer(&site, uri.path(), &headers).await }
    };
    let router = Router::new().route("/assets/{*path}", get(serve.clone()));
    ROOT_FILES.iter().fold(router, |router, path| router.route(path, get(serve.clone())))
}

/// Answers a request for one file, in the smallest form that the browser takes.
async fn answer(site: &Site, path: &str, headers: &HeaderMap) -> Response<Body> {
    let name = path.trim_start_matches('/');
    for (encoding, ending) in [(Some("br"), ".br"), (Some("gzip"), ".gz"), (None, "")] {
        if encoding.is_some_and(|encoding| !accepts(headers, encoding)) {
            continue;
        }
        if let Some(content) = site.read(&format!("{name}{ending}")).await {
            return file(name, encoding, content, headers);
        }
    }
    plain(StatusCode::NOT_FOUND)
}

fn file(
    name: &str,
    encoding: Option<&'static str>,
    content: Cow<'static, [u8]>,
    headers: &HeaderMap,
) -> Response<Body> {
    let tag = format!("\"{}\"", hex(&Sha256::digest(&content)[..12]));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let unchanged = known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
    let mut response = if unchanged {
        plain(StatusCode::NOT_MODIFIED)
    } else {
        let body = match content {
            Cow::Borrowed(bytes) => Body::from(bytes),
            Cow::Owned(bytes) => Body::from(bytes),
        };
        Response::new(body)
    };
    let answer = response.headers_mut();
    let mime = mime_guess::from_path(name).first_or_octet_stream();
    for (key, value) in [
        (header::CONTENT_TYPE, with_charset(mime.essence_str())),
        (header::CACHE_CONTROL, cache(name).to_owned()),
        (header::ETAG, tag),
        (header::VARY, "accept-encoding".to_owned()),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            answer.insert(key, value);
        }
    }
    if let Some(encoding) = encoding {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn plain(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn cache(name: &str) -> &'static str {
    if is_hashed(name) { KEEP_FOR_EVER } else { ASK_EACH_TIME }
}

/// Whether the build put a hash in this name: `maatstaf.0123456789abcdef.css`.
fn is_hashed(name: &str) -> bool {
    name.split('.')
        .any(|part| part.len() == 16 && part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)))
}

fn with_charset(mime: &str) -> String {
    let text = mime.starts_with("text/") || mime == "image/svg+xml";
    if text { format!("{mime}; charset=utf-8") } else { mime.to_owned() }
}

/// Whether the request takes this encoding; `q=0` says that it does not.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let offers = headers.get_all(header::ACCEPT_ENCODING);
    let mut offers = offers.iter().filter_map(|value| value.to_str().ok()).flat_map(|v| v.split(','));
    offers.any(|offer| {
        let mut parts = offer.split(';').map(str::trim);
        parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding))
            && !parts.any(|p| matches!(p, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// The path, if it stays inside the site.
fn safe(path: &str) -> Option<&str> {
    let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    (inside && !path.contains('\\')).then_some(path)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> (tempfile::TempDir, Site) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("assets")).unwrap();
        for (name, content) in [
            ("manifest.json", "{}"),
            ("assets/maatstaf.0123456789abcdef.css", "body{}"),
            ("assets/maatstaf.0123456789abcdef.css.br", "(brotli)"),
            ("assets/chart.js", "draw()"),
        ] {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        let site = Site::find(Some(folder.path().to_owned()));
        (folder, site)
    }

    fn asking(key: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(key, HeaderValue::from_str(value).unwrap())])
    }

    #[tokio::test]
    async fn hashed_files_are_compressed_and_kept() {
        let (_folder, site) = site();
        let path = "/assets/maatstaf.0123456789abcdef.css";
        let response = answer(&site, path, &asking(header::ACCEPT_ENCODING, "gzip, br;q=1.0")).await;
        assert_eq!(response.headers()[header::CONTENT_ENCODING], "br");
        assert_eq!(response.headers()[header::CACHE_CONTROL], KEEP_FOR_EVER);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
        let response = answer(&site, path, &asking(header::ACCEPT_ENCODING, "br;q=0")).await;
        assert!(!response.headers().contains_key(header::CONTENT_ENCODING));
    }

    #[tokio::test]
    async fn other_files_are_asked_about_each_time() {
        let (_folder, site) = site();
        let first = answer(&site, "/assets/chart.js", &HeaderMap::new()).await;
        assert_eq!(first.headers()[header::CACHE_CONTROL], ASK_EACH_TIME);
        let tag = first.headers()[header::ETAG].to_str().unwrap().to_owned();
        let again = answer(&site, "/assets/chart.js", &asking(header::IF_NONE_MATCH, &tag)).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    }

    #[tokio::test]
    async fn nothing_outside_the_site_is_served() {
        let (_folder, site) = site();
        for path in ["/assets/../../etc/passwd", "/assets/..\\x", "/assets/absent.js", "//etc/passwd"] {
            let response = answer(&site, path, &HeaderMap::new()).await;
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn without_a_site_pages_get_plain_names() {
        let folder = tempfile::tempdir().unwrap();
        let site = Site::find(Some(folder.path().to_owned()));
        assert_eq!(site, Site::Missing);
        assert_eq!(site.paths(), AssetPaths::default());
    }
}
