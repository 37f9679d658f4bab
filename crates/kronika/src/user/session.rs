//! Sessions: a random token in a cookie, its hash in the table.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use super::store::{self, Account};
use crate::archive::id::AccountId;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// A session ends after this long without a request: a working day (microseconds).
const IDLE_FOR: i64 = 12 * 3600 * 1_000_000;
/// And after this long in any case: a week.
const AT_MOST_FOR: i64 = 7 * 24 * 3600 * 1_000_000;
/// The last use is written down no more often than this.
const NOTED_EVERY: i64 = 60 * 1_000_000;

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Begins a session and gives its token, 256 bits; only its hash is kept.
pub async fn begin(conn: &mut Conn, account: AccountId, now: i64) -> Result<String, StorageError> {
    const SQL: &str =
        "INSERT INTO local_session (token_hash, account_id, created_at, seen_at) VALUES ($1, $2, $3, $3)";
    let token = BASE64URL_NOPAD.encode(&rand::random::<[u8; 32]>());
    let hash = hash(&token);
    on_db!(conn, c => sqlx::query(SQL).bind(hash).bind(account.0).bind(now).execute(c).await.map(drop))?;
    Ok(token)
}

/// Whose session a token is, if it is still good, and whether its use should be noted.
pub async fn find(conn: &mut Conn, token: &str, now: i64) -> Result<Option<(Account, bool)>, StorageError> {
    const SQL: &str = "SELECT account_id, created_at, seen_at FROM local_session WHERE token_hash = $1";
    let hash = hash(token);
    let row: Option<(i64, i64, i64)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(hash).fetch_optional(c).await)?;
    let Some((account, created_at, seen_at)) = row else {
        return Ok(None);
    };
    if now - seen_at > IDLE_FOR || now - created_at > AT_MOST_FOR {
        return Ok(None);
    }
    let account = store::by_id(conn, AccountId(account)).await?;
    Ok(account.map(|account| (account, now - seen_at > NOTED_EVERY)))
}

/// Notes that a session was used.
pub async fn note_use(conn: &mut Conn, token: &str, now: i64) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE local_session SET seen_at = $2 WHERE token_hash = $1";
    let hash = hash(token);
    on_db!(conn, c => sqlx::query(SQL).bind(hash).bind(now).execute(c).await.map(drop))
}

pub async fn end(conn: &mut Conn, token: &str) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM local_session WHERE token_hash = $1";
    let hash = hash(token);
    on_db!(conn, c => sqlx::query(SQL).bind(hash).execute(c).await.map(drop))
}

/// Ends all sessions of an account.
pub async fn end_all(conn: &mut Conn, account: AccountId) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM local_session WHERE account_id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(account.0).execute(c).await.map(drop))
}
