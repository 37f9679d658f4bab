//! What a choice comes to, before a package is made of it.

use std::collections::HashMap;

use super::EvidenceError;
use super::choice::{Chosen, people};
use crate::access::Scope;
use crate::archive::Archive;
use crate::archive::id::{InteractionKey, RecordId};
use crate::assignment::store as assignments;
use crate::interaction::PartFacts;
use crate::interaction::list::{Row, rows};
use crate::journal::act::Act;
use crate::journal::load;
use crate::storage::Conn;

/// Most lines that are listed.
const SHOWN: usize = 1_000;

/// What would go in.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    /// In the order of claimed times.
    pub lines: Vec<Line>,
    /// How many more there are than are listed.
    pub more: u64,
    /// Of all originals.
    pub bytes: u64,
    pub attachments: u64,
    /// Everyone who took part and is not one of ours, the most frequent first: name, address, interactions.
    pub others: Vec<Other>,
}

#[derive(Debug, Clone)]
pub struct Line {
    pub row: Row,
    pub parts: Vec<PartFacts>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    pub name: String,
    pub address: String,
    pub interactions: u64,
}

pub async fn preview(
    archive: &Archive,
    conn: &mut Conn,
    scope: Scope<'_>,
    chosen: &[Chosen],
) -> Result<Preview, EvidenceError> {
    let keys: Vec<InteractionKey> = chosen.iter().map(|one| one.interaction).collect();
    let originals: HashMap<InteractionKey, RecordId> =
        chosen.iter().map(|one| (one.interaction, one.original)).collect();
    let mut preview = Preview::default();
    for row in rows(conn, scope, &keys).await? {
        preview.bytes += row.size.unsigned_abs();
        preview.attachments += row.attachment_count.unsigned_abs();
        if preview.lines.len() >= SHOWN {
            preview.more += 1;
            continue;
        }
        let Some(original) = originals.get(&row.key) else {
            continue;
        };
        let parts = match load::open(archive, conn, *original).await?.meta()?.act {
            Act::Interaction(recorded) => recorded.parts,
            _ => Vec::new(),
        };
        preview.lines.push(Line { row, parts });
    }
    let own = assignments::own(conn).await?;
    let people = people(conn, chosen).await?;
    let others = people.into_iter().filter(|(address, _, _)| !own.has(address));
    preview.others = others
        .map(|(address, name, interactions)| Other {
            name,
            address,
            interactions: interactions.unsigned_abs(),
        })
        .collect();
    Ok(preview)
}
