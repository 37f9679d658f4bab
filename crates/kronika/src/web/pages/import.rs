//! Files brought in through the browser. They are durable in the spool before anything is said about them.

use std::convert::Infallible;
use std::path::Path as FilePath;

use axum::extract::multipart::Field;
use axum::extract::{Multipart, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::response::sse::Event;
use tokio::io::AsyncWriteExt;

use super::see;
use super::settings::stream;
use crate::access::{Right, Role};
use crate::archive::id::RecordId;
use crate::assignment::inbox;
use crate::channel::email::quarantine::{self, COMMAND_LINE, Whose};
use crate::channel::email::reason::Reason;
use crate::storage::StorageError;
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::locale::t;
use crate::web::refusal::Refusal;
use crate::web::upload::{Upload, must_fit};
use crate::web::view::import::{
    FileFailure, ImportPage, ImportProgress, Imports, PastImport, Progress, RefusedFile,
};
use crate::web::view::page::{Page, Place};
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;
use crate::web::work::{self, ImportState, Work, finished_import, importer, past_imports};

/// `POST /imports`
pub async fn create(
    user: SignedIn,
    State(app): State<App>,
    headers: HeaderMap,
    form: Multipart,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Record)?;
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let length = length.and_then(|length| length.parse().ok()).unwrap_or_default();
    must_fit(&app.archive.folder, length)?;
    let id = app.archive.ids.next(app.archive.clock.now());
    let folder = Work::spool(&app.archive, id);
    let upload = app.uploads.begin(user.account.id, folder).ok_or_else(|| {
        Refusal::new(
            StatusCode::TOO_MANY_REQUESTS,
            "uploads-enough",
            "uploads-enough-fix",
        )
    })?;
    if receive(&app, &upload, form).await? == 0 {
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "no-files", "no-files-fix"));
    }
    sync_folder(upload.folder()).map_err(StorageError::from)?;
    app.work.start_import(&app.archive, id, user.account.id).await?;
    upload.keep();
    Ok(see(&format!("/imports/{}", RecordId(id))))
}

/// Puts the files of a form into an upload's folder; how many there were.
async fn receive(app: &App, upload: &Upload, mut form: Multipart) -> Result<usize, Refusal> {
    let mut files = 0;
    while let Some(field) = form.next_field().await.map_err(|_| too_large())? {
        let Some(name) = field.file_name().map(safe_name).filter(|name| !name.is_empty()) else {
            continue;
        };
        tokio::fs::create_dir_all(upload.folder())
            .await
            .map_err(StorageError::from)?;
        files += 1;
        keep(app, field, &free_path(upload.folder(), &name)).await?;
    }
    Ok(files)
}

fn too_large() -> Refusal {
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "too-large-fix")
}

/// Writes an uploaded file and flushes it to the disk.
async fn keep(app: &App, mut field: Field<'_>, path: &FilePath) -> Result<(), Refusal> {
    /// The disk is asked again after so much, for others fill it too and a length may be a lie.
    const STRETCH: usize = 64 * 1024 * 1024;
    let mut file = tokio::fs::File::create(path).await.map_err(StorageError::from)?;
    let mut written = 0;
    while let Some(piece) = field.chunk().await.map_err(|_| too_large())? {
        written += piece.len();
        if written > STRETCH {
            must_fit(&app.archive.folder, 0)?;
            written = 0;
        }
        file.write_all(&piece).await.map_err(StorageError::from)?;
    }
    file.sync_all().await.map_err(StorageError::from)?;
    Ok(())
}

/// Where a file of this name can be put; a second one of the same name gets a number.
fn free_path(folder: &FilePath, name: &str) -> std::path::PathBuf {
    let mut path = folder.join(name);
    let mut number = 2;
    while path.exists() {
        path = folder.join(format!("{number}-{name}"));
        number += 1;
    }
    path
}

fn sync_folder(folder: &FilePath) -> std::io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

/// The last part of a file's name, without anything that could lead elsewhere.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let fine = last.chars().filter(|c| !c.is_control()).collect::<String>();
    let fine = fine.trim_matches('.').trim();
    fine[..fine.floor_char_boundary(120)].to_owned()
}

/// `GET /imports`: the last imports, and what was not taken in.
pub async fn list(user: SignedIn, State(app): State<App>) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Record)?;
    let page = user.page(&app, Place::Inbox).await?;
    let conn = &mut app.archive.db.read().await?;
    let whose = whose(&user);
    let refused = quarantine::list(conn, whose, SHOWN).await?;
    let more = quarantine::count(conn, whose)
        .await?
        .saturating_sub(refused.len() as u64);
    let refused = refused
        .into_iter()
        .map(|kept| RefusedFile {
            id: RecordId(kept.id).to_string(),
            file: kept.source,
            reason: t(page.locale(), kept.reason.code()).to_string(),
            tried_at: kept.found_at,
            retry: (kept.import != COMMAND_LINE && Work::spool(&app.archive, kept.import).is_dir())
                .then(|| RecordId(kept.import).to_string()),
        })
        .collect();
    let account = (!is_owner(&user)).then_some(user.account.id);
    let imports = past_imports(conn, account, SHOWN).await?;
    let imports = imports
        .into_iter()
        .map(|past| PastImport {
            id: RecordId(past.id).to_string(),
            started_at: past.started_at,
            finished: past.finished_at.is_some(),
            recorded: past.state.recorded,
            known: past.state.known,
        })
        .collect();
    Ok(render(&Imports {
        page,
        refused,
        more,
        imports,
    }))
}

fn is_owner(user: &SignedIn) -> bool {
    user.person.role == Some(Role::Owner)
}

/// Whose refused files a person may know of: owners everyone's, others those of their own uploads.
pub fn whose(user: &SignedIn) -> Whose {
    if is_owner(user) {
        Whose::Everyones
    } else {
        Whose::Of(user.account.id)
    }
}

/// Lines shown of each list.
const SHOWN: i64 = 100;

/// `POST /imports/{id}/retry`
pub async fn retry(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<RecordId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Record)?;
    must_be_theirs(&user, &app, id).await?;
    finished_import(&app.archive, id.0)
        .await?
        .ok_or_else(Refusal::not_found)?;
    if app.work.retry_import(&app.archive, id.0).await? {
        Ok(see(&format!("/imports/{id}")))
    } else {
        Ok(see("/imports"))
    }
}

/// `POST /imports/refused/{id}/dismiss`
pub async fn dismiss(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<RecordId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Record)?;
    let import = quarantine::import_of(&mut app.archive.db.read().await?, id.0).await?;
    let import = import.ok_or_else(Refusal::not_found)?;
    must_be_theirs(&user, &app, RecordId(import)).await?;
    work::dismiss(&app.archive, (id.0, import)).await?;
    Ok(see("/imports"))
}

/// `GET /imports/{id}`
pub async fn show(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<RecordId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Record)?;
    must_be_theirs(&user, &app, id).await?;
    let page = user.page(&app, Place::Inbox).await?;
    let state = match app.work.watch_import(id.0) {
        Some(watched) => watched.borrow().clone(),
        None => finished_import(&app.archive, id.0)
            .await?
            .ok_or_else(Refusal::not_found)?,
    };
    let progress = progress(&app, &user, &page, &state).await?;
    Ok(render(&ImportPage {
        page,
        id: id.to_string(),
        progress,
    }))
}

/// `GET /imports/{id}/events`
pub async fn events(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<RecordId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Record)?;
    must_be_theirs(&user, &app, id).await?;
    let page = user.page(&app, Place::Inbox).await?;
    let Some(mut watched) = app.work.watch_import(id.0) else {
        let state = finished_import(&app.archive, id.0)
            .await?
            .ok_or_else(Refusal::not_found)?;
        let progress = progress(&app, &user, &page, &state).await?;
        let last = event(&page, progress, true);
        return Ok(stream(
            &app,
            &user,
            async_stream::stream! { yield Ok::<Event, Infallible>(last); },
        ));
    };
    let (watching, viewer) = (app.clone(), user.clone());
    Ok(stream(
        &watching,
        &viewer,
        async_stream::stream! {
            loop {
                let state = watched.borrow_and_update().clone();
                let done = state.finished;
                if let Ok(progress) = progress(&app, &user, &page, &state).await {
                    yield Ok::<Event, Infallible>(event(&page, progress, done));
                }
                if done || watched.changed().await.is_err() {
                    break;
                }
            }
        },
    ))
}

/// An upload tells of files and failures: only whoever brought it sees it, and owners.
async fn must_be_theirs(user: &SignedIn, app: &App, id: RecordId) -> Result<(), Refusal> {
    if is_owner(user) || importer(&app.archive, id.0).await? == Some(user.account.id) {
        Ok(())
    } else {
        Err(Refusal::not_found())
    }
}

fn event(page: &Page, progress: Progress, done: bool) -> Event {
    let html = askama::Template::render(&ImportProgress {
        page: page.clone(),
        progress,
    });
    Event::default()
        .event(if done { "done" } else { "progress" })
        .data(html.unwrap_or_default())
}

async fn progress(app: &App, user: &SignedIn, page: &Page, state: &ImportState) -> Result<Progress, Refusal> {
    let conn = &mut app.archive.db.read().await?;
    let waiting = inbox::count(conn, user.scope().later(), inbox::Shelf::Waiting, inbox::COUNTED).await?;
    let sentence = |reason: Reason| t(page.locale(), reason.code()).to_string();
    let failures: Vec<FileFailure> = state
        .failures
        .iter()
        .map(|(reason, file)| FileFailure {
            file: file.clone(),
            reason: sentence(*reason),
        })
        .collect();
    Ok(Progress {
        finished: state.finished,
        bytes_read: state.bytes_read,
        bytes_total: state.bytes_total,
        recorded: state.recorded,
        known: state.known,
        unreadable: state.quarantined,
        waiting,
        file: state.file.clone(),
        failures,
    })
}
