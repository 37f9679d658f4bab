//! The journal as a package shows it: one checkpoint over all items, who stands for it, all leaves.

use data_encoding::BASE64;
use kronika_evidence::{Journal, Timestamp};
use kronika_timestamp::asic::Container;
use kronika_tlog::commitment::{Kind, Leaf};
use kronika_tlog::note::Note;

use super::EvidenceError;
use crate::archive::Archive;
use crate::archive::id::RecordId;
use crate::journal::act::Act;
use crate::journal::cosign::{self, POLICY};
use crate::journal::timestamp::store as stamps;
use crate::journal::{load, store};
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// The leaves go along up to this many; beyond it each item's own proof has to do.
const LEAVES: u64 = 1_000_000;
/// A leaf in the journal (bytes).
pub const LEAF: usize = 42;

/// The journal at one moment.
pub struct Frozen {
    pub size: u64,
    pub journal: Journal,
    /// Who cosigned the checkpoint, and when by their own clock.
    pub witnesses: Vec<(String, i64)>,
    /// Authorities that stamped the journal, and when by their own clock.
    pub stamps: Vec<(String, i64)>,
    /// All leaves one after another, or none.
    pub leaves: Vec<u8>,
}

pub async fn freeze(archive: &Archive, conn: &mut Conn) -> Result<Frozen, EvidenceError> {
    let key = archive.sealer.verifier_key(archive).await?;
    let newest = store::latest_checkpoint(conn).await?;
    let (size, _, note) = newest.ok_or(EvidenceError::Nothing)?;
    let size = size.unsigned_abs();
    let policy = cosign::policy(archive).await.ok().flatten();
    let cosigned = match &policy {
        Some(policy) => cosign::witnessed(conn, policy, size.saturating_sub(1)).await?,
        None => None,
    };
    let policy = match policy {
        Some(_) => std::fs::read_to_string(archive.folder.join(POLICY))?,
        None => format!("log {key}\nquorum none\n"),
    };
    let with_leaves = size <= LEAVES;
    let leaves = if with_leaves {
        leaves(conn, size).await?
    } else {
        Vec::new()
    };
    let (older, timestamps) = stamped(archive, conn, size).await?;
    let stamps = stamps::all(conn).await?;
    let stamps = stamps.into_iter().filter(|row| row.size.unsigned_abs() <= size);
    Ok(Frozen {
        size,
        leaves,
        witnesses: cosigned
            .as_ref()
            .map(|cosigned| cosigned.by.clone())
            .unwrap_or_default(),
        stamps: stamps.map(|row| (row.authority, row.stamped_at)).collect(),
        journal: Journal {
            key,
            policy,
            checkpoint: cosigned.map_or(note, |cosigned| cosigned.note),
            older,
            with_leaves,
            timestamps,
            chain: String::new(),
            crls: revoked(archive),
        },
    })
}

async fn leaves(conn: &mut Conn, size: u64) -> Result<Vec<u8>, StorageError> {
    const SQL: &str = "SELECT r.kind, l.logged_at, r.commitment FROM journal_leaf l
        JOIN record r ON r.id = l.record_id WHERE l.position < $1 ORDER BY l.position";
    let rows: Vec<(i64, i64, Vec<u8>)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(size.cast_signed()).fetch_all(c).await)?;
    let mut leaves = Vec::with_capacity(rows.len() * LEAF);
    for (kind, logged_at, commitment) in rows {
        let wrong = || StorageError::Inconsistent("a record of the journal makes no sense".to_owned());
        let kind = u8::try_from(kind).ok().and_then(Kind::from_number);
        let leaf = Leaf {
            kind: kind.ok_or_else(wrong)?,
            logged_at: logged_at.unsigned_abs(),
            commitment: store::hash(&commitment)?,
        };
        leaves.extend(leaf.to_bytes());
    }
    Ok(leaves)
}

/// Checkpoints that were stamped, with the tokens over them: the first and the last, which bracket the rest.
async fn stamped(
    archive: &Archive,
    conn: &mut Conn,
    size: u64,
) -> Result<(Vec<String>, Vec<Timestamp>), EvidenceError> {
    let mut all = stamps::all(conn).await?;
    all.retain(|row| row.size.unsigned_abs() <= size);
    if all.len() > 2 {
        all.drain(1..all.len() - 1);
    }
    let (mut older, mut tokens) = (Vec::new(), Vec::new());
    for row in all {
        let opened = load::open(archive, conn, RecordId(row.record_id)).await?;
        let Act::Timestamped { note, token, .. } = opened.meta()?.act else {
            continue;
        };
        let token = BASE64.decode(token.as_bytes()).unwrap_or_default();
        let container = Container {
            name: "checkpoint".to_owned(),
            data: note.clone().into_bytes(),
            tokens: vec![token.clone()],
        };
        if Note::parse(note.as_bytes()).is_ok() && !older.contains(&note) {
            older.push(note);
        }
        tokens.push(Timestamp {
            token,
            container: container.to_bytes().ok(),
        });
    }
    Ok((older, tokens))
}

fn revoked(archive: &Archive) -> Vec<Vec<u8>> {
    let authorities = archive.config.timestamps.authority.iter();
    let files = authorities.filter_map(|authority| std::fs::read(authority.revoked.as_ref()?).ok());
    files.collect()
}
