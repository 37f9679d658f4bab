//! What was captured and belongs to no client yet.

use crate::access::Scope;
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
            Shelf::Waiting => "i.assigned_count = 0 AND i.ignored_for IS NULL",
            Shelf::Unreadable => "i.unreadable IS NOT NULL",
            Shelf::Ignored => "i.ignored_for IS NOT NULL",
        }
    }
}

/// A page of a shelf, newest first.
pub async fn page(
    conn: &mut Conn,
    scope: Scope<'_>,
    shelf: Shelf,
    (before, limit): (Option<InteractionKey>, i64),
) -> Result<Vec<InteractionKey>, StorageError> {
    let sql = format!(
        "SELECT i.interaction_key FROM interaction i WHERE {} AND i.interaction_key < $1 AND {}
        ORDER BY i.interaction_key DESC LIMIT $2",
        shelf.condition(),
        scope.interactions("i")
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
pub async fn count(
    conn: &mut Conn,
    scope: Scope<'_>,
    shelf: Shelf,
    at_most: u64,
) -> Result<u64, StorageError> {
    if shelf == Shelf::Waiting && scope.may_hide() {
        // Two indexes: what everybody with an inbox sees is counted without a look at the rows.
        let team = match scope.inbox() {
            true => number(conn, shelf, ("i.sensitivity = 'team'", at_most)).await?,
            false => 0,
        };
        let guarded = format!("i.sensitivity <> 'team' AND {}", scope.guarded("i"));
        let guarded = number(conn, shelf, (&guarded, at_most.saturating_sub(team))).await?;
        return Ok(team + guarded);
    }
    number(conn, shelf, (&scope.interactions("i"), at_most)).await
}

async fn number(conn: &mut Conn, shelf: Shelf, (seen, at_most): (&str, u64)) -> Result<u64, StorageError> {
    let sql = format!(
        "SELECT COUNT(*) FROM (SELECT 1 FROM interaction i WHERE {} AND {seen} LIMIT {at_most}) AS waiting",
        shelf.condition()
    );
    let count: i64 = on_db!(conn, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(c).await)?;
    Ok(count.unsigned_abs())
}
