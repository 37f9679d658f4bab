//! Assignments in the tables, and what decides them.

use std::collections::{BTreeMap, HashMap};

use sqlx::AssertSqlSafe;

use super::book::{Book, Own, Rule};
use super::public_domain::{domain_of, with_parents};
use super::{Field, Why};
use crate::access::Scope;
use crate::archive::id::{ClientId, InteractionKey, RuleId};
use crate::interaction::Participant;
use crate::on_db;
use crate::storage::bulk::placeholders;
use crate::storage::{Conn, StorageError};

/// How many values one IN list carries.
const AT_ONCE: usize = 400;

/// Reads what decides about messages with these participants and threads.
pub async fn book<'a>(
    conn: &mut Conn,
    participants: impl Iterator<Item = &'a Participant>,
    threads: &[InteractionKey],
) -> Result<Book, StorageError> {
    let mut addresses: Vec<&str> = participants.map(|p| p.address.as_str()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    let mut domains: Vec<&str> = addresses
        .iter()
        .filter_map(|address| domain_of(address))
        .flat_map(with_parents)
        .collect();
    domains.sort_unstable();
    domains.dedup();
    Ok(Book {
        addresses: clients_by(conn, "email", &addresses).await?,
        domains: clients_by(conn, "domain", &domains).await?,
        own: own(conn).await?,
        rules: rules(conn).await?,
        threads: clients_of_threads(conn, threads).await?,
    })
}

async fn clients_by(
    conn: &mut Conn,
    kind: &'static str,
    values: &[&str],
) -> Result<HashMap<String, Vec<ClientId>>, StorageError> {
    let mut found: HashMap<String, Vec<ClientId>> = HashMap::new();
    for some in values.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT value, client_id FROM client_address WHERE kind = $1 AND value IN ({})",
            placeholders(1, some.len())
        );
        let rows: Vec<(String, i64)> = on_db!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(kind);
            for value in some {
                query = query.bind((*value).to_owned());
            }
            query.fetch_all(c).await
        })?;
        for (value, client) in rows {
            found.entry(value).or_default().push(ClientId(client));
        }
    }
    Ok(found)
}

/// Whom these threads belong to.
pub async fn clients_of_threads(
    conn: &mut Conn,
    threads: &[InteractionKey],
) -> Result<HashMap<InteractionKey, Vec<ClientId>>, StorageError> {
    let mut found: HashMap<InteractionKey, Vec<ClientId>> = HashMap::new();
    for some in threads.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT thread_key, client_id FROM client_thread WHERE thread_key IN ({}) ORDER BY thread_key, client_id",
            placeholders(0, some.len())
        );
        for (thread, client) in keyed(conn, sql, some).await? {
            found
                .entry(InteractionKey(thread))
                .or_default()
                .push(ClientId(client));
        }
    }
    Ok(found)
}

/// The clients of these interactions, for those that have any.
pub async fn clients_of(
    conn: &mut Conn,
    interactions: &[InteractionKey],
) -> Result<HashMap<InteractionKey, Vec<ClientId>>, StorageError> {
    let mut found: HashMap<InteractionKey, Vec<ClientId>> = HashMap::new();
    for some in interactions.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT interaction_key, client_id FROM assignment WHERE interaction_key IN ({})",
            placeholders(0, some.len())
        );
        for (key, client) in keyed(conn, sql, some).await? {
            found
                .entry(InteractionKey(key))
                .or_default()
                .push(ClientId(client));
        }
    }
    Ok(found)
}

async fn keyed(
    conn: &mut Conn,
    sql: String,
    keys: &[InteractionKey],
) -> Result<Vec<(i64, i64)>, StorageError> {
    on_db!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for key in keys {
            query = query.bind(key.0);
        }
        query.fetch_all(c).await
    })
}

/// Our own addresses and domains.
pub async fn own(conn: &mut Conn) -> Result<Own, StorageError> {
    const SQL: &str = "SELECT kind, value FROM own_address";
    let rows: Vec<(String, String)> = on_db!(conn, c => sqlx::query_as(SQL).fetch_all(c).await)?;
    let mut own = Own::default();
    for (kind, value) in rows {
        let set = if kind == "domain" {
            &mut own.domains
        } else {
            &mut own.addresses
        };
        set.insert(value);
    }
    Ok(own)
}

/// All assignment rules, oldest first.
pub async fn rules(conn: &mut Conn) -> Result<Vec<Rule>, StorageError> {
    const SQL: &str = "SELECT id, field, needle, client_id FROM assignment_rule ORDER BY id";
    let rows: Vec<(i64, String, String, i64)> = on_db!(conn, c => sqlx::query_as(SQL).fetch_all(c).await)?;
    rows.into_iter()
        .map(|(id, field, needle, client)| {
            let field = Field::named(&field).ok_or_else(|| {
                StorageError::Inconsistent(format!("a rule looks at the unknown field {field:?}"))
            })?;
            Ok(Rule {
                id: RuleId(id),
                field,
                needle,
                client: ClientId(client),
            })
        })
        .collect()
}

/// One line of "why is this here": client, its name, reason and detail.
pub struct Shown {
    pub client: ClientId,
    pub client_name: String,
    pub why: Why,
    pub detail: String,
}

/// The clients of one interaction, as far as they are seen, by name.
pub async fn of_interaction(
    conn: &mut Conn,
    scope: Scope<'_>,
    key: InteractionKey,
) -> Result<Vec<Shown>, StorageError> {
    let sql = format!(
        "SELECT a.client_id, c.name, a.why, a.detail FROM assignment a
        JOIN client c ON c.id = a.client_id WHERE a.interaction_key = $1 AND {} ORDER BY c.name_folded",
        scope.clients("c")
    );
    let rows: Vec<(i64, String, String, String)> =
        on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(key.0).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(client, client_name, why, detail)| Shown {
            client: ClientId(client),
            client_name,
            why: Why::named(&why).unwrap_or(Why::Person),
            detail,
        })
        .collect())
}

/// One step in the history of an interaction's assignments.
pub struct Change {
    pub client: ClientId,
    pub client_name: String,
    /// `assigned` or `removed`.
    pub change: String,
    pub why: String,
    pub detail: String,
    pub changed_by: String,
    pub changed_at: i64,
}

/// Every assignment and removal of one interaction, as far as the clients are seen, oldest first.
pub async fn history(
    conn: &mut Conn,
    scope: Scope<'_>,
    key: InteractionKey,
) -> Result<Vec<Change>, StorageError> {
    let sql = format!(
        "SELECT h.client_id, c.name, h.change, h.why, h.detail, h.changed_by, h.changed_at
        FROM assignment_change h JOIN client c ON c.id = h.client_id
        WHERE h.interaction_key = $1 AND {} ORDER BY h.record_id, h.client_id",
        scope.clients("c")
    );
    let rows: Vec<(i64, String, String, String, String, String, i64)> =
        on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(key.0).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(
            |(client, client_name, change, why, detail, changed_by, changed_at)| Change {
                client: ClientId(client),
                client_name,
                change,
                why,
                detail,
                changed_by,
                changed_at,
            },
        )
        .collect())
}

/// Unassigned, unignored interactions with a participant at `value` who is not one of ours, oldest first.
pub async fn waiting_for(
    conn: &mut Conn,
    kind: crate::client::AddressKind,
    value: &str,
    own: &Own,
) -> Result<Vec<InteractionKey>, StorageError> {
    const BY_ADDRESS: &str = "SELECT p.interaction_key, p.address FROM participant p
        JOIN interaction i ON i.interaction_key = p.interaction_key
        WHERE p.address = $1 AND i.assigned_count = 0 AND i.ignored_for IS NULL ORDER BY 1";
    const BY_DOMAIN: &str = "SELECT p.interaction_key, p.address FROM interaction i
        JOIN participant p ON p.interaction_key = i.interaction_key
        WHERE (p.address LIKE '%@' || $1 OR p.address LIKE '%.' || $1)
        AND i.assigned_count = 0 AND i.ignored_for IS NULL ORDER BY 1";
    let sql = match kind {
        crate::client::AddressKind::Email => BY_ADDRESS,
        crate::client::AddressKind::Domain => BY_DOMAIN,
    };
    let rows: Vec<(i64, String)> =
        on_db!(conn, c => sqlx::query_as(sql).bind(value.to_owned()).fetch_all(c).await)?;
    let theirs = rows.into_iter().filter(|(_, address)| !own.has(address));
    let mut keys: Vec<InteractionKey> = theirs.map(|(key, _)| InteractionKey(key)).collect();
    keys.dedup();
    Ok(keys)
}

/// What still waits in the inbox of one thread, with the interaction itself, oldest first.
pub async fn waiting_in_thread_of(
    conn: &mut Conn,
    key: InteractionKey,
) -> Result<Vec<InteractionKey>, StorageError> {
    const SQL: &str = "SELECT i.interaction_key FROM interaction i
        WHERE i.thread_key = (SELECT thread_key FROM interaction WHERE interaction_key = $1)
        AND ((i.assigned_count = 0 AND i.ignored_for IS NULL) OR i.interaction_key = $1) ORDER BY 1";
    let keys: Vec<i64> = on_db!(conn, c => sqlx::query_scalar(SQL).bind(key.0).fetch_all(c).await)?;
    Ok(keys.into_iter().map(InteractionKey).collect())
}

/// What waits in the inbox in the threads of these interactions, by thread, oldest first. What was once taken away from
/// a client is left out: a person decided about it.
pub async fn waiting_beside(
    conn: &mut Conn,
    interactions: &[InteractionKey],
) -> Result<BTreeMap<InteractionKey, Vec<InteractionKey>>, StorageError> {
    let mut waiting: BTreeMap<InteractionKey, Vec<InteractionKey>> = BTreeMap::new();
    for some in interactions.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT i.thread_key, i.interaction_key FROM interaction i
            WHERE i.thread_key IN (SELECT thread_key FROM interaction WHERE interaction_key IN ({}))
            AND i.assigned_count = 0 AND i.ignored_for IS NULL
            AND NOT EXISTS (SELECT 1 FROM assignment_change h
                WHERE h.interaction_key = i.interaction_key AND h.change = 'removed')
            ORDER BY i.thread_key, i.interaction_key",
            placeholders(0, some.len())
        );
        for (thread, key) in keyed(conn, sql, some).await? {
            let there = waiting.entry(InteractionKey(thread)).or_default();
            if !there.contains(&InteractionKey(key)) {
                there.push(InteractionKey(key));
            }
        }
    }
    Ok(waiting)
}

/// How many interactions that are seen are with a client, who is, because of a rule.
pub async fn matched_by(conn: &mut Conn, scope: Scope<'_>, rule: &Rule) -> Result<u64, StorageError> {
    let sql = format!(
        "SELECT COUNT(*) FROM assignment a JOIN interaction i ON i.interaction_key = a.interaction_key
        WHERE a.client_id = $1 AND a.why = 'rule' AND a.detail = $2 AND {}",
        scope.of_seen_client("i")
    );
    let detail = format!("{}: {}", rule.field.name(), rule.needle);
    let count: i64 = on_db!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql)).bind(rule.client.0).bind(detail).fetch_one(c).await)?;
    Ok(count.unsigned_abs())
}
