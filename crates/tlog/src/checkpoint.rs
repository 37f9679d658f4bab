//! Checkpoints: a log's statement of its size and root (C2SP tlog-checkpoint v1.0.0), the text of a signed note.
//!
//! ```text
//! archive.example/org/7f3a
//! 70000
//! o5IPun8jmgcam9EHIfE0Gt3vuu3ttBx+JEN6nRa98Ao=
//! ```

use std::fmt;
use std::str::FromStr;

use crate::hash::{Hash, HashError};
use crate::note::{Note, NoteError, VerifierKey};
use crate::text;
use crate::tree::{MAX_SIZE, TreeHead};

/// The text of a checkpoint. Parsing and displaying are inverse, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    head: TreeHead,
    /// Lines after the third, each with its newline. Foreign logs may have them; ours must not.
    extensions: String,
}

impl Checkpoint {
    /// States that the log `origin` has the tree `head`.
    ///
    /// # Errors
    /// If `origin` is empty or not one line.
    pub fn new(origin: &str, head: TreeHead) -> Result<Checkpoint, CheckpointError> {
        if origin.is_empty() || origin.contains('\n') {
            return Err(CheckpointError::Origin);
        }
        Ok(Checkpoint {
            origin: origin.to_owned(),
            head,
            extensions: String::new(),
        })
    }

    /// Reads the checkpoint in `note` after checking that the log whose key is `log` signed it and is its origin.
    ///
    /// # Errors
    /// If the signature is missing or wrong, the text is no checkpoint, or its origin is not the key's name.
    pub fn open(note: &Note, log: &VerifierKey) -> Result<Checkpoint, CheckpointError> {
        note.verify([log])?;
        let checkpoint: Checkpoint = note.text().parse()?;
        if checkpoint.origin != log.name() {
            return Err(CheckpointError::OtherLog {
                found: checkpoint.origin,
                expected: log.name().to_owned(),
            });
        }
        Ok(checkpoint)
    }

    /// The log's identity.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Size and root of the log's tree.
    pub fn head(&self) -> TreeHead {
        self.head
    }

    /// Opaque extension lines, each ending in a newline; empty in every checkpoint made here, because ML-DSA
    /// cosignatures do not cover them.
    pub fn extensions(&self) -> &str {
        &self.extensions
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TreeHead { size, root } = self.head;
        write!(f, "{}\n{size}\n{root}\n{}", self.origin, self.extensions)
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Checkpoint, CheckpointError> {
        let mut lines = text.splitn(4, '\n');
        let mut line = || lines.next().ok_or(CheckpointError::Lines);
        let (origin, size, root, extensions) = (line()?, line()?, line()?, line()?);
        if origin.is_empty() {
            return Err(CheckpointError::Origin);
        }
        let size = text::from_decimal(size)
            .filter(|size| *size <= MAX_SIZE)
            .ok_or_else(|| CheckpointError::Size {
                found: size.to_owned(),
            })?;
        let root = Hash::from_base64(root).map_err(CheckpointError::Root)?;
        let ends_cleanly = extensions.is_empty() || extensions.ends_with('\n');
        if !ends_cleanly || extensions.starts_with('\n') || extensions.contains("\n\n") {
            return Err(CheckpointError::Extensions);
        }
        Ok(Checkpoint {
            origin: origin.to_owned(),
            head: TreeHead { size, root },
            extensions: extensions.to_owned(),
        })
    }
}

/// Why a note is not the checkpoint it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Fewer than three lines that each end in a newline.
    #[error("checkpoint has fewer than three lines")]
    Lines,
    /// The origin is empty or has several lines.
    #[error("checkpoint has no one-line origin")]
    Origin,
    /// The second line is not a tree size.
    #[error("checkpoint has tree size {found:?}, not a decimal up to 2^63 - 1 without leading zeros")]
    Size {
        /// What stands there.
        found: String,
    },
    /// The third line is not a root hash.
    #[error("checkpoint has no root hash")]
    Root(#[source] HashError),
    /// Extension lines are empty or unfinished.
    #[error("checkpoint has an empty or unfinished extension line")]
    Extensions,
    /// The key belongs to another log.
    #[error("checkpoint is of log {found:?}, the key is that of {expected:?}")]
    OtherLog {
        /// Origin of the checkpoint.
        found: String,
        /// Name of the key.
        expected: String,
    },
    /// The log's signature is missing or wrong.
    #[error(transparent)]
    Note(#[from] NoteError),
}
