//! Sessions: a random token in a cookie, its hash in the table.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use super::By;
use super::act::{AccountError, note};
use super::event::{AccountEvent, Proof};
use super::store::{self, Account};
use crate::archive::Archive;
use crate::archive::id::{AccountId, SessionId};
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// A session ends after this long without a request: a working day (microseconds).
const IDLE_FOR: i64 = 12 * 3600 * 1_000_000;
/// And after this long in any case: a week.
const AT_MOST_FOR: i64 = 7 * 24 * 3600 * 1_000_000;
/// The last use is written down no more often than this.
const NOTED_EVERY: i64 = 60 * 1_000_000;
/// Of what a browser says about itself no more than this is kept.
const LONGEST_BROWSER: usize = 300;

/// From where somebody signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct From {
    pub address: String,
    /// What the browser says about itself.
    pub browser: String,
}

/// A session that was found by its token.
pub struct Found {
    pub id: SessionId,
    pub account: Account,
    /// Whether its use is to be noted.
    pub note: bool,
}

/// A random token, 256 bits.
pub(in crate::user) fn fresh_token() -> String {
    BASE64URL_NOPAD.encode(&rand::random::<[u8; 32]>())
}

/// What is kept of a token. A stolen table lets nobody in, and finding a row by it tells nothing through its time.
pub(super) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Begins a session, records it and gives its token; only its hash is kept.
pub async fn begin(
    archive: &Archive,
    account: &Account,
    from: From,
    with: Proof,
) -> Result<String, AccountError> {
    let mut tx = archive.db.begin_recording().await?;
    let token = begin_within(archive, &mut tx, account, (from, with)).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(token)
}

/// The same within the caller's transaction.
pub(in crate::user) async fn begin_within(
    archive: &Archive,
    conn: &mut Conn,
    account: &Account,
    (from, with): (From, Proof),
) -> Result<String, AccountError> {
    const SQL: &str =
        "INSERT INTO local_session (token_hash, id, account_id, created_at, seen_at, address, browser)
        VALUES ($1, $2, $3, $4, $4, $5, $6)";
    let now = archive.clock.now();
    forget_ended(conn, now).await?;
    let (token, session) = (fresh_token(), SessionId(archive.ids.next(now)));
    let browser: String = from.browser.chars().take(LONGEST_BROWSER).collect();
    let (hash, address) = (hash(&token), from.address.clone());
    on_db!(conn, c => sqlx::query(SQL).bind(hash).bind(session.0).bind(account.id.0).bind(now).bind(address)
        .bind(browser).execute(c).await.map(drop))?;
    note_seen(conn, account.id, now).await?;
    let event = AccountEvent::SignedIn {
        session,
        from: from.address,
        with,
    };
    note(archive, conn, (account.id, event), By::Person(account)).await?;
    Ok(token)
}

async fn forget_ended(conn: &mut Conn, now: i64) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM local_session WHERE seen_at < $1 OR created_at < $2";
    on_db!(conn, c => sqlx::query(SQL).bind(now - IDLE_FOR).bind(now - AT_MOST_FOR).execute(c).await.map(drop))
}

async fn note_seen(conn: &mut Conn, account: AccountId, now: i64) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE local_account_secret SET seen_at = $2 WHERE account_id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(account.0).bind(now).execute(c).await.map(drop))
}

/// Whose session a token is, if it is still good.
pub async fn find(conn: &mut Conn, token: &str, now: i64) -> Result<Option<Found>, StorageError> {
    const SQL: &str = "SELECT id, account_id, created_at, seen_at FROM local_session WHERE token_hash = $1";
    let hash = hash(token);
    let row: Option<(i64, i64, i64, i64)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(hash).fetch_optional(c).await)?;
    let Some((id, account, created_at, seen_at)) = row else {
        return Ok(None);
    };
    if !is_good(created_at, seen_at, now) {
        return Ok(None);
    }
    let account = store::by_id(conn, AccountId(account)).await?;
    Ok(account.map(|account| Found {
        id: SessionId(id),
        account,
        note: now - seen_at > NOTED_EVERY,
    }))
}

fn is_good(created_at: i64, seen_at: i64, now: i64) -> bool {
    now - seen_at <= IDLE_FOR && now - created_at <= AT_MOST_FOR
}

/// Whether a session goes on and its account was not removed. What stays open for long asks again and again.
pub async fn goes_on(conn: &mut Conn, id: SessionId, now: i64) -> Result<bool, StorageError> {
    const SQL: &str =
        "SELECT s.created_at, s.seen_at FROM local_session s JOIN account a ON a.id = s.account_id
        WHERE s.id = $1 AND a.removed_at IS NULL";
    let row: Option<(i64, i64)> = on_db!(conn, c => sqlx::query_as(SQL).bind(id.0).fetch_optional(c).await)?;
    Ok(row.is_some_and(|(created_at, seen_at)| is_good(created_at, seen_at, now)))
}

/// Notes that a session was used.
pub async fn note_use(conn: &mut Conn, found: (SessionId, AccountId), now: i64) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE local_session SET seen_at = $2 WHERE id = $1";
    let (id, account) = found;
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).bind(now).execute(c).await.map(drop))?;
    note_seen(conn, account, now).await
}

/// One line of a person's sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub created_at: i64,
    pub seen_at: i64,
    pub from: From,
}

/// The sessions of an account that go on, last used first.
pub async fn list(conn: &mut Conn, account: AccountId, now: i64) -> Result<Vec<Session>, StorageError> {
    const SQL: &str = "SELECT id, created_at, seen_at, address, browser FROM local_session
        WHERE account_id = $1 ORDER BY seen_at DESC, id DESC";
    let rows: Vec<(i64, i64, i64, String, String)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(account.0).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .filter(|(_, created_at, seen_at, _, _)| is_good(*created_at, *seen_at, now))
        .map(|(id, created_at, seen_at, address, browser)| Session {
            id: SessionId(id),
            created_at,
            seen_at,
            from: From { address, browser },
        })
        .collect())
}

/// Signs a person out of the session they are in.
pub async fn sign_out(archive: &Archive, account: &Account, session: SessionId) -> Result<(), AccountError> {
    let mut tx = archive.db.begin_recording().await?;
    let event = AccountEvent::SignedOut { session };
    note(archive, &mut tx, (account.id, event), By::Person(account)).await?;
    end_one(&mut tx, account.id, session).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(())
}

/// Ends some of a person's own sessions. Others' are not theirs to end, and stay.
pub async fn end(archive: &Archive, account: &Account, sessions: &[SessionId]) -> Result<(), AccountError> {
    let mut tx = archive.db.begin_recording().await?;
    let own = list(&mut tx, account.id, archive.clock.now()).await?;
    let ended: Vec<SessionId> = own
        .into_iter()
        .map(|session| session.id)
        .filter(|id| sessions.contains(id))
        .collect();
    if ended.is_empty() {
        return Ok(tx.give_up().await?);
    }
    for session in &ended {
        end_one(&mut tx, account.id, *session).await?;
    }
    let event = AccountEvent::SessionsEnded { sessions: ended };
    note(archive, &mut tx, (account.id, event), By::Person(account)).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(())
}

async fn end_one(conn: &mut Conn, account: AccountId, session: SessionId) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM local_session WHERE id = $1 AND account_id = $2";
    on_db!(conn, c => sqlx::query(SQL).bind(session.0).bind(account.0).execute(c).await.map(drop))
}

/// Ends all sessions of an account but the one that is kept.
pub(super) async fn end_all(
    conn: &mut Conn,
    account: AccountId,
    kept: Option<SessionId>,
) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM local_session WHERE account_id = $1 AND id <> $2";
    // No session has the number 0.
    let kept = kept.map_or(0, |session| session.0);
    on_db!(conn, c => sqlx::query(SQL).bind(account.0).bind(kept).execute(c).await.map(drop))
}
