//! Evidence: a client's history in one file that a stranger checks without us (`kronika-verify`, or by hand).
//!
//! What goes in is gathered and frozen first, in memory but for the originals, which are read one by one while the
//! package is written. Making one is an act of its own: who, what for, for whom, and the hash of what was given out.

mod gather;
mod journal;
mod source;
pub mod store;

use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::archive::Archive;
use crate::archive::id::ClientId;
use crate::journal::act::Act;
use crate::journal::append::AppendError;
use crate::journal::load::LoadError;
use crate::journal::perform::conclude;
use crate::journal::seal::SealingError;
use crate::journal::{cosign, timestamp};
use crate::secrecy::KeyringError;
use crate::storage::StorageError;

use gather::Gathered;
use source::Originals;

/// Why there is no package.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    #[error("client {0} does not exist")]
    NoClient(ClientId),
    #[error("there is nothing of this client yet")]
    Nothing,
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

/// What a package is made for.
#[derive(Debug, Clone, Copy)]
pub struct Purpose<'a> {
    /// In a line, as it stands in the package and in the journal.
    pub purpose: &'a str,
    pub recipient: &'a str,
    pub by: &'a str,
}

/// A package that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub items: u64,
    /// Of the file.
    pub size: u64,
    /// Of the file, in hexadecimal.
    pub sha256: String,
}

/// Writes all that is recorded with a client into a package at `out`, and records that it was made. The file is whole, or
/// not there.
pub async fn make(
    archive: &Arc<Archive>,
    client: ClientId,
    purpose: Purpose<'_>,
    out: &Path,
) -> Result<Made, EvidenceError> {
    freshen(archive).await?;
    let gathered = gather::client(archive, client, purpose).await?;
    let items = gathered.package.items.len() as u64;
    let file = write(archive.clone(), gathered, out.to_path_buf()).await?;
    let (size, sha256) = file;
    let act = Act::EvidenceMade {
        client,
        items,
        purpose: purpose.purpose.to_owned(),
        recipient: purpose.recipient.to_owned(),
        sha256: sha256.clone(),
        size,
    };
    let tx = archive.db.begin_recording().await?;
    conclude(archive, tx, act, purpose.by).await?;
    Ok(Made { items, size, sha256 })
}

/// The newest of everything: sealed, cosigned and stamped now, as far as others answer. A package is good without them
/// and better with them.
async fn freshen(archive: &Archive) -> Result<(), EvidenceError> {
    seal_and_ask(archive).await?;
    if !archive.config.timestamps.authority.is_empty() {
        if let Err(error) = timestamp::stamp(archive).await {
            tracing::warn!(%error, "nothing was stamped for a package");
        }
        // The token is an entry itself, and the checkpoint over it the newest.
        seal_and_ask(archive).await?;
    }
    Ok(())
}

async fn seal_and_ask(archive: &Archive) -> Result<(), EvidenceError> {
    archive.sealer.seal(archive).await?;
    if let Err(error) = cosign::ask_all(archive).await {
        tracing::warn!(%error, "no witness was asked for a package");
    }
    Ok(())
}

/// Writes beside the place where the package belongs, then moves it there. Gives size and hash.
async fn write(
    archive: Arc<Archive>,
    gathered: Gathered,
    out: std::path::PathBuf,
) -> Result<(u64, String), EvidenceError> {
    let runtime = tokio::runtime::Handle::current();
    let written = tokio::task::spawn_blocking(move || {
        let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
        let file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        let mut source = Originals::new(archive, runtime, &gathered);
        let mut file = kronika_evidence::write(&gathered.package, &mut source, file)?;
        file.flush()?;
        file.as_file().sync_all()?;
        let hashed = hash_of(file.path())?;
        file.persist(&out).map_err(|error| error.error)?;
        Ok::<_, EvidenceError>(hashed)
    });
    written
        .await
        .map_err(|error| EvidenceError::Proof(error.to_string()))?
}

/// Size and SHA-256 of a file.
fn hash_of(path: &Path) -> std::io::Result<(u64, String)> {
    let mut file = std::fs::File::open(path)?;
    let (mut hash, mut size, mut buffer) = (Sha256::new(), 0, vec![0; 64 * 1024]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((size, data_encoding::HEXLOWER.encode(&hash.finalize()))),
            read => {
                hash.update(&buffer[..read]);
                size += read as u64;
            }
        }
    }
}
