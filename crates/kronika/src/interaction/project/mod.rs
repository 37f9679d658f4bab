//! Makes the tables' rows from recorded interactions: when they are recorded, and again at `rebuild`.
//!
//! Rows depend on the committed metadata and on what was projected before, never on the clock or on chance.

mod assign;
mod rows;
mod sensitivity;

use std::collections::{BTreeMap, HashMap};

use super::desk::message_hash;
use super::{Recorded, Source};
use crate::access::Sensitivity;
use crate::archive::id::{InteractionKey, RecordId};
use crate::journal::act::{Act, Meta};
use crate::journal::append::Appended;
use crate::on_db;
use crate::search::index::{self, Words};
use crate::storage::bulk::{self, Value};
use crate::storage::{Conn, StorageError};

use assign::insert_assignments;
pub use assign::{
    Assignment, Kind, assign, count_again, count_thread_again, insert_changes, settle, uncount,
};
use rows::{insert_attachments, insert_interactions, insert_people};
use sensitivity::{Decided, Desk, Sight, decided_of};

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
    sight: Sight,
}

/// Projects captures, in their order. Other acts are none of this module's business and are passed over.
pub async fn captured(conn: &mut Conn, batch: &[Projected<'_>]) -> Result<(), StorageError> {
    let mut before = HashMap::new();
    for Projected { appended, .. } in batch {
        if let Act::Reread {
            replaces, recorded, ..
        } = &appended.meta.act
        {
            let decided = decided_of(conn, *replaces).await?;
            before.extend(decided.map(|decided| (recorded.interaction, decided)));
            replace(conn, *replaces, recorded.interaction).await?;
        }
    }
    let new = new_ones(conn, batch, &before).await?;
    let sightings: Vec<Sighting<'_>> = batch.iter().filter_map(Sighting::of).collect();
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

/// What of a batch is new, and who sees it.
async fn new_ones<'a>(
    conn: &mut Conn,
    batch: &[Projected<'a>],
    before: &HashMap<InteractionKey, Decided>,
) -> Result<Vec<New<'a>>, StorageError> {
    let recorded = batch
        .iter()
        .filter_map(|projected| New::parts(projected).map(|(_, recorded)| recorded));
    let mut desk = Desk::open(conn, recorded).await?;
    let new = batch
        .iter()
        .filter_map(|projected| New::of(projected, &mut desk, before))
        .collect();
    desk.close(conn).await?;
    Ok(new)
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

impl<'a> Sighting<'a> {
    fn of(projected: &Projected<'a>) -> Option<Sighting<'a>> {
        let (record, meta) = (projected.appended.record, &projected.appended.meta);
        match &meta.act {
            Act::Interaction(recorded) => {
                let (interaction, source) = (recorded.interaction, &recorded.source);
                Some(Sighting {
                    record,
                    meta,
                    interaction,
                    source,
                    same_bytes: true,
                })
            }
            Act::Sighted {
                interaction,
                source,
                same_bytes,
            } => Some(Sighting {
                record,
                meta,
                interaction: *interaction,
                source,
                same_bytes: *same_bytes,
            }),
            _ => None,
        }
    }
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

/// A message showed that several threads are one: everything moves into its own.
async fn join_threads(conn: &mut Conn, recorded: &Recorded) -> Result<(), StorageError> {
    const MESSAGES: &str = "UPDATE mail_thread SET thread_key = $1 WHERE thread_key = $2";
    const INTERACTIONS: &str = "UPDATE interaction SET thread_key = $1 WHERE thread_key = $2";
    // Who was given one of the threads was given the conversation.
    const GRANTS: &str = "UPDATE access_grant SET thread_key = $1 WHERE thread_key = $2";
    for other in &recorded.joins {
        for sql in [MESSAGES, INTERACTIONS, GRANTS] {
            on_db!(conn, c => sqlx::query(sql).bind(recorded.thread.0).bind(other.0).execute(c).await.map(drop))?;
        }
        count_thread_again(conn, *other).await?;
    }
    if !recorded.joins.is_empty() {
        count_thread_again(conn, recorded.thread).await?;
    }
    Ok(())
}

/// Makes way for the new reading of an interaction: its rows go, where it was seen stays.
async fn replace(conn: &mut Conn, old: InteractionKey, new: InteractionKey) -> Result<(), StorageError> {
    const GONE: [&str; 6] = [
        "DELETE FROM interaction WHERE interaction_key = $1",
        "DELETE FROM interaction_person WHERE interaction_key = $1",
        "DELETE FROM participant WHERE interaction_key = $1",
        "DELETE FROM attachment WHERE interaction_key = $1",
        "DELETE FROM assignment WHERE interaction_key = $1",
        "DELETE FROM local_attachment_text WHERE interaction_key = $1",
    ];
    const SEEN: [&str; 3] = [
        "UPDATE log_entry SET interaction_key = $2 WHERE interaction_key = $1",
        "UPDATE sighting SET interaction_key = $2 WHERE interaction_key = $1",
        "UPDATE assignment_change SET interaction_key = $2 WHERE interaction_key = $1",
    ];
    const MOVED: &str = "INSERT INTO interaction_moved (old_key, new_key) VALUES ($1, $2)";
    uncount(conn, old, None).await?;
    assign::forget_thread_of(conn, old).await?;
    // What could not be read was found by no words.
    index::remove(conn, old, &Words::default()).await?;
    for sql in GONE {
        on_db!(conn, c => sqlx::query(sql).bind(old.0).execute(c).await.map(drop))?;
    }
    for sql in SEEN.into_iter().chain([MOVED]) {
        on_db!(conn, c => sqlx::query(sql).bind(old.0).bind(new.0).execute(c).await.map(drop))?;
    }
    Ok(())
}

impl<'a> New<'a> {
    /// The record of its original, and what was read of it.
    fn parts(projected: &Projected<'a>) -> Option<(RecordId, &'a Recorded)> {
        match &projected.appended.meta.act {
            Act::Interaction(recorded) => Some((projected.appended.record, recorded)),
            Act::Reread {
                original, recorded, ..
            } => Some((*original, recorded)),
            _ => None,
        }
    }

    fn of(
        projected: &Projected<'a>,
        desk: &mut Desk,
        before: &HashMap<InteractionKey, Decided>,
    ) -> Option<New<'a>> {
        let (original, recorded) = New::parts(projected)?;
        Some(New {
            record: projected.appended.record,
            original,
            meta: &projected.appended.meta,
            recorded,
            words: projected.words,
            sight: desk.sight(recorded, before.get(&recorded.interaction)),
        })
    }

    fn assignments(&self) -> impl Iterator<Item = Assignment<'a>> {
        let (recorded, meta, record) = (self.recorded, self.meta, self.record);
        let guarded = self.sight.sensitivity != Sensitivity::Team;
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
            guarded,
        })
    }
}

fn int(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

fn unhex(text: &str) -> Vec<u8> {
    data_encoding::HEXLOWER
        .decode(text.as_bytes())
        .unwrap_or_default()
}
