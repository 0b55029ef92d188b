//! Sends one delivery: one connection, one request, a bounded answer. It follows no redirect, because where that leads
//! nobody looked at.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Request, Response, header};
use futures_util::future::{Either, select};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::rt::{Read, Write};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore};
use url::{Host, Position, Url};

use super::address;

/// How long an attempt may take, from the name to the end of the answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of an answer that are read.
const ANSWER: usize = 1_024;
/// Bytes that the head of an answer may have.
const HEAD: usize = 16 * 1_024;

/// Why there was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The address may not be sent to.
    Address,
    /// The name leads nowhere.
    Name,
    /// Nobody listens there.
    Connect,
    /// There is no trust in who listens there.
    Tls,
    /// What came back is no HTTP.
    Broken,
    /// It took too long.
    Timeout,
}

impl Fault {
    /// Its code, as text keys have it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Name => "name",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Broken => "broken",
            Self::Timeout => "timeout",
        }
    }
}

/// What the receiver answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Beginning of the body.
    pub text: String,
}

/// What is sent.
#[derive(Clone, Debug)]
pub struct Message {
    /// Code of the event.
    pub event: String,
    /// Identifier of the delivery.
    pub id: String,
    /// What proves that it is ours.
    pub signature: String,
    /// The body.
    pub body: String,
}

/// Sends deliveries.
#[derive(Clone)]
pub struct Sender {
    tls: TlsConnector,
    loopback: bool,
    patience: Duration,
}

impl Sender {
    /// A sender that trusts the certificate authorities that browsers trust.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(loopback: bool) -> Result<Self, rustls::Error> {
        Self::trusting(RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() }, loopback, PATIENCE)
    }

    /// A sender that trusts other authorities, or waits less long.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn trusting(roots: RootCertStore, loopback: bool, patience: Duration) -> Result<Self, rustls::Error> {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { tls: TlsConnector::from(Arc::new(config)), loopback, patience })
    }

    /// Makes one attempt.
    ///
    /// # Errors
    /// When there is no answer. An answer of any status is none of those.
    pub async fn send(&self, url: &str, message: &Message) -> Result<Answer, Fault> {
        tokio::time::timeout(self.patience, self.exchange(url, message)).await.unwrap_or(Err(Fault::Timeout))
    }

    async fn exchange(&self, url: &str, message: &Message) -> Result<Answer, Fault> {
        let url = address::read(url, self.loopback).map_err(|_| Fault::Address)?;
        let addresses = address::look_up(&url, self.loopback).await?;
        let request = request(&url, message).map_err(|_| Fault::Address)?;
        let stream = TcpStream::connect::<&[SocketAddr]>(&addresses).await.map_err(|_| Fault::Connect)?;
        if url.scheme() != "https" {
            return talk(TokioIo::new(stream), request).await;
        }
        let stream = self.tls.connect(server_name(&url)?, stream).await.map_err(|_| Fault::Tls)?;
        talk(TokioIo::new(stream), request).await
    }
}

/// Who has to be at the other end.
fn server_name(url: &Url) -> Result<ServerName<'static>, Fault> {
    match url.host().ok_or(Fault::Address)? {
        Host::Domain(name) => ServerName::try_from(name.to_owned()).map_err(|_| Fault::Address),
        Host::Ipv4(ip) => Ok(ServerName::from(std::net::IpAddr::V4(ip))),
        Host::Ipv6(ip) => Ok(ServerName::from(std::net::IpAddr::V6(ip))),
    }
}

fn request(url: &Url, message: &Message) -> Result<Request<Full<Bytes>>, axum::http::Error> {
    Request::post(&url[Position::BeforePath..Position::AfterQuery])
        .header(header::HOST, &url[Position::BeforeHost..Position::AfterPort])
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::USER_AGENT, "Maatstaf")
        .header(header::CONNECTION, "close")
        .header("maatstaf-event", &message.event)
        .header("maatstaf-delivery", &message.id)
        .header("maatstaf-signature", &message.signature)
        .body(Full::new(Bytes::from(message.body.clone())))
}

async fn talk<I>(io: I, request: Request<Full<Bytes>>) -> Result<Answer, Fault>
where
    I: Read + Write + Unpin + Send + 'static,
{
    let mut builder = http1::Builder::new();
    builder.max_buf_size(HEAD);
    let (mut sender, connection) = builder.handshake(io).await.map_err(|_| Fault::Broken)?;
    let exchange = pin!(async move {
        let response = sender.send_request(request).await.map_err(|_| Fault::Broken)?;
        Ok(answer(response).await)
    });
    // The connection has to be driven beside the exchange; when it ends first, what was read is still to be had.
    match select(exchange, pin!(connection)).await {
        Either::Left((answer, _)) => answer,
        Either::Right((_, exchange)) => exchange.await,
    }
}

/// Reads the beginning of an answer. One that breaks off was an answer all the same: its status counts.
async fn answer(response: Response<Incoming>) -> Answer {
    let status = response.status().as_u16();
    let mut body = response.into_body();
    let mut read = Vec::new();
    while let Some(Ok(frame)) = body.frame().await {
        if let Some(data) = frame.data_ref() {
            read.extend(data.iter().take(ANSWER - read.len()));
        }
        if read.len() >= ANSWER {
            break;
        }
    }
    // A NUL cannot be stored by PostgreSQL, and other control characters say nothing to a reader.
    let text = String::from_utf8_lossy(&read).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    Answer { status, text }
}

#[cfg(test)]
mod tests;
