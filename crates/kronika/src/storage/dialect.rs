//! What SQLite and PostgreSQL do not share, both forms side by side.

use super::scan::scan;
use super::{Conn, StorageError};
use crate::{on_db, scanned};

scanned! {
    struct Key {
        id: i64,
    }
}

/// Lets only one program record at a time, until the transaction ends. SQLite has one writer anyway.
pub async fn only_recorder(conn: &mut Conn) -> Result<(), StorageError> {
    match conn {
        Conn::Sqlite(_) => Ok(()),
        // The journal's first leaf never changes, so its row is free to be the lock. A lock of a table would keep
        // autovacuum away from it. It costs the gain of committing side by side: recorders batch instead.
        Conn::Postgres(_) => {
            const SQL: &str = "SELECT position FROM journal_leaf WHERE position = 0 FOR UPDATE";
            on_db!(conn, c => sqlx::query(SQL).execute(c).await.map(drop))
        }
    }
}

/// Lets only one program seal at a time. On SQLite the open write transaction already does.
pub async fn only_sealer(conn: &mut Conn) -> Result<(), StorageError> {
    match conn {
        Conn::Sqlite(_) => Ok(()),
        // A lock of the table, not an advisory one: distributed PostgreSQL has the former everywhere.
        Conn::Postgres(_) => {
            const SQL: &str = "LOCK TABLE journal_checkpoint IN EXCLUSIVE MODE";
            on_db!(conn, c => sqlx::query(SQL).execute(c).await.map(drop))
        }
    }
}

/// Which of these interactions the search index has a row for.
pub async fn indexed(conn: &mut Conn, keys: &[i64]) -> Result<std::collections::HashSet<i64>, StorageError> {
    let list = super::bulk::placeholders(0, keys.len());
    let sql = match conn {
        Conn::Sqlite(_) => format!("SELECT id FROM search_docsize WHERE id IN ({list})"),
        Conn::Postgres(_) => {
            format!("SELECT interaction_key AS id FROM search WHERE interaction_key IN ({list})")
        }
    };
    let found: Vec<Key> = scan(conn, sql, keys).await?;
    Ok(found.into_iter().map(|key| key.id).collect())
}

/// Bytes of a column as hexadecimal text.
pub fn hex(conn: &Conn, column: &str) -> String {
    match conn {
        Conn::Sqlite(_) => format!("LOWER(HEX({column}))"),
        Conn::Postgres(_) => format!("ENCODE({column}, 'hex')"),
    }
}

/// Empties the search index.
pub async fn empty_search(conn: &mut Conn) -> Result<(), StorageError> {
    let sql = match conn {
        Conn::Sqlite(_) => "INSERT INTO search (search) VALUES ('delete-all')",
        Conn::Postgres(_) => "DELETE FROM search",
    };
    on_db!(conn, c => sqlx::query(sql).execute(c).await.map(drop))
}

/// Memory for SQLite's pages that a connection usually has, in KiB.
pub const CACHE: u32 = 16_000;

/// Memory for SQLite's pages on one connection, in KiB. A reader that goes through everything decrypts each page once
/// instead of again and again. PostgreSQL has one memory for all.
pub async fn set_cache(conn: &mut Conn, kib: u32) -> Result<(), StorageError> {
    if let Conn::Sqlite(_) = conn {
        let sql = format!("PRAGMA cache_size = -{kib}");
        on_db!(conn, c => sqlx::query(sqlx::AssertSqlSafe(sql)).execute(c).await.map(drop))?;
    }
    Ok(())
}
