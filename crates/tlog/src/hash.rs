//! Hashes of RFC 6962 §2.1: SHA-256 with a prefix byte that keeps leaves and nodes apart.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::text;

const LEAF_PREFIX: u8 = 0x00;
const NODE_PREFIX: u8 = 0x01;

/// A SHA-256 hash: of a leaf, of a node, or the root of a tree.
///
/// Displayed in padded base64, as in checkpoints and proofs; `{:x}` and `{:?}` show hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; Hash::SIZE]);

impl Hash {
    /// Length in bytes.
    pub const SIZE: usize = 32;

    /// Root of the tree without entries: SHA-256 of nothing.
    pub const EMPTY: Hash = Hash([
        0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27,
        0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
    ]);

    /// Hash of an entry: SHA-256(0x00 ‖ entry).
    pub fn leaf(entry: &[u8]) -> Hash {
        Hash::of(|sha| {
            sha.update([LEAF_PREFIX]);
            sha.update(entry);
        })
    }

    /// Hash of an inner node: SHA-256(0x01 ‖ left ‖ right).
    pub fn node(left: &Hash, right: &Hash) -> Hash {
        // One update of one buffer: the hasher is fed 65 bytes so often that piecemeal buffering shows.
        let mut input = [NODE_PREFIX; 1 + 2 * Hash::SIZE];
        input[1..=Hash::SIZE].copy_from_slice(&left.0);
        input[1 + Hash::SIZE..].copy_from_slice(&right.0);
        Hash::of(|sha| sha.update(input))
    }

    /// The hash's 32 bytes.
    pub fn as_bytes(&self) -> &[u8; Hash::SIZE] {
        &self.0
    }

    /// Reads 44 characters of padded base64, the spelling of [`Display`](fmt::Display).
    pub fn from_base64(text: &str) -> Result<Hash, HashError> {
        let bytes = text::from_base64(text).ok_or(HashError::NotBase64)?;
        Hash::try_from(bytes.as_slice())
    }

    /// SHA-256 of whatever `feed` feeds.
    pub(crate) fn of(feed: impl FnOnce(&mut Sha256)) -> Hash {
        let mut sha = Sha256::new();
        feed(&mut sha);
        Hash(sha.finalize().into())
    }
}

impl From<[u8; Hash::SIZE]> for Hash {
    fn from(bytes: [u8; Hash::SIZE]) -> Hash {
        Hash(bytes)
    }
}

impl TryFrom<&[u8]> for Hash {
    type Error = HashError;

    fn try_from(bytes: &[u8]) -> Result<Hash, HashError> {
        let exact = bytes
            .try_into()
            .map_err(|_| HashError::Length { found: bytes.len() })?;
        Ok(Hash(exact))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text::to_base64(&self.0))
    }
}

impl fmt::LowerHex for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self:x})")
    }
}

/// Why bytes or text are not a hash.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// The text is not canonical padded base64.
    #[error("hash is not padded base64")]
    NotBase64,
    /// The value does not have 32 bytes.
    #[error("hash has {found} bytes instead of 32")]
    Length {
        /// Bytes there were.
        found: usize,
    },
}
