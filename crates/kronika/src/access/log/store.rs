//! Reading the log.

use sqlx::{AssertSqlSafe, FromRow};

use crate::access::Scope;
use crate::archive::id::{ClientId, InteractionKey};
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// Which part of the log is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// An account's name.
    pub by: Option<String>,
    pub client: Option<ClientId>,
    pub interaction: Option<InteractionKey>,
    /// Only lines before this one.
    pub before: Option<Place>,
}

/// A line's place, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub at: i64,
    pub record: i64,
    pub position: i64,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Entry {
    pub record_id: i64,
    pub position: i64,
    pub happened_at: i64,
    pub by_name: String,
    /// Its text is `log-` and this.
    pub kind: String,
    pub client_id: Option<i64>,
    pub client_name: Option<String>,
    pub interaction_key: Option<i64>,
    pub subject: Option<String>,
    pub detail: String,
}

impl Entry {
    pub fn place(&self) -> Place {
        Place {
            at: self.happened_at,
            record: self.record_id,
            position: self.position,
        }
    }
}

/// Lines that may be seen, newest first. A line about what may not be seen is none.
pub async fn list(
    conn: &mut Conn,
    scope: Scope<'_>,
    asked: &Asked,
    limit: i64,
) -> Result<Vec<Entry>, StorageError> {
    let mut conditions = vec![
        format!(
            "(l.client_id IS NULL OR (c.id IS NOT NULL AND {}))",
            scope.clients("c")
        ),
        format!(
            "(l.interaction_key IS NULL OR (i.interaction_key IS NOT NULL AND {}))",
            scope.interactions("i")
        ),
    ];
    if asked.by.is_some() {
        conditions.push("l.by_name = $2".to_owned());
    }
    if let Some(ClientId(client)) = asked.client {
        conditions.push(format!("l.client_id = {client}"));
    }
    if let Some(InteractionKey(key)) = asked.interaction {
        conditions.push(format!("l.interaction_key = {key}"));
    }
    if let Some(Place { at, record, position }) = asked.before {
        conditions.push(format!(
            "(l.happened_at, l.record_id, l.position) < ({at}, {record}, {position})"
        ));
    }
    let sql = format!(
        "SELECT l.record_id, l.position, l.happened_at, l.by_name, l.kind, l.client_id, c.name AS client_name,
        l.interaction_key, i.subject, l.detail FROM log_entry l
        LEFT JOIN client c ON c.id = l.client_id
        LEFT JOIN interaction i ON i.interaction_key = l.interaction_key
        WHERE {} AND ($2 = $2) ORDER BY l.happened_at DESC, l.record_id DESC, l.position DESC LIMIT $1",
        conditions.join(" AND ")
    );
    let by = asked.by.clone().unwrap_or_default();
    on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(limit).bind(by).fetch_all(c).await)
}

/// Everyone the log names, in alphabetical order.
pub async fn names(conn: &mut Conn) -> Result<Vec<String>, StorageError> {
    const SQL: &str = "SELECT name FROM account ORDER BY name";
    on_db!(conn, c => sqlx::query_scalar(SQL).fetch_all(c).await)
}
