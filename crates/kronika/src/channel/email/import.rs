//! Imports mail: finds it, prepares it on all cores, records it batch by batch.
//!
//! Every batch is one transaction, so an import that is stopped or killed has recorded whole batches and nothing
//! half. Running it again passes over what is known.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use fs2::FileExt;
use serde::Serialize;
use tokio::sync::mpsc;

use super::quarantine;
use super::reason::Reason;
use super::walk::{Batch, Refused, Walk, Walked};
use crate::archive::Archive;
use crate::interaction::prepare::{Incoming, Prepared, prepare};
use crate::interaction::record::{Outcome, RecordError, record};
use crate::interaction::store;
use crate::storage::{StorageError, crash_point};

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("another import into this archive is running; wait for it or stop it, then start again")]
    Busy,
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Record(#[from] RecordError),
    #[error("a part of the import ended unexpectedly: {0}")]
    Ended(String),
}

/// What an import has done so far, and in the end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub found: u64,
    pub recorded: u64,
    pub already: u64,
    /// Kept but unreadable, or left where it was: each with a reason.
    pub quarantined: u64,
    /// Of those already there: seen in a new place now.
    #[serde(skip)]
    pub seen_again: u64,
    /// The reasons, with how often each occurred and one example.
    #[serde(skip)]
    pub reasons: Vec<Tally>,
    /// Whether it was stopped before the end.
    #[serde(skip)]
    pub stopped: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    pub reason: Reason,
    pub count: u64,
    pub example: String,
}

/// A glance at a running import.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    pub report: Report,
    /// Where the newest messages were found.
    pub mailbox: String,
    pub bytes: u64,
    pub total_bytes: u64,
    pub elapsed: Duration,
}

impl Progress {
    /// Messages a second so far.
    pub fn rate(&self) -> f64 {
        self.report.found as f64 / self.elapsed.as_secs_f64().max(0.001)
    }

    /// How long the rest will take at the pace so far.
    pub fn remaining(&self) -> Option<Duration> {
        let left = self.total_bytes.checked_sub(self.bytes)?;
        let pace = self.bytes as f64 / self.elapsed.as_secs_f64().max(0.001);
        (pace > 0.0).then(|| Duration::from_secs_f64(left as f64 / pace))
    }
}

/// Imports everything the walk finds. `show` is called after every batch.
pub async fn import(
    archive: &Arc<Archive>,
    walk: Walk,
    walked: Arc<Walked>,
    mut show: impl FnMut(&Progress),
) -> Result<Report, ImportError> {
    let _only = only_import(archive)?;
    let started = Instant::now();
    let (number, since, paths) = (walk.import, archive.clock.now(), walk.paths.clone());
    let (batches, found) = mpsc::channel(3);
    let walking = walked.clone();
    let walker = std::thread::spawn(move || walk.run(&walking, batches));
    let mut ready = prepare_ahead(archive.clone(), found);

    let mut progress = Progress::default();
    while let Some(batch) = ready.recv().await {
        let batch = batch
            .await
            .map_err(|error| ImportError::Ended(error.to_string()))??;
        progress.report.found += batch.already + batch.refused.len() as u64 + batch.prepared.len() as u64;
        progress.report.already += batch.already;
        quarantine::keep(archive, number, &batch.refused).await?;
        for refused in &batch.refused {
            progress.report.refuse(refused.reason, &refused.source);
        }
        crash_point("prepared");
        let mailboxes: Vec<String> = batch.prepared.iter().map(|p| p.source.mailbox.clone()).collect();
        let outcomes = record(archive, batch.prepared).await?;
        progress.report.count(&outcomes, &mailboxes);
        if let Some(mailbox) = mailboxes.last() {
            progress.mailbox.clone_from(mailbox);
        }
        progress.bytes = walked.bytes.load(Ordering::Relaxed);
        progress.total_bytes = walked.total.load(Ordering::Relaxed);
        progress.elapsed = started.elapsed();
        show(&progress);
    }
    walker
        .join()
        .map_err(|_| ImportError::Ended("the search for mail failed".to_owned()))?;
    progress.report.stopped = walked.stop.load(Ordering::Relaxed);
    if number == quarantine::COMMAND_LINE && !progress.report.stopped {
        quarantine::forget_older(archive, &paths, since).await?;
    }
    Ok(progress.report)
}

/// Holds the archive's import lock for as long as it lives, even across a crash of its holder.
fn only_import(archive: &Archive) -> Result<std::fs::File, ImportError> {
    let path: PathBuf = archive.folder.join("import.lock");
    let file = std::fs::File::create(path).map_err(StorageError::from)?;
    FileExt::try_lock_exclusive(&file).map_err(|_| ImportError::Busy)?;
    Ok(file)
}

/// A batch ready for its transaction.
struct Ready {
    prepared: Vec<Prepared>,
    already: u64,
    refused: Vec<Refused>,
}

type Preparing = tokio::task::JoinHandle<Result<Ready, ImportError>>;

/// Prepares batches while earlier ones are recorded, a few at a time.
fn prepare_ahead(archive: Arc<Archive>, mut found: mpsc::Receiver<Batch>) -> mpsc::Receiver<Preparing> {
    let (send, ready) = mpsc::channel(2);
    tokio::spawn(async move {
        while let Some(batch) = found.recv().await {
            let work = tokio::spawn(prepare_batch(archive.clone(), batch));
            if send.send(work).await.is_err() {
                break;
            }
        }
    });
    ready
}

async fn prepare_batch(archive: Arc<Archive>, batch: Batch) -> Result<Ready, ImportError> {
    crash_point("found");
    let ids: Vec<[u8; 16]> = batch.found.iter().map(|found| found.source.id()).collect();
    let known = store::sources(&mut archive.db.read().await?, &ids).await?;
    let before = batch.found.len();
    let captured_at = archive.clock.now();
    let new: Vec<Incoming> = batch
        .found
        .into_iter()
        .zip(&ids)
        .filter(|(_, id)| !known.contains_key(*id))
        .map(|(found, _)| Incoming {
            source: found.source,
            captured_at,
            bytes: found.bytes,
        })
        .collect();
    let already = (before - new.len()) as u64;
    let origin = archive.config.origin.clone();
    let prepared = tokio::task::spawn_blocking(move || {
        new.into_iter()
            .map(|incoming| prepare(&origin, incoming))
            .collect()
    })
    .await
    .map_err(|error| ImportError::Ended(error.to_string()))?;
    Ok(Ready {
        prepared,
        already,
        refused: batch.refused,
    })
}

impl Report {
    fn count(&mut self, outcomes: &[Outcome], mailboxes: &[String]) {
        for (outcome, mailbox) in outcomes.iter().zip(mailboxes) {
            match outcome {
                Outcome::Recorded(_) => self.recorded += 1,
                Outcome::Already(_) => self.already += 1,
                Outcome::SeenAgain(_) => {
                    self.already += 1;
                    self.seen_again += 1;
                }
                Outcome::Unreadable(_) => {
                    self.refuse(Reason::Unreadable, mailbox);
                }
            }
        }
    }

    fn refuse(&mut self, reason: Reason, example: &str) {
        self.quarantined += 1;
        match self.reasons.iter_mut().find(|known| known.reason == reason) {
            Some(known) => known.count += 1,
            None => self.reasons.push(Tally {
                reason,
                count: 1,
                example: example.to_owned(),
            }),
        }
    }
}
