//! How a receiver knows that a delivery is ours and new.

use hmac::digest::InvalidLength;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The value of `Maatstaf-Signature`: the moment of sending in seconds, and the HMAC-SHA256 of `moment.body`.
///
/// # Errors
/// Never in practice: HMAC takes keys of any length.
pub fn signature(secret: &str, seconds: i64, body: &str) -> Result<String, InvalidLength> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
    mac.update(format!("{seconds}.{body}").as_bytes());
    Ok(format!("t={seconds},v1={}", crate::token::hex(&mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    /// The expected value is OpenSSL's: `printf '1502798400.{"a":1}' | openssl dgst -sha256 -hmac mws_test`.
    #[test]
    fn a_signature_is_what_openssl_says() {
        let signed = super::signature("mws_test", 1_502_798_400, r#"{"a":1}"#).unwrap();
        assert_eq!(signed, "t=1502798400,v1=d5a5b30ed0d6eb600c58992550b0426a97b2070926e39f7eebf66e2dae8c9e61");
    }
}
