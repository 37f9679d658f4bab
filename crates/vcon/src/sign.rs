//! The signed form: a JWS in the general JSON serialization, over exactly the bytes of the vCon.
//!
//! `alg` is protected, `x5c` and `uuid` are not: the one placement that both strict libraries of RFC 7515 and existing
//! readers of vCons take. The draft prefers RS256. ES256 is used, since signing with RSA leaks time where the key does not
//! blind, and readers take both.

use data_encoding::{BASE64, BASE64URL_NOPAD};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::json;

use crate::certificate::{self, CertificateError};
use crate::conversation::{Conversation, VconError};

/// The protected header, the same for all.
const PROTECTED: &[u8] = br#"{"alg":"ES256"}"#;

/// A key and the certificates for it.
#[derive(Debug, Clone)]
pub struct Signer {
    key: SigningKey,
    certificates: Vec<Vec<u8>>,
}

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// It is no vCon.
    #[error(transparent)]
    Vcon(#[from] VconError),
    /// No key of the curve P-256.
    #[error("these bytes are not a key of the curve P-256")]
    Key,
    /// No certificate could be made.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
}

impl Signer {
    /// A key of the curve P-256 (its 32 bytes), and certificates in DER: first the key's own, each certified by the next.
    ///
    /// # Errors
    /// If it is no key.
    pub fn new(key: &[u8; 32], certificates: Vec<Vec<u8>>) -> Result<Signer, SignError> {
        let key = SigningKey::from_slice(key).map_err(|_| SignError::Key)?;
        Ok(Signer { key, certificates })
    }

    /// A key with a certificate that it signs itself, good for ten years from the given instant. The same key, name and
    /// instant make the same certificate.
    ///
    /// # Errors
    /// If it is no key, or the name or instant cannot be in a certificate.
    pub fn self_signed(key: &[u8; 32], name: &str, from: i64) -> Result<Signer, SignError> {
        let mut signer = Signer::new(key, Vec::new())?;
        signer.certificates = vec![certificate::self_signed(&signer.key, name, from)?];
        Ok(signer)
    }

    /// The certificates, in DER.
    pub fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }
}

/// Signs a conversation; gives the content of a `.vcon.json` file. The same conversation and signer make the same bytes.
///
/// # Errors
/// If the conversation is no vCon.
pub fn sign(conversation: &Conversation, signer: &Signer) -> Result<Vec<u8>, SignError> {
    let payload = BASE64URL_NOPAD.encode(&conversation.to_json()?);
    let protected = BASE64URL_NOPAD.encode(PROTECTED);
    let signature: Signature = signer.key.sign(format!("{protected}.{payload}").as_bytes());
    let certificates: Vec<String> = signer.certificates.iter().map(|der| BASE64.encode(der)).collect();
    let signed = json!({
        "payload": payload,
        "signatures": [{
            "header": { "x5c": certificates, "uuid": conversation.uuid.to_string() },
            "protected": protected,
            "signature": BASE64URL_NOPAD.encode(&signature.to_bytes()),
        }],
    });
    Ok(signed.to_string().into_bytes())
}
