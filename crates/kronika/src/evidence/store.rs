//! The packages that were made.

use sqlx::{AssertSqlSafe, FromRow};

use super::Given;
use crate::access::Scope;
use crate::archive::id::{EvidenceId, InteractionKey};
use crate::journal::act::Act;
use crate::journal::append::Appended;
use crate::on_db;
use crate::storage::bulk::{self, Value};
use crate::storage::{Conn, StorageError};

/// A package that was made.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Row {
    pub id: i64,
    /// What was asked for, as JSON.
    pub choice: String,
    pub items: i64,
    pub withheld: i64,
    pub purpose: String,
    pub recipient: String,
    pub encrypted_to: String,
    pub reports: i64,
    pub sha256: String,
    pub size: i64,
    pub made_by: String,
    pub made_at: i64,
}

/// Which of them are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Which<'a> {
    /// Older than this one.
    pub before: Option<EvidenceId>,
    /// Who asks: what they made themselves they may know of.
    pub asked_by: &'a str,
}

/// Those that are seen, newest first: whoever sees all clients of a package may know of it.
pub async fn list(
    conn: &mut Conn,
    scope: Scope<'_>,
    which: Which<'_>,
    limit: i64,
) -> Result<Vec<Row>, StorageError> {
    let sql = format!(
        "SELECT e.id, e.choice, e.items, e.withheld, e.purpose, e.recipient, e.encrypted_to, e.reports, e.sha256, e.size,
        e.made_by, e.made_at FROM evidence e
        WHERE {} AND ($2 = 0 OR e.id < $2)
        ORDER BY e.id DESC LIMIT {limit}",
        seen(scope)
    );
    let before = which.before.map_or(0, |id| id.0);
    let by = which.asked_by;
    on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(by).bind(before).fetch_all(c).await)
}

/// One of them, if it is seen.
pub async fn find(
    conn: &mut Conn,
    scope: Scope<'_>,
    asked_by: &str,
    id: EvidenceId,
) -> Result<Option<Row>, StorageError> {
    let sql = format!(
        "SELECT e.id, e.choice, e.items, e.withheld, e.purpose, e.recipient, e.encrypted_to, e.reports, e.sha256, e.size,
        e.made_by, e.made_at FROM evidence e WHERE {} AND e.id = $2",
        seen(scope)
    );
    on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(asked_by).bind(id.0).fetch_optional(c).await)
}

/// Of `$1` themselves, or with clients all of whom are seen; without any, of whoever sees every client and the inbox. The
/// interactions in it are asked of nobody: that a package was made is no content.
fn seen(scope: Scope<'_>) -> String {
    if scope.is_everything() {
        return "$1 = $1".to_owned();
    }
    let without = match scope.sees_every_client() && scope.inbox() {
        true => "1 = 1",
        false => "EXISTS (SELECT 1 FROM evidence_client ec WHERE ec.evidence_id = e.id)",
    };
    format!(
        "(e.made_by = $1 OR ({without}
        AND NOT EXISTS (SELECT 1 FROM evidence_client ec JOIN client c ON c.id = ec.client_id
        WHERE ec.evidence_id = e.id AND NOT ({}))))",
        scope.clients("c")
    )
}

pub async fn project(conn: &mut Conn, appended: &Appended) -> Result<(), StorageError> {
    let Act::EvidenceMade(given) = &appended.meta.act else {
        return Ok(());
    };
    insert(conn, appended, given).await?;
    let row = |id: i64| vec![Value::Int(given.evidence.0), Value::Int(id)];
    let clients: Vec<_> = given.clients.iter().map(|client| row(client.0)).collect();
    bulk::insert(
        conn,
        ("evidence_client", &["evidence_id", "client_id"]),
        &clients,
        "",
    )
    .await?;
    let items: Vec<_> = given
        .interactions
        .iter()
        .map(|InteractionKey(key)| row(*key))
        .collect();
    bulk::insert(
        conn,
        ("evidence_item", &["evidence_id", "interaction_key"]),
        &items,
        "",
    )
    .await
}

async fn insert(conn: &mut Conn, appended: &Appended, given: &Given) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO evidence
        (id, choice, items, withheld, purpose, recipient, encrypted_to, reports, sha256, size, made_by, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let choice = serde_json::to_string(&given.choice)
        .map_err(|error| StorageError::Inconsistent(format!("a choice cannot be written: {error}")))?;
    on_db!(conn, c => {
        sqlx::query(SQL)
            .bind(given.evidence.0)
            .bind(choice)
            .bind(given.interactions.len().cast_signed() as i64)
            .bind(given.withheld.cast_signed())
            .bind(&given.purpose)
            .bind(&given.recipient)
            .bind(&given.encrypted_to)
            .bind(given.reports.cast_signed())
            .bind(&given.sha256)
            .bind(given.size.cast_signed())
            .bind(&appended.meta.by)
            .bind(appended.meta.captured_at)
            .execute(c)
            .await
            .map(drop)
    })
}

/// What is in a package of what one sees, newest first: keys and subjects.
pub async fn contents(
    conn: &mut Conn,
    scope: Scope<'_>,
    id: EvidenceId,
) -> Result<Vec<(InteractionKey, String)>, StorageError> {
    let sql = format!(
        "SELECT i.interaction_key, i.subject FROM evidence_item e
        JOIN interaction i ON i.interaction_key = e.interaction_key
        WHERE e.evidence_id = $1 AND {} ORDER BY i.interaction_key DESC LIMIT 1000",
        scope.interactions("i")
    );
    let rows: Vec<(i64, String)> =
        on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id.0).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(key, subject)| (InteractionKey(key), subject))
        .collect())
}
