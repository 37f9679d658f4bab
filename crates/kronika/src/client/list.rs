//! The table of clients, and the picker.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;

use super::store::{Client, ClientRow, add_guarded};
use crate::access::Scope;
use crate::archive::id::ClientId;
use crate::on_db;
use crate::storage::bulk::placeholders;
use crate::storage::{Conn, StorageError};

/// How the table is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    Name,
    #[default]
    Last,
    Count,
}

/// Stands for the last contact of whoever had none.
const NEVER: i64 = -9_223_372_036_854_775_807;

impl Sort {
    fn order(self) -> &'static str {
        match self {
            Sort::Name => "c.name_folded, c.id",
            Sort::Last => "COALESCE(c.last_key, -9223372036854775807) DESC, c.id DESC",
            Sort::Count => "c.interaction_count DESC, c.name_folded, c.id",
        }
    }
}

/// Which lines are wanted.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Part of a name, city, tax id or address.
    pub text: String,
    pub sort: Sort,
    /// How many lines to pass over.
    pub offset: i64,
    pub limit: i64,
}

const COLUMNS: &str =
    "c.id, c.name, c.language, c.city, c.tax_id, c.created_at, c.interaction_count, c.last_key,
    c.guarded_count";

/// Lines of the table. They are sorted by what everybody counts who sees a client, whatever else the viewer sees.
pub async fn list(conn: &mut Conn, scope: Scope<'_>, asked: &Asked) -> Result<Vec<Client>, StorageError> {
    let order = asked.sort.order();
    let (limit, offset) = (asked.limit, asked.offset);
    let sql = format!(
        "SELECT {COLUMNS} FROM client c WHERE {} AND {} ORDER BY {order} LIMIT {limit} OFFSET {offset}",
        condition(&asked.text),
        scope.clients("c")
    );
    let pattern = pattern(&asked.text);
    let rows: Vec<ClientRow> =
        on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(pattern).fetch_all(c).await)?;
    let mut clients: Vec<Client> = rows.into_iter().map(Client::from).collect();
    add_guarded(conn, scope, &mut clients).await?;
    Ok(clients)
}

/// The line after which another page begins, by what the table is sorted by: lines that come or go meanwhile do not
/// move it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct After {
    id: i64,
    name: String,
    last: Option<i64>,
    count: i64,
}

impl After {
    /// Of a line as [`following`] gives it, before anything was added to its counts.
    pub fn of(client: &Client) -> After {
        After {
            id: client.id.0,
            name: kronika_lexicon::fold(&client.facts.name),
            last: client.last.map(|key| key.0),
            count: client.interaction_count,
        }
    }

    fn condition(&self, sort: Sort) -> String {
        let (id, count, never) = (self.id, self.count, NEVER);
        let last = self.last.unwrap_or(NEVER);
        match sort {
            Sort::Name => format!("(c.name_folded, c.id) > ($2, {id})"),
            Sort::Last => format!("(COALESCE(c.last_key, {never}), c.id) < ({last}, {id}) AND $2 = $2"),
            Sort::Count => format!(
                "(c.interaction_count < {count} OR (c.interaction_count = {count}
                AND (c.name_folded, c.id) > ($2, {id})))"
            ),
        }
    }
}

/// The lines after one line, with the counts that everybody has; the offset counts for nothing.
pub async fn following(
    conn: &mut Conn,
    scope: Scope<'_>,
    asked: &Asked,
    after: Option<&After>,
) -> Result<Vec<Client>, StorageError> {
    let place = after.map_or_else(|| "$2 = ''".to_owned(), |after| after.condition(asked.sort));
    let (order, limit) = (asked.sort.order(), asked.limit);
    let sql = format!(
        "SELECT {COLUMNS} FROM client c WHERE {} AND {place} AND {} ORDER BY {order} LIMIT {limit}",
        condition(&asked.text),
        scope.clients("c")
    );
    let (pattern, name) = (
        pattern(&asked.text),
        after.map_or_else(String::new, |after| after.name.clone()),
    );
    let rows: Vec<ClientRow> =
        on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(pattern).bind(name).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Client::from).collect())
}

/// How many clients the text matches.
pub async fn count(conn: &mut Conn, scope: Scope<'_>, text: &str) -> Result<i64, StorageError> {
    let sql = format!(
        "SELECT COUNT(*) FROM client c WHERE {} AND {}",
        condition(text),
        scope.clients("c")
    );
    let pattern = pattern(text);
    on_db!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql)).bind(pattern).fetch_one(c).await)
}

fn condition(text: &str) -> &'static str {
    if text.trim().is_empty() {
        return "$1 = '%%'";
    }
    "(c.name_folded LIKE $1 OR c.city_folded LIKE $1 OR LOWER(c.tax_id) LIKE $1
        OR EXISTS (SELECT 1 FROM client_address a WHERE a.client_id = c.id AND a.value LIKE $1))"
}

fn pattern(text: &str) -> String {
    format!("%{}%", kronika_lexicon::fold(text.trim()).replace(['%', '_'], ""))
}

/// The first address or domain to know a client by, for each of these.
pub async fn first_addresses(
    conn: &mut Conn,
    clients: &[ClientId],
) -> Result<HashMap<ClientId, String>, StorageError> {
    let mut first = HashMap::new();
    if clients.is_empty() {
        return Ok(first);
    }
    let sql = format!(
        "SELECT client_id, value FROM client_address WHERE client_id IN ({}) ORDER BY client_id, kind DESC, value",
        placeholders(0, clients.len())
    );
    let rows: Vec<(i64, String)> = on_db!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for client in clients {
            query = query.bind(client.0);
        }
        query.fetch_all(c).await
    })?;
    for (client, value) in rows {
        first.entry(ClientId(client)).or_insert(value);
    }
    Ok(first)
}
