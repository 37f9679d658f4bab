//! Lets a new rule look through what waits in the inbox.

use super::book::Rule;
use crate::archive::id::InteractionKey;
use crate::interaction::Participant;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// How many waiting interactions are looked at in one query.
const PAGE: i64 = 500;

/// Waiting interactions that the rule matches, oldest first.
pub async fn waiting(conn: &mut Conn, rule: &Rule) -> Result<Vec<InteractionKey>, StorageError> {
    const SQL: &str = "SELECT interaction_key, subject FROM interaction
        WHERE assigned_count = 0 AND ignored_for IS NULL AND interaction_key > $1
        ORDER BY interaction_key LIMIT $2";
    let mut found = Vec::new();
    let mut after = i64::MIN;
    loop {
        let page: Vec<(i64, String)> =
            on_db!(conn, c => sqlx::query_as(SQL).bind(after).bind(PAGE).fetch_all(c).await)?;
        let Some((last, _)) = page.last() else {
            return Ok(found);
        };
        after = *last;
        for (key, subject) in page {
            let key = InteractionKey(key);
            if rule.matches(&subject, &participants(conn, key).await?) {
                found.push(key);
            }
        }
    }
}

/// Everyone who took part in an interaction, in the original's order.
pub async fn participants(conn: &mut Conn, key: InteractionKey) -> Result<Vec<Participant>, StorageError> {
    const SQL: &str =
        "SELECT role, name, address FROM participant WHERE interaction_key = $1 ORDER BY position";
    let rows: Vec<(String, String, String)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(key.0).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(role, name, address)| Participant { role, name, address })
        .collect())
}
