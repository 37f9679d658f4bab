//! Accounts in the tables.

use crate::access::Role;
use crate::archive::id::AccountId;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// Someone who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub name: String,
    pub role: String,
    pub language: String,
    pub theme: String,
}

pub async fn insert_account(
    conn: &mut Conn,
    id: AccountId,
    name: &str,
    role: &str,
    created_at: i64,
) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO account (id, name, role, created_at) VALUES ($1, $2, $3, $4)";
    let (name, role) = (name.to_owned(), role.to_owned());
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).bind(name).bind(role).bind(created_at).execute(c).await
        .map(drop))
}

pub async fn set_role(conn: &mut Conn, id: AccountId, role: &str) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE account SET role = $2 WHERE id = $1";
    let role = role.to_owned();
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).bind(role).execute(c).await.map(drop))
}

pub async fn set_removed(conn: &mut Conn, id: AccountId, at: i64) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE account SET removed_at = $2 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).bind(at).execute(c).await.map(drop))
}

/// Sets the password, and the language of an account that had none.
pub async fn set_secret(
    conn: &mut Conn,
    id: AccountId,
    password_hash: &str,
    language: &str,
) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO local_account_secret (account_id, password_hash, language, theme)
        VALUES ($1, $2, $3, 'device')
        ON CONFLICT (account_id) DO UPDATE SET password_hash = excluded.password_hash";
    let (hash, language) = (password_hash.to_owned(), language.to_owned());
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).bind(hash).bind(language).execute(c).await.map(drop))
}

/// Lets an account do without a password.
pub async fn set_no_secret(conn: &mut Conn, id: AccountId, language: &str) -> Result<(), StorageError> {
    const SQL: &str =
        "INSERT INTO local_account_secret (account_id, language, theme) VALUES ($1, $2, 'device')";
    let language = language.to_owned();
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).bind(language).execute(c).await.map(drop))
}

/// Forgets all that an account signs in with.
pub async fn forget_secrets(conn: &mut Conn, id: AccountId) -> Result<(), StorageError> {
    const SQL: [&str; 7] = [
        "DELETE FROM local_session WHERE account_id = $1",
        "DELETE FROM local_account_secret WHERE account_id = $1",
        "DELETE FROM local_authenticator WHERE account_id = $1",
        "DELETE FROM local_recovery_code WHERE account_id = $1",
        "DELETE FROM local_passkey WHERE account_id = $1",
        "DELETE FROM local_elsewhere WHERE account_id = $1",
        "DELETE FROM local_api_token_secret
            WHERE token_id IN (SELECT id FROM api_token WHERE account_id = $1)",
    ];
    for sql in SQL {
        on_db!(conn, c => sqlx::query(sql).bind(id.0).execute(c).await.map(drop))?;
    }
    Ok(())
}

pub async fn set_preferences(
    conn: &mut Conn,
    id: AccountId,
    language: &str,
    theme: &str,
) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE local_account_secret SET language = $2, theme = $3 WHERE account_id = $1";
    let (language, theme) = (language.to_owned(), theme.to_owned());
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).bind(language).bind(theme).execute(c).await.map(drop))
}

type AccountRow = (i64, String, String, Option<String>, Option<String>);

fn account(row: AccountRow) -> Account {
    let (id, name, role, language, theme) = row;
    Account {
        id: AccountId(id),
        name,
        role,
        language: language.unwrap_or_else(|| "en".to_owned()),
        theme: theme.unwrap_or_else(|| "device".to_owned()),
    }
}

/// The account of this name with its password hash; an account without one cannot sign in, nor can one that was removed.
pub async fn by_name(conn: &mut Conn, name: &str) -> Result<Option<(Account, Option<String>)>, StorageError> {
    const SQL: &str = "SELECT a.id, a.name, a.role, s.language, s.theme, s.password_hash FROM account a
        LEFT JOIN local_account_secret s ON s.account_id = a.id WHERE a.name = $1 AND a.removed_at IS NULL";
    type Row = (
        i64,
        String,
        String,
        Option<String>,
        Option<String>,
        Option<String>,
    );
    let name = name.trim().to_lowercase();
    let row: Option<Row> = on_db!(conn, c => sqlx::query_as(SQL).bind(name).fetch_optional(c).await)?;
    Ok(row.map(|(id, name, role, language, theme, hash)| (account((id, name, role, language, theme)), hash)))
}

/// Unless it was removed.
pub async fn by_id(conn: &mut Conn, id: AccountId) -> Result<Option<Account>, StorageError> {
    const SQL: &str = "SELECT a.id, a.name, a.role, s.language, s.theme FROM account a
        LEFT JOIN local_account_secret s ON s.account_id = a.id WHERE a.id = $1 AND a.removed_at IS NULL";
    let row: Option<AccountRow> = on_db!(conn, c => sqlx::query_as(SQL).bind(id.0).fetch_optional(c).await)?;
    Ok(row.map(account))
}

/// The hash of an account's password, if it has one.
pub async fn password_hash(conn: &mut Conn, id: AccountId) -> Result<Option<String>, StorageError> {
    const SQL: &str = "SELECT password_hash FROM local_account_secret WHERE account_id = $1";
    let found: Option<Option<String>> =
        on_db!(conn, c => sqlx::query_scalar(SQL).bind(id.0).fetch_optional(c).await)?;
    Ok(found.flatten())
}

/// Whether a name was ever an account's: the journal names people by it, so it is not given to another.
pub async fn is_taken(conn: &mut Conn, name: &str) -> Result<bool, StorageError> {
    const SQL: &str = "SELECT COUNT(*) FROM account WHERE name = $1";
    let name = name.to_owned();
    let count: i64 = on_db!(conn, c => sqlx::query_scalar(SQL).bind(name).fetch_one(c).await)?;
    Ok(count > 0)
}

/// How many accounts there are that were not removed.
pub async fn count(conn: &mut Conn) -> Result<i64, StorageError> {
    const SQL: &str = "SELECT COUNT(*) FROM account WHERE removed_at IS NULL";
    on_db!(conn, c => sqlx::query_scalar(SQL).fetch_one(c).await)
}

/// How many of them own the archive.
pub async fn owners(conn: &mut Conn) -> Result<i64, StorageError> {
    const SQL: &str = "SELECT COUNT(*) FROM account WHERE removed_at IS NULL AND role = $1";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(Role::Owner.name()).fetch_one(c).await)
}
