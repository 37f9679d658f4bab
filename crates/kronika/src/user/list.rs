//! All people of an archive.

use crate::archive::id::AccountId;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// One line of the list of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: AccountId,
    pub name: String,
    pub role: String,
    /// When they last used the archive; nothing before the first time.
    pub seen_at: Option<i64>,
    /// Whether they have a password.
    pub password: bool,
    /// Whether a password alone does not let them in, or no password is needed.
    pub second_factor: bool,
}

/// The accounts that were not removed, by name.
pub async fn people(conn: &mut Conn) -> Result<Vec<Person>, StorageError> {
    const SQL: &str = "SELECT a.id, a.name, a.role, s.seen_at,
            (SELECT COUNT(*) FROM local_authenticator f WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL)
            + (SELECT COUNT(*) FROM local_passkey p WHERE p.account_id = a.id),
            (SELECT COUNT(*) FROM local_account_secret p WHERE p.account_id = a.id AND p.password_hash IS NOT NULL)
        FROM account a LEFT JOIN local_account_secret s ON s.account_id = a.id
        WHERE a.removed_at IS NULL ORDER BY a.name";
    let rows: Vec<(i64, String, String, Option<i64>, i64, i64)> =
        on_db!(conn, c => sqlx::query_as(SQL).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(id, name, role, seen_at, factors, password)| Person {
            id: AccountId(id),
            name,
            role,
            seen_at,
            password: password > 0,
            second_factor: factors > 0,
        })
        .collect())
}
