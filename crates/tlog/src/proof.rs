//! Proof files (C2SP tlog-proof@v1, extension `.tlog-proof`): all it takes to check offline that an entry was logged.
//!
//! ```text
//! c2sp.org/tlog-proof@v1
//! index 12345
//! Tgi/BfSyGAkVQqOg5VCAEuPA39qOO2Cv9RlYVvOgkZc=
//! …
//!
//! <checkpoint with its signatures and cosignatures>
//! ```

use std::fmt;

use crate::hash::{Hash, HashError};
use crate::note::{Note, NoteError};
use crate::policy::{Endorsed, Policy, Unendorsed};
use crate::text;
use crate::tree::{self, verify_inclusion};

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";

/// Most hashes in a proof of any kind: the height of the largest tree.
pub(crate) const MAX_HASHES: usize = 63;

/// A proof that an entry is in a log. Parsing and displaying are inverse, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Whatever the application added. **Not covered by any signature.**
    pub extra: Option<Vec<u8>>,
    /// Number of the entry, from 0.
    pub index: u64,
    /// Inclusion path, from the leaf upwards.
    pub path: Vec<Hash>,
    /// The checkpoint as published, with the signatures of log and witnesses.
    pub checkpoint: Note,
}

impl Proof {
    /// Reads a proof file.
    ///
    /// # Errors
    /// Says which part is malformed.
    pub fn parse(bytes: &[u8]) -> Result<Proof, ProofFileError> {
        let file = std::str::from_utf8(bytes).map_err(|_| ProofFileError::NotUtf8)?;
        let (head, note) = file.split_once("\n\n").ok_or(ProofFileError::NoBlankLine)?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(FIRST_LINE) {
            return Err(ProofFileError::OtherFormat);
        }
        let extra = match lines.next_if(|line| line.starts_with("extra ")) {
            Some(line) => Some(text::from_base64(&line["extra ".len()..]).ok_or(ProofFileError::Extra)?),
            None => None,
        };
        let index = lines
            .next()
            .and_then(|line| text::from_decimal(line.strip_prefix("index ")?));
        let index = index.ok_or(ProofFileError::Index)?;
        let path = parse_hashes(lines)?;
        Ok(Proof {
            extra,
            index,
            path,
            checkpoint: Note::parse(note.as_bytes())?,
        })
    }

    /// Checks that the entry with hash `leaf` is in a log as `policy` asks, and says who stands for it.
    ///
    /// # Errors
    /// If the checkpoint does not satisfy the policy, or the entry is not in its tree at [`index`](Proof::index).
    pub fn verify<'p>(&self, leaf: &Hash, policy: &'p Policy) -> Result<Endorsed<'p>, Unproven> {
        let endorsed = policy.endorse(&self.checkpoint)?;
        verify_inclusion(&endorsed.checkpoint.head(), self.index, leaf, &self.path)?;
        Ok(endorsed)
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FIRST_LINE}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", text::to_base64(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

/// Reads proof lines, one hash each.
pub(crate) fn parse_hashes<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Vec<Hash>, HashLineError> {
    let mut hashes = Vec::new();
    for line in lines {
        if hashes.len() == MAX_HASHES {
            return Err(HashLineError::TooMany);
        }
        hashes.push(Hash::from_base64(line)?);
    }
    Ok(hashes)
}

/// Why the hashes of a proof cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HashLineError {
    /// A line is not a hash.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// More than the largest tree needs.
    #[error("proof has more than {MAX_HASHES} hashes")]
    TooMany,
}

/// Why bytes are not a proof file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofFileError {
    /// Not valid UTF-8.
    #[error("proof is not UTF-8")]
    NotUtf8,
    /// No blank line between path and checkpoint.
    #[error("proof has no blank line before its checkpoint")]
    NoBlankLine,
    /// The first line is not that of version 1.
    #[error("file does not begin with {FIRST_LINE}")]
    OtherFormat,
    /// The extra data is not base64.
    #[error("the extra data of the proof is not padded base64")]
    Extra,
    /// No line with the entry's number.
    #[error("proof has no line \"index\" with a decimal number")]
    Index,
    /// The inclusion path cannot be read.
    #[error(transparent)]
    Path(#[from] HashLineError),
    /// The checkpoint cannot be read.
    #[error(transparent)]
    Note(#[from] NoteError),
}

/// Why a proof does not prove its entry under a policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unproven {
    /// The checkpoint does not satisfy the policy.
    #[error(transparent)]
    Unendorsed(#[from] Unendorsed),
    /// The entry is not in the checkpoint's tree.
    #[error(transparent)]
    NotIncluded(#[from] tree::ProofError),
}
