//! Why a package was not written.

use std::io;

use kronika_tlog::checkpoint::CheckpointError;
use kronika_tlog::note::NoteError;

use crate::container::WriterError;
use crate::opening::OpeningError;

/// Why a package was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Reading originals or leaves failed.
    #[error("what is to go into the package could not be read: {0}")]
    Io(#[from] io::Error),
    /// The container could not be written.
    #[error(transparent)]
    Container(#[from] WriterError),
    /// Something is not JSON.
    #[error("what is to go into the package is not JSON as it should be: {0}")]
    Json(#[from] serde_json::Error),
    /// The checkpoint is not a signed note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The checkpoint is not one.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// An item would not verify.
    #[error("item {number} would not verify: {why}")]
    Unfit {
        /// Which, from 1.
        number: u64,
        /// Why not.
        why: Unfit,
    },
}

/// What of an item would not verify.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// Its opening does not open the leaf.
    #[error(transparent)]
    Opening(#[from] OpeningError),
    /// The content of a part is not what was committed to.
    #[error("its part {name} is not what was committed to")]
    Part {
        /// The part.
        name: String,
    },
    /// Metadata without its part, or the part without metadata.
    #[error("its metadata is given but not disclosed, or disclosed but not given")]
    Metadata,
}
