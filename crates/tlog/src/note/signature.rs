//! Signature lines: `— <key name> <base64(key id ‖ signature)>`.

use std::fmt;
use std::str::FromStr;

use super::key::{KeyId, VerifierKey, is_key_name};
use crate::text;

/// Em dash and space.
const MARK: &str = "\u{2014} ";

/// One signature line, not yet checked. Displayed without newline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    name: String,
    id: KeyId,
    bytes: Vec<u8>,
}

impl Signature {
    /// The line for `bytes` made by the secret half of `key`, wherever that is kept.
    ///
    /// # Errors
    /// If there are no bytes.
    pub fn by(key: &VerifierKey, bytes: Vec<u8>) -> Result<Signature, SignatureError> {
        if bytes.is_empty() {
            return Err(SignatureError::TooShort);
        }
        Ok(Signature::made(key, bytes))
    }

    /// As [`by`](Signature::by), for bytes known not to be empty.
    pub(crate) fn made(key: &VerifierKey, bytes: Vec<u8>) -> Signature {
        Signature {
            name: key.name().to_owned(),
            id: key.id(),
            bytes,
        }
    }

    /// Name of the key that claims to have signed.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Id of the key that claims to have signed.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// What follows the key id: for Ed25519 the 64-byte signature, for a cosignature 8 bytes of time before it.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether the line names this key. Says nothing about the signature being good.
    pub fn is_by(&self, key: &VerifierKey) -> bool {
        self.id == key.id() && self.name == key.name()
    }

    pub(super) fn is_by_same_key(&self, other: &Signature) -> bool {
        self.id == other.id && self.name == other.name
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let blob = [self.id.as_bytes().as_slice(), &self.bytes].concat();
        write!(f, "{MARK}{} {}", self.name, text::to_base64(&blob))
    }
}

impl FromStr for Signature {
    type Err = SignatureError;

    fn from_str(line: &str) -> Result<Signature, SignatureError> {
        let (name, blob) = line
            .strip_prefix(MARK)
            .and_then(|rest| rest.split_once(' '))
            .ok_or(SignatureError::Form)?;
        if !is_key_name(name) {
            return Err(SignatureError::Name);
        }
        let blob = text::from_base64(blob).ok_or(SignatureError::NotBase64)?;
        match blob.split_first_chunk() {
            Some((id, bytes)) if !bytes.is_empty() => Ok(Signature {
                name: name.to_owned(),
                id: KeyId::from(*id),
                bytes: bytes.to_vec(),
            }),
            _ => Err(SignatureError::TooShort),
        }
    }
}

/// Why a line is not a signature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// Not em dash, space, name, space, base64.
    #[error("signature line is not of the form \u{2014} name base64")]
    Form,
    /// The key name is empty or has spaces or a plus.
    #[error("signature line has an impossible key name")]
    Name,
    /// Not canonical padded base64.
    #[error("signature is not padded base64")]
    NotBase64,
    /// Nothing follows the four bytes of the key id.
    #[error("signature has no bytes after its key id")]
    TooShort,
}
