//! Inbox and imports.

use std::collections::HashMap;
use std::convert::Infallible;
use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use futures_util::stream::{self, Stream, StreamExt};
use kronika::web::view::import::{
    FileFailure, ImportPage, ImportProgress, Imports, PastImport, Progress, RefusedFile,
};
use kronika::web::view::inbox::{
    Done, Inbox, InboxRow, InboxRows, InboxState, Outcome, Shelf, ShelfCounts, Suggestion, Suggestions,
};
use kronika::web::view::interaction::Learnable;
use kronika::web::view::kinds::ClientName;
use kronika::web::view::page::Place;
use kronika::web::view::show;

use super::sample;
use super::serve::{back, page, text};

type Asked = Query<HashMap<String, String>>;

pub fn router() -> Router {
    Router::new()
        .route("/inbox", get(inbox))
        .route("/inbox/_rows", get(inbox_rows))
        .route("/clients/_suggest", get(suggest))
        .route("/interactions/{id}/assignments", post(assign))
        .route("/interactions/{id}/assignments/{client}/remove", post(back))
        .route("/interactions/{id}/ignore", post(ignore))
        .route("/interactions/{id}/retry", post(back))
        .route("/imports", get(imports).post(async || Redirect::to("/imports/1")))
        .route("/imports/{id}/retry", post(back))
        .route("/imports/refused/{id}/dismiss", post(back))
        .route("/imports/{id}", get(import))
        .route("/imports/{id}/events", get(import_events))
        .route(
            "/verifications",
            post(async || Redirect::to("/settings/journal?running=1")),
        )
}

fn shelf(asked: &HashMap<String, String>) -> Shelf {
    let shelves = [Shelf::All, Shelf::Unreadable, Shelf::Ignored];
    shelves
        .into_iter()
        .find(|shelf| shelf.name() == text(asked, "filter"))
        .unwrap_or_default()
}

fn inbox_lines(shelf: Shelf) -> Vec<InboxRow> {
    let rows = sample::rows(0, 14).into_iter().enumerate();
    rows.map(|(index, mut row)| {
        row.earlier = 0;
        row.from = sample::person(
            "Zofia Brzęczyszczykiewicz",
            &format!("zofia{index}@nowa-firma.example"),
        );
        let reason = || "The message ends in the middle of its first part.".to_owned();
        let state = match shelf {
            Shelf::All if index != 3 => InboxState::Waiting,
            Shelf::All | Shelf::Unreadable => InboxState::Unreadable { reason: reason() },
            Shelf::Ignored => InboxState::Ignored {
                reason: "Reklama".into(),
            },
        };
        let learnable = Learnable {
            address: row.from.address.clone(),
            domain: if index % 2 == 0 {
                "nowa-firma.example".into()
            } else {
                String::new()
            },
        };
        InboxRow {
            row,
            state,
            learnable,
        }
    })
    .collect()
}

async fn inbox(Query(asked): Asked, headers: HeaderMap) -> Response {
    let empty = asked.contains_key("empty");
    let shelf = shelf(&asked);
    show(&Inbox {
        page: page(&headers, Place::Inbox),
        shelf,
        counts: if empty {
            ShelfCounts::default()
        } else {
            ShelfCounts {
                all: 14,
                unreadable: 1,
                ignored: 208,
                refused: 2,
            }
        },
        rows: if empty { Vec::new() } else { inbox_lines(shelf) },
        next: None,
    })
}

async fn inbox_rows(Query(asked): Asked, headers: HeaderMap) -> Response {
    let shelf = shelf(&asked);
    show(&InboxRows {
        page: page(&headers, Place::Inbox),
        shelf,
        rows: inbox_lines(shelf),
        next: None,
    })
}

async fn suggest(Query(asked): Asked, headers: HeaderMap) -> Response {
    let q = text(&asked, "q").to_lowercase();
    let clients = sample::clients()
        .into_iter()
        .filter(|client| client.name.to_lowercase().contains(&q));
    let options = clients
        .take(9)
        .map(|client| Suggestion {
            client: ClientName {
                id: client.id,
                name: client.name,
            },
            detail: client.address,
        })
        .collect();
    show(&Suggestions {
        page: page(&headers, Place::Inbox),
        options,
    })
}

async fn assign(Path(id): Path<String>, headers: HeaderMap) -> Response {
    let client = ClientName {
        id: "c0".into(),
        name: sample::CLIENTS[0].0.into(),
    };
    done(headers, id, Outcome::Assigned { client, others: 3 }).await
}

async fn ignore(Path(id): Path<String>, headers: HeaderMap) -> Response {
    done(
        headers,
        id,
        Outcome::Ignored {
            reason: "Reklama".into(),
        },
    )
    .await
}

async fn done(headers: HeaderMap, id: String, outcome: Outcome) -> Response {
    if !headers.contains_key("hx-request") {
        return back(headers).await.into_response();
    }
    let headline = "Deklaracja VAT-7 za październik do akceptacji".to_owned();
    show(&Done {
        page: page(&headers, Place::Inbox),
        id,
        headline,
        outcome,
    })
}

async fn imports(Query(asked): Asked, headers: HeaderMap) -> Response {
    let refused = |id: &str, file: &str, reason: &str, retry: Option<&str>| RefusedFile {
        id: id.into(),
        file: file.into(),
        reason: reason.into(),
        tried_at: sample::NOW - 3 * sample::HOUR,
        retry: retry.map(str::to_owned),
    };
    let refused = vec![
        refused(
            "1",
            "stare.pst",
            "It is Outlook’s own format. Save the messages as .eml or mbox and bring those in.",
            Some("1"),
        ),
        refused(
            "2",
            "/srv/mail/archiwum-2016-2019/skrzynka-wspolna/backup-of-everything-2019-12-31.zip",
            "The archive is damaged or cut off. What came before that was taken.",
            None,
        ),
    ];
    let import = |id: &str, hours, finished| PastImport {
        id: id.into(),
        started_at: sample::NOW - hours * sample::HOUR,
        finished,
        recorded: 82_400,
        known: 1,
    };
    let empty = asked.contains_key("empty");
    show(&Imports {
        page: page(&headers, Place::Inbox),
        more: if empty { 0 } else { 21 },
        refused: if empty { Vec::new() } else { refused },
        imports: if empty {
            Vec::new()
        } else {
            vec![import("2", 0, false), import("1", 3, true)]
        },
    })
}

fn progress(step: u64) -> Progress {
    Progress {
        finished: step >= 100,
        bytes_read: step * 28_430_000,
        bytes_total: 2_843_000_000,
        recorded: step * 824,
        known: step * 61,
        unreadable: step / 20,
        waiting: step * 3,
        file: "archiwum-2019-2026.mbox".into(),
        failures: (step > 60)
            .then(|| FileFailure {
                file: "stare.pst".into(),
                reason: "This is an Outlook file. Export it as mbox.".into(),
            })
            .into_iter()
            .collect(),
    }
}

async fn import(Path(id): Path<String>, Query(asked): Asked, headers: HeaderMap) -> Response {
    let step = text(&asked, "step").parse().unwrap_or(12);
    show(&ImportPage {
        page: page(&headers, Place::Inbox),
        id,
        progress: progress(step),
    })
}

async fn import_events(headers: HeaderMap) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let page = page(&headers, Place::Inbox);
    Sse::new(steps().map(move |step| {
        let fragment = ImportProgress {
            page: page.clone(),
            progress: progress(step),
        };
        Ok(event(step, &fragment))
    }))
}

pub fn event(step: u64, fragment: &impl Template) -> Event {
    let name = if step < 100 { "progress" } else { "done" };
    Event::default()
        .event(name)
        .data(fragment.render().unwrap_or_default())
}

pub fn steps() -> impl Stream<Item = u64> {
    stream::iter((14..=100).step_by(2)).then(async |step| {
        tokio::time::sleep(Duration::from_millis(60)).await;
        step
    })
}
