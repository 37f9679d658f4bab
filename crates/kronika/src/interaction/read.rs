//! Reading what is recorded.

use std::borrow::Cow;
use std::collections::HashMap;

use kronika_intake::mail::{self, Captured, Reading};
use sqlx::{AssertSqlSafe, FromRow};

use super::{PartFacts, Participant, Recorded};
use crate::access::Scope;
use crate::archive::Archive;
use crate::archive::id::{InteractionKey, RecordId};
use crate::journal::act::{Act, Meta};
use crate::journal::load::{self, LoadError};
use crate::on_db;
use crate::storage::bulk::placeholders;
use crate::storage::{Conn, StorageError};

/// Kinds of documents whose readers are only let loose in a process of their own, by ending and by media type.
const ISOLATED: [&str; 4] = ["pdf", "xls", "xlsb", "xla"];
const ISOLATED_TYPES: [&str; 3] = [
    "application/pdf",
    "application/vnd.ms-excel",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12",
];

/// What becomes of an attachment's text: `pending` until a process of its own has read it for the search index,
/// `none` when that is not needed: then it was read with the message, or there is nothing to read.
pub fn text_state(part: &PartFacts) -> &'static str {
    let ending = part
        .filename
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    let by_name = ending.is_some_and(|ending| ISOLATED.contains(&ending.as_str()));
    if by_name || ISOLATED_TYPES.contains(&part.media_type.as_str()) {
        "pending"
    } else {
        "none"
    }
}

/// An interaction with its original open.
pub struct Whole {
    pub record: RecordId,
    pub original_record: RecordId,
    pub meta: Meta,
    pub recorded: Recorded,
    pub original: Vec<u8>,
}

/// Opens an interaction; `None` when there is none of this key.
pub async fn whole(
    archive: &Archive,
    conn: &mut Conn,
    key: InteractionKey,
) -> Result<Option<Whole>, LoadError> {
    const SQL: &str = "SELECT record_id, original_record FROM interaction WHERE interaction_key = $1";
    let row: Option<(i64, i64)> = on_db!(conn, c => sqlx::query_as(SQL).bind(key.0).fetch_optional(c).await)?;
    let Some((record, original_record)) = row.map(|(a, b)| (RecordId(a), RecordId(b))) else {
        return Ok(None);
    };
    let mut opened = load::open(archive, conn, record).await?;
    let meta = opened.meta()?;
    let recorded = match &meta.act {
        Act::Interaction(recorded) | Act::Reread { recorded, .. } => Recorded::clone(recorded),
        _ => return Err(LoadError::Absent(record)),
    };
    let original = match record == original_record {
        true => load::original(archive, &mut opened).await?,
        false => {
            let mut first = load::open(archive, conn, original_record).await?;
            load::original(archive, &mut first).await?
        }
    };
    let original = original.ok_or(LoadError::Absent(original_record))?;
    Ok(Some(Whole {
        record,
        original_record,
        meta,
        recorded,
        original,
    }))
}

impl Whole {
    /// What today's reader makes of the original; `None` when it cannot read it.
    pub fn read(&self) -> Option<(Captured, Reading)> {
        let captured = mail::capture(&self.original).ok()?;
        let reading = mail::reading(&self.original, &captured);
        Some((captured, reading))
    }

    /// The part of this number, as it was committed.
    pub fn part(&self, number: &str) -> Option<(&PartFacts, Cow<'_, [u8]>)> {
        let facts = self.recorded.parts.iter().find(|part| part.number == number)?;
        Some((facts, decode(facts, &self.original)?))
    }
}

/// A part's bytes, from the facts that were committed with it.
pub fn decode<'a>(facts: &PartFacts, original: &'a [u8]) -> Option<Cow<'a, [u8]>> {
    let part = mail::Part {
        number: facts.number.clone(),
        kind: mail::PartKind::Attachment,
        media_type: facts.media_type.clone(),
        charset: None,
        flow: mail::Flow::Fixed,
        filename: None,
        content_id: None,
        inline: false,
        container: None,
        range: facts.start..facts.end,
        transfer: facts.transfer.parse().ok()?,
        size: facts.size,
    };
    Some(mail::decode(&part, original))
}

/// Where an interaction went that was read again; old links and bookmarks still name its first key.
pub async fn moved_to(conn: &mut Conn, key: InteractionKey) -> Result<Option<InteractionKey>, StorageError> {
    const SQL: &str = "SELECT new_key FROM interaction_moved WHERE old_key = $1";
    let moved: Option<i64> = on_db!(conn, c => sqlx::query_scalar(SQL).bind(key.0).fetch_optional(c).await)?;
    Ok(moved.map(InteractionKey))
}

/// Where an interaction was seen.
#[derive(Debug, Clone, FromRow)]
pub struct Sighting {
    pub connector: String,
    pub mailbox: String,
    pub captured_at: i64,
}

pub async fn sightings(conn: &mut Conn, key: InteractionKey) -> Result<Vec<Sighting>, StorageError> {
    const SQL: &str = "SELECT connector, mailbox, captured_at FROM sighting WHERE interaction_key = $1
        ORDER BY captured_at, mailbox";
    on_db!(conn, c => sqlx::query_as(SQL).bind(key.0).fetch_all(c).await)
}

/// Everyone who took part in each of these interactions, in the originals' order.
pub async fn participants_of(
    conn: &mut Conn,
    keys: &[InteractionKey],
) -> Result<HashMap<InteractionKey, Vec<Participant>>, StorageError> {
    let mut found: HashMap<InteractionKey, Vec<Participant>> = HashMap::new();
    if keys.is_empty() {
        return Ok(found);
    }
    let sql = format!(
        "SELECT interaction_key, role, name, address FROM participant WHERE interaction_key IN ({})
        ORDER BY interaction_key, position",
        placeholders(0, keys.len())
    );
    let rows: Vec<(i64, String, String, String)> = on_db!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for key in keys {
            query = query.bind(key.0);
        }
        query.fetch_all(c).await
    })?;
    for (key, role, name, address) in rows {
        found
            .entry(InteractionKey(key))
            .or_default()
            .push(Participant { role, name, address });
    }
    Ok(found)
}

/// The other messages of an interaction's thread that are seen, newest first.
pub async fn thread_of(
    conn: &mut Conn,
    scope: Scope<'_>,
    key: InteractionKey,
) -> Result<Vec<InteractionKey>, StorageError> {
    let sql = format!(
        "SELECT i.interaction_key FROM interaction i
        WHERE i.thread_key = (SELECT thread_key FROM interaction WHERE interaction_key = $1)
        AND i.interaction_key <> $1 AND {} ORDER BY i.interaction_key DESC LIMIT 100",
        scope.interactions("i")
    );
    let keys: Vec<i64> =
        on_db!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql)).bind(key.0).fetch_all(c).await)?;
    Ok(keys.into_iter().map(InteractionKey).collect())
}
