//! What SQLite and PostgreSQL do not share, both forms side by side.

use super::Conn;

/// Locks the selected rows until the transaction ends. SQLite has one writer, who needs no locks.
pub fn for_update(conn: &Conn) -> &'static str {
    match conn {
        Conn::Sqlite(_) => "",
        Conn::Postgres(_) => " FOR UPDATE",
    }
}
