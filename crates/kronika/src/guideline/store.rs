//! Guidelines in the tables.

use std::collections::HashMap;

use super::GuidelineText;
use crate::access::Right;
use crate::access::store::{Someone, people};
use crate::archive::id::{AccountId, GuidelineId};
use crate::journal::act::Act;
use crate::journal::append::Appended;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// Projects what happened to a guideline.
pub async fn project(conn: &mut Conn, appended: &Appended) -> Result<(), StorageError> {
    let (at, by) = (appended.meta.captured_at, appended.meta.by.clone());
    match &appended.meta.act {
        Act::GuidelineIssued {
            guideline,
            version,
            text,
        } => insert_version(conn, (*guideline, *version), text, (at, by)).await,
        Act::GuidelineAccepted {
            guideline,
            version,
            account,
            ..
        } => {
            const SQL: &str =
                "INSERT INTO guideline_acceptance (guideline_id, version, account_id, accepted_at)
                VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
            on_db!(conn, c => sqlx::query(SQL).bind(guideline.0).bind(*version).bind(account.0).bind(at)
                .execute(c).await.map(drop))
        }
        Act::GuidelineReminded {
            guideline,
            version,
            accounts,
        } => remind(conn, (*guideline, *version), accounts, (at, by)).await,
        Act::GuidelineWithdrawn { guideline } => {
            const SQL: &str = "UPDATE guideline SET withdrawn_at = $2 WHERE id = $1";
            on_db!(conn, c => sqlx::query(SQL).bind(guideline.0).bind(at).execute(c).await.map(drop))
        }
        _ => Ok(()),
    }
}

async fn insert_version(
    conn: &mut Conn,
    (guideline, version): (GuidelineId, i64),
    text: &GuidelineText,
    (at, by): (i64, String),
) -> Result<(), StorageError> {
    const GUIDELINE: &str = "INSERT INTO guideline (id, version, title) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, title = excluded.title, withdrawn_at = NULL";
    const VERSION: &str =
        "INSERT INTO guideline_version (guideline_id, version, content, issued_at, issued_by)
        VALUES ($1, $2, $3, $4, $5)";
    let content = serde_json::to_string(text)
        .map_err(|error| StorageError::Inconsistent(format!("a guideline cannot be written: {error}")))?;
    let title = text.title.clone();
    on_db!(conn, c => sqlx::query(GUIDELINE).bind(guideline.0).bind(version).bind(title).execute(c).await
        .map(drop))?;
    on_db!(conn, c => sqlx::query(VERSION).bind(guideline.0).bind(version).bind(content).bind(at).bind(by)
        .execute(c).await.map(drop))
}

async fn remind(
    conn: &mut Conn,
    (guideline, version): (GuidelineId, i64),
    accounts: &[AccountId],
    (at, by): (i64, String),
) -> Result<(), StorageError> {
    const SQL: &str =
        "INSERT INTO guideline_reminder (guideline_id, version, account_id, reminded_at, reminded_by)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (guideline_id, version, account_id)
        DO UPDATE SET reminded_at = excluded.reminded_at, reminded_by = excluded.reminded_by";
    for account in accounts {
        let by = by.clone();
        on_db!(conn, c => sqlx::query(SQL).bind(guideline.0).bind(version).bind(account.0).bind(at).bind(by)
            .execute(c).await.map(drop))?;
    }
    Ok(())
}

/// One version, as issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    pub version: i64,
    pub text: GuidelineText,
    pub issued_at: i64,
    pub issued_by: String,
}

type VersionRow = (i64, String, i64, String);

fn issued((version, content, issued_at, issued_by): VersionRow) -> Result<Issued, StorageError> {
    let text = serde_json::from_str(&content)
        .map_err(|error| StorageError::Inconsistent(format!("a guideline cannot be read: {error}")))?;
    Ok(Issued {
        version,
        text,
        issued_at,
        issued_by,
    })
}

/// All versions, newest first; none when there is no such guideline.
pub async fn versions(conn: &mut Conn, guideline: GuidelineId) -> Result<Vec<Issued>, StorageError> {
    const SQL: &str = "SELECT version, content, issued_at, issued_by FROM guideline_version
        WHERE guideline_id = $1 ORDER BY version DESC";
    let rows: Vec<VersionRow> = on_db!(conn, c => sqlx::query_as(SQL).bind(guideline.0).fetch_all(c).await)?;
    rows.into_iter().map(issued).collect()
}

/// The version in force; `None` when it was withdrawn or never there.
pub async fn newest(conn: &mut Conn, guideline: GuidelineId) -> Result<Option<Issued>, StorageError> {
    const SQL: &str = "SELECT v.version, v.content, v.issued_at, v.issued_by FROM guideline g
        JOIN guideline_version v ON v.guideline_id = g.id AND v.version = g.version
        WHERE g.id = $1 AND g.withdrawn_at IS NULL";
    let row: Option<VersionRow> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(guideline.0).fetch_optional(c).await)?;
    row.map(issued).transpose()
}

/// A guideline in a list, as one account stands to it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Line {
    pub id: i64,
    pub version: i64,
    pub title: String,
    pub withdrawn_at: Option<i64>,
    /// When this account accepted the newest version.
    pub accepted_at: Option<i64>,
    /// When somebody last reminded this account of it.
    pub reminded_at: Option<i64>,
}

/// All guidelines, those in force first, by title.
pub async fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<Line>, StorageError> {
    const SQL: &str =
        "SELECT g.id, g.version, g.title, g.withdrawn_at, a.accepted_at, r.reminded_at FROM guideline g
        LEFT JOIN guideline_acceptance a
            ON a.guideline_id = g.id AND a.version = g.version AND a.account_id = $1
        LEFT JOIN guideline_reminder r
            ON r.guideline_id = g.id AND r.version = g.version AND r.account_id = $1
        ORDER BY CASE WHEN g.withdrawn_at IS NULL THEN 0 ELSE 1 END, g.title, g.id";
    on_db!(conn, c => sqlx::query_as(SQL).bind(account.0).fetch_all(c).await)
}

/// How many guidelines an account still has to accept.
pub async fn open_for(conn: &mut Conn, account: AccountId) -> Result<u64, StorageError> {
    const SQL: &str = "SELECT COUNT(*) FROM guideline g WHERE g.withdrawn_at IS NULL AND NOT EXISTS
        (SELECT 1 FROM guideline_acceptance a
        WHERE a.guideline_id = g.id AND a.version = g.version AND a.account_id = $1)";
    let open: i64 = on_db!(conn, c => sqlx::query_scalar(SQL).bind(account.0).fetch_one(c).await)?;
    Ok(open.unsigned_abs())
}

/// Who was last reminded of a version when.
pub async fn reminders(
    conn: &mut Conn,
    guideline: GuidelineId,
    version: i64,
) -> Result<HashMap<AccountId, i64>, StorageError> {
    const SQL: &str = "SELECT account_id, reminded_at FROM guideline_reminder
        WHERE guideline_id = $1 AND version = $2";
    let rows: Vec<(i64, i64)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(guideline.0).bind(version).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(account, at)| (AccountId(account), at))
        .collect())
}

/// Who accepted which version, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    pub account: AccountId,
    /// The account's name, also when the account is gone.
    pub name: String,
    pub version: i64,
    pub accepted_at: i64,
}

pub async fn acceptances(conn: &mut Conn, guideline: GuidelineId) -> Result<Vec<Acceptance>, StorageError> {
    const SQL: &str = "SELECT g.account_id, a.name, g.version, g.accepted_at FROM guideline_acceptance g
        JOIN account a ON a.id = g.account_id WHERE g.guideline_id = $1 ORDER BY g.accepted_at DESC, a.name";
    let rows: Vec<(i64, String, i64, i64)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(guideline.0).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(account, name, version, accepted_at)| Acceptance {
            account: AccountId(account),
            name,
            version,
            accepted_at,
        })
        .collect())
}

/// Who is asked to accept guidelines, by name.
pub async fn readers(conn: &mut Conn) -> Result<Vec<Someone>, StorageError> {
    let everyone = people(conn).await?;
    let asked = |person: &Someone| person.role.is_some_and(|role| role.has(Right::AcceptGuidelines));
    Ok(everyone.into_iter().filter(asked).collect())
}
