//! The hash of what is stamped (RFC 3161 `MessageImprint`).

use std::fmt;

use der::asn1::ObjectIdentifier;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::oid;

/// A hash that is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HashAlgorithm {
    /// 32 bytes.
    #[default]
    Sha256,
    /// 48 bytes.
    Sha384,
    /// 64 bytes.
    Sha512,
}

impl HashAlgorithm {
    /// Its object identifier.
    pub fn oid(self) -> ObjectIdentifier {
        match self {
            HashAlgorithm::Sha256 => oid::SHA_256,
            HashAlgorithm::Sha384 => oid::SHA_384,
            HashAlgorithm::Sha512 => oid::SHA_512,
        }
    }

    /// The algorithm with this identifier, if it is believed.
    pub fn from_oid(oid: &ObjectIdentifier) -> Option<HashAlgorithm> {
        let all = [
            HashAlgorithm::Sha256,
            HashAlgorithm::Sha384,
            HashAlgorithm::Sha512,
        ];
        all.into_iter().find(|algorithm| algorithm.oid() == *oid)
    }

    /// Bytes of such a hash.
    pub fn size(self) -> usize {
        match self {
            HashAlgorithm::Sha256 => 32,
            HashAlgorithm::Sha384 => 48,
            HashAlgorithm::Sha512 => 64,
        }
    }

    /// The hash of `data`.
    pub fn hash(self, data: &[u8]) -> Vec<u8> {
        match self {
            HashAlgorithm::Sha256 => Sha256::digest(data).to_vec(),
            HashAlgorithm::Sha384 => Sha384::digest(data).to_vec(),
            HashAlgorithm::Sha512 => Sha512::digest(data).to_vec(),
        }
    }
}

impl fmt::Display for HashAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            HashAlgorithm::Sha256 => "SHA-256",
            HashAlgorithm::Sha384 => "SHA-384",
            HashAlgorithm::Sha512 => "SHA-512",
        })
    }
}

/// What is stamped: a hash, and of which kind it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    algorithm: HashAlgorithm,
    hash: Vec<u8>,
}

impl Imprint {
    /// Of the data itself.
    pub fn of(algorithm: HashAlgorithm, data: &[u8]) -> Imprint {
        Imprint {
            algorithm,
            hash: algorithm.hash(data),
        }
    }

    /// Of the data itself, by SHA-256.
    pub fn sha256(data: &[u8]) -> Imprint {
        Imprint::of(HashAlgorithm::Sha256, data)
    }

    /// Of data whose hash is known.
    ///
    /// # Errors
    /// If the hash has not the length of its kind.
    pub fn from_hash(algorithm: HashAlgorithm, hash: &[u8]) -> Result<Imprint, HashLength> {
        if hash.len() != algorithm.size() {
            let found = hash.len();
            return Err(HashLength { algorithm, found });
        }
        Ok(Imprint {
            algorithm,
            hash: hash.to_vec(),
        })
    }

    /// The kind of hash.
    pub fn algorithm(&self) -> HashAlgorithm {
        self.algorithm
    }

    /// The hash.
    pub fn hash(&self) -> &[u8] {
        &self.hash
    }
}

/// A hash has not the length of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{algorithm} has {} bytes, not {found}", .algorithm.size())]
pub struct HashLength {
    /// The kind.
    pub algorithm: HashAlgorithm,
    /// Bytes that were given.
    pub found: usize,
}
