//! Assignments in the tables, and the counts that follow from them.

use std::collections::BTreeMap;

use crate::access::Sensitivity;
use crate::archive::id::{ClientId, InteractionKey, RecordId};
use crate::assignment::Assigned;
use crate::on_db;
use crate::storage::bulk::{self, Value};
use crate::storage::{Conn, StorageError};

/// What of an interaction a client's tally counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind<'a> {
    pub channel: &'a str,
    pub direction: &'a str,
    pub attachments: bool,
}

/// One assignment about to be projected.
pub struct Assignment<'a> {
    pub interaction: InteractionKey,
    pub thread: InteractionKey,
    pub kind: Kind<'a>,
    pub assigned: &'a Assigned,
    pub record: RecordId,
    pub by: &'a str,
    pub at: i64,
    /// Whether it is of another sensitivity than the team's: then no count that everybody reads may have it.
    pub guarded: bool,
}

/// Projects assignments of recorded interactions that are not with these clients yet.
pub async fn assign(conn: &mut Conn, assignments: &[Assignment<'_>]) -> Result<(), StorageError> {
    count_assigned(conn, assignments).await?;
    insert_assignments(conn, assignments).await
}

pub(super) async fn insert_assignments(
    conn: &mut Conn,
    assignments: &[Assignment<'_>],
) -> Result<(), StorageError> {
    let rows: Vec<Vec<Value<'_>>> = assignments
        .iter()
        .map(|a| {
            vec![
                Value::Int(a.assigned.client.0),
                Value::Int(a.interaction.0),
                Value::Text(a.assigned.why.name()),
                Value::Text(&a.assigned.detail),
                Value::Int(a.record.0),
            ]
        })
        .collect();
    let columns = ["client_id", "interaction_key", "why", "detail", "record_id"];
    bulk::insert(conn, ("assignment", &columns), &rows, "").await?;
    insert_changes(conn, assignments, "assigned").await?;
    count_for_clients(conn, assignments).await?;
    tally(conn, assignments).await?;
    count_in_threads(conn, assignments).await
}

/// Writes lines of history.
pub async fn insert_changes(
    conn: &mut Conn,
    assignments: &[Assignment<'_>],
    change: &'static str,
) -> Result<(), StorageError> {
    let rows: Vec<Vec<Value<'_>>> = assignments
        .iter()
        .map(|a| {
            vec![
                Value::Int(a.record.0),
                Value::Int(a.interaction.0),
                Value::Int(a.assigned.client.0),
                Value::Text(change),
                Value::Text(a.assigned.why.name()),
                Value::Text(&a.assigned.detail),
                Value::Text(a.by),
                Value::Int(a.at),
            ]
        })
        .collect();
    let columns = [
        "record_id",
        "interaction_key",
        "client_id",
        "change",
        "why",
        "detail",
        "changed_by",
        "changed_at",
    ];
    bulk::insert(conn, ("assignment_change", &columns), &rows, "").await
}

async fn count_assigned(conn: &mut Conn, assignments: &[Assignment<'_>]) -> Result<(), StorageError> {
    const SQL: &str =
        "UPDATE interaction SET assigned_count = assigned_count + $2 WHERE interaction_key = $1";
    let mut counts: BTreeMap<i64, i64> = BTreeMap::new();
    for assignment in assignments {
        *counts.entry(assignment.interaction.0).or_default() += 1;
    }
    for (key, count) in counts {
        on_db!(conn, c => sqlx::query(SQL).bind(key).bind(count).execute(c).await.map(drop))?;
    }
    Ok(())
}

async fn count_for_clients(conn: &mut Conn, assignments: &[Assignment<'_>]) -> Result<(), StorageError> {
    const SQL: &str =
        "UPDATE client SET interaction_count = interaction_count + $2, guarded_count = guarded_count + $3,
        last_key = CASE WHEN $2 > 0 AND (last_key IS NULL OR last_key < $4) THEN $4 ELSE last_key END WHERE id = $1";
    let mut counts: BTreeMap<ClientId, (i64, i64, i64)> = BTreeMap::new();
    for a in assignments {
        let (count, guarded, last) = counts.entry(a.assigned.client).or_insert((0, 0, i64::MIN));
        if a.guarded {
            *guarded += 1;
        } else {
            *count += 1;
            *last = (*last).max(a.interaction.0);
        }
    }
    for (client, (count, guarded, last)) in counts {
        on_db!(conn, c => sqlx::query(SQL).bind(client.0).bind(count).bind(guarded).bind(last).execute(c).await
            .map(drop))?;
    }
    Ok(())
}

/// Adds to how many interactions of each kind the clients have.
async fn tally(conn: &mut Conn, assignments: &[Assignment<'_>]) -> Result<(), StorageError> {
    let mut tallies: BTreeMap<(i64, &str, &str), (i64, i64)> = BTreeMap::new();
    for a in assignments.iter().filter(|a| !a.guarded) {
        let kind = (a.assigned.client.0, a.kind.channel, a.kind.direction);
        let (count, attachments) = tallies.entry(kind).or_default();
        *count += 1;
        *attachments += i64::from(a.kind.attachments);
    }
    let rows: Vec<Vec<Value<'_>>> = tallies
        .into_iter()
        .map(|((client, channel, direction), (count, attachments))| {
            vec![
                Value::Int(client),
                Value::Text(channel),
                Value::Text(direction),
                Value::Int(count),
                Value::Int(attachments),
            ]
        })
        .collect();
    let target = (
        "client_tally",
        ["client_id", "channel", "direction", "count", "attachments"].as_slice(),
    );
    const MORE: &str = "ON CONFLICT (client_id, channel, direction) DO UPDATE SET
        count = client_tally.count + excluded.count,
        attachments = client_tally.attachments + excluded.attachments";
    bulk::insert(conn, target, &rows, MORE).await
}

/// The last of a thread that has none that everybody sees; older than anything.
const NONE: i64 = -i64::MAX;

/// A thread stands with a client even when nothing of it is counted: what comes later goes there too.
async fn count_in_threads(conn: &mut Conn, assignments: &[Assignment<'_>]) -> Result<(), StorageError> {
    let mut threads: BTreeMap<(i64, i64), (i64, i64)> = BTreeMap::new();
    for a in assignments {
        let (latest, count) = threads
            .entry((a.assigned.client.0, a.thread.0))
            .or_insert((NONE, 0));
        if !a.guarded {
            *latest = (*latest).max(a.interaction.0);
            *count += 1;
        }
    }
    let rows: Vec<Vec<Value<'_>>> = threads
        .into_iter()
        .map(|((client, thread), (latest, count))| {
            vec![
                Value::Int(client),
                Value::Int(thread),
                Value::Int(latest),
                Value::Int(count),
            ]
        })
        .collect();
    let target = (
        "client_thread",
        ["client_id", "thread_key", "latest_key", "count"].as_slice(),
    );
    const MORE: &str = "ON CONFLICT (client_id, thread_key) DO UPDATE SET
        latest_key = CASE WHEN excluded.latest_key > client_thread.latest_key
            THEN excluded.latest_key ELSE client_thread.latest_key END,
        count = client_thread.count + excluded.count";
    bulk::insert(conn, target, &rows, MORE).await
}

/// Counts a thread's interactions for each client from the assignments themselves.
pub async fn count_thread_again(conn: &mut Conn, thread: InteractionKey) -> Result<(), StorageError> {
    const FORGET: &str = "DELETE FROM client_thread WHERE thread_key = $1";
    const COUNT: &str = "INSERT INTO client_thread (client_id, thread_key, latest_key, count)
        SELECT a.client_id, i.thread_key,
            MAX(CASE WHEN i.sensitivity = 'team' THEN i.interaction_key ELSE -9223372036854775807 END),
            SUM(CASE WHEN i.sensitivity = 'team' THEN 1 ELSE 0 END)
        FROM interaction i JOIN assignment a ON a.interaction_key = i.interaction_key
        WHERE i.thread_key = $1 GROUP BY a.client_id, i.thread_key";
    for sql in [FORGET, COUNT] {
        on_db!(conn, c => sqlx::query(sql).bind(thread.0).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Takes an interaction out of the counts of its clients, or of one of them, while it still stands with them. Its
/// thread must be counted again afterwards.
pub async fn uncount(
    conn: &mut Conn,
    key: InteractionKey,
    only: Option<ClientId>,
) -> Result<(), StorageError> {
    const CLIENTS: &str = "UPDATE client SET interaction_count = interaction_count - 1,
        last_key = CASE WHEN last_key <> $1 THEN last_key ELSE (SELECT a.interaction_key FROM assignment a
            JOIN interaction i ON i.interaction_key = a.interaction_key
            WHERE a.client_id = client.id AND i.sensitivity = 'team' AND a.interaction_key <> $1
            ORDER BY a.interaction_key DESC LIMIT 1) END
        WHERE id IN (SELECT client_id FROM assignment WHERE interaction_key = $1) AND ($2 = 0 OR id = $2)
        AND EXISTS (SELECT 1 FROM interaction WHERE interaction_key = $1 AND sensitivity = 'team')";
    const GUARDED: &str = "UPDATE client SET guarded_count = guarded_count - 1
        WHERE id IN (SELECT client_id FROM assignment WHERE interaction_key = $1) AND ($2 = 0 OR id = $2)
        AND EXISTS (SELECT 1 FROM interaction WHERE interaction_key = $1 AND sensitivity <> 'team')";
    const TALLIES: &str = "UPDATE client_tally SET count = count - 1, attachments = attachments
            - (SELECT CASE WHEN attachment_count > 0 THEN 1 ELSE 0 END FROM interaction WHERE interaction_key = $1)
        WHERE client_id IN (SELECT client_id FROM assignment WHERE interaction_key = $1)
        AND ($2 = 0 OR client_id = $2)
        AND (channel, direction) IN
            (SELECT channel, direction FROM interaction WHERE interaction_key = $1 AND sensitivity = 'team')";
    let only = only.map_or(0, |client| client.0);
    for sql in [CLIENTS, GUARDED, TALLIES] {
        on_db!(conn, c => sqlx::query(sql).bind(key.0).bind(only).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Puts an interaction into the counts of all its clients. Its thread must be counted again afterwards.
pub async fn count_again(conn: &mut Conn, key: InteractionKey) -> Result<(), StorageError> {
    const CLIENTS: &str = "UPDATE client SET interaction_count = interaction_count + 1,
        last_key = CASE WHEN last_key IS NULL OR last_key < $1 THEN $1 ELSE last_key END
        WHERE id IN (SELECT client_id FROM assignment WHERE interaction_key = $1)
        AND EXISTS (SELECT 1 FROM interaction WHERE interaction_key = $1 AND sensitivity = 'team')";
    const GUARDED: &str = "UPDATE client SET guarded_count = guarded_count + 1
        WHERE id IN (SELECT client_id FROM assignment WHERE interaction_key = $1)
        AND EXISTS (SELECT 1 FROM interaction WHERE interaction_key = $1 AND sensitivity <> 'team')";
    const TALLIES: &str = "INSERT INTO client_tally (client_id, channel, direction, count, attachments)
        SELECT a.client_id, i.channel, i.direction, 1, CASE WHEN i.attachment_count > 0 THEN 1 ELSE 0 END
        FROM assignment a JOIN interaction i ON i.interaction_key = a.interaction_key
        WHERE a.interaction_key = $1 AND i.sensitivity = 'team'
        ON CONFLICT (client_id, channel, direction) DO UPDATE SET count = client_tally.count + excluded.count,
            attachments = client_tally.attachments + excluded.attachments";
    for sql in [CLIENTS, GUARDED, TALLIES] {
        on_db!(conn, c => sqlx::query(sql).bind(key.0).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// What nobody decided follows from the clients: mail of a person's own mailbox is private until it has one.
pub async fn settle(conn: &mut Conn, key: InteractionKey, with_client: bool) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE interaction SET sensitivity = $2
        WHERE interaction_key = $1 AND personal = 1 AND sensitivity_chosen = 0";
    let sensitivity = match with_client {
        true => Sensitivity::Team,
        false => Sensitivity::Private,
    };
    on_db!(conn, c => sqlx::query(SQL).bind(key.0).bind(sensitivity.name()).execute(c).await.map(drop))
}

/// Forgets the thread of a message that stood alone in it.
pub(super) async fn forget_thread_of(conn: &mut Conn, key: InteractionKey) -> Result<(), StorageError> {
    const THREAD: &str = "DELETE FROM client_thread WHERE thread_key = $1";
    on_db!(conn, c => sqlx::query(THREAD).bind(key.0).execute(c).await.map(drop))
}
