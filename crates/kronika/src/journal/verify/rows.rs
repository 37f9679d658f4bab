//! The tables' rows against the committed metadata.

use std::collections::HashMap;

use super::Report;
use crate::archive::id::RecordId;
use crate::interaction::{Participant, Recorded};
use crate::journal::act::Act;
use crate::journal::append::Appended;
use crate::on_db;
use crate::scanned;
use crate::storage::bulk::placeholders;
use crate::storage::scan::scan;
use crate::storage::{Conn, StorageError, dialect};

/// What a recorded interaction's rows must say.
pub struct Expected<'a> {
    record: RecordId,
    captured_at: i64,
    recorded: &'a Recorded,
}

impl Expected<'_> {
    /// `None` of acts that record none.
    pub fn of(appended: &Appended) -> Option<Expected<'_>> {
        match &appended.meta.act {
            Act::Interaction(recorded) | Act::Reread { recorded, .. } => Some(Expected {
                record: appended.record,
                captured_at: appended.meta.captured_at,
                recorded,
            }),
            _ => None,
        }
    }
}

scanned! {
    struct Row {
        record_id: i64,
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
        message_id: Option<String>,
        content_id: Vec<u8>,
        digest: Vec<u8>,
        size: i64,
        attachment_count: i64,
    }
}

/// Compares the rows of recorded interactions.
pub async fn compare(
    conn: &mut Conn,
    expected: &[Expected<'_>],
    report: &mut Report,
) -> Result<(), StorageError> {
    if expected.is_empty() {
        return Ok(());
    }
    let records: Vec<i64> = expected.iter().map(|expected| expected.record.0).collect();
    let mut rows = rows(conn, &records).await?;
    let keys: Vec<i64> = expected
        .iter()
        .map(|expected| expected.recorded.interaction.0)
        .collect();
    let mut people = people(conn, &keys).await?;
    let found = dialect::indexed(conn, &keys).await?;
    for one in expected {
        let key = one.recorded.interaction;
        // An interaction that was read again lives on under its newer record.
        let Some(row) = rows.remove(&one.record.0) else {
            if one.recorded.unreadable.is_none() {
                report.blame(format!(
                    "interaction {key} is in the journal but not in the tables"
                ));
            }
            continue;
        };
        report.rows += 1;
        if let Some(field) = row.differs(one) {
            report.blame(format!(
                "interaction {key}: the table's {field} is not what was committed to"
            ));
        }
        if people.remove(&key.0).unwrap_or_default() != one.recorded.participants {
            report.blame(format!(
                "interaction {key}: the table's participants are not those committed to"
            ));
        }
        if one.recorded.unreadable.is_none() && !found.contains(&key.0) {
            report.blame(format!("interaction {key} is missing from the search index"));
        }
    }
    Ok(())
}

impl Row {
    /// The first field that is not what was committed.
    fn differs(&self, expected: &Expected<'_>) -> Option<&'static str> {
        let recorded = &expected.recorded;
        let from = recorded.from();
        let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
        let size = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
        [
            ("key", self.interaction_key == recorded.interaction.0),
            ("channel", self.channel == recorded.channel.name()),
            ("direction", self.direction == recorded.direction.name()),
            ("nature", self.nature == recorded.nature),
            ("subject", self.subject == recorded.subject),
            ("preview", self.preview == recorded.preview),
            (
                "sender's name",
                self.from_name == from.map_or("", |from| &from.name),
            ),
            (
                "sender",
                self.from_address == from.map_or("", |from| &from.address),
            ),
            ("receivers", self.to_line == recorded.to_line()),
            ("claimed time", self.claimed_at == recorded.claimed_at),
            ("capture time", self.captured_at == expected.captured_at),
            ("message id", self.message_id == recorded.message_id),
            ("content id", hex(&self.content_id) == recorded.content_id),
            ("hash", hex(&self.digest) == recorded.sha256),
            ("size", self.size == size(recorded.size)),
            (
                "attachment count",
                self.attachment_count == size(recorded.attachments().count()),
            ),
        ]
        .into_iter()
        .find_map(|(field, same)| (!same).then_some(field))
    }
}

async fn rows(conn: &mut Conn, records: &[i64]) -> Result<HashMap<i64, Row>, StorageError> {
    let sql = format!(
        "SELECT record_id, interaction_key, channel, direction, nature, subject, preview, from_name, from_address,
        to_line, claimed_at, captured_at, message_id, content_id, digest, size, attachment_count
        FROM interaction WHERE record_id IN ({})",
        placeholders(0, records.len())
    );
    let rows: Vec<Row> = scan(conn, sql, records).await?;
    Ok(rows.into_iter().map(|row| (row.record_id, row)).collect())
}

scanned! {
    struct Person {
        interaction_key: i64,
        role: String,
        name: String,
        address: String,
    }
}

async fn people(conn: &mut Conn, keys: &[i64]) -> Result<HashMap<i64, Vec<Participant>>, StorageError> {
    let sql = format!(
        "SELECT interaction_key, role, name, address FROM participant WHERE interaction_key IN ({})
        ORDER BY interaction_key, position",
        placeholders(0, keys.len())
    );
    let mut people: HashMap<i64, Vec<Participant>> = HashMap::new();
    for person in scan::<Person>(conn, sql, keys).await? {
        people
            .entry(person.interaction_key)
            .or_default()
            .push(Participant {
                role: person.role,
                name: person.name,
                address: person.address,
            });
    }
    Ok(people)
}

/// Rows that no record stands behind.
pub async fn count(conn: &mut Conn, report: &mut Report) -> Result<(), StorageError> {
    const STRAY: [(&str, &str); 4] = [
        // Every record has a salt of its own, so no two commit to the same. Whoever has only the tables could have an old
        // act sealed, and so happen, once more.
        (
            "records that are copies of others",
            "SELECT COUNT(*) - COUNT(DISTINCT commitment) FROM record",
        ),
        (
            "interactions without a record",
            "SELECT COUNT(*) FROM interaction i LEFT JOIN record r ON r.id = i.record_id WHERE r.id IS NULL",
        ),
        (
            "records that are neither sealed nor waiting for it",
            "SELECT COUNT(*) FROM record r LEFT JOIN journal_leaf l ON l.record_id = r.id
            LEFT JOIN journal_pending p ON p.record_id = r.id WHERE l.record_id IS NULL AND p.record_id IS NULL",
        ),
        (
            "assignments without a record",
            "SELECT COUNT(*) FROM assignment a LEFT JOIN record r ON r.id = a.record_id WHERE r.id IS NULL",
        ),
    ];
    for (what, sql) in STRAY {
        let stray: i64 = on_db!(conn, c => sqlx::query_scalar(sql).fetch_one(c).await)?;
        if stray > 0 {
            report.blame(format!("{stray} {what}"));
        }
    }
    Ok(())
}
