//! Files brought in through the browser. They are durable in the spool before anything is said about them.

use std::convert::Infallible;
use std::path::Path as FilePath;

use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::response::sse::Event;
use tokio::io::AsyncWriteExt;

use super::see;
use super::settings::stream;
use crate::access::Right;
use crate::archive::id::RecordId;
use crate::assignment::inbox;
use crate::channel::email::reason::Reason;
use crate::storage::StorageError;
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::locale::t;
use crate::web::refusal::Refusal;
use crate::web::view::import::{FileFailure, ImportPage, ImportProgress, Progress};
use crate::web::view::page::{Page, Place};
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;
use crate::web::work::{ImportState, Work, finished_import};

/// `POST /imports`
pub async fn create(
    user: SignedIn,
    State(app): State<App>,
    mut form: Multipart,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Record)?;
    let id = app.archive.ids.next(app.archive.clock.now());
    let folder = Work::spool(&app.archive, id);
    let mut files = 0;
    while let Some(field) = form.next_field().await.map_err(|_| too_large())? {
        let Some(name) = field.file_name().map(safe_name).filter(|name| !name.is_empty()) else {
            continue;
        };
        tokio::fs::create_dir_all(&folder)
            .await
            .map_err(StorageError::from)?;
        files += 1;
        keep(field, &free_path(&folder, &name)).await?;
    }
    if files == 0 {
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "no-files", "no-files-fix"));
    }
    sync_folder(&folder).map_err(StorageError::from)?;
    app.work.start_import(&app.archive, id).await?;
    Ok(see(&format!("/imports/{}", RecordId(id))))
}

fn too_large() -> Refusal {
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "too-large-fix")
}

/// Writes an uploaded file and flushes it to the disk.
async fn keep(mut field: axum::extract::multipart::Field<'_>, path: &FilePath) -> Result<(), Refusal> {
    let mut file = tokio::fs::File::create(path).await.map_err(StorageError::from)?;
    while let Some(piece) = field.chunk().await.map_err(|_| too_large())? {
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

/// `GET /imports/{id}`
pub async fn show(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<RecordId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Record)?;
    let page = user.page(&app, Place::Inbox).await?;
    let state = match app.work.watch_import(id.0) {
        Some(watched) => watched.borrow().clone(),
        None => finished_import(&app.archive, id.0)
            .await?
            .ok_or_else(Refusal::not_found)?,
    };
    let progress = progress(&app, &page, &state).await?;
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
    let page = user.page(&app, Place::Inbox).await?;
    let Some(mut watched) = app.work.watch_import(id.0) else {
        let state = finished_import(&app.archive, id.0)
            .await?
            .ok_or_else(Refusal::not_found)?;
        let progress = progress(&app, &page, &state).await?;
        let last = event(&page, progress, true);
        return Ok(stream(
            &app,
            &user,
            async_stream::stream! { yield Ok::<Event, Infallible>(last); },
        ));
    };
    let watching = app.clone();
    Ok(stream(
        &watching,
        &user,
        async_stream::stream! {
            loop {
                let state = watched.borrow_and_update().clone();
                let done = state.finished;
                if let Ok(progress) = progress(&app, &page, &state).await {
                    yield Ok::<Event, Infallible>(event(&page, progress, done));
                }
                if done || watched.changed().await.is_err() {
                    break;
                }
            }
        },
    ))
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

async fn progress(app: &App, page: &Page, state: &ImportState) -> Result<Progress, Refusal> {
    let conn = &mut app.archive.db.read().await?;
    let waiting = inbox::count(conn, inbox::Shelf::Waiting, inbox::COUNTED).await?;
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
