//! A receiver on this machine, with and without TLS.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

use super::*;

fn message() -> Message {
    Message { event: "test".into(), id: "7".into(), signature: "t=1,v1=00".into(), body: r#"{"event":"test"}"#.into() }
}

fn sender(roots: RootCertStore) -> Sender {
    Sender::trusting(roots, true, Duration::from_secs(2)).unwrap()
}

/// Reads a request until its body ended, and answers.
async fn serve<S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin>(mut stream: S, answer: &[u8]) -> String {
    let mut read = Vec::new();
    let mut piece = [0; 1024];
    while !read.ends_with(b"}") {
        match stream.read(&mut piece).await {
            Ok(n) if n > 0 => read.extend_from_slice(&piece[..n]),
            _ => break,
        }
    }
    // A sender that has read enough goes away.
    let _ = stream.write_all(answer).await;
    let _ = stream.shutdown().await;
    String::from_utf8(read).unwrap()
}

/// Listens for one plain request; gives where, and what will have come in.
async fn plain(answer: Vec<u8>) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook?x=1", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        serve(stream, &answer).await
    });
    (url, task)
}

#[tokio::test]
async fn a_message_arrives_as_it_is() {
    let (url, task) = plain(b"HTTP/1.1 202 Accepted\r\nContent-Length: 3\r\n\r\nyes".to_vec()).await;
    let answer = sender(RootCertStore::empty()).send(&url, &message()).await;
    assert_eq!(answer, Ok(Answer { status: 202, text: "yes".into() }));
    let request = task.await.unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /hook?x=1 HTTP/1.1"), "{head}");
    for line in [
        "maatstaf-event: test",
        "maatstaf-delivery: 7",
        "maatstaf-signature: t=1,v1=00",
        "content-type: application/json",
    ] {
        assert!(head.to_lowercase().contains(line), "{line} in {head}");
    }
    assert_eq!(body, message().body);
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let inside = b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n";
    let (url, _task) = plain(inside.to_vec()).await;
    assert_eq!(sender(RootCertStore::empty()).send(&url, &message()).await.unwrap().status, 302);
}

#[tokio::test]
async fn of_a_long_answer_the_beginning_is_read() {
    let mut answer = b"HTTP/1.1 500 No\r\nContent-Length: 900000\r\n\r\n".to_vec();
    answer.extend(std::iter::repeat_n(b'a', 900_000));
    let (url, _task) = plain(answer).await;
    let answer = sender(RootCertStore::empty()).send(&url, &message()).await.unwrap();
    assert_eq!((answer.status, answer.text.len()), (500, ANSWER));
}

#[tokio::test]
async fn what_is_no_http_or_does_not_answer_is_told_apart() {
    let sender = sender(RootCertStore::empty());
    let (url, _task) = plain(b"220 mail.example ESMTP\r\n".to_vec()).await;
    assert_eq!(sender.send(&url, &message()).await, Err(Fault::Broken));
    let mut endless = b"HTTP/1.1 200 OK\r\n".to_vec();
    endless.extend(b"X-Long: ".iter().copied().chain(std::iter::repeat_n(b'a', 100_000)));
    let (url, _task) = plain(endless).await;
    assert_eq!(sender.send(&url, &message()).await, Err(Fault::Broken));

    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    assert_eq!(sender.send(&url, &message()).await, Err(Fault::Timeout));
    drop(silent);
    assert_eq!(sender.send(&url, &message()).await, Err(Fault::Connect));
}

#[tokio::test]
async fn nothing_goes_inside_unless_it_is_allowed() {
    let strict = Sender::new(false).unwrap();
    let (url, task) = plain(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_vec()).await;
    for url in
        [&url, &url.replace("http:", "https:"), &url.replace("127.0.0.1", "localhost").replace("http:", "https:")]
    {
        assert_eq!(strict.send(url, &message()).await, Err(Fault::Address), "{url}");
    }
    assert!(!task.is_finished(), "nobody connected");
    task.abort();
}

#[tokio::test]
async fn a_certificate_has_to_be_trusted_and_to_be_of_that_name() {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = tokio_rustls::rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            if let Ok(stream) = acceptor.accept(stream).await {
                serve(stream, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await;
            }
        }
    });
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let trusting = sender(roots);
    let named = format!("https://localhost:{port}/");
    assert_eq!(trusting.send(&named, &message()).await, Ok(Answer { status: 200, text: "ok".into() }));
    assert_eq!(trusting.send(&named.replace("localhost", "127.0.0.1"), &message()).await, Err(Fault::Tls));
    let usual = Sender::new(true).unwrap();
    assert_eq!(usual.send(&named, &message()).await, Err(Fault::Tls));
}
