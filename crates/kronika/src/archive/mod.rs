//! One organisation's archive: its folder, database, objects and keys.
//!
//! ```text
//! DATA/kronika.toml      where things are
//!      archive.sqlite    everything recorded, encrypted (or a PostgreSQL schema)
//!      objects/          large content, encrypted (or an S3 bucket)
//!      spool/            uploads not yet recorded
//!      keys/             archive.key, keys.sqlite, last-checkpoint: back these up apart from the rest
//! ```

pub mod clock;
pub mod config;
pub mod id;
pub mod rebuild;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::note::Note;

use crate::journal::act::Act;
use crate::journal::append::{AppendError, Appender, Draft};
use crate::journal::seal::{Sealer, SealingError};
use crate::journal::store::latest_checkpoint;
use crate::outgoing;
use crate::secrecy::{ArchiveKey, KeyFileError, Keyring, KeyringError, Unlock};
use crate::storage::objects::Objects;
use crate::storage::{Db, Expect, SqliteKey, StorageError};

use clock::Clock;
use config::{Config, PostgresConfig};
use id::IdSource;

/// Why an archive could not be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    #[error("there is no archive in {}; make one with `kronika init --data {}`", folder.display(), folder.display())]
    None { folder: PathBuf },
    #[error("{} already holds an archive; choose an empty folder", folder.display())]
    Exists { folder: PathBuf },
    #[error("{} holds parts of an archive but no kronika.toml; put that file back, or choose an empty folder", folder.display())]
    Headless { folder: PathBuf },
    #[error("the keys in {} are another archive's; put this archive's own keys there", folder.display())]
    OtherKeys { folder: PathBuf },
    #[error("{} could not be read or written: {error}", path.display())]
    File { path: PathBuf, error: std::io::Error },
    #[error("{} cannot be understood: {error}", path.display())]
    Config { path: PathBuf, error: String },
    #[error(transparent)]
    Key(#[from] KeyFileError),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Append(#[from] AppendError),
    #[error(transparent)]
    Sealing(#[from] SealingError),
}

/// Where a new archive keeps things.
#[derive(Default)]
pub struct Placement {
    pub postgres: Option<PostgresConfig>,
    pub s3: Option<crate::storage::objects::S3Location>,
}

pub struct Archive {
    pub folder: PathBuf,
    pub config: Config,
    pub db: Db,
    pub objects: Objects,
    pub keyring: Keyring,
    pub clock: Clock,
    pub ids: IdSource,
    pub sealer: Sealer,
}

/// Name of the secret that holds the journal's Ed25519 seed.
pub(crate) const SIGNING_SEED: &str = "journal-signing-seed";

impl Archive {
    /// Makes an empty archive in `folder` and founds its journal. When that fails, nothing stays that stands in the
    /// way of another try.
    pub async fn create(
        folder: &Path,
        unlock: &Unlock,
        placement: Placement,
    ) -> Result<Arc<Archive>, ArchiveError> {
        if folder.join(config::FILE).exists() {
            return Err(ArchiveError::Exists {
                folder: folder.into(),
            });
        }
        let files = [
            "keys/archive.key",
            "keys/keys.sqlite",
            "archive.sqlite",
            "archive.sqlite-wal",
            "archive.sqlite-shm",
        ];
        let files = files.map(|name| folder.join(name));
        if files.iter().any(|file| file.exists()) {
            return Err(ArchiveError::Headless {
                folder: folder.into(),
            });
        }
        let made = Archive::make(folder, unlock, placement).await;
        if made.is_err() {
            // None of them was there before, and nothing was recorded under these keys.
            files.iter().for_each(|file| drop(std::fs::remove_file(file)));
        }
        made
    }

    async fn make(
        folder: &Path,
        unlock: &Unlock,
        placement: Placement,
    ) -> Result<Arc<Archive>, ArchiveError> {
        let file = |path: PathBuf| move |error| ArchiveError::File { path, error };
        let keys = folder.join("keys");
        std::fs::create_dir_all(&keys).map_err(file(keys.clone()))?;
        std::fs::create_dir_all(folder.join("spool")).map_err(file(folder.join("spool")))?;
        private(folder).map_err(file(folder.to_path_buf()))?;
        private(&keys).map_err(file(keys.clone()))?;

        let origin = format!(
            "kronika.archive/{}",
            data_encoding::HEXLOWER.encode(&rand::random::<[u8; 8]>())
        );
        let config = Config {
            origin,
            postgres: placement.postgres,
            s3: placement.s3,
            timestamps: Default::default(),
            outgoing: outgoing::Settings::default(),
            openid: Vec::new(),
        };
        let archive_key = ArchiveKey::create(&keys.join("archive.key"), unlock)?;
        let keyring = Keyring::create(&keys.join("keys.sqlite"), &archive_key).await?;
        keyring
            .put_secret(SIGNING_SEED, &rand::random::<[u8; 32]>())
            .await?;

        let archive = Archive::assemble(folder, config, (&archive_key, keyring), Expect::Nothing).await?;
        archive.found().await?;
        // Written last: its presence says that the archive is whole.
        archive.config.write(folder)?;
        Ok(archive)
    }

    /// Opens the archive in `folder`.
    pub async fn open(folder: &Path, unlock: &Unlock) -> Result<Arc<Archive>, ArchiveError> {
        let config = Config::read(folder)?;
        let keys = folder.join("keys");
        let archive_key = ArchiveKey::open(&keys.join("archive.key"), unlock)?;
        let keyring = Keyring::open(&keys.join("keys.sqlite"), &archive_key);
        let archive = Archive::assemble(folder, config, (&archive_key, keyring), Expect::Tables).await?;
        archive.require_own_keys().await?;
        Ok(archive)
    }

    /// An encrypted file opens with its own key only. PostgreSQL would take records under any keys, so there the
    /// journal's last signature is asked.
    async fn require_own_keys(&self) -> Result<(), ArchiveError> {
        if !self.db.is_postgres() {
            return Ok(());
        }
        let newest = latest_checkpoint(&mut self.db.read().await?).await?;
        let key = self.sealer.verifier(self).await?;
        let ours = newest.is_some_and(|(_, _, note)| {
            Note::parse(note.as_bytes()).is_ok_and(|note| Checkpoint::open(&note, &key).is_ok())
        });
        if ours {
            Ok(())
        } else {
            Err(ArchiveError::OtherKeys {
                folder: self.folder.join("keys"),
            })
        }
    }

    async fn assemble(
        folder: &Path,
        config: Config,
        (archive_key, keyring): (&ArchiveKey, Keyring),
        expect: Expect,
    ) -> Result<Arc<Archive>, ArchiveError> {
        let key = SqliteKey(archive_key.derive("kronika/sqlite/v1"));
        let db = Db::open(&config.location(folder), &key, expect).await?;
        let objects = match &config.s3 {
            None => Objects::in_folder(&folder.join("objects"))?,
            Some(bucket) => Objects::in_bucket(bucket)?,
        };
        Ok(Arc::new(Archive {
            folder: folder.into(),
            config,
            db,
            objects,
            keyring,
            clock: Clock::System,
            ids: IdSource::default(),
            sealer: Sealer::default(),
        }))
    }

    async fn found(&self) -> Result<(), ArchiveError> {
        let key = self.sealer.verifier_key(self).await?;
        let mut tx = self.db.begin_recording().await?;
        let act = Act::Founded {
            origin: self.config.origin.clone(),
            key,
        };
        let mut appender = Appender::begin(self, &mut tx, &[]).await?;
        appender
            .append(Draft::of(act, "kronika", self.clock.now()))
            .await?;
        appender.finish().await?;
        tx.commit().await?;
        self.sealer.seal(self).await?;
        Ok(())
    }
}

fn private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
}
