//! Asks witnesses to cosign the journal's checkpoints (C2SP tlog-witness).
//!
//! A witness signs only what continues what it signed before. So with enough of them, nobody who holds the journal's key
//! can keep a second history ready, put the journal back to an older state, or date a checkpoint earlier: somebody else's
//! clock and memory say otherwise. Who the witnesses are and how many must agree stands in `policy` in the archive's
//! folder, in C2SP tlog-policy syntax.

mod ask;
mod store;

use std::collections::HashMap;
use std::time::Duration;

use futures::future::join_all;
use kronika_tlog::note::Note;
use kronika_tlog::policy::{Policy, PolicyError, Witness};
use tokio::sync::watch;
use url::Url;

use crate::archive::Archive;
use crate::outgoing::{Outgoing, OutgoingError, Settings};
use crate::secrecy::KeyringError;
use crate::storage::{Conn, StorageError};

pub use ask::AskError;
pub use store::{Cosigned, Standing, standings};

/// Witnesses are asked this often even when nothing was recorded: two cosignatures under one size show that nothing was
/// slipped in between.
pub const HEARTBEAT: Duration = Duration::from_secs(600);
/// After a failure a witness is asked again after this long, then after twice as long, up to the heartbeat.
const AGAIN: Duration = Duration::from_secs(5);
/// What is recorded in quick succession is cosigned together.
const SETTLE: Duration = Duration::from_secs(1);

/// Name of the policy in the archive's folder.
pub const POLICY: &str = "policy";

/// Why witnesses cannot be asked.
#[derive(Debug, thiserror::Error)]
pub enum CosignError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    #[error("the policy could not be read: {0}")]
    File(std::io::Error),
    #[error("the policy cannot be understood: {0}")]
    Policy(#[from] PolicyError),
    #[error("the policy does not name this journal; add the line: log {0}")]
    NotOurs(String),
    #[error(transparent)]
    Outgoing(#[from] OutgoingError),
}

/// What an archive asks of its witnesses; `None` when it has no policy.
pub async fn policy(archive: &Archive) -> Result<Option<Policy>, CosignError> {
    let bytes = match std::fs::read(archive.folder.join(POLICY)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(CosignError::File(error)),
    };
    let policy = Policy::parse(&bytes)?;
    let ours = archive.sealer.verifier(archive).await?;
    if policy.logs().iter().any(|log| log.key == ours) {
        Ok(Some(policy))
    } else {
        Err(CosignError::NotOurs(ours.to_string()))
    }
}

/// A checkpoint that enough witnesses cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witnessed {
    pub size: u64,
    /// When the journal signed it (microseconds).
    pub signed_at: i64,
    /// With all signatures, ready to be checked against the policy.
    pub note: String,
    /// Who cosigned, by the name of their key, and when by their own clock (microseconds).
    pub by: Vec<(String, i64)>,
}

impl Witnessed {
    /// Since when enough of them have known it (microseconds).
    pub fn since(&self) -> i64 {
        self.by.iter().map(|(_, at)| *at).max().unwrap_or_default()
    }
}

/// The first checkpoint over more than `index` entries that the policy accepts.
pub async fn witnessed(
    conn: &mut Conn,
    policy: &Policy,
    index: u64,
) -> Result<Option<Witnessed>, StorageError> {
    if policy.trusts_logs_alone() {
        return Ok(None);
    }
    for (size, signed_at, note) in store::cosigned_after(conn, index).await? {
        let Ok(mut note) = Note::parse(note.as_bytes()) else {
            continue;
        };
        for cosigned in store::first_of_each(conn, size).await? {
            if let Ok(signature) = cosigned.line.parse() {
                let _ = note.add(signature);
            }
        }
        if let Ok(endorsed) = policy.endorse(&note) {
            let by = endorsed.cosigned.iter();
            let by = by.map(|one| {
                (
                    one.witness.key.name().to_owned(),
                    one.at.cast_signed() * 1_000_000,
                )
            });
            return Ok(Some(Witnessed {
                size: size.unsigned_abs(),
                signed_at,
                by: by.collect(),
                note: note.to_string(),
            }));
        }
    }
    Ok(None)
}

/// A client for the witnesses of a policy. Whoever wrote the policy meant their hosts to be asked, wherever they are.
fn client(archive: &Archive, policy: &Policy) -> Result<Outgoing, OutgoingError> {
    let mut settings = Settings::clone(&archive.config.outgoing);
    let hosts = policy.witnesses().iter().filter_map(url_of);
    settings
        .allow
        .extend(hosts.filter_map(|url| Some(url.host_str()?.to_owned())));
    Outgoing::new(&settings)
}

/// Where a witness is asked.
fn url_of(witness: &Witness) -> Option<Url> {
    let url = witness.url.as_ref()?.to_string();
    Url::parse(&format!("{}/", url.trim_end_matches('/'))).ok()
}

/// Asks all witnesses once; gives what came of each that has an address.
pub async fn ask_all(archive: &Archive) -> Result<Vec<(String, Result<u64, AskError>)>, CosignError> {
    let Some(policy) = policy(archive).await? else {
        return Ok(Vec::new());
    };
    let client = client(archive, &policy)?;
    let asked = policy.witnesses().iter().filter_map(|witness| {
        let url = url_of(witness)?;
        let client = &client;
        Some(async move {
            let outcome = ask::ask(archive, client, (&witness.key, &url)).await;
            (witness.key.name().to_owned(), outcome)
        })
    });
    Ok(join_all(asked).await)
}

/// Asks after every checkpoint and at every heartbeat, for as long as the server runs.
pub async fn run(archive: &Archive) {
    let mut failures: HashMap<String, u32> = HashMap::new();
    let mut sealed = archive.sealer.watch();
    loop {
        sealed.borrow_and_update();
        match ask_all(archive).await {
            Ok(outcomes) => {
                for (witness, outcome) in outcomes {
                    match outcome {
                        Ok(_) => drop(failures.remove(&witness)),
                        Err(error) => {
                            tracing::warn!(witness, %error, "a witness did not cosign");
                            *failures.entry(witness).or_default() += 1;
                        }
                    }
                }
            }
            Err(error) => tracing::error!(%error, "no witness can be asked"),
        }
        wait(&mut sealed, failures.values().min().copied()).await;
    }
}

/// Waits for the next checkpoint, the heartbeat, or the next try of who failed.
async fn wait(sealed: &mut watch::Receiver<()>, failed: Option<u32>) {
    let pause = match failed {
        None => HEARTBEAT,
        Some(times) => HEARTBEAT.min(AGAIN * 2_u32.saturating_pow(times.saturating_sub(1).min(10))),
    };
    tokio::select! {
        _ = sealed.changed() => tokio::time::sleep(SETTLE).await,
        () = tokio::time::sleep(pause) => {}
    }
}
