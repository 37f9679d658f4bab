//! What a leaf of Kronika's journal says: when something was recorded, of what kind, and a commitment to its content.
//!
//! The content itself never enters the tree. It is committed to part by part (meta, body, each attachment), each with
//! a salt of its own, so one part can be disclosed and the others withheld, and so that destroying the record's salt
//! makes the commitment mean nothing.
//!
//! ```text
//! salt_i     = HMAC-SHA256(record salt, "kronika/salt/v1" 00 ‖ u16be i)
//! part_i     = SHA-256("kronika/part/v1" 00 ‖ salt_i ‖ u8 len(name) ‖ name ‖ u64be len(data) ‖ data)
//! commitment = SHA-256("kronika/record/v1" 00 ‖ u16be n ‖ part_0 ‖ … ‖ part_{n-1})
//! ```
//! To check a disclosed part i, given its salt, name and data and the commitments to all parts: its own must be
//! [`commit_part`] of these, and [`commit_record`] of all must be the leaf's.
//!
//! Part 0 is called `meta`. Data is always the exact bytes stored, never written anew.

mod leaf;
mod part;

pub use leaf::{Kind, LEAF_BYTES, Leaf, LeafError};
pub use part::{PartHasher, PartSalt, RecordSalt, commit_part};

use sha2::Digest;

use crate::hash::Hash;

const RECORD_LABEL: &[u8] = b"kronika/record/v1\0";

/// Commits to a record, given the commitments to all its parts in order.
///
/// # Errors
/// If there are no parts, or more than 65,535.
pub fn commit_record(parts: &[Hash]) -> Result<Hash, CommitError> {
    let count = u16::try_from(parts.len()).ok().filter(|count| *count > 0);
    let count = count.ok_or(CommitError::PartCount { count: parts.len() })?;
    Ok(Hash::of(|sha| {
        sha.update(RECORD_LABEL);
        sha.update(count.to_be_bytes());
        parts.iter().for_each(|part| sha.update(part.as_bytes()));
    }))
}

/// Commits to a record held in memory, given names and data of its parts in order.
///
/// # Errors
/// If there are no parts, or more than 65,535, or a name is longer than 255 bytes.
pub fn commit_parts(salt: &RecordSalt, parts: &[(&str, &[u8])]) -> Result<Hash, CommitError> {
    let numbered = (0..=u16::MAX).zip(parts);
    let parts = numbered.map(|(number, (name, data))| commit_part(&salt.part(number), name, data));
    commit_record(&parts.collect::<Result<Vec<_>, _>>()?)
}

/// Why something cannot be committed to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// No parts, or too many.
    #[error("a record cannot have {count} parts, only 1 to 65,535")]
    PartCount {
        /// Number of parts.
        count: usize,
    },
    /// The name of a part is too long.
    #[error("the name of a part has {length} bytes, more than 255")]
    NameTooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// A part did not have the length announced for it.
    #[error("a part of {announced} bytes was announced, but {given} were given")]
    Length {
        /// Bytes announced.
        announced: u64,
        /// Bytes given.
        given: u64,
    },
}
