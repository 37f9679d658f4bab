//! Opens the database of an archive, on SQLite (encrypted as a whole) or PostgreSQL (one schema).

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection};
use tokio::sync::OwnedMutexGuard;
use zeroize::Zeroizing;

use super::{Db, SqliteDb, StorageError, Writer, dialect, schema, tokenizer};

/// Where an archive's tables are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    File(PathBuf),
    /// `url` names the server and database, `schema` the archive's own schema in it.
    Postgres {
        url: String,
        schema: String,
    },
}

/// The raw 256-bit key of an encrypted SQLite file (SQLCipher).
pub struct SqliteKey(pub Zeroizing<[u8; 32]>);

impl SqliteKey {
    /// SQLCipher's literal for a raw key, which it uses without deriving anything from it.
    fn pragma(&self) -> String {
        format!("\"x'{}'\"", data_encoding::HEXLOWER.encode(self.0.as_slice()))
    }
}

/// How many readers work beside the one writer.
const READERS: u32 = 8;

/// Whether the tables must be there already, or must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    Nothing,
    /// Never made anew: an archive that lost its database must not go on with an empty one.
    Tables,
}

impl Db {
    /// Makes the tables of a new archive, or opens those of one.
    pub async fn open(location: &Location, key: &SqliteKey, expect: Expect) -> Result<Db, StorageError> {
        match location {
            Location::File(path) => open_sqlite(path, key, expect).await,
            Location::Postgres { url, schema } => open_postgres(url, schema, expect).await,
        }
    }
}

impl Expect {
    fn check(self, found: bool, place: impl FnOnce() -> String) -> Result<(), StorageError> {
        match (self, found) {
            (Expect::Nothing, true) => Err(StorageError::Occupied(place())),
            (Expect::Tables, false) => Err(StorageError::Missing(place())),
            _ => Ok(()),
        }
    }
}

async fn open_sqlite(path: &Path, key: &SqliteKey, expect: Expect) -> Result<Db, StorageError> {
    expect.check(path.exists(), || path.display().to_string())?;
    quieten().await?;
    tokenizer::stop_counting_memory();
    let options = sqlite_options(path, key);
    let create = expect == Expect::Nothing;
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS)
        .test_before_acquire(false)
        .after_connect(|conn, _| Box::pin(async move { tokenizer::register(conn).await }))
        .connect_lazy_with(options.clone().read_only(true));
    let db = SqliteDb {
        readers,
        options: Arc::new(options.create_if_missing(create)),
        writer: Arc::default(),
    };
    // The usual case needs no writer: a command that only searches is done before one would be open.
    let current = path.exists() && schema::is_current(&mut *db.readers.acquire().await?).await?;
    if !current {
        schema::bring_up_to_date_sqlite(&mut *db.writer().await?).await?;
    }
    Ok(Db::Sqlite(db))
}

impl SqliteDb {
    /// The one writing connection, opened when it is first needed; everyone else waits.
    pub(super) async fn writer(&self) -> Result<Writer, StorageError> {
        let mut slot = self.writer.clone().lock_owned().await;
        if slot.is_none() {
            let mut conn = SqliteConnection::connect_with(&self.options).await?;
            tokenizer::register(&mut conn).await?;
            *slot = Some(conn);
        }
        OwnedMutexGuard::try_map(slot, Option::as_mut)
            .map_err(|_| StorageError::Inconsistent("the writing connection is gone".to_owned()))
    }
}

/// SQLCipher writes what it thinks of a wrong key to standard error; we say it ourselves, in a sentence. The setting
/// holds for the whole program.
async fn quieten() -> Result<(), StorageError> {
    let mut conn = SqliteConnection::connect("sqlite::memory:").await?;
    sqlx::query("PRAGMA cipher_log_level = NONE")
        .execute(&mut conn)
        .await?;
    Ok(conn.close().await?)
}

fn sqlite_options(path: &Path, key: &SqliteKey) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .pragma("key", key.pragma())
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(30))
        .pragma("secure_delete", "ON")
        .pragma("temp_store", "MEMORY")
        .pragma("cache_size", format!("-{}", dialect::CACHE))
        // Pages leave the log in larger strides: an import rewrites the same index pages over and over.
        .pragma("wal_autocheckpoint", "4000")
        .command_buffer_size(256)
        // Rows cross from the database's thread in batches of this size at most.
        .row_buffer_size(512)
        .statement_cache_capacity(200)
        // The first statement of a connection holds the key, and a log of statements would tell it.
        .disable_statement_logging()
}

async fn open_postgres(url: &str, schema: &str, expect: Expect) -> Result<Db, StorageError> {
    if !schema
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        || schema.is_empty()
    {
        return Err(StorageError::Inconsistent(format!(
            "the schema name {schema:?} may hold only lower-case letters, digits and _"
        )));
    }
    let options = PgConnectOptions::from_str(url)?.options([("search_path", schema)]);
    let pool = PgPoolOptions::new()
        .max_connections(READERS + 2)
        .connect_with(options)
        .await?;
    let found: bool = sqlx::query_scalar("SELECT to_regclass($1) IS NOT NULL")
        .bind(format!("{schema}.record"))
        .fetch_one(&pool)
        .await?;
    expect.check(found, || format!("schema {schema} of the PostgreSQL database"))?;
    if !found {
        let create = format!("CREATE SCHEMA IF NOT EXISTS {schema}");
        sqlx::query(AssertSqlSafe(create)).execute(&pool).await?;
    }
    schema::bring_up_to_date_postgres(&pool).await?;
    Ok(Db::Postgres(pool))
}
