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
use super::refusal::{Refused, refused};
use super::wording::Worded;
use crate::access::decide::may_do;
use crate::access::{Person, Right, Scope};
use crate::archive::id::{AccountId, EvidenceId};
use crate::evidence::{EvidenceError, Given, Ready, Request, Stage, choice, make};
use crate::storage::StorageError;
use crate::user::store as account;

/// How long a package can be taken after it is made.
pub const KEPT: Duration = Duration::from_secs(24 * 60 * 60);
/// A package that was not made is told of for so long.
const TOLD: Duration = Duration::from_secs(10 * 60);
/// Packages that wait or are made for one person; so many are kept besides, the newest.
const FOR_ONE: usize = 10;

/// Who asks for one.
#[derive(Clone)]
pub struct Asker {
    pub account: AccountId,
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
            let theirs = jobs.values().filter(|job| job.by == asker.account);
            if theirs.filter(|job| !job.progress.borrow().is_over()).count() >= FOR_ONE {
                return None;
            }
            let (by, progress) = (asker.account, receive);
            let file = None;
            jobs.insert(id, Job { by, progress, file });
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

    /// This person's packages that are not ready, and whether they failed.
    pub fn unfinished(&self, by: AccountId) -> Vec<(EvidenceId, bool)> {
        let jobs = self.jobs();
        let is_unfinished = |job: &Job| job.by == by && !matches!(*job.progress.borrow(), Progress::Ready(_));
        let theirs = jobs.iter().filter(|(_, job)| is_unfinished(job));
        let mut found: Vec<(EvidenceId, bool)> = theirs
            .map(|(id, job)| (*id, job.progress.borrow().is_over()))
            .collect();
        found.sort_unstable_by(|one, other| other.cmp(one));
        found
    }

    /// Keeps a file, and lets the oldest of the same person go when there are too many.
    fn keep(&self, id: EvidenceId, file: File) {
        let mut jobs = self.jobs();
        let Some(job) = jobs.get_mut(&id) else { return };
        job.file = Some(Arc::new(file));
        let by = job.by;
        let mut kept: Vec<EvidenceId> = jobs
            .iter()
            .filter(|(_, job)| job.by == by && job.file.is_some())
            .map(|(id, _)| *id)
            .collect();
        kept.sort_unstable();
        for old in kept.iter().rev().skip(FOR_ONE) {
            jobs.remove(old);
        }
    }

    fn forget(&self, id: EvidenceId) {
        self.jobs().remove(&id);
    }
}

impl Progress {
    fn is_over(&self) -> bool {
        matches!(self, Progress::Ready(_) | Progress::Failed(..))
    }
}

async fn run(
    packages: Packages,
    (app, asker): (App, Asker),
    (id, request): (EvidenceId, Request),
    send: watch::Sender<Progress>,
) {
    // The semaphore is never closed.
    let turn = packages.turn.clone().acquire_owned().await;
    let send = Arc::new(send);
    // On a task of its own, so that a panic is a failure like others.
    let made = tokio::spawn(one(app, asker, (id, request), send.clone())).await;
    drop(turn);
    let (end, kept) = match made {
        Ok(Ok(ready)) => {
            packages.keep(id, ready.file);
            (Progress::Ready(Box::new(ready.given)), KEPT)
        }
        Ok(Err(error)) => {
            let Refused { what, fix } = refused(&error);
            (Progress::Failed(what, fix), TOLD)
        }
        Err(error) => {
            tracing::error!(%error, "a package of evidence was not made");
            (Progress::Failed("evidence-failed", "evidence-failed-fix"), TOLD)
        }
    };
    let _ = send.send(end);
    tokio::time::sleep(kept).await;
    packages.forget(id);
}

/// Makes one for whoever asked, as far as they may and see by now.
async fn one(
    app: App,
    asker: Asker,
    (id, mut request): (EvidenceId, Request),
    send: Arc<watch::Sender<Progress>>,
) -> Result<Ready, EvidenceError> {
    let person = {
        let conn = &mut app.archive.db.read().await?;
        match account::by_id(conn, asker.account).await? {
            Some(account) => Person::load(conn, &account, app.archive.clock.now()).await?,
            None => return Err(EvidenceError::Nothing),
        }
    };
    if !may_do(&person, Right::MakeEvidence) {
        return Err(EvidenceError::Nothing);
    }
    request.watch = Arc::new(move |stage| {
        let _ = send.send(Progress::Running(stage));
    });
    request.wording = Some(Arc::new(Worded(asker.locale)));
    request.zone_name = app.zone.iana_name().unwrap_or("UTC").to_owned();
    let seen = (Scope::of(&person).later(), &app.zone);
    make(&app.archive, (id, &request), seen, &app.archive.folder).await
}

/// Whether somebody still sees all that is in a package.
pub async fn sees_all_of(app: &App, scope: Scope<'_>, given: &Given) -> Result<bool, StorageError> {
    let conn = &mut app.archive.db.read().await?;
    let seen = choice::count_seen(conn, scope, &given.interactions).await?;
    Ok(seen.unsigned_abs() == given.interactions.len() as u64)
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
