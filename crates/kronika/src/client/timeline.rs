//! A client's history, newest first: threads under their last message, or single interactions under a filter.

use sqlx::AssertSqlSafe;

use crate::archive::id::{ClientId, InteractionKey};
use crate::interaction::{Channel, Direction};
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// Which part of the history is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Part {
    pub channel: Option<Channel>,
    pub direction: Option<Direction>,
    pub attachment: bool,
}

/// One line: an interaction, and how many older ones of its thread stand behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub key: InteractionKey,
    pub earlier: i64,
}

/// Threads, by their last message.
pub async fn threads(
    conn: &mut Conn,
    client: ClientId,
    before: Option<InteractionKey>,
    limit: i64,
) -> Result<Vec<Line>, StorageError> {
    const SQL: &str = "SELECT latest_key, count FROM client_thread
        WHERE client_id = $1 AND latest_key < $2 ORDER BY latest_key DESC LIMIT $3";
    let before = before.map_or(i64::MAX, |key| key.0);
    let rows: Vec<(i64, i64)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(client.0).bind(before).bind(limit).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(key, count)| Line {
            key: InteractionKey(key),
            earlier: count - 1,
        })
        .collect())
}

/// Single interactions of a part of the history.
pub async fn part(
    conn: &mut Conn,
    client: ClientId,
    part: Part,
    (before, limit): (Option<InteractionKey>, i64),
) -> Result<Vec<Line>, StorageError> {
    let mut sql = "SELECT a.interaction_key FROM assignment a
        JOIN interaction i ON i.interaction_key = a.interaction_key
        WHERE a.client_id = $1 AND a.interaction_key < $2"
        .to_owned();
    if let Some(channel) = part.channel {
        sql.push_str(&format!(" AND i.channel = '{}'", channel.name()));
    }
    if let Some(direction) = part.direction {
        sql.push_str(&format!(" AND i.direction = '{}'", direction.name()));
    }
    if part.attachment {
        sql.push_str(" AND i.attachment_count > 0");
    }
    sql.push_str(" ORDER BY a.interaction_key DESC LIMIT $3");
    let before = before.map_or(i64::MAX, |key| key.0);
    let keys: Vec<i64> = on_db!(conn, c => {
        sqlx::query_scalar(AssertSqlSafe(sql)).bind(client.0).bind(before).bind(limit).fetch_all(c).await
    })?;
    Ok(keys
        .into_iter()
        .map(|key| Line {
            key: InteractionKey(key),
            earlier: 0,
        })
        .collect())
}

/// The older messages of the thread that `of` is the last of, newest first.
pub async fn earlier(
    conn: &mut Conn,
    client: ClientId,
    of: InteractionKey,
) -> Result<Vec<InteractionKey>, StorageError> {
    const SQL: &str = "SELECT i.interaction_key FROM interaction i
        JOIN assignment a ON a.interaction_key = i.interaction_key AND a.client_id = $1
        WHERE i.thread_key = (SELECT thread_key FROM interaction WHERE interaction_key = $2)
        AND i.interaction_key < $2 ORDER BY i.interaction_key DESC LIMIT 500";
    let keys: Vec<i64> =
        on_db!(conn, c => sqlx::query_scalar(SQL).bind(client.0).bind(of.0).fetch_all(c).await)?;
    Ok(keys.into_iter().map(InteractionKey).collect())
}

/// How many interactions of one kind a client has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    pub channel: Channel,
    pub direction: Direction,
    pub count: i64,
    pub attachments: i64,
}

pub async fn tallies(conn: &mut Conn, client: ClientId) -> Result<Vec<Tally>, StorageError> {
    const SQL: &str = "SELECT channel, direction, count, attachments FROM client_tally
        WHERE client_id = $1 AND count > 0 ORDER BY channel, direction";
    let rows: Vec<(String, String, i64, i64)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(client.0).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .filter_map(|(channel, direction, count, attachments)| {
            let (channel, direction) = (Channel::named(&channel)?, Direction::named(&direction)?);
            Some(Tally {
                channel,
                direction,
                count,
                attachments,
            })
        })
        .collect())
}

/// The oldest interaction of a client.
pub async fn first(conn: &mut Conn, client: ClientId) -> Result<Option<InteractionKey>, StorageError> {
    const SQL: &str =
        "SELECT interaction_key FROM assignment WHERE client_id = $1 ORDER BY interaction_key LIMIT 1";
    let key: Option<i64> = on_db!(conn, c => sqlx::query_scalar(SQL).bind(client.0).fetch_optional(c).await)?;
    Ok(key.map(InteractionKey))
}
