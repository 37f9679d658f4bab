//! The add-checkpoint exchange of C2SP tlog-witness, v1.0.0 with the status codes of 2026: what a log sends, how a
//! witness decides, what it answers, how the log reads that. HTTP, storage and clock are the caller's.
//!
//! The witness must hold the log's record locked from reading [`KnownLog::latest`] until the head that
//! [`AddCheckpoint::judge`] gives is durable, and cosign only then. Otherwise two requests may fork the log.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::hash::Hash;
use crate::note::{Note, NoteError, Signature, VerifierKey};
use crate::proof::{HashLineError, parse_hashes};
use crate::text;
use crate::tree::{ProofError, TreeHead, verify_consistency};

/// Content type of the answer to [`Refusal::Conflict`].
pub const SIZE_CONTENT_TYPE: &str = "text/x.tlog.size";

/// What a log sends: its new checkpoint, and the proof that it grew from the one the witness cosigned last.
///
/// Parsing and displaying are inverse, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    old_size: u64,
    proof: Vec<Hash>,
    note: Note,
    checkpoint: Checkpoint,
}

/// What a witness knows of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownLog {
    /// Its origin.
    pub origin: String,
    /// The keys it may sign with.
    pub keys: Vec<VerifierKey>,
    /// What was cosigned last; [`TreeHead::EMPTY`] if nothing was.
    pub latest: TreeHead,
}

impl AddCheckpoint {
    /// Asks for a cosignature of `note`, given the proof that its tree grew from that of `old_size` entries.
    ///
    /// # Errors
    /// If the text of `note` is not a checkpoint.
    pub fn new(old_size: u64, proof: Vec<Hash>, note: Note) -> Result<AddCheckpoint, CheckpointError> {
        let checkpoint = note.text().parse()?;
        Ok(AddCheckpoint {
            old_size,
            proof,
            note,
            checkpoint,
        })
    }

    /// Reads the body of a request.
    ///
    /// # Errors
    /// A refusal to answer with, if the body is malformed.
    pub fn parse(body: &[u8]) -> Result<AddCheckpoint, Refusal> {
        AddCheckpoint::read(body).map_err(Refusal::Malformed)
    }

    fn read(body: &[u8]) -> Result<AddCheckpoint, RequestError> {
        let body = std::str::from_utf8(body).map_err(|_| RequestError::NotUtf8)?;
        let (head, note) = body.split_once("\n\n").ok_or(RequestError::NoBlankLine)?;
        let mut lines = head.split('\n');
        let old_size = lines
            .next()
            .and_then(|line| text::from_decimal(line.strip_prefix("old ")?));
        let old_size = old_size.ok_or(RequestError::OldSize)?;
        let proof = parse_hashes(lines)?;
        Ok(AddCheckpoint::new(
            old_size,
            proof,
            Note::parse(note.as_bytes())?,
        )?)
    }

    /// The checkpoint to be cosigned.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The checkpoint with its signatures.
    pub fn note(&self) -> &Note {
        &self.note
    }

    /// Decides: gives the tree head to store, and then to cosign. `log` is what is known of the checkpoint's origin.
    ///
    /// # Errors
    /// The refusal to answer with; nothing is to be stored then.
    pub fn judge(&self, log: Option<&KnownLog>) -> Result<TreeHead, Refusal> {
        let origin = self.checkpoint.origin();
        let log = log.filter(|log| log.origin == origin);
        let log = log.ok_or_else(|| Refusal::UnknownLog {
            origin: origin.to_owned(),
        })?;
        self.note.verify(&log.keys).map_err(Refusal::NotSigned)?;
        let new = self.checkpoint.head();
        if self.old_size > new.size {
            return Err(Refusal::Backwards {
                old: self.old_size,
                new: new.size,
            });
        }
        if self.old_size != log.latest.size {
            return Err(Refusal::Conflict {
                latest: log.latest.size,
            });
        }
        if self.old_size == 0 {
            self.judge_first(new)?;
        } else {
            verify_consistency(&log.latest, &new, &self.proof).map_err(Refusal::Inconsistent)?;
        }
        Ok(new)
    }

    /// Nothing was cosigned before, so there is nothing to be consistent with.
    fn judge_first(&self, new: TreeHead) -> Result<(), Refusal> {
        if !self.proof.is_empty() {
            return Err(Refusal::Inconsistent(ProofError::PathTooLong));
        }
        if new.size == 0 && new.root != Hash::EMPTY {
            let (stated, computed) = (new.root, Hash::EMPTY);
            return Err(Refusal::Inconsistent(ProofError::WrongRoot {
                size: 0,
                stated,
                computed,
            }));
        }
        Ok(())
    }
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old_size)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.note)
    }
}

/// Path, below a witness's monitoring prefix, of the checkpoint it cosigned last for a log.
pub fn monitoring_path(origin: &str) -> String {
    let origin = Hash::from(<[u8; Hash::SIZE]>::from(Sha256::digest(origin)));
    format!("{origin:x}/checkpoint")
}

/// Reads the body of a 200 answer: the cosignatures of `note` by the witness's `keys`, ready to be
/// [added](Note::add). Lines of other keys are ignored.
///
/// # Errors
/// If the body is malformed, or none of the keys cosigned, or one did so wrongly.
pub fn read_cosignatures(body: &str, note: &Note, keys: &[VerifierKey]) -> Result<Vec<Signature>, NoteError> {
    let answered = Note::parse(format!("{}\n{body}", note.text()).as_bytes())?;
    if answered.text() != note.text() {
        // A blank line within the body: what precedes it would be taken for signed text.
        return Err(NoteError::NoSignature);
    }
    answered.verify(keys)?;
    let known = |signature: &&Signature| keys.iter().any(|key| signature.is_by(key));
    Ok(answered.signatures().iter().filter(known).cloned().collect())
}

/// Reads the body of a 409 answer: the size the witness cosigned last. Larger than the log itself means that the log
/// was rolled back.
pub fn read_conflict(body: &str) -> Option<u64> {
    text::from_decimal(body.strip_suffix('\n')?)
}

/// Why a witness does not cosign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The request cannot be read.
    #[error(transparent)]
    Malformed(RequestError),
    /// The witness does not watch this log.
    #[error("unknown log {origin:?}")]
    UnknownLog {
        /// Origin of the checkpoint.
        origin: String,
    },
    /// No trusted key of the log signed, or one signed wrongly.
    #[error("the checkpoint is not signed by its log")]
    NotSigned(#[source] NoteError),
    /// The old size is larger than the checkpoint's.
    #[error("the checkpoint has {new} entries, fewer than the {old} before")]
    Backwards {
        /// Stated old size.
        old: u64,
        /// Size of the checkpoint.
        new: u64,
    },
    /// The old size is not that of the checkpoint cosigned last.
    #[error("the witness cosigned {latest} entries last")]
    Conflict {
        /// The size that was.
        latest: u64,
    },
    /// The checkpoint is not shown to have grown from the one cosigned last. May be evidence against the log.
    #[error("the consistency proof does not hold")]
    Inconsistent(#[source] ProofError),
}

impl Refusal {
    /// The HTTP status to answer with.
    pub fn status(&self) -> u16 {
        match self {
            // A line that is no signature is, above all, not the log's signature.
            Refusal::Malformed(RequestError::Note(NoteError::Signature(_))) => 403,
            Refusal::Malformed(_) | Refusal::Backwards { .. } => 400,
            Refusal::UnknownLog { .. } => 404,
            Refusal::NotSigned(_) => 403,
            Refusal::Conflict { .. } => 409,
            Refusal::Inconsistent(_) => 422,
        }
    }

    /// The body to answer with; for a conflict, of type [`SIZE_CONTENT_TYPE`].
    pub fn body(&self) -> String {
        match self {
            Refusal::Conflict { latest } => format!("{latest}\n"),
            other => format!("{other}\n"),
        }
    }
}

/// Why the body of a request cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// Not valid UTF-8.
    #[error("request is not UTF-8")]
    NotUtf8,
    /// No blank line between proof and checkpoint.
    #[error("request has no blank line before its checkpoint")]
    NoBlankLine,
    /// The first line is not `old <size>`.
    #[error("request does not begin with the old size")]
    OldSize,
    /// The proof cannot be read.
    #[error(transparent)]
    Proof(#[from] HashLineError),
    /// The checkpoint cannot be read as a note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The note is not a checkpoint.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}
