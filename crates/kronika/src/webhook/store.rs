//! Webhooks in the tables, and what of them is no part of the record: how far they have read, and their secrets.

use sqlx::{AssertSqlSafe, FromRow};

use super::event::EventKind;
use super::sign::Secret;
use super::{PausedFor, Webhook};
use crate::access::{Person, Right, decide};
use crate::archive::Archive;
use crate::archive::id::{AccountId, WebhookId};
use crate::on_db;
use crate::secrecy::KeyringError;
use crate::storage::{Conn, StorageError};
use crate::user::store as accounts;

#[derive(FromRow)]
struct Row {
    id: i64,
    account_id: i64,
    account_name: String,
    name: String,
    url: String,
    events: String,
    made_at: i64,
    paused_at: Option<i64>,
    paused_for: Option<String>,
}

impl From<Row> for Webhook {
    fn from(row: Row) -> Webhook {
        let why = row.paused_for.as_deref().and_then(PausedFor::named);
        Webhook {
            id: WebhookId(row.id),
            account: AccountId(row.account_id),
            account_name: row.account_name,
            name: row.name,
            url: row.url,
            // Kinds of another version are not told by this one.
            events: row.events.split(' ').filter_map(EventKind::named).collect(),
            made_at: row.made_at,
            paused: row.paused_at.zip(why),
        }
    }
}

async fn some(conn: &mut Conn, condition: &str) -> Result<Vec<Webhook>, StorageError> {
    let sql = format!(
        "SELECT w.id, w.account_id, a.name AS account_name, w.name, w.url, w.events, w.made_at, w.paused_at,
        w.paused_for FROM webhook w JOIN account a ON a.id = w.account_id
        WHERE w.removed_at IS NULL AND {condition} ORDER BY w.id"
    );
    let rows: Vec<Row> = on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Webhook::from).collect())
}

/// All that were not removed, oldest first.
pub async fn list(conn: &mut Conn) -> Result<Vec<Webhook>, StorageError> {
    some(conn, "1 = 1").await
}

pub async fn find(conn: &mut Conn, webhook: WebhookId) -> Result<Option<Webhook>, StorageError> {
    Ok(some(conn, &format!("w.id = {}", webhook.0)).await?.pop())
}

/// Those that something may be sent to.
pub(super) async fn going_on(conn: &mut Conn) -> Result<Vec<Webhook>, StorageError> {
    some(conn, "w.paused_at IS NULL AND a.removed_at IS NULL").await
}

/// One of those, as it is now.
pub(super) async fn still_going_on(
    conn: &mut Conn,
    webhook: WebhookId,
) -> Result<Option<Webhook>, StorageError> {
    let condition = format!(
        "w.paused_at IS NULL AND a.removed_at IS NULL AND w.id = {}",
        webhook.0
    );
    Ok(some(conn, &condition).await?.pop())
}

/// The person on whose behalf a webhook is told, as the rules see them now; none when they may no more.
pub(super) async fn person(
    conn: &mut Conn,
    webhook: &Webhook,
    now: i64,
) -> Result<Option<Person>, StorageError> {
    let Some(account) = accounts::by_id(conn, webhook.account).await? else {
        return Ok(None);
    };
    let person = Person::load(conn, &account, now).await?;
    Ok(Some(person).filter(|person| decide::may_do(person, Right::Configure)))
}

/// Begins at the end of the journal.
pub(super) async fn begin(
    conn: &mut Conn,
    webhook: WebhookId,
    sealed_secret: Vec<u8>,
) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO local_webhook_state (webhook_id, position, sealed_secret)
        SELECT $1, COALESCE(MAX(position) + 1, 0), $2 FROM journal_leaf";
    on_db!(conn, c => sqlx::query(SQL).bind(webhook.0).bind(sealed_secret).execute(c).await.map(drop))
}

/// The first entry that a webhook has not looked at.
pub(super) async fn position(conn: &mut Conn, webhook: WebhookId) -> Result<Option<i64>, StorageError> {
    const SQL: &str = "SELECT position FROM local_webhook_state WHERE webhook_id = $1";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(webhook.0).fetch_optional(c).await)
}

pub(super) async fn advance(conn: &mut Conn, webhook: WebhookId, position: i64) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE local_webhook_state SET position = $2 WHERE webhook_id = $1 AND position < $2";
    on_db!(conn, c => sqlx::query(SQL).bind(webhook.0).bind(position).execute(c).await.map(drop))
}

/// The secrets that sign now, the newest first.
pub(super) async fn secrets(
    archive: &Archive,
    conn: &mut Conn,
    webhook: WebhookId,
) -> Result<Vec<Secret>, KeyringOrStorage> {
    const SQL: &str = "SELECT sealed_secret, sealed_previous, previous_until FROM local_webhook_state
        WHERE webhook_id = $1";
    type Row = (Vec<u8>, Option<Vec<u8>>, Option<i64>);
    let row: Option<Row> = on_db!(conn, c => sqlx::query_as(SQL).bind(webhook.0).fetch_optional(c).await)?;
    let Some((newest, previous, until)) = row else {
        return Ok(Vec::new());
    };
    let mut secrets = vec![Secret::open(archive, webhook, newest)?];
    if let Some(previous) = previous.filter(|_| until > Some(archive.clock.now())) {
        secrets.push(Secret::open(archive, webhook, previous)?);
    }
    Ok(secrets)
}

/// What reading a secret may fail with.
#[derive(Debug, thiserror::Error)]
pub enum KeyringOrStorage {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
}

/// Puts a new secret in the place of the one before, which goes on for a while.
pub(super) async fn rotate(
    conn: &mut Conn,
    webhook: WebhookId,
    sealed: Vec<u8>,
    previous_until: i64,
) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE local_webhook_state SET sealed_previous = sealed_secret, previous_until = $3,
        sealed_secret = $2 WHERE webhook_id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(webhook.0).bind(sealed).bind(previous_until).execute(c).await
        .map(drop))
}

/// Forgets all that is no part of the record.
pub(super) async fn forget(conn: &mut Conn, webhook: WebhookId) -> Result<(), StorageError> {
    const GONE: [&str; 2] = [
        "DELETE FROM local_webhook_state WHERE webhook_id = $1",
        "DELETE FROM local_webhook_delivery WHERE webhook_id = $1",
    ];
    for sql in GONE {
        on_db!(conn, c => sqlx::query(sql).bind(webhook.0).execute(c).await.map(drop))?;
    }
    Ok(())
}
