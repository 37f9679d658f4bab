//! What a choice comes to, before a package is made of it.

use super::EvidenceError;
use super::choice::{Chosen, people};
use crate::access::Scope;
use crate::archive::Archive;
use crate::archive::id::InteractionKey;
use crate::assignment::store as assignments;
use crate::interaction::PartFacts;
use crate::interaction::list::{Row, rows};
use crate::journal::act::Act;
use crate::journal::load;
use crate::storage::Conn;

/// What would go in.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    /// In the order of claimed times.
    pub lines: Vec<Line>,
    /// Of all originals.
    pub bytes: u64,
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
    let rows = rows(conn, scope, &keys).await?;
    let mut preview = Preview::default();
    for (one, row) in chosen.iter().zip(rows) {
        let opened = load::open(archive, conn, one.original).await?;
        let parts = match opened.meta()?.act {
            Act::Interaction(recorded) => recorded.parts,
            _ => Vec::new(),
        };
        preview.bytes += row.size.unsigned_abs();
        preview.lines.push(Line { row, parts });
    }
    let own = assignments::own(conn).await?;
    let people = people(conn, chosen).await?;
    let is_own = |address: &str| {
        let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
        own.addresses.contains(address) || own.domains.contains(domain)
    };
    let others = people.into_iter().filter(|(address, _, _)| !is_own(address));
    preview.others = others
        .map(|(address, name, interactions)| Other {
            name,
            address,
            interactions: interactions.unsigned_abs(),
        })
        .collect();
    Ok(preview)
}
