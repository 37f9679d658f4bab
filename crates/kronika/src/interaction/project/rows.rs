//! The rows of new interactions and of what they consist of.

use super::{New, int, unhex};
use crate::storage::bulk::{self, Value};
use crate::storage::{Conn, StorageError};

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
    "sensitivity",
    "sensitivity_chosen",
    "personal",
];

pub(super) async fn insert_interactions(conn: &mut Conn, new: &[New<'_>]) -> Result<(), StorageError> {
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
                Value::Text(item.sight.sensitivity.name()),
                Value::Int(i64::from(item.sight.chosen)),
                Value::Int(i64::from(item.sight.personal)),
            ]
        })
        .collect();
    bulk::insert(conn, ("interaction", INTERACTION), &rows, "").await
}

pub(super) async fn insert_people(conn: &mut Conn, new: &[New<'_>]) -> Result<(), StorageError> {
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
    bulk::insert(conn, ("participant", &columns), &rows, "").await?;
    insert_named(conn, new).await
}

/// The people who alone see what is restricted.
async fn insert_named(conn: &mut Conn, new: &[New<'_>]) -> Result<(), StorageError> {
    let rows: Vec<Vec<Value<'_>>> = new
        .iter()
        .flat_map(|item| {
            let key = item.recorded.interaction.0;
            item.sight
                .people
                .iter()
                .map(move |account| vec![Value::Int(key), Value::Int(*account)])
        })
        .collect();
    let columns = ["interaction_key", "account_id"];
    bulk::insert(conn, ("interaction_person", &columns), &rows, "").await
}

pub(super) async fn insert_attachments(conn: &mut Conn, new: &[New<'_>]) -> Result<(), StorageError> {
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
                    Value::Text(crate::interaction::read::text_state(part)),
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
