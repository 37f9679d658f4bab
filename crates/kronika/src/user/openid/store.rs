//! Identities in the tables.

use super::Identity;
use crate::archive::Archive;
use crate::archive::id::AccountId;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// One line of a person's identities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    pub identity: Identity,
    /// What the person is called there; as it was when it was linked.
    pub called: String,
    pub linked_at: i64,
}

/// The account that an identity was last linked with, also one that was removed since.
pub async fn account_of(conn: &mut Conn, identity: &Identity) -> Result<Option<AccountId>, StorageError> {
    const SQL: &str = "SELECT account_id FROM openid_identity WHERE issuer = $1 AND subject = $2";
    let (issuer, subject) = (identity.issuer.clone(), identity.subject.clone());
    let id: Option<i64> =
        on_db!(conn, c => sqlx::query_scalar(SQL).bind(issuer).bind(subject).fetch_optional(c).await)?;
    Ok(id.map(AccountId))
}

/// The identities of an account, in the order in which they were linked.
pub async fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<Linked>, StorageError> {
    const SQL: &str = "SELECT issuer, subject, called, linked_at FROM openid_identity
        WHERE account_id = $1 ORDER BY linked_at, issuer";
    let rows: Vec<(String, String, String, i64)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(account.0).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(issuer, subject, called, linked_at)| Linked {
            identity: Identity { issuer, subject },
            called,
            linked_at,
        })
        .collect())
}

/// Whether the operator names the provider of an identity.
pub fn lets_in(archive: &Archive, identity: &Identity) -> bool {
    let mut all = archive.config.openid.iter();
    all.any(|config| config.issuer == identity.issuer)
}

/// How many passwords, passkeys and identities let an account in. An identity at a provider that the operator took out
/// does not.
pub async fn ways_in(archive: &Archive, conn: &mut Conn, account: AccountId) -> Result<usize, StorageError> {
    const SQL: &str = "SELECT
        (SELECT COUNT(*) FROM local_account_secret WHERE account_id = $1 AND password_hash IS NOT NULL)
        + (SELECT COUNT(*) FROM local_passkey WHERE account_id = $1)";
    let here: i64 = on_db!(conn, c => sqlx::query_scalar(SQL).bind(account.0).fetch_one(c).await)?;
    let elsewhere = list(conn, account).await?;
    let elsewhere = elsewhere
        .iter()
        .filter(|linked| lets_in(archive, &linked.identity))
        .count();
    Ok(usize::try_from(here).unwrap_or(0) + elsewhere)
}

/// A line from an identity to an account. One of an account that was removed gives way.
pub(in crate::user) async fn insert(
    conn: &mut Conn,
    account: AccountId,
    (identity, called): (&Identity, &str),
    at: i64,
) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO openid_identity (issuer, subject, account_id, called, linked_at)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (issuer, subject) DO UPDATE SET account_id = excluded.account_id,
        called = excluded.called, linked_at = excluded.linked_at";
    let (issuer, subject, called) = (
        identity.issuer.clone(),
        identity.subject.clone(),
        called.to_owned(),
    );
    on_db!(conn, c => sqlx::query(SQL).bind(issuer).bind(subject).bind(account.0).bind(called).bind(at).execute(c)
        .await.map(drop))
}

pub(in crate::user) async fn remove(
    conn: &mut Conn,
    account: AccountId,
    identity: &Identity,
) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM openid_identity WHERE issuer = $1 AND subject = $2 AND account_id = $3";
    let (issuer, subject) = (identity.issuer.clone(), identity.subject.clone());
    on_db!(conn, c => sqlx::query(SQL).bind(issuer).bind(subject).bind(account.0).execute(c).await.map(drop))
}
