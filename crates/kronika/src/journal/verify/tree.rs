//! The tree, grown again from the leaves and compared with every checkpoint and tile.

use std::collections::BTreeMap;

use kronika_tlog::TreeHead;
use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::commitment::Leaf;
use kronika_tlog::note::{Note, VerifierKey};
use kronika_tlog::tile::{Growth, grow};
use kronika_tlog::tree::Frontier;

use super::Report;
use super::page::Entry;
use crate::archive::Archive;
use crate::journal::store;
use crate::on_db;
use crate::storage::{Conn, StorageError};

pub struct Tree {
    frontier: Frontier,
    key: VerifierKey,
    /// Signed notes by the tree's size.
    checkpoints: BTreeMap<i64, String>,
    /// Tiles grown so far that are not full yet, and full ones waiting to be compared.
    grown: BTreeMap<(u8, u64), Vec<u8>>,
    logged_at: i64,
    /// Entries under the largest checkpoint that was met.
    signed: i64,
}

impl Tree {
    pub async fn load(conn: &mut Conn, key: VerifierKey) -> Result<Tree, StorageError> {
        const SQL: &str = "SELECT size, note FROM journal_checkpoint ORDER BY size";
        let rows: Vec<(i64, String)> = on_db!(conn, c => sqlx::query_as(SQL).fetch_all(c).await)?;
        Ok(Tree {
            frontier: Frontier::new(),
            key,
            checkpoints: rows.into_iter().collect(),
            grown: BTreeMap::new(),
            logged_at: 0,
            signed: 0,
        })
    }

    /// Takes the next entry and gives the position that must follow.
    pub fn take(&mut self, entry: &Entry, expected: i64, report: &mut Report) -> i64 {
        let Some(place) = entry.place else { return expected };
        if place.position != expected {
            report.blame(format!(
                "the journal has no entry {expected}; the next one is {}",
                place.position
            ));
        }
        if place.logged_at < self.logged_at {
            report.blame(format!(
                "entry {} claims to be sealed before the entry before it",
                place.position
            ));
        }
        self.logged_at = place.logged_at;
        report.entries += 1;
        match &entry.record {
            Err(why) => report.blame(format!("entry {}: {why}", place.position)),
            Ok(record) => {
                let leaf = Leaf {
                    kind: record.kind,
                    logged_at: place.logged_at.unsigned_abs(),
                    commitment: record.commitment,
                };
                for growth in grow(&mut self.frontier, [leaf.hash()]) {
                    self.remember(growth);
                }
            }
        }
        self.compare_checkpoint(place.position + 1, report);
        place.position + 1
    }

    fn remember(&mut self, growth: Growth) {
        self.grown
            .entry((growth.level, growth.index))
            .or_default()
            .extend(growth.bytes());
    }

    fn compare_checkpoint(&mut self, size: i64, report: &mut Report) {
        let Some(note) = self.checkpoints.remove(&size) else {
            return;
        };
        report.checkpoints += 1;
        self.signed = size;
        match self.open(&note) {
            Err(why) => report.blame(format!("the checkpoint at size {size} does not hold: {why}")),
            Ok(head) if head != self.frontier.head() => {
                report.blame(format!(
                    "the checkpoint at size {size} signed another tree than the records give"
                ));
            }
            Ok(_) => {}
        }
    }

    fn open(&self, note: &str) -> Result<TreeHead, String> {
        let note = Note::parse(note.as_bytes()).map_err(|error| error.to_string())?;
        let checkpoint = Checkpoint::open(&note, &self.key).map_err(|error| error.to_string())?;
        Ok(checkpoint.head())
    }

    /// Compares what is left when all entries were taken: tiles, and checkpoints nobody reached.
    pub async fn finish(
        mut self,
        archive: &Archive,
        conn: &mut Conn,
        report: &mut Report,
    ) -> Result<(), StorageError> {
        self.compare_tiles(conn, report).await?;
        let size = self.frontier.size();
        if self.signed.unsigned_abs() < size && !self.is_signed_since(conn, size).await? {
            report.blame(format!(
                "the newest checkpoint covers {} entries, but {size} are there: the last ones are signed by nobody",
                self.signed
            ));
        }
        for beyond in std::mem::take(&mut self.checkpoints).into_keys() {
            report.blame(format!(
                "a checkpoint for {beyond} entries exists, but only {size} are there"
            ));
        }
        self.compare_outside(archive, report);
        Ok(())
    }

    /// Whether a checkpoint over so many entries was made since the others were read, and holds.
    async fn is_signed_since(&self, conn: &mut Conn, size: u64) -> Result<bool, StorageError> {
        let newest = store::latest_checkpoint(conn).await?;
        let head = newest.and_then(|(_, _, note)| self.open(&note).ok());
        Ok(head.is_some_and(|head| head.size == size && head == self.frontier.head()))
    }

    async fn compare_tiles(&mut self, conn: &mut Conn, report: &mut Report) -> Result<(), StorageError> {
        const SQL: &str = "SELECT level, position, hashes FROM journal_tile WHERE level > $1
            OR (level = $1 AND position > $2) ORDER BY level, position LIMIT 200";
        let mut at = (-1, 0);
        loop {
            let rows: Vec<(i64, i64, Vec<u8>)> =
                on_db!(conn, c => sqlx::query_as(SQL).bind(at.0).bind(at.1).fetch_all(c).await)?;
            let Some((level, position, _)) = rows.last() else {
                break;
            };
            at = (*level, *position);
            for (level, position, hashes) in rows {
                report.tiles += 1;
                let key = (u8::try_from(level).unwrap_or(u8::MAX), position.unsigned_abs());
                if self.grown.remove(&key).as_ref() != Some(&hashes) {
                    report.blame(format!("tile {level}/{position} is not what the records give"));
                }
            }
        }
        for (level, position) in std::mem::take(&mut self.grown).into_keys() {
            report.blame(format!("tile {level}/{position} is gone"));
        }
        Ok(())
    }

    /// The newest checkpoint is also kept beside the keys: a database put back to an older state lacks it.
    fn compare_outside(&self, archive: &Archive, report: &mut Report) {
        let path = archive.folder.join("keys").join("last-checkpoint");
        let Ok(note) = std::fs::read_to_string(path) else {
            return;
        };
        match self.open(&note) {
            Err(why) => report.blame(format!("the checkpoint kept beside the keys does not hold: {why}")),
            Ok(head) if head.size > self.frontier.size() => report.blame(format!(
                "the checkpoint kept beside the keys covers {} entries, the database only {}: it was put back to an \
                 older state",
                head.size,
                self.frontier.size()
            )),
            Ok(head) if head.size == self.frontier.size() && head != self.frontier.head() => {
                report.blame("the checkpoint kept beside the keys signed another tree".to_owned());
            }
            Ok(_) => {}
        }
    }
}
