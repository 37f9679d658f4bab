//! The journal's tables.

use std::collections::HashMap;

use kronika_tlog::Hash;
use kronika_tlog::commitment::Kind;
use sqlx::AssertSqlSafe;

use crate::archive::id::{ClientId, RecordId};
use crate::on_db;
use crate::storage::bulk::{self, Value, placeholders};
use crate::storage::{Conn, StorageError};

/// One row of `record`: what is stored of an act for as long as the archive exists.
#[derive(Debug, Clone)]
pub struct RecordRow {
    pub id: RecordId,
    pub kind: Kind,
    pub captured_at: i64,
    pub commitment: Hash,
    /// Commitments of all parts; the first is the metadata's.
    pub parts: Vec<Hash>,
    pub sealed_meta: Vec<u8>,
    pub sealed_content: Option<Vec<u8>>,
    pub content_object: Option<String>,
    pub content_size: usize,
}

const COLUMNS: &[&str] = &[
    "id",
    "kind",
    "captured_at",
    "commitment",
    "part_hashes",
    "sealed_meta",
    "sealed_content",
    "content_object",
    "content_size",
];

/// Inserts records and puts each before the sealer.
pub async fn insert_records(conn: &mut Conn, rows: &[RecordRow]) -> Result<(), StorageError> {
    let part_hashes: Vec<Vec<u8>> = rows.iter().map(|row| joined(&row.parts)).collect();
    let values: Vec<Vec<Value<'_>>> = rows
        .iter()
        .zip(&part_hashes)
        .map(|(row, part_hashes)| {
            vec![
                Value::Int(row.id.0),
                Value::Int(i64::from(row.kind as u8)),
                Value::Int(row.captured_at),
                Value::Bytes(row.commitment.as_bytes()),
                Value::Bytes(part_hashes),
                Value::Bytes(&row.sealed_meta),
                Value::MaybeBytes(row.sealed_content.as_deref()),
                Value::MaybeText(row.content_object.as_deref()),
                Value::Int(i64::try_from(row.content_size).unwrap_or(i64::MAX)),
            ]
        })
        .collect();
    bulk::insert(conn, ("record", COLUMNS), &values, "").await?;
    let pending: Vec<Vec<Value<'_>>> = rows.iter().map(|row| vec![Value::Int(row.id.0)]).collect();
    bulk::insert(conn, ("journal_pending", &["record_id"]), &pending, "").await
}

/// `(record, key id, wrapped key)`; a wrap that exists stays.
pub async fn insert_wraps(conn: &mut Conn, wraps: &[(i64, i64, Vec<u8>)]) -> Result<(), StorageError> {
    let values: Vec<Vec<Value<'_>>> = wraps
        .iter()
        .map(|(record, kek, wrapped)| vec![Value::Int(*record), Value::Int(*kek), Value::Bytes(wrapped)])
        .collect();
    let target = ("record_key", ["record_id", "kek_id", "wrapped"].as_slice());
    bulk::insert(conn, target, &values, "ON CONFLICT DO NOTHING").await
}

/// All wraps of a record's key.
pub async fn wraps(conn: &mut Conn, record: RecordId) -> Result<Vec<(i64, Vec<u8>)>, StorageError> {
    const SQL: &str = "SELECT kek_id, wrapped FROM record_key WHERE record_id = $1 ORDER BY kek_id";
    on_db!(conn, c => sqlx::query_as(SQL).bind(record.0).fetch_all(c).await)
}

pub async fn delete_wrap(conn: &mut Conn, record: RecordId, kek: i64) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM record_key WHERE record_id = $1 AND kek_id = $2";
    on_db!(conn, c => sqlx::query(SQL).bind(record.0).bind(kek).execute(c).await.map(drop))
}

/// The last number and commitment in each client's file.
pub async fn file_heads(
    conn: &mut Conn,
    clients: &[ClientId],
) -> Result<HashMap<ClientId, (i64, Hash)>, StorageError> {
    let mut heads = HashMap::new();
    for some in clients.chunks(500) {
        let sql = format!(
            "SELECT client_id, number, commitment FROM client_file WHERE client_id IN ({})",
            placeholders(0, some.len())
        );
        let rows: Vec<(i64, i64, Vec<u8>)> = on_db!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for client in some {
                query = query.bind(client.0);
            }
            query.fetch_all(c).await
        })?;
        for (client, number, commitment) in rows {
            heads.insert(ClientId(client), (number, hash(&commitment)?));
        }
    }
    Ok(heads)
}

pub async fn set_file_heads(
    conn: &mut Conn,
    heads: &HashMap<ClientId, (i64, Hash)>,
) -> Result<(), StorageError> {
    let rows: Vec<Vec<Value<'_>>> = heads
        .iter()
        .map(|(client, (number, commitment))| {
            vec![
                Value::Int(client.0),
                Value::Int(*number),
                Value::Bytes(commitment.as_bytes()),
            ]
        })
        .collect();
    let target = ("client_file", ["client_id", "number", "commitment"].as_slice());
    let newer =
        "ON CONFLICT (client_id) DO UPDATE SET number = excluded.number, commitment = excluded.commitment";
    bulk::insert(conn, target, &rows, newer).await
}

/// How many records wait for the sealer.
pub async fn count_pending(conn: &mut Conn) -> Result<u64, StorageError> {
    const SQL: &str = "SELECT COUNT(*) FROM journal_pending";
    let count: i64 = on_db!(conn, c => sqlx::query_scalar(SQL).fetch_one(c).await)?;
    Ok(count.unsigned_abs())
}

/// Records that wait for the sealer, oldest first.
pub async fn pending(conn: &mut Conn, limit: i64) -> Result<Vec<Pending>, StorageError> {
    const SQL: &str =
        "SELECT r.id, r.kind, r.commitment FROM journal_pending p JOIN record r ON r.id = p.record_id
        ORDER BY p.record_id LIMIT $1";
    let rows: Vec<(i64, i64, Vec<u8>)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(limit).fetch_all(c).await)?;
    rows.into_iter()
        .map(|(id, kind, commitment)| {
            Ok(Pending {
                record: RecordId(id),
                kind: kind_of(kind)?,
                commitment: hash(&commitment)?,
            })
        })
        .collect()
}

pub struct Pending {
    pub record: RecordId,
    pub kind: Kind,
    pub commitment: Hash,
}

/// The newest checkpoint: size, when it was signed, the signed note.
pub async fn latest_checkpoint(conn: &mut Conn) -> Result<Option<(i64, i64, String)>, StorageError> {
    const SQL: &str = "SELECT size, signed_at, note FROM journal_checkpoint ORDER BY size DESC LIMIT 1";
    on_db!(conn, c => sqlx::query_as(SQL).fetch_optional(c).await)
}

/// Where a record stands in the journal, and when it was sealed there; `None` while it waits.
pub async fn position(conn: &mut Conn, record: RecordId) -> Result<Option<(i64, i64)>, StorageError> {
    const SQL: &str = "SELECT position, logged_at FROM journal_leaf WHERE record_id = $1";
    on_db!(conn, c => sqlx::query_as(SQL).bind(record.0).fetch_optional(c).await)
}

/// One record with everything needed to open it.
pub async fn record(conn: &mut Conn, id: RecordId) -> Result<Option<RecordRow>, StorageError> {
    const SQL: &str = "SELECT id, kind, captured_at, commitment, part_hashes, sealed_meta, sealed_content,
        content_object, content_size FROM record WHERE id = $1";
    let row: Option<RecordTuple> = on_db!(conn, c => sqlx::query_as(SQL).bind(id.0).fetch_optional(c).await)?;
    row.map(RecordRow::try_from).transpose()
}

pub type RecordTuple = (
    i64,
    i64,
    i64,
    Vec<u8>,
    Vec<u8>,
    Vec<u8>,
    Option<Vec<u8>>,
    Option<String>,
    i64,
);

impl TryFrom<RecordTuple> for RecordRow {
    type Error = StorageError;

    fn try_from(row: RecordTuple) -> Result<RecordRow, StorageError> {
        Ok(RecordRow {
            id: RecordId(row.0),
            kind: kind_of(row.1)?,
            captured_at: row.2,
            commitment: hash(&row.3)?,
            parts: row.4.chunks(Hash::SIZE).map(hash).collect::<Result<_, _>>()?,
            sealed_meta: row.5,
            sealed_content: row.6,
            content_object: row.7,
            content_size: usize::try_from(row.8).unwrap_or(0),
        })
    }
}

pub fn hash(bytes: &[u8]) -> Result<Hash, StorageError> {
    let bytes: [u8; Hash::SIZE] = bytes
        .try_into()
        .map_err(|_| StorageError::Inconsistent("a stored hash is not 32 bytes".to_owned()))?;
    Ok(Hash::from(bytes))
}

fn kind_of(number: i64) -> Result<Kind, StorageError> {
    u8::try_from(number)
        .ok()
        .and_then(Kind::from_number)
        .ok_or_else(|| StorageError::Inconsistent(format!("a record is of the unknown kind {number}")))
}

fn joined(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
}
