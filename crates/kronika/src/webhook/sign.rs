//! Signatures of the Standard Webhooks specification (`v1`): HMAC-SHA256 over id, time and body.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::archive::Archive;
use crate::archive::id::WebhookId;
use crate::secrecy::KeyringError;

/// Tells what it is to whoever finds one.
const PREFIX: &str = "whsec_";
/// The secret before a new one signs beside it for so long (microseconds).
pub const OVERLAP: i64 = 24 * 3600 * 1_000_000;

/// What both sides know.
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// A fresh one, 256 bits.
    pub fn fresh() -> Secret {
        Secret(Zeroizing::new(rand::random::<[u8; 32]>().to_vec()))
    }

    /// As the other side is told, once.
    pub fn text(&self) -> String {
        format!("{PREFIX}{}", BASE64.encode(&self.0))
    }

    /// As the tables keep it.
    pub fn sealed(&self, archive: &Archive, webhook: WebhookId) -> Vec<u8> {
        archive.keyring.seal(&self.0, &bound_to(webhook))
    }

    pub fn open(archive: &Archive, webhook: WebhookId, sealed: Vec<u8>) -> Result<Secret, KeyringError> {
        Ok(Secret(archive.keyring.open_sealed(sealed, &bound_to(webhook))?))
    }

    fn sign(&self, id: &str, at: i64, body: &[u8]) -> String {
        // HMAC takes a key of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return String::new();
        };
        mac.update(format!("{id}.{at}.").as_bytes());
        mac.update(body);
        format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()))
    }
}

fn bound_to(webhook: WebhookId) -> Vec<u8> {
    format!("kronika/webhook-secret/v1/{webhook}").into_bytes()
}

/// The header `webhook-signature`: one signature by each secret.
pub fn signatures(secrets: &[Secret], id: &str, at: i64, body: &[u8]) -> String {
    let signed: Vec<String> = secrets.iter().map(|secret| secret.sign(id, at, body)).collect();
    signed.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_the_specification() {
        // From the specification's own examples.
        let bytes = BASE64.decode(b"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let secret = Secret(Zeroizing::new(bytes));
        let body = br#"{"test": 2432232314}"#;
        let signed = signatures(&[secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);

        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn every_secret_signs_for_itself() {
        let (new, old) = (Secret::fresh(), Secret::fresh());
        let (by_new, by_old) = (new.sign("a", 1, b"x"), old.sign("a", 1, b"x"));

        assert_ne!(by_new, by_old);
        assert_eq!(
            signatures(&[new, old], "a", 1, b"x"),
            format!("{by_new} {by_old}")
        );
    }
}
