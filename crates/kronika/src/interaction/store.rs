//! What the archive knows already, looked up for many messages at once.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use sqlx::AssertSqlSafe;

use crate::archive::id::InteractionKey;
use crate::on_db;
use crate::storage::bulk::placeholders;
use crate::storage::{Conn, StorageError};

/// How many values one IN list carries.
const AT_ONCE: usize = 400;

/// An interaction known by its content.
#[derive(Debug, Clone, Copy)]
pub struct KnownContent {
    pub interaction: InteractionKey,
    /// SHA-256 of its exact bytes.
    pub digest: [u8; 32],
}

/// Which sources were captured before, as what.
pub async fn sources(
    conn: &mut Conn,
    ids: &[[u8; 16]],
) -> Result<HashMap<[u8; 16], InteractionKey>, StorageError> {
    let mut known = HashMap::new();
    for some in ids.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT source_id, interaction_key FROM sighting WHERE source_id IN ({})",
            placeholders(0, some.len())
        );
        let rows: Vec<(Vec<u8>, i64)> = on_db!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for id in some {
                query = query.bind(id.to_vec());
            }
            query.fetch_all(c).await
        })?;
        for (id, key) in rows {
            known.insert(fixed(&id)?, InteractionKey(key));
        }
    }
    Ok(known)
}

/// Which contents are recorded, as what.
pub async fn contents(
    conn: &mut Conn,
    ids: &[[u8; 32]],
) -> Result<HashMap<[u8; 32], KnownContent>, StorageError> {
    let mut known = HashMap::new();
    for some in ids.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT content_id, interaction_key, digest FROM interaction WHERE content_id IN ({})",
            placeholders(0, some.len())
        );
        let rows: Vec<(Vec<u8>, i64, Vec<u8>)> = on_db!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for id in some {
                query = query.bind(id.to_vec());
            }
            query.fetch_all(c).await
        })?;
        for (id, key, digest) in rows {
            let content = KnownContent {
                interaction: InteractionKey(key),
                digest: fixed(&digest)?,
            };
            known.insert(fixed(&id)?, content);
        }
    }
    Ok(known)
}

/// Threads of messages, by the hash of their ids.
pub async fn threads(conn: &mut Conn, hashes: &[i64]) -> Result<HashMap<i64, InteractionKey>, StorageError> {
    const SQL: &str = "SELECT message_hash, thread_key FROM mail_thread WHERE message_hash IN";
    let rows = pairs(conn, SQL, &unique(hashes.iter().copied())).await?;
    Ok(rows
        .into_iter()
        .map(|(hash, thread)| (hash, InteractionKey(thread)))
        .collect())
}

/// Which of these keys interactions have.
pub async fn taken(
    conn: &mut Conn,
    keys: &[InteractionKey],
) -> Result<HashSet<InteractionKey>, StorageError> {
    const SQL: &str = "SELECT interaction_key, thread_key FROM interaction WHERE interaction_key IN";
    let rows = pairs(conn, SQL, &unique(keys.iter().map(|key| key.0))).await?;
    Ok(rows.into_iter().map(|(key, _)| InteractionKey(key)).collect())
}

async fn pairs(conn: &mut Conn, select: &str, values: &[i64]) -> Result<Vec<(i64, i64)>, StorageError> {
    let mut found = Vec::new();
    for some in values.chunks(AT_ONCE) {
        let sql = format!("{select} ({})", placeholders(0, some.len()));
        let rows: Vec<(i64, i64)> = on_db!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for value in some {
                query = query.bind(*value);
            }
            query.fetch_all(c).await
        })?;
        found.extend(rows);
    }
    Ok(found)
}

fn unique<T: Ord + Hash>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N], StorageError> {
    bytes
        .try_into()
        .map_err(|_| StorageError::Inconsistent(format!("a stored hash is not {N} bytes long")))
}
