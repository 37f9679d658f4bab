//! Whether a record is that of the interaction it is given out for. The tables say which it is; who changed them could
//! have somebody else's mail given out.

use super::EvidenceError;
use super::choice::Chosen;
use crate::archive::Archive;
use crate::archive::id::{ClientId, RecordId};
use crate::interaction::PartFacts;
use crate::journal::act::Act;
use crate::journal::load::{self, Opened};
use crate::journal::store;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// The parts of what is opened, once it is certain that it belongs to the interaction, and that to the client.
pub async fn parts(
    archive: &Archive,
    conn: &mut Conn,
    (one, client, opened): (Chosen, Option<ClientId>, &Opened),
) -> Result<Vec<PartFacts>, EvidenceError> {
    let record = newest_record(conn, one).await?;
    let strange = |why: &str| {
        EvidenceError::Proof(format!(
            "the tables {why} interaction {}; run `kronika verify`",
            one.interaction
        ))
    };
    let Act::Interaction(recorded) = opened.meta()?.act else {
        return Err(strange("name something that is no message as the original of"));
    };
    let is_own = match record == one.original {
        true => recorded.interaction == one.interaction,
        false => match load::open(archive, conn, record).await?.meta()?.act {
            Act::Reread {
                original, recorded, ..
            } => original == one.original && recorded.interaction == one.interaction,
            _ => false,
        },
    };
    if !is_own {
        return Err(strange("name the record of another as that of"));
    }
    if let Some(client) = client {
        // Whoever only has the tables cannot put a record's key under a client's.
        let mut wraps = store::wraps(conn, record).await?;
        wraps.retain(|(key, _)| *key == client.0);
        if archive.keyring.unwrap(&wraps).await.is_err() {
            return Err(strange("put with this client what its key does not open:"));
        }
    }
    Ok(recorded.parts)
}

/// The record under which an interaction lives: another than its first one when it was read again.
async fn newest_record(conn: &mut Conn, one: Chosen) -> Result<RecordId, StorageError> {
    const SQL: &str = "SELECT record_id FROM interaction WHERE interaction_key = $1";
    let record: i64 = on_db!(conn, c => sqlx::query_scalar(SQL).bind(one.interaction.0).fetch_one(c).await)?;
    Ok(RecordId(record))
}
