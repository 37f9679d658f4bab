//! Receipts: what proves one record to whoever has its original.

use data_encoding::HEXLOWER;
use kronika_evidence::Receipt;
use kronika_evidence::opening::{Hole, Opened, Opening};
use kronika_tlog::note::Note;
use kronika_tlog::proof::Proof;

use super::load::{self, LoadError};
use super::prove::prove;
use crate::archive::Archive;
use crate::archive::id::RecordId;
use crate::storage::{Conn, StorageError};

/// The receipt of a record with an original, as a file. `None` while it is not sealed.
pub async fn receipt(
    archive: &Archive,
    conn: &mut Conn,
    record: RecordId,
) -> Result<Option<String>, LoadError> {
    let Some(proven) = prove(archive, conn, record).await? else {
        return Ok(None);
    };
    let Some(place) = proven.place else {
        return Ok(None);
    };
    let wrong = |error: &dyn std::fmt::Display| {
        StorageError::Inconsistent(format!("the receipt of {record} cannot be written: {error}"))
    };
    let opened = load::open(archive, conn, record).await?;
    let receipt = Receipt {
        proof: Proof {
            extra: None,
            index: place.index,
            path: place.path,
            checkpoint: Note::parse(place.note.as_bytes()).map_err(|error| wrong(&error))?,
        },
        key: archive.sealer.verifier_key(archive).await?,
        opening: Opening {
            leaf: HEXLOWER.encode(&proven.leaf.to_bytes()),
            parts: opened.row.parts.iter().map(|part| format!("{part:x}")).collect(),
            opened: vec![Opened {
                number: 1,
                name: "original".to_owned(),
                salt: HEXLOWER.encode(opened.salt.part(1).as_bytes()),
            }],
            withheld: vec![Hole {
                number: 0,
                name: "meta".to_owned(),
                reason: "the archive keeps to itself where it has this from".to_owned(),
            }],
        },
    };
    receipt.to_file().map(Some).map_err(|error| wrong(&error).into())
}
