//! Reading very many rows.
//!
//! sqlx reads SQLite on a thread of its own and hands every row over to the one that asked, which for a whole archive
//! costs as much as all the rest. A scan reads the same connection on the thread that asks, and keeps it busy meanwhile:
//! ask for a page of some hundred rows at a time.

use rusqlite::params_from_iter;
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgRow;

use super::{Conn, SqliteConn, StorageError};

/// A row that both databases give; [`scanned!`] makes one.
pub trait Scanned: for<'r> sqlx::FromRow<'r, PgRow> + Send + Unpin {
    fn read(row: &rusqlite::Row<'_>) -> Result<Self, rusqlite::Error>;
}

/// Declares a row of a scan. Its fields have the names of the query's columns, and stand in their order.
#[macro_export]
macro_rules! scanned {
    ($(#[$about:meta])* $seen:vis struct $name:ident { $($field:ident: $type:ty,)* }) => {
        $(#[$about])*
        #[derive(sqlx::FromRow)]
        $seen struct $name { $($field: $type,)* }

        impl $crate::storage::scan::Scanned for $name {
            fn read(row: &rusqlite::Row<'_>) -> Result<Self, rusqlite::Error> {
                let mut columns = 0..;
                let mut next = || columns.next().unwrap_or(usize::MAX);
                Ok($name { $($field: row.get(next())?,)* })
            }
        }
    };
}

/// Everything that one query gives for these numbers.
pub async fn scan<T: Scanned>(conn: &mut Conn, sql: String, bound: &[i64]) -> Result<Vec<T>, StorageError> {
    match conn {
        Conn::Sqlite(conn) => scan_here(conn, &sql, bound).await,
        Conn::Postgres(conn) => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for number in bound {
                query = query.bind(*number);
            }
            Ok(query.fetch_all(&mut **conn).await?)
        }
    }
}

async fn scan_here<T: Scanned>(
    conn: &mut SqliteConn,
    sql: &str,
    bound: &[i64],
) -> Result<Vec<T>, StorageError> {
    let mut handle = conn.lock_handle().await?;
    // SAFETY: the handle is open and ours alone while the guard lives, which is longer than what is made of it here;
    // what is made of a borrowed handle does not close it.
    let borrowed = unsafe { rusqlite::Connection::from_handle(handle.as_raw_handle().as_ptr()) }?;
    let mut statement = borrowed.prepare(sql)?;
    let rows = statement.query_map(params_from_iter(bound), |row| T::read(row))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
