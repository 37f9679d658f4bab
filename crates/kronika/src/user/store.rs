//! Accounts in the tables.

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

/// The account of this name with its password hash; an account without one cannot sign in.
pub async fn by_name(conn: &mut Conn, name: &str) -> Result<Option<(Account, Option<String>)>, StorageError> {
    const SQL: &str = "SELECT a.id, a.name, a.role, s.language, s.theme, s.password_hash FROM account a
        LEFT JOIN local_account_secret s ON s.account_id = a.id WHERE a.name = $1";
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

pub async fn by_id(conn: &mut Conn, id: AccountId) -> Result<Option<Account>, StorageError> {
    const SQL: &str = "SELECT a.id, a.name, a.role, s.language, s.theme FROM account a
        LEFT JOIN local_account_secret s ON s.account_id = a.id WHERE a.id = $1";
    let row: Option<AccountRow> = on_db!(conn, c => sqlx::query_as(SQL).bind(id.0).fetch_optional(c).await)?;
    Ok(row.map(account))
}
