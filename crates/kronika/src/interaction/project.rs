//! Makes the tables' rows from recorded interactions: when they are recorded, and again at `rebuild`.
//!
//! Rows depend on the committed metadata and on what was projected before, never on the clock or on chance.

use std::collections::BTreeMap;

use super::record::message_hash;
use super::{Recorded, Source};
use crate::archive::id::{ClientId, InteractionKey, RecordId};
use crate::assignment::Assigned;
use crate::journal::act::{Act, Meta};
use crate::journal::append::Appended;
use crate::on_db;
use crate::search::index::{self, Words};
use crate::storage::bulk::{self, Value};
use crate::storage::{Conn, StorageError};

/// A capture and, when it is a new interaction, what it is found by.
pub struct Projected<'a> {
    pub appended: &'a Appended,
    pub words: Option<&'a Words>,
}

/// A new interaction within a batch.
struct New<'a> {
    record: RecordId,
    original: RecordId,
    meta: &'a Meta,
    recorded: &'a Recorded,
    words: Option<&'a Words>,
}

/// Projects captures, in their order. Other acts are none of this module's business and are passed over.
pub async fn captured(conn: &mut Conn, batch: &[Projected<'_>]) -> Result<(), StorageError> {
    let mut new = Vec::new();
    let mut sightings = Vec::new();
    for Projected { appended, words } in batch {
        let (record, meta) = (appended.record, &appended.meta);
        match &meta.act {
            Act::Interaction(recorded) => {
                sightings.push(Sighting {
                    record,
                    meta,
                    interaction: recorded.interaction,
                    source: &recorded.source,
                    same_bytes: true,
                });
                new.push(New {
                    record,
                    original: record,
                    meta,
                    recorded,
                    words: *words,
                });
            }
            Act::Reread {
                replaces,
                original,
                recorded,
            } => {
                replace(conn, *replaces, recorded.interaction).await?;
                new.push(New {
                    record,
                    original: *original,
                    meta,
                    recorded,
                    words: *words,
                });
            }
            Act::Sighted {
                interaction,
                source,
                same_bytes,
            } => {
                sightings.push(Sighting {
                    record,
                    meta,
                    interaction: *interaction,
                    source,
                    same_bytes: *same_bytes,
                });
            }
            _ => {}
        }
    }
    insert_interactions(conn, &new).await?;
    insert_people(conn, &new).await?;
    insert_attachments(conn, &new).await?;
    insert_threads(conn, &new).await?;
    insert_sightings(conn, &sightings).await?;
    let assigned: Vec<Assignment<'_>> = new.iter().flat_map(New::assignments).collect();
    insert_assignments(conn, &assigned).await?;
    for item in &new {
        join_threads(conn, item.recorded).await?;
    }
    let found: Vec<(InteractionKey, &Words)> = new
        .iter()
        .filter_map(|item| Some((item.recorded.interaction, item.words?)))
        .collect();
    index::insert(conn, &found).await
}

const INTERACTION: &[&str] = &[
    "interaction_key",
    "record_id",
    "original_record",
    "channel",
    "direction",
    "nature",
    "subject",
    "preview",
    "from_name",
    "from_address",
    "to_line",
    "claimed_at",
    "captured_at",
    "thread_key",
    "message_id",
    "content_id",
    "digest",
    "size",
    "attachment_count",
    "unreadable",
    "assigned_count",
    "analyser",
];

async fn insert_interactions(conn: &mut Conn, new: &[New<'_>]) -> Result<(), StorageError> {
    let lines: Vec<(String, Vec<u8>, Vec<u8>)> = new
        .iter()
        .map(|item| {
            (
                item.recorded.to_line(),
                unhex(&item.recorded.content_id),
                unhex(&item.recorded.sha256),
            )
        })
        .collect();
    let rows: Vec<Vec<Value<'_>>> = new
        .iter()
        .zip(&lines)
        .map(|(item, (to_line, content_id, digest))| {
            let recorded = item.recorded;
            let from = recorded.from();
            vec![
                Value::Int(recorded.interaction.0),
                Value::Int(item.record.0),
                Value::Int(item.original.0),
                Value::Text(recorded.channel.name()),
                Value::Text(recorded.direction.name()),
                Value::Text(&recorded.nature),
                Value::Text(&recorded.subject),
                Value::Text(&recorded.preview),
                Value::Text(from.map_or("", |from| &from.name)),
                Value::Text(from.map_or("", |from| &from.address)),
                Value::Text(to_line),
                Value::MaybeInt(recorded.claimed_at),
                Value::Int(item.meta.captured_at),
                Value::Int(recorded.thread.0),
                Value::MaybeText(recorded.message_id.as_deref()),
                Value::Bytes(content_id),
                Value::Bytes(digest),
                Value::Int(int(recorded.size)),
                Value::Int(int(recorded.attachments().count())),
                Value::MaybeText(recorded.unreadable.as_deref()),
                Value::Int(int(recorded.assigned.len())),
                Value::Int(i64::from(kronika_lexicon::VERSION)),
            ]
        })
        .collect();
    bulk::insert(conn, ("interaction", INTERACTION), &rows, "").await
}

async fn insert_people(conn: &mut Conn, new: &[New<'_>]) -> Result<(), StorageError> {
    let rows: Vec<Vec<Value<'_>>> = new
        .iter()
        .flat_map(|item| {
            (0..)
                .zip(&item.recorded.participants)
                .map(|(position, participant)| {
                    vec![
                        Value::Int(item.recorded.interaction.0),
                        Value::Int(position),
                        Value::Text(&participant.role),
                        Value::Text(&participant.name),
                        Value::Text(&participant.address),
                    ]
                })
        })
        .collect();
    let columns = ["interaction_key", "position", "role", "name", "address"];
    bulk::insert(conn, ("participant", &columns), &rows, "").await
}

async fn insert_attachments(conn: &mut Conn, new: &[New<'_>]) -> Result<(), StorageError> {
    let rows: Vec<Vec<Value<'_>>> = new
        .iter()
        .flat_map(|item| {
            (0..).zip(item.recorded.attachments()).map(|(position, part)| {
                vec![
                    Value::Int(item.recorded.interaction.0),
                    Value::Int(position),
                    Value::Text(&part.number),
                    Value::Text(&part.filename),
                    Value::Text(&part.media_type),
                    Value::Int(int(part.size)),
                    Value::Text(super::read::text_state(part)),
                ]
            })
        })
        .collect();
    let columns = [
        "interaction_key",
        "position",
        "number",
        "filename",
        "media_type",
        "size",
        "text_state",
    ];
    bulk::insert(conn, ("attachment", &columns), &rows, "").await
}

async fn insert_threads(conn: &mut Conn, new: &[New<'_>]) -> Result<(), StorageError> {
    let mut rows: BTreeMap<i64, i64> = BTreeMap::new();
    for item in new {
        let ids = item.recorded.message_id.iter().chain(&item.recorded.references);
        for hash in ids.map(|id| message_hash(id)) {
            rows.entry(hash).or_insert(item.recorded.thread.0);
        }
    }
    let rows: Vec<Vec<Value<'_>>> = rows
        .into_iter()
        .map(|(hash, thread)| vec![Value::Int(hash), Value::Int(thread)])
        .collect();
    let target = ("mail_thread", ["message_hash", "thread_key"].as_slice());
    bulk::insert(conn, target, &rows, "ON CONFLICT DO NOTHING").await
}

/// A place where an interaction was seen.
struct Sighting<'a> {
    record: RecordId,
    meta: &'a Meta,
    interaction: InteractionKey,
    source: &'a Source,
    same_bytes: bool,
}

async fn insert_sightings(conn: &mut Conn, sightings: &[Sighting<'_>]) -> Result<(), StorageError> {
    let ids: Vec<[u8; 16]> = sightings.iter().map(|sighting| sighting.source.id()).collect();
    let rows: Vec<Vec<Value<'_>>> = sightings
        .iter()
        .zip(&ids)
        .map(|(sighting, id)| {
            vec![
                Value::Bytes(id),
                Value::Int(sighting.interaction.0),
                Value::Int(sighting.record.0),
                Value::Text(&sighting.source.connector),
                Value::Text(&sighting.source.mailbox),
                Value::Text(&sighting.source.external_id),
                Value::Int(sighting.meta.captured_at),
                Value::Int(i64::from(sighting.same_bytes)),
            ]
        })
        .collect();
    let columns = [
        "source_id",
        "interaction_key",
        "record_id",
        "connector",
        "mailbox",
        "external_id",
        "captured_at",
        "same_bytes",
    ];
    bulk::insert(conn, ("sighting", &columns), &rows, "").await
}

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
}

impl<'a> New<'a> {
    fn assignments(&self) -> impl Iterator<Item = Assignment<'a>> {
        let (recorded, meta, record) = (self.recorded, self.meta, self.record);
        recorded.assigned.iter().map(move |assigned| Assignment {
            interaction: recorded.interaction,
            thread: recorded.thread,
            kind: Kind {
                channel: recorded.channel.name(),
                direction: recorded.direction.name(),
                attachments: recorded.attachments().next().is_some(),
            },
            assigned,
            record,
            by: &meta.by,
            at: meta.captured_at,
        })
    }
}

/// Projects assignments of recorded interactions that are not with these clients yet.
pub async fn assign(conn: &mut Conn, assignments: &[Assignment<'_>]) -> Result<(), StorageError> {
    count_assigned(conn, assignments).await?;
    insert_assignments(conn, assignments).await
}

async fn insert_assignments(conn: &mut Conn, assignments: &[Assignment<'_>]) -> Result<(), StorageError> {
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
    tally(conn, assignments, 1).await?;
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
    const SQL: &str = "UPDATE client SET interaction_count = interaction_count + $2,
        last_key = CASE WHEN last_key IS NULL OR last_key < $3 THEN $3 ELSE last_key END WHERE id = $1";
    let mut counts: BTreeMap<ClientId, (i64, i64)> = BTreeMap::new();
    for a in assignments {
        let (count, last) = counts.entry(a.assigned.client).or_insert((0, i64::MIN));
        *count += 1;
        *last = (*last).max(a.interaction.0);
    }
    for (client, (count, last)) in counts {
        on_db!(conn, c => sqlx::query(SQL).bind(client.0).bind(count).bind(last).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Adds to, or with -1 takes from, how many interactions of each kind the clients have.
pub async fn tally(conn: &mut Conn, assignments: &[Assignment<'_>], by: i64) -> Result<(), StorageError> {
    let mut tallies: BTreeMap<(i64, &str, &str), (i64, i64)> = BTreeMap::new();
    for a in assignments {
        let kind = (a.assigned.client.0, a.kind.channel, a.kind.direction);
        let (count, attachments) = tallies.entry(kind).or_default();
        *count += by;
        *attachments += if a.kind.attachments { by } else { 0 };
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

async fn count_in_threads(conn: &mut Conn, assignments: &[Assignment<'_>]) -> Result<(), StorageError> {
    let mut threads: BTreeMap<(i64, i64), (i64, i64)> = BTreeMap::new();
    for a in assignments {
        let (latest, count) = threads
            .entry((a.assigned.client.0, a.thread.0))
            .or_insert((i64::MIN, 0));
        *latest = (*latest).max(a.interaction.0);
        *count += 1;
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

/// A message showed that several threads are one: everything moves into its own.
async fn join_threads(conn: &mut Conn, recorded: &Recorded) -> Result<(), StorageError> {
    const MESSAGES: &str = "UPDATE mail_thread SET thread_key = $1 WHERE thread_key = $2";
    const INTERACTIONS: &str = "UPDATE interaction SET thread_key = $1 WHERE thread_key = $2";
    for other in &recorded.joins {
        for sql in [MESSAGES, INTERACTIONS] {
            on_db!(conn, c => sqlx::query(sql).bind(recorded.thread.0).bind(other.0).execute(c).await.map(drop))?;
        }
        count_thread_again(conn, *other).await?;
    }
    if !recorded.joins.is_empty() {
        count_thread_again(conn, recorded.thread).await?;
    }
    Ok(())
}

/// Counts a thread's interactions for each client from the assignments themselves.
pub async fn count_thread_again(conn: &mut Conn, thread: InteractionKey) -> Result<(), StorageError> {
    const FORGET: &str = "DELETE FROM client_thread WHERE thread_key = $1";
    const COUNT: &str = "INSERT INTO client_thread (client_id, thread_key, latest_key, count)
        SELECT a.client_id, i.thread_key, MAX(i.interaction_key), COUNT(*) FROM interaction i
        JOIN assignment a ON a.interaction_key = i.interaction_key
        WHERE i.thread_key = $1 GROUP BY a.client_id, i.thread_key";
    for sql in [FORGET, COUNT] {
        on_db!(conn, c => sqlx::query(sql).bind(thread.0).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Makes way for the new reading of an interaction: its rows go, where it was seen stays.
async fn replace(conn: &mut Conn, old: InteractionKey, new: InteractionKey) -> Result<(), StorageError> {
    const GONE: [&str; 4] = [
        "DELETE FROM interaction WHERE interaction_key = $1",
        "DELETE FROM participant WHERE interaction_key = $1",
        "DELETE FROM attachment WHERE interaction_key = $1",
        "DELETE FROM local_attachment_text WHERE interaction_key = $1",
    ];
    for sql in GONE {
        on_db!(conn, c => sqlx::query(sql).bind(old.0).execute(c).await.map(drop))?;
    }
    const SEEN: &str = "UPDATE sighting SET interaction_key = $2 WHERE interaction_key = $1";
    on_db!(conn, c => sqlx::query(SEEN).bind(old.0).bind(new.0).execute(c).await.map(drop))
}

fn int(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

fn unhex(text: &str) -> Vec<u8> {
    data_encoding::HEXLOWER
        .decode(text.as_bytes())
        .unwrap_or_default()
}
