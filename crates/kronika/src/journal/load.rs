//! Opens records again: key, metadata, original.

use kronika_tlog::commitment::RecordSalt;

use super::act::Meta;
use super::append::binding;
use super::store::{self, RecordRow};
use crate::archive::Archive;
use crate::archive::id::RecordId;
use crate::secrecy::{Content, KeyringError, RecordKey, SealError, open_stream};
use crate::storage::{Conn, StorageError};

/// The record's salt stands before the metadata, inside the ciphertext: it dies with it.
const SALT: usize = 32;

#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error("the metadata of record {record} cannot be understood: {why}")]
    Meta { record: RecordId, why: String },
    #[error("record {0} does not exist")]
    Absent(RecordId),
}

/// A record whose metadata is open.
pub struct Opened {
    pub row: RecordRow,
    pub key: RecordKey,
    pub salt: RecordSalt,
    /// The exact bytes that were committed.
    pub meta_bytes: Vec<u8>,
}

impl Opened {
    pub fn meta(&self) -> Result<Meta, LoadError> {
        serde_json::from_slice(&self.meta_bytes).map_err(|error| LoadError::Meta {
            record: self.row.id,
            why: error.to_string(),
        })
    }
}

/// Opens a record by its id.
pub async fn open(archive: &Archive, conn: &mut Conn, record: RecordId) -> Result<Opened, LoadError> {
    let row = store::record(conn, record)
        .await?
        .ok_or(LoadError::Absent(record))?;
    let wraps = store::wraps(conn, record).await?;
    let key = archive.keyring.unwrap(&wraps).await?;
    open_row(&archive.config.origin, row, key)
}

/// Opens a record's metadata with its key.
pub fn open_row(origin: &str, mut row: RecordRow, key: RecordKey) -> Result<Opened, LoadError> {
    let bound_to = row
        .parts
        .first()
        .map(|part| binding(origin, part))
        .unwrap_or_default();
    let mut plain = key.open(std::mem::take(&mut row.sealed_meta), &bound_to)?;
    if plain.len() < SALT {
        return Err(SealError::NotOpened.into());
    }
    let meta_bytes = plain.split_off(SALT);
    let salt: [u8; SALT] = plain.try_into().map_err(|_| SealError::NotOpened)?;
    Ok(Opened {
        row,
        key,
        salt: RecordSalt::from(salt),
        meta_bytes,
    })
}

/// The original bytes of an opened record; `None` when the act had none.
pub async fn original(archive: &Archive, opened: &mut Opened) -> Result<Option<Vec<u8>>, LoadError> {
    let Some(part) = opened.row.parts.get(1) else {
        return Ok(None);
    };
    let bound_to = binding(&archive.config.origin, part);
    let packed = match (opened.row.sealed_content.take(), &opened.row.content_object) {
        (Some(sealed), _) => opened.key.open(sealed, &bound_to)?,
        (None, Some(name)) => open_stream(&opened.key, &archive.objects.get(name).await?, &bound_to)?,
        (None, None) => return Ok(None),
    };
    Ok(Some(Content::unpack(packed)?))
}
