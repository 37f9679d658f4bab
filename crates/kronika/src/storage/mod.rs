//! One code path over SQLite and PostgreSQL.
//!
//! A [`Conn`] is either a reader or an open [`Tx`]; stores take `&mut Conn` and run one SQL text on it with
//! [`on_db!`]. What cannot be written once stands in [`dialect`], both forms side by side.

pub mod bulk;
mod connect;
mod crash;
pub mod dialect;
pub mod file;
pub mod objects;
pub mod scan;
mod schema;
mod tokenizer;

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteError};
use sqlx::{PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool};
use tokio::sync::{Mutex, OwnedMappedMutexGuard};

pub use connect::{Expect, Location, SqliteKey};
pub use crash::crash_point;
pub use tokenizer::SAME_PLACE;

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    #[error("the disk that holds the archive is full; free some space and try again")]
    DiskFull,
    #[error("the archive's key does not open its database; give the right key file or passphrase")]
    WrongKey,
    #[error(
        "the archive was written by a newer Kronika (schema {found}, this program knows {known}); install that version"
    )]
    Newer { found: i64, known: i64 },
    #[error("the archive's database is missing: {0}; put it back from a backup")]
    Missing(String),
    #[error("there is an archive already: {0}; choose another place")]
    Occupied(String),
    #[error("the database is busy with another program's change; try again in a moment")]
    Busy,
    #[error("the database refused: {0}")]
    Database(sqlx::Error),
    #[error("the database refused: {0}")]
    Scan(rusqlite::Error),
    #[error("the schema could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("stored content could not be read or written: {0}")]
    Object(#[from] object_store::Error),
    #[error("a file of the archive could not be read or written: {0}")]
    File(#[from] std::io::Error),
    #[error("the archive's data does not make sense: {0}")]
    Inconsistent(String),
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        let sqlx::Error::Database(refused) = &error else {
            return StorageError::Database(error);
        };
        let code = refused.code().unwrap_or_default();
        // Both databases number their errors, each in its own way.
        if refused.try_downcast_ref::<SqliteError>().is_none() {
            return if code == POSTGRES_DISK_FULL {
                StorageError::DiskFull
            } else {
                StorageError::Database(error)
            };
        }
        let known = code.parse().ok().and_then(StorageError::of_sqlite);
        known.unwrap_or(StorageError::Database(error))
    }
}

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        let code = error.sqlite_error().map(|refused| refused.extended_code);
        let known = code.and_then(StorageError::of_sqlite);
        known.unwrap_or(StorageError::Scan(error))
    }
}

impl StorageError {
    /// <https://sqlite.org/rescode.html>: extended codes carry the primary one in their low byte.
    fn of_sqlite(code: i32) -> Option<StorageError> {
        match code & 0xff {
            13 => Some(StorageError::DiskFull),
            26 => Some(StorageError::WrongKey),
            5 | 6 => Some(StorageError::Busy),
            _ => None,
        }
    }
}

/// SQLSTATE `disk_full`.
const POSTGRES_DISK_FULL: &str = "53100";

/// The database of one archive.
#[derive(Clone)]
pub enum Db {
    Sqlite(SqliteDb),
    Postgres(PgPool),
}

/// SQLite takes one writer at a time: its connection waits behind a fair lock, readers work beside it.
#[derive(Clone)]
pub struct SqliteDb {
    readers: SqlitePool,
    options: Arc<SqliteConnectOptions>,
    writer: Arc<Mutex<Option<SqliteConnection>>>,
}

/// The writing connection, for as long as nobody else has it.
pub type Writer = OwnedMappedMutexGuard<Option<SqliteConnection>, SqliteConnection>;

/// A connection to read from, or the inside of a transaction.
pub enum Conn {
    Sqlite(SqliteConn),
    Postgres(PoolConnection<Postgres>),
}

/// A reader from the pool, or the one writer.
pub enum SqliteConn {
    Reader(PoolConnection<Sqlite>),
    Writer(Writer),
}

impl Deref for SqliteConn {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        match self {
            SqliteConn::Reader(conn) => conn,
            SqliteConn::Writer(conn) => conn,
        }
    }
}

impl DerefMut for SqliteConn {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match self {
            SqliteConn::Reader(conn) => conn,
            SqliteConn::Writer(conn) => conn,
        }
    }
}

/// Runs one expression on whichever database `$conn` is: `on_db!(conn, c => sqlx::query(SQL).execute(c).await.map(drop))`.
#[macro_export]
macro_rules! on_db {
    ($conn:expr, $c:ident => $run:expr) => {
        match &mut *$conn {
            $crate::storage::Conn::Sqlite(conn) => {
                let $c = &mut **conn;
                $run.map_err($crate::storage::StorageError::from)
            }
            $crate::storage::Conn::Postgres(conn) => {
                let $c = &mut **conn;
                $run.map_err($crate::storage::StorageError::from)
            }
        }
    };
}

impl Db {
    /// A connection that only reads.
    pub async fn read(&self) -> Result<Conn, StorageError> {
        Ok(match self {
            Db::Sqlite(db) => Conn::Sqlite(SqliteConn::Reader(db.readers.acquire().await?)),
            Db::Postgres(pool) => Conn::Postgres(pool.acquire().await?),
        })
    }

    /// Opens a transaction; all of it happens at [`Tx::commit`], or none of it.
    pub async fn begin(&self) -> Result<Tx, StorageError> {
        let conn = match self {
            Db::Sqlite(db) => Conn::Sqlite(SqliteConn::Writer(db.writer().await?)),
            Db::Postgres(pool) => Conn::Postgres(pool.acquire().await?),
        };
        // Whole before it begins: whoever is cancelled while waiting for the answer leaves no open transaction behind.
        let mut tx = Tx {
            conn: Some(conn),
            unanswered: true,
        };
        match &mut *tx {
            Conn::Sqlite(c) => sqlx::query("BEGIN IMMEDIATE").execute(&mut **c).await.map(drop)?,
            Conn::Postgres(c) => sqlx::query("BEGIN ISOLATION LEVEL READ COMMITTED")
                .execute(&mut **c)
                .await
                .map(drop)?,
        }
        tx.unanswered = false;
        Ok(tx)
    }

    /// Opens a transaction that records: no other program records into the archive before it ends. What is new, which
    /// thread it continues and what waits for an address is decided by what is recorded already, so two who decide
    /// at once would be wrong.
    ///
    /// On PostgreSQL this relies on every statement seeing what was committed before it, not before the transaction.
    pub async fn begin_recording(&self) -> Result<Tx, StorageError> {
        let mut tx = self.begin().await?;
        dialect::only_recorder(&mut tx).await?;
        Ok(tx)
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self, Db::Postgres(_))
    }

    /// Moves what was written from SQLite's log into its main file, so that the next program opens it quickly.
    pub async fn settle(&self) -> Result<(), StorageError> {
        if let Db::Sqlite(db) = self {
            let mut writer = db.writer().await?;
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
                .execute(&mut *writer)
                .await?;
        }
        Ok(())
    }
}

/// An open transaction. Dropped without [`commit`](Tx::commit) it is rolled back.
pub struct Tx {
    conn: Option<Conn>,
    /// Whether the database was asked to begin or to end it and has not answered yet: then nobody knows whether it is open.
    unanswered: bool,
}

impl Tx {
    /// Gives up everything done so far, now. A dropped transaction does the same, but only some time later: until then
    /// nobody else can write.
    pub async fn give_up(mut self) -> Result<(), StorageError> {
        self.unanswered = true;
        on_db!(self, c => sqlx::query("ROLLBACK").execute(c).await.map(drop))?;
        self.conn = None;
        Ok(())
    }

    /// Makes everything done so far durable, at once.
    pub async fn commit(mut self) -> Result<(), StorageError> {
        self.unanswered = true;
        on_db!(self, c => sqlx::query("COMMIT").execute(c).await.map(drop))?;
        self.conn = None;
        Ok(())
    }
}

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        self.conn
            .as_ref()
            .expect("a transaction keeps its connection until commit consumes it")
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        self.conn
            .as_mut()
            .expect("a transaction keeps its connection until commit consumes it")
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        let Some(mut conn) = self.conn.take() else { return };
        // Without a runtime the process is ending, and the database rolls back by itself.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        let unanswered = self.unanswered;
        runtime.spawn(async move {
            match conn {
                // It may have ended already, and PostgreSQL complains of whoever ends what is not there. With its
                // connection ends whatever is still open.
                Conn::Postgres(conn) if unanswered => Ok(conn.close().await?),
                _ => {
                    let conn = &mut conn;
                    on_db!(conn, c => sqlx::query("ROLLBACK").execute(c).await.map(drop))
                }
            }
        });
    }
}
