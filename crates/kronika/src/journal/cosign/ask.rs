//! One witness, asked for one cosignature.

use kronika_tlog::TreeHead;
use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::note::{Note, NoteError, VerifierKey};
use kronika_tlog::tile::{TileReader, tiles_of_frontier, tiles_of_spans};
use kronika_tlog::tree::{Frontier, consistency_spans, prove_consistency};
use kronika_tlog::witness::{AddCheckpoint, monitoring_path, read_conflict, read_cosignatures};
use url::Url;

use super::store::{self, Cosigned};
use crate::archive::Archive;
use crate::journal::seal::{self, load_tiles};
use crate::journal::store::latest_checkpoint;
use crate::outgoing::{Outgoing, OutgoingError};
use crate::secrecy::KeyringError;
use crate::storage::{Conn, StorageError};

/// Why a witness did not cosign.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    #[error(transparent)]
    Outgoing(#[from] OutgoingError),
    #[error("nothing is sealed yet")]
    Nothing,
    #[error("it does not know this journal: its owner adds it with `kronika witness know`")]
    Unknown,
    #[error("it answered with status {0}")]
    Status(u16),
    #[error("its answer makes no sense")]
    Senseless,
    #[error("its signature does not hold: {0}")]
    Signature(#[from] NoteError),
    #[error("it cosigned {theirs} entries and the archive has {ours}, but it does not show them")]
    Claims { theirs: u64, ours: u64 },
    #[error(
        "it cosigned another history of this journal, of {theirs} entries where the archive has {ours}: the archive was \
         put back to an older state, or runs twice. Nothing is sealed any more; see docs/OPERATE.md"
    )]
    OtherHistory { theirs: u64, ours: u64 },
    #[error("no proof can be made: {0}")]
    Tree(String),
}

const CODES: [&str; 7] = [
    "witness-refused",
    "witness-unreachable",
    "witness-unknown",
    "witness-other-history",
    "witness-claims",
    "witness-signature",
    "witness-failed",
];

impl AskError {
    /// A code that was written down.
    pub fn known_code(code: &str) -> &'static str {
        let known = CODES.into_iter().find(|known| *known == code);
        known.unwrap_or("witness-failed")
    }

    /// The key of a text that says it.
    pub fn code(&self) -> &'static str {
        match self {
            AskError::Outgoing(OutgoingError::Refused | OutgoingError::Scheme) => "witness-refused",
            AskError::Outgoing(_) => "witness-unreachable",
            AskError::Unknown => "witness-unknown",
            AskError::OtherHistory { .. } => "witness-other-history",
            AskError::Claims { .. } => "witness-claims",
            AskError::Signature(_) => "witness-signature",
            _ => "witness-failed",
        }
    }
}

/// Asks a witness to cosign the newest checkpoint; gives its size.
pub async fn ask(
    archive: &Archive,
    client: &Outgoing,
    (witness, url): (&VerifierKey, &Url),
) -> Result<u64, AskError> {
    let outcome = try_twice(archive, client, (witness, url)).await;
    let mut tx = archive.db.begin().await?;
    let now = archive.clock.now();
    let (name, noted) = (witness.to_string(), outcome.as_ref().map(|size| *size));
    store::note_try(&mut tx, &name, now, noted.map_err(AskError::code)).await?;
    tx.commit().await?;
    outcome
}

/// Once from what we believe it knows, and once more from what it says it knows.
async fn try_twice(
    archive: &Archive,
    client: &Outgoing,
    (witness, url): (&VerifierKey, &Url),
) -> Result<u64, AskError> {
    let mut conn = archive.db.read().await?;
    let newest = latest_checkpoint(&mut conn).await?;
    let (size, _, note) = newest.ok_or(AskError::Nothing)?;
    let (size, note) = (size.unsigned_abs(), Note::parse(note.as_bytes())?);
    let believed = store::size_at(&mut conn, &witness.to_string()).await?.min(size);
    let mut answer = send(&mut conn, client, url, (believed, size, &note)).await?;
    if answer.status() == 409 {
        let body = String::from_utf8_lossy(answer.body()).into_owned();
        let theirs = read_conflict(&body).ok_or(AskError::Senseless)?;
        if theirs > size {
            return Err(look_at_theirs(archive, client, url, size).await?);
        }
        answer = send(&mut conn, client, url, (theirs, size, &note)).await?;
    }
    match answer.status().as_u16() {
        200 => {
            let body = String::from_utf8(answer.into_body()).map_err(|_| AskError::Senseless)?;
            keep(archive, (size, &note), (witness, &body)).await?;
            Ok(size)
        }
        404 => Err(AskError::Unknown),
        422 => Err(look_at_theirs(archive, client, url, size).await?),
        other => Err(AskError::Status(other)),
    }
}

async fn send(
    conn: &mut Conn,
    client: &Outgoing,
    url: &Url,
    (old, size, note): (u64, u64, &Note),
) -> Result<http::Response<Vec<u8>>, AskError> {
    let failed = |error: &dyn std::fmt::Display| AskError::Tree(error.to_string());
    let proof = match old {
        0 => Vec::new(),
        _ => {
            let spans = consistency_spans(old, size).map_err(|error| failed(&error))?;
            let tiles = load_tiles(conn, tiles_of_spans(&spans, size)).await?;
            let mut reader = TileReader::new(size, tiles);
            prove_consistency(old, size, &mut reader).map_err(|error| failed(&error))?
        }
    };
    let request = AddCheckpoint::new(old, proof, note.clone()).map_err(|error| failed(&error))?;
    let url = url.join("add-checkpoint").map_err(|_| AskError::Senseless)?;
    let request = http::Request::post(url.as_str()).body(request.to_string().into_bytes());
    let request = request.map_err(|_| AskError::Senseless)?;
    Ok(client.request(request).await?)
}

async fn keep(
    archive: &Archive,
    (size, note): (u64, &Note),
    (witness, body): (&VerifierKey, &str),
) -> Result<(), AskError> {
    let lines = read_cosignatures(body, note, std::slice::from_ref(witness))?;
    let mut tx = archive.db.begin().await?;
    for line in lines {
        let mut with = note.clone();
        with.add(line.clone())?;
        let at = with.verify(std::slice::from_ref(witness))?;
        let at = at.first().and_then(|verified| verified.cosigned_at);
        let cosigned = Cosigned {
            witness: witness.to_string(),
            cosigned_at: at.unwrap_or_default().cast_signed().saturating_mul(1_000_000),
            line: line.to_string(),
        };
        store::insert(&mut tx, size, &cosigned).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A witness says that it cosigned what we do not have. It has to show it: only our own signature under another history
/// stops the sealer, a witness's word does not.
async fn look_at_theirs(
    archive: &Archive,
    client: &Outgoing,
    url: &Url,
    ours: u64,
) -> Result<AskError, AskError> {
    let path = monitoring_path(&archive.config.origin);
    let url = url.join(&path).map_err(|_| AskError::Senseless)?;
    let request = http::Request::get(url.as_str()).body(Vec::new());
    let answer = client.request(request.map_err(|_| AskError::Senseless)?).await?;
    let key = archive.sealer.verifier(archive).await?;
    let shown = Note::parse(answer.body()).ok();
    let signed = shown.and_then(|note| Some((Checkpoint::open(&note, &key).ok()?.head(), note)));
    let Some((head, note)) = signed else {
        return Ok(AskError::Claims { theirs: 0, ours });
    };
    if head.size <= ours && head_at(archive, head.size).await? == head {
        return Ok(AskError::Senseless);
    }
    seal::keep_other_history(archive, &note);
    Ok(AskError::OtherHistory {
        theirs: head.size,
        ours,
    })
}

/// Our own tree when it had this size.
async fn head_at(archive: &Archive, size: u64) -> Result<TreeHead, AskError> {
    let mut conn = archive.db.read().await?;
    let tiles = load_tiles(&mut conn, tiles_of_frontier(size)).await?;
    let mut reader = TileReader::new(size, tiles);
    let frontier = Frontier::read(size, &mut reader).map_err(|error| AskError::Tree(error.to_string()))?;
    Ok(frontier.head())
}
