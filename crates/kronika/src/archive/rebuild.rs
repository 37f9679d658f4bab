//! Makes the tables and the search index again from the journal and the stored originals alone.

use std::collections::BTreeMap;

use kronika_tlog::Hash;

use super::Archive;
use crate::archive::id::{ClientId, RecordId};
use crate::interaction::prepare;
use crate::interaction::project::{self, Projected};
use crate::journal::act::Act;
use crate::journal::append::Appended;
use crate::journal::load::{self, LoadError};
use crate::journal::perform;
use crate::journal::store;
use crate::on_db;
use crate::search::index::Words;
use crate::storage::{Conn, StorageError};

/// The tables that are made from records, in an order in which they can be emptied.
const PROJECTION: &[&str] = &[
    "client_file",
    "client_address",
    "client_thread",
    "client_tally",
    "client",
    "own_address",
    "assignment_rule",
    "account",
    "api_token",
    "webhook",
    "journal_timestamp",
    "evidence",
    "evidence_client",
    "evidence_item",
    "guideline",
    "guideline_version",
    "guideline_acceptance",
    "guideline_reminder",
    "invitation",
    "openid_identity",
    "interaction",
    "interaction_moved",
    "participant",
    "attachment",
    "mail_thread",
    "assignment",
    "assignment_change",
    "sighting",
    "team",
    "team_member",
    "client_team",
    "client_person",
    "interaction_person",
    "thread_sensitivity",
    "thread_person",
    "account_address",
    "access_grant",
    "log_entry",
    "local_attachment_text",
];

/// Captures are projected this many at a time.
const BATCH: usize = 200;

/// Rebuilds in one transaction: readers see the old tables until it is done, and a failure changes nothing.
/// `show` is told how many records are done, of how many. Returns the number of records.
pub async fn rebuild(archive: &Archive, mut show: impl FnMut(u64, u64)) -> Result<u64, LoadError> {
    let mut tx = archive.db.begin_recording().await?;
    let records = order(&mut tx).await?;
    empty(&mut tx).await?;
    let mut replay = Replay::default();
    for (done, record) in (1..).zip(&records) {
        let (appended, words) = open(archive, &mut tx, *record).await?;
        replay.take(&mut tx, appended, words).await?;
        show(done, records.len() as u64);
    }
    replay.finish(&mut tx).await?;
    tx.commit().await?;
    Ok(records.len() as u64)
}

/// All records in the order of the journal, then what waits to be sealed.
async fn order(conn: &mut Conn) -> Result<Vec<RecordId>, StorageError> {
    const SEALED: &str = "SELECT record_id FROM journal_leaf ORDER BY position";
    const WAITING: &str = "SELECT record_id FROM journal_pending ORDER BY record_id";
    let mut records = Vec::new();
    for sql in [SEALED, WAITING] {
        let some: Vec<i64> = on_db!(conn, c => sqlx::query_scalar(sql).fetch_all(c).await)?;
        records.extend(some.into_iter().map(RecordId));
    }
    Ok(records)
}

async fn empty(conn: &mut Conn) -> Result<(), StorageError> {
    for table in PROJECTION {
        let sql = sqlx::AssertSqlSafe(format!("DELETE FROM {table}"));
        on_db!(conn, c => sqlx::query(sql).execute(c).await.map(drop))?;
    }
    crate::storage::dialect::empty_search(conn).await
}

async fn open(
    archive: &Archive,
    conn: &mut Conn,
    record: RecordId,
) -> Result<(Appended, Option<Words>), LoadError> {
    let mut opened = load::open(archive, conn, record).await?;
    let meta = opened.meta()?;
    let words = match &meta.act {
        // Nothing was found of it before it is read again, even if today's reader would understand it.
        Act::Interaction(recorded) if recorded.unreadable.is_some() => None,
        Act::Interaction(_) => load::original(archive, &mut opened).await?,
        Act::Reread { original, .. } => {
            let mut first = load::open(archive, conn, *original).await?;
            load::original(archive, &mut first).await?
        }
        _ => None,
    }
    .map(|bytes| prepare::read(&bytes).words);
    let words = words.or_else(|| matches!(meta.act, Act::Interaction(_)).then(Words::default));
    Ok((
        Appended {
            record,
            commitment: opened.row.commitment,
            meta,
        },
        words,
    ))
}

/// Acts becoming rows, one after the other, in the order of the journal.
#[derive(Default)]
pub struct Replay {
    heads: BTreeMap<ClientId, (i64, Hash)>,
    /// Captures that are projected together.
    captures: Vec<(Appended, Option<Words>)>,
}

impl Replay {
    /// Takes the next act, with the words by which a new interaction is found.
    pub async fn take(
        &mut self,
        conn: &mut Conn,
        appended: Appended,
        words: Option<Words>,
    ) -> Result<(), StorageError> {
        for file in &appended.meta.files {
            let head = self.heads.entry(file.client).or_insert((0, appended.commitment));
            if file.number > head.0 {
                *head = (file.number, appended.commitment);
            }
        }
        // A reading again looks at rows of the batch before it, so it must not share one.
        let alone = matches!(appended.meta.act, Act::Reread { .. });
        let capture = alone || matches!(appended.meta.act, Act::Interaction(_) | Act::Sighted { .. });
        if !capture || alone || self.captures.len() >= BATCH {
            self.project_captures(conn).await?;
        }
        if capture {
            self.captures.push((appended, words));
        } else {
            perform::project(conn, &appended).await?;
        }
        if alone {
            self.project_captures(conn).await?;
        }
        Ok(())
    }

    /// After the last act.
    pub async fn finish(mut self, conn: &mut Conn) -> Result<(), StorageError> {
        self.project_captures(conn).await?;
        store::set_file_heads(conn, &self.heads.into_iter().collect()).await
    }

    async fn project_captures(&mut self, conn: &mut Conn) -> Result<(), StorageError> {
        let projected: Vec<Projected<'_>> = self
            .captures
            .iter()
            .map(|(appended, words)| Projected {
                appended,
                words: words.as_ref(),
            })
            .collect();
        project::captured(conn, &projected).await?;
        self.captures.clear();
        Ok(())
    }
}
