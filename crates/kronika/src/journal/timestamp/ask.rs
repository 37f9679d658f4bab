//! One checkpoint, stamped by the first authority that answers.

use data_encoding::BASE64;
use http::header::CONTENT_TYPE;
use kronika_timestamp::{Imprint, Malformed, Request, Response, TimestampError, Verified, verify};

use super::{Authority, TrustError, client, store, trust};
use crate::archive::Archive;
use crate::journal::act::Act;
use crate::journal::append::AppendError;
use crate::journal::cosign;
use crate::journal::perform::conclude;
use crate::journal::store::latest_checkpoint;
use crate::outgoing::{Outgoing, OutgoingError};
use crate::storage::StorageError;

/// Why nothing was stamped.
#[derive(Debug, thiserror::Error)]
pub enum StampError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Append(#[from] AppendError),
    #[error(transparent)]
    Outgoing(#[from] OutgoingError),
    #[error(transparent)]
    Trust(#[from] TrustError),
    #[error(transparent)]
    Token(#[from] TimestampError),
    #[error("its answer is none: {0}")]
    Malformed(#[from] Malformed),
    #[error("it answered with status {0}")]
    Status(u16),
    #[error("its address is none")]
    Address,
    #[error("no authority is named in kronika.toml, under [timestamps]")]
    NoAuthority,
    #[error("nothing is sealed yet")]
    Nothing,
}

impl StampError {
    /// The key of a text that says it.
    pub fn code(&self) -> &'static str {
        match self {
            StampError::Outgoing(_) => "authority-unreachable",
            StampError::Trust(TrustError::File { .. } | TrustError::Certificates { .. }) => "authority-roots",
            StampError::Token(_) | StampError::Trust(_) => "authority-token",
            _ => "authority-failed",
        }
    }

    /// A code that was written down.
    pub fn known_code(code: &str) -> &'static str {
        let known = ["authority-unreachable", "authority-roots", "authority-token"];
        known
            .into_iter()
            .find(|known| *known == code)
            .unwrap_or("authority-failed")
    }
}

/// A checkpoint that was stamped.
#[derive(Debug, Clone)]
pub struct Stamped {
    pub size: u64,
    /// What we call the authority.
    pub authority: String,
    /// By the authority's clock (microseconds).
    pub stamped_at: i64,
}

/// Has the newest checkpoint stamped, with the cosignatures it has, and records the token.
pub async fn stamp(archive: &Archive) -> Result<Stamped, StampError> {
    let authorities = &archive.config.timestamps.authority;
    let (size, note) = newest(archive).await?;
    let client = client(archive)?;
    let mut last = StampError::NoAuthority;
    for authority in authorities {
        let asked = ask(archive, &client, authority, &note).await;
        note_try(archive, &authority.name, asked.as_ref().err()).await?;
        match asked {
            Ok((token, verified)) => return keep(archive, (size, note), (authority, token, verified)).await,
            Err(error) => {
                tracing::warn!(authority = authority.name, %error, "an authority did not stamp");
                last = error;
            }
        }
    }
    Err(last)
}

async fn newest(archive: &Archive) -> Result<(u64, String), StampError> {
    let conn = &mut archive.db.read().await?;
    let (size, _, note) = latest_checkpoint(conn).await?.ok_or(StampError::Nothing)?;
    let size = size.unsigned_abs();
    let cosigned = match cosign::policy(archive).await {
        Ok(Some(policy)) => cosign::witnessed(conn, &policy, size.saturating_sub(1)).await?,
        _ => None,
    };
    Ok((size, cosigned.map_or(note, |cosigned| cosigned.note)))
}

async fn ask(
    archive: &Archive,
    client: &Outgoing,
    authority: &Authority,
    note: &str,
) -> Result<(Vec<u8>, Verified), StampError> {
    let trust = trust::of(authority)?;
    let request = Request::new(Imprint::sha256(note.as_bytes()), rand::random());
    let sent = http::Request::post(authority.url.as_str())
        .header(CONTENT_TYPE, "application/timestamp-query")
        .body(request.to_der());
    let answer = client.request(sent.map_err(|_| StampError::Address)?).await?;
    if answer.status() != 200 {
        return Err(StampError::Status(answer.status().as_u16()));
    }
    let token = Response::parse(answer.body())?.into_token()?;
    let verified = verify(&token, &request.expected(), &trust, archive.clock.now())?;
    Ok((token.as_bytes().to_vec(), verified))
}

async fn note_try(archive: &Archive, name: &str, failed: Option<&StampError>) -> Result<(), StorageError> {
    let mut tx = archive.db.begin().await?;
    store::note_try(&mut tx, name, archive.clock.now(), failed.map(StampError::code)).await?;
    tx.commit().await
}

async fn keep(
    archive: &Archive,
    (size, note): (u64, String),
    (authority, token, verified): (&Authority, Vec<u8>, Verified),
) -> Result<Stamped, StampError> {
    let act = Act::Timestamped {
        authority: authority.name.clone(),
        size,
        note,
        token: BASE64.encode(&token),
        stamped_at: verified.latest(),
    };
    let tx = archive.db.begin_recording().await?;
    conclude(archive, tx, act, "kronika").await?;
    Ok(Stamped {
        size,
        authority: authority.name.clone(),
        stamped_at: verified.latest(),
    })
}
