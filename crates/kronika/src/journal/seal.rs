//! Turns pending records into leaves, tiles and a signed checkpoint, in one transaction.
//!
//! The transaction that makes the tree durable carries the signature over it, so a crash can never leave a signed
//! tree that was then lost. Any program may seal: it reads the tree's edge from the database inside the transaction,
//! which the database lets only one of them hold.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};

use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::commitment::Leaf;
use kronika_tlog::note::{Note, SigningKey, VerifierKey};
use kronika_tlog::tile::{self, Tile};
use kronika_tlog::tree::Frontier;
use kronika_tlog::{Hash, TreeHead};
use tokio::sync::{Notify, OnceCell, watch};

use super::store::{self, Pending};
use crate::archive::{Archive, SIGNING_SEED};
use crate::on_db;
use crate::secrecy::KeyringError;
use crate::storage::bulk::{self, Value};
use crate::storage::{Conn, StorageError, crash_point, dialect};

#[derive(Debug, thiserror::Error)]
pub enum SealingError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    #[error("the journal's signing key cannot be used: {0}")]
    Key(String),
    #[error("the journal's tree cannot be continued: {0}")]
    Tree(String),
    #[error(
        "the checkpoint kept beside the keys covers {signed} entries, but the database has only {here} or others: it \
         was put back to an older state. Nothing is sealed before the newest database is back; see docs/OPERATE.md"
    )]
    PutBack { signed: u64, here: u64 },
    #[error(
        "a witness showed another history of this journal, signed with its key and kept in keys/{OTHER_HISTORY}: the \
         archive was put back to an older state, or runs twice. Nothing is sealed before that is settled; see \
         docs/OPERATE.md"
    )]
    OtherHistory,
}

/// The most records that one checkpoint takes in: a reader waits for no longer than their transaction.
const AT_ONCE: i64 = 4096;

#[derive(Default)]
pub struct Sealer {
    wake: Notify,
    /// Changes with every checkpoint.
    sealed: watch::Sender<()>,
    signer: OnceCell<SigningKey>,
    /// Why the last try failed, until one succeeds.
    trouble: Mutex<Option<Trouble>>,
}

/// What keeps records from being sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The key of a text that says what to do.
    pub code: &'static str,
    pub why: String,
}

impl SealingError {
    /// The key of a text that says what to do.
    fn code(&self) -> &'static str {
        match self {
            SealingError::Storage(_) => "sealing-storage",
            SealingError::Keyring(_) | SealingError::Key(_) => "sealing-key",
            SealingError::Tree(_) => "sealing-tree",
            SealingError::PutBack { .. } => "sealing-put-back",
            SealingError::OtherHistory => "sealing-other-history",
        }
    }
}

impl Sealer {
    /// What keeps records from being sealed, if anything does.
    pub fn trouble(&self) -> Option<Trouble> {
        self.note().clone()
    }

    fn note(&self) -> MutexGuard<'_, Option<Trouble>> {
        // Whoever panicked with it left a whole value: it is only ever replaced.
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says that something was committed and waits to be sealed.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Changes whenever a checkpoint was made.
    pub fn watch(&self) -> watch::Receiver<()> {
        self.sealed.subscribe()
    }

    /// The journal's public key as text (C2SP vkey).
    pub async fn verifier_key(&self, archive: &Archive) -> Result<String, KeyringError> {
        Ok(self.signer(archive).await?.verifier().to_string())
    }

    pub async fn verifier(&self, archive: &Archive) -> Result<VerifierKey, KeyringError> {
        Ok(self.signer(archive).await?.verifier().clone())
    }

    async fn signer(&self, archive: &Archive) -> Result<&SigningKey, KeyringError> {
        self.signer
            .get_or_try_init(|| async {
                let seed = archive.keyring.secret(SIGNING_SEED).await?;
                let absent = || KeyringError::SecretAbsent("the journal's signing key".to_owned());
                let seed: [u8; 32] = seed.as_slice().try_into().map_err(|_| absent())?;
                SigningKey::from_seed(&archive.config.origin, &seed).map_err(|_| absent())
            })
            .await
    }

    /// Seals whatever gets committed, for ever.
    pub async fn run(&self, archive: &Archive) {
        loop {
            let error = self.run_until_failure(archive).await;
            // What waits stays in its table; the next try takes it.
            tracing::error!(%error, "sealing failed");
            *self.note() = Some(Trouble {
                code: error.code(),
                why: error.to_string(),
            });
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        }
    }

    /// Seals whatever gets committed, until it cannot.
    pub async fn run_until_failure(&self, archive: &Archive) -> SealingError {
        loop {
            if let Err(error) = self.seal(archive).await {
                return error;
            }
            self.wake.notified().await;
        }
    }

    /// Seals everything that waits. Returns how many records were sealed.
    pub async fn seal(&self, archive: &Archive) -> Result<usize, SealingError> {
        let mut sealed = 0;
        loop {
            let now = self.seal_some(archive).await?;
            if now == 0 {
                *self.note() = None;
                return Ok(sealed);
            }
            sealed += now;
        }
    }

    /// Refuses an archive that was put back to an older state, or of which a witness showed another history.
    pub async fn require_newest(&self, archive: &Archive) -> Result<(), SealingError> {
        let signer = self.signer(archive).await?;
        let (frontier, _) = edge(&mut archive.db.read().await?).await?;
        refuse_if_put_back(archive, signer.verifier(), frontier.head())
    }

    async fn seal_some(&self, archive: &Archive) -> Result<usize, SealingError> {
        let signer = self.signer(archive).await?;
        let mut tx = archive.db.begin().await?;
        dialect::only_sealer(&mut tx).await?;
        let pending = store::pending(&mut tx, AT_ONCE).await?;
        if pending.is_empty() {
            tx.give_up().await?;
            return Ok(0);
        }
        let (mut frontier, logged_at) = edge(&mut tx).await?;
        let logged_at = logged_at.max(archive.clock.now().div_euclid(1000));
        let first = frontier.size();
        refuse_if_put_back(archive, signer.verifier(), frontier.head())?;
        let growth = tile::grow(
            &mut frontier,
            pending.iter().map(|record| leaf_hash(record, logged_at)),
        );

        crash_point("sealing");
        insert_leaves(&mut tx, first, logged_at, &pending).await?;
        save_growth(&mut tx, &growth).await?;
        forget_pending(&mut tx, &pending).await?;
        let note = sign(signer, &archive.config.origin, frontier.head())?;
        insert_checkpoint(&mut tx, frontier.size(), archive.clock.now(), &note).await?;
        crash_point("signed");
        tx.commit().await?;
        crash_point("sealed");

        keep_outside(archive, &note);
        self.sealed.send_replace(());
        Ok(pending.len())
    }
}

/// Beside the keys: a checkpoint of another history of this journal. As long as it is there nothing is sealed.
pub const OTHER_HISTORY: &str = "other-history";

/// Keeps what a witness showed; the next try to seal is refused by it, in this program and in every other.
pub(super) fn keep_other_history(archive: &Archive, note: &Note) {
    if let Err(error) = write_beside_keys(archive, OTHER_HISTORY, &note.to_string()) {
        tracing::error!(%error, "the other history could not be kept beside the keys");
    }
    archive.sealer.wake();
}

/// Two signed trees of which neither continues the other would discredit the whole journal. So a database that was
/// set back, as from a backup or a snapshot, is never signed again on top of.
fn refuse_if_put_back(archive: &Archive, key: &VerifierKey, here: TreeHead) -> Result<(), SealingError> {
    if archive.folder.join("keys").join(OTHER_HISTORY).exists() {
        return Err(SealingError::OtherHistory);
    }
    let Some(signed) = kept_outside(archive, key) else {
        return Ok(());
    };
    if signed.size > here.size || (signed.size == here.size && signed != here) {
        return Err(SealingError::PutBack {
            signed: signed.size,
            here: here.size,
        });
    }
    Ok(())
}

/// What the checkpoint beside the keys says, if there is one that our key signed.
fn kept_outside(archive: &Archive, key: &VerifierKey) -> Option<TreeHead> {
    let note = std::fs::read(archive.folder.join("keys").join("last-checkpoint")).ok()?;
    let checkpoint = Checkpoint::open(&Note::parse(&note).ok()?, key).ok()?;
    Some(checkpoint.head())
}

fn leaf_hash(record: &Pending, logged_at: i64) -> Hash {
    Leaf {
        kind: record.kind,
        logged_at: logged_at.unsigned_abs(),
        commitment: record.commitment,
    }
    .hash()
}

fn sign(signer: &SigningKey, origin: &str, head: TreeHead) -> Result<String, SealingError> {
    let checkpoint = Checkpoint::new(origin, head).map_err(|error| SealingError::Tree(error.to_string()))?;
    let note =
        Note::sign(checkpoint.to_string(), signer).map_err(|error| SealingError::Tree(error.to_string()))?;
    Ok(note.to_string())
}

/// The tree's right edge, read from the tiles, and the time of its last leaf (milliseconds).
async fn edge(conn: &mut Conn) -> Result<(Frontier, i64), SealingError> {
    const LAST: &str = "SELECT position + 1, logged_at FROM journal_leaf ORDER BY position DESC LIMIT 1";
    let last: Option<(i64, i64)> = on_db!(conn, c => sqlx::query_as(LAST).fetch_optional(c).await)?;
    let (size, logged_at) = last.unwrap_or((0, 0));
    let size = size.unsigned_abs();
    let tiles = load_tiles(conn, tile::tiles_of_frontier(size)).await?;
    let mut reader = tile::TileReader::new(size, tiles);
    let frontier =
        Frontier::read(size, &mut reader).map_err(|error| SealingError::Tree(error.to_string()))?;
    Ok((frontier, logged_at))
}

/// Fetches tiles, so that the pure tree code can read them.
pub async fn load_tiles(
    conn: &mut Conn,
    wanted: impl IntoIterator<Item = Tile>,
) -> Result<BTreeMap<Tile, Vec<u8>>, StorageError> {
    let mut tiles = BTreeMap::new();
    for tile in wanted {
        if let Some(hashes) = tile_bytes(conn, tile.level(), tile.index()).await? {
            tiles.insert(tile, hashes);
        }
    }
    Ok(tiles)
}

async fn tile_bytes(conn: &mut Conn, level: u8, index: u64) -> Result<Option<Vec<u8>>, StorageError> {
    const SQL: &str = "SELECT hashes FROM journal_tile WHERE level = $1 AND position = $2";
    let (level, position) = (i64::from(level), index.cast_signed());
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(level).bind(position).fetch_optional(c).await)
}

async fn insert_leaves(
    conn: &mut Conn,
    first: u64,
    logged_at: i64,
    pending: &[Pending],
) -> Result<(), StorageError> {
    let rows: Vec<Vec<Value<'_>>> = (first..)
        .zip(pending)
        .map(|(position, record)| {
            vec![
                Value::Int(position.cast_signed()),
                Value::Int(record.record.0),
                Value::Int(logged_at),
            ]
        })
        .collect();
    bulk::insert(
        conn,
        ("journal_leaf", &["position", "record_id", "logged_at"]),
        &rows,
        "",
    )
    .await
}

async fn save_growth(conn: &mut Conn, growth: &[tile::Growth]) -> Result<(), StorageError> {
    // A partial tile is a prefix of every later form of itself, so one growing value serves them all.
    const SQL: &str = "INSERT INTO journal_tile (level, position, hashes) VALUES ($1, $2, $3)
        ON CONFLICT (level, position) DO UPDATE SET hashes = excluded.hashes";
    for grown in growth {
        let mut hashes = Vec::new();
        if grown.width_before > 0 {
            hashes = tile_bytes(conn, grown.level, grown.index)
                .await?
                .unwrap_or_default();
        }
        hashes.extend(grown.bytes());
        let (level, position) = (i64::from(grown.level), grown.index.cast_signed());
        on_db!(conn, c => sqlx::query(SQL).bind(level).bind(position).bind(hashes).execute(c).await.map(drop))?;
    }
    Ok(())
}

async fn forget_pending(conn: &mut Conn, pending: &[Pending]) -> Result<(), StorageError> {
    for some in pending.chunks(500) {
        let sql = format!(
            "DELETE FROM journal_pending WHERE record_id IN ({})",
            bulk::placeholders(0, some.len())
        );
        on_db!(conn, c => {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
            for record in some {
                query = query.bind(record.record.0);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

async fn insert_checkpoint(
    conn: &mut Conn,
    size: u64,
    signed_at: i64,
    note: &str,
) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO journal_checkpoint (size, signed_at, note) VALUES ($1, $2, $3)";
    on_db!(conn, c => {
        sqlx::query(SQL).bind(size.cast_signed()).bind(signed_at).bind(note.to_owned()).execute(c).await.map(drop)
    })?;
    Ok(())
}

/// Keeps the newest checkpoint beside the keys, outside the data backup: a database that was set back to an older
/// state is then noticed.
fn keep_outside(archive: &Archive, note: &str) {
    if let Err(error) = write_beside_keys(archive, "last-checkpoint", note) {
        tracing::warn!(%error, "the newest checkpoint could not be kept beside the keys");
    }
}

fn write_beside_keys(archive: &Archive, name: &str, note: &str) -> std::io::Result<()> {
    let keys = archive.folder.join("keys");
    let mut fresh = tempfile::NamedTempFile::new_in(&keys)?;
    fresh.write_all(note.as_bytes())?;
    // On the disk before it takes the old one's place, so that a power cut leaves one of the two.
    fresh.as_file().sync_data()?;
    fresh.persist(keys.join(name))?;
    Ok(())
}
