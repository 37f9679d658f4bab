//! The tables of cosignatures and witnesses.

use sqlx::FromRow;

use crate::on_db;
use crate::storage::{Conn, StorageError};

/// One cosignature.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Cosigned {
    pub witness: String,
    /// By the witness's clock (microseconds).
    pub cosigned_at: i64,
    /// The line of the signed note.
    pub line: String,
}

/// How things stand with a witness.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Standing {
    /// Its key as text.
    pub witness: String,
    pub size: i64,
    pub asked_at: i64,
    pub answered_at: Option<i64>,
    pub trouble: Option<String>,
}

pub async fn standings(conn: &mut Conn) -> Result<Vec<Standing>, StorageError> {
    const SQL: &str =
        "SELECT witness, size, asked_at, answered_at, trouble FROM local_witness ORDER BY witness";
    on_db!(conn, c => sqlx::query_as(SQL).fetch_all(c).await)
}

/// The size that a witness cosigned last, as far as we know.
pub async fn size_at(conn: &mut Conn, witness: &str) -> Result<u64, StorageError> {
    const SQL: &str = "SELECT size FROM local_witness WHERE witness = $1";
    let size: Option<i64> = on_db!(conn, c => sqlx::query_scalar(SQL).bind(witness).fetch_optional(c).await)?;
    Ok(size.unwrap_or(0).unsigned_abs())
}

/// Notes how a try went: the size that the witness has now, or what kept it from answering.
pub async fn note_try(
    conn: &mut Conn,
    witness: &str,
    now: i64,
    outcome: Result<u64, &str>,
) -> Result<(), StorageError> {
    const DONE: &str = "INSERT INTO local_witness (witness, size, asked_at, answered_at, trouble)
        VALUES ($1, $2, $3, $3, NULL) ON CONFLICT (witness) DO UPDATE
        SET size = excluded.size, asked_at = excluded.asked_at, answered_at = excluded.answered_at, trouble = NULL";
    const FAILED: &str = "INSERT INTO local_witness (witness, size, asked_at, trouble) VALUES ($1, 0, $2, $3)
        ON CONFLICT (witness) DO UPDATE SET asked_at = excluded.asked_at, trouble = excluded.trouble";
    match outcome {
        Ok(size) => {
            let size = size.cast_signed();
            on_db!(conn, c => sqlx::query(DONE).bind(witness).bind(size).bind(now).execute(c).await.map(drop))
        }
        Err(trouble) => {
            on_db!(conn, c => sqlx::query(FAILED).bind(witness).bind(now).bind(trouble).execute(c).await.map(drop))
        }
    }
}

pub async fn insert(conn: &mut Conn, size: u64, cosigned: &Cosigned) -> Result<(), StorageError> {
    const SQL: &str =
        "INSERT INTO journal_cosignature (size, witness, cosigned_at, line) VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING";
    on_db!(conn, c => {
        sqlx::query(SQL)
            .bind(size.cast_signed())
            .bind(&cosigned.witness)
            .bind(cosigned.cosigned_at)
            .bind(&cosigned.line)
            .execute(c)
            .await
            .map(drop)
    })
}

/// Checkpoints looked through for one that enough witnesses cosigned.
const LOOKED_THROUGH: i64 = 20;

/// Cosigned checkpoints over more than `index` entries, smallest first.
pub async fn cosigned_after(conn: &mut Conn, index: u64) -> Result<Vec<(i64, i64, String)>, StorageError> {
    const SQL: &str = "SELECT p.size, p.signed_at, p.note FROM journal_checkpoint p WHERE p.size > $1
        AND EXISTS (SELECT 1 FROM journal_cosignature s WHERE s.size = p.size) ORDER BY p.size LIMIT $2";
    on_db!(conn, c => {
        sqlx::query_as(SQL).bind(index.cast_signed()).bind(LOOKED_THROUGH).fetch_all(c).await
    })
}

/// The earliest cosignature of each witness under a size.
pub async fn first_of_each(conn: &mut Conn, size: i64) -> Result<Vec<Cosigned>, StorageError> {
    const SQL: &str = "SELECT s.witness, s.cosigned_at, s.line FROM journal_cosignature s
        WHERE s.size = $1 AND s.cosigned_at = (SELECT MIN(o.cosigned_at) FROM journal_cosignature o
            WHERE o.size = s.size AND o.witness = s.witness)
        ORDER BY s.witness";
    on_db!(conn, c => sqlx::query_as(SQL).bind(size).fetch_all(c).await)
}
