//! Opens records again: key, metadata, original.

use kronika_tlog::commitment::RecordSalt;

use super::act::Meta;
use super::append::binding;
use super::store::{self, RecordRow};
use crate::archive::Archive;
use crate::archive::id::RecordId;
use crate::on_db;
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
        // Whatever was committed to was stored, and be it empty.
        (None, None) => {
            let what = format!("the original of record {} is gone", opened.row.id);
            return Err(StorageError::Inconsistent(what).into());
        }
    };
    Ok(Some(Content::unpack(packed)?))
}

/// An entry of the journal without its original.
pub struct Entry {
    pub position: i64,
    pub record: RecordId,
    /// None when its key was destroyed, or it cannot be understood.
    pub meta: Option<Meta>,
}

/// Entries from a position on, in their order.
pub async fn entries(
    archive: &Archive,
    conn: &mut Conn,
    from: i64,
    limit: i64,
) -> Result<Vec<Entry>, LoadError> {
    const SQL: &str = "SELECT l.position, r.id, r.part_hashes, r.sealed_meta FROM journal_leaf l
        JOIN record r ON r.id = l.record_id WHERE l.position >= $1 ORDER BY l.position LIMIT $2";
    type Row = (i64, i64, Vec<u8>, Vec<u8>);
    let rows: Vec<Row> = on_db!(conn, c => sqlx::query_as(SQL).bind(from).bind(limit).fetch_all(c).await)?;
    let mut entries = Vec::with_capacity(rows.len());
    for (position, record, parts, sealed) in rows {
        let record = RecordId(record);
        let wraps = store::wraps(conn, record).await?;
        let meta = match archive.keyring.unwrap(&wraps).await {
            Ok(key) => meta_of(archive, &key, &parts, sealed),
            Err(KeyringError::Absent(_) | KeyringError::Seal(_)) => None,
            Err(error) => return Err(error.into()),
        };
        entries.push(Entry {
            position,
            record,
            meta,
        });
    }
    Ok(entries)
}

fn meta_of(archive: &Archive, key: &RecordKey, parts: &[u8], sealed: Vec<u8>) -> Option<Meta> {
    let first = store::hash(parts.get(..kronika_tlog::Hash::SIZE)?).ok()?;
    let plain = key.open(sealed, &binding(&archive.config.origin, &first)).ok()?;
    serde_json::from_slice(plain.get(SALT..)?).ok()
}
