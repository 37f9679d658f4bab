//! Makes the rows of `webhook` from acts.

use super::WebhookChange;
use super::event::EventKind;
use crate::archive::id::WebhookId;
use crate::journal::act::{Act, Meta};
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// Projects what happened to a webhook; other acts are passed over.
pub async fn project(conn: &mut Conn, meta: &Meta) -> Result<(), StorageError> {
    let Act::Webhook { webhook, change } = &meta.act else {
        return Ok(());
    };
    match change {
        WebhookChange::Made { .. } => insert(conn, *webhook, change, meta.captured_at).await,
        WebhookChange::Changed { name, url, events } => {
            const SQL: &str = "UPDATE webhook SET name = $2, url = $3, events = $4 WHERE id = $1";
            let (name, url, events) = (name.clone(), url.clone(), names(events));
            on_db!(conn, c => sqlx::query(SQL).bind(webhook.0).bind(name).bind(url).bind(events).execute(c).await
                .map(drop))
        }
        WebhookChange::Paused { why } => pause(conn, *webhook, Some((meta.captured_at, why.name()))).await,
        WebhookChange::Resumed => pause(conn, *webhook, None).await,
        WebhookChange::SecretRotated => Ok(()),
        WebhookChange::Removed => {
            const SQL: &str = "UPDATE webhook SET removed_at = $2 WHERE id = $1";
            let at = meta.captured_at;
            on_db!(conn, c => sqlx::query(SQL).bind(webhook.0).bind(at).execute(c).await.map(drop))
        }
    }
}

fn names(events: &[EventKind]) -> String {
    let names: Vec<&str> = events.iter().map(|kind| kind.name()).collect();
    names.join(" ")
}

async fn insert(
    conn: &mut Conn,
    webhook: WebhookId,
    change: &WebhookChange,
    at: i64,
) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO webhook (id, account_id, name, url, events, made_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    let WebhookChange::Made {
        account,
        name,
        url,
        events,
    } = change
    else {
        return Ok(());
    };
    let (name, url, events) = (name.clone(), url.clone(), names(events));
    on_db!(conn, c => sqlx::query(SQL).bind(webhook.0).bind(account.0).bind(name).bind(url).bind(events).bind(at)
        .execute(c).await.map(drop))
}

async fn pause(
    conn: &mut Conn,
    webhook: WebhookId,
    since: Option<(i64, &'static str)>,
) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE webhook SET paused_at = $2, paused_for = $3 WHERE id = $1";
    let (at, why) = (since.map(|(at, _)| at), since.map(|(_, why)| why.to_owned()));
    on_db!(conn, c => sqlx::query(SQL).bind(webhook.0).bind(at).bind(why).execute(c).await.map(drop))
}
