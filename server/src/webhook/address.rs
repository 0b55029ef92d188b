//! Where a webhook may be sent: over TLS to the public internet. The name is looked up when something is sent, and the
//! connection goes to the very addresses that were looked at: a name that points elsewhere a moment later leads nowhere.

use std::net::{IpAddr, SocketAddr};

use domain::webhook::is_public;
use url::{Host, Url};

use super::send::Fault;

/// Longest address, in bytes.
pub const MAX_URL: usize = 500;

/// Why an address cannot be that of a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is none, or too long.
    NoUrl,
    /// It is not https.
    NotTls,
    /// It has a user or a password inside.
    Credentials,
    /// It lies inside a network.
    NotPublic,
}

/// Reads an address as far as that goes without looking its name up.
///
/// # Errors
/// When nothing can ever be sent there.
pub fn read(text: &str, loopback: bool) -> Result<Url, Unfit> {
    let url = Url::parse(text).map_err(|_| Unfit::NoUrl)?;
    // As it will be kept: names and spaces become longer when they are encoded.
    if url.as_str().len() > MAX_URL {
        return Err(Unfit::NoUrl);
    }
    let ip = match url.host() {
        None => return Err(Unfit::NoUrl),
        Some(Host::Domain("localhost")) => Some(IpAddr::from([127, 0, 0, 1])),
        Some(Host::Domain(_)) => None,
        Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
    };
    let is_here = loopback && ip.is_some_and(|ip| ip.to_canonical().is_loopback());
    match url.scheme() {
        "https" => {}
        "http" if is_here => {}
        "http" => return Err(Unfit::NotTls),
        _ => return Err(Unfit::NoUrl),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Unfit::Credentials);
    }
    if ip.is_some_and(|ip| !is_public(ip)) && !is_here {
        return Err(Unfit::NotPublic);
    }
    Ok(url)
}

/// Looks an address up; all that is found must be fit to be sent to.
///
/// # Errors
/// When the name leads nowhere, or to where nothing may be sent.
pub(super) async fn look_up(url: &Url, loopback: bool) -> Result<Vec<SocketAddr>, Fault> {
    let port = url.port_or_known_default().ok_or(Fault::Address)?;
    let found: Vec<SocketAddr> = match url.host().ok_or(Fault::Address)? {
        Host::Domain(name) => tokio::net::lookup_host((name, port)).await.map_err(|_| Fault::Name)?.collect(),
        Host::Ipv4(ip) => vec![(ip, port).into()],
        Host::Ipv6(ip) => vec![(ip, port).into()],
    };
    if found.is_empty() {
        return Err(Fault::Name);
    }
    let is_tls = url.scheme() == "https";
    let fit = |ip: IpAddr| (is_tls && is_public(ip)) || (loopback && ip.to_canonical().is_loopback());
    if found.iter().all(|address| fit(address.ip())) { Ok(found) } else { Err(Fault::Address) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_to_the_internet_is_fit() {
        for text in ["https://example.com/hook?x=1", "https://8.8.8.8/", "https://[2606:4700::1]:8443/a"] {
            assert!(read(text, false).is_ok(), "{text}");
        }
        for (text, why) in [
            ("", Unfit::NoUrl),
            ("example.com/hook", Unfit::NoUrl),
            ("ftp://example.com/", Unfit::NoUrl),
            ("file:///etc/passwd", Unfit::NoUrl),
            ("http://example.com/", Unfit::NotTls),
            ("http://127.0.0.1/", Unfit::NotTls),
            ("https://user@example.com/", Unfit::Credentials),
            ("https://a:b@example.com/", Unfit::Credentials),
            ("https://127.0.0.1/", Unfit::NotPublic),
            ("https://0x7f.1/", Unfit::NotPublic),
            ("https://2130706433/", Unfit::NotPublic),
            ("https://localhost/", Unfit::NotPublic),
            ("https://169.254.169.254/latest", Unfit::NotPublic),
            ("https://[::1]/", Unfit::NotPublic),
            ("https://[::ffff:10.0.0.1]/", Unfit::NotPublic),
        ] {
            assert_eq!(read(text, false), Err(why), "{text}");
        }
        let long = |n: usize| format!("https://example.com/{}", "é".repeat(n));
        assert_eq!(read(&long(MAX_URL / 6), false), Err(Unfit::NoUrl));
        let kept = read(&long(50), false).unwrap();
        assert_eq!(read(kept.as_str(), false), Ok(kept.clone()), "what is kept can be read again");
    }

    #[test]
    fn this_machine_is_fit_where_it_is_allowed_and_nothing_else_is() {
        for text in ["http://127.0.0.1:9/", "http://localhost:9/", "https://[::1]:9/"] {
            assert!(read(text, true).is_ok(), "{text}");
        }
        assert_eq!(read("http://10.0.0.1/", true), Err(Unfit::NotTls));
        assert_eq!(read("https://10.0.0.1/", true), Err(Unfit::NotPublic));
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_refused() {
        let url = Url::parse("https://localhost:443/").unwrap();
        assert_eq!(look_up(&url, false).await, Err(Fault::Address));
        assert!(look_up(&url, true).await.unwrap().iter().all(|a| a.ip().is_loopback()));
        let plain = Url::parse("http://8.8.8.8/").unwrap();
        assert_eq!(look_up(&plain, true).await, Err(Fault::Address));
        let nowhere = Url::parse("https://no-such-name.invalid/").unwrap();
        assert_eq!(look_up(&nowhere, false).await, Err(Fault::Name));
    }
}
