//! Secret keys as text: `PRIVATE+KEY+<name>+<id>+<base64(type ‖ seed)>`, the form of Go's x/mod/sumdb/note.

use std::fmt;

use ed25519_dalek::Signer;
use zeroize::Zeroizing;

use super::Signature;
use super::key::{KeyError, Role, VerifierKey, from_typed, is_key_name, typed};
use crate::text;

const MARK: &str = "PRIVATE+KEY+";

/// A secret key and what is publicly known of it. Wiped from memory when dropped.
pub(crate) struct Secret {
    key: ed25519_dalek::SigningKey,
    public: VerifierKey,
}

impl Secret {
    pub(crate) fn from_seed(name: &str, role: Role, seed: &[u8; 32]) -> Result<Secret, KeyError> {
        if !is_key_name(name) {
            return Err(KeyError::Name);
        }
        let key = ed25519_dalek::SigningKey::from_bytes(seed);
        let public = VerifierKey::trusted(name.to_owned(), role, key.verifying_key());
        Ok(Secret { key, public })
    }

    pub(crate) fn parse(text: &str, role: Role) -> Result<Secret, KeyError> {
        let mut parts = text.strip_prefix(MARK).ok_or(KeyError::Form)?.splitn(3, '+');
        let mut part = || parts.next().ok_or(KeyError::Form);
        let (name, id, typed_seed) = (part()?, part()?, part()?);
        let (found, seed) = from_typed(typed_seed)?;
        let seed = Zeroizing::new(seed);
        if found != role {
            return Err(KeyError::OtherRole {
                found,
                expected: role,
            });
        }
        let secret = Secret::from_seed(name, role, &seed)?;
        let computed = secret.public.id();
        if computed.to_string() != id {
            return Err(KeyError::OtherId {
                stated: id.to_owned(),
                computed,
            });
        }
        Ok(secret)
    }

    pub(crate) fn to_text(&self) -> Zeroizing<String> {
        let seed = Zeroizing::new(typed(self.public.role(), self.key.as_bytes()));
        let seed = Zeroizing::new(text::to_base64(seed.as_slice()));
        Zeroizing::new(format!(
            "{MARK}{}+{}+{}",
            self.public.name(),
            self.public.id(),
            *seed
        ))
    }

    pub(crate) fn public(&self) -> &VerifierKey {
        &self.public
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }
}

/// The secret key with which a log signs its checkpoints (type 0x01). Never shown by `{:?}`.
pub struct SigningKey(Secret);

impl SigningKey {
    /// The key made from 32 random bytes.
    ///
    /// # Errors
    /// If the name is impossible.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<SigningKey, KeyError> {
        Secret::from_seed(name, Role::Signer, seed).map(SigningKey)
    }

    /// Reads `PRIVATE+KEY+…`.
    ///
    /// # Errors
    /// If it is not such a key, or one of another role.
    pub fn parse(text: &str) -> Result<SigningKey, KeyError> {
        Secret::parse(text, Role::Signer).map(SigningKey)
    }

    /// The key as `PRIVATE+KEY+…`: for a key file, never for a log or an error.
    pub fn to_private_text(&self) -> Zeroizing<String> {
        self.0.to_text()
    }

    /// The public half.
    pub fn verifier(&self) -> &VerifierKey {
        self.0.public()
    }

    /// Signs the text of a note.
    pub fn sign(&self, text: &str) -> Signature {
        Signature::made(self.verifier(), self.0.sign(text.as_bytes()).to_vec())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.verifier())
    }
}
