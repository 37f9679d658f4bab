//! The proof of one record: its place in the tree under the newest checkpoint.

use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::commitment::Leaf;
use kronika_tlog::note::Note;
use kronika_tlog::proof::Proof;
use kronika_tlog::tile::{TileReader, tiles_of_spans};
use kronika_tlog::tree::{inclusion_spans, prove_inclusion, verify_inclusion};
use kronika_tlog::{Hash, TreeHead};

use super::cosign::{self, Witnessed};
use super::seal::load_tiles;
use super::{store, timestamp};
use crate::archive::Archive;
use crate::archive::id::RecordId;
use crate::storage::{Conn, StorageError};

/// What proves a record.
#[derive(Debug, Clone)]
pub struct Proven {
    /// The leaf as it stands in the journal, 42 bytes.
    pub leaf: Leaf,
    /// Under the first checkpoint that enough witnesses cosigned, or else under the newest.
    pub place: Option<Inclusion>,
    /// Who has known it since when, if enough witnesses have.
    pub witnessed: Option<Witnessed>,
    /// Who vouches that it existed when.
    pub stamped: Option<timestamp::store::Row>,
    /// When somebody outside last vouched for a checkpoint without it (microseconds).
    pub absent_at: Option<i64>,
}

/// A record's place under a signed checkpoint.
#[derive(Debug, Clone)]
pub struct Inclusion {
    pub index: u64,
    pub head: TreeHead,
    pub path: Vec<Hash>,
    /// The signed checkpoint, verbatim.
    pub note: String,
    pub signed_at: i64,
    /// Whether leaf and path were found to give the checkpoint's root.
    pub holds: bool,
}

/// Proves a record; `None` when there is no such record.
pub async fn prove(
    archive: &Archive,
    conn: &mut Conn,
    record: RecordId,
) -> Result<Option<Proven>, StorageError> {
    let Some(row) = store::record(conn, record).await? else {
        return Ok(None);
    };
    let place = store::position(conn, record).await?;
    let logged_at = place.map_or(row.captured_at.div_euclid(1000), |(_, logged_at)| logged_at);
    let leaf = Leaf {
        kind: row.kind,
        logged_at: logged_at.unsigned_abs(),
        commitment: row.commitment,
    };
    let witnessed = match (place, cosign::policy(archive).await) {
        (Some((index, _)), Ok(Some(policy))) => {
            cosign::witnessed(conn, &policy, index.unsigned_abs()).await?
        }
        // Whoever serves the archive is told of a policy that cannot be read.
        _ => None,
    };
    let checkpoint = match &witnessed {
        Some(witnessed) => Some((
            witnessed.size.cast_signed(),
            witnessed.signed_at,
            witnessed.note.clone(),
        )),
        None => store::latest_checkpoint(conn).await?,
    };
    let inclusion = match (place, checkpoint) {
        (Some((index, _)), Some((size, signed_at, note))) if index < size => {
            Some(include(conn, index.unsigned_abs(), leaf.hash(), (signed_at, note)).await?)
        }
        _ => None,
    };
    Ok(Some(Proven {
        leaf,
        place: inclusion,
        witnessed,
        stamped: match place {
            Some((index, _)) => timestamp::store::first_after(conn, index.unsigned_abs()).await?,
            None => None,
        },
        absent_at: match place {
            Some((index, _)) => timestamp::store::absent_at(conn, index.unsigned_abs()).await?,
            None => None,
        },
    }))
}

/// A record's leaf, its place, and the path to the root of the tree of `size` entries; `None` when it is not in that tree.
pub async fn path(
    conn: &mut Conn,
    record: RecordId,
    size: u64,
) -> Result<Option<(Leaf, u64, Vec<Hash>)>, StorageError> {
    let (Some(row), Some((index, logged_at))) = (
        store::record(conn, record).await?,
        store::position(conn, record).await?,
    ) else {
        return Ok(None);
    };
    let index = index.unsigned_abs();
    if index >= size {
        return Ok(None);
    }
    let leaf = Leaf {
        kind: row.kind,
        logged_at: logged_at.unsigned_abs(),
        commitment: row.commitment,
    };
    Ok(Some((leaf, index, path_in(conn, index, size).await?)))
}

async fn path_in(conn: &mut Conn, index: u64, size: u64) -> Result<Vec<Hash>, StorageError> {
    let wrong =
        |error: &dyn std::fmt::Display| StorageError::Inconsistent(format!("no proof can be made: {error}"));
    let spans = inclusion_spans(index, size).map_err(|error| wrong(&error))?;
    let tiles = load_tiles(conn, tiles_of_spans(&spans, size)).await?;
    let mut reader = TileReader::new(size, tiles);
    prove_inclusion(index, size, &mut reader).map_err(|error| wrong(&error))
}

async fn include(
    conn: &mut Conn,
    index: u64,
    leaf: Hash,
    (signed_at, note): (i64, String),
) -> Result<Inclusion, StorageError> {
    let wrong =
        |error: &dyn std::fmt::Display| StorageError::Inconsistent(format!("no proof can be made: {error}"));
    let signed = Note::parse(note.as_bytes()).map_err(|error| wrong(&error))?;
    let checkpoint: Checkpoint = signed.text().parse().map_err(|error| wrong(&error))?;
    let head = checkpoint.head();
    let path = path_in(conn, index, head.size).await?;
    let holds = verify_inclusion(&head, index, &leaf, &path).is_ok();
    Ok(Inclusion {
        index,
        head,
        path,
        note,
        signed_at,
        holds,
    })
}

impl Inclusion {
    /// The proof as a file (C2SP tlog-proof).
    pub fn to_file(&self) -> Result<String, StorageError> {
        let checkpoint = Note::parse(self.note.as_bytes())
            .map_err(|error| StorageError::Inconsistent(format!("the checkpoint cannot be read: {error}")))?;
        let proof = Proof {
            extra: None,
            index: self.index,
            path: self.path.clone(),
            checkpoint,
        };
        Ok(proof.to_string())
    }
}
