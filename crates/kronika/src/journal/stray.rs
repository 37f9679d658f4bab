//! Objects that no record refers to.
//!
//! Content is put before the transaction that records it, so that nothing recorded can lack its content. A crash
//! between the two leaves one object, encrypted with a key that was never kept. It harms nothing but the space it takes.

use std::collections::HashSet;

use crate::archive::Archive;
use crate::journal::seal::SealingError;
use crate::on_db;
use crate::storage::objects::Stored;
use crate::storage::{Conn, StorageError, crash_point};

/// Whatever is younger may belong to an import that is about to record it (microseconds).
pub const AGE: i64 = 24 * 3_600 * 1_000_000;

/// Every object that nothing refers to now; some may be about to be recorded.
pub async fn find(archive: &Archive) -> Result<Vec<Stored>, StorageError> {
    // Objects first: what is recorded meanwhile is then found among the records.
    let mut stored = archive.objects.list().await?;
    let known = names(&mut archive.db.read().await?).await?;
    stored.retain(|object| !known.contains(&object.name));
    Ok(stored)
}

async fn names(conn: &mut Conn) -> Result<HashSet<String>, StorageError> {
    // Asked whether it is there at all, SQLite does not read through what is in the row instead.
    const SQL: &str = "SELECT content_object FROM record
        WHERE sealed_content IS NULL AND content_object IS NOT NULL";
    let names: Vec<String> = on_db!(conn, c => sqlx::query_scalar(SQL).fetch_all(c).await)?;
    Ok(names.into_iter().collect())
}

/// What was, or would be, removed, and what is too young for it.
#[derive(Debug, Default)]
pub struct Cleaned {
    pub removed: Vec<Stored>,
    pub kept: Vec<Stored>,
}

/// Finds what nothing refers to and is older than [`AGE`], and removes it unless that is only tried.
///
/// Refuses an archive that was put back to an older state: there, what nothing refers to may be what was recorded
/// since. No record changes, so it is no act; it is logged.
pub async fn clean(archive: &Archive, only_try: bool) -> Result<Cleaned, SealingError> {
    archive.sealer.require_newest(archive).await?;
    let before = archive.clock.now() - AGE;
    let found = find(archive).await?;
    let (old, kept) = found.into_iter().partition(|object| object.put_at < before);
    let mut cleaned = Cleaned {
        removed: Vec::new(),
        kept,
    };
    for object in old {
        if !only_try {
            archive.objects.remove(&object.name).await?;
            crash_point("object-removed");
            tracing::info!(
                object.name,
                object.bytes,
                "an object that no record refers to was removed"
            );
        }
        cleaned.removed.push(object);
    }
    Ok(cleaned)
}
