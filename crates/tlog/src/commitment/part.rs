//! Salts and commitments of parts.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::CommitError;
use crate::hash::Hash;

const SALT_LABEL: &[u8] = b"kronika/salt/v1\0";
const PART_LABEL: &[u8] = b"kronika/part/v1\0";

/// The salt of a record: 32 random bytes, kept only inside the encrypted record. Never shown by `{:?}`, wiped when
/// dropped.
#[derive(Clone)]
pub struct RecordSalt(Zeroizing<[u8; 32]>);

impl RecordSalt {
    /// The salt of entries that hide nothing (see [`Kind::is_open`](super::Kind::is_open)): all zeros.
    pub fn open() -> RecordSalt {
        RecordSalt::from([0; 32])
    }

    /// The salt of part `number`.
    pub fn part(&self, number: u16) -> PartSalt {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(self.0.as_slice())
            .expect("HMAC takes keys of any length");
        mac.update(SALT_LABEL);
        mac.update(&number.to_be_bytes());
        PartSalt(mac.finalize().into_bytes().into())
    }

    /// The salt itself, to be stored inside the encrypted record.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<[u8; 32]> for RecordSalt {
    fn from(bytes: [u8; 32]) -> RecordSalt {
        RecordSalt(Zeroizing::new(bytes))
    }
}

impl fmt::Debug for RecordSalt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecordSalt")
    }
}

/// The salt of one part, disclosed together with that part. Says nothing about the salts of other parts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PartSalt([u8; 32]);

impl PartSalt {
    /// The salt itself.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<[u8; 32]> for PartSalt {
    fn from(bytes: [u8; 32]) -> PartSalt {
        PartSalt(bytes)
    }
}

impl fmt::Debug for PartSalt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PartSalt")
    }
}

/// Commits to a part held in memory.
///
/// # Errors
/// If the name is longer than 255 bytes.
pub fn commit_part(salt: &PartSalt, name: &str, data: &[u8]) -> Result<Hash, CommitError> {
    let mut part = PartHasher::new(salt, name, data.len() as u64)?;
    part.update(data);
    part.finish()
}

/// Commits to a part that arrives in pieces. Its length must be known beforehand.
#[derive(Clone)]
pub struct PartHasher {
    sha: Sha256,
    announced: u64,
    given: u64,
}

impl PartHasher {
    /// Begins a part of exactly `length` bytes.
    ///
    /// # Errors
    /// If the name is longer than 255 bytes.
    pub fn new(salt: &PartSalt, name: &str, length: u64) -> Result<PartHasher, CommitError> {
        let name_length =
            u8::try_from(name.len()).map_err(|_| CommitError::NameTooLong { length: name.len() })?;
        let mut sha = Sha256::new();
        sha.update(PART_LABEL);
        sha.update(salt.as_bytes());
        sha.update([name_length]);
        sha.update(name);
        sha.update(length.to_be_bytes());
        Ok(PartHasher {
            sha,
            announced: length,
            given: 0,
        })
    }

    /// Takes the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.sha.update(piece);
        self.given = self.given.saturating_add(piece.len() as u64);
    }

    /// The commitment to the part.
    ///
    /// # Errors
    /// If more or fewer bytes were given than announced.
    pub fn finish(self) -> Result<Hash, CommitError> {
        if self.given != self.announced {
            return Err(CommitError::Length {
                announced: self.announced,
                given: self.given,
            });
        }
        Ok(Hash::from(<[u8; Hash::SIZE]>::from(self.sha.finalize())))
    }
}

impl fmt::Debug for PartHasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PartHasher({} of {} bytes)", self.given, self.announced)
    }
}
