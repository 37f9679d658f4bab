//! Trust policies (C2SP tlog-policy): whose signatures make a checkpoint good enough.
//!
//! ```text
//! log <vkey> [<url>]
//! witness <name> <vkey> [<url>]
//! group <name> <k|any|all> <member>…
//! quorum <name|none>
//! ```
//!
//! Two verifiers that ask for k1 and k2 of n witnesses cannot be shown different histories by f dishonest ones as long
//! as k1 + k2 > n + f. 2 of 3 tolerates none, 3 of 4 one.

mod parse;

pub use parse::{LineError, PolicyError};

use std::fmt;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::{Note, NoteError, VerifierKey};

/// Which logs are believed, and which witnesses must have cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<Log>,
    witnesses: Vec<Witness>,
    groups: Vec<Group>,
    quorum: Option<Member>,
}

/// A log whose checkpoints are believed. Its key's name is its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// The key it signs with.
    pub key: VerifierKey,
    /// Where it is found, if the policy says so.
    pub url: Option<Label>,
}

/// A witness whose cosignature counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// What this policy calls it; not necessarily its key's name.
    pub name: Label,
    /// The key it cosigns with.
    pub key: VerifierKey,
    /// Where checkpoints are submitted to it, if the policy says so.
    pub url: Option<Label>,
}

/// Witnesses and groups of which some suffice.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    threshold: usize,
    members: Vec<Member>,
}

/// Something that can have witnessed, by position. A group's members always stand before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Member {
    Witness(usize),
    Group(usize),
}

/// A name or address in a policy: bytes without spaces or control characters, by rule not necessarily UTF-8.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(Vec<u8>);

impl Label {
    /// The bytes as they stand in the policy.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.0))
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", String::from_utf8_lossy(&self.0))
    }
}

impl Policy {
    /// The logs believed, in the order of the file.
    pub fn logs(&self) -> &[Log] {
        &self.logs
    }

    /// The witnesses known, in the order of the file, whether the quorum needs them or not.
    pub fn witnesses(&self) -> &[Witness] {
        &self.witnesses
    }

    /// Whether `quorum none` was chosen: the log's signature alone suffices.
    pub fn trusts_logs_alone(&self) -> bool {
        self.quorum.is_none()
    }

    /// Checks that one of the logs signed the checkpoint in `note` and that enough witnesses cosigned it.
    ///
    /// A wrong signature by any key of the policy refuses the note, however many others are good.
    ///
    /// # Errors
    /// Says what is missing or wrong.
    pub fn endorse<'p>(&'p self, note: &Note) -> Result<Endorsed<'p>, Unendorsed> {
        let checkpoint: Checkpoint = note.text().parse()?;
        let origin = checkpoint.origin();
        let logs: Vec<_> = self.logs.iter().filter(|log| log.key.name() == origin).collect();
        if logs.is_empty() {
            return Err(Unendorsed::UnknownLog {
                origin: origin.to_owned(),
            });
        }
        let log_keys = logs.iter().map(|log| &log.key);
        let verified = note.verify(log_keys.chain(self.witnesses.iter().map(|witness| &witness.key)))?;
        let signed_by = |key: &VerifierKey| verified.iter().find(|verified| verified.key == key);

        let log = logs.into_iter().find(|log| signed_by(&log.key).is_some());
        let log = log.ok_or_else(|| Unendorsed::NotSignedByLog {
            origin: origin.to_owned(),
        })?;
        let times: Vec<_> = self
            .witnesses
            .iter()
            .map(|witness| signed_by(&witness.key)?.cosigned_at)
            .collect();
        let cosigned = |(witness, time): (&'p Witness, &Option<u64>)| time.map(|at| Cosigned { witness, at });
        let cosigned: Vec<_> = self.witnesses.iter().zip(&times).filter_map(cosigned).collect();
        if !self.is_quorum(|witness| times[witness].is_some()) {
            return Err(Unendorsed::NoQuorum {
                cosigned: cosigned.len(),
            });
        }
        Ok(Endorsed {
            checkpoint,
            log,
            cosigned,
        })
    }

    /// Whether the witnesses, given by position, for which `has_cosigned` holds are enough.
    fn is_quorum(&self, has_cosigned: impl Fn(usize) -> bool) -> bool {
        // Groups only have members defined before them, so one pass in order settles all of them.
        let mut settled: Vec<bool> = Vec::with_capacity(self.groups.len());
        let witnessed = |member: &Member, settled: &[bool]| match *member {
            Member::Witness(position) => has_cosigned(position),
            Member::Group(position) => settled[position],
        };
        for group in &self.groups {
            let count = group
                .members
                .iter()
                .filter(|member| witnessed(member, &settled))
                .count();
            settled.push(count >= group.threshold);
        }
        self.quorum.is_none_or(|member| witnessed(&member, &settled))
    }
}

/// A checkpoint that satisfies a policy, and who stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endorsed<'p> {
    /// The checkpoint.
    pub checkpoint: Checkpoint,
    /// The log that signed it.
    pub log: &'p Log,
    /// Every witness of the policy that cosigned it, in the order of the policy.
    pub cosigned: Vec<Cosigned<'p>>,
}

/// A witness's good cosignature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cosigned<'p> {
    /// Who cosigned.
    pub witness: &'p Witness,
    /// When, in seconds since 1970, by the witness's clock.
    pub at: u64,
}

/// Why a checkpoint does not satisfy a policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unendorsed {
    /// The text of the note is not a checkpoint.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The policy has no log of this origin.
    #[error("the policy does not know a log {origin:?}")]
    UnknownLog {
        /// Origin of the checkpoint.
        origin: String,
    },
    /// A signature is wrong, or none is by a key of the policy.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// Witnesses cosigned, but the log did not sign.
    #[error("the checkpoint is not signed by the log {origin:?}")]
    NotSignedByLog {
        /// Origin of the checkpoint.
        origin: String,
    },
    /// Too few witnesses, or the wrong ones.
    #[error("the {cosigned} witnesses that cosigned are not a quorum")]
    NoQuorum {
        /// Witnesses of the policy that did cosign.
        cosigned: usize,
    },
}
