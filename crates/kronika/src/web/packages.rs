//! Packages of evidence on their way: made one after another in the background, kept for whoever asked.
//!
//! A package lies in a file without a name, so that it goes with the program at the latest, and nobody finds it there.

use std::collections::HashMap;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures::Stream;
use tokio::sync::{Semaphore, watch};

use super::app::App;
use super::locale::Locale;
use super::wording::Worded;
use crate::access::{Person, Scope};
use crate::archive::id::{AccountId, EvidenceId};
use crate::evidence::{EvidenceError, Given, Request, Stage, make};

/// How long a package can be taken after it is made.
pub const KEPT: Duration = Duration::from_secs(24 * 60 * 60);
/// Packages that wait, are made or are kept for one person.
const FOR_ONE: usize = 10;

/// Who asks for one.
#[derive(Clone)]
pub struct Asker {
    pub account: AccountId,
    /// What they see.
    pub person: Arc<Person>,
    /// What the report is written in.
    pub locale: Locale,
}

/// How far one is.
#[derive(Debug, Clone)]
pub enum Progress {
    /// Another is made first.
    Waiting,
    Running(Stage),
    Ready(Box<Given>),
    /// The keys of what happened and what to do.
    Failed(&'static str, &'static str),
}

struct Job {
    by: AccountId,
    progress: watch::Receiver<Progress>,
    file: Option<Arc<File>>,
}

#[derive(Clone)]
pub struct Packages {
    jobs: Arc<Mutex<HashMap<EvidenceId, Job>>>,
    turn: Arc<Semaphore>,
}

impl Default for Packages {
    fn default() -> Packages {
        Packages {
            jobs: Arc::default(),
            turn: Arc::new(Semaphore::new(1)),
        }
    }
}

impl Packages {
    fn jobs(&self) -> MutexGuard<'_, HashMap<EvidenceId, Job>> {
        // A panic elsewhere does not make a map of receivers wrong.
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a package. `None` when this person has too many already.
    pub fn begin(&self, app: &App, asker: Asker, request: Request) -> Option<EvidenceId> {
        let id = EvidenceId(app.archive.ids.next(app.archive.clock.now()));
        let (send, receive) = watch::channel(Progress::Waiting);
        {
            let mut jobs = self.jobs();
            if jobs.values().filter(|job| job.by == asker.account).count() >= FOR_ONE {
                return None;
            }
            let (by, progress) = (asker.account, receive);
            jobs.insert(
                id,
                Job {
                    by,
                    progress,
                    file: None,
                },
            );
        }
        tokio::spawn(run(self.clone(), (app.clone(), asker), (id, request), send));
        Some(id)
    }

    /// One of this person's to watch.
    pub fn watch(&self, id: EvidenceId, by: AccountId) -> Option<watch::Receiver<Progress>> {
        let jobs = self.jobs();
        let job = jobs.get(&id).filter(|job| job.by == by)?;
        Some(job.progress.clone())
    }

    /// The file of one that is ready.
    pub fn file(&self, id: EvidenceId, by: AccountId) -> Option<Arc<File>> {
        let jobs = self.jobs();
        jobs.get(&id).filter(|job| job.by == by)?.file.clone()
    }

    /// One that is ready, with its file.
    pub fn ready(&self, id: EvidenceId, by: AccountId) -> Option<(Box<Given>, Arc<File>)> {
        let jobs = self.jobs();
        let job = jobs.get(&id).filter(|job| job.by == by)?;
        match &*job.progress.borrow() {
            Progress::Ready(given) => Some((given.clone(), job.file.clone()?)),
            _ => None,
        }
    }

    /// This person's packages that are not ready.
    pub fn unfinished(&self, by: AccountId) -> Vec<EvidenceId> {
        let jobs = self.jobs();
        let is_unfinished = |job: &Job| job.by == by && !matches!(*job.progress.borrow(), Progress::Ready(_));
        let mut found: Vec<EvidenceId> = jobs
            .iter()
            .filter(|(_, job)| is_unfinished(job))
            .map(|(id, _)| *id)
            .collect();
        found.sort_unstable_by(|one, other| other.cmp(one));
        found
    }
}

async fn run(
    packages: Packages,
    (app, asker): (App, Asker),
    (id, mut request): (EvidenceId, Request),
    send: watch::Sender<Progress>,
) {
    // The semaphore is never closed.
    let turn = packages.turn.acquire().await;
    let send = Arc::new(send);
    let shown = send.clone();
    request.watch = Arc::new(move |stage| {
        let _ = shown.send(Progress::Running(stage));
    });
    request.wording = Some(Arc::new(Worded(asker.locale)));
    request.zone_name = app.zone.iana_name().unwrap_or("UTC").to_owned();
    let seen = (Scope::of(&asker.person).later(), &app.zone);
    let made = make(&app.archive, (id, &request), seen, &app.archive.folder).await;
    drop(turn);
    let end = match made {
        Ok(ready) => {
            let (file, name) = ready.file.into_parts();
            drop(name);
            if let Some(job) = packages.jobs().get_mut(&id) {
                job.file = Some(Arc::new(file));
            }
            Progress::Ready(Box::new(ready.given))
        }
        Err(error) => {
            let (what, fix) = texts(&error);
            Progress::Failed(what, fix)
        }
    };
    let _ = send.send(end);
    tokio::time::sleep(KEPT).await;
    packages.jobs().remove(&id);
}

/// What a failure is called, and what to do; ours are logged here, once.
fn texts(error: &EvidenceError) -> (&'static str, &'static str) {
    match error {
        EvidenceError::Nothing | EvidenceError::NoClient(_) => ("evidence-nothing", "evidence-nothing-fix"),
        EvidenceError::TooMany => ("evidence-too-many", "evidence-too-many-fix"),
        EvidenceError::Stray(_) | EvidenceError::NoPart(_) => ("evidence-stray", "evidence-stray-fix"),
        EvidenceError::NoReason => ("evidence-no-reason", "evidence-no-reason-fix"),
        EvidenceError::File(_)
        | EvidenceError::Write(_)
        | EvidenceError::Proof(_)
        | EvidenceError::Load(_)
        | EvidenceError::Storage(_)
        | EvidenceError::Keyring(_)
        | EvidenceError::Append(_)
        | EvidenceError::Sealing(_) => {
            tracing::error!(%error, "a package of evidence was not made");
            ("evidence-failed", "evidence-failed-fix")
        }
    }
}

/// The file of a package, as it is called.
pub fn name_of(id: EvidenceId, encrypted_to: &str) -> String {
    match encrypted_to {
        "" => format!("kronika-{id}.zip"),
        _ => format!("kronika-{id}.zip.age"),
    }
}

/// A package as a download.
pub fn given_out(given: &Given, file: Arc<File>) -> std::io::Result<Response> {
    let size = file.metadata()?.len();
    let name = name_of(given.evidence, &given.encrypted_to);
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (CONTENT_LENGTH, size.to_string()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, Body::from_stream(pieces(file, size))).into_response())
}

/// A file piece by piece; where it is read is nobody else's business, so that several may take it at once.
fn pieces(file: Arc<File>, size: u64) -> impl Stream<Item = std::io::Result<Bytes>> {
    const PIECE: usize = 256 * 1024;
    async_stream::stream! {
        let mut at = 0;
        while at < size {
            let from = file.clone();
            let read = tokio::task::spawn_blocking(move || {
                let mut piece = vec![0; PIECE];
                let read = from.read_at(&mut piece, at)?;
                piece.truncate(read);
                Ok(Bytes::from(piece))
            });
            let piece = read.await.map_err(std::io::Error::other).flatten();
            match &piece {
                Ok(piece) if !piece.is_empty() => at += piece.len() as u64,
                _ => at = size,
            }
            yield piece;
        }
    }
}
