//! Entries with their records, a page at a time.

use std::collections::HashMap;

use crate::archive::id::RecordId;
use crate::journal::store::RecordRow;
use crate::scanned;
use crate::storage::bulk::placeholders;
use crate::storage::scan::scan;
use crate::storage::{Conn, StorageError};

/// Entries in one page; the same memory whatever the archive's size.
const PAGE: i64 = 256;

/// One entry of the journal as stored, with the keys that open it.
pub struct Entry {
    /// `None` for what waits to be sealed.
    pub place: Option<Place>,
    pub record_id: RecordId,
    /// `None` when the journal names a record that is gone, or whose row makes no sense.
    pub record: Result<RecordRow, String>,
    pub wraps: Vec<(i64, Vec<u8>)>,
}

#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub position: i64,
    /// Milliseconds since 1970.
    pub logged_at: i64,
}

scanned! {
    struct Raw {
        position: i64,
        logged_at: i64,
        record_id: i64,
        kind: Option<i64>,
        captured_at: Option<i64>,
        commitment: Option<Vec<u8>>,
        part_hashes: Option<Vec<u8>>,
        sealed_meta: Option<Vec<u8>>,
        sealed_content: Option<Vec<u8>>,
        content_object: Option<String>,
        content_size: Option<i64>,
    }
}

impl Raw {
    fn record(self) -> Result<RecordRow, String> {
        let whole = || {
            Some((
                self.record_id,
                self.kind?,
                self.captured_at?,
                self.commitment?,
                self.part_hashes?,
                self.sealed_meta?,
                self.sealed_content,
                self.content_object,
                self.content_size?,
            ))
        };
        let row = whole().ok_or_else(|| "the record is gone".to_owned())?;
        RecordRow::try_from(row).map_err(|error| error.to_string())
    }
}

scanned! {
    struct Wrap {
        record_id: i64,
        kek_id: i64,
        wrapped: Vec<u8>,
    }
}

/// Sealed entries from a position on.
pub async fn sealed(conn: &mut Conn, from: i64) -> Result<Vec<Entry>, StorageError> {
    const SQL: &str = "SELECT l.position, l.logged_at, l.record_id, r.kind, r.captured_at, r.commitment,
        r.part_hashes, r.sealed_meta, r.sealed_content, r.content_object, r.content_size
        FROM journal_leaf l LEFT JOIN record r ON r.id = l.record_id
        WHERE l.position >= $1 ORDER BY l.position LIMIT $2";
    let raw = scan(conn, SQL.to_owned(), &[from, PAGE]).await?;
    entries(conn, raw, true).await
}

/// Everything that waits to be sealed.
pub async fn pending(conn: &mut Conn) -> Result<Vec<Entry>, StorageError> {
    const SQL: &str = "SELECT CAST(0 AS BIGINT) AS position, CAST(0 AS BIGINT) AS logged_at, p.record_id, r.kind,
        r.captured_at, r.commitment, r.part_hashes, r.sealed_meta, r.sealed_content, r.content_object, r.content_size
        FROM journal_pending p LEFT JOIN record r ON r.id = p.record_id ORDER BY p.record_id";
    let raw = scan(conn, SQL.to_owned(), &[]).await?;
    entries(conn, raw, false).await
}

async fn entries(conn: &mut Conn, raw: Vec<Raw>, sealed: bool) -> Result<Vec<Entry>, StorageError> {
    let ids: Vec<i64> = raw.iter().map(|raw| raw.record_id).collect();
    let mut wraps = wraps(conn, &ids).await?;
    let entry = |raw: Raw| Entry {
        place: sealed.then_some(Place {
            position: raw.position,
            logged_at: raw.logged_at,
        }),
        record_id: RecordId(raw.record_id),
        wraps: wraps.remove(&raw.record_id).unwrap_or_default(),
        record: raw.record(),
    };
    Ok(raw.into_iter().map(entry).collect())
}

async fn wraps(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Vec<(i64, Vec<u8>)>>, StorageError> {
    let mut wraps: HashMap<i64, Vec<(i64, Vec<u8>)>> = HashMap::new();
    for some in ids.chunks(400) {
        let sql = format!(
            "SELECT record_id, kek_id, wrapped FROM record_key WHERE record_id IN ({})",
            placeholders(0, some.len())
        );
        for wrap in scan::<Wrap>(conn, sql, some).await? {
            let wraps = wraps.entry(wrap.record_id).or_default();
            wraps.push((wrap.kek_id, wrap.wrapped));
        }
    }
    Ok(wraps)
}
