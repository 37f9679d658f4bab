//! Other archives of the same instance to which a person belongs as well. A convenience for whoever switches between
//! them: it opens nothing, and each archive knows only what the person said in it.

use sqlx::FromRow;

use crate::archive::id::AccountId;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Elsewhere {
    /// The archive's name on the instance.
    pub archive: String,
    other_account: i64,
}

impl Elsewhere {
    /// Who the person is there.
    pub fn account(&self) -> AccountId {
        AccountId(self.other_account)
    }
}

pub async fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<Elsewhere>, StorageError> {
    const SQL: &str =
        "SELECT archive, other_account FROM local_elsewhere WHERE account_id = $1 ORDER BY archive";
    on_db!(conn, c => sqlx::query_as(SQL).bind(account.0).fetch_all(c).await)
}

/// Notes that a person belongs to another archive, as this account there.
pub async fn add(
    conn: &mut Conn,
    account: AccountId,
    (archive, other): (&str, AccountId),
) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO local_elsewhere (account_id, archive, other_account) VALUES ($1, $2, $3)
        ON CONFLICT (account_id, archive) DO UPDATE SET other_account = excluded.other_account";
    on_db!(conn, c => sqlx::query(SQL).bind(account.0).bind(archive).bind(other.0).execute(c).await.map(drop))
}

pub async fn remove(conn: &mut Conn, account: AccountId, archive: &str) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM local_elsewhere WHERE account_id = $1 AND archive = $2";
    on_db!(conn, c => sqlx::query(SQL).bind(account.0).bind(archive).execute(c).await.map(drop))
}
