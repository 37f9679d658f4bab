//! What people from outside were given to see, and how much of it there is.

use serde::Serialize;
use sqlx::{AssertSqlSafe, FromRow};
use utoipa::ToSchema;

use super::{Covers, Scope, store};
use crate::archive::id::{AccountId, GrantId, InteractionKey};
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// What someone from outside was given to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub id: GrantId,
    pub account: AccountId,
    pub covers: Covers,
    pub valid_from: i64,
    pub valid_until: Option<i64>,
    /// When it was taken back before its time.
    pub ended_at: Option<i64>,
    /// The account's name.
    pub by: String,
}

/// Whether a grant counts now
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GrantState {
    Valid,
    /// It begins later.
    Later,
    /// Its time is over.
    Over,
    /// It was ended before its time.
    Ended,
}

impl GrantState {
    /// The key of its text.
    pub fn key(self) -> &'static str {
        match self {
            GrantState::Valid => "grant-valid",
            GrantState::Later => "grant-later",
            GrantState::Over => "grant-over",
            GrantState::Ended => "grant-ended",
        }
    }

    pub fn may_end(self) -> bool {
        matches!(self, GrantState::Later | GrantState::Valid)
    }
}

impl Grant {
    /// The same as the facts of a person are chosen by.
    pub fn state(&self, now: i64) -> GrantState {
        if self.ended_at.is_some() {
            GrantState::Ended
        } else if self.valid_until.is_some_and(|until| until <= now) {
            GrantState::Over
        } else if self.valid_from > now {
            GrantState::Later
        } else {
            GrantState::Valid
        }
    }
}

#[derive(FromRow)]
struct Raw {
    id: i64,
    account_id: i64,
    covers: String,
    client_id: Option<i64>,
    thread_key: Option<i64>,
    valid_from: i64,
    valid_until: Option<i64>,
    ended_at: Option<i64>,
    given_by: String,
}

impl Raw {
    fn read(self) -> Result<Grant, StorageError> {
        Ok(Grant {
            id: GrantId(self.id),
            account: AccountId(self.account_id),
            covers: store::covers(&self.covers, self.client_id, self.thread_key)?,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            ended_at: self.ended_at,
            by: self.given_by,
        })
    }
}

/// All grants there ever were, newest first.
pub async fn list(conn: &mut Conn) -> Result<Vec<Grant>, StorageError> {
    const SQL: &str =
        "SELECT id, account_id, covers, client_id, thread_key, valid_from, valid_until, ended_at, given_by
        FROM access_grant ORDER BY id DESC";
    let rows: Vec<Raw> = on_db!(conn, c => sqlx::query_as(SQL).fetch_all(c).await)?;
    rows.into_iter().map(Raw::read).collect()
}

/// All that one account was ever given, newest first.
pub async fn list_of(conn: &mut Conn, account: AccountId) -> Result<Vec<Grant>, StorageError> {
    const SQL: &str =
        "SELECT id, account_id, covers, client_id, thread_key, valid_from, valid_until, ended_at, given_by
        FROM access_grant WHERE account_id = $1 ORDER BY id DESC";
    let rows: Vec<Raw> = on_db!(conn, c => sqlx::query_as(SQL).bind(account.0).fetch_all(c).await)?;
    rows.into_iter().map(Raw::read).collect()
}

/// Where counting what a grant covers stops.
pub const COUNTED: u64 = 10_000;

/// How much of what a grant covers is seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extent {
    /// Counting stops after [`COUNTED`].
    pub interactions: u64,
    pub first: Option<InteractionKey>,
    pub last: Option<InteractionKey>,
}

/// How much of what is covered this scope sees.
pub async fn extent(conn: &mut Conn, scope: Scope<'_>, covers: Covers) -> Result<Extent, StorageError> {
    let seen = scope.interactions("i");
    let part = match covers {
        Covers::Everything => format!("interaction i WHERE {seen}"),
        Covers::Client(client) => format!(
            "assignment a JOIN interaction i ON i.interaction_key = a.interaction_key
            WHERE a.client_id = {} AND {seen}",
            client.0
        ),
        Covers::Thread(thread) => format!("interaction i WHERE i.thread_key = {} AND {seen}", thread.0),
    };
    // Of what may be all there is, only as much is read as is shown.
    let sql = format!(
        "SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM {part} LIMIT {}) AS counted),
        (SELECT i.interaction_key FROM {part} ORDER BY i.interaction_key LIMIT 1),
        (SELECT i.interaction_key FROM {part} ORDER BY i.interaction_key DESC LIMIT 1)",
        COUNTED + 1
    );
    let (count, first, last): (i64, Option<i64>, Option<i64>) =
        on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).fetch_one(c).await)?;
    Ok(Extent {
        interactions: count.unsigned_abs(),
        first: first.map(InteractionKey),
        last: last.map(InteractionKey),
    })
}
