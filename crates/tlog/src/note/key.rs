//! Public keys as text: `<name>+<8 hex digits of the id>+<base64(type ‖ key)>` (C2SP signed-note, "vkey").

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::VerifyingKey;
use sha2::{Digest, Sha256};

use super::Signature;
use crate::{cosignature, text};

/// What precedes the 32 bytes of an Ed25519 key: SEQUENCE { SEQUENCE { 1.3.101.112 }, BIT STRING }.
const SPKI_PREFIX: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];

/// What a key signs. The numbers are the signature types of C2SP signed-note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// 0x01: Ed25519 over the text itself, as a log signs its checkpoints.
    Signer = 0x01,
    /// 0x04: Ed25519 over the text and a time, as a witness cosigns (cosignature/v1).
    Cosigner = 0x04,
}

impl Role {
    fn from_type(byte: u8) -> Option<Role> {
        [Role::Signer, Role::Cosigner]
            .into_iter()
            .find(|role| *role as u8 == byte)
    }
}

/// Four bytes that tell keys of one name apart: SHA-256(name ‖ 0x0A ‖ type ‖ key), shortened.
/// A hint, not a fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 4]);

impl KeyId {
    fn of(name: &str, typed_key: &[u8]) -> KeyId {
        let mut sha = Sha256::new();
        sha.update(name);
        sha.update(b"\n");
        sha.update(typed_key);
        let [a, b, c, d, ..]: [u8; 32] = sha.finalize().into();
        KeyId([a, b, c, d])
    }

    /// The four bytes, as they stand in a signature.
    pub fn as_bytes(&self) -> &[u8; 4] {
        &self.0
    }
}

impl From<[u8; 4]> for KeyId {
    fn from(bytes: [u8; 4]) -> KeyId {
        KeyId(bytes)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", u32::from_be_bytes(self.0))
    }
}

/// A public Ed25519 key with its name and role. Displayed and parsed as a vkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: KeyId,
    role: Role,
    key: VerifyingKey,
}

impl VerifierKey {
    /// Names a public key of 32 bytes (RFC 8032).
    ///
    /// # Errors
    /// If the name is impossible, or the bytes are not the one spelling of a point of large order.
    pub fn new(name: &str, role: Role, key: &[u8; 32]) -> Result<VerifierKey, KeyError> {
        if !is_key_name(name) {
            return Err(KeyError::Name);
        }
        let key = VerifyingKey::from_bytes(key).map_err(|_| KeyError::NotAKey)?;
        // Implementations disagree on other spellings of a point, and small orders sign anything.
        let canonical = key.to_edwards().compress().as_bytes() == key.as_bytes();
        if !canonical || key.is_weak() {
            return Err(KeyError::NotAKey);
        }
        Ok(VerifierKey::trusted(name.to_owned(), role, key))
    }

    /// As [`new`](VerifierKey::new), for a name and key known to be good.
    pub(super) fn trusted(name: String, role: Role, key: VerifyingKey) -> VerifierKey {
        let id = KeyId::of(&name, &typed(role, key.as_bytes()));
        VerifierKey { name, id, role, key }
    }

    /// The key's name; for a log, its origin.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key's id.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// What the key signs.
    pub fn role(&self) -> Role {
        self.role
    }

    /// The 32 bytes of the key (RFC 8032).
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// The key as X.509 SubjectPublicKeyInfo in DER (RFC 8410), for OpenSSL and other foreign tools.
    pub fn to_spki(&self) -> [u8; 44] {
        let mut der = [0; 44];
        der[..SPKI_PREFIX.len()].copy_from_slice(&SPKI_PREFIX);
        der[SPKI_PREFIX.len()..].copy_from_slice(self.as_bytes());
        der
    }

    /// `None` if `signature` is not good; the inner value is the time if the role has one.
    pub(super) fn check(&self, text: &str, signature: &Signature) -> Option<Option<u64>> {
        match self.role {
            Role::Signer => self
                .has_signed(text.as_bytes(), signature.bytes())
                .then_some(None),
            Role::Cosigner => cosignature::check(self, text, signature.bytes()).map(Some),
        }
    }

    /// Whether `signature`, 64 bytes, is this key's over the bare `message`.
    ///
    /// Strict: besides what RFC 8032 asks, small-order points are refused; points of mixed order are not.
    pub fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        ed25519_dalek::Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = text::to_base64(&typed(self.role, self.key.as_bytes()));
        write!(f, "{}+{}+{key}", self.name, self.id)
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(vkey: &str) -> Result<VerifierKey, KeyError> {
        // From the left: the base64 part may contain pluses.
        let mut parts = vkey.splitn(3, '+');
        let mut part = || parts.next().ok_or(KeyError::Form);
        let (name, id, typed_key) = (part()?, part()?, part()?);
        let (role, key) = from_typed(typed_key)?;
        let key = VerifierKey::new(name, role, &key)?;
        if key.id.to_string() != id {
            return Err(KeyError::OtherId {
                stated: id.to_owned(),
                computed: key.id,
            });
        }
        Ok(key)
    }
}

/// A signature type byte, then 32 bytes of public or secret key.
pub(super) fn typed(role: Role, key: &[u8; 32]) -> [u8; 33] {
    let mut typed = [role as u8; 33];
    typed[1..].copy_from_slice(key);
    typed
}

/// Reads the base64 of [`typed`].
pub(super) fn from_typed(base64: &str) -> Result<(Role, [u8; 32]), KeyError> {
    let bytes = text::from_base64(base64)
        .map(zeroize::Zeroizing::new)
        .ok_or(KeyError::NotBase64)?;
    let (byte, key) = bytes.split_first().ok_or(KeyError::NotAKey)?;
    let role = Role::from_type(*byte).ok_or(KeyError::UnknownType { byte: *byte })?;
    Ok((role, key.try_into().map_err(|_| KeyError::NotAKey)?))
}

/// Key names are not empty and have no Unicode spaces, pluses or control characters (C2SP signed-note, "Format").
pub(super) fn is_key_name(name: &str) -> bool {
    let refused = |c: char| c.is_whitespace() || c == '+' || c < ' ';
    !name.is_empty() && !name.contains(refused)
}

/// Why text is not a key that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not name, plus, id, plus, base64.
    #[error("key is not of the form name+id+base64")]
    Form,
    /// The name is empty or has spaces, pluses or control characters.
    #[error("key has an impossible name")]
    Name,
    /// Not canonical padded base64.
    #[error("key is not padded base64")]
    NotBase64,
    /// A signature type this crate does not know, so nothing signed with it can be checked.
    #[error("key has the unknown signature type {byte:#04x}")]
    UnknownType {
        /// The type.
        byte: u8,
    },
    /// Not 32 bytes that are the canonical spelling of an Ed25519 point of large order.
    #[error("key is not a usable Ed25519 key")]
    NotAKey,
    /// The id is not that of this name and key.
    #[error("key states id {stated:?} but has {computed}")]
    OtherId {
        /// The id in the text.
        stated: String,
        /// The id of name and key.
        computed: KeyId,
    },
    /// A signer's key where a cosigner's is needed, or the other way round.
    #[error("key has signature type {:#04x} instead of {:#04x}", *found as u8, *expected as u8)]
    OtherRole {
        /// The key's role.
        found: Role,
        /// The role it must have.
        expected: Role,
    },
}
