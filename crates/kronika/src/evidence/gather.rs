//! What goes into a package of one client.

use std::collections::HashMap;

use kronika_evidence::{ClientFile, Disclosed, Item, Package, Place};
use kronika_tlog::Hash;
use kronika_tlog::note::Note;
use kronika_tlog::proof::Proof;
use serde_json::{Value, json};

use super::journal::{self, Frozen};
use super::{EvidenceError, Purpose};
use crate::archive::Archive;
use crate::archive::id::{ClientId, RecordId};
use crate::client::store as clients;
use crate::journal::act::Act;
use crate::journal::load::{self, Opened};
use crate::journal::prove;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// A package but for its originals, and where those are.
pub struct Gathered {
    pub package: Package,
    /// Records of the items, in their order.
    pub records: Vec<RecordId>,
    pub leaves: Vec<u8>,
}

/// All that is recorded with a client.
pub async fn client(
    archive: &Archive,
    client: ClientId,
    purpose: Purpose<'_>,
) -> Result<Gathered, EvidenceError> {
    let conn = &mut archive.db.read().await?;
    let found = clients::find(conn, client).await?;
    let found = found.ok_or(EvidenceError::NoClient(client))?;
    let frozen = journal::freeze(archive, conn).await?;
    let mut items = Vec::new();
    let mut records = Vec::new();
    for record in recorded_with(conn, client).await? {
        if let Some(item) = item(archive, conn, record, &frozen).await? {
            items.push(item);
            records.push(record);
        }
    }
    if items.is_empty() {
        return Err(EvidenceError::Nothing);
    }
    let by_commitment = items
        .iter()
        .zip(1_u64..)
        .map(|(item, number)| (item.leaf.commitment, number));
    let completeness = file_of(archive, conn, client, &by_commitment.collect()).await?;
    let made_at = archive.clock.now();
    let description = match purpose.purpose {
        "" => format!("All that is recorded with {}", found.facts.name),
        purpose => format!("All that is recorded with {}: {purpose}", found.facts.name),
    };
    Ok(Gathered {
        package: Package {
            folder: format!("kronika-{client}"),
            made_at,
            organisation: archive.config.origin.clone(),
            description,
            items,
            completeness: vec![completeness],
            tombstones: Vec::new(),
            custody: custody(conn, client).await?,
            report: None,
            dkim: Vec::new(),
            journal: frozen.journal,
        },
        records,
        leaves: frozen.leaves,
    })
}

/// Originals of the client's interactions, in the order of the journal.
async fn recorded_with(conn: &mut Conn, client: ClientId) -> Result<Vec<RecordId>, StorageError> {
    const SQL: &str = "SELECT i.original_record FROM assignment a
        JOIN interaction i ON i.interaction_key = a.interaction_key
        JOIN journal_leaf l ON l.record_id = i.original_record
        WHERE a.client_id = $1 ORDER BY l.position";
    let records: Vec<i64> = on_db!(conn, c => sqlx::query_scalar(SQL).bind(client.0).fetch_all(c).await)?;
    Ok(records.into_iter().map(RecordId).collect())
}

/// One record with metadata and original disclosed. `None` if it was sealed after the journal was frozen.
async fn item(
    archive: &Archive,
    conn: &mut Conn,
    record: RecordId,
    frozen: &Frozen,
) -> Result<Option<Item>, EvidenceError> {
    let opened = load::open(archive, conn, record).await?;
    let wrong = |error: &dyn std::fmt::Display| EvidenceError::Proof(error.to_string());
    let checkpoint = Note::parse(frozen.journal.checkpoint.as_bytes()).map_err(|error| wrong(&error))?;
    let Some((leaf, index, path)) = prove::path(conn, record, frozen.size).await? else {
        return Ok(None);
    };
    let proof = Proof {
        extra: None,
        index,
        path,
        checkpoint,
    };
    Ok(Some(Item {
        leaf,
        proof,
        parts: opened.row.parts.clone(),
        disclosed: disclosed(&opened),
        withheld: Vec::new(),
        meta: Some(opened.meta_bytes),
    }))
}

fn disclosed(opened: &Opened) -> Vec<Disclosed> {
    let part = |number: u16, name: &str, size: usize| Disclosed {
        number,
        name: name.to_owned(),
        salt: opened.salt.part(number),
        size: size as u64,
    };
    vec![
        part(0, "meta", opened.meta_bytes.len()),
        part(1, "original", opened.row.content_size),
    ]
}

/// Every number in the client's file: an item, or a hole that says what kind of record it is.
async fn file_of(
    archive: &Archive,
    conn: &mut Conn,
    client: ClientId,
    items: &HashMap<Hash, u64>,
) -> Result<ClientFile, EvidenceError> {
    const SQL: &str = "SELECT k.record_id FROM record_key k JOIN journal_leaf l ON l.record_id = k.record_id
        WHERE k.kek_id = $1 ORDER BY l.position";
    let readable: Vec<i64> = on_db!(conn, c => sqlx::query_scalar(SQL).bind(client.0).fetch_all(c).await)?;
    let mut records = Vec::new();
    for record in readable {
        let opened = load::open(archive, conn, RecordId(record)).await?;
        let meta = opened.meta()?;
        let Some(place) = meta.files.iter().find(|place| place.client == client) else {
            continue;
        };
        let commitment = opened.row.commitment;
        let item = items.get(&commitment).copied();
        records.push(Place {
            number: place.number.unsigned_abs(),
            commitment: format!("{commitment:x}"),
            item,
            hole: item.is_none().then(|| why(&meta.act)),
        });
    }
    records.sort_by_key(|place| place.number);
    Ok(ClientFile {
        client: client.to_string(),
        from: records.first().map_or(0, |place| place.number),
        to: records.last().map_or(0, |place| place.number),
        records,
    })
}

/// What kind of record stands where there is no item.
fn why(act: &Act) -> String {
    let value = serde_json::to_value(act).unwrap_or_default();
    let kind = value.as_object().and_then(|act| act.keys().next().cloned());
    match act {
        Act::Interaction(_) | Act::Reread { .. } => {
            "an interaction that is no longer with this client".to_owned()
        }
        _ => format!("not an interaction: {}", kind.unwrap_or_default()),
    }
}

/// Who did and saw what with the client and its interactions, by the archive's word.
async fn custody(conn: &mut Conn, client: ClientId) -> Result<Vec<Value>, StorageError> {
    const SQL: &str = "SELECT happened_at, by_name, kind, interaction_key, detail FROM log_entry
        WHERE client_id = $1 OR interaction_key IN (SELECT interaction_key FROM assignment WHERE client_id = $1)
        ORDER BY happened_at, record_id, position";
    type Line = (i64, String, String, Option<i64>, String);
    let lines: Vec<Line> = on_db!(conn, c => sqlx::query_as(SQL).bind(client.0).fetch_all(c).await)?;
    let line = |(at, by, kind, interaction, detail): Line| {
        let at = jiff::Timestamp::from_microsecond(at).map_or_else(|_| String::new(), |at| at.to_string());
        json!({"at": at, "by": by, "kind": kind, "interaction": interaction.map(|key| key.to_string()), "detail": detail})
    };
    Ok(lines.into_iter().map(line).collect())
}
