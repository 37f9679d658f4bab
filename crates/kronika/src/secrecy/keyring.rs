//! The key store: its own small database file, outside the data backup, mode 0600.
//!
//! It holds each client's key and the journal's signing seed, every one wrapped by the archive's key, so the file
//! alone opens nothing.

use std::collections::HashMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::RwLock;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteSynchronous};
use zeroize::Zeroizing;

use super::{ArchiveKey, RecordKey, SealError};

/// The key of what belongs to no client yet.
pub const INBOX_KEY: i64 = 0;

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS kek (
    id INTEGER PRIMARY KEY, wrapped BLOB NOT NULL, created_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY, sealed BLOB NOT NULL);";

#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    #[error("the key store is missing; put the whole folder of keys back from your backup")]
    Missing,
    #[error("the key store could not be read or written: {0}")]
    Database(sqlx::Error),
    #[error("the key store could not be protected: {0}")]
    File(#[from] std::io::Error),
    #[error("the key store is another archive's, or damaged: {0}")]
    Seal(#[from] SealError),
    #[error("the key {0} is not in the key store: it was destroyed, or the store is an old copy")]
    Absent(i64),
    #[error("the key store lacks {0}; put the whole folder of keys back from your backup")]
    SecretAbsent(String),
}

impl From<sqlx::Error> for KeyringError {
    fn from(error: sqlx::Error) -> Self {
        // SQLITE_CANTOPEN
        match error
            .as_database_error()
            .and_then(|refused| refused.code())
            .as_deref()
        {
            Some("14") => KeyringError::Missing,
            _ => KeyringError::Database(error),
        }
    }
}

pub struct Keyring {
    pool: SqlitePool,
    wrapping: RecordKey,
    /// For the few secrets in the tables.
    small: RecordKey,
    known: RwLock<HashMap<i64, Zeroizing<[u8; 32]>>>,
}

impl Keyring {
    pub async fn create(path: &Path, archive_key: &ArchiveKey) -> Result<Keyring, KeyringError> {
        let keyring = Keyring::at(path, archive_key, true);
        sqlx::raw_sql(SCHEMA).execute(&keyring.pool).await?;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
        keyring.ensure(INBOX_KEY, 0).await?;
        Ok(keyring)
    }

    /// Opens nothing yet: a command that only searches never touches the keys.
    pub fn open(path: &Path, archive_key: &ArchiveKey) -> Keyring {
        Keyring::at(path, archive_key, false)
    }

    fn at(path: &Path, archive_key: &ArchiveKey, create: bool) -> Keyring {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(create)
            .synchronous(SqliteSynchronous::Full)
            .pragma("secure_delete", "ON")
            .busy_timeout(Duration::from_secs(30));
        Keyring {
            pool: SqlitePoolOptions::new()
                .max_connections(2)
                .connect_lazy_with(options),
            wrapping: RecordKey::from_bytes(*archive_key.derive("kronika/keyring/v1")),
            small: RecordKey::from_bytes(*archive_key.derive("kronika/secret/v1")),
            known: RwLock::default(),
        }
    }

    /// The key `id`, made when there is none. Durable once this returns.
    pub async fn ensure(&self, id: i64, created_at: i64) -> Result<(), KeyringError> {
        let wrapped = RecordKey::new().wrapped_by(self.wrapping.bytes());
        sqlx::query("INSERT INTO kek (id, wrapped, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
            .bind(id)
            .bind(wrapped)
            .bind(created_at)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Wraps a record's key by the key `id`.
    pub async fn wrap(&self, key: &RecordKey, id: i64) -> Result<Vec<u8>, KeyringError> {
        Ok(key.wrapped_by(&*self.get(id).await?))
    }

    /// Opens a record's key with the first of its wraps whose key still exists.
    pub async fn unwrap(&self, wraps: &[(i64, Vec<u8>)]) -> Result<RecordKey, KeyringError> {
        let mut failure = KeyringError::Seal(SealError::KeyNotOpened);
        for (id, wrapped) in wraps {
            match self.get(*id).await {
                Ok(kek) => match RecordKey::unwrap(wrapped, &kek) {
                    Ok(key) => return Ok(key),
                    Err(error) => failure = error.into(),
                },
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }

    async fn get(&self, id: i64) -> Result<Zeroizing<[u8; 32]>, KeyringError> {
        let known = self.known.read().ok().and_then(|known| known.get(&id).cloned());
        if let Some(kek) = known {
            return Ok(kek);
        }
        let wrapped: Option<Vec<u8>> = sqlx::query_scalar("SELECT wrapped FROM kek WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.pool)
            .await?;
        let wrapped = wrapped.ok_or(KeyringError::Absent(id))?;
        let kek = RecordKey::unwrap(&wrapped, self.wrapping.bytes())?;
        let kek = Zeroizing::new(*kek.bytes());
        if let Ok(mut known) = self.known.write() {
            known.insert(id, kek.clone());
        }
        Ok(kek)
    }

    /// Encrypts a small secret that is kept in the tables. `bound_to` says whose and what it is.
    pub fn seal(&self, secret: &[u8], bound_to: &[u8]) -> Vec<u8> {
        self.small.seal(secret, bound_to)
    }

    /// Opens what [`seal`](Self::seal) made.
    pub fn open_sealed(&self, sealed: Vec<u8>, bound_to: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyringError> {
        Ok(Zeroizing::new(self.small.open(sealed, bound_to)?))
    }

    pub async fn put_secret(&self, name: &str, secret: &[u8]) -> Result<(), KeyringError> {
        let sealed = self.wrapping.seal(secret, name.as_bytes());
        sqlx::query("INSERT INTO secret (name, sealed) VALUES ($1, $2)")
            .bind(name)
            .bind(sealed)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Keeps a secret in the place of one of the same name.
    pub async fn replace_secret(&self, name: &str, secret: &[u8]) -> Result<(), KeyringError> {
        let sealed = self.wrapping.seal(secret, name.as_bytes());
        sqlx::query(
            "INSERT INTO secret (name, sealed) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed",
        )
        .bind(name)
        .bind(sealed)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// A secret that need not be there.
    pub async fn find_secret(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringError> {
        match self.secret(name).await {
            Ok(secret) => Ok(Some(secret)),
            Err(KeyringError::SecretAbsent(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub async fn secret(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeyringError> {
        let sealed: Option<Vec<u8>> = sqlx::query_scalar("SELECT sealed FROM secret WHERE name = $1")
            .bind(name)
            .fetch_optional(&self.pool)
            .await?;
        let sealed = sealed.ok_or_else(|| KeyringError::SecretAbsent(name.to_owned()))?;
        Ok(Zeroizing::new(self.wrapping.open(sealed, name.as_bytes())?))
    }
}
