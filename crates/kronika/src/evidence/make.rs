//! Making a package: fresh seals, what was chosen, the file, and the record that it was made.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use super::choice::{self, Chosen, Withheld};
use super::gather::{Gathered, gather};
use super::report;
use super::source::Originals;
use super::{EvidenceError, Given, Request, Stage, Watch};
use crate::access::Scope;
use crate::archive::Archive;
use crate::archive::id::{EvidenceId, InteractionKey};
use crate::client::store as clients;
use crate::journal::act::Act;
use crate::journal::perform::conclude;
use crate::journal::{cosign, timestamp};
use crate::storage::StorageError;

/// A package that was made and recorded.
#[derive(Debug)]
pub struct Ready {
    pub given: Given,
    /// Without a name: gone when it is dropped, or with the program.
    pub file: File,
}

/// Makes a package of what is chosen and seen, in a nameless file of `folder`, and records it.
pub async fn make(
    archive: &Arc<Archive>,
    (id, request): (EvidenceId, &Request),
    (scope, zone): (Scope<'_>, &TimeZone),
    folder: &Path,
) -> Result<Ready, EvidenceError> {
    if !request.withheld.is_empty() && request.withheld.reason.trim().is_empty() {
        return Err(EvidenceError::NoReason);
    }
    request.show(Stage::Sealing);
    freshen(archive).await?;
    let chosen = chosen(archive, request, (scope, zone)).await?;
    let mut gathered = gather(archive, (id, request), (&chosen, scope)).await?;
    gathered.package.description = describe(archive, request, &gathered).await?;
    report::add(archive, (id, request), (&mut gathered, scope)).await?;
    let reports = gathered.package.reports.len() as u64;
    let interactions: Vec<InteractionKey> =
        gathered.sources.iter().map(|source| source.interaction).collect();
    let written = write(archive.clone(), gathered, request, folder).await?;
    let given = Given {
        evidence: id,
        clients: clients_of(archive, request, &interactions).await?,
        withheld: withheld(&request.withheld, &chosen),
        interactions,
        choice: request.choice.clone(),
        purpose: request.purpose.clone(),
        recipient: request.recipient.clone(),
        encrypted_to: request
            .encrypt_to
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
        reports,
        sha256: written.sha256,
        size: written.size,
    };
    let tx = archive.db.begin_recording().await?;
    conclude(
        archive,
        tx,
        Act::EvidenceMade(Box::new(given.clone())),
        &request.by,
    )
    .await?;
    Ok(Ready {
        given,
        file: written.file,
    })
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

async fn chosen(
    archive: &Archive,
    request: &Request,
    (scope, zone): (Scope<'_>, &TimeZone),
) -> Result<Vec<Chosen>, EvidenceError> {
    let conn = &mut archive.db.read().await?;
    let chosen = request.choice.find(conn, scope, zone).await?;
    if let Some(looked_through) = &request.looked_through
        && *looked_through != choice::digest(&chosen)
    {
        return Err(EvidenceError::Changed);
    }
    match choice::stray(&request.withheld, &chosen) {
        Some(stray) => Err(EvidenceError::Stray(stray)),
        None => Ok(chosen),
    }
}

/// What it is, in a line of English, as the rest of a bag's information.
async fn describe(
    archive: &Archive,
    request: &Request,
    gathered: &Gathered,
) -> Result<String, EvidenceError> {
    let of = match request.choice.client {
        None => "Recorded interactions".to_owned(),
        Some(client) => {
            let conn = &mut archive.db.read().await?;
            let found = clients::find(conn, client).await?;
            let name = found.ok_or(EvidenceError::NoClient(client))?.facts.name;
            match request.choice.is_whole_client() && gathered.is_everything() {
                true => format!("All that is recorded with {name}"),
                false => format!("Some of what is recorded with {name}"),
            }
        }
    };
    Ok(match request.purpose.as_str() {
        "" => of,
        purpose => format!("{of}: {purpose}"),
    })
}

async fn clients_of(
    archive: &Archive,
    request: &Request,
    interactions: &[InteractionKey],
) -> Result<Vec<crate::archive::id::ClientId>, StorageError> {
    let mut clients = choice::clients(&mut archive.db.read().await?, interactions).await?;
    clients.extend(request.choice.client.filter(|client| !clients.contains(client)));
    Ok(clients)
}

fn withheld(withheld: &Withheld, chosen: &[Chosen]) -> u64 {
    let of = chosen.iter().map(|one| one.interaction);
    of.filter(|key| withheld.interactions.contains(key) || withheld.has_part_of(*key))
        .count() as u64
}

struct Written {
    file: File,
    size: u64,
    sha256: String,
}

/// Writes the file, on a thread of its own.
async fn write(
    archive: Arc<Archive>,
    gathered: Gathered,
    request: &Request,
    folder: &Path,
) -> Result<Written, EvidenceError> {
    let (watch, folder) = (request.watch.clone(), folder.to_path_buf());
    let encrypt_to = request.encrypt_to.clone();
    let writing = tokio::task::spawn_blocking(move || {
        let mut written = write_plain(archive, &gathered, (&folder, watch.clone()))?;
        if let Some(recipient) = encrypt_to {
            watch(Stage::Encrypting);
            let mut plain = std::mem::replace(&mut written.file, tempfile::tempfile_in(&folder)?);
            plain.seek(SeekFrom::Start(0))?;
            recipient.encrypt(&mut plain, &mut written.file)?;
        }
        written.file.sync_all()?;
        written.file.seek(SeekFrom::Start(0))?;
        Ok(written)
    });
    writing
        .await
        .map_err(|error| EvidenceError::Proof(error.to_string()))?
}

fn write_plain(
    archive: Arc<Archive>,
    gathered: &Gathered,
    (folder, watch): (&Path, Watch),
) -> Result<Written, EvidenceError> {
    let mut source = Originals::new(archive, watch, gathered);
    let mut file = kronika_evidence::write(&gathered.package, &mut source, tempfile::tempfile_in(folder)?)?;
    file.flush()?;
    let (size, sha256) = hash_of(&mut file)?;
    Ok(Written { file, size, sha256 })
}

/// Size and SHA-256 of a file.
fn hash_of(file: &mut (impl Read + Seek)) -> std::io::Result<(u64, String)> {
    file.seek(SeekFrom::Start(0))?;
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
