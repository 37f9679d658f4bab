//! Interactions as lines, from the archive's terms to the page's.

use std::collections::{HashMap, HashSet};

use sqlx::AssertSqlSafe;

use crate::access::Scope;
use crate::archive::id::InteractionKey;
use crate::interaction::list::{self, Row};
use crate::interaction::read::participants_of;
use crate::interaction::{Channel, Direction, Participant};
use crate::on_db;
use crate::storage::bulk::placeholders;
use crate::storage::{Conn, StorageError};
use crate::web::view::kinds::{self, ClientName, Person, SealState};
use crate::web::view::row;

/// Lines of these interactions, in the given order, each with how many older ones it stands for.
pub async fn rows(
    conn: &mut Conn,
    scope: Scope<'_>,
    lines: &[(InteractionKey, i64)],
) -> Result<Vec<row::Row>, StorageError> {
    let keys: Vec<InteractionKey> = lines.iter().map(|(key, _)| *key).collect();
    let earlier: HashMap<InteractionKey, i64> = lines.iter().copied().collect();
    let mut people = participants_of(conn, &keys).await?;
    let sightings = sightings(conn, &keys).await?;
    let waiting = waiting(conn, &keys).await?;
    let found = list::rows(conn, scope, &keys).await?;
    Ok(found
        .into_iter()
        .map(|row| {
            let key = row.key;
            let mut shown = line(row, people.remove(&key).unwrap_or_default());
            if waiting.contains(&key) {
                shown.seal = SealState::Pending;
            }
            shown.earlier = small(earlier.get(&key).copied().unwrap_or_default());
            shown.sightings = small(sightings.get(&key).copied().unwrap_or(1));
            shown
        })
        .collect())
}

/// Lines that stand only for themselves.
pub async fn single_rows(
    conn: &mut Conn,
    scope: Scope<'_>,
    keys: &[InteractionKey],
) -> Result<Vec<row::Row>, StorageError> {
    let lines: Vec<(InteractionKey, i64)> = keys.iter().map(|key| (*key, 0)).collect();
    rows(conn, scope, &lines).await
}

fn line(row: Row, people: Vec<Participant>) -> row::Row {
    row::Row {
        id: row.key.to_string(),
        claimed_at: row.claimed_at.unwrap_or(row.captured_at),
        recorded_at: row.captured_at,
        channel: channel(row.channel),
        direction: direction(row.direction),
        from: Person {
            name: row.from_name,
            address: row.from_address,
        },
        to: people
            .into_iter()
            .filter(|p| matches!(p.role.as_str(), "to" | "cc"))
            .map(person)
            .collect(),
        headline: row.subject,
        snippet: row.preview,
        attachments: small(row.attachment_count),
        earlier: 0,
        sightings: 1,
        seal: SealState::Sealed,
    }
}

pub fn person(participant: Participant) -> Person {
    Person {
        name: participant.name,
        address: participant.address,
    }
}

pub fn channel(channel: Channel) -> kinds::Channel {
    match channel {
        Channel::Email => kinds::Channel::Email,
    }
}

pub fn direction(direction: Direction) -> kinds::Direction {
    match direction {
        Direction::Inbound => kinds::Direction::Inbound,
        Direction::Outbound => kinds::Direction::Outbound,
        Direction::Internal => kinds::Direction::Internal,
    }
}

pub fn client_name(id: crate::archive::id::ClientId, name: &str) -> ClientName {
    ClientName {
        id: id.to_string(),
        name: name.to_owned(),
    }
}

pub fn small(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

async fn sightings(
    conn: &mut Conn,
    keys: &[InteractionKey],
) -> Result<HashMap<InteractionKey, i64>, StorageError> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "SELECT interaction_key, COUNT(*) FROM sighting WHERE interaction_key IN ({}) GROUP BY interaction_key",
        placeholders(0, keys.len())
    );
    let rows: Vec<(i64, i64)> = on_db!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for key in keys {
            query = query.bind(key.0);
        }
        query.fetch_all(c).await
    })?;
    Ok(rows
        .into_iter()
        .map(|(key, count)| (InteractionKey(key), count))
        .collect())
}

/// Which of these no checkpoint covers yet.
async fn waiting(conn: &mut Conn, keys: &[InteractionKey]) -> Result<HashSet<InteractionKey>, StorageError> {
    // Nearly always nothing waits, and then there is nothing to look for.
    const ANY: &str = "SELECT record_id FROM journal_pending LIMIT 1";
    let any: Option<i64> = on_db!(conn, c => sqlx::query_scalar(ANY).fetch_optional(c).await)?;
    if any.is_none() || keys.is_empty() {
        return Ok(HashSet::new());
    }
    let sql = format!(
        "SELECT i.interaction_key FROM interaction i JOIN journal_pending p ON p.record_id = i.record_id
        WHERE i.interaction_key IN ({})",
        placeholders(0, keys.len())
    );
    let found: Vec<i64> = on_db!(conn, c => {
        let mut query = sqlx::query_scalar(AssertSqlSafe(sql));
        for key in keys {
            query = query.bind(key.0);
        }
        query.fetch_all(c).await
    })?;
    Ok(found.into_iter().map(InteractionKey).collect())
}
