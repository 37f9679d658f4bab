//! The 42 bytes that are a leaf's data.
//!
//! ```text
//!  0      u8    version, 1
//!  1      u8    kind
//!  2..9   u64be logged at, milliseconds since 1970
//! 10..41        commitment
//! ```

use crate::hash::Hash;

/// Length of a leaf's data.
pub const LEAF_BYTES: usize = 42;

const VERSION: u8 = 1;

/// What an entry of the journal records. The numbers are part of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The first entry: who keeps this log and how.
    Genesis = 1,
    /// Something was captured.
    Record = 2,
    /// A record was corrected or added to; the earlier one stays.
    Supersede = 3,
    /// Records were erased: which, why, by whose order.
    Erasure = 4,
    /// A timestamp token or other outside proof of an earlier state of this log.
    Anchor = 5,
    /// Keys or the trust policy changed.
    PolicyChange = 6,
    /// Someone saw or exported records.
    Access = 7,
    /// A sign of life, or the result of comparing with a source.
    Heartbeat = 8,
    /// The newest commitment of every client's file.
    FileHeads = 9,
}

impl Kind {
    const ALL: [Kind; 9] = [
        Kind::Genesis,
        Kind::Record,
        Kind::Supersede,
        Kind::Erasure,
        Kind::Anchor,
        Kind::PolicyChange,
        Kind::Access,
        Kind::Heartbeat,
        Kind::FileHeads,
    ];

    /// Whether the content is published beside the log, and therefore committed to with
    /// [`RecordSalt::open`](super::RecordSalt::open).
    pub fn is_open(self) -> bool {
        match self {
            Kind::Genesis | Kind::Erasure | Kind::Anchor | Kind::PolicyChange | Kind::FileHeads => true,
            Kind::Record | Kind::Supersede | Kind::Access | Kind::Heartbeat => false,
        }
    }

    /// The kind with this number in the format; `None` if there is none in version 1.
    pub fn from_number(number: u8) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| *kind as u8 == number)
    }
}

/// An entry as it stands in the log for ever, readable by anyone who has the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// What it records.
    pub kind: Kind,
    /// When it was logged, in milliseconds since 1970, by the server's clock. Never less than that of the entry before.
    pub logged_at: u64,
    /// Commitment to the content.
    pub commitment: Hash,
}

impl Leaf {
    /// The leaf's data.
    pub fn to_bytes(&self) -> [u8; LEAF_BYTES] {
        let mut bytes = [0; LEAF_BYTES];
        bytes[0] = VERSION;
        bytes[1] = self.kind as u8;
        bytes[2..10].copy_from_slice(&self.logged_at.to_be_bytes());
        bytes[10..].copy_from_slice(self.commitment.as_bytes());
        bytes
    }

    /// Reads a leaf's data.
    ///
    /// # Errors
    /// If it has another length, version or kind than is known.
    pub fn from_bytes(bytes: &[u8]) -> Result<Leaf, LeafError> {
        let bytes: &[u8; LEAF_BYTES] = bytes
            .try_into()
            .map_err(|_| LeafError::Length { found: bytes.len() })?;
        let [version, kind, rest @ ..] = bytes;
        if *version != VERSION {
            return Err(LeafError::Version { found: *version });
        }
        let kind = Kind::from_number(*kind).ok_or(LeafError::Kind { found: *kind })?;
        let mut logged_at = [0; 8];
        let mut commitment = [0; Hash::SIZE];
        logged_at.copy_from_slice(&rest[..8]);
        commitment.copy_from_slice(&rest[8..]);
        Ok(Leaf {
            kind,
            logged_at: u64::from_be_bytes(logged_at),
            commitment: Hash::from(commitment),
        })
    }

    /// The leaf's hash in the tree (RFC 6962 §2.1).
    pub fn hash(&self) -> Hash {
        Hash::leaf(&self.to_bytes())
    }
}

/// Why bytes are not a leaf.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    /// Not 42 bytes.
    #[error("leaf has {found} bytes instead of {LEAF_BYTES}")]
    Length {
        /// Bytes there were.
        found: usize,
    },
    /// A version from the future, or no leaf of this journal.
    #[error("leaf has version {found}, known is {VERSION}")]
    Version {
        /// The version.
        found: u8,
    },
    /// A kind that does not exist in this version.
    #[error("leaf has unknown kind {found}")]
    Kind {
        /// The number of the kind.
        found: u8,
    },
}
