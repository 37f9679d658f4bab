//! What SQLite and PostgreSQL do not share, both forms side by side.

use super::{Conn, StorageError};
use crate::on_db;

/// Locks the selected rows until the transaction ends. SQLite has one writer, who needs no locks.
pub fn for_update(conn: &Conn) -> &'static str {
    match conn {
        Conn::Sqlite(_) => "",
        Conn::Postgres(_) => " FOR UPDATE",
    }
}

/// Lets only one program seal at a time. On SQLite the open write transaction already does.
pub async fn only_sealer(conn: &mut Conn) -> Result<(), StorageError> {
    match conn {
        Conn::Sqlite(_) => Ok(()),
        // A lock of the table, not an advisory one: distributed PostgreSQL has the former everywhere.
        Conn::Postgres(_) => {
            const SQL: &str = "LOCK TABLE journal_checkpoint IN EXCLUSIVE MODE";
            on_db!(conn, c => sqlx::query(SQL).execute(c).await.map(drop))
        }
    }
}
