//! Evidence: what was recorded, in one file that a stranger checks without us (`kronika-verify`, or by hand).
//!
//! What goes in is gathered and frozen first, in memory but for the originals, which are read one by one while the
//! package is written. Making one is an act of its own: who, what for, for whom, what is in it, and the hash of what was
//! given out. It is recorded before the file is handed over.

pub mod choice;
mod encrypt;
mod file;
mod gather;
mod journal;
mod make;
mod own;
pub mod preview;
mod report;
mod shown;
mod source;
pub mod store;

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::archive::id::{ClientId, EvidenceId, InteractionKey};
use crate::journal::append::AppendError;
use crate::journal::load::LoadError;
use crate::journal::seal::SealingError;
use crate::secrecy::KeyringError;
use crate::storage::StorageError;

pub use choice::{Choice, Withheld};
pub use encrypt::{Recipient, RecipientError};
pub use make::{Ready, make};
pub use report::Wording;
pub use shown::TEXT;

/// A package that is asked for.
#[derive(Clone)]
pub struct Request {
    pub choice: Choice,
    pub withheld: Withheld,
    /// What was looked through beforehand, by its digest: if it is something else by now, nothing is made.
    pub looked_through: Option<String>,
    /// In a line, as it stands in the package and in the journal.
    pub purpose: String,
    /// Whom it is for; stands in the journal.
    pub recipient: String,
    /// Whose key it is encrypted to.
    pub encrypt_to: Option<Recipient>,
    /// Who asks.
    pub by: String,
    /// IANA name of the zone in which the report's times are.
    pub zone_name: String,
    /// The readable report's, without which there is none.
    pub wording: Option<Arc<dyn Wording>>,
    pub watch: Watch,
}

/// Is told how far it is; called from any thread, often.
pub type Watch = Arc<dyn Fn(Stage) + Send + Sync>;

/// How far a package is. Interactions are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The journal is sealed, witnesses and authorities are asked.
    Sealing,
    Gathering {
        done: u64,
        of: u64,
    },
    /// Originals are read for the report.
    Reading {
        done: u64,
        of: u64,
    },
    /// Volumes of the report are typeset.
    Reporting {
        done: u64,
        of: u64,
    },
    Writing {
        done: u64,
        of: u64,
    },
    Encrypting,
}

impl Request {
    /// Everything of a choice, for nobody in particular.
    pub fn of(choice: Choice, by: &str) -> Request {
        Request {
            choice,
            withheld: Withheld::default(),
            looked_through: None,
            purpose: String::new(),
            recipient: String::new(),
            encrypt_to: None,
            by: by.to_owned(),
            zone_name: "UTC".to_owned(),
            wording: None,
            watch: Arc::new(|_| ()),
        }
    }

    fn show(&self, stage: Stage) {
        (self.watch)(stage);
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("Request")
            .field("choice", &self.choice)
            .finish_non_exhaustive()
    }
}

/// A package as the journal tells of it: what was given out, why, and to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    pub evidence: EvidenceId,
    pub choice: Choice,
    /// Clients of what is in it, and the one that was asked for.
    pub clients: Vec<ClientId>,
    /// What is in it, in its order.
    pub interactions: Vec<InteractionKey>,
    /// Interactions of which nothing, or not everything, is in it.
    pub withheld: u64,
    pub purpose: String,
    pub recipient: String,
    /// The key it was encrypted to, if it was.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub encrypted_to: String,
    /// Volumes of the readable report that is in it; none when it went without.
    #[serde(default)]
    pub reports: u64,
    /// Of the package before it was encrypted, in hexadecimal.
    pub sha256: String,
    pub size: u64,
}

/// Why there is no package.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    #[error("client {0} does not exist")]
    NoClient(ClientId),
    #[error("nothing that is recorded was chosen")]
    Nothing,
    #[error(
        "more than {} interactions were chosen; narrow the period, or make several packages",
        choice::MOST
    )]
    TooMany,
    #[error("what was chosen is something else by now; look it through again")]
    Changed,
    #[error("what is withheld is not among what was chosen: {0}")]
    Stray(InteractionKey),
    #[error("interaction {0} has no such part")]
    NoPart(InteractionKey),
    #[error("say why something is withheld: the reason stands in its place")]
    NoReason,
    #[error("the package could not be written: {0}")]
    File(#[from] std::io::Error),
    #[error("the package could not be written: {0}")]
    Write(#[from] kronika_evidence::WriteError),
    #[error("no proof can be made: {0}")]
    Proof(String),
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    #[error(transparent)]
    Append(#[from] AppendError),
    #[error(transparent)]
    Sealing(#[from] SealingError),
}
