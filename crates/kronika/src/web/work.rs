//! Work in the background that a page can watch: imports and verifications.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::archive::Archive;
use crate::archive::id::{AccountId, RecordId};
use crate::channel::email::import::{ImportError, import};
use crate::channel::email::quarantine;
use crate::channel::email::reason::Reason;
use crate::channel::email::walk::{LARGEST, Walk, Walked};
use crate::journal::verify::{self, Report};
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// How far an import is, as pages and the table keep it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportState {
    pub finished: bool,
    pub bytes_read: u64,
    pub bytes_total: u64,
    /// The file being read.
    #[serde(default)]
    pub file: String,
    pub recorded: u64,
    pub known: u64,
    pub quarantined: u64,
    /// Reasons, each with an example.
    pub failures: Vec<(Reason, String)>,
}

/// How far a verification is.
#[derive(Debug, Clone, Default)]
pub struct VerifyState {
    pub id: u64,
    pub total: u64,
    pub report: Report,
    pub finished_at: Option<i64>,
    /// Why it could not be done.
    pub failure: Option<String>,
}

#[derive(Clone, Default)]
pub struct Work {
    imports: Arc<Mutex<HashMap<i64, watch::Receiver<ImportState>>>>,
    verification: Arc<Mutex<Option<watch::Receiver<VerifyState>>>>,
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // A panic elsewhere does not make a map of receivers wrong.
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Work {
    /// Takes up imports that were running when the program ended.
    pub async fn resume(&self, archive: &Arc<Archive>) -> Result<(), StorageError> {
        const SQL: &str = "SELECT id FROM local_import WHERE finished_at IS NULL";
        let conn = &mut archive.db.read().await?;
        let ids: Vec<i64> = on_db!(conn, c => sqlx::query_scalar(SQL).fetch_all(c).await)?;
        for id in ids {
            self.run_import(archive.clone(), id);
        }
        Ok(())
    }

    /// A folder for the files of a new import; they must be durable in it before [`start_import`](Self::start_import).
    pub fn spool(archive: &Archive, id: i64) -> PathBuf {
        archive.folder.join("spool").join(RecordId(id).to_string())
    }

    /// Imports what lies in the spool folder of `id`.
    pub async fn start_import(
        &self,
        archive: &Arc<Archive>,
        id: i64,
        by: AccountId,
    ) -> Result<(), StorageError> {
        const SQL: &str =
            "INSERT INTO local_import (id, started_at, report, account_id) VALUES ($1, $2, '{}', $3)";
        let mut tx = archive.db.begin().await?;
        let now = archive.clock.now();
        on_db!(tx, c => sqlx::query(SQL).bind(id).bind(now).bind(by.0).execute(c).await.map(drop))?;
        tx.commit().await?;
        self.run_import(archive.clone(), id);
        Ok(())
    }

    /// Imports once more what an upload left in its spool folder; what was refused before is forgotten first. `false`
    /// when there is nothing left of it, or it runs.
    pub async fn retry_import(&self, archive: &Arc<Archive>, id: i64) -> Result<bool, StorageError> {
        const SQL: &str =
            "UPDATE local_import SET finished_at = NULL WHERE id = $1 AND finished_at IS NOT NULL";
        if !Work::spool(archive, id).is_dir() {
            return Ok(false);
        }
        let mut tx = archive.db.begin().await?;
        let found =
            on_db!(tx, c => sqlx::query(SQL).bind(id).execute(c).await.map(|done| done.rows_affected()))?;
        tx.commit().await?;
        if found == 0 {
            return Ok(false);
        }
        quarantine::forget_import(archive, id).await?;
        self.run_import(archive.clone(), id);
        Ok(true)
    }

    fn run_import(&self, archive: Arc<Archive>, id: i64) {
        let (send, receive) = watch::channel(ImportState::default());
        locked(&self.imports).insert(id, receive);
        let imports = self.imports.clone();
        tokio::spawn(async move {
            let state = run(&archive, id, &send).await;
            if let Err(error) = finish(&archive, id, &state).await {
                tracing::error!(%error, import.id = id, "the end of an import could not be noted");
            }
            let _ = send.send(state);
            locked(&imports).remove(&id);
        });
    }

    /// A running import to watch.
    pub fn watch_import(&self, id: i64) -> Option<watch::Receiver<ImportState>> {
        locked(&self.imports).get(&id).cloned()
    }

    /// Starts a verification, or gives the one that runs.
    pub fn verify(&self, archive: &Arc<Archive>) -> u64 {
        let mut slot = locked(&self.verification);
        if let Some(running) = slot.as_ref().map(|watched| watched.borrow().clone())
            && running.finished_at.is_none()
        {
            return running.id;
        }
        let id = rand::random::<u32>().into();
        let (send, receive) = watch::channel(VerifyState {
            id,
            ..VerifyState::default()
        });
        *slot = Some(receive);
        tokio::spawn(run_verification(archive.clone(), send));
        id
    }

    /// The newest verification to watch, running or not.
    pub fn watch_verification(&self) -> Option<watch::Receiver<VerifyState>> {
        locked(&self.verification).clone()
    }
}

async fn run_verification(archive: Arc<Archive>, send: watch::Sender<VerifyState>) {
    let outcome = verify::verify(&archive, |progress| {
        send.send_modify(|state| {
            state.total = progress.total;
            state.report = progress.report.clone();
        });
        true
    })
    .await;
    send.send_modify(|state| {
        state.finished_at = Some(archive.clock.now());
        match outcome {
            Ok(report) => state.report = report,
            Err(error) => state.failure = Some(error.to_string()),
        }
    });
}

async fn run(archive: &Arc<Archive>, id: i64, send: &watch::Sender<ImportState>) -> ImportState {
    let folder = Work::spool(archive, id);
    loop {
        let walk = Walk {
            import: id,
            paths: vec![folder.clone()],
            connector: "upload".to_owned(),
            hidden: folder.canonicalize().ok(),
            largest: LARGEST,
        };
        let outcome = import(archive, walk, Arc::new(Walked::default()), |progress| {
            send.send_modify(|state| {
                state.bytes_read = progress.bytes;
                state.bytes_total = progress.total_bytes;
                state.file.clone_from(&progress.mailbox);
                state.count(&progress.report);
            });
        })
        .await;
        let mut state = send.borrow().clone();
        match outcome {
            // Another import runs: this one waits for its turn.
            Err(ImportError::Busy) => tokio::time::sleep(std::time::Duration::from_secs(1)).await,
            Err(error) => {
                tracing::error!(%error, import.id = id, "an import failed");
                state.finished = true;
                state.failures.push((Reason::Failed, String::new()));
                return state;
            }
            Ok(report) => {
                state.count(&report);
                state.bytes_read = state.bytes_total;
                state.finished = true;
                return state;
            }
        }
    }
}

impl ImportState {
    fn count(&mut self, report: &crate::channel::email::import::Report) {
        self.recorded = report.recorded;
        self.known = report.already;
        self.quarantined = report.quarantined;
        self.failures = report
            .reasons
            .iter()
            .map(|tally| (tally.reason, tally.example.clone()))
            .collect();
    }
}

/// Notes the end. Uploaded files that were taken in whole are not needed any more; others stay in the spool, to be
/// tried again.
async fn finish(archive: &Archive, id: i64, state: &ImportState) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE local_import SET finished_at = $2, report = $3 WHERE id = $1";
    let report = serde_json::to_string(state)
        .map_err(|error| StorageError::Inconsistent(format!("a report cannot be written: {error}")))?;
    let mut tx = archive.db.begin().await?;
    let now = archive.clock.now();
    on_db!(tx, c => sqlx::query(SQL).bind(id).bind(now).bind(report).execute(c).await.map(drop))?;
    tx.commit().await?;
    if state
        .failures
        .iter()
        .all(|(reason, _)| *reason == Reason::Unreadable)
    {
        // What cannot be read is recorded all the same.
        forget_upload(archive, id)?;
    }
    Ok(())
}

/// Removes what was uploaded.
fn forget_upload(archive: &Archive, id: i64) -> Result<(), StorageError> {
    match std::fs::remove_dir_all(Work::spool(archive, id)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Lets a refused file of an import go; with the last one of an upload that is over, what was uploaded goes too.
pub async fn dismiss(archive: &Archive, (refused, import): (i64, i64)) -> Result<(), StorageError> {
    const OVER: &str = "SELECT id FROM local_import WHERE id = $1 AND finished_at IS NOT NULL";
    quarantine::dismiss(archive, refused).await?;
    let conn = &mut archive.db.read().await?;
    let over: Option<i64> = on_db!(conn, c => sqlx::query_scalar(OVER).bind(import).fetch_optional(c).await)?;
    if over.is_some() && quarantine::count_of(conn, import).await? == 0 {
        forget_upload(archive, import)?;
    }
    Ok(())
}

/// An import from a page, newest first.
pub struct PastImport {
    pub id: i64,
    pub started_at: i64,
    pub finished_at: Option<i64>,
    pub state: ImportState,
}

/// The last imports from pages; those of one account, or everyone's.
pub async fn past_imports(
    conn: &mut Conn,
    account: Option<AccountId>,
    limit: i64,
) -> Result<Vec<PastImport>, StorageError> {
    const SQL: &str = "SELECT id, started_at, finished_at, report FROM local_import
        WHERE account_id = $2 OR $2 IS NULL ORDER BY started_at DESC, id DESC LIMIT $1";
    let account = account.map(|account| account.0);
    let rows: Vec<(i64, i64, Option<i64>, String)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(limit).bind(account).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(id, started_at, finished_at, report)| PastImport {
            id,
            started_at,
            finished_at,
            state: serde_json::from_str(&report).unwrap_or_default(),
        })
        .collect())
}

/// Whose upload an import is; `None` when there is none, or nobody knows.
pub async fn importer(archive: &Archive, id: i64) -> Result<Option<AccountId>, StorageError> {
    const SQL: &str = "SELECT account_id FROM local_import WHERE id = $1";
    let conn = &mut archive.db.read().await?;
    let account: Option<Option<i64>> =
        on_db!(conn, c => sqlx::query_scalar(SQL).bind(id).fetch_optional(c).await)?;
    Ok(account.flatten().map(AccountId))
}

/// What a finished import reported.
pub async fn finished_import(archive: &Archive, id: i64) -> Result<Option<ImportState>, StorageError> {
    const SQL: &str = "SELECT report FROM local_import WHERE id = $1";
    let conn = &mut archive.db.read().await?;
    let report: Option<String> = on_db!(conn, c => sqlx::query_scalar(SQL).bind(id).fetch_optional(c).await)?;
    Ok(report.map(|report| serde_json::from_str(&report).unwrap_or_default()))
}
