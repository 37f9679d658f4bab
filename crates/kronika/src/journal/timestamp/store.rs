//! The tables of tokens and authorities.

use sqlx::FromRow;

use crate::on_db;
use crate::storage::{Conn, StorageError};

/// A checkpoint that was stamped.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Row {
    /// The entry that holds the token.
    pub record_id: i64,
    pub size: i64,
    /// By the authority's clock (microseconds).
    pub stamped_at: i64,
    pub authority: String,
}

/// How things stand with an authority.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Standing {
    pub name: String,
    pub asked_at: i64,
    pub answered_at: Option<i64>,
    pub trouble: Option<String>,
}

pub async fn newest(conn: &mut Conn) -> Result<Option<Row>, StorageError> {
    const SQL: &str = "SELECT record_id, size, stamped_at, authority FROM journal_timestamp
        ORDER BY size DESC, stamped_at DESC LIMIT 1";
    on_db!(conn, c => sqlx::query_as(SQL).fetch_optional(c).await)
}

/// The earliest token over more than `index` entries.
pub async fn first_after(conn: &mut Conn, index: u64) -> Result<Option<Row>, StorageError> {
    const SQL: &str = "SELECT record_id, size, stamped_at, authority FROM journal_timestamp
        WHERE size > $1 ORDER BY stamped_at LIMIT 1";
    on_db!(conn, c => sqlx::query_as(SQL).bind(index.cast_signed()).fetch_optional(c).await)
}

/// The latest moment at which somebody outside vouched for a checkpoint of at most `index` entries: the entry at `index`
/// was not there yet.
pub async fn absent_at(conn: &mut Conn, index: u64) -> Result<Option<i64>, StorageError> {
    const SQL: &str = "SELECT MAX(at) FROM (
        SELECT MAX(stamped_at) AS at FROM journal_timestamp WHERE size <= $1
        UNION ALL SELECT MAX(cosigned_at) AS at FROM journal_cosignature WHERE size <= $1) AS vouched";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(index.cast_signed()).fetch_one(c).await)
}

pub async fn all(conn: &mut Conn) -> Result<Vec<Row>, StorageError> {
    const SQL: &str =
        "SELECT record_id, size, stamped_at, authority FROM journal_timestamp ORDER BY record_id";
    on_db!(conn, c => sqlx::query_as(SQL).fetch_all(c).await)
}

pub async fn standings(conn: &mut Conn) -> Result<Vec<Standing>, StorageError> {
    const SQL: &str = "SELECT name, asked_at, answered_at, trouble FROM local_authority ORDER BY name";
    on_db!(conn, c => sqlx::query_as(SQL).fetch_all(c).await)
}

/// Notes how a try went.
pub async fn note_try(
    conn: &mut Conn,
    name: &str,
    now: i64,
    trouble: Option<&str>,
) -> Result<(), StorageError> {
    const SQL: &str =
        "INSERT INTO local_authority (name, asked_at, answered_at, trouble) VALUES ($1, $2, $3, $4)
        ON CONFLICT (name) DO UPDATE SET asked_at = excluded.asked_at, trouble = excluded.trouble,
        answered_at = COALESCE(excluded.answered_at, local_authority.answered_at)";
    let answered = trouble.is_none().then_some(now);
    on_db!(conn, c => sqlx::query(SQL).bind(name).bind(now).bind(answered).bind(trouble).execute(c).await.map(drop))
}
