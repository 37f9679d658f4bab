//! What could not be taken in, remembered until it could or a person lets it go.

use std::path::{Path, PathBuf};

use sqlx::AssertSqlSafe;

use super::reason::Reason;
use super::walk::Refused;
use crate::archive::Archive;
use crate::archive::id::AccountId;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// The import of files named on the command line; those of uploads have numbers of their own.
pub const COMMAND_LINE: i64 = 0;

/// Something refused, and when it was last tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub id: i64,
    pub import: i64,
    pub source: String,
    pub reason: Reason,
    /// Microseconds since 1970 UTC.
    pub found_at: i64,
}

/// Remembers what an import refused.
pub async fn keep(archive: &Archive, import: i64, refused: &[Refused]) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO local_quarantine (id, import_id, source, reason, found_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (import_id, source, reason) DO UPDATE SET found_at = excluded.found_at";
    if refused.is_empty() {
        return Ok(());
    }
    let mut tx = archive.db.begin().await?;
    for one in refused {
        let now = archive.clock.now();
        let id = archive.ids.next(now);
        let (source, reason) = (one.source.clone(), one.reason.code());
        on_db!(tx, c => sqlx::query(SQL).bind(id).bind(import).bind(source).bind(reason).bind(now)
            .execute(c).await.map(drop))?;
    }
    tx.commit().await
}

/// Forgets what an import refused before it is tried again.
pub async fn forget_import(archive: &Archive, import: i64) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM local_quarantine WHERE import_id = $1";
    let mut tx = archive.db.begin().await?;
    on_db!(tx, c => sqlx::query(SQL).bind(import).execute(c).await.map(drop))?;
    tx.commit().await
}

/// Forgets what was refused under these paths before `since`: the command line has just gone through them again.
pub async fn forget_older(archive: &Archive, paths: &[PathBuf], since: i64) -> Result<(), StorageError> {
    const OLDER: &str = "SELECT id, source FROM local_quarantine WHERE import_id = 0 AND found_at < $1";
    const FORGET: &str = "DELETE FROM local_quarantine WHERE id = $1";
    let whole: Vec<PathBuf> = paths.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let mut tx = archive.db.begin().await?;
    let older: Vec<(i64, String)> = on_db!(tx, c => sqlx::query_as(OLDER).bind(since).fetch_all(c).await)?;
    for (id, source) in older {
        if whole.iter().any(|path| Path::new(&source).starts_with(path)) {
            on_db!(tx, c => sqlx::query(FORGET).bind(id).execute(c).await.map(drop))?;
        }
    }
    tx.commit().await
}

/// The import that refused one, if there is such a line.
pub async fn import_of(conn: &mut Conn, id: i64) -> Result<Option<i64>, StorageError> {
    const SQL: &str = "SELECT import_id FROM local_quarantine WHERE id = $1";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(id).fetch_optional(c).await)
}

/// Lets one go.
pub async fn dismiss(archive: &Archive, id: i64) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM local_quarantine WHERE id = $1";
    let mut tx = archive.db.begin().await?;
    on_db!(tx, c => sqlx::query(SQL).bind(id).execute(c).await.map(drop))?;
    tx.commit().await
}

/// Whose refusals are asked for: the names of files may be nobody else's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Everyones,
    /// Those of one account's uploads.
    Of(AccountId),
}

impl Whose {
    fn condition(self) -> String {
        match self {
            Whose::Everyones => "1 = 1".to_owned(),
            Whose::Of(AccountId(account)) => {
                format!("import_id IN (SELECT id FROM local_import WHERE account_id = {account})")
            }
        }
    }
}

/// What is kept, newest first.
pub async fn list(conn: &mut Conn, whose: Whose, limit: i64) -> Result<Vec<Kept>, StorageError> {
    let sql = format!(
        "SELECT id, import_id, source, reason, found_at FROM local_quarantine WHERE {}
        ORDER BY found_at DESC, id DESC LIMIT $1",
        whose.condition()
    );
    let rows: Vec<(i64, i64, String, String, i64)> =
        on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(limit).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(id, import, source, reason, found_at)| Kept {
            id,
            import,
            source,
            reason: Reason::of_code(&reason),
            found_at,
        })
        .collect())
}

/// How much is kept.
pub async fn count(conn: &mut Conn, whose: Whose) -> Result<u64, StorageError> {
    let sql = format!(
        "SELECT COUNT(*) FROM local_quarantine WHERE {}",
        whose.condition()
    );
    let count: i64 = on_db!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(c).await)?;
    Ok(count.unsigned_abs())
}

/// How much is kept of one import.
pub async fn count_of(conn: &mut Conn, import: i64) -> Result<u64, StorageError> {
    const SQL: &str = "SELECT COUNT(*) FROM local_quarantine WHERE import_id = $1";
    let count: i64 = on_db!(conn, c => sqlx::query_scalar(SQL).bind(import).fetch_one(c).await)?;
    Ok(count.unsigned_abs())
}
