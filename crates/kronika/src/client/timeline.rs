//! A client's history, newest first: threads under their last message, or single interactions under a filter.

use sqlx::AssertSqlSafe;

use super::store::Client;
use crate::access::Scope;
use crate::archive::id::InteractionKey;
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
    scope: Scope<'_>,
    client: &Client,
    (before, limit): (Option<InteractionKey>, i64),
) -> Result<Vec<Line>, StorageError> {
    const KEPT: &str = "SELECT latest_key, count FROM client_thread
        WHERE client_id = $1 AND latest_key < $2 AND count > 0 ORDER BY latest_key DESC LIMIT $3";
    let sql = match client.guarded_count {
        0 => KEPT.to_owned(),
        _ => threads_with_guarded(scope),
    };
    let (id, before) = (client.id.0, before.map_or(i64::MAX, |key| key.0));
    let rows: Vec<(i64, i64)> = on_db!(conn, c => {
        sqlx::query_as(AssertSqlSafe(sql)).bind(id).bind(before).bind(limit).fetch_all(c).await
    })?;
    Ok(rows
        .into_iter()
        .map(|(key, count)| Line {
            key: InteractionKey(key),
            earlier: count - 1,
        })
        .collect())
}

/// Threads as the viewer sees them: what everybody counts, and what is hidden from others.
fn threads_with_guarded(scope: Scope<'_>) -> String {
    format!(
        "SELECT MAX(latest_key) AS latest, CAST(SUM(count) AS BIGINT) FROM (
            SELECT thread_key, latest_key, count FROM client_thread WHERE client_id = $1 AND count > 0
            UNION ALL SELECT i.thread_key, MAX(i.interaction_key), COUNT(*) FROM assignment a
                JOIN interaction i ON i.interaction_key = a.interaction_key
                WHERE a.client_id = $1 AND i.sensitivity <> 'team' AND {} GROUP BY i.thread_key
        ) AS thread GROUP BY thread_key HAVING MAX(latest_key) < $2 ORDER BY latest DESC LIMIT $3",
        scope.guarded("i")
    )
}

/// Single interactions of a part of the history.
pub async fn part(
    conn: &mut Conn,
    scope: Scope<'_>,
    client: &Client,
    part: Part,
    (before, limit): (Option<InteractionKey>, i64),
) -> Result<Vec<Line>, StorageError> {
    let mut sql = format!(
        "SELECT a.interaction_key FROM assignment a
        JOIN interaction i ON i.interaction_key = a.interaction_key
        WHERE a.client_id = $1 AND a.interaction_key < $2 AND {}",
        of_client(scope, client, "i")
    );
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
    let (id, before) = (client.id.0, before.map_or(i64::MAX, |key| key.0));
    let keys: Vec<i64> = on_db!(conn, c => {
        sqlx::query_scalar(AssertSqlSafe(sql)).bind(id).bind(before).bind(limit).fetch_all(c).await
    })?;
    Ok(keys
        .into_iter()
        .map(|key| Line {
            key: InteractionKey(key),
            earlier: 0,
        })
        .collect())
}

/// What of a client who is seen is seen itself; nearly always all of it.
fn of_client(scope: Scope<'_>, client: &Client, alias: &str) -> String {
    match client.guarded_count {
        0 => "1 = 1".to_owned(),
        _ => scope.of_seen_client(alias),
    }
}

/// The older messages of the thread that `of` is the last of, newest first.
pub async fn earlier(
    conn: &mut Conn,
    scope: Scope<'_>,
    client: &Client,
    of: InteractionKey,
) -> Result<Vec<InteractionKey>, StorageError> {
    // A message that is not seen leads nowhere, like one that does not exist.
    let sql = format!(
        "SELECT i.interaction_key FROM interaction i
        JOIN assignment a ON a.interaction_key = i.interaction_key AND a.client_id = $1
        WHERE i.thread_key = (SELECT o.thread_key FROM interaction o
            JOIN assignment b ON b.interaction_key = o.interaction_key AND b.client_id = $1
            WHERE o.interaction_key = $2 AND {})
        AND i.interaction_key < $2 AND {} ORDER BY i.interaction_key DESC LIMIT 500",
        of_client(scope, client, "o"),
        of_client(scope, client, "i")
    );
    let id = client.id.0;
    let keys: Vec<i64> =
        on_db!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql)).bind(id).bind(of.0).fetch_all(c).await)?;
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

/// How many interactions of each kind the viewer sees.
pub async fn tallies(conn: &mut Conn, scope: Scope<'_>, client: &Client) -> Result<Vec<Tally>, StorageError> {
    const KEPT: &str = "SELECT channel, direction, count, attachments FROM client_tally
        WHERE client_id = $1 AND count > 0 ORDER BY channel, direction";
    let sql = match client.guarded_count {
        0 => KEPT.to_owned(),
        _ => format!(
            "SELECT channel, direction, CAST(SUM(count) AS BIGINT), CAST(SUM(attachments) AS BIGINT) FROM (
                SELECT channel, direction, count, attachments FROM client_tally WHERE client_id = $1 AND count > 0
                UNION ALL SELECT i.channel, i.direction, 1, CASE WHEN i.attachment_count > 0 THEN 1 ELSE 0 END
                    FROM assignment a JOIN interaction i ON i.interaction_key = a.interaction_key
                    WHERE a.client_id = $1 AND i.sensitivity <> 'team' AND {}
            ) AS tally GROUP BY channel, direction ORDER BY channel, direction",
            scope.guarded("i")
        ),
    };
    let id = client.id.0;
    let rows: Vec<(String, String, i64, i64)> =
        on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_all(c).await)?;
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
pub async fn first(
    conn: &mut Conn,
    scope: Scope<'_>,
    client: &Client,
) -> Result<Option<InteractionKey>, StorageError> {
    const ANY: &str =
        "SELECT interaction_key FROM assignment WHERE client_id = $1 ORDER BY interaction_key LIMIT 1";
    let sql = match client.guarded_count {
        0 => ANY.to_owned(),
        _ => format!(
            "SELECT a.interaction_key FROM assignment a
            JOIN interaction i ON i.interaction_key = a.interaction_key
            WHERE a.client_id = $1 AND {} ORDER BY a.interaction_key LIMIT 1",
            scope.of_seen_client("i")
        ),
    };
    let id = client.id.0;
    let key: Option<i64> =
        on_db!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql)).bind(id).fetch_optional(c).await)?;
    Ok(key.map(InteractionKey))
}
