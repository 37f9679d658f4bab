//! What was captured and belongs to no client yet.

use crate::archive::id::InteractionKey;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// A part of the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shelf {
    #[default]
    Waiting,
    Unreadable,
    Ignored,
}

impl Shelf {
    fn condition(self) -> &'static str {
        match self {
            Shelf::Waiting => "assigned_count = 0 AND ignored_for IS NULL",
            Shelf::Unreadable => "unreadable IS NOT NULL",
            Shelf::Ignored => "ignored_for IS NOT NULL",
        }
    }
}

/// A page of a shelf, newest first.
pub async fn page(
    conn: &mut Conn,
    shelf: Shelf,
    before: Option<InteractionKey>,
    limit: i64,
) -> Result<Vec<InteractionKey>, StorageError> {
    let sql = format!(
        "SELECT interaction_key FROM interaction WHERE {} AND interaction_key < $1
        ORDER BY interaction_key DESC LIMIT $2",
        shelf.condition()
    );
    let before = before.map_or(i64::MAX, |key| key.0);
    let keys: Vec<i64> = on_db!(conn, c => {
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(before).bind(limit).fetch_all(c).await
    })?;
    Ok(keys.into_iter().map(InteractionKey).collect())
}

/// Where counting usually stops: it is done for every page.
pub const COUNTED: u64 = 1_000;

/// How much stands on a shelf; counting stops at `at_most`.
pub async fn count(conn: &mut Conn, shelf: Shelf, at_most: u64) -> Result<u64, StorageError> {
    let sql = format!(
        "SELECT COUNT(*) FROM (SELECT 1 FROM interaction WHERE {} LIMIT {at_most}) AS waiting",
        shelf.condition()
    );
    let count: i64 = on_db!(conn, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(c).await)?;
    Ok(count.unsigned_abs())
}
