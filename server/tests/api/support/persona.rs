//! Somebody with a browser: cookies, and the headers that a browser sends.

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt as _;
use serde::Serialize;
use tower::ServiceExt as _;

use super::Answer;

/// A browser. It keeps the cookies that it is given.
#[derive(Debug)]
pub struct Persona {
    router: Router,
    cookies: Mutex<BTreeMap<String, String>>,
    /// Headers sent with everything.
    pub headers: Vec<(&'static str, String)>,
}

impl Persona {
    pub fn new(router: Router, session: Option<&str>) -> Self {
        let cookies = session.map(|token| (server::http::session::cookie_name(false).to_owned(), token.to_owned()));
        Self {
            router,
            cookies: Mutex::new(cookies.into_iter().collect()),
            headers: vec![
                ("sec-fetch-site", "same-origin".to_owned()),
                ("host", "kpi.example".to_owned()),
                ("user-agent", "Test browser".to_owned()),
                ("x-forwarded-for", "192.0.2.1".to_owned()),
                ("accept-language", "en".to_owned()),
            ],
        }
    }

    /// The same browser with one header different; an empty value leaves it out.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.retain(|(n, _)| *n != name);
        if !value.is_empty() {
            self.headers.push((name, value.to_owned()));
        }
        self
    }

    /// The same cookies at another site (another day, say).
    #[must_use]
    pub fn at(self, router: Router) -> Self {
        Self { router, ..self }
    }

    /// The session's token, if signed in.
    pub fn session(&self) -> Option<String> {
        self.cookies.lock().unwrap().get(server::http::session::cookie_name(false)).cloned()
    }

    /// Sets a cookie by hand.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path).header(header::ACCEPT, "text/html").body(Body::empty()).unwrap()).await
    }

    /// Calls a server function (`account/sign_in`) with form fields, as its form does with JavaScript.
    pub async fn post(&self, function: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .request("POST", &format!("/api/{function}"))
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(encode(fields))).unwrap()).await
    }

    /// Calls a server function with JSON.
    pub async fn post_json(&self, function: &str, input: &impl Serialize) -> Answer {
        let request = self
            .request("POST", &format!("/api/{function}"))
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(serde_json::to_vec(input).unwrap())).unwrap()).await
    }

    /// Sends a form of a page without JavaScript: the page's address takes the post.
    pub async fn submit(&self, page: &str, function: &str, fields: &[(&str, &str)]) -> Answer {
        self.submit_form(page, function, "", fields).await
    }

    /// As [`Persona::submit`], for a page with several forms of that function.
    pub async fn submit_form(&self, page: &str, function: &str, form: &str, fields: &[(&str, &str)]) -> Answer {
        let function = format!("/api/{function}");
        let mut all = vec![("__fn", function.as_str()), ("__form", form)];
        all.extend_from_slice(fields);
        self.post_to(page, &all).await
    }

    /// Posts fields to any address, as a plain form does.
    pub async fn post_to(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .request("POST", path)
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(encode(fields))).unwrap()).await
    }

    /// Uploads a file, as a plain form does.
    pub async fn upload(&self, path: &str, kind: &str, name: &str, file: &[u8]) -> Answer {
        self.upload_with(path, &[("kind", kind)], name, file).await
    }

    /// Uploads a file with the fields that stand before it.
    pub async fn upload_with(&self, path: &str, fields: &[(&str, &str)], name: &str, file: &[u8]) -> Answer {
        let field = |(name, value): &(&str, &str)| {
            format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let head = format!(
            "{}--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n",
            fields.iter().map(field).collect::<String>()
        );
        let body = [head.as_bytes(), file, b"\r\n--cut--\r\n"].concat();
        let request = self
            .request("POST", path)
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> = self.cookies.lock().unwrap().iter().map(|(n, v)| format!("{n}={v}")).collect();
        let mut request = Request::builder().method(method).uri(path);
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        request
    }

    /// Sends any request; cookies that come back are kept.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let mut cookies = self.cookies.lock().unwrap();
        for set in head.headers.get_all(header::SET_COOKIE) {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Answer { status: head.status, headers: head.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }
}

fn encode(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        fields.iter().map(|(n, v)| format!("{}={}", app::route::encode(n), app::route::encode(v))).collect();
    pairs.join("&")
}
