//! The table of clients, and the picker.

use std::collections::HashMap;

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
    let order = match asked.sort {
        Sort::Name => "c.name_folded, c.id",
        Sort::Last => "COALESCE(c.last_key, -9223372036854775807) DESC, c.id DESC",
        Sort::Count => "c.interaction_count DESC, c.name_folded, c.id",
    };
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
