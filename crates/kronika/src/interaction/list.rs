//! Interactions as lines of lists.

use std::collections::HashMap;

use sqlx::{AssertSqlSafe, FromRow};

use super::{Channel, Direction};
use crate::access::Scope;
use crate::archive::id::{ClientId, InteractionKey};
use crate::on_db;
use crate::storage::bulk::placeholders;
use crate::storage::{Conn, StorageError};

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub key: InteractionKey,
    pub channel: Channel,
    pub direction: Direction,
    pub nature: String,
    pub subject: String,
    pub preview: String,
    pub from_name: String,
    pub from_address: String,
    pub to_line: String,
    pub claimed_at: Option<i64>,
    pub captured_at: i64,
    pub thread: InteractionKey,
    pub attachment_count: i64,
    pub unreadable: Option<String>,
    pub ignored_for: Option<String>,
    pub record: i64,
    pub size: i64,
    pub clients: Vec<(ClientId, String)>,
}

#[derive(FromRow)]
struct Raw {
    interaction_key: i64,
    channel: String,
    direction: String,
    nature: String,
    subject: String,
    preview: String,
    from_name: String,
    from_address: String,
    to_line: String,
    claimed_at: Option<i64>,
    captured_at: i64,
    thread_key: i64,
    attachment_count: i64,
    unreadable: Option<String>,
    ignored_for: Option<String>,
    record_id: i64,
    size: i64,
}

const SELECT: &str =
    "SELECT i.interaction_key, i.channel, i.direction, i.nature, i.subject, i.preview, i.from_name,
    i.from_address, i.to_line, i.claimed_at, i.captured_at, i.thread_key, i.attachment_count, i.unreadable,
    i.ignored_for, i.record_id, i.size FROM interaction i";

/// The lines of these interactions, in the given order, with their clients as far as those are seen. What does not
/// exist is left out; whether the viewer may see the lines was decided before.
pub async fn rows(
    conn: &mut Conn,
    scope: Scope<'_>,
    keys: &[InteractionKey],
) -> Result<Vec<Row>, StorageError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "{SELECT} WHERE i.interaction_key IN ({})",
        placeholders(0, keys.len())
    );
    let raw: Vec<Raw> = on_db!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for key in keys {
            query = query.bind(key.0);
        }
        query.fetch_all(c).await
    })?;
    let mut clients = clients(conn, scope, keys).await?;
    let mut by_key: HashMap<i64, Raw> = raw.into_iter().map(|raw| (raw.interaction_key, raw)).collect();
    keys.iter()
        .filter_map(|key| by_key.remove(&key.0))
        .map(|raw| row(raw, &mut clients))
        .collect()
}

fn row(raw: Raw, clients: &mut HashMap<i64, Vec<(ClientId, String)>>) -> Result<Row, StorageError> {
    let unknown = |what: &str, name: &str| StorageError::Inconsistent(format!("unknown {what} {name:?}"));
    Ok(Row {
        key: InteractionKey(raw.interaction_key),
        channel: Channel::named(&raw.channel).ok_or_else(|| unknown("channel", &raw.channel))?,
        direction: Direction::named(&raw.direction).ok_or_else(|| unknown("direction", &raw.direction))?,
        nature: raw.nature,
        subject: raw.subject,
        preview: raw.preview,
        from_name: raw.from_name,
        from_address: raw.from_address,
        to_line: raw.to_line,
        claimed_at: raw.claimed_at,
        captured_at: raw.captured_at,
        thread: InteractionKey(raw.thread_key),
        attachment_count: raw.attachment_count,
        unreadable: raw.unreadable,
        ignored_for: raw.ignored_for,
        record: raw.record_id,
        size: raw.size,
        clients: clients.remove(&raw.interaction_key).unwrap_or_default(),
    })
}

async fn clients(
    conn: &mut Conn,
    scope: Scope<'_>,
    keys: &[InteractionKey],
) -> Result<HashMap<i64, Vec<(ClientId, String)>>, StorageError> {
    let sql = format!(
        "SELECT a.interaction_key, c.id, c.name FROM assignment a JOIN client c ON c.id = a.client_id
        WHERE a.interaction_key IN ({}) AND {} ORDER BY c.name_folded",
        placeholders(0, keys.len()),
        scope.clients("c")
    );
    let rows: Vec<(i64, i64, String)> = on_db!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for key in keys {
            query = query.bind(key.0);
        }
        query.fetch_all(c).await
    })?;
    let mut clients: HashMap<i64, Vec<(ClientId, String)>> = HashMap::new();
    for (key, client, name) in rows {
        clients.entry(key).or_default().push((ClientId(client), name));
    }
    Ok(clients)
}
