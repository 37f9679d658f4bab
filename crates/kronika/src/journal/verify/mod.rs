//! Verification of a whole archive: the tree recomputed from the records, every checkpoint, every original's
//! commitment, every table that is made from the journal against one made again.
//!
//! It shows that archive and journal agree with each other and with the journal's key. It cannot show that nothing
//! was left out at capture, nor, without witnesses, that there is no second journal under the same key.

mod cosigned;
mod files;
mod page;
mod record;
mod rows;
mod stamps;
mod tables;
mod tree;
mod words;

use std::time::{Duration, Instant};

use serde::Serialize;

use crate::archive::Archive;
use crate::journal::load::LoadError;
use crate::journal::stray;
use crate::on_db;
use crate::secrecy::KeyringError;
use crate::storage::{Conn, StorageError, dialect};

use tables::Tables;
use tree::Tree;

/// Why the archive could not be verified at all.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error("no place could be made where the tables are made again: {0}")]
    Scratch(std::io::Error),
}

/// What was checked and what was found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// Entries in the journal whose leaf was recomputed.
    pub entries: u64,
    /// Entries recorded but not sealed yet; they were checked like the others.
    pub pending: u64,
    /// Signed checkpoints compared with the recomputed tree.
    pub checkpoints: u64,
    /// Tiles compared with the recomputed tree.
    pub tiles: u64,
    /// Timestamps over checkpoints that were checked against the authorities' certificates.
    pub timestamps: u64,
    /// Originals decrypted and compared with their commitment.
    pub originals: u64,
    /// Bytes of those originals.
    pub bytes: u64,
    /// Interactions whose rows were compared with the committed metadata.
    pub rows: u64,
    /// Parts of messages decoded and compared with their commitment; `None` when that was not asked for.
    pub parts: Option<u64>,
    /// Interactions whose indexed words were compared with their text; `None` when that was not asked for.
    pub words: Option<u64>,
    /// Objects that no record refers to, as a crash leaves one; `None` when they could not be listed. No damage.
    pub strays: Option<Strays>,
    /// What is wrong, each in a sentence; at most [`DAMAGE_SHOWN`] of them.
    pub damage: Vec<String>,
    /// How many things are wrong in all.
    pub damaged: u64,
    pub seconds: f64,
}

/// How much there is that no record refers to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Strays {
    pub objects: u64,
    pub bytes: u64,
}

/// Damage is listed up to here and only counted beyond.
const DAMAGE_SHOWN: usize = 100;

impl Report {
    pub fn is_sound(&self) -> bool {
        self.damaged == 0
    }

    pub(super) fn blame(&mut self, what: impl Into<String>) {
        self.damaged += 1;
        if self.damage.len() < DAMAGE_SHOWN {
            self.damage.push(what.into());
        }
    }

    /// Bytes of originals a second.
    pub fn rate(&self) -> f64 {
        self.bytes as f64 / self.seconds.max(0.000_001)
    }
}

/// A glance at a running verification.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    pub report: Report,
    /// Entries to be checked in all.
    pub total: u64,
}

/// How far a verification goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Journal, originals and rows; of the search index, that every interaction has its row.
    Records,
    /// And each part of a message by itself, and that the index holds the very words of each original.
    Deep,
}

/// Verifies everything but what is derived from the originals: single parts, and the index's words. `show` is called now and then; it gives `false` to end early.
pub async fn verify(archive: &Archive, show: impl FnMut(&Progress) -> bool) -> Result<Report, VerifyError> {
    verify_to(archive, Depth::Records, show).await
}

/// Verifies as far as `depth`.
pub async fn verify_to(
    archive: &Archive,
    depth: Depth,
    mut show: impl FnMut(&Progress) -> bool,
) -> Result<Report, VerifyError> {
    let started = Instant::now();
    let mut conn = archive.db.read().await?;
    dialect::set_cache(&mut conn, LARGE_CACHE).await?;
    let verified = go_through(archive, &mut conn, (depth, started), &mut show).await;
    dialect::set_cache(&mut conn, dialect::CACHE).await?;
    verified
}

/// 96 MiB, for as long as a verification takes.
const LARGE_CACHE: u32 = 96 * 1024;

async fn go_through(
    archive: &Archive,
    conn: &mut Conn,
    (depth, started): (Depth, Instant),
    show: &mut impl FnMut(&Progress) -> bool,
) -> Result<Report, VerifyError> {
    let key = archive.sealer.verifier(archive).await?;
    let mut tree = Tree::load(conn, key).await?;
    let mut progress = Progress {
        total: count(conn).await?,
        ..Progress::default()
    };
    progress.report.parts = (depth == Depth::Deep).then_some(0);
    let mut tables = Tables::begin(archive).await?;
    let mut shown = Instant::now();
    let mut position = 0;
    loop {
        let page = page::sealed(conn, position).await?;
        if page.is_empty() {
            break;
        }
        let report = &mut progress.report;
        for entry in &page {
            position = tree.take(entry, position, report);
        }
        let entries = page.len();
        let acts = record::check(archive, conn, page, (depth, report)).await?;
        tables.take((acts, entries), report).await;
        progress.report.seconds = started.elapsed().as_secs_f64();
        if shown.elapsed() > Duration::from_millis(200) {
            shown = Instant::now();
            if !show(&progress) {
                return Ok(progress.report);
            }
        }
    }
    conclude(archive, (tree, tables, position), (depth, &mut progress.report)).await?;
    if depth == Depth::Deep {
        words::check(archive, conn, &mut progress, show).await?;
    }
    let report = &mut progress.report;
    report.strays = strays(archive).await;
    report.seconds = started.elapsed().as_secs_f64();
    show(&progress);
    Ok(progress.report)
}

/// What is compared as a whole, while nobody records or seals: else the tables would be ahead of what was read.
async fn conclude(
    archive: &Archive,
    (mut tree, mut tables, mut position): (Tree, Tables, i64),
    (depth, report): (Depth, &mut Report),
) -> Result<(), VerifyError> {
    let mut tx = archive.db.begin_recording().await?;
    dialect::only_sealer(&mut tx).await?;
    loop {
        let page = page::sealed(&mut tx, position).await?;
        if page.is_empty() {
            break;
        }
        for entry in &page {
            position = tree.take(entry, position, report);
        }
        let entries = page.len();
        let acts = record::check(archive, &mut tx, page, (depth, report)).await?;
        tables.take((acts, entries), report).await;
    }
    tree.finish(archive, &mut tx, report).await?;
    let waiting = page::pending(&mut tx).await?;
    report.pending = waiting.len() as u64;
    let entries = waiting.len();
    let acts = record::check(archive, &mut tx, waiting, (depth, report)).await?;
    tables.take((acts, entries), report).await;
    rows::count(&mut tx, report).await?;
    stamps::check(archive, &mut tx, report).await?;
    cosigned::check(&mut tx, report).await?;
    tables.compare(&mut tx, report).await?;
    Ok(tx.give_up().await?)
}

/// A store that does not let itself be listed is no reason not to verify the rest.
async fn strays(archive: &Archive) -> Option<Strays> {
    match stray::find(archive).await {
        Ok(found) => Some(Strays {
            objects: found.len() as u64,
            bytes: found.iter().map(|object| object.bytes).sum(),
        }),
        Err(error) => {
            tracing::warn!(%error, "the objects could not be listed");
            None
        }
    }
}

async fn count(conn: &mut Conn) -> Result<u64, StorageError> {
    const SQL: &str = "SELECT COUNT(*) FROM journal_leaf";
    let count: i64 = on_db!(conn, c => sqlx::query_scalar(SQL).fetch_one(c).await)?;
    Ok(count.unsigned_abs())
}
